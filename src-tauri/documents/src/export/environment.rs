//! Environment files that a POSIX shell, python-dotenv and Node's dotenv read alike.

use super::{
    parts::{Parts, Text},
    sink::Sink,
};
use crate::{ExportError, Part};

const fn name(part: Part) -> &'static str {
    match part {
        Part::Url => "APIPORTAL_URL",
        Part::TokenUrl => "APIPORTAL_TOKEN_URL",
        Part::CertUrl => "APIPORTAL_CERT_URL",
        Part::ClientId => "APIPORTAL_CLIENT_ID",
        Part::ClientSecret => "APIPORTAL_CLIENT_SECRET",
        Part::Certificate => "APIPORTAL_CERTIFICATE",
        Part::PrivateKey => "APIPORTAL_KEY",
    }
}

pub(super) fn write(sink: &mut Sink, parts: &Parts<'_>) -> Result<(), ExportError> {
    for part in Part::ALL {
        if let Some(Text { text, .. }) = parts.find(part) {
            let quote = find_quote(text).ok_or(ExportError::Unwritable(part))?;
            sink.push(name(part));
            sink.push("=");
            sink.push(quote);
            sink.push(text);
            sink.push(quote);
            sink.push("\n");
        }
    }
    Ok(())
}

/// The quote in which all three read the text itself. They agree on few escapes, so that none is used.
pub(super) fn find_quote(text: &str) -> Option<&'static str> {
    // python-dotenv replaces ${…} in any quotes. Carriage returns become line feeds in some readers; other control
    // characters do not survive everywhere.
    if text.contains("${") || text.chars().any(|c| c.is_control() && c != '\n') {
        return None;
    }
    // Between single quotes python-dotenv reads \\ as one backslash, and it and Node take \' for a quote inside.
    if !text.contains('\'') && !text.contains("\\\\") && !text.ends_with('\\') {
        return Some("'");
    }
    (!text.contains(['"', '$', '`', '\\'])).then_some("\"")
}
