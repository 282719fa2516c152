//! Connection API Credentials of PingOne SSO for SaaS Apps: a client id and a secret, for HTTP Basic.

use messages::{Language, Message, message};

use super::{
    curl::write_option,
    environment::find_quote,
    json::Object,
    parts::{DOTS, text_of},
    sink::Sink,
};
use crate::{ExportError, Part, Preview, SecretBytes};

/// A format that Connection API Credentials can be exported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConnectionApiFormat {
    /// `clientId` and `clientSecret`.
    Json,
    /// An environment file.
    Environment,
    /// A `curl` script that asks for a connection.
    Curl,
}

/// Whom an export is about.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionApiClient<'a> {
    /// The client id.
    pub id: &'a str,
    /// Whether it was made here, for practice, so that PingOne does not know it. The export says so.
    pub is_local: bool,
}

impl ConnectionApiFormat {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::Json, Self::Environment, Self::Curl];

    /// Stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Environment => "env",
            Self::Curl => "curl",
        }
    }

    /// What it is called in a menu.
    pub fn name(self, language: Language) -> &'static str {
        self.message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn message(self) -> Message {
        match self {
            Self::Json => message!("format-json"),
            Self::Environment => message!("format-environment"),
            Self::Curl => message!("format-curl"),
        }
    }

    /// The format of a [`Self::code`].
    pub fn find_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The ending of its file, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Environment => "env",
            Self::Curl => "sh",
        }
    }

    /// Writes the credentials.
    pub fn render(self, client: ConnectionApiClient<'_>, secret: &SecretBytes) -> Result<SecretBytes, ExportError> {
        let secret = text_of(secret).ok_or(ExportError::Unwritable(Part::ClientSecret))?;
        Sink::collect(|sink| self.write(sink, client, &secret))
    }

    /// What [`Self::render`] would write, with the secret hidden.
    pub fn preview(self, client: ConnectionApiClient<'_>) -> Result<Preview, ExportError> {
        let text = Sink::collect(|sink| self.write(sink, client, DOTS))?;
        // EXPOSE: no secret is in it.
        Ok(Preview { name: String::new(), text: String::from_utf8_lossy(text.expose()).into_owned() })
    }

    fn write(self, sink: &mut Sink, client: ConnectionApiClient<'_>, secret: &str) -> Result<(), ExportError> {
        let ConnectionApiClient { id: client_id, is_local } = client;
        match self {
            Self::Json => Object::document(sink, |object| {
                object.text("clientId", client_id);
                object.text("clientSecret", secret);
                if is_local {
                    object.text("kind", "local");
                }
                Ok(())
            }),
            Self::Environment => {
                if is_local {
                    sink.push(LOCAL);
                }
                write_variable(sink, "PINGONE_CLIENT_ID", client_id, Part::ClientId)?;
                write_variable(sink, "PINGONE_CLIENT_SECRET", secret, Part::ClientSecret)
            }
            Self::Curl => write_script(sink, client, secret),
        }
    }
}

/// A line of comment in an export of local credentials.
const LOCAL: &str = "# Local: made in Drawbridge for practice. PingOne does not know these credentials.\n";

fn write_variable(sink: &mut Sink, name: &str, value: &str, part: Part) -> Result<(), ExportError> {
    let quote = find_quote(value).ok_or(ExportError::Unwritable(part))?;
    for text in [name, "=", quote, value, quote, "\n"] {
        sink.push(text);
    }
    Ok(())
}

/// Basic as in RFC 7617: id and secret as they are, unlike those of an OAuth client (RFC 6749 §2.3.1).
fn write_script(sink: &mut Sink, client: ConnectionApiClient<'_>, secret: &str) -> Result<(), ExportError> {
    let ConnectionApiClient { id: client_id, is_local } = client;
    sink.push("#!/bin/sh\n");
    if is_local {
        sink.push(LOCAL);
    }
    sink.push(concat!(
        "# Asks PingOne for the connection of an identity provider (Customer Connection API). Its id is the one argument.\n",
        "# The secret reaches curl through standard input, so it never stands in the list of processes.\n",
        "if [ $# -ne 1 ]; then\n",
        "  echo \"usage: $0 IDP_ID\" >&2\n",
        "  exit 2\n",
        "fi\n",
        "url=\"${PINGONE_URL:-https://admin.pingone.com}/web-portal/rest/saas/idp/2.0/spManaged/$1\"\n",
        "curl --fail-with-body --silent --show-error --globoff --basic --config - -- \"$url\" <<'END'\n",
    ));
    write_option(sink, "user", &format!("{client_id}:"), secret, Part::ClientSecret)?;
    sink.push("END\n");
    Ok(())
}
