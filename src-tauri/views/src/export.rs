//! What can be exported, and how.

use chrono::{DateTime, Utc};
use domain::{
    credential::{ExportChoice, Exportable},
    documents::{Format, KeyStoreKind, Preview, SecretBytes},
    messages::Language,
};

use crate::{declare::wire, kind::KindName, numbers::count};

wire! {
    /// A format to export in.
    reply struct ExportFormatView {
        /// Which.
        pub format: FormatName,
        /// What it is called.
        pub name: String,
        /// Whether it needs a password with a .p12 keystore.
        pub takes_password: bool,
        /// Whether it asks for the kind of keystore.
        pub takes_keystore: bool,
    }

    /// A format by its name.
    #[derive(Copy)]
    both enum FormatName {
        /// The document that an API portal generates.
        Connection,
        /// A service key in the spelling of XSUAA.
        ServiceKey,
        /// The same under `credentials`.
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
        /// A PKCS#12 container.
        Pkcs12,
        /// An environment file.
        Environment,
        /// A Kubernetes Secret.
        KubernetesSecret,
        /// A curl command.
        Curl,
    }

    /// The keystore of a destination with a certificate.
    #[derive(Copy, Clone)]
    request enum KeyStoreName {
        /// A `.p12` with a password.
        Pkcs12,
        /// A `.pem`.
        Pem,
    }

    /// What to export and how.
    request struct ExportRequest {
        /// Ids of the credentials; several become one zip archive.
        pub ids: Vec<String>,
        /// The format.
        pub format: FormatName,
        /// The password of a container; empty for none.
        #[ts(type = "string")]
        pub password: SecretBytes,
        /// Whether a container is for old readers.
        pub legacy: bool,
        /// The keystore of a destination.
        pub keystore: KeyStoreName,
    }

    /// What an export would hold, with the secret hidden.
    reply struct PreviewView {
        /// Name of the file inside an archive; empty for a single file.
        pub name: String,
        /// The text.
        pub text: String,
    }

    /// How far an export of several credentials is.
    reply struct ExportProgressView {
        /// How many are written.
        pub done: u32,
        /// How many there are in all.
        pub total: u32,
    }

    /// A credential that can be exported.
    reply struct ExportableView {
        /// Id of its portal.
        pub portal_id: String,
        /// Name of its portal.
        pub portal: String,
        /// Where that portal is.
        pub kind: KindName,
        /// Id of the credential.
        pub id: String,
        /// Client id.
        pub client_id: String,
        /// Whether it is a certificate.
        pub certificate: bool,
        /// Whether it is the current one.
        pub current: bool,
        /// Whether others have taken its place.
        pub superseded: bool,
        /// When it was generated or imported.
        pub created_at: DateTime<Utc>,
    }
}

impl From<Format> for FormatName {
    fn from(format: Format) -> Self {
        match format {
            Format::Connection => Self::Connection,
            Format::ServiceKey => Self::ServiceKey,
            Format::ServiceKeyWrapped => Self::ServiceKeyWrapped,
            Format::DestinationJson => Self::DestinationJson,
            Format::DestinationYaml => Self::DestinationYaml,
            Format::DestinationProperties => Self::DestinationProperties,
            Format::Pem => Self::Pem,
            Format::PemFiles => Self::PemFiles,
            Format::Pkcs12 => Self::Pkcs12,
            Format::Environment => Self::Environment,
            Format::KubernetesSecret => Self::KubernetesSecret,
            Format::Curl => Self::Curl,
        }
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Connection => Self::Connection,
            FormatName::ServiceKey => Self::ServiceKey,
            FormatName::ServiceKeyWrapped => Self::ServiceKeyWrapped,
            FormatName::DestinationJson => Self::DestinationJson,
            FormatName::DestinationYaml => Self::DestinationYaml,
            FormatName::DestinationProperties => Self::DestinationProperties,
            FormatName::Pem => Self::Pem,
            FormatName::PemFiles => Self::PemFiles,
            FormatName::Pkcs12 => Self::Pkcs12,
            FormatName::Environment => Self::Environment,
            FormatName::KubernetesSecret => Self::KubernetesSecret,
            FormatName::Curl => Self::Curl,
        }
    }
}

impl From<KeyStoreName> for KeyStoreKind {
    fn from(name: KeyStoreName) -> Self {
        match name {
            KeyStoreName::Pkcs12 => Self::Pkcs12,
            KeyStoreName::Pem => Self::Pem,
        }
    }
}

/// An export on its way to the domain.
pub struct OwnedExport {
    format: Format,
    password: Option<SecretBytes>,
    legacy: bool,
    keystore: KeyStoreKind,
}

impl ExportRequest {
    /// The ids, and how to export.
    pub fn own(self) -> (Vec<String>, OwnedExport) {
        let Self { ids, format, password, legacy, keystore } = self;
        let password = password.if_any();
        (ids, OwnedExport { format: format.into(), password, legacy, keystore: keystore.into() })
    }
}

impl OwnedExport {
    /// What the domain takes.
    pub fn choice(&self) -> ExportChoice<'_> {
        let Self { format, password, legacy, keystore } = self;
        ExportChoice { format: *format, password: password.as_ref(), legacy: *legacy, keystore: *keystore }
    }
}

impl ExportFormatView {
    /// A format for credentials of which all, or none, are certificates.
    pub fn new(format: Format, has_certificate: bool, language: Language) -> Self {
        Self {
            format: format.into(),
            name: format.name(language).to_owned(),
            takes_password: format.takes_password(has_certificate, KeyStoreKind::Pkcs12),
            takes_keystore: format.takes_keystore(has_certificate),
        }
    }
}

impl ExportProgressView {
    /// This many of this total.
    pub fn new(done: usize, total: usize) -> Self {
        Self { done: count(done), total: count(total) }
    }
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        let Preview { name, text } = preview;
        Self { name, text }
    }
}

impl From<Exportable> for ExportableView {
    fn from(exportable: Exportable) -> Self {
        let Exportable { portal, credential } = exportable;
        Self {
            portal_id: portal.id.to_string(),
            kind: portal.kind().into(),
            portal: portal.name,
            id: credential.id.to_string(),
            certificate: credential.kind.is_certificate(),
            current: credential.is_current(),
            superseded: credential.is_superseded(),
            created_at: credential.created_at,
            client_id: credential.client_id,
        }
    }
}
