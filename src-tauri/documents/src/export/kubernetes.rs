//! Kubernetes Secrets.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{
    extra,
    parts::{DOTS, Parts, Text},
    sink::Sink,
    yaml::{self, Value},
};
use crate::{ExportError, Part};

const fn key(part: Part) -> &'static str {
    match part {
        Part::Url => "url",
        Part::TokenUrl => "token_url",
        Part::CertUrl => "cert_url",
        Part::ClientId => "client_id",
        Part::ClientSecret => "client_secret",
        Part::Certificate => "certificate",
        Part::PrivateKey => "key",
    }
}

pub(super) fn write(sink: &mut Sink, name: &str, parts: &Parts<'_>) -> Result<(), ExportError> {
    let name = derive_name(name);
    let mut data: Vec<(&str, Zeroizing<String>)> = Vec::new();
    for part in Part::ALL {
        if let Some(Text { text, hidden }) = parts.find(part) {
            // A preview that encodes the dots would look like a secret.
            let value = if hidden { Zeroizing::new(DOTS.to_owned()) } else { encode(text) };
            data.push((key(part), value));
        }
    }
    for member in parts.extra.beside(&[]).filter(|member| is_key(&member.name)) {
        let text = extra::text_of(member.value);
        data.push((&member.name, encode(text.as_ref().map_or(member.value.get(), |text| text.as_str()))));
    }
    let data = data.iter().map(|(key, value)| (*key, Value::Text(value.as_str()))).collect();
    let secret = Value::Object(vec![
        ("apiVersion", Value::Text("v1")),
        ("kind", Value::Text("Secret")),
        ("metadata", Value::Object(vec![("name", Value::Text(&name))])),
        ("type", Value::Text("Opaque")),
        ("data", Value::Object(data)),
    ]);
    yaml::write(sink, &secret);
    if let Some(words) = parts.extra.hidden() {
        sink.push("  # ");
        sink.push(words);
        sink.push("\n");
    }
    Ok(())
}

/// A name as Kubernetes demands it: a DNS subdomain (RFC 1123) in lower case.
fn derive_name(name: &str) -> String {
    const MAX_LENGTH: usize = 253;
    let lower = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let name: String = lower.take(MAX_LENGTH).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "credentials".to_owned() } else { name.to_owned() }
}

/// Whether Kubernetes takes it as a key of a Secret.
fn is_key(key: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    !key.is_empty() && key.len() <= 253 && key != "." && !key.starts_with("..") && key.chars().all(allowed)
}

fn encode(text: &str) -> Zeroizing<String> {
    // Of its final length, so that it never moves.
    let mut encoded = Zeroizing::new(String::with_capacity(text.len().div_ceil(3) * 4));
    STANDARD.encode_string(text, &mut encoded);
    encoded
}
