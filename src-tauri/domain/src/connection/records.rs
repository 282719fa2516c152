//! The requests of hubs in SAP: record, report a decision, correct, forget. The vendor's rules are warnings here, since only
//! SAP enforces them there.

use messages::{Message, message};

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, Decision, RecordDetails, RequestState, RequestStateKind, Verdict},
    connection_check::ConnectionHealth,
    document::GivenDocument,
    drawbridge::{Drawbridge, RequestOperations},
    hub::{Hub, must_be_in_sap},
    id::{HubId, RequestId},
    input::looks_alike,
    operation::Operation,
    person::Action,
    portal::Portal,
    ports::SharedChange,
    refusal::{Confirmation, Failure, Refusal},
};

impl RequestOperations<'_> {
    /// Records a request that was submitted at a hub in SAP, with the credentials that were submitted. With
    /// [`RecordDetails::decided_on`] it is recorded as approved. `confirmed` lifts the warnings about the vendor's rules.
    pub fn record(
        &self,
        hub: HubId,
        details: &RecordDetails,
        document: impl Into<GivenDocument>,
        confirmed: &[Confirmation],
    ) -> Result<ConnectionRequest, Failure> {
        let given = document.into();
        self.change(Operation::RecordRequest, |work| {
            let hub = self.get_hub(hub)?;
            must_be_in_sap(&hub)?;
            let approved_on = details.decided_on;
            let details = details.clone().check(work.person()?, approved_on.is_some(), self.now())?;
            let document = self.read_for_hub(&given, None)?;
            let (portal, identity) = self.identify_portal(&document.facts)?;
            let doubts = self.list_doubts(&hub, &details.alias, portal.as_ref(), &identity.key, None)?;
            must_be_confirmed(doubts, confirmed)?;
            let held = self.hold(&hub, &details.alias, document.facts, document.secret, work);
            let detail = hub.describe_with(held.facts.describe());
            let state = match approved_on {
                Some(on) => ConnectionRequest::approved_in_sap(held, work.person()?, on),
                None => RequestState::Pending { held },
            };
            let request = ConnectionRequest {
                id: RequestId(self.generate_id()),
                hub_id: hub.id,
                portal_key: identity.key,
                portal_id: portal.map(|portal| portal.id),
                submitted_by: work.actor(),
                report: Some(details.report()),
                alias: details.alias,
                comment: details.comment,
                submitted_at: details.submitted_on,
                state,
            };
            work.record(AuditAction::RequestRecorded, &request.alias, detail);
            work.put(SharedChange::PutRequest(request.clone()));
            if approved_on.is_some() {
                work.put(SharedChange::PutHealth(ConnectionHealth::unknown(request.id)));
            }
            Ok(request)
        })
    }

    /// Records what was decided in SAP about a pending request.
    pub fn record_decision(&self, id: RequestId, decision: &Decision) -> Result<ConnectionRequest, Failure> {
        self.change(Operation::RecordDecision, |work| {
            let request = self.get_request(id)?;
            let hub = self.get_hub(request.hub_id)?;
            request.may_record_decision()?;
            let decision = decision.clone().check(request.submitted_at, self.now())?;
            let (action, detail) = match &decision.verdict {
                Verdict::Approved => (AuditAction::ApprovalRecorded, hub.describe_with(request.facts().describe())),
                Verdict::Rejected { reason } => (
                    AuditAction::RejectionRecorded,
                    message!("activity-rejected-because", hub = hub.tagged_name(), reason = reason),
                ),
            };
            let (request, former) = request.record_decision(work.person()?, decision)?;
            work.record(action, &request.alias, detail);
            work.put(SharedChange::PutRequest(request.clone()));
            match former {
                Some(former) => work.drop_secret(former),
                None => work.put(SharedChange::PutHealth(ConnectionHealth::unknown(id))),
            }
            Ok(request)
        })
    }

    /// Corrects what was typed about a record. `confirmed` lifts the warnings about the vendor's rules.
    pub fn change_record(
        &self,
        id: RequestId,
        details: &RecordDetails,
        confirmed: &[Confirmation],
    ) -> Result<ConnectionRequest, Failure> {
        self.change(Operation::ChangeRecord, |work| {
            let request = self.get_request(id)?;
            request.must_be_record(Action::ChangeRecord)?;
            let hub = self.get_hub(request.hub_id)?;
            let details =
                details.clone().check(work.person()?, request.kind() != RequestStateKind::Pending, self.now())?;
            if !looks_alike(&details.alias, &request.alias) {
                let doubts = self.doubt_alias(&hub, &details.alias, Some(id))?.into_iter().collect();
                must_be_confirmed(doubts, confirmed)?;
            }
            let request = request.with_details(details);
            work.record(AuditAction::RecordChanged, &request.alias, hub.describe());
            work.put(SharedChange::PutRequest(request.clone()));
            Ok(request)
        })
    }

    /// Forgets a record, with the copy of its credentials. In SAP nothing changes.
    pub fn forget(&self, id: RequestId) -> Result<(), Failure> {
        self.change(Operation::ForgetRecord, |work| {
            let request = self.get_request(id)?;
            request.must_be_record(Action::ForgetRecord)?;
            let hub = self.get_hub(request.hub_id)?;
            if let Some(held) = request.held() {
                work.drop_secret(held.secret);
            }
            work.record(AuditAction::RecordForgotten, &request.alias, hub.describe());
            work.put(SharedChange::RemoveRequest(id));
            Ok(())
        })
    }
}

impl Drawbridge {
    /// What the vendor's rules say against a request: SAP will refuse it, or has another picture of things than Drawbridge.
    fn list_doubts(
        &self,
        hub: &Hub,
        alias: &str,
        portal: Option<&Portal>,
        portal_key: &str,
        except: Option<RequestId>,
    ) -> Result<Vec<Message>, Failure> {
        let mut doubts: Vec<Message> = self.doubt_alias(hub, alias, except)?.into_iter().collect();
        for open in self.repository.list_open_requests_of_portal(portal_key)? {
            let at = self.get_hub(open.hub_id)?;
            doubts.push(message!("doubt-portal-in-use", hub = at.name, alias = open.alias));
        }
        if self.repository.count_requests(hub.id)?.approved >= Hub::MAX_PORTALS {
            doubts.push(message!("doubt-hub-full", hub = &hub.name, most = Hub::MAX_PORTALS));
        }
        if let Some(portal) = portal.filter(|portal| portal.is_local()) {
            doubts.push(message!("doubt-portal-local", portal = &portal.name));
        }
        Ok(doubts)
    }

    fn doubt_alias(&self, hub: &Hub, alias: &str, except: Option<RequestId>) -> Result<Option<Message>, Failure> {
        let open = self.repository.find_open_request_by_alias(hub.id, alias)?;
        Ok(open.filter(|open| Some(open.id) != except).map(|_| message!("doubt-alias", hub = &hub.name, alias = alias)))
    }
}

fn must_be_confirmed(doubts: Vec<Message>, confirmed: &[Confirmation]) -> Result<(), Refusal> {
    if doubts.is_empty() || confirmed.contains(&Confirmation::VendorRules) {
        Ok(())
    } else {
        Err(Refusal::SapWillRefuse { doubts })
    }
}
