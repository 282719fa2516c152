//! Fills a database with one hub and many varied requests, through the public interface.
//!
//! The same numbers give the same texts. No secret exists in any keychain: the ledger only says so.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    activity::{AuditAction, AuditEvent},
    connection::{ConnectionRequest, Destination, DestinationState, HeldCredential, RequestState},
    connection_check::{ConnectionHealth, FetchedApi, HealthOutcome},
    credential::{AccessFacts, CredentialKind, Lifetime, SecretItem, SecretItemState},
    documents::{CertUrl, CertificateChain, PortalUrl, TokenEndpoint},
    hub::{Hub, HubHome},
    id::{EventId, HubId, PersonId, PortalId, RequestId, SecretId},
    person::{Actor, Person, Role},
    portal::{Portal, PortalHome, Subaccount},
    ports::{Change, LocalChange, Repository, RepositoryError, SharedChange},
    vocabulary::Vocabulary,
};
use uuid::Uuid;

const PEOPLE: [&str; 10] = [
    "Anna Müller",
    "Björn Åkesson",
    "Chiara Rossi",
    "Daniel O'Neill",
    "Éloïse Lefèvre",
    "François Dubois",
    "Grażyna Wójcik",
    "Hiroshi Tanaka",
    "Ingrid Sørensen",
    "José Núñez",
];
const SUBJECTS: [&str; 16] = [
    "Sales",
    "Procurement",
    "Logistics",
    "Finance",
    "Payroll",
    "Einkauf",
    "Vertrieb",
    "Service",
    "Partner",
    "Billing",
    "Warehouse",
    "Field Service",
    "Commerce",
    "Treasury",
    "Quality",
    "Zürich Office",
];
const REGIONS: [&str; 8] = ["EU", "US", "APAC", "DACH", "LATAM", "Süd", "Nordics", "MEA"];
const STAGES: [&str; 4] = ["prod", "test", "dev", "sandbox"];
const COMMENTS: [&str; 7] = [
    "",
    "Requested for the go-live; the contract has been signed.",
    "Renewal of last year's connection. Please approve before the end of the quarter, the old credentials end then.",
    "Für die Anbindung der neuen Lagerstandorte. Rückfragen bitte an den Betrieb.",
    "100% of the order APIs are published there, see ticket OPS_4711 (\"hub onboarding\").",
    "Second attempt: the alias of the first request was misspelled.",
    "Replaces the interim portal. The APIs stay the same, only their owner changes; consumers have been informed by mail \
     and the runbook describes how to switch back within an hour.",
];
const REASONS: [&str; 3] = [
    "The alias does not follow the naming convention.",
    "The credentials expire within four weeks.",
    "Bitte das Produktivportal einreichen, nicht die Sandbox.",
];

/// How many changes go into one commit.
const BATCH: usize = 4_000;

/// Adds the hub with `count` requests, of which `rejected_percent` are rejected and up to three approved; returns it.
pub fn seed(
    repository: &dyn Repository,
    now: DateTime<Utc>,
    count: usize,
    rejected_percent: usize,
) -> Result<HubId, RepositoryError> {
    let _turn = repository.begin_change()?;
    let now = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
    let mut seeds = Seeds { counter: 0, random: 0x2545_F491_4F6C_DD1D, now };
    let admin = Person {
        id: PersonId(seeds.id()),
        name: "Alex Admin".into(),
        email: "alex.admin@example.com".into(),
        roles: BTreeSet::from(Role::ALL),
        created_at: now,
    };
    let hub = Hub {
        id: HubId(seeds.id()),
        name: "API Business Hub".into(),
        home: HubHome::Local { subaccount: Subaccount::from_stored("hub-central".into()), four_eyes: false },
        vocabulary: Vocabulary::default(),
        created_at: now,
    };
    let portals: Vec<Portal> =
        (1..).zip(["Sales EU", "Sales US", "Einkauf Süd"]).map(|(n, name)| seeds.portal(n, name)).collect();

    let mut changes =
        vec![SharedChange::PutPerson(admin.clone()).into(), LocalChange::SetCurrentPerson(admin.id).into()];
    changes.extend(portals.iter().cloned().map(|portal| SharedChange::PutPortal(portal).into()));
    changes.push(SharedChange::PutHub(hub.clone()).into());
    for number in 0..count {
        seeds.request(number, rejected_percent, &hub, &portals, &admin, &mut changes);
        if changes.len() >= BATCH {
            repository.commit(&changes)?;
            changes.clear();
        }
    }
    repository.commit(&changes)?;
    Ok(hub.id)
}

