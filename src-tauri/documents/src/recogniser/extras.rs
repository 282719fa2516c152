//! What a document holds beyond the parts: kept as JSON, and named as far as vendors are known to use the names.

use std::{collections::HashMap, io, sync::LazyLock};

use super::arrangement::Rest;
use crate::{
    Extra, SecretBytes,
    tree::{Member, Node, Value, normalise_key},
};

/// Keys that the vendors use beside the parts, as they write them. Only these are repeated in a message: nobody knows what
/// another key holds.
pub(crate) const KNOWN_KEYS: [&str; 72] = [
    "apiurl",
    "appName",
    "appUrls",
    "Authentication",
    "binding_guid",
    "binding_name",
    "broker",
    "certificatedetails",
    "certificate-pinning",
    "clientx509enabled",
    "createdate",
    "credential-type",
    "Description",
    "developerId",
    "display_name",
    "endpoints",
    "expires_on",
    "granttype",
    "grant_type",
    "host",
    "identityzone",
    "identityzoneid",
    "instance_external_name",
    "instance_guid",
    "instance_id",
    "instance_name",
    "label",
    "management",
    "messaging",
    "name",
    "namespace",
    "oauth",
    "oa2",
    "orgId",
    "plan",
    "protocol",
    "ProxyType",
    "redirecturi",
    "roles",
    "saas_registry_url",
    "sap.cloud.service",
    "saasregistryappname",
    "saasregistryenabled",
    "sburl",
    "scope",
    "scopes",
    "serviceInstanceId",
    "serviceinstanceid",
    "service_instance_id",
    "subaccountid",
    "subaccountsubdomain",
    "syslog_drain_url",
    "tags",
    "tenant",
    "tenantid",
    "tenantmode",
    "tokenService.KeyStoreLocation",
    "tokenService.KeyStorePassword",
    "tokenServiceURLType",
    "token_type",
    "trustedclientidsuffix",
    "type",
    "Type",
    "uaa",
    "uaadomain",
    "uri",
    "verificationkey",
    "version",
    "volume_mounts",
    "xsappname",
    "xsmasterappname",
    "zoneid",
];

/// The names of what was kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ExtraNames {
    pub known: Vec<&'static str>,
    pub others: usize,
    /// Where the first of them stands; those that were put together have no place of their own.
    pub at: Option<usize>,
    /// Where a key stands for the second time.
    pub repeated_at: Option<usize>,
}

/// What was kept, by its names.
pub(super) fn name_extras(rest: &[Rest<'_>]) -> ExtraNames {
    let mut names = ExtraNames::default();
    collect_names(rest, &mut names);
    names
}

fn collect_names(rest: &[Rest<'_>], names: &mut ExtraNames) {
    let mut seen = HashMap::new();
    for one in rest {
        match one {
            Rest::Member(member) => {
                if seen.insert(member.key.as_str(), ()).is_some() {
                    let first = names.repeated_at.unwrap_or(member.key_at).min(member.key_at);
                    names.repeated_at = Some(first);
                    continue;
                }
                names.at = Some(names.at.unwrap_or(member.key_at).min(member.key_at));
                match find_known(&member.key) {
                    Some(known) if names.known.contains(&known) => {}
                    Some(known) => names.known.push(known),
                    None => names.others += 1,
                }
            }
            Rest::Object(_, members) => collect_names(members, names),
            Rest::List(_, entries) => entries.iter().for_each(|entry| collect_names(entry, names)),
        }
    }
}

fn find_known(key: &str) -> Option<&'static str> {
    static BY_SPELLING: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let spelled = KNOWN_KEYS.into_iter().map(|known| (normalise_key(known), known));
        KNOWN_KEYS.into_iter().map(|known| (known.to_owned(), known)).chain(spelled).collect()
    });
    let exact = BY_SPELLING.get(key);
    exact.or_else(|| BY_SPELLING.get(&normalise_key(key)).filter(|_| key.len() <= 40)).copied()
}

/// What was kept, as a JSON object. None if there is nothing.
pub(super) fn collect_extra(rest: &[Rest<'_>]) -> Option<Extra> {
    if rest.is_empty() {
        return None;
    }
    // The exact length, so that the buffer never moves and leaves no copy behind.
    let mut length = Length(0);
    write_rest(rest, &mut length).ok()?;
    let mut json = Vec::with_capacity(length.0);
    write_rest(rest, &mut json).ok()?;
    Some(Extra { json: SecretBytes::new(json) })
}

struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_rest(rest: &[Rest<'_>], out: &mut impl io::Write) -> io::Result<()> {
    fn key<'a>(rest: &Rest<'a>) -> &'a str {
        match rest {
            Rest::Member(member) => member.key.as_str(),
            Rest::Object(key, _) | Rest::List(key, _) => key,
        }
    }
    write_object(rest, key, out, |rest, out| match rest {
        Rest::Member(member) => write_node(&member.value, out),
        Rest::Object(_, members) => write_rest(members, out),
        Rest::List(_, entries) => {
            out.write_all(b"[")?;
            for (index, entry) in entries.iter().enumerate() {
                if index > 0 {
                    out.write_all(b",")?;
                }
                write_rest(entry, out)?;
            }
            out.write_all(b"]")
        }
    })
}

fn write_node(node: &Node, out: &mut impl io::Write) -> io::Result<()> {
    match &node.value {
        Value::Text(text) => write_text(text, out),
        Value::Object(members) => write_object(
            members,
            |member: &Member| member.key.as_str(),
            out,
            |member, out| write_node(&member.value, out),
        ),
        Value::List(nodes) => {
            out.write_all(b"[")?;
            for (index, node) in nodes.iter().enumerate() {
                if index > 0 {
                    out.write_all(b",")?;
                }
                write_node(node, out)?;
            }
            out.write_all(b"]")
        }
        Value::Scalar(scalar) => {
            let scalar = scalar.trim();
            match scalar {
                "" | "~" => out.write_all(b"null"),
                "true" | "false" | "null" => out.write_all(scalar.as_bytes()),
                // YAML writes numbers in more ways than JSON does.
                _ if serde_json::from_str::<&serde_json::value::RawValue>(scalar)
                    .is_ok_and(|raw| raw.get().bytes().all(|byte| b"0123456789+-.eE".contains(&byte))) =>
                {
                    out.write_all(scalar.as_bytes())
                }
                _ => write_text(scalar, out),
            }
        }
    }
}

/// Writes an object. Of a key that comes twice, the last one counts.
fn write_object<'a, M, W: io::Write>(
    members: &'a [M],
    key: impl Fn(&'a M) -> &'a str,
    out: &mut W,
    write: impl Fn(&'a M, &mut W) -> io::Result<()>,
) -> io::Result<()> {
    let last: HashMap<&str, usize> = members.iter().enumerate().map(|(index, member)| (key(member), index)).collect();
    out.write_all(b"{")?;
    let mut first = true;
    for (index, member) in members.iter().enumerate() {
        if last.get(key(member)) != Some(&index) {
            continue;
        }
        if !std::mem::take(&mut first) {
            out.write_all(b",")?;
        }
        write_text(key(member), out)?;
        out.write_all(b":")?;
        write(member, out)?;
    }
    out.write_all(b"}")
}

fn write_text(text: &str, out: &mut impl io::Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}
