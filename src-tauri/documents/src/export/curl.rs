//! A shell script by which `curl` gets an access token.

use super::{
    parts::{Parts, ProofText, Text},
    sink::Sink,
};
use crate::{ExportError, Part};

/// The PEM files beside a script with a certificate.
pub(super) struct PemFiles {
    pub chain: String,
    pub key: String,
}

pub(super) fn write(sink: &mut Sink, parts: &Parts<'_>, files: Option<&PemFiles>) -> Result<(), ExportError> {
    sink.push("#!/bin/sh\n");
    let url_part = match parts.proof {
        ProofText::ClientSecret(_) => {
            sink.push(
                "# Gets an access token. The secret reaches curl through standard input, so it never stands in the list \
                 of processes.\n",
            );
            Part::TokenUrl
        }
        ProofText::Certificate { .. } => {
            sink.push(
                "# Gets an access token with the certificate and the private key in the files beside this one.\n",
            );
            sink.push("cd -- \"$(dirname -- \"$0\")\" || exit\n");
            Part::CertUrl
        }
    };
    sink.push("curl --fail-with-body --silent --show-error --config - <<'END'\n");
    write_option(sink, "url", "", &parts.token_endpoint()?, url_part)?;
    // Brackets in a URL are part of it.
    sink.push("globoff\n");
    if let Some(files) = files {
        write_option(sink, "cert", "", &files.chain, Part::Certificate)?;
        write_option(sink, "key", "", &files.key, Part::PrivateKey)?;
    }
    sink.push("data-urlencode = \"grant_type=client_credentials\"\n");
    write_option(sink, "data-urlencode", "client_id=", parts.get(Part::ClientId)?.text, Part::ClientId)?;
    if let ProofText::ClientSecret(Text { text, .. }) = parts.proof {
        write_option(sink, "data-urlencode", "client_secret=", text, Part::ClientSecret)?;
    }
    sink.push("END\n");
    Ok(())
}

/// One line of a configuration file of `curl`. In its quotes no line of the script can equal the end mark.
pub(super) fn write_option(
    sink: &mut Sink,
    option: &str,
    prefix: &str,
    value: &str,
    part: Part,
) -> Result<(), ExportError> {
    sink.push(option);
    sink.push(" = \"");
    sink.push(prefix);
    for c in value.chars() {
        match c {
            '\\' => sink.push("\\\\"),
            '"' => sink.push("\\\""),
            '\t' => sink.push("\\t"),
            '\n' => sink.push("\\n"),
            '\r' => sink.push("\\r"),
            '\u{b}' => sink.push("\\v"),
            // Shells lose some of them, and curl has no escape for them.
            _ if c.is_ascii_control() => return Err(ExportError::Unwritable(part)),
            _ => sink.push_char(c),
        }
    }
    sink.push("\"\n");
    Ok(())
}
