//! What a message is about.

use chrono::{DateTime, Utc};

use crate::{Argument, Language, Message};

/// A point in time of which the day is told.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub DateTime<Utc>);

/// A point in time, told to the minute.
#[derive(Debug, Clone, Copy)]
pub struct Moment(pub DateTime<Utc>);

impl Moment {
    /// The text in that language.
    pub fn render(self, language: Language) -> String {
        Argument::from(self).text(language)
    }
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
