//! What people type into forms: which field, what is wrong with it, what to do.

use messages::{Language, Message, message};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A field of a form, so that a message can point at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A person's, portal's or hub's name.
    Name,
    /// A person's e-mail address.
    Email,
    /// A person's role collections.
    Roles,
    /// The subaccount of a portal or hub.
    Subaccount,
    /// *API Portal Alias Name*.
    Alias,
    /// *API Portal Access Credentials*.
    Credentials,
    /// *Comment*.
    Comment,
    /// The mandatory checkbox of *Submit Connection Request*.
    Irrevocable,
    /// The reason of a rejection.
    Reason,
    /// The name or alias typed to confirm something that cannot be undone.
    Confirmation,
    /// The address that the token service listens at.
    Address,
    /// The host name in the URLs of credentials.
    Host,
    /// The port for client secrets and the portal API.
    Port,
    /// The port that demands a client certificate.
    MutualTlsPort,
    /// How often connections are tested.
    CheckInterval,
    /// The URL of a proxy.
    Proxy,
    /// An OpenAPI document.
    OpenApi,
    /// *Client ID*, typed beside its secret.
    ClientId,
    /// A client secret that a person typed.
    ClientSecret,
    /// The URL of a portal whose credentials do not name it.
    PortalUrl,
    /// When a portal in SAP generated credentials.
    GeneratedAt,
    /// The password of a container.
    Password,
    /// *Short Description* of Connection API Credentials.
    Description,
    /// For how many hours a replaced secret is kept.
    GraceTime,
    /// The region of a hub in SAP.
    Region,
    /// The address of a hub in SAP.
    HubAddress,
    /// Who submitted a request in SAP.
    SubmittedBy,
    /// On which day a request was submitted in SAP.
    SubmittedOn,
    /// Who decided a request in SAP.
    DecidedBy,
    /// On which day a request was decided in SAP.
    DecidedOn,
    /// A note about a record.
    Note,
    /// A ticket about a record.
    Ticket,
}

impl Field {
    /// The field's label on the screens.
    pub fn label(self, language: Language) -> &'static str {
        self.label_message().text(language)
    }

    /// [`Self::label`], as part of another message.
    pub const fn label_message(self) -> Message {
        match self {
            Self::Name => message!("field-name"),
            Self::Email => message!("field-email"),
            Self::Roles => message!("field-roles"),
            Self::Subaccount => message!("field-subaccount"),
            Self::Alias => message!("field-alias"),
            Self::Credentials => message!("field-credentials"),
            Self::Comment => message!("field-comment"),
            Self::Irrevocable | Self::Confirmation => message!("field-confirmation"),
            Self::Reason => message!("field-reason"),
            Self::Address => message!("field-address"),
            Self::Host => message!("field-host"),
            Self::Port => message!("field-port"),
            Self::MutualTlsPort => message!("field-mutual-tls-port"),
            Self::CheckInterval => message!("field-check-interval"),
            Self::Proxy => message!("field-proxy"),
            Self::OpenApi => message!("field-open-api"),
            Self::ClientId => message!("field-client-id"),
            Self::ClientSecret => message!("field-client-secret"),
            Self::PortalUrl => message!("field-portal-url"),
            Self::GeneratedAt => message!("field-generated-at"),
            Self::Password => message!("field-password"),
            Self::Description => message!("field-description"),
            Self::GraceTime => message!("field-grace-time"),
            Self::Region => message!("field-region"),
            Self::HubAddress => message!("field-hub-address"),
            Self::SubmittedBy => message!("field-submitted-by"),
            Self::SubmittedOn => message!("field-submitted-on"),
            Self::DecidedBy => message!("field-decided-by"),
            Self::DecidedOn => message!("field-decided-on"),
            Self::Note => message!("field-note"),
            Self::Ticket => message!("field-ticket"),
        }
    }
}

