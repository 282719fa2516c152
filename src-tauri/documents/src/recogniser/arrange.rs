//! Finds the parts in an object, wherever its shape has them.

mod announcement;
mod destination;
mod flat;
mod messaging;
mod nested;

use super::{arrangement::Arrangement, keyed::Keyed};
use crate::{
    Shape, Syntax,
    tree::{Node, Value},
};

/// Finds the parts of an object. More than one arrangement means more than one set of credentials; none, that there is
/// nothing in it that belongs to credentials.
pub(super) fn arrange(node: &Node, syntax: Syntax) -> Vec<Arrangement<'_>> {
    let keys = Keyed::of(node);
    if let Some(configuration) = keys.object("destinationconfiguration") {
        let certificates = keys.find("certificates").map(|member| &member.value);
        let mut arrangement = destination::arrange(&Keyed::of(&configuration.value), certificates);
        arrangement.nested = true;
        return vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect();
    }
    if keys.has("authentication") && (keys.has("url") || keys.has("type")) {
        let arrangement = destination::arrange(&keys, None);
        return vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect();
    }
    let flat_proof = ["clientsecret", "certificate"].into_iter().any(|key| keys.has(key));
    if !flat_proof {
        if let Some(list) = keys.find("messaging") {
            let found = messaging::arrange(&keys, list);
            if !found.is_empty() {
                return found;
            }
        }
        for (key, shape) in [
            ("oauth", Shape::CloudIntegration),
            ("uaa", Shape::ReuseService),
            ("xsuaa", Shape::ReuseService),
            ("oa2", Shape::EventMesh),
        ] {
            let inner = keys.object(key);
            if let Some(arrangement) = inner.map(|inner| nested::arrange(&keys, inner, shape))
                && arrangement.is_credential_like()
            {
                return vec![arrangement];
            }
        }
    }
    vec![flat::arrange(&keys, syntax)].into_iter().filter(Arrangement::is_credential_like).collect()
}

/// Whether an object holds the parameters by which service keys are created, and where that shows.
pub(super) fn find_creation_parameters(node: &Node) -> Option<usize> {
    let keys = Keyed::of(node);
    let member = keys.members.iter().find(|(key, member)| match (key.as_str(), &member.value.value) {
        ("credentialtype" | "role", Value::Text(_)) | ("x509", Value::Object(_)) | ("roles", Value::List(_)) => true,
        ("xsuaa", Value::Object(_)) => find_creation_parameters(&member.value).is_some(),
        _ => false,
    });
    member.map(|(_, member)| member.key_at)
}
