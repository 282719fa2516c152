//! Access credentials as JSON documents: what portal and hub hand over to each other.
//!
//! Two shapes are published: with a client secret (`url`, `tokenUrl`, `clientId`, `clientSecret`) and with a
//! certificate (`url`, `tokenurl`, `certurl`, `certificate`, `key`). Keys are spelled in many ways in the wild;
//! upper and lower case and underscores do not matter here.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use jsonc_parser::{
    CollectOptions, ParseOptions, ParseStringErrorKind,
    ast::{ObjectProp, Value},
    common::Ranged,
    errors::{ParseError, ParseErrorKind},
    parse_to_ast,
};
use pem::{EncodeConfig, LineEnding, Pem};
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::{
    CredentialKind, SecretBytes,
    certificate::{CertificateChain, CertificateProblem, OutsideValidity, PrivateKey},
};

/// What a consumer has to know besides the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessFacts {
    /// The portal's URL; the portal API lies below it.
    pub url: String,
    /// The token endpoint for client secrets, complete with its path.
    pub token_url: String,
    /// The base URL for certificates, to which `/oauth/token` is appended; `None` for a client secret.
    pub cert_url: Option<String>,
    /// The OAuth 2.0 client id.
    pub client_id: String,
    /// What the client proves itself with.
    pub kind: CredentialKind,
}

impl AccessFacts {
    /// Whether these are the credential of that kind and client id. A certificate is itself by its fingerprint, whatever
    /// client id a document gives it.
    pub fn is_credential(&self, kind: &CredentialKind, client_id: &str) -> bool {
        match (&self.kind, kind) {
            (CredentialKind::Certificate(ours), CredentialKind::Certificate(theirs)) => {
                ours.fingerprint == theirs.fingerprint
            }
            (CredentialKind::ClientSecret, CredentialKind::ClientSecret) => self.client_id == client_id,
            (CredentialKind::ClientSecret, CredentialKind::Certificate(_))
            | (CredentialKind::Certificate(_), CredentialKind::ClientSecret) => false,
        }
    }

    /// Whether both lead to the same places.
    pub(crate) fn has_addresses_of(&self, other: &Self) -> bool {
        self.url == other.url && self.token_url == other.token_url && self.cert_url == other.cert_url
    }

    /// The token endpoint for the certificate: `cert_url` with `/oauth/token`, which is never appended twice. Empty for
    /// a client secret.
    pub fn certificate_token_url(&self) -> String {
        const PATH: &str = "/oauth/token";
        let base = self.cert_url.as_deref().unwrap_or_default().trim_end_matches('/');
        if base.is_empty() || base.ends_with(PATH) { base.to_owned() } else { format!("{base}{PATH}") }
    }

    /// Client id, kind and fingerprint in one line, for the activity list.
    pub fn describe(&self) -> String {
        self.kind.describe(&self.client_id)
    }
}

/// A credential that was read from a document.
#[derive(Debug)]
pub struct AccessDocument {
    /// Everything but the secret.
    pub facts: AccessFacts,
    /// The client secret, or the private key as PKCS#8 DER.
    pub secret: SecretBytes,
}

impl AccessDocument {
    /// The largest document that is read, in bytes.
    pub const MAX_BYTES: usize = 256 * 1024;

    /// Reads a document in one of the two published shapes. `now` decides whether a certificate has expired.
    ///
    /// A defect names line, column and cause; it never carries what was read.
    pub fn parse(text: &str, now: DateTime<Utc>) -> Result<Self, DocumentDefect> {
        let source = Source { text };
        // A byte order mark at the start is what some editors leave; it is no part of JSON (RFC 8259 §8.1).
        let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        if text[offset..].trim().is_empty() {
            return Err(source.defect(0, DefectCause::Empty));
        }
        if text.len() > Self::MAX_BYTES {
            return Err(source.defect(0, DefectCause::TooLarge { bytes: text.len() }));
        }
        let parsed = parse_to_ast(&text[offset..], &CollectOptions::default(), &STRICT_JSON)
            .map_err(|error| source.not_json(offset, &error))?;
        let Some(Value::Object(object)) = &parsed.value else {
            return Err(source.defect(offset, DefectCause::NotAnObject));
        };
        let end = offset + object.range.end - 1;
        let read = Fields::collect(source, offset, &object.properties, end).and_then(|fields| fields.read(now));
        wipe(parsed.value);
        read
    }

