//! The hub's pages: create, settings, delete.

use messages::message;

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, HubOperations},
    hub::Hub,
    id::HubId,
    input::{InputProblem, check_confirmation, looks_alike},
    operation::Operation,
    person::{Action, Person},
    portal::Subaccount,
    ports::{RequestCounts, SharedChange},
    refusal::{Failure, Refusal},
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
    /// Why the hub could not be connected to the portal of its subaccount; it can be connected later.
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
    pub fn create(&self, name: &str, subaccount: &str) -> Result<HubCreated, Failure> {
        let hub = self.change(Operation::CreateHub, |work| {
            let name = Hub::parse_name(name)?;
            let subaccount = Subaccount::parse(subaccount)?;
            let hubs = self.repository.list_hubs()?;
            if hubs.iter().any(|other| looks_alike(&other.name, &name)) {
                return Err(InputProblem::NameTaken(name).into());
            }
            if let Some(other) = hubs.iter().find(|other| other.subaccount == subaccount) {
                return Err(Refusal::SubaccountTaken {
                    subaccount: subaccount.to_string(),
                    thing: "hub",
                    name: other.name.clone(),
                }
                .into());
            }
            let hub = Hub {
                id: HubId(self.generate_id()),
                name,
                subaccount,
                four_eyes: false,
                vocabulary: Vocabulary::default(),
                created_at: self.now(),
            };
            let detail = message!("activity-subaccount", subaccount = hub.subaccount.as_str());
            work.record(AuditAction::HubCreated, &hub.name, detail);
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })?;
        let not_connected = self.connect_own_portal(&hub).err();
        Ok(HubCreated { hub, not_connected })
    }

    /// The hub's page, as the person may use it.
    pub fn get_page(&self, id: HubId) -> Result<HubPage, Failure> {
        let person = self.get_current_person()?;
        let hub = self.get_hub(id)?;
        let counts = self.repository.count_requests(id)?;
        Ok(HubPage {
            may_submit: person.may(Action::SubmitRequest).and_then(|()| must_have_room(&hub, &counts)),
            may_change: person.may(Action::ManageHub),
            may_delete: may_delete(&person, &hub, &counts),
            hub,
            counts,
        })
    }

    /// Sets whether a person may not approve a request that the same person submitted.
    pub fn set_four_eyes(&self, id: HubId, four_eyes: bool) -> Result<Hub, Failure> {
        self.change(Operation::SetFourEyes, |work| {
            let hub = Hub { four_eyes, ..self.get_hub(id)? };
            let detail = if four_eyes { message!("activity-four-eyes-on") } else { message!("activity-four-eyes-off") };
            work.record(AuditAction::HubChanged, &hub.name, detail);
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
            work.record(AuditAction::HubChanged, &hub.name, detail);
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Deletes a hub without open requests, together with its rejected ones. `confirmation` is its name as the person
    /// typed it.
    pub fn delete(&self, id: HubId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeleteHub, |work| {
            let hub = self.get_hub(id)?;
            may_delete(work.person()?, &hub, &self.repository.count_requests(id)?)?;
            check_confirmation(confirmation, &hub.name)?;
            let detail = message!("activity-subaccount", subaccount = hub.subaccount.as_str());
            work.record(AuditAction::HubDeleted, &hub.name, detail);
            // No open request: the hub holds no secret.
            work.put(SharedChange::RemoveHub(id));
            Ok(())
        })
    }
}

impl Drawbridge {
    /// Does nothing where the hub's subaccount has no portal.
    fn connect_own_portal(&self, hub: &Hub) -> Result<(), Failure> {
        match self.repository.list_portals()?.iter().find(|portal| portal.subaccount == hub.subaccount) {
            Some(portal) => self.connect_automatically(portal.id, hub.id),
            None => Ok(()),
        }
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

fn may_delete(person: &Person, hub: &Hub, counts: &RequestCounts) -> Result<(), Refusal> {
    person.may(Action::ManageHub)?;
    if counts.pending + counts.approved == 0 {
        return Ok(());
    }
    let reason = message!("refusal-still-needed-hub", pending = counts.pending, approved = counts.approved);
    Err(Refusal::StillNeeded { name: hub.name.clone(), reason, connected: counts.approved > 0 })
}
