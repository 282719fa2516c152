//! What an export writes: the real texts, or the same with the secrets hidden.

use messages::{Language, message};
use pem_rfc7468::LineEnding;
use zeroize::Zeroizing;

use super::extra::Extras;
use crate::{
    CertificateChain, CredentialDocument, ExportError, Extra, Part, Proof, SecretBytes,
    urls::{TokenEndpoint, split_token_path},
};

/// What stands in the place of a secret.
pub(super) const DOTS: &str = "••••••••";
/// What stands in the place of a private key.
const HIDDEN_KEY: &str = "-----BEGIN PRIVATE KEY-----\n••••••••\n-----END PRIVATE KEY-----\n";
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

/// A text to be written.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub text: &'a str,
    /// Whether `text` stands in the place of a secret; it then must be readable, not exact.
    pub hidden: bool,
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, hidden: false }
    }
}

/// The texts of a document.
pub(super) struct Parts<'a> {
    pub url: Option<&'a str>,
    pub token_url: Option<&'a str>,
    pub cert_url: Option<&'a str>,
    /// As the document has it.
    given_client_id: Option<&'a str>,
    pub proof: ProofText<'a>,
    pub extra: Extras<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum ProofText<'a> {
    ClientSecret(Text<'a>),
    Certificate {
        chain: &'a CertificateChain,
        /// PEM.
        key: Text<'a>,
    },
}

impl<'a> Parts<'a> {
    /// `proof` is what [`proof_text`] made of the document.
    pub fn of(document: &'a CredentialDocument, proof: &'a str) -> Self {
        let text = Text { text: proof, hidden: false };
        Self {
            url: document.url.as_deref(),
            token_url: document.token_url.as_deref(),
            cert_url: document.cert_url.as_deref(),
            given_client_id: document.client_id.as_deref(),
            proof: match &document.proof {
                Proof::ClientSecret(_) => ProofText::ClientSecret(text),
                Proof::Certificate { chain, .. } => ProofText::Certificate { chain, key: text },
            },
            extra: document.extra.as_ref().map_or(Extras::None, Extras::of),
        }
    }

    pub fn hidden(public: &PublicParts<'a>, has_extra: bool, language: Language) -> Self {
        Self {
            url: public.url,
            token_url: public.token_url,
            cert_url: public.cert_url,
            given_client_id: public.client_id,
            proof: match public.chain {
                None => ProofText::ClientSecret(Text { text: DOTS, hidden: true }),
                Some(chain) => ProofText::Certificate { chain, key: Text { text: HIDDEN_KEY, hidden: true } },
            },
            extra: match public.members {
                Some(members) => Extras::of(members),
                None if has_extra => Extras::Hidden(message!("export-hidden-members").text(language)),
                None => Extras::None,
            },
        }
    }

    /// The client id: the document's own, or what the subject of the certificate says.
    pub fn client_id(&self) -> Option<&'a str> {
        match self.proof {
            ProofText::ClientSecret(_) => self.given_client_id,
            ProofText::Certificate { chain, .. } => self.given_client_id.or(chain.common_name.as_deref()),
        }
    }

    /// The client id if nobody could read it from the certificate.
    pub fn client_id_beside_certificate(&self) -> Option<&'a str> {
        match self.proof {
            ProofText::ClientSecret(_) => self.given_client_id,
            ProofText::Certificate { chain, .. } => {
                self.given_client_id.filter(|given| chain.common_name.as_deref() != Some(given))
            }
        }
    }

    /// The text of a part, if the document has it.
    pub fn find(&self, part: Part) -> Option<Text<'a>> {
        match (part, self.proof) {
            (Part::Url, _) => self.url.map(Text::from),
            (Part::TokenUrl, _) => self.token_url.map(Text::from),
            (Part::CertUrl, _) => self.cert_url.map(Text::from),
            (Part::ClientId, _) => self.client_id().map(Text::from),
            (Part::ClientSecret, ProofText::ClientSecret(secret)) => Some(secret),
            (Part::Certificate, ProofText::Certificate { chain, .. }) => Some(chain.pem.as_str().into()),
            (Part::PrivateKey, ProofText::Certificate { key, .. }) => Some(key),
            (Part::ClientSecret, ProofText::Certificate { .. })
            | (Part::Certificate | Part::PrivateKey, ProofText::ClientSecret(_)) => None,
        }
    }

    /// The text of a part that a format needs.
    pub fn get(&self, part: Part) -> Result<Text<'a>, ExportError> {
        self.find(part).filter(|found| !found.text.is_empty()).ok_or(ExportError::MissingPart(part))
    }

    /// The token endpoint: that for client secrets as it is; that for certificates below its base.
    pub fn token_endpoint(&self) -> Result<TokenEndpoint, ExportError> {
        Ok(match self.proof {
            ProofText::ClientSecret(_) => TokenEndpoint::from_stored(self.get(Part::TokenUrl)?.text),
            ProofText::Certificate { .. } => TokenEndpoint::below(self.get(Part::CertUrl)?.text),
        })
    }

    /// The base URL for certificates, without a slash at its end and without the path that is appended to it.
    pub fn cert_base(&self) -> Result<&'a str, ExportError> {
        self.get(Part::CertUrl).map(|url| split_token_path(url.text).0)
    }
}

/// What a client proves itself with, as a text: the secret itself, or the private key as PEM.
pub(super) fn proof_text(proof: &Proof) -> Result<Zeroizing<String>, ExportError> {
    match proof {
        Proof::ClientSecret(secret) => text_of(secret).ok_or(ExportError::Unwritable(Part::ClientSecret)),
        Proof::Certificate { private_key, .. } => {
            encode_key(private_key).ok_or(ExportError::Unwritable(Part::PrivateKey))
        }
    }
}

pub(super) fn text_of(secret: &SecretBytes) -> Option<Zeroizing<String>> {
    // EXPOSE: the export that the user asked for holds the secret by definition.
    std::str::from_utf8(secret.expose()).ok().map(|text| Zeroizing::new(text.to_owned()))
}

fn encode_key(pkcs8: &SecretBytes) -> Option<Zeroizing<String>> {
    const LABEL: &str = "PRIVATE KEY";
    // EXPOSE: the export that the user asked for holds the private key by definition.
    let der = pkcs8.expose();
    let mut buffer = Zeroizing::new(vec![0; pem_rfc7468::encoded_len(LABEL, LineEnding::LF, der).ok()?]);
    let text = pem_rfc7468::encode(LABEL, LineEnding::LF, der, &mut buffer).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}