/// What is wrong with something that was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum InputProblem {
    /// A mandatory field was left empty.
    Empty(Field),
    /// More characters than the field takes.
    TooLong {
        /// The field.
        field: Field,
        /// How many characters were typed.
        length: usize,
        /// How many are possible.
        limit: usize,
    },
    /// A line break or another control character.
    ControlCharacter(Field),
    /// A character that nobody sees, such as a zero-width space or one that reverses the direction of writing: with it,
    /// two different names look alike.
    InvisibleCharacter {
        /// The field.
        field: Field,
        /// The character.
        character: char,
        /// Where it stands, counted in characters from 1.
        position: usize,
    },
    /// Not an e-mail address.
    NotAnEmail,
    /// The e-mail address belongs to somebody else.
    EmailTaken {
        /// Whose address it is.
        name: String,
    },
    /// The name is in use already.
    NameTaken(String),
    /// A role that people cannot have.
    Role(#[from] crate::person::RoleError),
    /// The typed confirmation is not the expected text.
    WrongConfirmation {
        /// What has to be typed.
        expected: String,
    },
    /// Nothing that a browser opens over TLS.
    NotAHubAddress(String),
    /// A day that has not begun anywhere.
    DayInFuture(Field),
    /// A request cannot be decided before it is submitted.
    DecidedBeforeSubmitted,
    /// Not an IP address.
    NotAnAddress(String),
    /// Not a host name.
    NotAHost(String),
    /// Not a port that can be used.
    NotAPort(Field),
    /// Both listeners at one port.
    SamePort,
    /// Not an interval that can be set.
    NotAnInterval {
        /// The shortest, in hours.
        least: u32,
        /// The longest, in hours.
        most: u32,
    },
    /// Not the URL of a proxy.
    NotAProxy,
    /// The URL of a proxy with a user or password.
    UserInProxy,
}

impl InputProblem {
    /// The field the problem is in.
    pub const fn field(&self) -> Field {
        match self {
            Self::Empty(field)
            | Self::TooLong { field, .. }
            | Self::ControlCharacter(field)
            | Self::InvisibleCharacter { field, .. } => *field,
            Self::NotAnEmail | Self::EmailTaken { .. } => Field::Email,
            Self::NameTaken(_) => Field::Name,
            Self::Role(_) => Field::Roles,
            Self::WrongConfirmation { .. } => Field::Confirmation,
            Self::NotAHubAddress(_) => Field::HubAddress,
            Self::DayInFuture(field) => *field,
            Self::DecidedBeforeSubmitted => Field::DecidedOn,
            Self::NotAnAddress(_) => Field::Address,
            Self::NotAHost(_) => Field::Host,
            Self::NotAPort(field) => *field,
            Self::SamePort => Field::MutualTlsPort,
            Self::NotAnInterval { .. } => Field::CheckInterval,
            Self::NotAProxy | Self::UserInProxy => Field::Proxy,
        }
    }

    /// What is wrong, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::Empty(field) => {
                message!("input-empty", field = field.label_message(), what = word_of(*field))
            }
            Self::TooLong { field, length, limit } => {
                message!("input-too-long", field = field.label_message(), length = *length, limit = *limit)
            }
            Self::ControlCharacter(field) => message!("input-control-character", field = field.label_message()),
            Self::InvisibleCharacter { field, character, position } => message!(
                "input-invisible-character",
                field = field.label_message(),
                character = format!("U+{:04X}", u32::from(*character)),
                position = *position
            ),
            Self::NotAnEmail => message!("input-not-an-email"),
            Self::EmailTaken { name } => message!("input-email-taken", name = name),
            Self::NameTaken(name) => message!("input-name-taken", name = name),
            Self::Role(error) => error.message(),
            Self::WrongConfirmation { expected } => message!("input-wrong-confirmation", expected = expected),
            Self::NotAHubAddress(text) => message!("input-not-a-hub-address", text = text),
            Self::DayInFuture(field) => message!("input-day-in-future", field = field.label_message()),
            Self::DecidedBeforeSubmitted => message!("input-decided-before-submitted"),
            Self::NotAnAddress(text) => message!("input-not-an-address", text = text),
            Self::NotAHost(text) => message!("input-not-a-host", text = text),
            Self::NotAPort(field) => message!("input-not-a-port", field = field.label_message()),
            Self::SamePort => message!("input-same-port"),
            Self::NotAnInterval { least, most } => message!("input-not-an-interval", least = *least, most = *most),
            Self::NotAProxy => message!("input-not-a-proxy"),
            Self::UserInProxy => message!("input-user-in-proxy"),
        }
    }
}

/// A mandatory single line, as it is stored: [tidied](tidy), not empty, at most `limit` characters, without control and
/// invisible characters.
pub(crate) fn single_line(field: Field, text: &str, limit: usize) -> Result<String, InputProblem> {
    let text = tidy(text);
    let length = text.chars().count();
    if text.is_empty() {
        Err(InputProblem::Empty(field))
    } else if length > limit {
        Err(InputProblem::TooLong { field, length, limit })
    } else if text.chars().any(char::is_control) {
        Err(InputProblem::ControlCharacter(field))
    } else {
        refuse_invisible(field, &text)?;
        Ok(text)
    }
}

