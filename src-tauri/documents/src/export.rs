//! Writes credentials in the formats that other systems expect.

mod connection_api;
mod content;
mod curl;
mod destination;
mod environment;
mod error;
mod extra;
mod file;
mod format;
mod json;
mod kubernetes;
mod parts;
mod properties;
mod sink;
mod yaml;

use messages::{Language, message};

pub use self::{
    connection_api::{ConnectionApiClient, ConnectionApiFormat},
    error::ExportError,
    file::{File, Preview},
    format::{Format, KeyStoreKind},
    parts::PublicParts,
};
use self::{
    content::Content,
    curl::PemFiles,
    destination::KeyStore,
    parts::{DOTS, Parts, ProofText, Text, proof_text, text_of},
    sink::Sink,
};
use crate::{
    CertificateChain, CredentialDocument, Part, Proof, SecretBytes, archive,
    pkcs12::{self, SealError, Strength},
};

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

    /// What [`Self::render`] would write, file by file, with the secrets hidden. The words that stand in place
    /// of hidden members are in `language`. The password does not matter yet.
    pub fn preview(
        &self,
        parts: &PublicParts<'_>,
        has_extra: bool,
        language: Language,
    ) -> Result<Vec<Preview>, ExportError> {
        let has_certificate = parts.chain.is_some();
        let hidden = Parts::hidden(parts, has_extra, language);
        let files = self.check(&hidden, has_certificate)?;
        let password =
            self.format.takes_password(has_certificate, self.keystore).then_some(Text { text: DOTS, hidden: true });
        let several = files.len() > 1;
        let mut previews = Vec::with_capacity(files.len());
        for content in files {
            let text = match (content, parts.chain) {
                (Content::Pkcs12, Some(chain)) => self.describe_container(chain, language),
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

    fn describe_container(&self, chain: &CertificateChain, language: Language) -> String {
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
        format!("{}\n", words.render(language))
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
