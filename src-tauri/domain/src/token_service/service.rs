//! The token service of this installation as the rules see it: its settings, its keys, and what it asks for each
//! request. The service itself is an adapter.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use documents::SecretBytes;

use crate::{
    credential::{CredentialEnd, SecretVerifier},
    id::{PortalId, SecretId, ServiceInstanceId},
    input::{Field, InputProblem, single_line},
    pki::Authority,
    portal::{ApiProxy, Endpoints, ServiceRole},
    ports::RepositoryError,
};

/// What the token service asks the domain. Answers come from memory while nothing has changed.
pub trait ClientRegistry: Send + Sync {
    /// The client of that id at the portal with that slug in its path. Also `None` where there is no such portal.
    fn find_client(&self, slug: &str, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError>;

    /// The client of that id, for requests that name no portal. `None` where no portal of this installation has it, and
    /// where several have: then it is not known which one is meant.
    fn find_client_of_any_portal(&self, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError>;

    /// The API proxies of the portal with that slug in its path, by name; `None` where there is no such portal.
    fn find_api_proxies(&self, slug: &str) -> Result<Option<Arc<[ApiProxy]>>, RepositoryError>;
}

/// A credential as the token service knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredClient {
    /// The OAuth 2.0 client id.
    pub client_id: String,
    /// Whose client it is.
    pub portal: ClientPortal,
    /// The service instance that its service key belongs to.
    pub instance_id: ServiceInstanceId,
    /// The scope of its tokens.
    pub role: ServiceRole,
    /// What it proves itself with.
    pub proof: ClientProof,
    /// Whether it may have tokens.
    pub standing: Standing,
}

/// The portal of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPortal {
    /// Identifies the portal; the vendor's clients call it the tenant, or zone.
    pub id: PortalId,
    /// As in [`crate::portal::Portal::slug`].
    pub slug: String,
}

/// What a client proves itself with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientProof {
    /// A client secret (RFC 6749 §2.3.1).
    Secret(SecretVerifier),
    /// A certificate in mutual TLS (RFC 8705), by its fingerprint as in [`documents::CertificateChain::fingerprint`].
    Certificate {
        /// SHA-256 over the leaf's DER, upper-case hexadecimal with colons.
        fingerprint: String,
    },
}

/// Whether a client may have tokens, and whether the tokens it has are still good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Active,
    /// Its credential has ended. Only a client that still proves its identity is told so.
    Ended(CredentialEnd),
}

/// Where the token service listens and what it is called in URLs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenServiceSettings {
    /// Whether it is to run.
    pub enabled: bool,
    /// The address to listen at; both loopback addresses where it is a loopback one.
    pub address: IpAddr,
    /// Host name and ports in the URLs of credentials.
    pub endpoints: Endpoints,
}

impl Default for TokenServiceSettings {
    fn default() -> Self {
        Self { enabled: true, address: IpAddr::V4(Ipv4Addr::LOCALHOST), endpoints: Endpoints::loopback() }
    }
}

impl TokenServiceSettings {
    /// The longest host name (RFC 1035 §2.3.4).
    pub const MAX_HOST: usize = 253;

    /// The host names and addresses that its TLS certificate is for.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
        let host = self.endpoints.host.trim_matches(['[', ']']).to_owned();
        for name in [host, self.address.to_string()] {
            // An address that stands for all of them is not a name of this computer.
            if !names.contains(&name) && !name.parse().is_ok_and(|ip: IpAddr| ip.is_unspecified()) {
                names.push(name);
            }
        }
        names
    }

    /// Whether only programs on this computer can reach it.
    pub fn is_loopback(&self) -> bool {
        self.address.is_loopback()
    }

    /// Checks an address as typed.
    pub fn parse_address(address: &str) -> Result<IpAddr, InputProblem> {
        let address = single_line(Field::Address, address, 45)?;
        address.parse().map_err(|_| InputProblem::NotAnAddress(address))
    }

    /// Checks a host name as typed: the host of a URL, without scheme, port and path.
    pub fn parse_host(host: &str) -> Result<String, InputProblem> {
        let host = single_line(Field::Host, host, Self::MAX_HOST)?;
        match url::Host::parse(&host) {
            Ok(parsed) if parsed.to_string().eq_ignore_ascii_case(&host) => Ok(parsed.to_string()),
            Ok(_) | Err(_) => Err(InputProblem::NotAHost(host)),
        }
    }

    /// Checks a port as typed. Ports below 1024 are left to the system's own services.
    pub fn parse_port(field: Field, port: u32) -> Result<u16, InputProblem> {
        u16::try_from(port).ok().filter(|port| *port >= 1024).ok_or(InputProblem::NotAPort(field))
    }
}

/// The service's own keys, without their secret part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenServiceIdentity {
    /// The TLS certificate and its issuer, PEM.
    pub certificate_pem: String,
    /// When the TLS certificate begins.
    pub not_before: DateTime<Utc>,
    /// When it ends.
    pub not_after: DateTime<Utc>,
    /// The host name and the address that it was issued for.
    pub names: Vec<String>,
    /// The TLS key's item in the keychain.
    pub tls_key: SecretId,
    /// The item of the key that signs tokens.
    pub signing_key: SecretId,
}

impl TokenServiceIdentity {
    /// Whether the TLS certificate was signed by `authority`.
    pub fn is_issued_by(&self, authority: &Authority) -> bool {
        self.issuer_pem() == authority.certificate_pem.trim()
    }

    /// The certificate that signed the TLS certificate, PEM; it follows the leaf in the chain.
    pub fn issuer_pem(&self) -> &str {
        const END: &str = "-----END CERTIFICATE-----";
        self.certificate_pem.split_once(END).map_or("", |(_, issuer)| issuer.trim())
    }
}

/// The token service of this installation, for the client that tests connections: which authorities to trust besides
/// those of the operating system, and where. This installation's own authorities count nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnService {
    /// Certificates (PEM) of the authorities that sign its TLS certificate.
    pub authorities: Vec<String>,
    /// Host names and addresses, as in [`TokenServiceSettings::names`].
    pub names: Vec<String>,
    /// Its ports.
    pub ports: [u16; 2],
}

impl OwnService {
    /// The authorities (PEM) to trust at `host`, as in a URL, and `port`; none where that is not this service.
    pub fn authorities_at(&self, host: &str, port: u16) -> &[String] {
        let host = host.trim_matches(['[', ']']);
        let own = self.ports.contains(&port) && self.names.iter().any(|name| name.eq_ignore_ascii_case(host));
        if own { &self.authorities } else { &[] }
    }
}

/// Everything that the service needs to start. Held in memory only.
#[derive(Debug)]
pub struct TokenServiceKeys {
    /// The TLS certificate and its issuer, PEM.
    pub certificate_pem: String,
    /// Its private key, PKCS#8 DER.
    pub tls_key: SecretBytes,
    /// The P-256 key that signs tokens (ES256, RFC 7518 §3.4), PKCS#8 DER.
    pub signing_key: SecretBytes,
    /// Certificates of the authorities that issued, or may issue, client certificates; PEM, the current one first.
    pub client_authorities: Vec<String>,
}
