//! Every text of the core that a person reads, in English and German.
//!
//! The texts stand in `/messages/{en,de}/core-*.ftl` (Project Fluent). A [`Message`] names one of them and carries what
//! it is about; it becomes text where it is shown ([`Message::render`]), in the language that is asked for. The
//! process has no language: a shell keeps the one that the person has chosen ([`ChosenLanguage`]) and passes it on. What
//! else belongs to the same message stands in its attributes: [`Message::remedy`], [`Message::command_line_remedy`],
//! [`Message::short`].
//!
//! Nothing here fails at run time: a text that cannot be made in one language is made in English, and the tests see to it
//! that there is none. Days and times are told in the zone of the person ([`set_zone`]; UTC until somebody sets it).
//!
//! Arguments of messages are shown and stored: no secret may be among them.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod argument;
mod catalogue;
mod language;
mod message;
mod zone;

pub use argument::{Day, Moment};
pub use language::{ChosenLanguage, Language};
pub use message::{Argument, Joined, Message};
pub use zone::{Zone, set_zone};

/// A [`Message`] by its id and arguments: `message!("refusal-hub-full", hub = name, most = 3)`.
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Message::new($id)$(.with(stringify!($name), $value))*
    };
}
