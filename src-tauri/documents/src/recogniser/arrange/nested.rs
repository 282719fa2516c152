//! Credentials below a key of the object.

use std::collections::HashSet;

use super::announcement::{announced, find_announcement, rename_url};
use crate::{
    Part, Shape,
    recogniser::{
        arrangement::{Arrangement, Given, Rest},
        keyed::{Keyed, Left, holds},
    },
    tree::{Member, Node},
};

/// Credentials under `uaa`, `oauth` or `oa2`, with the service's own URL beside them or among them.
pub(super) fn arrange<'a>(outer: &Keyed<'a>, inner: &'a Member, shape: Shape) -> Arrangement<'a> {
    let keys = Keyed::of(&inner.value);
    let mut given = keys.given();
    let token_host = !given.iter().any(|given| given.part == Part::TokenUrl);
    if token_host {
        rename_url(&mut given);
    }
    let mut taken = Vec::new();
    let mut left = Vec::new();
    if !given.iter().any(|given| given.part == Part::Url) {
        let direct = ["url", "apiportalurl", "uri", "smurl"].into_iter().find_map(|key| outer.find(key));
        if let Some(member) = direct {
            given.push(Given::of(Part::Url, member));
            taken.push(member);
        } else if let Some(endpoints) = outer.find("endpoints") {
            let portal = Keyed::of(&endpoints.value).object_or_text("apiportal");
            if let Some(portal) = portal {
                given.push(Given::of(Part::Url, portal));
                let others = Keyed::of(&endpoints.value).rest(&[portal]);
                left.push(Left { of: endpoints, rest: Rest::Object(&endpoints.key, others) });
            } else if let Some(node) = find_first_https(&endpoints.value) {
                given.push(Given { part: Part::Url, key_at: node.at, node });
            }
        }
    }
    // Parts beside the nested ones that the nested ones do not have: a certificate next to `oauth`, say.
    let mut known: HashSet<Part> = given.iter().map(|given| given.part).collect();
    for (other, member) in outer.parts() {
        if other.part != Part::Url && known.insert(other.part) {
            given.push(other);
            taken.push(member);
        }
    }
    let announced = announced(&keys);
    let is_certificate = given.iter().any(|given| given.part == Part::Certificate);
    let announcement = find_announcement(&keys, is_certificate);
    left.push(Left { of: inner, rest: Rest::Object(&inner.key, keys.rest(announcement.as_slice())) });
    // The service's own URL is kept where the nested credentials have one.
    let used: HashSet<*const Node> = given.iter().map(|given| std::ptr::from_ref(given.node)).collect();
    let is_used = |member: &Member| holds(&taken, member) || used.contains(&std::ptr::from_ref(&member.value));
    let rest = outer.collect_rest(left, |_, member| is_used(member));
    Arrangement { shape, entry: None, nested: true, given, token_host, announced, keystore: None, rest }
}

/// The first https URL among the values, or one level below.
fn find_first_https(node: &Node) -> Option<&Node> {
    let is_https = |node: &Node| node.text().is_some_and(|text| text.trim_start().starts_with("https://"));
    let all = || node.members().iter().map(|member| &member.value);
    let below = || all().flat_map(|node| node.members()).map(|member| &member.value);
    all().find(|node| is_https(node)).or_else(|| below().find(|node| is_https(node)))
}
