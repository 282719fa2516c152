//! The shapes, syntaxes and wrappers in which credentials come, by the vendors' own documents.

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
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConnectionSecret => "API portal connection (client secret)",
            Self::ConnectionCertificate => "API portal connection (certificate)",
            Self::ApiAccessCertificate => "apiportal-apiaccess service key (certificate)",
            Self::DeveloperKey => "developer application key",
            Self::OnPremiseKey => "on-premise connectivity key",
            Self::XsuaaSecret => "XSUAA service key (client secret)",
            Self::XsuaaCertificate => "XSUAA service key (certificate)",
            Self::ReuseService => "service key with XSUAA credentials under uaa",
            Self::CloudIntegration => "Cloud Integration service key",
            Self::ServiceManager => "Service Manager key",
            Self::EventMesh => "Event Mesh service key",
            Self::Destination => "BTP destination",
            Self::PemBlocks => "PEM blocks",
            Self::Pkcs12 => "PKCS#12 keystore",
            Self::Other => "credentials of no known service",
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
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Properties => "properties",
            Self::Environment => "environment file",
            Self::Pem => "PEM",
            Self::Pkcs12 => "PKCS#12",
            Self::Curl => "curl command",
            Self::Zip => "zip archive",
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
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConsoleBanner => "console output",
            Self::VcapServices => "VCAP_SERVICES",
            Self::ServiceList => "list of bindings",
            Self::Credentials => "credentials",
            Self::JsonInString => "JSON in a string",
            Self::Nested => "nested credentials",
            Self::KubernetesSecret => "Kubernetes Secret",
            Self::CodeFence => "code fence",
        }
    }
}
