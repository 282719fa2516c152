//! A repository in front of another one, for tests that change something in between.

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
        Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, DatabaseNotice, Hubs,
        People, Portals, Repository, RepositoryError, RepositoryReader, RequestCounts, RequestPage, RequestQuery,
        Requests, Secrets, ThisMachine,
    },
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

/// The repository that answers as an [`Overlay`] says.
pub struct Overlaid<T>(pub T);

macro_rules! overlay {
    ($($port:ident { $(fn $name:ident(&self $(, $argument:ident: $kind:ty)*) -> $result:ty;)* })*) => {
        /// Answers as the repository below does, but for the methods that it has itself.
        pub trait Overlay: Send + Sync {
            fn below(&self) -> &dyn Repository;
            $($(
                fn $name(&self $(, $argument: $kind)*) -> Result<$result, RepositoryError> {
                    self.below().$name($($argument),*)
                }
            )*)*
        }

        $(impl<T: Overlay> $port for Overlaid<T> {
            $(fn $name(&self $(, $argument: $kind)*) -> Result<$result, RepositoryError> {
                self.0.$name($($argument),*)
            })*
        })*
    };
}

overlay! {
    Repository {
        fn begin_change(&self) -> Box<dyn ChangeGuard>;
        fn commit(&self, changes: &[Change]) -> ();
    }
    RepositoryReader {
        fn change_number(&self) -> u64;
        fn list_notices(&self) -> Vec<DatabaseNotice>;
        fn check_whole(&self) -> ();
    }
    People {
        fn list_people(&self) -> Vec<Person>;
        fn find_person(&self, id: PersonId) -> Option<Person>;
    }
    Portals {
        fn list_portals(&self) -> Vec<Portal>;
        fn find_portal(&self, id: PortalId) -> Option<Portal>;
        fn list_credentials(&self, portal: PortalId) -> Vec<Credential>;
        fn find_credential(&self, id: CredentialId) -> Option<Credential>;
        fn find_credential_by_proof(&self, client_id: &str, fingerprint: Option<&str>) -> Option<Credential>;
        fn list_credentials_of_client(&self, client_id: &str) -> Vec<Credential>;
        fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Option<Credential>;
        fn find_portal_by_slug(&self, slug: &str) -> Option<Portal>;
        fn list_service_instances(&self, portal: PortalId) -> Vec<ServiceInstance>;
        fn find_service_instance(&self, id: ServiceInstanceId) -> Option<ServiceInstance>;
        fn list_api_proxies(&self, portal: PortalId) -> Vec<ApiProxy>;
        fn find_api_proxy(&self, id: ApiProxyId) -> Option<ApiProxy>;
    }
    Connections {
        fn list_approved_requests(&self, hub: Option<HubId>) -> Vec<ConnectionRequest>;
        fn find_health(&self, request: RequestId) -> Option<ConnectionHealth>;
        fn list_connections_to_check(&self, tested_before: DateTime<Utc>, now: DateTime<Utc>) -> Vec<RequestId>;
        fn list_fetched_apis(&self, request: RequestId) -> Vec<FetchedApi>;
    }
    Hubs {
        fn list_hubs(&self) -> Vec<Hub>;
        fn find_hub(&self, id: HubId) -> Option<Hub>;
    }
    Requests {
        fn find_request(&self, id: RequestId) -> Option<ConnectionRequest>;
        fn list_open_requests_of_portal(&self, portal_key: &str) -> Vec<ConnectionRequest>;
        fn list_open_requests(&self, hub: HubId) -> Vec<ConnectionRequest>;
        fn find_open_request_by_alias(&self, hub: HubId, alias: &str) -> Option<ConnectionRequest>;
        fn count_requests(&self, hub: HubId) -> RequestCounts;
        fn search_requests(&self, query: &RequestQuery) -> RequestPage;
    }
    Accounts {
        fn list_accounts(&self) -> Vec<PingOneAccount>;
        fn find_account(&self, id: PingOneAccountId) -> Option<PingOneAccount>;
        fn list_connection_credentials(&self, account: PingOneAccountId) -> Vec<ConnectionApiCredential>;
        fn find_connection_credential(&self, id: ConnectionApiCredentialId) -> Option<ConnectionApiCredential>;
        fn list_former_secrets_until(&self, moment: DateTime<Utc>) -> Vec<ConnectionApiCredential>;
        fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Vec<ConnectionApiCredential>;
    }
    Activity {
        fn search_activity(&self, query: &ActivityQuery) -> ActivityPage;
    }
    ThisMachine {
        fn find_current_person(&self) -> Option<Person>;
        fn find_server_authority(&self) -> Option<Authority>;
        fn find_client_authority(&self) -> Option<Authority>;
        fn list_client_authority_certificates(&self) -> Vec<String>;
        fn find_token_service_identity(&self) -> Option<TokenServiceIdentity>;
        fn get_settings(&self) -> Settings;
        fn find_seen_time(&self) -> Option<SeenTime>;
    }
    Secrets {
        fn list_unsettled_secrets(&self) -> Vec<SecretItem>;
        fn list_active_secrets(&self) -> Vec<SecretItem>;
        fn find_secret_item(&self, id: SecretId) -> Option<SecretItem>;
        fn find_keychain_witness(&self) -> Option<SecretId>;
        fn list_given_up_secrets(&self) -> Vec<SecretId>;
    }
}
