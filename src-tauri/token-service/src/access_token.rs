//! Access tokens: JSON Web Tokens (RFC 7519) of the profile in RFC 9068, signed with ES256 (RFC 7518 §3.4).
//!
//! The cryptography is AWS-LC's. The JWT libraries parse the private key again for each token, which costs more than
//! signing; and as a token here is good only if its header is, byte for byte, the one that this key writes, there is no
//! foreign header to interpret. The tests read the tokens with such a library.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, ParsedPublicKey},
};
use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::documents::SecretBytes;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::UnusableKey;

/// How long a token is good for, in seconds.
pub(crate) const LIFETIME_SECONDS: i64 = 3600;

/// What a token says (RFC 9068 §2.2), and what clients of XSUAA read besides: `cid`, `azp`, `zid`, `grant_type` and
/// `ext_attr`, and the client itself among those that the token is for.
#[derive(Debug, Serialize)]
pub(crate) struct Claims<'a> {
    pub(crate) iss: &'a str,
    pub(crate) sub: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) cid: &'a str,
    pub(crate) azp: &'a str,
    pub(crate) aud: [&'a str; 2],
    /// The tenant: the portal's id.
    pub(crate) zid: &'a str,
    pub(crate) grant_type: &'static str,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) jti: &'a str,
    /// One text, as RFC 9068 §2.2.3 wants it; the vendor's own tokens have a list.
    pub(crate) scope: &'a str,
    pub(crate) ext_attr: ExtendedAttributes<'a>,
}

/// Further claims as XSUAA groups them.
#[derive(Debug, Serialize)]
pub(crate) struct ExtendedAttributes<'a> {
    /// How clients recognise a token of this kind.
    pub(crate) enhancer: &'static str,
    /// The tenant's name in URLs.
    pub(crate) zdn: &'a str,
    pub(crate) serviceinstanceid: &'a str,
}

/// What counts in a token that a client presents, once its signature was verified.
#[derive(Debug, Deserialize)]
pub(crate) struct PresentedClaims {
    pub(crate) iss: String,
    pub(crate) client_id: String,
    pub(crate) aud: Audience,
    pub(crate) exp: i64,
}

/// One text or several (RFC 7519 §4.1.3). Tokens had one before this version.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    pub(crate) fn includes(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

/// The key that signs tokens, prepared once.
pub(crate) struct SigningKey {
    pair: EcdsaKeyPair,
    public: ParsedPublicKey,
    random: SystemRandom,
    /// The JOSE header in base64url with the dot that follows it.
    header: String,
    /// The JSON Web Key Set (RFC 7517 §5).
    key_set: Bytes,
}

impl SigningKey {
    /// Prepares a P-256 key, PKCS#8 DER.
    pub(crate) fn from_pkcs8(key: &SecretBytes) -> Result<Self, UnusableKey> {
        // EXPOSE: the library makes its key object from the DER.
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.expose())
            .map_err(|_| UnusableKey::SigningKey)?;
        let point = pair.public_key().as_ref();
        let public = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).map_err(|_| UnusableKey::SigningKey)?;
        // An uncompressed point (SEC 1 §2.3.3): 04, then x and y with 32 bytes each.
        let (x, y) = point.get(1..).and_then(|xy| xy.split_at_checked(32)).ok_or(UnusableKey::SigningKey)?;
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        // RFC 7638 §3: the required members in the order of their names, without white space.
        let thumbprint = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let kid = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, thumbprint.as_bytes()));
        let header = json!({"alg": "ES256", "kid": kid, "typ": "at+jwt"}).to_string();
        let key_set = json!({"keys": [
            {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "alg": "ES256", "use": "sig"},
        ]});
        Ok(Self {
            header: format!("{}.", URL_SAFE_NO_PAD.encode(header)),
            key_set: key_set.to_string().into(),
            public,
            random: SystemRandom::new(),
            pair,
        })
    }

    pub(crate) fn key_set(&self) -> Bytes {
        self.key_set.clone()
    }

    /// The signed token (RFC 7515 §3.1).
    pub(crate) fn sign(&self, claims: &Claims<'_>) -> Result<String, SigningFailed> {
        let claims = serde_json::to_vec(claims).map_err(|_| SigningFailed)?;
        let mut token = String::with_capacity(self.header.len() + claims.len() / 3 * 4 + 96);
        token.push_str(&self.header);
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let signature = self.pair.sign(&self.random, token.as_bytes()).map_err(|_| SigningFailed)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// What `token` says if this key signed it; otherwise `None`.
    pub(crate) fn verify(&self, token: &str) -> Option<PresentedClaims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let claims = signed.strip_prefix(&self.header)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.public.verify_sig(signed.as_bytes(), &signature).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

/// AWS-LC did not sign, which only a failing random generator can cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SigningFailed;
