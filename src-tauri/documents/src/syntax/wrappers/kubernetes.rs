//! Kubernetes Secrets, as YAML or JSON: `data` in base64, `stringData` plain.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::{
    object::{find_name, has_parts, is_plain_name, take, text_node},
    wrapped::{Opened, Wrapped},
};
use crate::{
    Part, Wrapper, base64_text,
    syntax::{binding::Origin, json},
    tree::{Member, Node, Value},
};

/// Whether an object is a Secret.
pub(super) fn is_secret(node: &Node) -> bool {
    let kind = node.members().iter().find(|member| *member.key == "kind").and_then(|member| member.value.text());
    kind == Some("Secret") && node.members().iter().any(is_data)
}

fn is_data(member: &Member) -> bool {
    matches!(member.key.as_str(), "data" | "stringData") && matches!(member.value.value, Value::Object(_))
}

/// Opens a Secret: what it holds are its values, or what is JSON in one of them.
pub(super) fn open(mut secret: Wrapped) -> Opened {
    let metadata = take(&mut secret.node, |member| *member.key == "metadata");
    if let Some(own) = metadata.as_ref().and_then(find_name) {
        own.clone_into(&mut secret.name);
    }
    let members = read_members(&mut secret.node);
    let object = secret.inside(Node { at: secret.node.at, value: Value::Object(members) }, Wrapper::KubernetesSecret);
    // SAP's service operator writes the whole binding as JSON under a key that the user names.
    let is_binding = |member: &Member| {
        matches!(member.value.value, Value::Object(_)) && !is_nested(member) && !member.key.starts_with('.')
    };
    let members = object.node.members();
    if has_parts(&object.node) || !members.iter().any(is_binding) || members.iter().any(is_nested) {
        return Opened::Binding(object);
    }
    let Wrapped { node, wrappers, name } = object;
    let wrappers = [wrappers.as_slice(), &[Wrapper::JsonInString]].concat();
    let found: Vec<Member> = into_members(Some(node)).into_iter().filter(is_binding).collect();
    let several = found.len() > 1;
    let open = |member: Member| {
        let key = if is_plain_name(&member.key) { member.key.as_str() } else { "" };
        let name = if several { format!("{name}.{key}") } else { name.clone() };
        Wrapped { node: member.value, wrappers: wrappers.clone(), name }
    };
    Opened::Inside(found.into_iter().map(open).collect())
}

fn is_nested(member: &Member) -> bool {
    matches!(member.value.value, Value::Object(_)) && matches!(member.key.as_str(), "uaa" | "oauth" | "oa2")
}

/// The values of a Secret as plain text. `stringData` outranks `data`, as it does in Kubernetes.
fn read_members(secret: &mut Node) -> Vec<Member> {
    let plain = into_members(take(secret, |member| *member.key == "stringData"));
    let encoded = into_members(take(secret, |member| *member.key == "data"));
    let keys: HashSet<&str> = plain.iter().map(|member| member.key.as_str()).collect();
    let mut read: Vec<Member> =
        encoded.into_iter().filter(|member| !keys.contains(member.key.as_str())).map(decode).collect();
    read.extend(plain);
    read.into_iter().map(read_json).collect()
}

fn into_members(node: Option<Node>) -> Vec<Member> {
    match node.map(|node| node.value) {
        Some(Value::Object(members)) => members,
        Some(Value::Text(_) | Value::List(_) | Value::Scalar(_)) | None => Vec::new(),
    }
}

/// What is no base64 of a text stays as it is: a placeholder is told by what it says.
fn decode(member: Member) -> Member {
    let Some(decoded) = member.value.text().and_then(decode_text) else { return member };
    Member { value: text_node(member.value.at, decoded), ..member }
}

fn decode_text(encoded: &str) -> Option<Zeroizing<String>> {
    let text = base64_text::decode_text(encoded)?;
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).then_some(text)
}

/// A value that is JSON becomes what it says; the service operator writes objects like that. A part of credentials is a
/// text, whatever it looks like.
fn read_json(member: Member) -> Member {
    let read = member
        .value
        .text()
        .filter(|_| Part::of_key(&member.key).is_none())
        .filter(|text| json::looks_like_json(text))
        .and_then(|text| json::parse(text, Origin::Inside(member.value.at)).ok());
    match read {
        Some(node) => Member { value: node, ..member },
        None => member,
    }
}
