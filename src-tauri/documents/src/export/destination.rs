//! BTP destinations: the same members as JSON, YAML or properties.

use super::{
    json::Object,
    parts::{Parts, ProofText, Text},
    properties,
    sink::Sink,
    yaml,
};
use crate::{ExportError, Part};

/// How a destination is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Yaml,
    Properties,
}

impl Syntax {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Properties => "properties",
        }
    }
}

/// The keystore beside a destination with a certificate.
pub(super) struct KeyStore<'a> {
    pub file_name: String,
    /// Of a PKCS#12 container.
    pub password: Option<Text<'a>>,
}

pub(super) fn write(
    sink: &mut Sink,
    syntax: Syntax,
    name: &str,
    parts: &Parts<'_>,
    key_store: Option<&KeyStore<'_>>,
) -> Result<(), ExportError> {
    let endpoint = parts.token_endpoint()?;
    let mut members: Vec<(&'static str, Text<'_>)> = vec![
        ("Name", name.into()),
        ("Type", "HTTP".into()),
        ("URL", parts.get(Part::Url)?),
        ("ProxyType", "Internet".into()),
        ("Authentication", "OAuth2ClientCredentials".into()),
        ("clientId", parts.get(Part::ClientId)?),
    ];
    if let ProofText::ClientSecret(secret) = parts.proof {
        members.push(("clientSecret", secret));
    }
    members.push(("tokenServiceURL", endpoint.as_str().into()));
    members.push(("tokenServiceURLType", "Dedicated".into()));
    if let Some(key_store) = key_store {
        members.push(("tokenService.KeyStoreLocation", key_store.file_name.as_str().into()));
        if let Some(password) = key_store.password {
            members.push(("tokenService.KeyStorePassword", password));
        }
    }
    match syntax {
        Syntax::Json => Object::document(sink, |object| {
            for (key, value) in members {
                object.text(key, value);
            }
            Ok(())
        }),
        Syntax::Yaml => {
            let members = members.into_iter().map(|(key, value)| (key, yaml::Value::Text(value.text))).collect();
            yaml::write(sink, &yaml::Value::Object(members));
            Ok(())
        }
        Syntax::Properties => {
            for (key, value) in members {
                properties::write(sink, key, value);
            }
            Ok(())
        }
    }
}
