//! JSON: connection documents and service keys.

use serde_json::value::RawValue;

use super::{
    extra::{Extras, Members},
    parts::{Parts, ProofText, Text},
    sink::Sink,
};
use crate::{ExportError, Part, urls::split_token_path};

/// Writes the members of an object, two spaces deeper than the object itself.
pub(super) struct Object<'s> {
    sink: &'s mut Sink,
    depth: usize,
    empty: bool,
}

impl<'s> Object<'s> {
    /// Writes a whole document.
    pub fn document(
        sink: &'s mut Sink,
        write: impl FnOnce(&mut Object<'_>) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        Object::nested(sink, 1, write)?;
        sink.push("\n");
        Ok(())
    }

    fn nested(
        sink: &mut Sink,
        depth: usize,
        write: impl FnOnce(&mut Object<'_>) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        sink.push("{");
        let mut object = Object { sink: &mut *sink, depth, empty: true };
        write(&mut object)?;
        let empty = object.empty;
        if !empty {
            new_line(sink, depth - 1);
        }
        sink.push("}");
        Ok(())
    }

    fn next(&mut self) {
        if !self.empty {
            self.sink.push(",");
        }
        self.empty = false;
        new_line(self.sink, self.depth);
    }

    fn key(&mut self, key: &str) {
        self.next();
        write_text(self.sink, key);
        self.sink.push(": ");
    }

    pub fn text<'t>(&mut self, key: &str, value: impl Into<Text<'t>>) {
        self.key(key);
        write_text(self.sink, value.into().text);
    }

    pub fn object(
        &mut self,
        key: &str,
        write: impl FnOnce(&mut Object<'_>) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        self.key(key);
        Object::nested(self.sink, self.depth + 1, write)
    }

    fn member(&mut self, key: &RawValue, value: &RawValue) {
        self.next();
        self.sink.push(key.get());
        self.sink.push(": ");
        write_value(self.sink, value, self.depth);
    }

    /// The further members of the document, but not those in `taken`.
    fn extras(&mut self, extra: &Extras<'_>, taken: &[&str]) {
        for member in extra.beside(taken) {
            self.member(member.key, member.value);
        }
        if let Some(words) = extra.hidden() {
            self.next();
            self.sink.push(words);
        }
    }
}

fn new_line(sink: &mut Sink, depth: usize) {
    sink.push("\n");
    for _ in 0..depth {
        sink.push("  ");
    }
}

fn write_text(sink: &mut Sink, text: &str) {
    serde_json::to_writer(sink, text).expect("a text can always be written to memory");
}

/// A value as it stands in a document, with our own indentation.
fn write_value(sink: &mut Sink, value: &RawValue, depth: usize) {
    let text = value.get();
    if let Some(members) = object_members(value) {
        sink.push("{");
        let mut object = Object { sink: &mut *sink, depth: depth + 1, empty: true };
        for member in &members.0 {
            object.member(member.key, member.value);
        }
        if !object.empty {
            new_line(sink, depth);
        }
        sink.push("}");
    } else if let Some(items) =
        text.starts_with('[').then(|| serde_json::from_str::<Vec<&RawValue>>(text).ok()).flatten()
    {
        sink.push("[");
        for (index, item) in items.iter().enumerate() {
            sink.push(if index == 0 { "" } else { "," });
            new_line(sink, depth + 1);
            write_value(sink, item, depth + 1);
        }
        if !items.is_empty() {
            new_line(sink, depth);
        }
        sink.push("]");
    } else {
        sink.push(text);
    }
}

/// The members of a value that is an object.
fn object_members(value: &RawValue) -> Option<Members<'_>> {
    value.get().starts_with('{').then(|| serde_json::from_str(value.get()).ok()).flatten()
}

/// The document that an API portal generates.
pub(super) fn write_connection(sink: &mut Sink, parts: &Parts<'_>) -> Result<(), ExportError> {
    Object::document(sink, |object| {
        object.text("url", parts.get(Part::Url)?);
        match parts.proof {
            ProofText::ClientSecret(secret) => {
                object.text("tokenUrl", parts.get(Part::TokenUrl)?);
                object.text("clientId", parts.get(Part::ClientId)?);
                object.text("clientSecret", secret);
            }
            ProofText::Certificate { chain, key } => {
                object.text("tokenurl", parts.get(Part::TokenUrl)?);
                object.text("certurl", parts.get(Part::CertUrl)?);
                // The published document has none; without it the reader takes the one from the certificate.
                if let Some(client_id) = parts.client_id_beside_certificate() {
                    object.text("clientid", client_id);
                }
                object.text("certificate", chain.pem.as_str());
                object.text("key", key);
            }
        }
        object.extras(&parts.extra, &[]);
        Ok(())
    })
}

/// A service key in the spelling of XSUAA.
pub(super) fn write_service_key(sink: &mut Sink, parts: &Parts<'_>, wrapped: bool) -> Result<(), ExportError> {
    Object::document(sink, |object| {
        if wrapped {
            object.object("credentials", |object| write_credentials(object, parts))
        } else {
            write_credentials(object, parts)
        }
    })
}

fn write_credentials(object: &mut Object<'_>, parts: &Parts<'_>) -> Result<(), ExportError> {
    object.text("clientid", parts.get(Part::ClientId)?);
    let kind = match parts.proof {
        ProofText::ClientSecret(secret) => {
            object.text("clientsecret", secret);
            "binding-secret"
        }
        ProofText::Certificate { chain, key } => {
            object.text("certificate", chain.pem.as_str());
            object.text("key", key);
            object.text("certurl", parts.cert_base()?);
            "x509"
        }
    };
    object.text("credential-type", kind);
    object.text("url", token_base(parts)?);
    // The one place in a service key where another URL of the same service may stand.
    let own = parts.extra.find(ENDPOINTS).and_then(object_members);
    if let (Some(url), None) = (parts.url, &own) {
        write_endpoints(object, url, &Members::default())?;
    }
    for member in parts.extra.beside(&["credential-type"]) {
        match (member.name.as_str() == ENDPOINTS, parts.url, &own) {
            (true, Some(url), Some(own)) => write_endpoints(object, url, own)?,
            // A text of that name has no room for the URL that a connection needs.
            (true, Some(_), None) => {}
            (true, None, _) | (false, _, _) => object.member(member.key, member.value),
        }
    }
    if parts.extra.hidden().is_some() {
        object.extras(&parts.extra, &[]);
    }
    Ok(())
}

const ENDPOINTS: &str = "endpoints";
const PORTAL_ENDPOINT: &str = "apiportal";

fn write_endpoints(object: &mut Object<'_>, url: &str, others: &Members<'_>) -> Result<(), ExportError> {
    object.object(ENDPOINTS, |endpoints| {
        endpoints.text(PORTAL_ENDPOINT, url);
        for member in others.0.iter().filter(|member| member.name.as_str() != PORTAL_ENDPOINT) {
            endpoints.member(member.key, member.value);
        }
        Ok(())
    })
}

/// The token host, to which a client appends the path itself.
fn token_base<'a>(parts: &Parts<'a>) -> Result<&'a str, ExportError> {
    match (parts.token_url, parts.proof) {
        (Some(url), _) => match split_token_path(url) {
            (_, 0) => Err(ExportError::TokenPath(Part::TokenUrl)),
            (base, _) => Ok(base),
        },
        (None, ProofText::Certificate { .. }) => parts.cert_base(),
        (None, ProofText::ClientSecret(_)) => Err(ExportError::MissingPart(Part::TokenUrl)),
    }
}
