//! A message as JSON.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Content, Message, NamedArgument, Written};
use crate::Language;

/// The JSON of a message: a mere text is verbatim.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored<'a> {
    Verbatim(Cow<'a, str>),
    Written {
        id: Cow<'a, str>,
        arguments: Cow<'a, [NamedArgument]>,
        /// In English. It has the name that older versions gave it, so that they go on reading what this one stores.
        text: Cow<'a, str>,
        /// In German.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        de: Option<Cow<'a, str>>,
    },
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Content::Verbatim(text) => Stored::Verbatim(Cow::Borrowed(text)),
            Content::Known { id, arguments } => Stored::Written {
                id: Cow::Borrowed(id),
                arguments: Cow::Borrowed(arguments),
                text: self.render(Language::English).into(),
                de: Some(self.render(Language::German).into()),
            },
            Content::Written(written) => Stored::Written {
                id: Cow::Borrowed(&written.id),
                arguments: Cow::Borrowed(&written.arguments),
                text: Cow::Borrowed(&written.english),
                de: written.german.as_deref().map(Cow::Borrowed),
            },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Stored::deserialize(deserializer)? {
            Stored::Verbatim(text) => Content::Verbatim(text.into_owned()),
            Stored::Written { id, arguments, text, de } => Content::Written(Box::new(Written {
                id: id.into_owned(),
                arguments: arguments.into_owned(),
                english: text.into_owned(),
                german: de.map(Cow::into_owned),
            })),
        }))
    }
}
