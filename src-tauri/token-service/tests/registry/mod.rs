//! What the app gives the token service: clients, portals and keys.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    credential::{CredentialEnd, SecretVerifier},
    documents::SecretBytes,
    id::{ApiProxyId, PortalId, ServiceInstanceId},
    person::Actor,
    portal::{ApiProxy, ServiceRole},
    ports::RepositoryError,
    token_service::{ClientPortal, ClientProof, ClientRegistry, RegisteredClient, Standing, TokenServiceKeys},
};
use fakes::SystemEntropy;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use uuid::Uuid;

/// The portal that exists.
pub const SLUG: &str = "sales-eu";

/// Clients and API proxies in memory; one portal exists from the start.
pub struct FakeRegistry {
    clients: Mutex<HashMap<(String, String), Arc<RegisteredClient>>>,
    portals: Mutex<HashMap<String, Arc<[ApiProxy]>>>,
    failures: AtomicU64,
}

impl FakeRegistry {
    pub fn start() -> Arc<Self> {
        let proxy = |name: &str, description: &str| ApiProxy {
            id: ApiProxyId(Uuid::from_u128(1)),
            portal_id: PortalId(Uuid::from_u128(2)),
            name: name.into(),
            title: format!("{name} API"),
            version: "1.2.0".into(),
            description: description.into(),
            base_path: format!("/{name}/v1"),
            openapi_version: "3.0.3".into(),
            imported_at: Utc::now(),
            imported_by: Actor::System,
        };
        let proxies = [proxy("Invoices", ""), proxy("Orders", "Places \"orders\"\n& follows them – schön")];
        let portals = HashMap::from([(SLUG.to_owned(), Arc::from(proxies)), ("empty".to_owned(), Arc::from([]))]);
        Arc::new(Self { clients: Mutex::default(), portals: Mutex::new(portals), failures: AtomicU64::new(0) })
    }

    /// The next `count` questions fail.
    pub fn fail_next(&self, count: u64) {
        self.failures.store(count, Ordering::SeqCst);
    }

    pub fn put(&self, client: RegisteredClient) {
        let key = (client.portal.slug.clone(), client.client_id.clone());
        self.clients.lock().expect("the clients").insert(key, Arc::new(client));
    }

    pub fn remove(&self, client_id: &str) {
        self.clients.lock().expect("the clients").remove(&(SLUG.to_owned(), client_id.to_owned()));
    }

    /// The credential of that client ends.
    pub fn end(&self, client_id: &str, end: CredentialEnd) {
        let mut clients = self.clients.lock().expect("the clients");
        let client = clients.get_mut(&(SLUG.to_owned(), client_id.to_owned())).expect("a client");
        Arc::make_mut(client).standing = Standing::Ended(end);
    }

    fn fail_if_told(&self) -> Result<(), RepositoryError> {
        let told = self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if told.is_ok() { Err(RepositoryError::Busy) } else { Ok(()) }
    }
}

impl ClientRegistry for FakeRegistry {
    fn find_client(&self, slug: &str, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
        self.fail_if_told()?;
        Ok(self.clients.lock().expect("the clients").get(&(slug.to_owned(), client_id.to_owned())).cloned())
    }

    fn find_client_of_any_portal(&self, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
        self.fail_if_told()?;
        let clients = self.clients.lock().expect("the clients");
        let mut found = clients.iter().filter(|((_, id), _)| id == client_id).map(|(_, client)| Arc::clone(client));
        let first = found.next();
        Ok(first.filter(|_| found.next().is_none()))
    }

    fn find_api_proxies(&self, slug: &str) -> Result<Option<Arc<[ApiProxy]>>, RepositoryError> {
        self.fail_if_told()?;
        Ok(self.portals.lock().expect("the portals").get(slug).cloned())
    }
}

