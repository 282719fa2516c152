//! The hub's pages: create, settings, delete.

use messages::message;

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, HubOperations},
    hub::{Hub, HubHome},
    id::{HubId, SecretId},
    input::{InputProblem, check_confirmation, looks_alike},
    kind::Kind,
    operation::Operation,
    person::Action,
    portal::{Portal, Subaccount},
    ports::{RequestCounts, SharedChange},
    refusal::{Confirmation, Failure, Refusal},
    vocabulary::Vocabulary,
};

/// A hub in the list.
#[derive(Debug, Clone)]
pub struct HubSummary {
    /// The hub.
    pub hub: Hub,
    /// How many requests of each state it has.
    pub counts: RequestCounts,
}

/// The hub's page.
#[derive(Debug)]
pub struct HubPage {
    /// The hub.
    pub hub: Hub,
    /// How many requests of each state it has.
    pub counts: RequestCounts,
    /// Whether the person may submit a request here.
    pub may_submit: Result<(), Refusal>,
    /// Whether the person may change the hub's settings.
    pub may_change: Result<(), Refusal>,
    /// Whether the person may delete the hub.
    pub may_delete: Result<(), Refusal>,
}

/// A hub that was just created.
#[derive(Debug)]
pub struct HubCreated {
    /// The hub.
    pub hub: Hub,
    /// The name of the portal of its subaccount, to which it was connected for good.
    pub connected: Option<String>,
    /// Why the automatic connection to the portal of its subaccount could not be made; it can be made later.
    pub not_connected: Option<Failure>,
}

