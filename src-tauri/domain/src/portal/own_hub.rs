//! A portal and the hub of its own subaccount, which are connected automatically.

use chrono::{DateTime, Utc};
use messages::message;
use tracing::warn;

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::ConnectionHealth,
    credential::{GenerateKind, KeyAlgorithm},
    drawbridge::{Drawbridge, PortalOperations},
    hub::Hub,
    id::{HubId, PortalId, RequestId},
    operation::Operation,
    person::{Action, Actor},
    portal::{Portal, Subaccount},
    ports::SharedChange,
    refusal::Failure,
};

/// The hub in a portal's own subaccount.
#[derive(Debug, Clone)]
pub struct OwnHub {
    /// The hub.
    pub hub: Hub,
    /// Whether the portal is connected to it.
    pub connected: bool,
}

impl PortalOperations<'_> {
    /// Connects a portal to the hub of its own subaccount, where that could not be done when they were created.
    pub fn connect_own_hub(&self, id: PortalId) -> Result<(), Failure> {
        self.get_person_who_may(Action::ManagePortal)?;
        let portal = self.get_portal(id)?;
        self.connect_to_own_hub(&portal).map(drop)
    }
}

impl Drawbridge {
    /// Does nothing where the portal's subaccount has no hub.
    /// The name of the hub that it was connected to.
    pub(crate) fn connect_to_own_hub(&self, portal: &Portal) -> Result<Option<String>, Failure> {
        let Some(hub) = self.find_own_hub(portal)? else { return Ok(None) };
        self.connect_automatically(portal.id, hub.id).map(|()| Some(hub.name))
    }

    /// Connects what an interruption or a locked keychain has left unconnected.
    pub(crate) fn connect_waiting_pairs(&self) -> Result<(), Failure> {
        for portal in self.repository.list_portals()? {
            if self.find_open_request(&portal)?.is_none()
                && let Err(error) = self.connect_to_own_hub(&portal)
            {
                warn!(portal = %portal.id, %error, "a portal cannot be connected to the hub of its subaccount");
                // The next one would ask the user for the keychain's password again.
                if error.is_of_keychain() {
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The connection between portal and hub of one subaccount, which is made automatically: approved at once.
    pub(crate) fn connect_automatically(&self, portal: PortalId, hub: HubId) -> Result<(), Failure> {
        self.look_at_clock();
        self.change(Operation::ConnectOwnPair, |work| {
            let (portal, hub) = (self.get_portal(portal)?, self.get_hub(hub)?);
            match self.find_open_request(&portal)? {
                // Another process has connected them in the meantime.
                Some(open) if open.hub_id == hub.id && open.kind() == RequestStateKind::Approved => return Ok(()),
                Some(open) => return Err(self.portal_in_use(open)?.into()),
                None => {}
            }
            self.must_have_room(&hub)?;
            let alias = self.derive_free_alias(&hub, &portal.name)?;
            let current = self.find_current(&portal)?;
            let valid = |end: DateTime<Utc>| end > self.now();
            let (facts, secret) = match current {
                // A portal in SAP generates its credentials itself.
                Some(current) if !portal.is_local() || current.valid_until().is_none_or(valid) => {
                    let document = self.read_document(&portal, &current)?;
                    (document.facts, document.secret)
                }
                expired_or_none => {
                    let kind = GenerateKind::Certificate(KeyAlgorithm::Rsa2048);
                    let (credential, copy) = self.issue_current(&portal, kind, expired_or_none, work)?;
                    work.record(AuditAction::CredentialsGenerated, portal.tagged_name(), credential.describe());
                    (portal.access_facts(&credential, &self.endpoints()?), copy)
                }
            };
            let held = self.hold(&hub, &alias, facts, secret, work);
            let now = self.now();
            let id = RequestId(self.generate_id());
            let destination = ConnectionRequest::create_destination(&alias, id, Actor::System, now);
            let subaccount = hub.subaccount().map_or("", Subaccount::as_str);
            let detail = message!("activity-same-subaccount", hub = hub.tagged_name(), subaccount = subaccount);
            work.put(SharedChange::PutRequest(ConnectionRequest {
                id,
                hub_id: hub.id,
                alias: alias.clone(),
                portal_key: portal.key(),
                portal_id: Some(portal.id),
                comment: String::new(),
                submitted_by: Actor::System,
                submitted_at: now,
                report: None,
                state: RequestState::Approved { held, approved_by: Actor::System, approved_at: now, destination },
            }));
            work.put(SharedChange::PutHealth(ConnectionHealth::unknown(id)));
            work.record(AuditAction::ConnectedAutomatically, alias, detail);
            Ok(())
        })
    }

    /// The hub in the portal's own subaccount.
    pub(crate) fn find_own_hub(&self, portal: &Portal) -> Result<Option<Hub>, Failure> {
        Ok(self.repository.list_hubs()?.into_iter().find(|hub| hub.subaccount() == Some(&portal.subaccount)))
    }
}
