//! Takes in a document that a screen gives, with what the person chose or added.

use domain::{
    document::{GivenContent, GivenDocument},
    documents::SecretBytes,
    id::{PortalId, RequestId},
};
use uuid::Uuid;
use views::{ClientSecretRequest, CredentialsRequest, DocumentRequest, Trouble};

use crate::{held_documents::HeldDocuments, patience};

/// What the domain takes, to be read from now on. What the core read itself is fetched from where it is held.
pub fn take_document(given: CredentialsRequest, held: &HeldDocuments) -> Result<GivenDocument, Trouble> {
    let CredentialsRequest { document, password, choice, portal_url } = given;
    let document = match document {
        DocumentRequest::Text { text } => text.into(),
        DocumentRequest::Held { id } => held.get(&id)?.into(),
        DocumentRequest::Current { portal_id } => {
            let portal = Uuid::parse_str(&portal_id).map(PortalId).map_err(|_| Trouble::unknown_id())?;
            GivenContent::Current(portal).into()
        }
        DocumentRequest::Fields { request_id, client_id, client_secret } => {
            let request = Uuid::parse_str(&request_id).map(RequestId).map_err(|_| Trouble::unknown_id())?;
            GivenDocument::from_fields(request, client_id, take_client_secret(client_secret, held)?)
        }
    };
    Ok(GivenDocument {
        password: password.if_any(),
        choice: choice.and_then(|choice| usize::try_from(choice).ok()),
        portal_url: Some(portal_url).filter(|url| !url.trim().is_empty()),
        stop: patience::begin(),
        ..document
    })
}

/// A client secret that was typed, or pasted: then without the line break that a copied line ends with.
pub fn take_client_secret(given: ClientSecretRequest, held: &HeldDocuments) -> Result<SecretBytes, Trouble> {
    match given {
        ClientSecretRequest::Typed { text } => Ok(text),
        ClientSecretRequest::Held { id } => {
            let bytes = held.get(&id)?;
            // EXPOSE: one copy goes on to the domain; what is held stays for another attempt.
            let text = bytes.expose();
            let line = text.strip_suffix(b"\n").unwrap_or(text);
            Ok(SecretBytes::new(line.strip_suffix(b"\r").unwrap_or(line).to_vec()))
        }
    }
}