impl HubOperations<'_> {
    /// All hubs, by name.
    pub fn list(&self) -> Result<Vec<HubSummary>, Failure> {
        let hubs = self.repository.list_hubs()?;
        hubs.into_iter().map(|hub| Ok(HubSummary { counts: self.repository.count_requests(hub.id)?, hub })).collect()
    }

    /// Whether the person may create hubs.
    pub fn may_create(&self) -> Result<Result<(), Refusal>, Failure> {
        Ok(self.get_current_person()?.may(Action::ManageHub))
    }

    /// Creates a hub. If its subaccount has a portal, the two are connected at once.
    /// That is for good, so it has to be confirmed.
    pub fn create(&self, name: &str, subaccount: &str, confirmed: &[Confirmation]) -> Result<HubCreated, Failure> {
        let hub = self.change(Operation::CreateHub, |work| {
            let name = self.parse_free_name(name, None)?;
            let subaccount = Subaccount::parse(subaccount)?;
            let hubs = self.repository.list_hubs()?;
            if let Some(other) = hubs.iter().find(|other| other.subaccount() == Some(&subaccount)) {
                return Err(Refusal::SubaccountTaken {
                    subaccount: subaccount.to_string(),
                    thing: "hub",
                    name: other.name.clone(),
                }
                .into());
            }
            if let Some(portal) = self.find_portal_in(&subaccount)? {
                must_be_confirmed(&portal.name, &name, confirmed)?;
            }
            let detail = message!("activity-subaccount", subaccount = subaccount.as_str());
            let hub = Hub {
                id: HubId(self.generate_id()),
                name,
                home: HubHome::Local { subaccount, four_eyes: false },
                vocabulary: Vocabulary::default(),
                created_at: self.now(),
            };
            work.record(AuditAction::HubCreated, hub.tagged_name(), detail);
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })?;
        match self.connect_own_portal(&hub) {
            Ok(connected) => Ok(HubCreated { hub, connected, not_connected: None }),
            Err(failure) => Ok(HubCreated { hub, connected: None, not_connected: Some(failure) }),
        }
    }

    /// The hub's page, as the person may use it.
    pub fn get_page(&self, id: HubId) -> Result<HubPage, Failure> {
        let person = self.get_current_person()?;
        let hub = self.get_hub(id)?;
        let counts = self.repository.count_requests(id)?;
        Ok(HubPage {
            may_submit: match hub.kind() {
                Kind::Local => person.may(Action::SubmitRequest).and_then(|()| must_have_room(&hub, &counts)),
                Kind::InSap => Err(Refusal::HubInSap { hub: hub.name.clone() }),
            },
            may_change: match hub.kind() {
                Kind::Local => person.may(Action::ManageHub),
                Kind::InSap => Ok(()),
            },
            may_delete: person.may(Action::ManageHub),
            hub,
            counts,
        })
    }

    /// Sets whether a person may not approve a request that the same person submitted.
    pub fn set_four_eyes(&self, id: HubId, four_eyes: bool) -> Result<Hub, Failure> {
        self.change(Operation::SetFourEyes, |work| {
            let hub = self.get_hub(id)?;
            let HubHome::Local { subaccount, .. } = hub.home else {
                return Err(Refusal::HubInSap { hub: hub.name }.into());
            };
            let hub = Hub { home: HubHome::Local { subaccount, four_eyes }, ..hub };
            let detail = if four_eyes { message!("activity-four-eyes-on") } else { message!("activity-four-eyes-off") };
            work.record(AuditAction::HubChanged, hub.tagged_name(), detail);
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Sets which of the vendor's screens the hub's pages look like. This also decides which roles an approver needs,
    /// and nothing else.
    pub fn set_vocabulary(&self, id: HubId, vocabulary: Vocabulary) -> Result<Hub, Failure> {
        self.change(Operation::SetHubVocabulary, |work| {
            let former = self.get_hub(id)?;
            let detail = vocabulary.describe_change(former.vocabulary);
            let hub = Hub { vocabulary, ..former };
            work.record(AuditAction::HubChanged, hub.tagged_name(), detail);
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Gives a hub another name.
    pub fn rename(&self, id: HubId, name: &str) -> Result<Hub, Failure> {
        self.change(Operation::RenameHub, |work| {
            let former = self.get_hub(id)?;
            let name = self.parse_free_name(name, Some(id))?;
            work.record(AuditAction::HubRenamed, former.tagged_name(), message!("activity-renamed", name = &name));
            let hub = Hub { name, ..former };
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Deletes a local hub as a whole, with all its requests and connections. `confirmation` is its name, typed.
    pub fn delete(&self, id: HubId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeleteHub, |work| {
            let hub = self.get_hub(id)?;
            let HubHome::Local { subaccount, .. } = &hub.home else {
                return Err(Refusal::HubInSap { hub: hub.name }.into());
            };
            check_confirmation(confirmation, &hub.name)?;
            let detail = message!("activity-subaccount", subaccount = subaccount.as_str());
            work.record(AuditAction::HubDeleted, hub.tagged_name(), detail);
            for secret in self.list_held_secrets(id)? {
                work.drop_secret(secret);
            }
            work.put(SharedChange::RemoveHub(id));
            Ok(())
        })
    }
}

impl Drawbridge {
    /// The name of the portal that was connected: the one of the hub's subaccount, if that has one.
    fn connect_own_portal(&self, hub: &Hub) -> Result<Option<String>, Failure> {
        let Some(subaccount) = hub.subaccount() else { return Ok(None) };
        let Some(portal) = self.find_portal_in(subaccount)? else { return Ok(None) };
        self.connect_automatically(portal.id, hub.id).map(|()| Some(portal.name))
    }

    /// The portal of a subaccount.
    fn find_portal_in(&self, subaccount: &Subaccount) -> Result<Option<Portal>, Failure> {
        Ok(self.repository.list_portals()?.into_iter().find(|portal| portal.subaccount == *subaccount))
    }

    /// Checks a name as typed for a hub, which `except` may have already.
    pub(super) fn parse_free_name(&self, name: &str, except: Option<HubId>) -> Result<String, Failure> {
        let name = Hub::parse_name(name)?;
        let same = |other: &Hub| Some(other.id) != except && looks_alike(&other.name, &name);
        if self.repository.list_hubs()?.iter().any(same) {
            return Err(InputProblem::NameTaken(name).into());
        }
        Ok(name)
    }

    /// The secrets that a hub holds for its open requests.
    pub(super) fn list_held_secrets(&self, id: HubId) -> Result<Vec<SecretId>, Failure> {
        let open = self.repository.list_open_requests(id)?;
        Ok(open.iter().filter_map(|request| request.held().map(|held| held.secret)).collect())
    }

    pub(crate) fn get_hub(&self, id: HubId) -> Result<Hub, Failure> {
        self.repository.find_hub(id)?.ok_or(Failure::NotFound("hub"))
    }

    /// The limit counts connected portals. Pending requests do not count, since they may still be rejected.
    pub(crate) fn must_have_room(&self, hub: &Hub) -> Result<(), Failure> {
        Ok(must_have_room(hub, &self.repository.count_requests(hub.id)?)?)
    }
}

pub(crate) fn must_have_room(hub: &Hub, counts: &RequestCounts) -> Result<(), Refusal> {
    if counts.approved < Hub::MAX_PORTALS { Ok(()) } else { Err(Refusal::HubFull { hub: hub.name.clone() }) }
}

/// Portal and hub of one subaccount are connected for good as soon as both are there: a person has to know that before.
pub(crate) fn must_be_confirmed(portal: &str, hub: &str, confirmed: &[Confirmation]) -> Result<(), Refusal> {
    if confirmed.contains(&Confirmation::OwnPair) {
        Ok(())
    } else {
        Err(Refusal::WillBeConnected { portal: portal.to_owned(), hub: hub.to_owned() })
    }
}
