//! Credentials as they were given, and what a person chose or added to them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use documents::{SecretBytes, Stop};

use crate::id::{PortalId, RequestId};

/// Credentials as they were given.
pub struct GivenDocument {
    /// What was pasted, read or typed.
    pub content: GivenContent,
    /// The password of a container or an encrypted key.
    pub password: Option<SecretBytes>,
    /// Which of several credentials is meant, counted from 0.
    pub choice: Option<usize>,
    /// The portal's URL, where the document does not carry it.
    pub portal_url: Option<String>,
    /// When to give up reading it.
    pub stop: Stop,
}

/// What was given.
pub enum GivenContent {
    /// A document: the bytes of a file, or a text. Who gave it may go on holding it, to give it once more.
    Document(Arc<SecretBytes>),
    /// A client id and a client secret, typed into two fields in order to replace the credentials of a request: the URLs are
    /// those that the hub holds now.
    Fields {
        /// The request.
        request: RequestId,
        /// *Client ID*.
        client_id: String,
        /// *Client Secret*: UTF-8.
        client_secret: SecretBytes,
    },
    /// The current credentials of a portal. They go from one side to the other without a clipboard between.
    Current(PortalId),
}

impl GivenDocument {
    /// Client id and client secret typed into two fields, for `request`.
    pub fn from_fields(request: RequestId, client_id: String, client_secret: SecretBytes) -> Self {
        GivenContent::Fields { request, client_id, client_secret }.into()
    }
}

impl From<GivenContent> for GivenDocument {
    fn from(content: GivenContent) -> Self {
        Self { content, password: None, choice: None, portal_url: None, stop: Stop::NEVER }
    }
}

impl From<Arc<SecretBytes>> for GivenDocument {
    fn from(bytes: Arc<SecretBytes>) -> Self {
        GivenContent::Document(bytes).into()
    }
}

impl From<SecretBytes> for GivenDocument {
    fn from(bytes: SecretBytes) -> Self {
        Arc::new(bytes).into()
    }
}

impl<T: AsRef<[u8]> + ?Sized> From<&T> for GivenDocument {
    /// Copies a document; wiping the original is up to its owner.
    fn from(bytes: &T) -> Self {
        SecretBytes::new(bytes.as_ref().to_vec()).into()
    }
}

impl std::fmt::Debug for GivenDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.content {
            GivenContent::Document(bytes) => write!(f, "GivenDocument({} bytes, redacted)", bytes.len()),
            GivenContent::Fields { request, .. } => write!(f, "GivenDocument(typed for {request}, redacted)"),
            GivenContent::Current(portal) => write!(f, "GivenDocument(current credentials of {portal})"),
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
