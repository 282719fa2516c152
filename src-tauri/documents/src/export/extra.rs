//! Members that no connection needs: passed on as they are, never in the place of a member that a format writes itself.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{Extra, Part, tree::normalise_key};

/// The further members of a document.
pub(super) enum Extras<'a> {
    None,
    /// There are some; a preview shows these words in their place.
    Hidden(&'static str),
    Members(Members<'a>),
}

impl<'a> Extras<'a> {
    pub fn of(extra: &'a Extra) -> Self {
        // EXPOSE: the export that the user asked for holds the whole document. It is an object by contract; anything else
        // has no members to pass on.
        let members = serde_json::from_slice::<Members<'a>>(extra.json.expose()).unwrap_or_default();
        if members.0.is_empty() { Self::None } else { Self::Members(members) }
    }

    /// The members that may stand beside those in `taken`.
    pub fn beside(&self, taken: &[&str]) -> impl Iterator<Item = &Member<'a>> {
        let members = match self {
            Self::None | Self::Hidden(_) => &[],
            Self::Members(members) => members.0.as_slice(),
        };
        let taken: Vec<String> = taken.iter().map(|key| normalise_key(key)).collect();
        // A reader that takes any spelling would find a part twice.
        members
            .iter()
            .filter(move |member| Part::of_key(&member.name).is_none() && !taken.contains(&member.plain_key()))
    }

    /// The value of the first member of that name.
    pub fn find(&self, name: &str) -> Option<&'a RawValue> {
        self.beside(&[]).find(|member| member.name.as_str() == name).map(|member| member.value)
    }

    /// The words that stand in place of hidden members.
    pub const fn hidden(&self) -> Option<&'static str> {
        match self {
            Self::Hidden(words) => Some(words),
            Self::None | Self::Members(_) => None,
        }
    }
}

/// A member as it stands in the document.
pub(super) struct Member<'a> {
    /// The key without its quotes and escapes.
    pub name: Zeroizing<String>,
    /// The key as it is written.
    pub key: &'a RawValue,
    pub value: &'a RawValue,
}

impl Member<'_> {
    fn plain_key(&self) -> String {
        normalise_key(&self.name)
    }
}

/// The members of a JSON object in their order, not copied: their texts may be secrets.
#[derive(Default)]
pub(super) struct Members<'a>(pub Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((key, value)) = map.next_entry::<&'de RawValue, &'de RawValue>()? {
                    let name = text_of(key).unwrap_or_default();
                    members.push(Member { name, key, value });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// The text of a JSON string; `None` if it is another value.
pub(super) fn text_of(value: &RawValue) -> Option<Zeroizing<String>> {
    serde_json::from_str::<String>(value.get()).ok().map(Zeroizing::new)
}
