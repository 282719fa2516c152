//! Documents: given, inspected, exported.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    credential::{ExportChoice, Exportable, Lifetime},
    document::{GivenContent, GivenDocument, GivenLifetime, InspectedCandidate, InspectedDocument, Inspection},
    documents::{Field, Finding, FindingKind, Format, KeyStoreKind, Preview, SecretBytes, Severity, Shape, Shown},
    id::RequestId,
    messages::message,
};
use uuid::Uuid;

use super::{CredentialSummaryView, PastedDocument, hub::count, user_error::sentence, wire};
use crate::{held_documents::HeldDocuments, patience::Patience, wire::UserError};

wire! {
    /// Credentials as they were given, and what the person chose or added.
    request struct CredentialsRequest {
        /// The document.
        pub document: DocumentRequest,
        /// The password of a container or an encrypted key; empty for none.
        #[ts(type = "string")]
        pub password: PastedDocument,
        /// Which of several credentials is meant, counted from 0; `null` if nothing was chosen.
        pub choice: Option<u32>,
        /// The portal's URL, where the document does not carry it; empty for none.
        pub portal_url: String,
    }

    /// A document.
    #[serde(tag = "source", rename_all_fields = "camelCase")]
    request enum DocumentRequest {
        /// Typed or pasted into the box.
        Text {
            /// The text.
            #[ts(type = "string")]
            text: PastedDocument,
        },
        /// One that the core read.
        Held {
            /// Its id.
            id: String,
        },
        /// Client id and client secret, typed into two fields; the URLs are those that a request has now.
        Fields {
            /// Id of the request.
            request_id: String,
            /// *Client ID*.
            client_id: String,
            /// *Client Secret*.
            #[ts(type = "string")]
            client_secret: PastedDocument,
        },
    }

    /// A document that the core read.
    reply struct HeldDocumentView {
        /// Its id.
        pub id: String,
        /// Where it comes from: a file name, or the clipboard.
        pub name: String,
        /// Its text with every value hidden, so that every place keeps its line and column; `null` if it is no text.
        pub text: Option<String>,
    }

    /// What happens to a document that is dragged over the window, or pasted into it.
    #[serde(tag = "event", rename_all_fields = "camelCase")]
    reply enum DropEventView {
        /// It is over the window.
        Over,
        /// It is not any more.
        Left,
        /// It was dropped or pasted, and is held.
        Dropped {
            /// The document.
            document: HeldDocumentView,
        },
        /// The person went: every held document is wiped, and what is revealed has to go.
        Wiped {
            /// Why.
            error: UserError,
        },
        /// It was dropped or pasted, and could not be read.
        Refused {
            /// Why.
            error: UserError,
        },
    }

    /// What a document was recognised as; nothing of its secrets.
    reply struct InspectionView {
        /// How it is written, such as "JSON"; `null` if that cannot be told.
        pub syntax: Option<String>,
        /// About the document as a whole, errors first.
        pub findings: Vec<DocumentFindingView>,
        /// The credentials in it; several leave a choice.
        pub candidates: Vec<CandidateView>,
        /// Whether it waits for a password.
        pub needs_password: bool,
    }

    /// One set of credentials of a document.
    reply struct CandidateView {
        /// Where it stands in the document; empty if it is the document.
        pub name: String,
        /// Whose credentials they are, such as "XSUAA service key (certificate)".
        pub shape: String,
        /// What was taken off around them, outermost first.
        pub wrappers: Vec<String>,
        /// The parts that were found.
        pub fields: Vec<DocumentFieldView>,
        /// About these credentials, errors first, but what the question for the portal's URL says.
        pub findings: Vec<DocumentFindingView>,
        /// Whether the portal's URL is all that is missing.
        pub lacks_only_url: bool,
        /// What is wrong with that URL as it was given.
        pub url_problem: Option<DocumentFindingView>,
        /// Whether they wait for a password.
        pub needs_password: bool,
        /// Whether it has to be asked when they were generated before they can be imported.
        pub asks_lifetime: bool,
        /// What they would connect to; `null` if they cannot be used like this.
        pub usable: Option<CredentialSummaryView>,
    }

    /// A part of a document.
    reply struct DocumentFieldView {
        /// Its key, as published.
        pub key: String,
        /// What may be shown of it; `null` for a secret.
        pub text: Option<String>,
    }

    /// Something to be said about a document.
    reply struct DocumentFindingView {
        /// How grave it is.
        pub severity: SeverityName,
        /// Which kind.
        pub code: String,
        /// What it is, one sentence.
        pub message: String,
        /// What to do about it.
        pub hint: String,
        /// Line, counted from 1; `null` if it has no place.
        pub line: Option<u32>,
        /// Column in characters, counted from 1.
        pub column: Option<u32>,
    }

    /// How grave a finding is.
    reply enum SeverityName {
        /// The credentials cannot be used like this.
        Error,
        /// Somebody should know.
        Warning,
        /// What was put right or kept.
        Note,
    }

    /// What a person says about the time when credentials were generated.
    #[serde(tag = "lifetime", rename_all_fields = "camelCase")]
    request enum LifetimeRequest {
        /// Nothing: the document tells.
        FromDocument,
        /// They live as long as their service key.
        OfServiceKey,
        /// A portal generated them then.
        Generated {
            /// When.
            at: DateTime<Utc>,
        },
        /// Nobody knows.
        Unknown,
    }

    /// How long a client secret lives.
    #[serde(tag = "lifetime", rename_all_fields = "camelCase")]
    reply enum LifetimeView {
        /// As long as its service key.
        OfServiceKey,
        /// A number of days from when a portal generated it.
        Generated {
            /// When.
            at: DateTime<Utc>,
        },
        /// Nobody knows.
        Unknown,
    }

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
        pub password: PastedDocument,
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
        /// So many are written.
        pub done: u32,
        /// Of so many.
        pub total: u32,
    }

    /// A credential that can be exported.
    reply struct ExportableView {
        /// Id of its portal.
        pub portal_id: String,
        /// Name of its portal.
        pub portal: String,
        /// Id of the credential.
        pub id: String,
        /// Client id.
        pub client_id: String,
        /// Whether it is a certificate.
        pub certificate: bool,
        /// Whether it is the current one.
        pub current: bool,
        /// When it was generated or imported.
        pub created_at: DateTime<Utc>,
    }
}

