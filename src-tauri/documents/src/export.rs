//! Writes credentials in the formats that other systems expect.

mod connection_api;
mod curl;
mod destination;
mod environment;
mod extra;
mod json;
mod kubernetes;
mod parts;
mod properties;
mod sink;
mod yaml;

pub use self::connection_api::ConnectionApiFormat;
use messages::{Message, message};

use self::{
    curl::PemFiles,
    destination::KeyStore,
    parts::{DOTS, Parts, ProofText, Text, proof_text, text_of},
    sink::Sink,
};
use crate::{
    CertificateChain, CredentialDocument, Extra, Part, Proof, SecretBytes, archive,
    pkcs12::{self, SealError, Strength},
};

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

/// What an export says in the open: everything but the secret.
#[derive(Debug, Clone, Copy)]
pub struct PublicParts<'a> {
    /// As in [`CredentialDocument::url`].
    pub url: Option<&'a str>,
    /// As in [`CredentialDocument::token_url`].
    pub token_url: Option<&'a str>,
    /// As in [`CredentialDocument::cert_url`].
    pub cert_url: Option<&'a str>,
    /// As in [`CredentialDocument::client_id`].
    pub client_id: Option<&'a str>,
    /// The certificate chain; `None` for a client secret.
    pub chain: Option<&'a CertificateChain>,
    /// Further members, where they are known to hold no secret.
    pub members: Option<&'a Extra>,
}

/// What to export and how.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The format.
    pub format: Format,
    /// A name of letters, digits and dashes: of the destination, the Kubernetes Secret, the key in a container, and of files
    /// inside an archive.
    pub name: &'a str,
    /// The password of a PKCS#12 container, in UTF-8.
    pub password: Option<&'a SecretBytes>,
    /// Whether a PKCS#12 container is for old readers (PBE with SHA-1 and 3DES) instead of PBES2 with AES-256.
    pub legacy: bool,
    /// In which form a destination with a certificate takes its keystore.
    pub keystore: KeyStoreKind,
}

/// The keystore of a destination with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyStoreKind {
    /// A `.p12` with a password.
    Pkcs12,
    /// A `.pem` with chain and private key.
    Pem,
}

/// A file that was rendered. Several files of one export are one zip archive.
#[derive(Debug)]
pub struct File {
    /// Its ending, without a dot: `json`, `zip`.
    pub extension: &'static str,
    /// Its content, which *is* the secret: it goes to the clipboard or into a file that the user chose, and nowhere else.
    pub bytes: SecretBytes,
    /// The files in it with their names, if it is an archive.
    entries: Vec<(String, SecretBytes)>,
}

/// What an export would hold, with the secret hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Name of the file inside an archive; empty for a single file.
    pub name: String,
    /// The text, or a description of what is no text.
    pub text: String,
}

/// Why an export cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum ExportError {
    /// The format is for certificates only.
    WrongKind,
    /// The format needs a part that these credentials do not have.
    MissingPart(Part),
    /// The format needs a password.
    PasswordNeeded,
    /// The password cannot be written into a container.
    PasswordUnusable,
    /// A value cannot be written in this format without being changed.
    Unwritable(Part),
    /// The readers of this format append the path of the token endpoint themselves.
    TokenPath(Part),
}

impl ExportError {
    /// What is wrong, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::WrongKind => message!("export-certificates-only"),
            Self::MissingPart(part) => message!("export-missing-part", part = part.key()),
            Self::PasswordNeeded => message!("export-password-needed"),
            Self::PasswordUnusable => message!("export-password-unusable"),
            Self::Unwritable(part) => message!("export-unwritable", part = part.key()),
            Self::TokenPath(part) => message!("export-token-path", part = part.key()),
        }
    }

    /// What to do about it, as complete sentences.
    pub fn remedy(&self) -> &'static str {
        self.remedy_message().text()
    }

    /// [`Self::remedy`] in any language.
    pub const fn remedy_message(&self) -> Message {
        match self {
            Self::WrongKind | Self::MissingPart(_) | Self::Unwritable(_) | Self::TokenPath(_) => {
                message!("export-other-remedy")
            }
            Self::PasswordNeeded => message!("export-password-needed-remedy"),
            Self::PasswordUnusable => message!("export-password-unusable-remedy"),
        }
    }
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
    pub fn name(self) -> &'static str {
        self.message().text()
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

    /// The files that it consists of.
    fn files(self, has_certificate: bool, keystore: KeyStoreKind) -> Vec<Content> {
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

/// What a file of an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Connection,
    ServiceKey {
        wrapped: bool,
    },
    Destination(destination::Syntax),
    Environment,
    KubernetesSecret,
    Curl,
    /// Chain and key.
    Pem,
    Chain,
    Key,
    Pkcs12,
}

