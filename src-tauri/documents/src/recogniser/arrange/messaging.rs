//! Event Mesh: a list with credentials for each protocol.

use zeroize::Zeroizing;

use super::nested;
use crate::{
    Shape,
    recogniser::{
        arrangement::{Arrangement, Rest},
        keyed::{Keyed, Left, holds},
    },
    tree::{Member, Node, Value},
};

/// The entries of Event Mesh: one set of credentials for each protocol, usually the same.
pub(super) fn arrange<'a>(outer: &Keyed<'a>, list: &'a Member) -> Vec<Arrangement<'a>> {
    let entries: &[Node] = match &list.value.value {
        Value::List(entries) => entries,
        Value::Object(_) => std::slice::from_ref(&list.value),
        Value::Text(_) | Value::Scalar(_) => &[],
    };
    let with_credentials: Vec<(usize, Keyed<'a>, &'a Member)> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let keys = Keyed::of(entry);
            let oa2 = keys.object("oa2")?;
            Some((index, keys, oa2))
        })
        .collect();
    let Some((_, first_keys, first)) = with_credentials.first() else { return Vec::new() };
    let with_others = |entries| outer.rest_with(&[], vec![Left { of: list, rest: Rest::List(&list.key, entries) }]);
    let same = with_credentials.iter().all(|(_, _, other)| has_same_credentials(&first.value, &other.value));
    if !same {
        return with_credentials
            .iter()
            .map(|(index, keys, oa2)| {
                let mut arrangement = nested::arrange(keys, oa2, Shape::EventMesh);
                arrangement.entry = Some(*index);
                arrangement.rest = with_others(vec![std::mem::take(&mut arrangement.rest)]);
                arrangement
            })
            .filter(Arrangement::is_credential_like)
            .collect();
    }
    // The protocol over https is the one that a token serves without a library of its own.
    let is_https = |keys: &Keyed<'_>| keys.text("uri").is_some_and(|uri| uri.trim_start().starts_with("https://"));
    let chosen = with_credentials.iter().position(|(_, keys, _)| is_https(keys)).unwrap_or(0);
    let (keys, oa2) = with_credentials.get(chosen).map_or((first_keys, first), |(_, keys, oa2)| (keys, oa2));
    let mut arrangement = nested::arrange(keys, oa2, Shape::EventMesh);
    let mut own = Some(std::mem::take(&mut arrangement.rest));
    let mut all = Vec::new();
    for (index, (_, keys, oa2)) in with_credentials.iter().enumerate() {
        if index == chosen {
            all.extend(own.take());
        } else {
            all.push(keys.collect_rest(Vec::new(), |_, member| holds(&[oa2], member)));
        }
    }
    arrangement.rest = with_others(all);
    vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect()
}

fn has_same_credentials(one: &Node, other: &Node) -> bool {
    let texts = |node: &'_ Node| {
        let keys = Keyed::of(node);
        let text = |key: &str| keys.text(key).map(|text| Zeroizing::new(text.to_owned()));
        ["clientid", "clientsecret", "tokenendpoint", "certificate", "key"].map(text)
    };
    texts(one) == texts(other)
}