    /// The JSON document with exactly the published keys of its shape. The result *is* the secret: it goes to the
    /// clipboard or into a file that the user chose, and nowhere else.
    pub fn render(&self) -> SecretBytes {
        // EXPOSE: the document that the user asked for contains the secret by definition.
        let secret = self.secret.expose();
        let (secret_text, members) = match &self.facts.kind {
            CredentialKind::ClientSecret => (
                String::from_utf8_lossy(secret).into_owned(),
                vec![
                    ("url", self.facts.url.as_str()),
                    ("tokenUrl", &self.facts.token_url),
                    ("clientId", &self.facts.client_id),
                    ("clientSecret", ""),
                ],
            ),
            CredentialKind::Certificate(chain) => (
                encode_private_key(secret),
                vec![
                    ("url", self.facts.url.as_str()),
                    ("tokenurl", &self.facts.token_url),
                    ("certurl", self.facts.cert_url.as_deref().unwrap_or_default()),
                    ("certificate", &chain.pem),
                    ("key", ""),
                ],
            ),
        };
        let secret_text = Zeroizing::new(secret_text);
        // Escaping doubles a text at most, so the buffer never moves and leaves no copy behind.
        let length: usize = members.iter().map(|(key, value)| key.len() + 2 * value.len() + 10).sum();
        let mut json = Vec::with_capacity(length + 2 * secret_text.len() + 10);
        json.extend_from_slice(b"{");
        for (index, (key, value)) in members.iter().enumerate() {
            let value = if index + 1 == members.len() { secret_text.as_str() } else { value };
            json.extend_from_slice(if index == 0 { b"\n  \"" } else { b",\n  \"" });
            json.extend_from_slice(key.as_bytes());
            json.extend_from_slice(b"\": ");
            serde_json::to_writer(&mut json, value).expect("a text can always be written to memory");
        }
        json.extend_from_slice(b"\n}\n");
        SecretBytes::new(json)
    }
}

fn encode_private_key(pkcs8: &[u8]) -> String {
    let block = Pem::new("PRIVATE KEY", pkcs8);
    let text = pem::encode_config(&block, EncodeConfig::new().set_line_ending(LineEnding::LF));
    drop(Zeroizing::new(block.into_contents()));
    text
}

/// Wipes the texts that the parser made by resolving escapes; the others are part of the pasted text.
fn wipe(value: Option<Value<'_>>) {
    let Some(Value::Object(object)) = value else { return };
    for member in object.properties {
        if let Value::StringLit(literal) = member.value
            && let Cow::Owned(text) = literal.value
        {
            drop(Zeroizing::new(text));
        }
    }
}

const STRICT_JSON: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// A part of a document, whatever its key is called there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The portal's URL.
    Url,
    /// The token endpoint.
    TokenUrl,
    /// The base URL for certificates.
    CertUrl,
    /// The client id.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The certificate chain.
    Certificate,
    /// The private key.
    PrivateKey,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Url,
        Self::TokenUrl,
        Self::CertUrl,
        Self::ClientId,
        Self::ClientSecret,
        Self::Certificate,
        Self::PrivateKey,
    ];

    /// The key as published.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::TokenUrl => "tokenUrl",
            Self::CertUrl => "certurl",
            Self::ClientId => "clientId",
            Self::ClientSecret => "clientSecret",
            Self::Certificate => "certificate",
            Self::PrivateKey => "key",
        }
    }

    /// The spellings in use, in lower case and without underscores.
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Url => &["url"],
            Self::TokenUrl => &["tokenurl", "tokenendpoint", "tokenserviceurl"],
            Self::CertUrl => &["certurl"],
            Self::ClientId => &["clientid"],
            Self::ClientSecret => &["clientsecret"],
            Self::Certificate => &["certificate"],
            Self::PrivateKey => &["key", "privatekey"],
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        let key = key.replace('_', "").to_lowercase();
        Self::ALL.into_iter().find(|part| part.spellings().contains(&key.as_str()))
    }
}

/// One value of the document: its text and where it stands (bytes from the start).
struct FieldValue<'a> {
    part: Part,
    text: &'a str,
    at: usize,
}

/// The members of the document, by part.
struct Fields<'a> {
    source: Source<'a>,
    values: Vec<FieldValue<'a>>,
    /// Where the closing brace stands: the place of what is missing.
    end: usize,
}

