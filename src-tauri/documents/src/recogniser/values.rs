//! The value of a part: the one that counts where several stand there, and what is wrong with it as a text.

use super::{
    arrangement::{Arrangement, Given},
    reading::Reading,
};
use crate::{
    FindingKind, Part,
    placeholders::is_placeholder,
    tree::{Member, Value},
};

/// A part as it was found: the value without white space around it.
pub(super) enum Found<'a> {
    Absent,
    /// What is wrong was said.
    Unusable,
    Text {
        at: usize,
        text: &'a str,
    },
}

impl<'a> Found<'a> {
    pub fn text(&self) -> Option<(usize, &'a str)> {
        match self {
            Self::Absent | Self::Unusable => None,
            Self::Text { at, text } => Some((*at, text)),
        }
    }
}

impl Reading<'_> {
    /// The value of a part. What is wrong with it is said here; what has to be said about URLs and PEM, there.
    pub fn find<'v>(&mut self, arrangement: &Arrangement<'v>, part: Part) -> Found<'v> {
        let mut all = arrangement.given.iter().filter(|given| given.part == part);
        let Some(first) = all.next() else { return Found::Absent };
        let mut last = *first;
        let mut repeated = None;
        for given in all {
            let same = match (trimmed(&last), trimmed(given)) {
                (Some(one), Some(other)) => one == other,
                (_, None) | (None, _) => false,
            };
            repeated = match (repeated, same) {
                (None | Some((true, _)), false) => Some((false, given.key_at)),
                (None, true) => Some((true, given.key_at)),
                (Some(found), _) => Some(found),
            };
            last = *given;
        }
        match repeated {
            Some((true, at)) => self.say(Some(at), FindingKind::RepeatedHarmless),
            Some((false, at)) => self.say(Some(at), FindingKind::Repeated { part }),
            None => {}
        }
        self.check_text(part, &last)
    }

    fn check_text<'v>(&mut self, part: Part, given: &Given<'v>) -> Found<'v> {
        let at = given.node.at;
        let value = match &given.node.value {
            Value::Text(text) => text.as_str(),
            // `{NAME}` in YAML is an object with a member of no value.
            Value::Object(members) if is_braced_name(members) => {
                self.say(Some(at), FindingKind::Placeholder { part });
                return Found::Unusable;
            }
            Value::Object(_) | Value::List(_) | Value::Scalar(_) => {
                self.say(Some(at), FindingKind::NotAText { part });
                return Found::Unusable;
            }
        };
        let text = value.trim();
        let defect = if text.is_empty() {
            Some(FindingKind::EmptyPart { part })
        } else if is_placeholder(part, text) {
            Some(FindingKind::Placeholder { part })
        } else if !is_pem(part) && text.chars().any(char::is_control) {
            Some(FindingKind::ControlCharacter { part })
        } else {
            None
        };
        if let Some(defect) = defect {
            self.say(Some(at), defect);
            return Found::Unusable;
        }
        if !is_pem(part) && text.len() != value.len() {
            self.say(Some(at), FindingKind::SpaceTaken { part });
        }
        Found::Text { at, text }
    }
}

/// Whether white space in a value means nothing.
const fn is_pem(part: Part) -> bool {
    match part {
        Part::Certificate | Part::PrivateKey => true,
        Part::Url | Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => false,
    }
}

fn trimmed<'a>(given: &Given<'a>) -> Option<&'a str> {
    given.node.text().map(str::trim)
}

fn is_braced_name(members: &[Member]) -> bool {
    match members {
        [member] => match &member.value.value {
            Value::Scalar(scalar) => matches!(scalar.trim(), "" | "null" | "~"),
            Value::Text(_) | Value::Object(_) | Value::List(_) => false,
        },
        _ => false,
    }
}
