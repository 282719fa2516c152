//! One value of each kind, complete and different from its defaults.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    activity::{AuditAction, AuditEvent},
    connection::{ConnectionRequest, Destination, DestinationState, HeldCredential, Report, RequestState},
    connection_check::{Cause, ConnectionHealth, Diagnosis, FetchedApi, Finding, HealthOutcome, Stage},
    credential::{
        AccessFacts, Credential, CredentialKind, CredentialOrigin, CredentialState, ImportedCredential, Lifetime,
        SecretItem, SecretItemState, SecretVerifier,
    },
    documents::{CertificateChain, IssuerEnd, PortalUrl, TokenEndpoint},
    hub::{Hub, HubAddress, HubHome},
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, EventId, HubId, PersonId, PingOneAccountId, PortalId,
        RequestId, SecretId, ServiceInstanceId,
    },
    person::{Actor, Person, Role},
    pingone::{AccountKind, ConnectionApiCredential, FormerSecret, PingOneAccount},
    pki::{Authority, AuthorityPurpose},
    portal::{ApiProxy, Endpoints, Portal, PortalHome, ServiceInstance, ServiceRole, Subaccount},
    ports::{Change, SharedChange},
    settings::{ProxyChoice, ProxyUrl, Settings},
    token_service::{TokenServiceIdentity, TokenServiceSettings},
    vocabulary::Vocabulary,
};
use uuid::Uuid;

pub fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A moment with milliseconds; a later one for a larger number.
pub fn time(number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_790_000_000_123).unwrap() + TimeDelta::hours(number)
}

pub fn person(number: u128) -> Person {
    Person {
        id: PersonId(uuid(number)),
        name: format!("Zoë {number}"),
        email: format!("Zoe.{number}@Example.com"),
        roles: BTreeSet::from([Role::PortalRegistration, Role::HubAdministrator]),
        created_at: time(1),
    }
}

pub fn actor(number: u128) -> Actor {
    Actor::from(&person(number))
}

pub fn portal(number: u128) -> Portal {
    Portal {
        id: PortalId(uuid(number)),
        name: format!("Vertrieb Süd {number}"),
        subaccount: Subaccount::from_stored(format!("Portal-{number}")),
        slug: format!("vertrieb-{number}"),
        home: PortalHome::Local { instance_number: u32::MAX },
        vocabulary: Vocabulary::DeveloperHub,
        created_at: time(2),
    }
}

/// A portal with the service instance whose keys carry its credentials.
pub fn portal_with_instance(number: u128) -> [Change; 2] {
    [
        SharedChange::PutPortal(portal(number)).into(),
        SharedChange::PutServiceInstance(instance(number, portal(number).id)).into(),
    ]
}

pub fn instance(number: u128, portal: PortalId) -> ServiceInstance {
    ServiceInstance {
        id: ServiceInstanceId(uuid(number)),
        portal_id: portal,
        name: format!("Übergabe {number}"),
        role: ServiceRole::SelfServiceAdministrator,
        created_at: time(number as i64),
        created_by: actor(4),
        deleted_at: None,
    }
}

pub fn api_proxy(number: u128, portal: PortalId) -> ApiProxy {
    ApiProxy {
        id: ApiProxyId(uuid(number)),
        portal_id: portal,
        name: format!("Orders-{number}"),
        title: "Orders & Returns – Aufträge".into(),
        version: "1.2.0-rc.1".into(),
        description: "first line\nsecond line".into(),
        base_path: format!("/orders/v{number}"),
        openapi_version: "3.0.3".into(),
        imported_at: time(8),
        imported_by: actor(5),
    }
}

pub fn hub(number: u128) -> Hub {
    Hub {
        id: HubId(uuid(number)),
        name: format!("Hub Ä {number}"),
        home: HubHome::Local { subaccount: Subaccount::from_stored(format!("Hub-{number}")), four_eyes: true },
        vocabulary: Vocabulary::ClassicDesign,
        created_at: time(3),
    }
}

/// A hub in SAP.
pub fn hub_in_sap(number: u128) -> Hub {
    let address = HubAddress::from_stored(format!("https://hub-{number}.example.com/"));
    Hub { home: HubHome::InSap { region: "eu10".into(), address }, ..hub(number) }
}

