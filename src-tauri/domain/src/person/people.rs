//! *People & Roles*.
//!
//! Nobody needs a role to change roles here: the page records which role collections a person has in the subaccounts;
//! it grants nothing there.

use std::collections::BTreeSet;

use messages::{Argument, Joined, Message, message};

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, PersonOperations},
    id::PersonId,
    input::InputProblem,
    keychain::KeychainStanding,
    operation::Operation,
    person::{Actor, Person, Role},
    ports::{LocalChange, SharedChange},
    refusal::{Failure, Refusal},
};

/// Who uses the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The person; `None` before the first one exists.
    pub person: Option<Person>,
    /// Everybody, by name.
    pub people: Vec<Person>,
}

impl PersonOperations<'_> {
    /// Who uses the installation, and who else could.
    pub fn get_session(&self) -> Result<Session, Failure> {
        Ok(Session { person: self.repository.find_current_person()?, people: self.repository.list_people()? })
    }

    /// The welcome: creates the first person, who uses the installation from then on.
    ///
    /// Refused where the keychain holds secrets of an installation that this database does not know. The database may
    /// have been emptied, and the person has to learn that now, not later.
    pub fn create_first(&self, name: &str, email: &str, roles: BTreeSet<Role>) -> Result<Person, Failure> {
        if let KeychainStanding::Other(other) = self.keychain().look()? {
            return Err(other.into());
        }
        self.change(Operation::CreateFirstPerson, |work| {
            if !self.repository.list_people()?.is_empty() {
                return Err(Refusal::PersonExists.into());
            }
            let person = self.parse_person(PersonId(self.generate_id()), name, email, &roles)?;
            work.act_as(Actor::from(&person));
            work.record(AuditAction::PersonAdded, &person.name, describe(&person));
            work.put(SharedChange::PutPerson(person.clone()));
            work.put(LocalChange::SetCurrentPerson(person.id));
            Ok(person)
        })
    }

    /// Adds a person.
    pub fn add(&self, name: &str, email: &str, roles: BTreeSet<Role>) -> Result<Person, Failure> {
        self.change(Operation::AddPerson, |work| {
            let person = self.parse_person(PersonId(self.generate_id()), name, email, &roles)?;
            work.record(AuditAction::PersonAdded, &person.name, describe(&person));
            work.put(SharedChange::PutPerson(person.clone()));
            Ok(person)
        })
    }

    /// Changes name, e-mail and role collections of a person.
    pub fn change_person(
        &self,
        id: PersonId,
        name: &str,
        email: &str,
        roles: BTreeSet<Role>,
    ) -> Result<Person, Failure> {
        self.change(Operation::ChangePerson, |work| {
            let former = self.repository.find_person(id)?.ok_or(Failure::NotFound("person"))?;
            let person = Person { created_at: former.created_at, ..self.parse_person(id, name, email, &roles)? };
            work.record(AuditAction::PersonChanged, &person.name, describe(&person));
            work.put(SharedChange::PutPerson(person.clone()));
            Ok(person)
        })
    }

    /// Removes a person who does not use the installation. What that person did stays in the activity list and in requests.
    pub fn remove(&self, id: PersonId) -> Result<(), Failure> {
        self.change(Operation::RemovePerson, |work| {
            let person = self.repository.find_person(id)?.ok_or(Failure::NotFound("person"))?;
            if work.person()?.id == id {
                return Err(Refusal::PersonInUse { name: person.name }.into());
            }
            work.record(AuditAction::PersonRemoved, &person.name, describe(&person));
            work.put(SharedChange::RemovePerson(id));
            Ok(())
        })
    }

    /// From now on `id` uses the installation.
    pub fn switch(&self, id: PersonId) -> Result<Person, Failure> {
        self.change(Operation::SwitchPerson, |work| {
            let person = self.repository.find_person(id)?.ok_or(Failure::NotFound("person"))?;
            work.act_as(Actor::from(&person));
            work.record(AuditAction::PersonSwitched, &person.name, "");
            work.put(LocalChange::SetCurrentPerson(id));
            Ok(person)
        })
    }
}

impl Drawbridge {
    fn parse_person(&self, id: PersonId, name: &str, email: &str, roles: &BTreeSet<Role>) -> Result<Person, Failure> {
        let name = Person::parse_name(name)?;
        let email = Person::parse_email(email)?;
        let same_address = |other: &Person| other.id != id && other.email.to_lowercase() == email.to_lowercase();
        if let Some(other) = self.repository.list_people()?.into_iter().find(same_address) {
            return Err(InputProblem::EmailTaken { name: other.name }.into());
        }
        Ok(Person { id, name, email, roles: roles.clone(), created_at: self.now() })
    }
}

fn describe(person: &Person) -> Message {
    if person.roles.is_empty() {
        message!("activity-no-roles", email = &person.email)
    } else {
        let roles = Argument::list(person.roles.iter().map(|role| role.name()), Joined::ByComma);
        message!("activity-roles", email = &person.email, roles = roles)
    }
}
