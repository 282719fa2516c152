//! What a message is about.

use std::{borrow::Cow, fmt};

use chrono::{DateTime, Utc};
use fluent_bundle::FluentValue;
use serde::{Deserialize, Serialize};

use crate::{
    Language, Message, current_language, message,
    zone::{in_zone, name_of_offset},
};

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

/// A point in time of which the day is told.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub DateTime<Utc>);

/// A point in time, told to the minute.
#[derive(Debug, Clone, Copy)]
pub struct Moment(pub DateTime<Utc>);

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Argument::from(*self).text(current_language()))
    }
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

    pub(crate) fn value(&self, language: Language) -> FluentValue<'static> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Text(_) | Self::Day(_) | Self::Moment(_) | Self::Message(_) | Self::List(..) => {
                FluentValue::String(Cow::Owned(self.text(language)))
            }
        }
    }

    fn text(&self, language: Language) -> String {
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

macro_rules! from_text {
    ($($text:ty),+) => {
        $(impl From<$text> for Argument {
            fn from(text: $text) -> Self {
                Self::Text(text.into())
            }
        })+
    };
}

macro_rules! from_number {
    ($($number:ty),+) => {
        $(impl From<$number> for Argument {
            fn from(number: $number) -> Self {
                Self::Number(number.try_into().unwrap_or(i64::MAX))
            }
        })+
    };
}

from_text!(String, &str, &String);
from_number!(i32, i64, u16, u32, u64, usize);

impl From<Day> for Argument {
    fn from(day: Day) -> Self {
        Self::Day(day.0)
    }
}

impl From<Moment> for Argument {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment.0)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<&Message> for Argument {
    fn from(message: &Message) -> Self {
        Self::Message(Box::new(message.clone()))
    }
}
