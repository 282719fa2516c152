//! A message: an id with arguments, rendered when it is shown. An argument can be a message itself.

mod stored;

use std::{borrow::Cow, fmt};

use chrono::{DateTime, Utc};
use fluent_bundle::{FluentArgs, FluentValue};
use serde::{Deserialize, Serialize};

use crate::{
    Language, catalogue, message,
    zone::{in_zone, name_of_offset},
};

/// A text by its id, with what it is about. It has no [`fmt::Display`], because a text has a language:
/// [`Self::render`] takes it.
///
/// Two messages are equal if they say the same thing of the same things: id and arguments count, the words do not.
///
/// As JSON it keeps id and arguments, and the text in both languages as it was when it was written. What was read back
/// shows that text, so that an entry of *Activity* stays what it was, whatever becomes of its message later.
#[derive(Clone)]
pub struct Message(Content);

#[derive(Clone)]
enum Content {
    /// One of ours. The id of an attribute is that of its message, a dot, and its name.
    Known { id: &'static str, arguments: Arguments },
    /// One of ours, as it was stored. Boxed, because errors carry messages, and few of them are such.
    Written(Box<Written>),
    /// A text that is not ours to translate.
    Verbatim(String),
}

type Arguments = Vec<NamedArgument>;
type NamedArgument = (Cow<'static, str>, Argument);

/// A message as it read when it was stored.
#[derive(Clone)]
struct Written {
    id: String,
    arguments: Arguments,
    english: String,
    /// `None` in what versions before December 2026 have stored.
    german: Option<String>,
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
            Content::Known { .. } | Content::Written(_) => false,
            Content::Verbatim(text) => text.is_empty(),
        }
    }

    /// What to do about it: the attribute `.remedy`, complete sentences. Empty if there is none.
    #[must_use]
    pub fn remedy(&self) -> Self {
        self.find_attribute("remedy").unwrap_or_else(Self::empty)
    }

    /// What to do about it on a command line, where that differs from [`Self::remedy`]: the attribute `.cli`.
    pub fn find_command_line_remedy(&self) -> Option<Self> {
        self.find_attribute("cli")
    }

    /// What to do about it on a command line.
    #[must_use]
    pub fn command_line_remedy(&self) -> Self {
        self.find_command_line_remedy().unwrap_or_else(|| self.remedy())
    }

    /// The same in two or three words, for where the sentence does not fit: the attribute `.short`. Empty if there is none.
    #[must_use]
    pub fn short(&self) -> Self {
        self.find_attribute("short").unwrap_or_else(Self::empty)
    }

    fn find_attribute(&self, name: &str) -> Option<Self> {
        let (id, arguments) = self.find_statement()?;
        let id = catalogue::find_attribute(id, name)?;
        Some(Self(Content::Known { id, arguments: arguments.to_vec() }))
    }

    /// The id and arguments of one of ours.
    fn find_statement(&self) -> Option<(&str, &[NamedArgument])> {
        match &self.0 {
            Content::Known { id, arguments } => Some((id, arguments)),
            Content::Written(written) => Some((&written.id, &written.arguments)),
            Content::Verbatim(_) => None,
        }
    }

    /// The text in that language.
    pub fn render(&self, language: Language) -> String {
        match &self.0 {
            Content::Known { id, arguments } => catalogue::render(language, id, |language| values(arguments, language)),
            Content::Written(written) => match (language, &written.german) {
                (Language::English, _) => written.english.clone(),
                (Language::German, Some(german)) => german.clone(),
                // The German of today is nearer to what was meant than English, if it can be made.
                (Language::German, None) => {
                    let values = values(&written.arguments, language);
                    catalogue::find_rendering(language, &written.id, &values).unwrap_or_else(|| written.english.clone())
                }
            },
            Content::Verbatim(text) => text.clone(),
        }
    }

    /// The English text, for logs and for the `Display` of errors, which programmers read.
    pub fn for_log(&self) -> String {
        self.render(Language::English)
    }

    /// The text of a message without arguments, in that language. Of any other message, its id.
    pub fn text(self, language: Language) -> &'static str {
        match self.0 {
            Content::Known { id, .. } => catalogue::find_text(language, id).unwrap_or(id),
            Content::Written(written) => catalogue::find_text(language, &written.id).unwrap_or_default(),
            Content::Verbatim(_) => "",
        }
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Content::Verbatim(text), Content::Verbatim(other)) => text == other,
            (Content::Verbatim(_), _) | (_, Content::Verbatim(_)) => false,
            (Content::Known { .. } | Content::Written(_), Content::Known { .. } | Content::Written(_)) => {
                self.find_statement() == other.find_statement()
            }
        }
    }
}

impl Eq for Message {}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Known { id, arguments } => {
                write!(f, "{id}")?;
                f.debug_map().entries(arguments.iter().map(|(name, value)| (name, value))).finish()
            }
            Content::Written(written) => write!(f, "{}: {:?}", written.id, written.english),
            Content::Verbatim(text) => write!(f, "{text:?}"),
        }
    }
}

/// Compares the English text.
impl PartialEq<str> for Message {
    fn eq(&self, text: &str) -> bool {
        self.render(Language::English).as_str() == text
    }
}

/// Compares the English text.
impl PartialEq<&str> for Message {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

/// Compares the English text.
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

/// The arguments as Fluent takes them.
fn values(arguments: &[NamedArgument], language: Language) -> FluentArgs<'static> {
    let mut values = FluentArgs::with_capacity(arguments.len());
    for (name, value) in arguments {
        values.set(name.clone(), value.value(language));
    }
    values
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// A text as it is: a name, a URL, what the system says.
    Text(String),
    /// A number; messages can tell one from several.
    Number(i64),
    /// A day.
    Day(DateTime<Utc>),
    /// A day with its time.
    Moment(DateTime<Utc>),
    /// Another message.
    Message(Box<Message>),
    /// Several, one after the other.
    List(Vec<Argument>, Joined),
}

/// How the parts of a list are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// By commas.
    ByComma,
    /// By the word "and".
    ByAnd,
    /// By semicolons.
    BySemicolon,
}

impl Argument {
    /// Several of the same kind, one after the other.
    pub fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>, joined: Joined) -> Self {
        Self::List(items.into_iter().map(Into::into).collect(), joined)
    }

    fn value(&self, language: Language) -> FluentValue<'static> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Text(_) | Self::Day(_) | Self::Moment(_) | Self::Message(_) | Self::List(..) => {
                FluentValue::String(Cow::Owned(self.text(language)))
            }
        }
    }

    pub(crate) fn text(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(at) => in_zone(*at).format(&message!("format-day").render(language)).to_string(),
            Self::Moment(at) => with_zone(*at, &message!("format-moment").render(language)),
            Self::Message(message) => message.render(language),
            Self::List(items, joined) => {
                let joint = match joined {
                    Joined::ByComma => message!("list-comma"),
                    Joined::ByAnd => message!("list-and"),
                    Joined::BySemicolon => message!("list-semicolon"),
                };
                let items: Vec<String> = items.iter().map(|item| item.text(language)).collect();
                items.join(&joint.render(language))
            }
        }
    }
}

/// `at` in the person's zone by `pattern`, and the name of that zone.
fn with_zone(at: DateTime<Utc>, pattern: &str) -> String {
    let at = in_zone(at);
    format!("{} {}", at.format(pattern), name_of_offset(at))
}