/// A client that proves itself with a generated secret.
pub fn secret_client(client_id: &str, secret: &str, role: ServiceRole) -> RegisteredClient {
    let secret = SecretBytes::new(secret.as_bytes().to_vec());
    let verifier = SecretVerifier::for_generated(&secret, &SystemEntropy);
    registered(client_id, ClientProof::Secret(verifier), role)
}

/// A client that proves itself with a secret that a person chose.
pub fn chosen_client(client_id: &str, secret: &str) -> RegisteredClient {
    let secret = SecretBytes::new(secret.as_bytes().to_vec());
    let verifier = SecretVerifier::for_chosen(&secret, &SystemEntropy);
    registered(client_id, ClientProof::Secret(verifier), ServiceRole::CatalogIntegration)
}

/// A client that proves itself with a certificate.
pub fn certificate_client(client_id: &str, certificate: &IssuedToClient) -> RegisteredClient {
    let fingerprint = domain::documents::CertificateChain::parse(&certificate.pem).expect("a chain").fingerprint;
    registered(client_id, ClientProof::Certificate { fingerprint }, ServiceRole::CatalogIntegration)
}

fn registered(client_id: &str, proof: ClientProof, role: ServiceRole) -> RegisteredClient {
    let portal = ClientPortal { id: PortalId(Uuid::from_u128(2)), slug: SLUG.into() };
    let instance_id = ServiceInstanceId(Uuid::from_u128(3));
    RegisteredClient { client_id: client_id.into(), portal, instance_id, role, proof, standing: Standing::Active }
}

/// The same client at another portal.
pub fn at_portal(slug: &str, client: RegisteredClient) -> RegisteredClient {
    let portal = ClientPortal { id: PortalId(Uuid::from_u128(4)), slug: slug.into() };
    RegisteredClient { portal, ..client }
}

/// A certificate authority.
pub struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// A certificate with its key.
pub struct IssuedToClient {
    /// Leaf and issuer.
    pub pem: String,
    /// PKCS#8 DER.
    pub key: Vec<u8>,
}

impl TestAuthority {
    pub fn generate() -> Self {
        let key = generate_key();
        let mut params = named("Drawbridge CA", Utc::now() - TimeDelta::days(2), Utc::now() + TimeDelta::days(3650));
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// Issues to a client, as the app does.
    pub fn issue(&self, client_id: &str, not_after: DateTime<Utc>) -> IssuedToClient {
        let mut params = named(client_id, Utc::now() - TimeDelta::days(1), not_after);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(params)
    }

    fn sign(&self, params: CertificateParams) -> IssuedToClient {
        let key = generate_key();
        let leaf = params.signed_by(&key, &self.issuer).expect("a certificate");
        IssuedToClient { pem: format!("{}{}", leaf.pem(), self.pem), key: key.serialize_der() }
    }

    /// Fresh keys for the service: its TLS certificate comes from this authority, as do those of its clients.
    pub fn service_keys(&self) -> TokenServiceKeys {
        let mut params = named("Drawbridge", Utc::now() - TimeDelta::hours(1), Utc::now() + TimeDelta::days(30));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.subject_alt_names = ["localhost", "127.0.0.1"].map(san).into();
        let IssuedToClient { pem, key } = self.sign(params);
        TokenServiceKeys {
            certificate_pem: pem,
            tls_key: SecretBytes::new(key),
            signing_key: SecretBytes::new(generate_key().serialize_der()),
            client_authorities: vec![self.pem.clone()],
        }
    }
}

fn san(name: &str) -> rcgen::SanType {
    match name.parse() {
        Ok(address) => rcgen::SanType::IpAddress(address),
        Err(_) => rcgen::SanType::DnsName(name.try_into().expect("a host name")),
    }
}

fn generate_key() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a key")
}

fn named(common_name: &str, not_before: DateTime<Utc>, not_after: DateTime<Utc>) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.use_authority_key_identifier_extension = true;
    params.not_before = std::time::SystemTime::from(not_before).into();
    params.not_after = std::time::SystemTime::from(not_after).into();
    params
}
