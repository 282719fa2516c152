//! *Manage Connections*: submit, view, edit credentials, approve, reject, re-establish.

use messages::message;

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, DestinationState, RequestState, RequestStateKind},
    connection_check::ConnectionHealth,
    credential::{AccessFacts, Credential, Validity},
    document::{GivenContent, GivenDocument},
    drawbridge::{Drawbridge, RequestOperations},
    hub::{Hub, must_have_room},
    id::{HubId, RequestId},
    input::check_confirmation,
    kind::Kind,
    operation::Operation,
    person::{Action, Person},
    portal::Portal,
    ports::{RequestQuery, RequestRow, SharedChange},
    refusal::{Failure, Refusal},
    vocabulary::Vocabulary,
};

/// A request as the person may see and treat it.
#[derive(Debug)]
pub struct RequestOverview {
    /// The request; without its comment if the person may not *View* it.
    pub request: ConnectionRequest,
    /// Name of its hub.
    pub hub: String,
    /// The vocabulary of its hub.
    pub vocabulary: Vocabulary,
    /// Name of its portal, if that lives in this installation.
    pub portal_name: Option<String>,
    /// Until when its credentials can be used.
    pub validity: Validity,
    /// Whether its portal has other current credentials than the hub's copy, as far as the person may see.
    pub holds_former: bool,
    /// What is known about the connection; `None` while there is none.
    pub health: Option<ConnectionHealth>,
    /// What the person may do with it.
    pub permits: RequestPermits,
}

/// What a person may do with a request.
#[derive(Debug)]
pub struct RequestPermits {
    /// *View*.
    pub view: Result<(), Refusal>,
    /// *Edit Credentials*.
    pub edit_credentials: Result<(), Refusal>,
    /// *Approve*.
    pub approve: Result<(), Refusal>,
    /// *Reject*.
    pub reject: Result<(), Refusal>,
    /// *Re-establish Connection*.
    pub reestablish: Result<(), Refusal>,
    /// *Test Connection*.
    pub test: Result<(), Refusal>,
    /// Record what was decided in SAP.
    pub record_decision: Result<(), Refusal>,
    /// Correct a record.
    pub change_record: Result<(), Refusal>,
    /// Forget a record.
    pub forget: Result<(), Refusal>,
}

/// A page of requests as the person may see and treat them.
#[derive(Debug)]
pub struct RequestOverviewPage {
    /// How many match in all.
    pub matching: usize,
    /// The page.
    pub rows: Vec<RequestOverview>,
}

