//! Access credentials as documents carry them: complete, or as far as the document goes.

use crate::{
    CertificateChain, SecretBytes,
    urls::{CertUrl, PortalUrl, TokenEndpoint},
};

/// Access credentials read from a document, or to be written into one. A format that has no room for a part leaves it out.
pub struct CredentialDocument {
    /// The API portal's own URL.
    pub url: Option<PortalUrl>,
    /// The token endpoint for client secrets.
    pub token_url: Option<TokenEndpoint>,
    /// The base URL for certificates.
    pub cert_url: Option<CertUrl>,
    /// The OAuth 2.0 client id (RFC 6749 §2.2).
    pub client_id: Option<String>,
    /// What the client proves itself with.
    pub proof: Proof,
    /// What else the document holds, so that nothing is lost; none if there is nothing.
    pub extra: Option<Extra>,
}

impl std::fmt::Debug for CredentialDocument {
    /// Which parts there are. A damaged document may hold a piece of a secret where a URL or the client id belongs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, token_url, cert_url, client_id, proof, extra } = self;
        f.debug_struct("CredentialDocument")
            .field("url", &url.is_some())
            .field("token_url", &token_url.is_some())
            .field("cert_url", &cert_url.is_some())
            .field("client_id", &client_id.is_some())
            .field("proof", proof)
            .field("extra", extra)
            .finish()
    }
}

/// What a client proves itself with.
#[derive(Debug)]
pub enum Proof {
    /// A client secret (RFC 6749 §2.3.1): its UTF-8 text.
    ClientSecret(SecretBytes),
    /// A certificate and its private key (RFC 8705).
    Certificate {
        /// The leaf and its issuers in order, without a root.
        chain: Box<CertificateChain>,
        /// PKCS#8 DER (RFC 5958).
        private_key: SecretBytes,
    },
}

/// Members of a document that no connection needs, such as `xsappname` or `orgId`. Treated as a secret: nobody knows what
/// an unknown key holds.
#[derive(Debug)]
pub struct Extra {
    /// A JSON object in UTF-8, members in the order of the document.
    pub json: SecretBytes,
}
