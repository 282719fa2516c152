//! A running service with clients of every kind.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use chrono::{TimeDelta, Utc};
use domain::{
    portal::{Endpoints, ServiceRole},
    token_service::{TokenServiceKeys, TokenServiceSettings},
};
use fakes::{SettableClock, SystemEntropy};
use rustls::ClientConfig;
use token_service::{StartError, TokenService};

use crate::{
    client::{Answer, Connection, Request, trusting},
    registry::{FakeRegistry, IssuedToClient, TestAuthority, certificate_client, secret_client},
};

/// A client with a secret; its id has the vendor's shape.
pub const HUB: &str = "sb-apiaccess_1705298659201!b7|api-portal-xsuaa!b1";
/// Has everything that is damaged on the way by one program or another.
pub const SECRET: &str = "pl4nted+s3cr3t/with=signs%41$&:~";
/// A client with a certificate.
pub const ROBOT: &str = "sb-apiaccess_1705298659202!b7|api-portal-xsuaa!b1";
/// A client whose role may not read API proxies.
pub const ONBOARDING: &str = "sb-apiaccess_1705298659203!b7|api-portal-xsuaa!b1";

pub struct World {
    pub service: TokenService,
    pub registry: Arc<FakeRegistry>,
    pub clock: Arc<SettableClock>,
    pub authority: TestAuthority,
    /// The certificate of [`ROBOT`], valid for one day.
    pub robot: IssuedToClient,
}

/// Settings for free ports of the loopback.
pub fn free_ports() -> TokenServiceSettings {
    let endpoints = Endpoints { host: "localhost".into(), port: 0, mutual_tls_port: 0 };
    TokenServiceSettings { enabled: true, address: IpAddr::V4(Ipv4Addr::LOCALHOST), endpoints }
}

pub async fn try_start(
    settings: &TokenServiceSettings,
    keys: TokenServiceKeys,
    clock: &Arc<SettableClock>,
) -> Result<TokenService, StartError> {
    let registry = FakeRegistry::start();
    TokenService::start(settings, keys, registry, Arc::clone(clock) as _, Arc::new(SystemEntropy)).await
}

impl World {
    pub async fn start() -> Self {
        let (registry, clock, authority) =
            (FakeRegistry::start(), Arc::new(SettableClock::running()), TestAuthority::generate());
        let robot = authority.issue(ROBOT, Utc::now() + TimeDelta::days(1));
        registry.put(secret_client(HUB, SECRET, ServiceRole::CatalogIntegration));
        registry.put(secret_client(ONBOARDING, SECRET, ServiceRole::SelfServiceAdministrator));
        registry.put(certificate_client(ROBOT, &robot));
        let service = TokenService::start(
            &free_ports(),
            authority.service_keys(),
            Arc::clone(&registry) as _,
            Arc::clone(&clock) as _,
            Arc::new(SystemEntropy),
        )
        .await
        .expect("the service starts");
        Self { service, registry, clock, authority, robot }
    }

    /// Where client secrets go. The first half of the addresses belongs to that listener.
    pub fn plain(&self) -> SocketAddr {
        self.service.status().addresses[0]
    }

    /// Where certificates go.
    pub fn mutual(&self) -> SocketAddr {
        let addresses = self.service.status().addresses;
        addresses[addresses.len() / 2]
    }

    pub fn tls(&self) -> Arc<ClientConfig> {
        trusting(&self.authority.pem, None)
    }

    pub fn tls_of_robot(&self) -> Arc<ClientConfig> {
        trusting(&self.authority.pem, Some(&self.robot))
    }

    /// Sends one request to the listener for secrets.
    pub async fn send(&self, request: Request) -> Answer {
        let mut connection = Connection::open(self.plain(), &self.tls()).await.expect("a connection");
        connection.send(&request).await.expect("an answer")
    }

    /// Sends one request to the listener for certificates.
    pub async fn send_with(&self, certificate: &IssuedToClient, request: Request) -> std::io::Result<Answer> {
        let tls = trusting(&self.authority.pem, Some(certificate));
        Connection::open(self.mutual(), &tls).await?.send(&request).await
    }

    /// A token of [`HUB`].
    pub async fn token(&self) -> String {
        self.send(Request::token("grant_type=client_credentials").basic(HUB, SECRET)).await.access_token()
    }
}

/// A value in the encoding of forms.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
