//! Which table a change belongs to.

use domain::ports::Change;
use rusqlite::Connection;

use crate::{
    api_proxy, audit_event, authority, connection_api_credential, connection_health, connection_request, credential,
    error::Error, fetched_api, hub, keychain_witness, person, pingone_account, portal, secret_item, seen_time,
    service_instance, settings, token_service_identity,
};

pub(super) fn apply(connection: &Connection, change: &Change) -> Result<(), Error> {
    match change {
        Change::PutPerson(person) => person::put(connection, person),
        Change::SetCurrentPerson(id) => person::set_current(connection, *id),
        Change::PutPortal(portal) => portal::put(connection, portal),
        Change::RemovePortal(id) => portal::remove(connection, *id),
        Change::PutCredential(credential) => credential::put(connection, credential),
        Change::PutHub(hub) => hub::put(connection, hub),
        Change::RemoveHub(id) => hub::remove(connection, *id),
        Change::PutRequest(request) => connection_request::put(connection, request),
        Change::PutServiceInstance(instance) => service_instance::put(connection, instance),
        Change::PutApiProxy(proxy) => api_proxy::put(connection, proxy),
        Change::RemoveApiProxy(id) => api_proxy::remove(connection, *id),
        Change::PutHealth(health) => connection_health::put(connection, health),
        Change::PutFetchedApis(request, apis) => fetched_api::put_all(connection, *request, apis),
        Change::PutAuthority(authority) => authority::put(connection, authority),
        Change::PutTokenServiceIdentity(identity) => token_service_identity::put(connection, identity),
        Change::PutSeenTime(seen) => seen_time::put(connection, seen),
        Change::PutSettings(settings) => settings::put(connection, settings),
        Change::PutAccount(account) => pingone_account::put(connection, account),
        Change::RemoveAccount(id) => pingone_account::remove(connection, *id),
        Change::PutConnectionCredential(credential) => connection_api_credential::put(connection, credential),
        Change::PutSecretItem(item) => secret_item::put(connection, item),
        Change::RemoveSecretItem(id) => secret_item::remove(connection, *id),
        Change::PutKeychainWitness(id) => keychain_witness::put(connection, *id),
        Change::GiveUpSecrets(ids) => keychain_witness::give_up(connection, ids),
        Change::Record(event) => audit_event::insert(connection, event),
    }
}