impl RequestOperations<'_> {
    /// One page of a hub's requests.
    pub fn search(&self, query: &RequestQuery) -> Result<RequestOverviewPage, Failure> {
        let person = self.get_current_person()?;
        let hub = self.get_hub(query.hub)?;
        let room = must_have_room(&hub, &self.repository.count_requests(hub.id)?);
        let hubs = self.repository.list_hubs()?;
        let page = self.repository.search_requests(query)?;
        let rows = page.rows.into_iter().map(|row| self.request_overview(row, &person, &hub, &hubs, &room));
        Ok(RequestOverviewPage { matching: page.matching, rows: rows.collect::<Result<_, _>>()? })
    }

    /// One request.
    pub fn get(&self, id: RequestId) -> Result<RequestOverview, Failure> {
        let person = self.get_current_person()?;
        let request = self.get_request(id)?;
        let hub = self.get_hub(request.hub_id)?;
        let portal_name = match request.portal_id {
            Some(portal) => self.repository.find_portal(portal)?.map(|portal| portal.name),
            None => None,
        };
        let room = must_have_room(&hub, &self.repository.count_requests(hub.id)?);
        let hubs = self.repository.list_hubs()?;
        let health = self.repository.find_health(id)?;
        self.request_overview(RequestRow { request, portal_name, health }, &person, &hub, &hubs, &room)
    }

    /// *Submit Connection Request*. `irrevocable` is the mandatory checkbox.
    pub fn submit(
        &self,
        hub: HubId,
        alias: &str,
        document: impl Into<GivenDocument>,
        comment: &str,
        irrevocable: bool,
    ) -> Result<ConnectionRequest, Failure> {
        let given = document.into();
        self.change(Operation::SubmitRequest, |work| {
            let hub = self.get_hub(hub)?;
            if hub.kind() == Kind::InSap {
                return Err(Refusal::HubInSap { hub: hub.name }.into());
            }
            self.must_have_room(&hub)?;
            let alias = ConnectionRequest::parse_alias(alias)?;
            if self.repository.find_open_request_by_alias(hub.id, &alias)?.is_some() {
                return Err(Refusal::AliasTaken { alias }.into());
            }
            let document = self.read_for_hub(&given, None)?;
            let (portal, identity) = self.identify_portal(&document.facts)?;
            if let Some(portal) = &portal {
                must_not_belong_to_own_hub(portal, &hub, &self.repository.list_hubs()?)?;
                self.must_be_alive(portal, &document.facts)?;
            }
            if let Some(open) = self.repository.list_open_requests_of_portal(&identity.key)?.into_iter().next() {
                return Err(self.portal_in_use(open)?.into());
            }
            let comment = ConnectionRequest::parse_comment(comment)?;
            if !irrevocable {
                return Err(Refusal::IrrevocableNotConfirmed.into());
            }
            let held = self.hold(&hub, &alias, document.facts, document.secret, work);
            let detail = hub.describe_with(held.facts.describe());
            let request = ConnectionRequest {
                id: RequestId(self.generate_id()),
                hub_id: hub.id,
                alias,
                portal_key: identity.key,
                portal_id: portal.map(|portal| portal.id),
                comment,
                submitted_by: work.actor(),
                submitted_at: self.now(),
                report: None,
                state: RequestState::Pending { held },
            };
            work.record(AuditAction::RequestSubmitted, &request.alias, detail);
            work.put(SharedChange::PutRequest(request.clone()));
            Ok(request)
        })
    }

    /// *Edit Credentials* of a pending request, by its submitter.
    pub fn edit_credentials(
        &self,
        id: RequestId,
        document: impl Into<GivenDocument>,
    ) -> Result<ConnectionRequest, Failure> {
        self.replace_credentials(id, &document.into(), Operation::EditCredentials)
    }

    /// *Re-establish Connection*: replaces the credentials of an approved request, at once.
    pub fn reestablish(&self, id: RequestId, document: impl Into<GivenDocument>) -> Result<ConnectionRequest, Failure> {
        self.replace_credentials(id, &document.into(), Operation::ReestablishConnection)
    }

    /// *Approve*. It cannot be undone: `confirmation` is the alias as the person typed it.
    pub fn approve(&self, id: RequestId, confirmation: &str) -> Result<ConnectionRequest, Failure> {
        self.change(Operation::ApproveRequest, |work| {
            let request = self.get_request(id)?;
            let hub = self.get_hub(request.hub_id)?;
            work.permit(request.may_approve(work.person()?, &hub))?;
            self.may_still_join(&request, &hub, &self.repository.list_hubs()?)??;
            self.must_have_room(&hub)?;
            check_confirmation(confirmation, &request.alias)?;
            let request = request.approve(work.person()?, &hub, self.now())?;
            let detail = hub.describe_with(request.facts().describe());
            work.record(AuditAction::RequestApproved, &request.alias, detail);
            work.put(SharedChange::PutRequest(request.clone()));
            work.put(SharedChange::PutHealth(ConnectionHealth::unknown(id)));
            Ok(request)
        })
    }

    /// *Reject*, with a reason; the hub's copy of the secret is deleted.
    pub fn reject(&self, id: RequestId, reason: &str) -> Result<ConnectionRequest, Failure> {
        self.change(Operation::RejectRequest, |work| {
            let request = self.get_request(id)?;
            let hub = self.get_hub(request.hub_id)?;
            work.permit(request.may_reject(work.person()?, &hub))?;
            let (request, former) = request.reject(work.person()?, &hub, reason, self.now())?;
            let detail = message!("activity-rejected-because", hub = hub.tagged_name(), reason = reason.trim());
            work.record(AuditAction::RequestRejected, &request.alias, detail);
            work.drop_secret(former);
            work.put(SharedChange::PutRequest(request.clone()));
            Ok(request)
        })
    }
}

impl Drawbridge {
    fn replace_credentials(
        &self,
        id: RequestId,
        given: &GivenDocument,
        operation: Operation,
    ) -> Result<ConnectionRequest, Failure> {
        self.change(operation, |work| {
            let request = self.get_request(id)?;
            let hub = self.get_hub(request.hub_id)?;
            let reestablish = operation == Operation::ReestablishConnection;
            // A person who may not do it learns that first, before anything about the document.
            if reestablish {
                work.permit(request.may_reestablish(work.person()?))?;
            } else {
                work.permit(request.may_edit_credentials(work.person()?))?;
            }
            let document = self.read_for_hub(given, Some(id))?;
            if let GivenContent::Fields { .. } = given.content {
                self.must_not_be_client_of_another(&request, &document.facts)?;
            }
            let (portal, identity) = self.identify_portal(&document.facts)?;
            if let Some(portal) = &portal {
                self.must_be_alive(portal, &document.facts)?;
            }
            if is_useless(&request, &document.facts, portal.as_ref().is_some_and(Portal::is_local)) {
                return Err(Refusal::SameCredential { alias: request.alias }.into());
            }
            let held = self.hold(&hub, &request.alias, document.facts, document.secret, work);
            let detail = hub.describe_with(held.facts.describe());
            let (request, former, done) = if reestablish {
                let (request, former) = request.reestablish(work.person()?, &identity, held)?;
                (request, former, AuditAction::ConnectionReestablished)
            } else {
                let (request, former) = request.edit_credentials(work.person()?, &identity, held)?;
                (request, former, AuditAction::CredentialsEdited)
            };
            work.record(done, &request.alias, detail);
            work.drop_secret(former);
            work.put(SharedChange::PutRequest(request.clone()));
            self.demand_check(id, work)?;
            Ok(request)
        })
    }