/// What was reported about a request at a hub in SAP.
pub fn report() -> Report {
    Report {
        submitted_by: "Rolf Ängström".into(),
        decided_by: String::new(),
        note: "a note".into(),
        ticket: "CHG-1".into(),
    }
}

pub fn chain() -> CertificateChain {
    CertificateChain {
        pem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".into(),
        length: 2,
        fingerprint: "AB:CD".into(),
        subject: "CN=client, OU=\"a, b\"".into(),
        common_name: None,
        issuer: "CN=Drawbridge CA".into(),
        not_before: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        not_after: DateTime::from_timestamp(1_821_536_000, 0).unwrap(),
        public_key: "EC P-256".into(),
        issuer_end: Some(IssuerEnd {
            subject: "CN=An issuer".into(),
            not_after: DateTime::from_timestamp(1_821_535_000, 0).unwrap(),
        }),
    }
}

pub fn secret_item(number: u128) -> SecretItem {
    SecretItem {
        id: SecretId(uuid(number)),
        label: format!("Drawbridge: secret \u{1f512} {number}"),
        state: SecretItemState::Active,
    }
}

/// The current credential of a portal of [`portal_with_instance`], holding the secret of the same number.
pub fn credential(number: u128, portal: PortalId) -> Credential {
    Credential {
        id: CredentialId(uuid(number)),
        portal_id: portal,
        origin: of_key(number, portal, None),
        client_id: format!("sb-apiaccess_{number}!b1|api-portal-xsuaa!b1"),
        kind: CredentialKind::Certificate(chain()),
        created_at: time(number as i64),
        created_by: actor(1),
        state: CredentialState::Current { secret: SecretId(uuid(number)) },
    }
}

/// The same with a client secret.
pub fn secret_credential(number: u128, portal: PortalId) -> Credential {
    Credential {
        kind: CredentialKind::ClientSecret(Lifetime::OfServiceKey),
        origin: of_key(
            number,
            portal,
            Some(SecretVerifier::SaltedSha256 { salt: [number as u8; 16], digest: [0xAB; 32] }),
        ),
        ..credential(number, portal)
    }
}

/// A service key of the instance of [`portal_with_instance`].
pub fn of_key(number: u128, portal: PortalId, verifier: Option<SecretVerifier>) -> CredentialOrigin {
    CredentialOrigin::ServiceKey {
        instance_id: ServiceInstanceId(portal.0),
        key_name: format!("Schlüssel {number}"),
        verifier,
    }
}

/// A portal in SAP.
pub fn portal_in_sap(number: u128) -> Portal {
    Portal {
        home: PortalHome::InSap { url: PortalUrl::from_stored(format!("https://Portal-{number}.example.com/")) },
        ..portal(number)
    }
}

/// The current credential of a portal in SAP: a client secret, holding the secret of the same number.
pub fn imported(number: u128, portal: PortalId, lifetime: Lifetime, extra: Option<u128>) -> Credential {
    let imported = ImportedCredential {
        url: PortalUrl::from_stored(format!("https://Portal-{number}.example.com/")),
        token_url: TokenEndpoint::from_stored(format!(
            "https://portal-{number}.authentication.example.com/oauth/token"
        )),
        cert_url: None,
        extra: extra.map(|number| SecretId(uuid(number))),
    };
    Credential {
        origin: CredentialOrigin::Imported(imported),
        kind: CredentialKind::ClientSecret(lifetime),
        ..credential(number, portal)
    }
}

pub fn facts(number: u128) -> AccessFacts {
    AccessFacts {
        url: PortalUrl::from_stored(format!("https://portal-{number}.example.com/")),
        token_url: TokenEndpoint::from_stored(format!("https://portal-{number}.example.com/oauth/token")),
        cert_url: None,
        client_id: format!("sb-client-{number}"),
        kind: CredentialKind::ClientSecret(Lifetime::OfServiceKey),
    }
}

/// A pending request that holds the secret of the same number.
pub fn request(number: u128, hub: HubId) -> ConnectionRequest {
    ConnectionRequest {
        id: RequestId(uuid(number)),
        hub_id: hub,
        alias: format!("Alias {number}"),
        portal_key: format!("https://portal-{number}.example.com"),
        portal_id: None,
        comment: "first line\nsecond line".into(),
        submitted_by: actor(1),
        submitted_at: time(4),
        report: None,
        state: RequestState::Pending { held: held(number) },
    }
}

