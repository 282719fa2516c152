//! Takes off what services and command lines put around credentials.

use std::collections::{HashMap, HashSet};

use zeroize::Zeroizing;

use super::{Binding, Defect, Origin, json, kubernetes};
use crate::{
    FindingKind, Part, Wrapper,
    tree::{Member, Node, Value},
};

/// How often JSON stands inside of JSON strings at most.
const MAX_STRINGS: usize = 3;

/// Collects the bindings under `node`. `path` says where it stands; it is the name of what has none of its own.
pub(super) fn collect(
    mut node: Node,
    wrappers: &[Wrapper],
    path: &str,
    bindings: &mut Vec<Binding>,
) -> Result<(), Defect> {
    if let Some(text) = node.text().filter(|text| json::looks_like_json(text)) {
        let inside = [wrappers, &[Wrapper::JsonInString]].concat();
        return collect(read_string(text, node.at, &inside)?, &inside, path, bindings);
    }
    if let Value::List(elements) = node.value {
        return collect_list(elements, wrappers, path, bindings);
    }
    if kubernetes::is_secret(&node) {
        return kubernetes::collect(node, wrappers, path, bindings);
    }
    if let Some(services) = take(&mut node, |member| *member.key == "VCAP_SERVICES") {
        return collect_vcap_services(services, wrappers, bindings);
    }
    if let [Member { key, .. }] = node.members()
        && **key == "VCAP_APPLICATION"
    {
        return Ok(());
    }
    if let Some(credentials) = take(&mut node, is_credentials) {
        let own = find_name(&node).map(str::to_owned);
        let wrappers = [wrappers, &[Wrapper::Credentials]].concat();
        return collect(credentials, &wrappers, own.as_deref().unwrap_or(path), bindings);
    }
    if is_list_of_items(&node)
        && let Some(items) = take(&mut node, |member| *member.key == "items")
    {
        return collect(items, wrappers, path, bindings);
    }
    if is_service_list(&node) {
        return collect_services(node, wrappers, bindings);
    }
    if matches!(node.value, Value::Object(_)) {
        bindings.push(Binding { name: path.to_owned(), wrappers: wrappers.to_vec(), node });
    }
    Ok(())
}

/// Collects the bindings under `VCAP_SERVICES`, which may be an object or its text.
pub(super) fn collect_vcap_services(
    node: Node,
    wrappers: &[Wrapper],
    bindings: &mut Vec<Binding>,
) -> Result<(), Defect> {
    collect(node, &[wrappers, &[Wrapper::VcapServices]].concat(), "", bindings)
}

/// Numbers the bindings that have the name of another.
pub(super) fn name_apart(mut bindings: Vec<Binding>) -> Vec<Binding> {
    let mut taken = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for binding in &mut bindings {
        if taken.contains(&binding.name) {
            let number = numbers.entry(binding.name.clone()).or_insert(1);
            let name = if binding.name.is_empty() { "document" } else { &binding.name };
            let mut numbered = String::new();
            while numbered.is_empty() || taken.contains(&numbered) {
                *number += 1;
                numbered = format!("{name} {number}");
            }
            binding.name = numbered;
        }
        taken.insert(binding.name.clone());
    }
    bindings
}

/// The JSON in a text. It must not be endless strings inside of strings.
fn read_string(text: &str, at: usize, wrappers: &[Wrapper]) -> Result<Node, Defect> {
    if wrappers.iter().filter(|wrapper| **wrapper == Wrapper::JsonInString).count() > MAX_STRINGS {
        return Err(Defect { at, kind: FindingKind::TooDeep });
    }
    json::parse(text, Origin::Inside(at))
}

fn collect_list(
    elements: Vec<Node>,
    wrappers: &[Wrapper],
    path: &str,
    bindings: &mut Vec<Binding>,
) -> Result<(), Defect> {
    let wrappers = [wrappers, &[Wrapper::ServiceList]].concat();
    for (index, element) in elements.into_iter().enumerate() {
        let name = find_name(&element).map_or_else(|| format!("{path}[{index}]"), str::to_owned);
        collect(element, &wrappers, &name, bindings)?;
    }
    Ok(())
}

/// `{label: [{credentials}]}`.
fn collect_services(node: Node, wrappers: &[Wrapper], bindings: &mut Vec<Binding>) -> Result<(), Defect> {
    let Value::Object(services) = node.value else { return Ok(()) };
    for service in services {
        if let Value::List(elements) = service.value.value {
            let label = if is_plain_name(&service.key) { service.key.as_str() } else { "" };
            collect_list(elements, wrappers, label, bindings)?;
        }
    }
    Ok(())
}

fn is_service_list(node: &Node) -> bool {
    let lists_bindings = |member: &Member| match &member.value.value {
        Value::List(elements) => elements.iter().any(|element| element.members().iter().any(is_credentials)),
        Value::Text(_) | Value::Object(_) | Value::Scalar(_) => false,
    };
    node.members().iter().any(lists_bindings) && !has_parts(node)
}

/// What programs answer with that list bindings: `{"num_items": 1, "items": [ … ]}`.
fn is_list_of_items(node: &Node) -> bool {
    let is_list = |member: &Member| *member.key == "items" && matches!(member.value.value, Value::List(_));
    node.members().iter().any(is_list) && !has_parts(node)
}

fn is_credentials(member: &Member) -> bool {
    let holds_object = match &member.value.value {
        Value::Object(_) => true,
        Value::Text(text) => json::looks_like_json(text),
        Value::List(_) | Value::Scalar(_) => false,
    };
    *member.key == "credentials" && holds_object
}

/// Whether parts of credentials stand in the object itself.
pub(super) fn has_parts(node: &Node) -> bool {
    node.members().iter().any(|member| Part::of_key(&member.key).is_some() && member.value.text().is_some())
}

/// Takes a member out of an object.
pub(super) fn take(node: &mut Node, wanted: impl Fn(&Member) -> bool) -> Option<Node> {
    let Value::Object(members) = &mut node.value else { return None };
    let index = members.iter().position(wanted)?;
    Some(members.remove(index).value)
}

/// What a binding calls itself. Only in this form: anything else might be no name.
pub(super) fn find_name(node: &Node) -> Option<&str> {
    ["name", "instance_name", "binding_name"]
        .into_iter()
        .filter_map(|key| node.members().iter().find(|member| *member.key == key)?.value.text())
        .find(|name| is_plain_name(name))
}

pub(super) fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " ._-".contains(c);
    (1..=60).contains(&name.len()) && name.chars().all(plain) && !name.trim().is_empty()
}

/// A text at the place of another node.
pub(super) fn text_node(at: usize, text: Zeroizing<String>) -> Node {
    Node { at, value: Value::Text(text) }
}
