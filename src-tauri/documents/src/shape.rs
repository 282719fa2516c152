//! The shapes, syntaxes and wrappers in which credentials come, by the vendors' own documents.

use messages::{Language, Message, message};

/// Whose credentials a document holds, by its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// What an API portal generates, with a client secret: `url`, `tokenUrl`, `clientId`, `clientSecret`. A service key of
    /// plan apiportal-apiaccess has the same keys.
    ConnectionSecret,
    /// What an API portal generates, with a certificate: `url`, `tokenurl`, `certurl`, `certificate`, `key`.
    ConnectionCertificate,
    /// A service key of plan apiportal-apiaccess with a certificate: `clientId`, `privateKey` beside the URLs.
    ApiAccessCertificate,
    /// Either of the two with `developerId`: a key of a developer application.
    DeveloperKey,
    /// Either of the two with `orgId`: an on-premise connectivity key.
    OnPremiseKey,
    /// An XSUAA binding with a client secret: `clientid`, `clientsecret`, `url` (the token host).
    XsuaaSecret,
    /// An XSUAA binding with a certificate.
    XsuaaCertificate,
    /// A service whose XSUAA binding lies under `uaa`.
    ReuseService,
    /// Cloud Integration: everything under `oauth`.
    CloudIntegration,
    /// Service Manager: `sm_url` beside an XSUAA binding.
    ServiceManager,
    /// Event Mesh: `messaging[]` with `oa2`.
    EventMesh,
    /// A BTP destination.
    Destination,
    /// Certificate or key alone, as PEM blocks.
    PemBlocks,
    /// Certificate and key in a PKCS#12 container.
    Pkcs12,
    /// Credentials of another arrangement; what they need is there.
    Other,
}

impl Shape {
    /// What it is called in messages, such as "API portal connection (client secret)".
    pub fn name(self, language: Language) -> &'static str {
        self.message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn message(self) -> Message {
        match self {
            Self::ConnectionSecret => message!("shape-connection-secret"),
            Self::ConnectionCertificate => message!("shape-connection-certificate"),
            Self::ApiAccessCertificate => message!("shape-api-access-certificate"),
            Self::DeveloperKey => message!("shape-developer-key"),
            Self::OnPremiseKey => message!("shape-on-premise-key"),
            Self::XsuaaSecret => message!("shape-xsuaa-secret"),
            Self::XsuaaCertificate => message!("shape-xsuaa-certificate"),
            Self::ReuseService => message!("shape-reuse-service"),
            Self::CloudIntegration => message!("shape-cloud-integration"),
            Self::ServiceManager => message!("shape-service-manager"),
            Self::EventMesh => message!("shape-event-mesh"),
            Self::Destination => message!("shape-destination"),
            Self::PemBlocks => message!("shape-pem-blocks"),
            Self::Pkcs12 => message!("shape-pkcs12"),
            Self::Other => message!("shape-other"),
        }
    }

    /// Whether there is room in it for URLs. What has none is not broken by lacking them, but is no connection either.
    pub const fn carries_urls(self) -> bool {
        match self {
            Self::PemBlocks | Self::Pkcs12 => false,
            Self::ConnectionSecret
            | Self::ConnectionCertificate
            | Self::ApiAccessCertificate
            | Self::DeveloperKey
            | Self::OnPremiseKey
            | Self::XsuaaSecret
            | Self::XsuaaCertificate
            | Self::ReuseService
            | Self::CloudIntegration
            | Self::ServiceManager
            | Self::EventMesh
            | Self::Destination
            | Self::Other => true,
        }
    }

    /// Whether its keys tell by what the credentials were made. Destinations and commands are written by the user, with
    /// whatever credentials: they name one token URL for both kinds, and nothing tells how long a client secret lives.
    pub const fn tells_origin(self) -> bool {
        match self {
            Self::Destination | Self::Other => false,
            Self::ConnectionSecret
            | Self::ConnectionCertificate
            | Self::ApiAccessCertificate
            | Self::DeveloperKey
            | Self::OnPremiseKey
            | Self::XsuaaSecret
            | Self::XsuaaCertificate
            | Self::ReuseService
            | Self::CloudIntegration
            | Self::ServiceManager
            | Self::EventMesh
            | Self::PemBlocks
            | Self::Pkcs12 => true,
        }
    }

    /// Stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ConnectionSecret => "connection_secret",
            Self::ConnectionCertificate => "connection_certificate",
            Self::ApiAccessCertificate => "api_access_certificate",
            Self::DeveloperKey => "developer_key",
            Self::OnPremiseKey => "on_premise_key",
            Self::XsuaaSecret => "xsuaa_secret",
            Self::XsuaaCertificate => "xsuaa_certificate",
            Self::ReuseService => "reuse_service",
            Self::CloudIntegration => "cloud_integration",
            Self::ServiceManager => "service_manager",
            Self::EventMesh => "event_mesh",
            Self::Destination => "destination",
            Self::PemBlocks => "pem_blocks",
            Self::Pkcs12 => "pkcs12",
            Self::Other => "other",
        }
    }
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
    /// Java properties.
    Properties,
    /// `NAME=value` lines of an environment file.
    Environment,
    /// PEM (RFC 7468).
    Pem,
    /// PKCS#12 (RFC 7292).
    Pkcs12,
    /// A `curl` command with its options.
    Curl,
    /// A zip archive of several files.
    Zip,
}

impl Syntax {
    /// What it is called in messages.
    pub fn name(self, language: Language) -> &'static str {
        self.message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn message(self) -> Message {
        match self {
            Self::Json => message!("syntax-json"),
            Self::Yaml => message!("syntax-yaml"),
            Self::Properties => message!("syntax-properties"),
            Self::Environment => message!("syntax-environment"),
            Self::Pem => message!("syntax-pem"),
            Self::Pkcs12 => message!("syntax-pkcs12"),
            Self::Curl => message!("syntax-curl"),
            Self::Zip => message!("syntax-zip"),
        }
    }
}

/// What stood around the credentials and was taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrapper {
    /// Lines of the cf command line above or below, such as `Getting key …`.
    ConsoleBanner,
    /// Everything under `VCAP_SERVICES`.
    VcapServices,
    /// A list of bindings under the label of a service.
    ServiceList,
    /// Everything under `credentials`.
    Credentials,
    /// JSON inside a JSON string.
    JsonInString,
    /// The members under `uaa`, `oauth` or `oa2`.
    Nested,
    /// A Kubernetes Secret (`data` in base64, or `stringData`).
    KubernetesSecret,
    /// A Markdown code fence.
    CodeFence,
}

impl Wrapper {
    /// What it is called in messages.
    pub fn name(self, language: Language) -> &'static str {
        self.message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn message(self) -> Message {
        match self {
            Self::ConsoleBanner => message!("wrapper-console"),
            Self::VcapServices => message!("wrapper-vcap-services"),
            Self::ServiceList => message!("wrapper-service-list"),
            Self::Credentials => message!("wrapper-credentials"),
            Self::JsonInString => message!("wrapper-json-in-string"),
            Self::Nested => message!("wrapper-nested"),
            Self::KubernetesSecret => message!("wrapper-kubernetes"),
            Self::CodeFence => message!("wrapper-code-fence"),
        }
    }
}