/// A document with what was chosen, on its way to the domain.
pub struct OwnedDocument {
    content: Content,
    password: Option<SecretBytes>,
    choice: Option<usize>,
    portal_url: Option<String>,
    patience: Patience,
}

enum Content {
    Typed(PastedDocument),
    Held(Arc<SecretBytes>),
    Fields { request: RequestId, client_id: String, client_secret: SecretBytes },
}

impl CredentialsRequest {
    /// Fetches what is held.
    pub fn own(self, held: &HeldDocuments) -> Result<OwnedDocument, UserError> {
        let Self { document, password, choice, portal_url } = self;
        let content = match document {
            DocumentRequest::Text { text } => Content::Typed(text),
            DocumentRequest::Held { id } => Content::Held(held.get(&id)?),
            DocumentRequest::Fields { request_id, client_id, client_secret } => Content::Fields {
                request: Uuid::parse_str(&request_id).map(RequestId).map_err(|_| UserError::unknown_id())?,
                client_id,
                client_secret: client_secret.into_secret().unwrap_or_else(|| SecretBytes::new(Vec::new())),
            },
        };
        let portal_url = Some(portal_url).filter(|url| !url.trim().is_empty());
        let choice = choice.and_then(|choice| usize::try_from(choice).ok());
        let patience = Patience::default();
        Ok(OwnedDocument { content, password: password.into_secret(), choice, portal_url, patience })
    }
}

impl OwnedDocument {
    /// The same, to be read until the patience with it is over.
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// What the domain takes.
    pub fn given(&self) -> GivenDocument<'_> {
        GivenDocument {
            // EXPOSE: the document goes to the domain, which reads it.
            content: match &self.content {
                Content::Typed(text) => GivenContent::Document(text.expose().as_bytes()),
                Content::Held(bytes) => GivenContent::Document(bytes.expose()),
                Content::Fields { request, client_id, client_secret } => {
                    GivenContent::Fields { request: *request, client_id, client_secret }
                }
            },
            password: self.password.as_ref(),
            choice: self.choice,
            portal_url: self.portal_url.as_deref(),
            stop: self.patience.stop(),
        }
    }
}

impl From<LifetimeRequest> for GivenLifetime {
    fn from(request: LifetimeRequest) -> Self {
        match request {
            LifetimeRequest::FromDocument => Self::FromDocument,
            LifetimeRequest::OfServiceKey => Self::OfServiceKey,
            LifetimeRequest::Generated { at } => Self::Generated(at),
            LifetimeRequest::Unknown => Self::Unknown,
        }
    }
}

