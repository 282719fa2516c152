//! People and roles.

use std::collections::BTreeSet;

use domain::{
    messages::Language,
    person::{Person, Role, Session},
    refusal::Refusal,
};

use crate::{View, declare::wire};

wire! {
    /// Who uses the installation.
    reply struct SessionView {
        /// The person; `null` before the first one exists: then the welcome is shown.
        pub person: Option<PersonView>,
        /// Everybody, by name.
        pub people: Vec<PersonView>,
        /// The role collections that people can have.
        pub roles: Vec<RoleView>,
        /// The technical user's role, which people never have.
        pub technical_role: String,
    }

    /// A person.
    reply struct PersonView {
        /// Identifies the person.
        pub id: String,
        /// Name.
        pub name: String,
        /// E-mail address.
        pub email: String,
        /// Names of the role collections.
        pub roles: Vec<String>,
    }

    /// A role collection.
    reply struct RoleView {
        /// Its name.
        pub name: String,
        /// What it is for.
        pub purpose: String,
    }

    /// A person as typed.
    request struct PersonRequest {
        /// Name.
        pub name: String,
        /// E-mail address.
        pub email: String,
        /// Names of the role collections.
        pub roles: Vec<String>,
    }
}

impl PersonRequest {
    /// The roles, or which of them people cannot have.
    pub fn parse_roles(&self) -> Result<BTreeSet<Role>, Refusal> {
        self.roles.iter().map(|role| Role::parse(role).map_err(|error| Refusal::Input(error.into()))).collect()
    }
}

impl View<Session> for SessionView {
    fn of(session: Session, language: Language) -> Self {
        let Session { person, people } = session;
        Self {
            person: person.map(PersonView::from),
            people: people.into_iter().map(PersonView::from).collect(),
            roles: Role::ALL
                .map(|role| RoleView { name: role.name().to_owned(), purpose: role.purpose(language).to_owned() })
                .to_vec(),
            technical_role: Role::TECHNICAL.to_owned(),
        }
    }
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        let Person { id, name, email, roles, created_at: _ } = person;
        Self { id: id.to_string(), name, email, roles: roles.iter().map(|role| role.name().to_owned()).collect() }
    }
}
