//! A credential document as it was given, and what a person chose or added to it.

use chrono::{DateTime, Utc};
use documents::SecretBytes;

/// A document as it was given: the bytes of a file, or a text.
#[derive(Clone, Copy)]
pub struct GivenDocument<'a> {
    /// What was pasted or read.
    pub bytes: &'a [u8],
    /// The password of a container or an encrypted key.
    pub password: Option<&'a SecretBytes>,
    /// Which of several credentials is meant, counted from 0.
    pub choice: Option<usize>,
    /// The portal's URL, where the document does not carry it.
    pub portal_url: Option<&'a str>,
}

impl<'a> From<&'a [u8]> for GivenDocument<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self { bytes, password: None, choice: None, portal_url: None }
    }
}

impl<'a> From<&'a str> for GivenDocument<'a> {
    fn from(text: &'a str) -> Self {
        text.as_bytes().into()
    }
}

impl<'a> From<&'a String> for GivenDocument<'a> {
    fn from(text: &'a String) -> Self {
        text.as_bytes().into()
    }
}

impl std::fmt::Debug for GivenDocument<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GivenDocument({} bytes, redacted)", self.bytes.len())
    }
}

/// What a person says about the time when credentials were generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenLifetime {
    /// Nothing: the document has to tell.
    FromDocument,
    /// They belong to a service key and live as long as that.
    OfServiceKey,
    /// A portal generated them in its *Connection* tab at that time.
    Generated(DateTime<Utc>),
    /// That nobody knows.
    Unknown,
}
