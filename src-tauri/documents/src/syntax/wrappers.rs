//! Takes off what services and command lines put around credentials.

mod kubernetes;
mod naming;
mod object;
mod services;
mod wrapped;

use self::{
    object::take,
    wrapped::{Opened, Wrapped},
};
use super::{
    binding::{Binding, Defect, Origin},
    json,
};
use crate::{
    FindingKind, Wrapper,
    tree::{Node, Value},
};

pub(super) use self::{naming::name_apart, object::is_plain_name};

/// How often JSON stands inside of JSON strings at most.
const MAX_STRINGS: usize = 3;

/// Collects the bindings under `node`. `path` says where it stands; it is the name of what has none of its own.
pub(super) fn collect(node: Node, wrappers: &[Wrapper], path: &str, bindings: &mut Vec<Binding>) -> Result<(), Defect> {
    collect_wrapped(Wrapped { node, wrappers: wrappers.to_vec(), name: path.to_owned() }, bindings)
}

/// Collects the bindings under `VCAP_SERVICES`, which may be an object or its text.
pub(super) fn collect_vcap_services(
    node: Node,
    wrappers: &[Wrapper],
    bindings: &mut Vec<Binding>,
) -> Result<(), Defect> {
    collect(node, &[wrappers, &[Wrapper::VcapServices]].concat(), "", bindings)
}

fn collect_wrapped(wrapped: Wrapped, bindings: &mut Vec<Binding>) -> Result<(), Defect> {
    match open(wrapped)? {
        Opened::Binding(Wrapped { node, wrappers, name }) => bindings.push(Binding { name, wrappers, node }),
        Opened::Inside(all) => {
            for inside in all {
                collect_wrapped(inside, bindings)?;
            }
        }
    }
    Ok(())
}

/// Takes off the outermost wrapper.
fn open(mut wrapped: Wrapped) -> Result<Opened, Defect> {
    if wrapped.node.text().is_some_and(json::looks_like_json) {
        return open_string(&wrapped);
    }
    if let Value::List(elements) = wrapped.node.value {
        return Ok(services::open_list(elements, &wrapped.wrappers, &wrapped.name));
    }
    if kubernetes::is_secret(&wrapped.node) {
        return Ok(kubernetes::open(wrapped));
    }
    if let Some(found) = take(&mut wrapped.node, |member| *member.key == "VCAP_SERVICES") {
        return Ok(Opened::Inside(vec![Wrapped {
            name: String::new(),
            ..wrapped.inside(found, Wrapper::VcapServices)
        }]));
    }
    if services::is_application_alone(&wrapped.node) {
        return Ok(Opened::Inside(Vec::new()));
    }
    if let Some(credentials) = take(&mut wrapped.node, services::is_credentials) {
        return Ok(services::open_credentials(&wrapped, credentials));
    }
    if let Some(items) = services::take_items(&mut wrapped.node) {
        return Ok(Opened::Inside(vec![Wrapped { node: items, ..wrapped }]));
    }
    if services::is_service_list(&wrapped.node) {
        return Ok(services::open_services(wrapped));
    }
    Ok(match wrapped.node.value {
        Value::Object(_) => Opened::Binding(wrapped),
        Value::Text(_) | Value::List(_) | Value::Scalar(_) => Opened::Inside(Vec::new()),
    })
}

/// The JSON in a text. It must not be endless strings inside of strings.
fn open_string(wrapped: &Wrapped) -> Result<Opened, Defect> {
    let at = wrapped.node.at;
    if wrapped.wrappers.iter().filter(|wrapper| **wrapper == Wrapper::JsonInString).count() >= MAX_STRINGS {
        return Err(Defect { at, kind: FindingKind::TooDeep });
    }
    let node = json::parse(wrapped.node.text().unwrap_or_default(), Origin::Inside(at))?;
    Ok(Opened::Inside(vec![wrapped.inside(node, Wrapper::JsonInString)]))
}