impl<'a> Fields<'a> {
    fn collect(
        source: Source<'a>,
        offset: usize,
        members: &'a [ObjectProp<'a>],
        end: usize,
    ) -> Result<Self, DocumentDefect> {
        let mut values: Vec<FieldValue<'a>> = Vec::with_capacity(members.len());
        for member in members {
            let at = offset + member.range.start;
            let part = Part::of_key(member.name.as_str()).ok_or_else(|| source.defect(at, DefectCause::UnknownKey))?;
            if values.iter().any(|value| value.part == part) {
                return Err(source.defect(at, DefectCause::Repeated { part }));
            }
            let at = offset + member.value.range().start;
            let Value::StringLit(literal) = &member.value else {
                return Err(source.defect(at, DefectCause::NotAText { part }));
            };
            values.push(FieldValue { part, text: &literal.value, at });
        }
        Ok(Self { source, values, end })
    }

    fn read(&self, now: DateTime<Utc>) -> Result<AccessDocument, DocumentDefect> {
        match (self.find(Part::ClientSecret), self.find(Part::Certificate).or(self.find(Part::PrivateKey))) {
            (Some(_), Some(other)) => Err(self.source.defect(other.at, DefectCause::BothKinds)),
            (None, None) => Err(self.source.defect(self.end, DefectCause::NeitherKind)),
            (Some(_), None) => self.read_client_secret(),
            (None, Some(_)) => self.read_certificate(now),
        }
    }

    fn find(&self, part: Part) -> Option<&FieldValue<'a>> {
        self.values.iter().find(|value| value.part == part)
    }

    fn get(&self, part: Part) -> Result<&FieldValue<'a>, DocumentDefect> {
        let value = self.find(part).ok_or_else(|| self.source.defect(self.end, DefectCause::MissingPart { part }))?;
        let text = value.text.trim();
        let pem = matches!(part, Part::Certificate | Part::PrivateKey);
        if text.is_empty() {
            return Err(self.source.defect(value.at, DefectCause::EmptyPart { part }));
        }
        if is_placeholder(text) {
            return Err(self.source.defect(value.at, DefectCause::Placeholder { part }));
        }
        if !pem && text.len() != value.text.len() {
            return Err(self.source.defect(value.at, DefectCause::SpaceAround { part }));
        }
        if !pem && text.chars().any(char::is_control) {
            return Err(self.source.defect(value.at, DefectCause::ControlCharacter { part }));
        }
        Ok(value)
    }

    fn text(&self, part: Part) -> Result<String, DocumentDefect> {
        self.get(part).map(|value| value.text.to_owned())
    }

    fn url(&self, part: Part) -> Result<String, DocumentDefect> {
        let value = self.get(part)?;
        let url = Url::parse(value.text)
            .ok()
            .filter(Url::has_host)
            .ok_or_else(|| self.source.defect(value.at, DefectCause::NotAUrl { part }))?;
        // A password in a URL would be shown on screens and stored outside the keychain.
        if !url.username().is_empty() || url.password().is_some() {
            return Err(self.source.defect(value.at, DefectCause::UserInUrl { part }));
        }
        // So would a secret in a query.
        if url.query().is_some() || url.fragment().is_some() {
            return Err(self.source.defect(value.at, DefectCause::QueryInUrl { part }));
        }
        let loopback = match url.host() {
            Some(Host::Domain(domain)) => domain == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        match url.scheme() {
            "https" => Ok(value.text.to_owned()),
            "http" if loopback => Ok(value.text.to_owned()),
            _ => Err(self.source.defect(value.at, DefectCause::NotHttps { part })),
        }
    }

    fn read_client_secret(&self) -> Result<AccessDocument, DocumentDefect> {
        if let Some(cert_url) = self.find(Part::CertUrl) {
            return Err(self.source.defect(cert_url.at, DefectCause::BothKinds));
        }
        let facts = AccessFacts {
            url: self.url(Part::Url)?,
            token_url: self.url(Part::TokenUrl)?,
            cert_url: None,
            client_id: self.text(Part::ClientId)?,
            kind: CredentialKind::ClientSecret,
        };
        let secret = self.get(Part::ClientSecret)?.text.as_bytes().to_vec();
        Ok(AccessDocument { facts, secret: SecretBytes::new(secret) })
    }

    fn read_certificate(&self, now: DateTime<Utc>) -> Result<AccessDocument, DocumentDefect> {
        let url = self.url(Part::Url)?;
        let token_url = self.url(Part::TokenUrl)?;
        let cert_url = self.url(Part::CertUrl)?;
        let certificate = self.get(Part::Certificate)?;
        let key = self.get(Part::PrivateKey)?;
        let broken = |value: &FieldValue<'_>, problem: CertificateProblem| {
            self.source.defect(value.at, DefectCause::Certificate { part: value.part, problem })
        };
        let chain = CertificateChain::parse(certificate.text).map_err(|problem| broken(certificate, problem))?;
        let private_key = PrivateKey::parse(key.text).map_err(|problem| broken(key, problem))?;
        if !private_key.belongs_to(&chain) {
            return Err(self.source.defect(key.at, DefectCause::KeyMismatch));
        }
        if let Err(outside) = chain.check_validity(now) {
            return Err(self.source.defect(certificate.at, outside.into()));
        }
        // The published sample has no client id, although a token call needs one: the subject then names it.
        let client_id = match self.find(Part::ClientId) {
            Some(_) => self.text(Part::ClientId)?,
            None => chain.common_name.clone().ok_or_else(|| self.source.defect(self.end, DefectCause::NoClientId))?,
        };
        let kind = CredentialKind::Certificate(chain);
        let facts = AccessFacts { url, token_url, cert_url: Some(cert_url), client_id, kind };
        Ok(AccessDocument { facts, secret: private_key.pkcs8 })
    }
}