pub fn held(number: u128) -> HeldCredential {
    HeldCredential { facts: facts(number), secret: SecretId(uuid(number)), applied_at: time(5), applied_by: actor(2) }
}

pub fn rejected(request: ConnectionRequest) -> ConnectionRequest {
    let state = RequestState::Rejected {
        facts: request.facts().clone(),
        rejected_by: actor(3),
        rejected_at: time(6),
        reason: "because".into(),
    };
    ConnectionRequest { state, ..request }
}

pub fn approved(request: ConnectionRequest) -> ConnectionRequest {
    let held = request.held().unwrap().clone();
    let destination = DestinationState::Present(Destination {
        name: format!("apiportal-{}", request.alias),
        created_at: time(7),
        created_by: actor(6),
    });
    ConnectionRequest {
        state: RequestState::Approved { held, approved_by: Actor::System, approved_at: time(6), destination },
        ..request
    }
}

pub fn health(request: &ConnectionRequest) -> ConnectionHealth {
    ConnectionHealth {
        request_id: request.id,
        outcome: HealthOutcome::Failing(Finding::new(
            Stage::PortalApi,
            &Diagnosis {
                cause: Cause::RoleMissing { role: "Räuber \"Hotzenplotz\"".into() },
                seen: "HTTP 403 \"verboten\"".into(),
            },
        )),
        checked_at: Some(time(8)),
        last_success: Some(time(7)),
        due: true,
        postponed: None,
    }
}

pub fn fetched_api(name: &str) -> FetchedApi {
    FetchedApi {
        name: name.into(),
        title: format!("{name} – Aufträge"),
        version: "2".into(),
        description: "first line\nsecond line".into(),
        base_path: format!("/{name}"),
    }
}

pub fn authority(secret: SecretId) -> Authority {
    Authority {
        purpose: AuthorityPurpose::Server { names: vec!["localhost".into(), "a \"name\"".into()] },
        certificate_pem: chain().pem,
        not_after: chain().not_after,
        secret,
        created_at: time(7),
    }
}

pub fn identity(tls_key: SecretId, signing_key: SecretId) -> TokenServiceIdentity {
    TokenServiceIdentity {
        certificate_pem: chain().pem,
        not_before: chain().not_before,
        not_after: chain().not_after,
        names: vec!["localhost".into(), "::1".into(), "a \"name\"".into()],
        tls_key,
        signing_key,
    }
}

/// Different from the defaults in everything.
pub fn settings() -> Settings {
    Settings {
        token_service: TokenServiceSettings {
            enabled: false,
            address: "fe80::1".parse().unwrap(),
            endpoints: Endpoints { host: "portal.example.com".into(), port: 1024, mutual_tls_port: 65_535 },
        },
        check_interval_hours: 168,
        asks_before_secrets: false,
        proxy: ProxyChoice::Url(ProxyUrl::parse("http://proxy.example:3128").unwrap()),
    }
}

pub fn event(number: u128) -> AuditEvent {
    AuditEvent {
        id: EventId(uuid(number)),
        at: time(number as i64),
        actor: actor(1),
        action: AuditAction::RequestSubmitted,
        subject: format!("Subject {number}").into(),
        detail: "detail".into(),
    }
}

pub fn account(number: u128) -> PingOneAccount {
    let (id, name) = (PingOneAccountId(uuid(number)), format!("Größe {number}"));
    PingOneAccount { id, name, kind: AccountKind::InPingOne, created_at: time(1) }
}

/// Connection API Credentials that hold the secret of the same number.
pub fn connection_credential(number: u128, account: PingOneAccountId) -> ConnectionApiCredential {
    ConnectionApiCredential {
        id: ConnectionApiCredentialId(uuid(number)),
        account_id: account,
        client_id: Some(format!("client-{number}")),
        description: "für die Übergabe".into(),
        secret: SecretId(uuid(number)),
        secret_chosen: true,
        secret_changed_at: time(5),
        former: None,
        created_at: time(10 - number as i64),
        created_by: actor(3),
    }
}

/// What such credentials keep of the secret before.
pub fn former_secret(secret: u128) -> Option<FormerSecret> {
    Some(FormerSecret {
        secret: SecretId(uuid(secret)),
        chosen: true,
        replaced_at: time(5),
        until: time(29),
        over_since: None,
    })
}
