//! A text that is yet to be made.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Argument, Language, catalogue, current_language};

/// A text by its id, with what it is about. [`fmt::Display`] makes the text, in the language of the process.
///
/// As JSON it keeps id and arguments, so that what was stored in one language is read in another.
#[derive(Clone, PartialEq, Eq)]
pub struct Message(Content);

#[derive(Clone, PartialEq, Eq)]
enum Content {
    Known {
        id: &'static str,
        arguments: Vec<(Cow<'static, str>, Argument)>,
    },
    /// A text that is not ours to translate.
    Verbatim(String),
}

impl Message {
    /// The message `id` without arguments; see [`crate::message!`].
    pub const fn new(id: &'static str) -> Self {
        Self(Content::Known { id, arguments: Vec::new() })
    }

    /// The same with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        if let Content::Known { arguments, .. } = &mut self.0 {
            arguments.push((Cow::Borrowed(name), value.into()));
        }
        self
    }

    /// A text that nobody translates: what another program or a person said.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self(Content::Verbatim(text.into()))
    }

    /// Nothing.
    pub const fn empty() -> Self {
        Self(Content::Verbatim(String::new()))
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Content::Known { .. } => false,
            Content::Verbatim(text) => text.is_empty(),
        }
    }

    /// The text in that language.
    pub fn render(&self, language: Language) -> String {
        match &self.0 {
            Content::Known { id, arguments } => catalogue::render(language, id, arguments),
            Content::Verbatim(text) => text.clone(),
        }
    }

    /// The text of a message without arguments, in the language of the process. Of any other message, its id.
    pub fn text(self) -> &'static str {
        match self.0 {
            Content::Known { id, .. } => catalogue::find_text(current_language(), id).unwrap_or(id),
            Content::Verbatim(_) => "",
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.render(current_language()))
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Known { id, arguments } => {
                write!(f, "{id}")?;
                f.debug_map().entries(arguments.iter().map(|(name, value)| (name, value))).finish()
            }
            Content::Verbatim(text) => write!(f, "{text:?}"),
        }
    }
}

/// Compares the text in the language of the process.
impl PartialEq<str> for Message {
    fn eq(&self, text: &str) -> bool {
        self.render(current_language()).as_str() == text
    }
}

/// Compares the text in the language of the process.
impl PartialEq<&str> for Message {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

/// Compares the text in the language of the process.
impl PartialEq<String> for Message {
    fn eq(&self, text: &String) -> bool {
        self == text.as_str()
    }
}

/// A text that nobody translates.
impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::verbatim(text)
    }
}

/// A text that nobody translates.
impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::verbatim(text)
    }
}

/// A text that nobody translates.
impl From<&String> for Message {
    fn from(text: &String) -> Self {
        Self::verbatim(text)
    }
}

/// The JSON of a message: a mere text is verbatim.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored<'a> {
    Verbatim(Cow<'a, str>),
    Known {
        id: Cow<'a, str>,
        arguments: Cow<'a, [(Cow<'static, str>, Argument)]>,
        /// In English, for a program that does not know the id any more.
        text: String,
    },
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Content::Verbatim(text) => Stored::Verbatim(Cow::Borrowed(text)),
            Content::Known { id, arguments } => Stored::Known {
                id: Cow::Borrowed(id),
                arguments: Cow::Borrowed(arguments),
                text: self.render(Language::English),
            },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Stored::deserialize(deserializer)? {
            Stored::Verbatim(text) => Content::Verbatim(text.into_owned()),
            Stored::Known { id, arguments, text } => match catalogue::find_id(&id) {
                Some(id) => Content::Known { id, arguments: arguments.into_owned() },
                None => Content::Verbatim(text),
            },
        }))
    }
}
