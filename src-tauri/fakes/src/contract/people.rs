//! People, and who of them uses the installation.

use std::collections::BTreeSet;

use domain::{
    id::PersonId,
    person::{Person, Role},
    ports::{LocalChange, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{person, time, uuid};

pub(super) fn people_come_back_by_name_with_their_roles(make: Make<'_>) {
    let ada = Person { name: "ada".into(), roles: BTreeSet::new(), ..person(1) };
    let bob = Person { name: "Bob".into(), roles: BTreeSet::from(Role::ALL), ..person(2) };
    let database = Database::new(make);
    assert_eq!(database.repository().find_current_person().unwrap(), None);
    database.commit([SharedChange::PutPerson(bob.clone()).into(), SharedChange::PutPerson(ada.clone()).into()]);
    database.commit([LocalChange::SetCurrentPerson(bob.id).into()]);

    let database = database.reopened();

    assert_eq!(
        database.repository().list_people().unwrap(),
        [ada.clone(), bob.clone()],
        "a before B, whatever the case"
    );
    assert_eq!(database.repository().find_person(ada.id).unwrap(), Some(ada.clone()));
    assert_eq!(database.repository().find_person(PersonId(uuid(9))).unwrap(), None);
    assert_eq!(database.repository().find_current_person().unwrap(), Some(bob));
    database.commit([LocalChange::SetCurrentPerson(ada.id).into()]);
    assert_eq!(database.repository().find_current_person().unwrap(), Some(ada));
}

pub(super) fn a_person_that_is_put_again_is_replaced_roles_included(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPerson(person(1)).into(), LocalChange::SetCurrentPerson(person(1).id).into()]);
    let changed = Person {
        name: "Renamed".into(),
        email: "new@example.com".into(),
        roles: BTreeSet::from([Role::PortalAdministrator]),
        created_at: time(9),
        ..person(1)
    };
    database.commit([SharedChange::PutPerson(changed.clone()).into()]);
    assert_eq!(database.repository().list_people().unwrap(), std::slice::from_ref(&changed));
    assert_eq!(database.repository().find_current_person().unwrap(), Some(changed), "still the current one");
}