impl Content {
    const fn extension(self) -> &'static str {
        match self {
            Self::Connection | Self::ServiceKey { .. } => "json",
            Self::Destination(syntax) => syntax.extension(),
            Self::Environment => "env",
            Self::KubernetesSecret => "yaml",
            Self::Curl => "sh",
            Self::Pem | Self::Chain | Self::Key => "pem",
            Self::Pkcs12 => "p12",
        }
    }

    fn file_name(self, name: &str) -> String {
        let part = match self {
            Self::Chain => "-chain",
            Self::Key => "-key",
            Self::Connection
            | Self::ServiceKey { .. }
            | Self::Destination(_)
            | Self::Environment
            | Self::KubernetesSecret
            | Self::Curl
            | Self::Pem
            | Self::Pkcs12 => "",
        };
        format!("{name}{part}.{}", self.extension())
    }
}

const ARCHIVE_EXTENSION: &str = "zip";

impl Export<'_> {
    /// Writes the credentials.
    pub fn render(&self, document: &CredentialDocument) -> Result<File, ExportError> {
        let proof = proof_text(&document.proof)?;
        let parts = Parts::of(document, &proof);
        let has_certificate = matches!(document.proof, Proof::Certificate { .. });
        let files = self.check(&parts, has_certificate)?;
        let password = if self.format.takes_password(has_certificate, self.keystore) {
            Some(
                self.password
                    .and_then(text_of)
                    .filter(|password| !password.is_empty())
                    .ok_or(ExportError::PasswordNeeded)?,
            )
        } else {
            None
        };
        let password = password.as_ref().map(|password| Text { text: password, hidden: false });
        let mut entries = Vec::with_capacity(files.len());
        for content in &files {
            let bytes = match (content, &document.proof) {
                (Content::Pkcs12, Proof::Certificate { chain, private_key }) => self.seal(chain, private_key)?,
                (Content::Pkcs12, Proof::ClientSecret(_)) => return Err(ExportError::WrongKind),
                (content, _) => Sink::collect(|sink| self.write(sink, *content, &parts, password))?,
            };
            entries.push((content.file_name(&self.stem()), bytes));
        }
        if let [content] = files[..] {
            let bytes = entries.remove(0).1;
            return Ok(File { extension: content.extension(), bytes, entries });
        }
        let listed: Vec<(String, &SecretBytes)> = entries.iter().map(|(name, bytes)| (name.clone(), bytes)).collect();
        Ok(File { extension: ARCHIVE_EXTENSION, bytes: archive::pack(&listed), entries })
    }

    /// What [`Self::render`] would write, file by file, with the secrets hidden. The password does not matter yet.
    pub fn preview(&self, parts: &PublicParts<'_>, has_extra: bool) -> Result<Vec<Preview>, ExportError> {
        let has_certificate = parts.chain.is_some();
        let hidden = Parts::hidden(parts, has_extra);
        let files = self.check(&hidden, has_certificate)?;
        let password =
            self.format.takes_password(has_certificate, self.keystore).then_some(Text { text: DOTS, hidden: true });
        let several = files.len() > 1;
        let mut previews = Vec::with_capacity(files.len());
        for content in files {
            let text = match (content, parts.chain) {
                (Content::Pkcs12, Some(chain)) => self.describe_container(chain),
                (Content::Pkcs12, None) => return Err(ExportError::WrongKind),
                (content, _) => {
                    let text = Sink::collect(|sink| self.write(sink, content, &hidden, password))?;
                    // EXPOSE: no secret is in it; the parts were hidden.
                    String::from_utf8_lossy(text.expose()).into_owned()
                }
            };
            let name = if several { content.file_name(&self.stem()) } else { String::new() };
            previews.push(Preview { name, text });
        }
        Ok(previews)
    }

    /// The ending of the file that [`Self::render`] writes, without a dot.
    pub fn extension(&self, has_certificate: bool) -> &'static str {
        match self.format.files(has_certificate, self.keystore)[..] {
            [content] => content.extension(),
            _ => ARCHIVE_EXTENSION,
        }
    }

    /// The files to be written, if the format can carry these credentials.
    fn check(&self, parts: &Parts<'_>, has_certificate: bool) -> Result<Vec<Content>, ExportError> {
        if !self.format.fits(has_certificate) {
            return Err(ExportError::WrongKind);
        }
        for part in self.format.needs(has_certificate) {
            parts.get(*part)?;
        }
        Ok(self.format.files(has_certificate, self.keystore))
    }

    fn write(
        &self,
        sink: &mut Sink,
        content: Content,
        parts: &Parts<'_>,
        password: Option<Text<'_>>,
    ) -> Result<(), ExportError> {
        let name = self.stem();
        let has_certificate = matches!(parts.proof, ProofText::Certificate { .. });
        match content {
            Content::Connection => json::write_connection(sink, parts),
            Content::ServiceKey { wrapped } => json::write_service_key(sink, parts, wrapped),
            Content::Destination(syntax) => {
                let content = match self.keystore {
                    KeyStoreKind::Pkcs12 => Content::Pkcs12,
                    KeyStoreKind::Pem => Content::Pem,
                };
                let key_store = has_certificate.then(|| KeyStore { file_name: content.file_name(&name), password });
                destination::write(sink, syntax, &name, parts, key_store.as_ref())
            }
            Content::Environment => environment::write(sink, parts),
            Content::KubernetesSecret => kubernetes::write(sink, &name, parts),
            Content::Curl => {
                let files = has_certificate
                    .then(|| PemFiles { chain: Content::Chain.file_name(&name), key: Content::Key.file_name(&name) });
                curl::write(sink, parts, files.as_ref())
            }
            Content::Pem => {
                sink.push(parts.get(Part::Certificate)?.text);
                sink.push(parts.get(Part::PrivateKey)?.text);
                Ok(())
            }
            Content::Chain => {
                sink.push(parts.get(Part::Certificate)?.text);
                Ok(())
            }
            Content::Key => {
                sink.push(parts.get(Part::PrivateKey)?.text);
                Ok(())
            }
            // Not a text.
            Content::Pkcs12 => Ok(()),
        }
    }

    /// The name, safe in file names, scripts and destinations.
    fn stem(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        // Neither hidden, nor an option of a command, nor the folder above.
        let name: String = self.name.chars().map(plain).collect();
        let name = name.trim_start_matches(['-', '.']);
        if name.is_empty() { "credentials".to_owned() } else { name.to_owned() }
    }

    const fn strength(&self) -> Strength {
        if self.legacy { Strength::Legacy } else { Strength::Modern }
    }

    fn seal(&self, chain: &CertificateChain, private_key: &SecretBytes) -> Result<SecretBytes, ExportError> {
        let password = self.password.ok_or(ExportError::PasswordNeeded)?;
        pkcs12::seal(chain, private_key, &self.stem(), password, self.strength()).map_err(|error| match error {
            SealError::Password => ExportError::PasswordUnusable,
            SealError::Content => ExportError::Unwritable(Part::Certificate),
        })
    }

    fn describe_container(&self, chain: &CertificateChain) -> String {
        let encryption = match self.strength() {
            Strength::Modern => message!("export-encryption-modern"),
            Strength::Legacy => message!("export-encryption-legacy"),
        };
        let (count, subject) = (chain.length, &chain.subject);
        let words = message!(
            "export-container",
            alias = self.stem(),
            count = count,
            subject = subject,
            encryption = encryption
        );
        format!("{words}\n")
    }
}

/// One zip archive of several exports, each with its name without ending. What is an archive itself becomes a folder.
pub fn pack(files: Vec<(String, File)>) -> SecretBytes {
    let mut taken: Vec<String> = Vec::with_capacity(files.len());
    let mut listed: Vec<(String, &SecretBytes)> = Vec::new();
    for (wanted, file) in &files {
        let mut name = wanted.clone();
        let mut count = 1;
        while taken.contains(&name) {
            count += 1;
            name = format!("{wanted}-{count}");
        }
        if file.entries.is_empty() {
            listed.push((format!("{name}.{}", file.extension), &file.bytes));
        } else {
            listed.extend(file.entries.iter().map(|(entry, bytes)| (format!("{name}/{entry}"), bytes)));
        }
        taken.push(name);
    }
    archive::pack(&listed)
}