/// Whole values that published samples hold.
const SAMPLE_VALUES: [&str; 3] = ["your-client-id", "your-client-secret", "https://apiportal-application-url"];

/// The unchanged filler of a published sample: `xxxx…`, a name in angle brackets, or one of the samples' own values.
fn is_placeholder(text: &str) -> bool {
    let filler = text.trim_end_matches('=');
    let bracketed =
        text.split_once('<').is_some_and(|(_, rest)| rest.split_once('>').is_some_and(|(name, _)| is_name(name)));
    (filler.len() >= 4 && filler.chars().all(|c| c == 'x' || c == 'X')) || bracketed || SAMPLE_VALUES.contains(&text)
}

/// What stands in the brackets of a sample: words, not the middle of a secret that happens to hold brackets.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || " -_".contains(c))
}

/// The text as it was pasted, to find lines and columns in.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
}

impl Source<'_> {
    fn not_json(&self, offset: usize, error: &ParseError) -> DocumentDefect {
        // What is not closed is reported from its opening on; it is missed where the text ends.
        let unclosed = matches!(error.kind(), ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray);
        let at = if unclosed { error.range().end } else { error.range().start };
        // The sentence of one kind quotes the text.
        let quoting =
            |kind: &ParseStringErrorKind| matches!(kind, ParseStringErrorKind::InvalidUnicodeEscapeSequence(_));
        let problem = if matches!(error.kind(), ParseErrorKind::String(kind) if quoting(kind)) {
            "Invalid unicode escape sequence".to_owned()
        } else {
            error.kind().to_string()
        };
        self.defect(offset + at, DefectCause::NotJson { problem })
    }

    fn defect(&self, at: usize, cause: DefectCause) -> DocumentDefect {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        DocumentDefect {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            cause,
        }
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {cause}")]
pub struct DocumentDefect {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub cause: DefectCause,
}

/// Why a document is refused. No cause carries anything of the document's values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefectCause {
    /// Nothing was given.
    #[error("there is no document")]
    Empty,
    /// The text is longer than any credential document.
    #[error("the text of {bytes} bytes is too large for a credential document")]
    TooLarge {
        /// Size in bytes.
        bytes: usize,
    },
    /// Not JSON (RFC 8259).
    #[error("this is not valid JSON: {problem}")]
    NotJson {
        /// What the parser expected.
        problem: String,
    },
    /// JSON, but not an object.
    #[error("this is JSON, but not an object in braces")]
    NotAnObject,
    /// A key that belongs to neither shape.
    #[error("this key belongs to no connection document")]
    UnknownKey,
    /// The same part twice.
    #[error("\"{}\" is given twice", .part.key())]
    Repeated {
        /// The part.
        part: Part,
    },
    /// A value that is no text.
    #[error("the value of \"{}\" is not a text in quotes", .part.key())]
    NotAText {
        /// The part.
        part: Part,
    },
    /// A mandatory part is missing.
    #[error("\"{}\" is missing", .part.key())]
    MissingPart {
        /// The part.
        part: Part,
    },
    /// A mandatory part is empty.
    #[error("\"{}\" is empty", .part.key())]
    EmptyPart {
        /// The part.
        part: Part,
    },
    /// The filler of a published sample.
    #[error("\"{}\" still holds the filler of a sample", .part.key())]
    Placeholder {
        /// The part.
        part: Part,
    },
    /// White space at an end.
    #[error("\"{}\" begins or ends with white space", .part.key())]
    SpaceAround {
        /// The part.
        part: Part,
    },
    /// A line break or the like inside.
    #[error("\"{}\" contains a line break or another control character", .part.key())]
    ControlCharacter {
        /// The part.
        part: Part,
    },
    /// Not a URL.
    #[error("\"{}\" is not a complete URL", .part.key())]
    NotAUrl {
        /// The part.
        part: Part,
    },
    /// A URL with user name or password.
    #[error("\"{}\" contains a user name or password", .part.key())]
    UserInUrl {
        /// The part.
        part: Part,
    },
    /// A URL with more behind its path.
    #[error("\"{}\" contains a question mark or a number sign", .part.key())]
    QueryInUrl {
        /// The part.
        part: Part,
    },
    /// A URL that is not https.
    #[error("\"{}\" does not begin with https://", .part.key())]
    NotHttps {
        /// The part.
        part: Part,
    },
    /// Client secret and certificate in one document.
    #[error("the document holds parts of a client secret and of a certificate credential")]
    BothKinds,
    /// Neither a client secret nor a certificate.
    #[error("the document holds neither \"clientSecret\" nor \"certificate\" and \"key\"")]
    NeitherKind,
    /// The certificate or key cannot be read.
    #[error("\"{}\": {problem}", .part.key())]
    Certificate {
        /// The part.
        part: Part,
        /// What is wrong with it.
        problem: CertificateProblem,
    },
    /// The key is another one's.
    #[error("\"key\" does not belong to \"certificate\"")]
    KeyMismatch,
    /// The certificate is not valid now.
    #[error(transparent)]
    OutsideValidity(#[from] OutsideValidity),
    /// No client id anywhere.
    #[error("\"clientId\" is missing, and the certificate's subject has no common name to take it from")]
    NoClientId,
}

impl DefectCause {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "Paste the JSON document that the API portal generated.",
            Self::TooLarge { .. } => "Paste only the JSON document that the API portal generated.",
            Self::NotJson { .. } => "Copy the document again, complete from { to }, or mend it at this place.",
            Self::NotAnObject => "Paste the whole document, from { to }.",
            Self::UnknownKey => {
                "Expected are url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, certificate and key. \
                 Remove the key, or generate the credentials in the API portal and copy them from there."
            }
            Self::Repeated { .. } => "Keep the one that is right and remove the other.",
            Self::NotAText { .. } => "Put the value in double quotes.",
            Self::MissingPart { .. } | Self::EmptyPart { .. } | Self::NeitherKind => {
                "Copy the complete document from the API portal again."
            }
            Self::Placeholder { .. } => "Replace the sample by the credentials that the API portal generated.",
            Self::SpaceAround { .. } => "Remove the white space before and after the value.",
            Self::ControlCharacter { .. } => "Copy the value again, on one line.",
            Self::NotAUrl { .. } | Self::NotHttps { .. } => "Give the complete URL, beginning with https://.",
            Self::UserInUrl { .. } => "Remove the part before @ from the URL.",
            Self::QueryInUrl { .. } => "Remove the ? or # and everything after it from the URL.",
            Self::BothKinds => "Keep the parts of one kind: either clientSecret, or certurl, certificate and key.",
            Self::Certificate { problem, .. } => match problem {
                CertificateProblem::NotPem
                | CertificateProblem::WrongBlock { .. }
                | CertificateProblem::NotX509 { .. }
                | CertificateProblem::KeyNotPem => {
                    "Copy the complete document again, with every line of the PEM blocks."
                }
                CertificateProblem::KeyEncrypted => "Use the key without a password, as the API portal generated it.",
                CertificateProblem::KeyUnusable => {
                    "Use an RSA key of 2048 bits or more, or a P-256, P-384 or P-521 key."
                }
            },
            Self::KeyMismatch => "Use certificate and key from the same document.",
            Self::OutsideValidity(OutsideValidity::Expired { .. }) => {
                "Choose Regenerate Credentials in the API portal and use the new document."
            }
            Self::OutsideValidity(OutsideValidity::NotYetValid { .. }) => {
                "Check the clock of this computer, or wait until then."
            }
            Self::NoClientId => "Add the client id to the document as \"clientid\".",
        }
    }
}

#[cfg(test)]
mod tests;
