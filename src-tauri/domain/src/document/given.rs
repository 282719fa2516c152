//! Credentials as they were given, and what a person chose or added to them.

use chrono::{DateTime, Utc};
use documents::{SecretBytes, Stop};

use crate::id::RequestId;

/// Credentials as they were given.
#[derive(Clone, Copy)]
pub struct GivenDocument<'a> {
    /// What was pasted, read or typed.
    pub content: GivenContent<'a>,
    /// The password of a container or an encrypted key.
    pub password: Option<&'a SecretBytes>,
    /// Which of several credentials is meant, counted from 0.
    pub choice: Option<usize>,
    /// The portal's URL, where the document does not carry it.
    pub portal_url: Option<&'a str>,
    /// When to give up reading it.
    pub stop: Stop<'a>,
}

/// What was given.
#[derive(Clone, Copy)]
pub enum GivenContent<'a> {
    /// A document: the bytes of a file, or a text.
    Document(&'a [u8]),
    /// A client id and a client secret, typed into two fields in order to replace the credentials of a request: the URLs are
    /// those that the hub holds now.
    Fields {
        /// The request.
        request: RequestId,
        /// *Client ID*.
        client_id: &'a str,
        /// *Client Secret*: UTF-8.
        client_secret: &'a SecretBytes,
    },
}

impl<'a> GivenDocument<'a> {
    /// Client id and client secret typed into two fields, for `request`.
    pub const fn from_fields(request: RequestId, client_id: &'a str, client_secret: &'a SecretBytes) -> Self {
        let content = GivenContent::Fields { request, client_id, client_secret };
        Self { content, password: None, choice: None, portal_url: None, stop: Stop::NEVER }
    }
}

impl<'a> From<&'a [u8]> for GivenDocument<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        let content = GivenContent::Document(bytes);
        Self { content, password: None, choice: None, portal_url: None, stop: Stop::NEVER }
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
        match self.content {
            GivenContent::Document(bytes) => write!(f, "GivenDocument({} bytes, redacted)", bytes.len()),
            GivenContent::Fields { request, .. } => write!(f, "GivenDocument(typed for {request}, redacted)"),
        }
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