    pub(crate) fn get_request(&self, id: RequestId) -> Result<ConnectionRequest, Failure> {
        self.repository.find_request(id)?.ok_or(Failure::NotFound("connection request"))
    }

    fn request_overview(
        &self,
        row: RequestRow,
        person: &Person,
        hub: &Hub,
        hubs: &[Hub],
        room: &Result<(), Refusal>,
    ) -> Result<RequestOverview, Failure> {
        let RequestRow { mut request, portal_name, health } = row;
        let may_join = self.may_still_join(&request, hub, hubs)?;
        let permits = RequestPermits {
            view: request.may_view(person, hub),
            edit_credentials: request.may_edit_credentials(person),
            approve: request.may_approve(person, hub).and(may_join).and_then(|()| room.clone()),
            reject: request.may_reject(person, hub),
            reestablish: request.may_reestablish(person),
            test: request.may_test(person, hub),
            record_decision: request.may_record_decision(),
            change_record: request.must_be_record(Action::ChangeRecord),
            forget: request.must_be_record(Action::ForgetRecord),
        };
        if permits.view.is_err() {
            request.comment.clear();
        }
        let validity = request.facts().validity(self.now());
        let health = request.destination().map(|_| self.age_health(&request, health)).transpose()?;
        let holds_former = person.may(Action::OpenConnectionTab).is_ok() && self.holds_former(&request)?;
        let (hub, vocabulary) = (hub.name.clone(), hub.vocabulary);
        Ok(RequestOverview { request, hub, vocabulary, portal_name, validity, holds_former, health, permits })
    }

    fn holds_former(&self, request: &ConnectionRequest) -> Result<bool, Failure> {
        let Some(portal) = request.portal_id.filter(|_| request.is_open()) else { return Ok(false) };
        let current = self.repository.list_credentials(portal)?.into_iter().find(Credential::is_current);
        Ok(current.is_some_and(|current| request.should_be_given(&current, &current.validity(self.now()))))
    }

    /// Whether the portal of a pending request may still join `hub`: since it was submitted, a hub may have been created
    /// in the portal's own subaccount.
    fn may_still_join(
        &self,
        request: &ConnectionRequest,
        hub: &Hub,
        hubs: &[Hub],
    ) -> Result<Result<(), Refusal>, Failure> {
        let Some(portal) = request.portal_id.filter(|_| request.kind() == RequestStateKind::Pending) else {
            return Ok(Ok(()));
        };
        Ok(match self.repository.find_portal(portal)? {
            Some(portal) => must_not_belong_to_own_hub(&portal, hub, hubs),
            None => Ok(()),
        })
    }
}

/// A portal whose own subaccount has a hub belongs to that hub, without any request.
fn must_not_belong_to_own_hub(portal: &Portal, hub: &Hub, hubs: &[Hub]) -> Result<(), Refusal> {
    match hubs.iter().find(|own| own.subaccount() == Some(&portal.subaccount)) {
        Some(own) if own.id == hub.id => {
            Err(Refusal::SameSubaccount { portal: portal.name.clone(), hub: own.name.clone() })
        }
        Some(own) => Err(Refusal::BoundToOwnHub { portal: portal.name.clone(), hub: own.name.clone() }),
        None => Ok(()),
    }
}

/// Whether `facts` equal what the hub holds already, so that nothing would change.
fn is_useless(request: &ConnectionRequest, facts: &AccessFacts, of_own_portal: bool) -> bool {
    let held = request.facts();
    let same_credential = held.is_credential(&facts.kind, &facts.client_id);
    match request.destination() {
        // Once their destination was deleted, credentials count as invalid, wherever the portal is. For a portal
        // elsewhere the client id does not show whether the client secret is still the same.
        Some(DestinationState::Deleted { .. }) => {
            same_credential && (of_own_portal || facts.kind.fingerprint().is_some())
        }
        // The same credential may come with other addresses: that is how a request follows new settings of the token
        // service. A portal in SAP may have another secret under the same client id, or the right one after a wrong
        // one was pasted.
        Some(DestinationState::Present(_) | DestinationState::InSap) | None => {
            same_credential && of_own_portal && held.has_addresses_of(facts)
        }
    }
}
