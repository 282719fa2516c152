//! The members of an object by their keys, and what is left of them.

use zeroize::Zeroizing;

use super::arrangement::{Given, Rest};
use crate::{
    Part,
    tree::{Member, Node, Value, normalise_key},
};

/// The members of an object under keys whose spelling does not matter.
pub(super) struct Keyed<'a> {
    pub members: Vec<(Zeroizing<String>, &'a Member)>,
}

impl<'a> Keyed<'a> {
    pub fn of(node: &'a Node) -> Self {
        let keyed = |member: &'a Member| (Zeroizing::new(normalise_key(&member.key)), member);
        Self { members: node.members().iter().map(keyed).collect() }
    }

    /// The last member of that key, since the last one counts.
    pub fn find(&self, key: &str) -> Option<&'a Member> {
        self.members.iter().rev().find(|(own, _)| own.as_str() == key).map(|(_, member)| *member)
    }

    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.find(key)?.value.text()
    }

    pub fn object(&self, key: &str) -> Option<&'a Member> {
        self.find(key).filter(|member| matches!(member.value.value, Value::Object(_)))
    }

    pub fn parts(&self) -> impl Iterator<Item = (Given<'a>, &'a Member)> {
        self.members.iter().filter_map(|(key, member)| {
            let part = Part::of_normalised_key(key)?;
            Some((Given::of(part, member), *member))
        })
    }

    pub fn given(&self) -> Vec<Given<'a>> {
        self.parts().map(|(given, _)| given).collect()
    }

    /// The members that stand for no part and are not among `taken`.
    pub fn rest(&self, taken: &[&Member]) -> Vec<Rest<'a>> {
        self.rest_with(taken, Vec::new())
    }

    /// The same, with what is left of some members in their place.
    pub fn rest_with(&self, taken: &[&Member], left: Vec<Left<'a>>) -> Vec<Rest<'a>> {
        self.collect_rest(left, |key, member| Part::of_normalised_key(key).is_some() || holds(taken, member))
    }

    pub fn collect_rest(&self, mut left: Vec<Left<'a>>, is_used: impl Fn(&str, &'a Member) -> bool) -> Vec<Rest<'a>> {
        let mut rest = Vec::new();
        for (key, member) in &self.members {
            if let Some(index) = left.iter().position(|left| std::ptr::eq(left.of, *member)) {
                rest.extend(Some(left.swap_remove(index).rest).filter(|rest| !rest.is_empty()));
            } else if !is_used(key, member) {
                rest.push(Rest::Member(member));
            }
        }
        rest
    }

    pub fn object_or_text(&self, key: &str) -> Option<&'a Member> {
        self.find(key).filter(|member| matches!(member.value.value, Value::Object(_) | Value::Text(_)))
    }
}

/// What is left of a member of which something was taken.
pub(super) struct Left<'a> {
    pub of: &'a Member,
    pub rest: Rest<'a>,
}

pub(super) fn holds(members: &[&Member], wanted: &Member) -> bool {
    members.iter().any(|member| std::ptr::eq(*member, wanted))
}