/// By which the sentence for an empty field is chosen: "enter a name", or "fill in" and the label.
const fn word_of(field: Field) -> &'static str {
    if matches!(field, Field::Name) {
        "name"
    } else if matches!(field, Field::Email) {
        "email"
    } else if matches!(field, Field::Subaccount) {
        "subaccount"
    } else if matches!(field, Field::Alias) {
        "alias"
    } else if matches!(field, Field::Reason) {
        "reason"
    } else {
        "other"
    }
}

/// The one spelling of a name: composed (NFC), with single ordinary spaces instead of white space of any kind, and none
/// around it. So a name that was copied from a web page can be typed.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

/// Whether people take two names for the same one: they differ only in case, in white space, or in characters that look
/// alike, such as a Cyrillic and a Latin "a" (UTS #39, section 4, "skeleton").
pub fn looks_alike(one: &str, other: &str) -> bool {
    // Case hides likeness, and makes it: "SaIes" with a capital i looks like "Sales", and is "saies".
    let looks = |name: &str| {
        let name = tidy(name);
        [skeleton(&name.to_lowercase()), skeleton(&skeleton(&name).to_lowercase())]
    };
    let others = looks(other);
    looks(one).iter().any(|look| others.contains(look))
}

fn skeleton(text: &str) -> String {
    unicode_security::skeleton(text).collect()
}

/// Refuses what would make two texts look alike, or read in another order than it is written.
fn refuse_invisible(field: Field, text: &str) -> Result<(), InputProblem> {
    match invisible_characters(text).next() {
        Some((index, character)) => Err(InputProblem::InvisibleCharacter { field, character, position: index + 1 }),
        None => Ok(()),
    }
}

/// The invisible characters of `text`, each with its place in characters from 0. Joiners that a script or an emoji
/// needs are not among them.
pub fn invisible_characters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut before = None;
    let mut characters = text.chars().enumerate().peekable();
    std::iter::from_fn(move || {
        while let Some((index, character)) = characters.next() {
            let after = characters.peek().map(|(_, character)| *character);
            let found = is_invisible(character) && !joins(before, character, after);
            before = Some(character);
            if found {
                return Some((index, character));
            }
        }
        None
    })
}

/// Whether a character has no shape of its own: Unicode's format characters (general category Cf), which include the marks of
/// direction, and the fillers and selectors that are drawn as nothing (Default_Ignorable_Code_Point).
fn is_invisible(character: char) -> bool {
    character.general_category() == GeneralCategory::Format
        || matches!(character,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2028}' | '\u{2029}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether an invisible character is needed here: scripts such as Persian and Hindi, and emoji, need the joiners
/// (U+200C, U+200D) and the emoji selector (U+FE0F) between or after characters that are not Latin.
fn joins(before: Option<char>, character: char, after: Option<char>) -> bool {
    let is_other = |neighbour: Option<char>| {
        neighbour.is_some_and(|c| !c.is_ascii() && !is_latin(c) && (!is_invisible(c) || c == '\u{fe0f}'))
    };
    match character {
        '\u{200c}' | '\u{200d}' => is_other(before) && is_other(after),
        '\u{fe0f}' => is_other(before),
        _ => false,
    }
}

/// The letters of Latin script beyond ASCII, which need no joiner.
const fn is_latin(character: char) -> bool {
    matches!(character, '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Free text of several lines: trimmed, possibly empty, at most `limit` characters. Every character is kept; who shows
/// it shows control and invisible ones as marks.
pub(crate) fn free_text(field: Field, text: &str, limit: usize) -> Result<String, InputProblem> {
    let text = text.trim();
    let length = text.chars().count();
    if length > limit { Err(InputProblem::TooLong { field, length, limit }) } else { Ok(text.to_owned()) }
}

/// Something that cannot be undone is confirmed by typing `expected`, in whatever form the keyboard or the clipboard gives it.
pub(crate) fn check_confirmation(typed: &str, expected: &str) -> Result<(), InputProblem> {
    if tidy(typed) == tidy(expected) {
        Ok(())
    } else {
        Err(InputProblem::WrongConfirmation { expected: expected.to_owned() })
    }
}

#[cfg(test)]
mod tests;