impl From<Lifetime> for LifetimeView {
    fn from(lifetime: Lifetime) -> Self {
        match lifetime {
            Lifetime::OfServiceKey => Self::OfServiceKey,
            Lifetime::Generated { at } => Self::Generated { at },
            Lifetime::Unknown => Self::Unknown,
        }
    }
}

impl From<Inspection> for InspectionView {
    fn from(inspection: Inspection) -> Self {
        let Inspection { syntax, findings, candidates } = inspection;
        Self {
            syntax: syntax.map(|syntax| syntax.name().to_owned()),
            needs_password: waits_for_password(&findings),
            findings: findings.into_iter().map(DocumentFindingView::from).collect(),
            candidates: candidates.into_iter().map(CandidateView::from).collect(),
        }
    }
}

fn waits_for_password(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| matches!(finding.kind, FindingKind::PasswordNeeded | FindingKind::WrongPassword))
}

impl From<InspectedCandidate> for CandidateView {
    fn from(candidate: InspectedCandidate) -> Self {
        let url_problem = candidate.find_url_problem().cloned().map(DocumentFindingView::from);
        let listed =
            candidate.list_findings().map(|finding| about_candidate(finding.clone(), candidate.shape)).collect();
        let InspectedCandidate { name, shape, wrappers, fields, findings, lacks_only_url, usable } = candidate;
        Self {
            name,
            shape: shape.name().to_owned(),
            wrappers: wrappers.into_iter().map(|wrapper| wrapper.name().to_owned()).collect(),
            fields: fields.into_iter().map(DocumentFieldView::from).collect(),
            needs_password: waits_for_password(&findings),
            findings: listed,
            lacks_only_url,
            url_problem,
            asks_lifetime: usable.as_ref().is_some_and(|usable| usable.asks_lifetime),
            usable: usable.map(|InspectedDocument { facts, asks_lifetime: _, validity, portal_name }| {
                CredentialSummaryView::new(facts, validity, portal_name)
            }),
        }
    }
}

/// A finding about credentials of this shape. Where a file has no room for URLs, there is none to be copied once more.
fn about_candidate(finding: Finding, shape: Shape) -> DocumentFindingView {
    let has_no_room = finding.is_url_missing_in(shape);
    let view = DocumentFindingView::from(finding);
    if !has_no_room {
        return view;
    }
    DocumentFindingView { hint: message!("remedy-no-urls").to_string(), ..view }
}

impl From<Field> for DocumentFieldView {
    fn from(field: Field) -> Self {
        let Field { part, place: _, shown } = field;
        let text = match shown {
            Shown::Text(text) => Some(text),
            Shown::Hidden => None,
        };
        Self { key: part.key().to_owned(), text }
    }
}

impl From<Finding> for DocumentFindingView {
    fn from(finding: Finding) -> Self {
        let severity = finding.severity().into();
        let Finding { place, kind } = finding;
        let message = kind.message();
        Self {
            severity,
            code: kind.code().to_owned(),
            message: sentence(&message.to_string()),
            hint: message.remedy().to_string(),
            line: place.map(|place| count(place.line)),
            column: place.map(|place| count(place.column)),
        }
    }
}

impl From<Severity> for SeverityName {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
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
        let password = password.into_secret();
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
    pub fn new(format: Format, has_certificate: bool) -> Self {
        Self {
            format: format.into(),
            name: format.name().to_owned(),
            takes_password: format.takes_password(has_certificate, KeyStoreKind::Pkcs12),
            takes_keystore: format.takes_keystore(has_certificate),
        }
    }
}

impl ExportProgressView {
    /// So many of so many.
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
            portal: portal.name,
            id: credential.id.to_string(),
            certificate: credential.kind.is_certificate(),
            current: credential.is_current(),
            created_at: credential.created_at,
            client_id: credential.client_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::documents::Part;

    use super::*;

    fn hint(part: Part, shape: Shape) -> String {
        about_candidate(Finding { place: None, kind: FindingKind::MissingPart { part } }, shape).hint
    }

    #[test]
    fn a_keystore_without_urls_is_not_to_be_given_one_where_no_field_asks_for_it() {
        for part in [Part::Url, Part::CertUrl] {
            assert!(hint(part, Shape::Pkcs12).starts_with("A file of this kind carries no URLs."), "{part:?}");
        }
        assert!(
            hint(Part::Url, Shape::ConnectionCertificate).starts_with("Enter the URL"),
            "a document has room for it"
        );
        assert!(hint(Part::PrivateKey, Shape::PemBlocks).starts_with("Copy the complete document"));
    }
}
