//! The ports that read, each over the file of its table.

use chrono::{DateTime, Utc};
use domain::{
    connection::ConnectionRequest,
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::Authority,
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::{
        Accounts, Activity, ActivityPage, ActivityQuery, Connections, Hubs, People, Portals, RepositoryError,
        RequestCounts, RequestPage, RequestQuery, Requests, Secrets, ThisMachine,
    },
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

use super::{Reader, SqliteRepository, lock};
use crate::{
    api_proxy, audit_event, authority, connection_api_credential, connection_health, connection_request, credential,
    error::Error, fetched_api, hub, keychain_witness, person, pingone_account, portal, secret_item, seen_time,
    service_instance, settings, token_service_identity,
};

impl People for SqliteRepository {
    fn list_people(&self) -> Result<Vec<Person>, RepositoryError> {
        self.read(person::list)
    }

    fn find_person(&self, id: PersonId) -> Result<Option<Person>, RepositoryError> {
        self.read(|connection| person::find(connection, id))
    }
}

impl Portals for SqliteRepository {
    fn list_portals(&self) -> Result<Vec<Portal>, RepositoryError> {
        self.read(portal::list)
    }

    fn find_portal(&self, id: PortalId) -> Result<Option<Portal>, RepositoryError> {
        self.read(|connection| portal::find(connection, id))
    }

    fn list_credentials(&self, portal: PortalId) -> Result<Vec<Credential>, RepositoryError> {
        self.read(|connection| credential::list_of_portal(connection, portal))
    }

    fn find_credential(&self, id: CredentialId) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find(connection, id))
    }

    fn find_credential_by_proof(
        &self,
        client_id: &str,
        fingerprint: Option<&str>,
    ) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find_by_proof(connection, client_id, fingerprint))
    }

    fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find_of_client(connection, slug, client_id))
    }

    fn list_credentials_of_client(&self, client_id: &str) -> Result<Vec<Credential>, RepositoryError> {
        self.read(|connection| credential::list_of_client(connection, client_id))
    }

    fn find_portal_by_slug(&self, slug: &str) -> Result<Option<Portal>, RepositoryError> {
        self.read(|connection| portal::find_by_slug(connection, slug))
    }

    fn list_service_instances(&self, portal: PortalId) -> Result<Vec<ServiceInstance>, RepositoryError> {
        self.read(|connection| service_instance::list_of_portal(connection, portal))
    }

    fn find_service_instance(&self, id: ServiceInstanceId) -> Result<Option<ServiceInstance>, RepositoryError> {
        self.read(|connection| service_instance::find(connection, id))
    }

    fn list_api_proxies(&self, portal: PortalId) -> Result<Vec<ApiProxy>, RepositoryError> {
        self.read(|connection| api_proxy::list_of_portal(connection, portal))
    }

    fn find_api_proxy(&self, id: ApiProxyId) -> Result<Option<ApiProxy>, RepositoryError> {
        self.read(|connection| api_proxy::find(connection, id))
    }
}

impl Hubs for SqliteRepository {
    fn list_hubs(&self) -> Result<Vec<Hub>, RepositoryError> {
        self.read(hub::list)
    }

    fn find_hub(&self, id: HubId) -> Result<Option<Hub>, RepositoryError> {
        self.read(|connection| hub::find(connection, id))
    }
}

impl Requests for SqliteRepository {
    fn find_request(&self, id: RequestId) -> Result<Option<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::find(connection, id))
    }

    fn list_open_requests_of_portal(&self, portal_key: &str) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::list_open_of_portal(connection, portal_key))
    }

    fn list_open_requests(&self, hub: HubId) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::list_open(connection, hub))
    }

    fn find_open_request_by_alias(
        &self,
        hub: HubId,
        alias: &str,
    ) -> Result<Option<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::find_open_by_alias(connection, hub, alias))
    }

    fn count_requests(&self, hub: HubId) -> Result<RequestCounts, RepositoryError> {
        self.read(|connection| connection_request::count(connection, hub))
    }

    fn search_requests(&self, query: &RequestQuery) -> Result<RequestPage, RepositoryError> {
        self.file.counter()?;
        let Reader { connection, requests, activity: _ } = &mut *lock(&self.reader);
        // One snapshot for the order, the texts and the rows.
        let snapshot = connection.transaction().map_err(Error::from)?;
        Ok(connection_request::search(&snapshot, requests, query)?)
    }
}

impl Connections for SqliteRepository {
    fn list_approved_requests(&self, hub: Option<HubId>) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::list_approved(connection, hub))
    }

    fn find_health(&self, request: RequestId) -> Result<Option<ConnectionHealth>, RepositoryError> {
        self.read(|connection| connection_health::find(connection, request))
    }

    fn list_connections_to_check(
        &self,
        tested_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RequestId>, RepositoryError> {
        self.read(|connection| connection_health::list_to_check(connection, tested_before, now))
    }

    fn list_fetched_apis(&self, request: RequestId) -> Result<Vec<FetchedApi>, RepositoryError> {
        self.read(|connection| fetched_api::list_of_request(connection, request))
    }
}

impl Accounts for SqliteRepository {
    fn list_accounts(&self) -> Result<Vec<PingOneAccount>, RepositoryError> {
        self.read(pingone_account::list)
    }

    fn find_account(&self, id: PingOneAccountId) -> Result<Option<PingOneAccount>, RepositoryError> {
        self.read(|connection| pingone_account::find(connection, id))
    }

    fn list_connection_credentials(
        &self,
        account: PingOneAccountId,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_of_account(connection, account))
    }

    fn find_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<Option<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::find(connection, id))
    }

    fn list_former_secrets_until(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_with_former_until(connection, moment))
    }

    fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_with_former_over(connection, moment))
    }
}

impl Activity for SqliteRepository {
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError> {
        self.file.counter()?;
        let Reader { connection, requests: _, activity } = &mut *lock(&self.reader);
        let snapshot = connection.transaction().map_err(Error::from)?;
        Ok(audit_event::search(&snapshot, activity, query)?)
    }
}

impl ThisMachine for SqliteRepository {
    fn find_current_person(&self) -> Result<Option<Person>, RepositoryError> {
        self.read(person::find_current)
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        self.read(settings::get)
    }

    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError> {
        self.read(seen_time::find)
    }

    fn find_server_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        self.read(authority::find_for_server)
    }

    fn find_client_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        self.read(authority::find_for_clients)
    }

    fn list_client_authority_certificates(&self) -> Result<Vec<String>, RepositoryError> {
        self.read(authority::list_certificates_for_clients)
    }

    fn find_token_service_identity(&self) -> Result<Option<TokenServiceIdentity>, RepositoryError> {
        self.read(token_service_identity::find)
    }
}

impl Secrets for SqliteRepository {
    fn list_unsettled_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        self.read(secret_item::list_unsettled)
    }

    fn list_active_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        self.read(secret_item::list_active)
    }

    fn find_keychain_witness(&self) -> Result<Option<SecretId>, RepositoryError> {
        self.read(keychain_witness::find)
    }

    fn list_given_up_secrets(&self) -> Result<Vec<SecretId>, RepositoryError> {
        self.read(keychain_witness::list_given_up)
    }

    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError> {
        self.read(|connection| secret_item::find(connection, id))
    }
}
