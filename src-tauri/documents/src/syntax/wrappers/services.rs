//! Bindings of Cloud Foundry: under `credentials`, in lists, under the label of their service.

use super::{
    object::{find_name, has_parts, is_plain_name, take},
    wrapped::{Opened, Wrapped},
};
use crate::{
    Wrapper,
    syntax::json,
    tree::{Member, Node, Value},
};

/// Whether an object says only which application it is.
pub(super) fn is_application_alone(node: &Node) -> bool {
    matches!(node.members(), [Member { key, .. }] if **key == "VCAP_APPLICATION")
}

pub(super) fn open_credentials(binding: &Wrapped, credentials: Node) -> Opened {
    let mut inside = binding.inside(credentials, Wrapper::Credentials);
    if let Some(own) = find_name(&binding.node) {
        own.clone_into(&mut inside.name);
    }
    Opened::Inside(vec![inside])
}

pub(super) fn open_list(elements: Vec<Node>, wrappers: &[Wrapper], path: &str) -> Opened {
    Opened::Inside(open_elements(elements, wrappers, path))
}

fn open_elements(elements: Vec<Node>, wrappers: &[Wrapper], path: &str) -> Vec<Wrapped> {
    let wrappers = [wrappers, &[Wrapper::ServiceList]].concat();
    let open = |(index, node): (usize, Node)| {
        let name = find_name(&node).map_or_else(|| format!("{path}[{index}]"), str::to_owned);
        Wrapped { node, wrappers: wrappers.clone(), name }
    };
    elements.into_iter().enumerate().map(open).collect()
}

/// `{label: [{credentials}]}`.
pub(super) fn open_services(services: Wrapped) -> Opened {
    let Wrapped { node, wrappers, name: _ } = services;
    let members = match node.value {
        Value::Object(members) => members,
        Value::Text(_) | Value::List(_) | Value::Scalar(_) => Vec::new(),
    };
    let mut inside = Vec::new();
    for service in members {
        if let Value::List(elements) = service.value.value {
            let label = if is_plain_name(&service.key) { service.key.as_str() } else { "" };
            inside.extend(open_elements(elements, &wrappers, label));
        }
    }
    Opened::Inside(inside)
}

/// Takes the list out of what programs answer that list bindings: `{"num_items": 1, "items": [ … ]}`.
pub(super) fn take_items(node: &mut Node) -> Option<Node> {
    if is_list_of_items(node) { take(node, |member| *member.key == "items") } else { None }
}

pub(super) fn is_service_list(node: &Node) -> bool {
    let lists_bindings = |member: &Member| match &member.value.value {
        Value::List(elements) => elements.iter().any(|element| element.members().iter().any(is_credentials)),
        Value::Text(_) | Value::Object(_) | Value::Scalar(_) => false,
    };
    node.members().iter().any(lists_bindings) && !has_parts(node)
}

fn is_list_of_items(node: &Node) -> bool {
    let is_list = |member: &Member| *member.key == "items" && matches!(member.value.value, Value::List(_));
    node.members().iter().any(is_list) && !has_parts(node)
}

pub(super) fn is_credentials(member: &Member) -> bool {
    let holds_object = match &member.value.value {
        Value::Object(_) => true,
        Value::Text(text) => json::looks_like_json(text),
        Value::List(_) | Value::Scalar(_) => false,
    };
    *member.key == "credentials" && holds_object
}
