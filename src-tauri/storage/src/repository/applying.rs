//! Which table a change belongs to.

use domain::ports::{Change, LocalChange, SharedChange};
use rusqlite::Connection;

use crate::{
    api_proxy, audit_event, authority, connection_api_credential, connection_health, connection_request, credential,
    error::Error, fetched_api, hub, keychain_witness, person, pingone_account, portal, secret_item, seen_time,
    service_instance, settings, token_service_identity,
};

pub(super) fn apply(connection: &Connection, change: &Change) -> Result<(), Error> {
    match change {
        Change::Local(change) => apply_local(connection, change),
        Change::Shared(change) => apply_shared(connection, change),
    }
}

fn apply_local(connection: &Connection, change: &LocalChange) -> Result<(), Error> {
    match change {
        LocalChange::SetCurrentPerson(id) => person::set_current(connection, *id),
        LocalChange::PutAuthority(authority) => authority::put(connection, authority),
        LocalChange::PutTokenServiceIdentity(identity) => token_service_identity::put(connection, identity),
        LocalChange::PutSeenTime(seen) => seen_time::put(connection, seen),
        LocalChange::PutSettings(settings) => settings::put(connection, settings),
        LocalChange::PutSecretItem(item) => secret_item::put(connection, item),
        LocalChange::RemoveSecretItem(id) => secret_item::remove(connection, *id),
        LocalChange::PutKeychainWitness(id) => keychain_witness::put(connection, *id),
        LocalChange::GiveUpSecrets(ids) => keychain_witness::give_up(connection, ids),
    }
}

fn apply_shared(connection: &Connection, change: &SharedChange) -> Result<(), Error> {
    match change {
        SharedChange::PutPerson(person) => person::put(connection, person),
        SharedChange::RemovePerson(id) => person::remove(connection, *id),
        SharedChange::PutPortal(portal) => portal::put(connection, portal),
        SharedChange::RemovePortal(id) => portal::remove(connection, *id),
        SharedChange::PutCredential(credential) => credential::put(connection, credential),
        SharedChange::PutHub(hub) => hub::put(connection, hub),
        SharedChange::RemoveHub(id) => hub::remove(connection, *id),
        SharedChange::PutRequest(request) => connection_request::put(connection, request),
        SharedChange::RemoveRequest(id) => connection_request::remove(connection, *id),
        SharedChange::PutServiceInstance(instance) => service_instance::put(connection, instance),
        SharedChange::PutApiProxy(proxy) => api_proxy::put(connection, proxy),
        SharedChange::RemoveApiProxy(id) => api_proxy::remove(connection, *id),
        SharedChange::PutHealth(health) => connection_health::put(connection, health),
        SharedChange::PutFetchedApis(request, apis) => fetched_api::put_all(connection, *request, apis),
        SharedChange::PutAccount(account) => pingone_account::put(connection, account),
        SharedChange::RemoveAccount(id) => pingone_account::remove(connection, *id),
        SharedChange::PutConnectionCredential(credential) => connection_api_credential::put(connection, credential),
        SharedChange::RemoveConnectionCredential(id) => connection_api_credential::remove(connection, *id),
        SharedChange::Record(event) => audit_event::insert(connection, event),
    }
}
