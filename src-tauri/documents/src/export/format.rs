//! The formats, what each of them needs, and of which files it consists.

use messages::{Language, Message, message};

use super::{content::Content, destination};
use crate::Part;

/// A format that credentials can be exported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The document that an API portal generates: `url`, `tokenUrl`, `clientId`, `clientSecret`, or `url`, `tokenurl`,
    /// `certurl`, `certificate`, `key`.
    Connection,
    /// A service key in the spelling of XSUAA.
    ServiceKey,
    /// The same under `credentials`, as version 8 of the cf command line shows it.
    ServiceKeyWrapped,
    /// A BTP destination as JSON.
    DestinationJson,
    /// A BTP destination as YAML.
    DestinationYaml,
    /// A BTP destination as properties.
    DestinationProperties,
    /// Chain and private key in one PEM file.
    Pem,
    /// Chain and private key as two PEM files.
    PemFiles,
    /// A PKCS#12 container with a password.
    Pkcs12,
    /// An environment file.
    Environment,
    /// A Kubernetes Secret as YAML.
    KubernetesSecret,
    /// A `curl` command that gets an access token.
    Curl,
}

/// The keystore of a destination with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyStoreKind {
    /// A `.p12` with a password.
    Pkcs12,
    /// A `.pem` with chain and private key.
    Pem,
}

impl Format {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 12] = [
        Self::Connection,
        Self::ServiceKey,
        Self::ServiceKeyWrapped,
        Self::DestinationJson,
        Self::DestinationYaml,
        Self::DestinationProperties,
        Self::Pem,
        Self::PemFiles,
        Self::Pkcs12,
        Self::Environment,
        Self::KubernetesSecret,
        Self::Curl,
    ];

    /// Stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::ServiceKey => "service-key",
            Self::ServiceKeyWrapped => "service-key-credentials",
            Self::DestinationJson => "destination-json",
            Self::DestinationYaml => "destination-yaml",
            Self::DestinationProperties => "destination-properties",
            Self::Pem => "pem",
            Self::PemFiles => "pem-files",
            Self::Pkcs12 => "pkcs12",
            Self::Environment => "env",
            Self::KubernetesSecret => "kubernetes-secret",
            Self::Curl => "curl",
        }
    }

    /// What it is called in a menu.
    pub fn name(self, language: Language) -> &'static str {
        self.message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn message(self) -> Message {
        match self {
            Self::Connection => message!("format-connection"),
            Self::ServiceKey => message!("format-service-key"),
            Self::ServiceKeyWrapped => message!("format-service-key-wrapped"),
            Self::DestinationJson => message!("format-destination-json"),
            Self::DestinationYaml => message!("format-destination-yaml"),
            Self::DestinationProperties => message!("format-destination-properties"),
            Self::Pem => message!("format-pem"),
            Self::PemFiles => message!("format-pem-files"),
            Self::Pkcs12 => message!("format-pkcs12"),
            Self::Environment => message!("format-environment"),
            Self::KubernetesSecret => message!("format-kubernetes-secret"),
            Self::Curl => message!("format-curl"),
        }
    }

    /// The format of a [`Self::code`].
    pub fn find_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Whether credentials of that kind can be written in it.
    pub const fn fits(self, has_certificate: bool) -> bool {
        match self {
            Self::Pem | Self::PemFiles | Self::Pkcs12 => has_certificate,
            Self::Connection
            | Self::ServiceKey
            | Self::ServiceKeyWrapped
            | Self::DestinationJson
            | Self::DestinationYaml
            | Self::DestinationProperties
            | Self::Environment
            | Self::KubernetesSecret
            | Self::Curl => true,
        }
    }

    /// Whether it needs a password: what it writes holds a PKCS#12 container.
    pub fn takes_password(self, has_certificate: bool, keystore: KeyStoreKind) -> bool {
        has_certificate && self.files(has_certificate, keystore).contains(&Content::Pkcs12)
    }

    /// Whether it leaves a choice how chain and key are kept.
    pub fn takes_keystore(self, has_certificate: bool) -> bool {
        let takes_password = |keystore| self.takes_password(has_certificate, keystore);
        takes_password(KeyStoreKind::Pkcs12) && !takes_password(KeyStoreKind::Pem)
    }

    /// The parts without which it cannot be written. The client id of a certificate may also stand in its subject.
    pub const fn needs(self, has_certificate: bool) -> &'static [Part] {
        match (self, has_certificate) {
            (Self::Connection, false) => &[Part::Url, Part::TokenUrl, Part::ClientId],
            (Self::Connection, true) => &[Part::Url, Part::TokenUrl, Part::CertUrl],
            (Self::ServiceKey | Self::ServiceKeyWrapped | Self::Curl, false) => &[Part::TokenUrl, Part::ClientId],
            (Self::ServiceKey | Self::ServiceKeyWrapped | Self::Curl, true) => &[Part::CertUrl, Part::ClientId],
            (Self::DestinationJson | Self::DestinationYaml | Self::DestinationProperties, false) => {
                &[Part::Url, Part::TokenUrl, Part::ClientId]
            }
            (Self::DestinationJson | Self::DestinationYaml | Self::DestinationProperties, true) => {
                &[Part::Url, Part::CertUrl, Part::ClientId]
            }
            (Self::Pem | Self::PemFiles | Self::Pkcs12 | Self::Environment | Self::KubernetesSecret, _) => &[],
        }
    }

    /// Whether it can be written without a part.
    pub fn does_without(self, part: Part, has_certificate: bool) -> bool {
        match part {
            Part::Url | Part::TokenUrl | Part::CertUrl => !self.needs(has_certificate).contains(&part),
            // A chain and a key are what they are, whatever client uses them.
            Part::ClientId => matches!(self, Self::Pem | Self::PemFiles | Self::Pkcs12),
            Part::ClientSecret | Part::Certificate | Part::PrivateKey => false,
        }
    }

    /// The files that it consists of.
    pub(super) fn files(self, has_certificate: bool, keystore: KeyStoreKind) -> Vec<Content> {
        let destination = |syntax| match (has_certificate, keystore) {
            (false, _) => vec![Content::Destination(syntax)],
            (true, KeyStoreKind::Pkcs12) => vec![Content::Destination(syntax), Content::Pkcs12],
            (true, KeyStoreKind::Pem) => vec![Content::Destination(syntax), Content::Pem],
        };
        match self {
            Self::Connection => vec![Content::Connection],
            Self::ServiceKey => vec![Content::ServiceKey { wrapped: false }],
            Self::ServiceKeyWrapped => vec![Content::ServiceKey { wrapped: true }],
            Self::DestinationJson => destination(destination::Syntax::Json),
            Self::DestinationYaml => destination(destination::Syntax::Yaml),
            Self::DestinationProperties => destination(destination::Syntax::Properties),
            Self::Pem => vec![Content::Pem],
            Self::PemFiles => vec![Content::Chain, Content::Key],
            Self::Pkcs12 => vec![Content::Pkcs12],
            Self::Environment => vec![Content::Environment],
            Self::KubernetesSecret => vec![Content::KubernetesSecret],
            Self::Curl if has_certificate => vec![Content::Curl, Content::Chain, Content::Key],
            Self::Curl => vec![Content::Curl],
        }
    }
}
