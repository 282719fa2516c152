//! Documents: given and inspected.

use domain::{
    document::{InspectedCandidate, InspectedDocument, Inspection},
    documents::{Field, Finding, FindingKind, SecretBytes, Severity, Shape, Shown},
    messages::{Language, message},
};

use crate::{
    CredentialKindView, CredentialSummaryView, IntoView, UserError, ValidityView, View, declare::wire, numbers::count,
    revealed_secret::RevealedSecret, user_error::sentence,
};

wire! {
    /// Credentials as they were given, and what the person chose or added.
    request struct CredentialsRequest {
        /// The document.
        pub document: DocumentRequest,
        /// The password of a container or an encrypted key; empty for none.
        #[ts(type = "string")]
        pub password: SecretBytes,
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
            text: SecretBytes,
        },
        /// One that the core read.
        Held {
            /// Its id.
            id: String,
        },
        /// The current credentials of a portal.
        Current {
            /// Id of the portal.
            portal_id: String,
        },
        /// Client id and client secret, typed into two fields; the URLs are those that a request has now.
        Fields {
            /// Id of the request.
            request_id: String,
            /// *Client ID*.
            client_id: String,
            /// *Client Secret*.
            client_secret: ClientSecretRequest,
        },
    }

    /// A client secret as a person gives it.
    #[serde(tag = "source", rename_all_fields = "camelCase")]
    request enum ClientSecretRequest {
        /// Typed.
        Typed {
            /// The secret.
            #[ts(type = "string")]
            text: SecretBytes,
        },
        /// Pasted: the core holds it.
        Held {
            /// Identifies it.
            id: String,
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

    /// A held document that the person chose to see, in order to edit it.
    revealed struct ShownDocumentView {
        /// Its text, with its secrets.
        #[ts(type = "string")]
        pub text: RevealedSecret,
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
        /// Whose credentials they are, a stable name.
        pub shape: String,
        /// The same in words, such as "XSUAA service key (certificate)".
        pub shape_name: String,
        /// What was taken off around them, outermost first.
        pub wrappers: Vec<String>,
        /// The parts that were found.
        pub fields: Vec<DocumentFieldView>,
        /// What they prove themselves with; `null` if that cannot be read.
        pub kind: Option<CredentialKindView>,
        /// Until when that can be used, as far as the document tells.
        pub validity: Option<ValidityView>,
        /// The subdomain of the portal's subaccount, as far as the document tells.
        pub subdomain: Option<String>,
        /// About these credentials, errors first, but what the question for the portal's URL says.
        pub findings: Vec<DocumentFindingView>,
        /// Whether the portal's URL is all that is missing.
        pub lacks_only_url: bool,
        /// What is wrong with that URL as it was given.
        pub url_problem: Option<DocumentFindingView>,
        /// Whether they wait for a password.
        pub needs_password: bool,
        /// Whether it has to be asked when they were generated: nobody knows, and they are not imported without an answer, or the
        /// client id only lets it be guessed.
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
        /// Line, counted from 1; `null` if it has no place.
        pub line: Option<u32>,
        /// Column in characters, counted from 1.
        pub column: Option<u32>,
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
}

impl View<Inspection> for InspectionView {
    fn of(inspection: Inspection, language: Language) -> Self {
        let Inspection { syntax, findings, candidates } = inspection;
        Self {
            syntax: syntax.map(|syntax| syntax.name(language).to_owned()),
            needs_password: waits_for_password(&findings),
            findings: findings.into_view(language),
            candidates: candidates.into_view(language),
        }
    }
}

fn waits_for_password(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| matches!(finding.kind, FindingKind::PasswordNeeded | FindingKind::WrongPassword))
}

impl View<InspectedCandidate> for CandidateView {
    fn of(candidate: InspectedCandidate, language: Language) -> Self {
        let url_problem = candidate.find_url_problem().cloned().into_view(language);
        let listed = candidate
            .list_findings()
            .map(|finding| about_candidate(finding.clone(), candidate.shape, language))
            .collect();
        let InspectedCandidate {
            name,
            shape,
            wrappers,
            fields,
            kind,
            validity,
            subdomain,
            findings,
            lacks_only_url,
            usable,
        } = candidate;
        Self {
            name,
            shape: shape.code().to_owned(),
            shape_name: shape.name(language).to_owned(),
            wrappers: wrappers.into_iter().map(|wrapper| wrapper.name(language).to_owned()).collect(),
            fields: fields.into_view(language),
            kind: kind.map(CredentialKindView::from),
            validity: validity.into_view(language),
            subdomain,
            needs_password: waits_for_password(&findings),
            findings: listed,
            lacks_only_url,
            url_problem,
            asks_lifetime: usable.as_ref().is_some_and(|usable| usable.asks_lifetime),
            usable: usable.map(|InspectedDocument { facts, asks_lifetime: _, validity, portal_name }| {
                CredentialSummaryView::new(facts, validity, portal_name, language)
            }),
        }
    }
}

/// A finding about credentials of this shape. Where a file has no room for URLs, there is none to be copied once more.
fn about_candidate(finding: Finding, shape: Shape, language: Language) -> DocumentFindingView {
    let has_no_room = finding.is_url_missing_in(shape);
    let view = DocumentFindingView::of(finding, language);
    if !has_no_room {
        return view;
    }
    DocumentFindingView { hint: message!("remedy-no-urls").render(language), ..view }
}

impl View<Field> for DocumentFieldView {
    fn of(field: Field, language: Language) -> Self {
        let Field { part, place, shown } = field;
        let text = match shown {
            Shown::Text(text) => Some(text.render(language)),
            Shown::Hidden => None,
        };
        let (line, column) = place.map(|place| (count(place.line), count(place.column))).unzip();
        Self { key: part.key().to_owned(), text, line, column }
    }
}

impl View<Finding> for DocumentFindingView {
    fn of(finding: Finding, language: Language) -> Self {
        let severity = finding.severity().into();
        let Finding { place, kind } = finding;
        let message = kind.message();
        Self {
            severity,
            code: kind.code().to_owned(),
            message: sentence(&message.render(language)),
            hint: message.remedy().render(language),
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

#[cfg(test)]
mod tests {
    use domain::documents::Part;

    use super::*;

    fn hint(part: Part, shape: Shape) -> String {
        about_candidate(Finding { place: None, kind: FindingKind::MissingPart { part } }, shape, Language::English).hint
    }

    #[test]
    fn debug_shows_nothing_of_a_secret_that_a_screen_sends() {
        let secret = || SecretBytes::new(b"planted-secret".to_vec());
        let text = DocumentRequest::Text { text: secret() };
        let (request_id, client_id) = ("1".to_owned(), "sb-x!b1".to_owned());
        let client_secret = ClientSecretRequest::Typed { text: secret() };
        let fields = DocumentRequest::Fields { request_id, client_id, client_secret };
        for document in [text, fields] {
            let given = CredentialsRequest { document, password: secret(), choice: None, portal_url: String::new() };
            let shown = format!("{given:?}");
            let redacted = shown.matches("SecretBytes(14 bytes, redacted)").count();
            assert_eq!(redacted, 2, "the document and its password are there");
            assert!(!shown.contains("planted"), "a log line must not carry the secret");
        }
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