struct Seeds {
    counter: u64,
    random: u64,
    now: DateTime<Utc>,
}

impl Seeds {
    /// xorshift64*, which is plenty for variety and the same everywhere.
    fn number(&mut self) -> u64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        self.random.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from((self.number() >> 33) % limit as u64).unwrap_or(0)
    }

    fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }

    fn id(&mut self) -> Uuid {
        self.counter += 1;
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0) + self.counter;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.number().to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn before_now(&mut self, days: usize) -> DateTime<Utc> {
        let minutes = self.below(days * 24 * 60);
        self.now - TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0))
    }

    fn portal(&mut self, number: u32, name: &str) -> Portal {
        Portal {
            id: PortalId(self.id()),
            name: name.into(),
            subaccount: Subaccount::from_stored(format!("portal-{number}")),
            slug: format!("portal-{number}"),
            home: PortalHome::Local { instance_number: number },
            vocabulary: Vocabulary::default(),
            created_at: self.now,
        }
    }

    fn actor(&mut self) -> Actor {
        let which = self.below(PEOPLE.len());
        Actor::Person { id: PersonId(Uuid::from_u128(which as u128 + 1)), name: PEOPLE[which].into() }
    }

    fn request(
        &mut self,
        number: usize,
        rejected_percent: usize,
        hub: &Hub,
        portals: &[Portal],
        admin: &Person,
        changes: &mut Vec<Change>,
    ) {
        let (subject, region, stage) = (self.one_of(&SUBJECTS), self.one_of(&REGIONS), self.one_of(&STAGES));
        let alias = format!("{subject} {region} – {stage} {number:04}");
        let rejected = number >= 3 && self.below(100) < rejected_percent;
        // The portals that live here have one open request each; those of others have one as well.
        let portal = if rejected { portals.get(self.below(20)) } else { portals.get(number) };
        let url = match portal {
            Some(portal) => format!("https://localhost:28443/{}", portal.slug),
            None => format!("https://tenant-{number}-{stage}.apiportal.cfapps.eu10.example.com"),
        };
        let submitted_by = self.actor();
        let submitted_at = self.before_now(700);
        let facts = self.facts(&url, number, submitted_at);
        let id = RequestId(self.id());
        changes.push(
            SharedChange::Record(AuditEvent {
                id: EventId(self.id()),
                at: submitted_at,
                actor: submitted_by.clone(),
                action: AuditAction::RequestSubmitted,
                subject: alias.clone().into(),
                detail: facts.client_id.clone().into(),
            })
            .into(),
        );
        let admin = Actor::from(admin);
        let later = submitted_at + TimeDelta::hours(5);
        let state = if rejected {
            let reason = self.one_of(&REASONS).to_owned();
            changes.push(
                SharedChange::Record(AuditEvent {
                    id: EventId(self.id()),
                    at: later,
                    actor: admin.clone(),
                    action: AuditAction::RequestRejected,
                    subject: alias.clone().into(),
                    detail: reason.clone().into(),
                })
                .into(),
            );
            RequestState::Rejected { facts, rejected_by: admin, rejected_at: later, reason }
        } else {
            let secret = SecretId(self.id());
            let label = format!("Drawbridge: {alias} in {}", hub.name);
            changes.push(
                LocalChange::PutSecretItem(SecretItem { id: secret, label, state: SecretItemState::Active }).into(),
            );
            let held = HeldCredential { facts, secret, applied_at: submitted_at, applied_by: submitted_by.clone() };
            if number < Hub::MAX_PORTALS {
                changes.extend(self.tested(id));
                let destination = DestinationState::Present(Destination {
                    name: format!("apiportal-{number:04}"),
                    created_at: later,
                    created_by: admin.clone(),
                });
                RequestState::Approved { held, approved_by: admin, approved_at: later, destination }
            } else {
                RequestState::Pending { held }
            }
        };
        changes.push(
            SharedChange::PutRequest(ConnectionRequest {
                id,
                hub_id: hub.id,
                alias,
                portal_key: url,
                portal_id: portal.map(|portal| portal.id),
                comment: self.one_of(&COMMENTS).into(),
                submitted_by,
                submitted_at,
                report: None,
                state,
            })
            .into(),
        );
    }

    /// Tested just now with success, so that nobody tests it again: there is no such portal.
    fn tested(&self, request_id: RequestId) -> [Change; 2] {
        let health = ConnectionHealth {
            request_id,
            outcome: HealthOutcome::Success,
            checked_at: Some(self.now),
            last_success: Some(self.now),
            due: false,
            postponed: None,
        };
        let orders = FetchedApi {
            name: "Orders".into(),
            title: "Orders".into(),
            version: "1.0.0".into(),
            description: "Reads and places orders.".into(),
            base_path: "/orders/v1".into(),
        };
        [SharedChange::PutHealth(health).into(), SharedChange::PutFetchedApis(request_id, vec![orders]).into()]
    }

    /// Every third one with a certificate, valid for another year, nearly expired, or expired; half of the client secrets
    /// with the date of their generation.
    fn facts(&mut self, url: &str, number: usize, created_at: DateTime<Utc>) -> AccessFacts {
        let client_id =
            format!("sb-apiaccess_{}!b{}|api-portal-xsuaa!b1", created_at.timestamp_millis(), number % 9_000 + 1_000);
        let with_certificate = number.is_multiple_of(3);
        let kind = if with_certificate {
            CredentialKind::Certificate(self.chain(&client_id))
        } else if number > 2 && number.is_multiple_of(2) {
            CredentialKind::ClientSecret(Lifetime::Generated { at: created_at })
        } else {
            // The first three are of portals that live here.
            CredentialKind::ClientSecret(Lifetime::OfServiceKey)
        };
        AccessFacts {
            url: PortalUrl::from_stored(url),
            token_url: TokenEndpoint::below(url),
            cert_url: with_certificate.then(|| CertUrl::from_stored(url.replace("apiportal", "authentication.cert"))),
            client_id,
            kind,
        }
    }

    /// Reads like a chain of two certificates, but is none.
    fn chain(&mut self, client_id: &str) -> CertificateChain {
        let mut pem = String::with_capacity(2_600);
        for _ in 0..2 {
            pem.push_str("-----BEGIN CERTIFICATE-----\n");
            for _ in 0..18 {
                for _ in 0..4 {
                    pem.push_str(&format!("{:016x}", self.number()));
                }
                pem.push('\n');
            }
            pem.push_str("-----END CERTIFICATE-----\n");
        }
        let fingerprint: Vec<String> = (0..32).map(|_| format!("{:02X}", self.below(256))).collect();
        let days = i64::try_from(self.below(400)).unwrap_or(0) - 30;
        let midnight = self.now.timestamp() / 86_400 * 86_400;
        let not_after = DateTime::from_timestamp(midnight, 0).unwrap_or(self.now) + TimeDelta::days(days);
        CertificateChain {
            pem,
            length: 2,
            fingerprint: fingerprint.join(":"),
            subject: format!("CN={client_id}, OU=Drawbridge"),
            common_name: Some(client_id.to_owned()),
            issuer: "CN=Drawbridge CA".into(),
            not_before: not_after - TimeDelta::days(365),
            not_after,
            public_key: "RSA 2048".into(),
            issuer_end: None,
        }
    }
}
