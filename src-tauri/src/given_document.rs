//! A document that a screen gives, with what the person chose or added.

use std::sync::Arc;

use domain::{
    document::{GivenContent, GivenDocument},
    documents::SecretBytes,
    id::RequestId,
};
use uuid::Uuid;
use views::{CredentialsRequest, DocumentRequest, PastedDocument, UserError};

use crate::{held_documents::HeldDocuments, patience::Patience};

/// A document with what was chosen, on its way to the domain.
pub struct OwnedDocument {
    content: Content,
    password: Option<SecretBytes>,
    choice: Option<usize>,
    portal_url: Option<String>,
    patience: Patience,
}

enum Content {
    Typed(PastedDocument),
    Held(Arc<SecretBytes>),
    Fields { request: RequestId, client_id: String, client_secret: SecretBytes },
}

impl OwnedDocument {
    /// Fetches what is held.
    pub fn new(given: CredentialsRequest, held: &HeldDocuments) -> Result<Self, UserError> {
        let CredentialsRequest { document, password, choice, portal_url } = given;
        let content = match document {
            DocumentRequest::Text { text } => Content::Typed(text),
            DocumentRequest::Held { id } => Content::Held(held.get(&id)?),
            DocumentRequest::Fields { request_id, client_id, client_secret } => Content::Fields {
                request: Uuid::parse_str(&request_id).map(RequestId).map_err(|_| UserError::unknown_id())?,
                client_id,
                client_secret: client_secret.into_secret().unwrap_or_else(|| SecretBytes::new(Vec::new())),
            },
        };
        let portal_url = Some(portal_url).filter(|url| !url.trim().is_empty());
        let choice = choice.and_then(|choice| usize::try_from(choice).ok());
        let patience = Patience::default();
        Ok(Self { content, password: password.into_secret(), choice, portal_url, patience })
    }

    /// The same, to be read until the patience with it is over.
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// What the domain takes.
    pub fn given(&self) -> GivenDocument<'_> {
        GivenDocument {
            // EXPOSE: the document goes to the domain, which reads it.
            content: match &self.content {
                Content::Typed(text) => GivenContent::Document(text.expose().as_bytes()),
                Content::Held(bytes) => GivenContent::Document(bytes.expose()),
                Content::Fields { request, client_id, client_secret } => {
                    GivenContent::Fields { request: *request, client_id, client_secret }
                }
            },
            password: self.password.as_ref(),
            choice: self.choice,
            portal_url: self.portal_url.as_deref(),
            stop: self.patience.stop(),
        }
    }
}
