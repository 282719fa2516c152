//! What is asked of an object on the way to the credentials in it.

use zeroize::Zeroizing;

use crate::{
    Part,
    tree::{Member, Node, Value},
};

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

pub(in crate::syntax) fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " ._-".contains(c);
    (1..=60).contains(&name.len()) && name.chars().all(plain) && !name.trim().is_empty()
}

/// A text at the place of another node.
pub(super) fn text_node(at: usize, text: Zeroizing<String>) -> Node {
    Node { at, value: Value::Text(text) }
}
