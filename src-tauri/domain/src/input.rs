//! What people type into forms: which field, what is wrong with it, what to do.

use messages::{Argument, Joined, Message, message};

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
    /// An OpenAPI document.
    OpenApi,
    /// *Client ID*, typed beside its secret.
    ClientId,
    /// A client secret that a person typed.
    ClientSecret,
    /// The URL of a portal whose credentials do not name it.
    PortalUrl,
    /// When a portal elsewhere generated credentials.
    GeneratedAt,
    /// The password of a container.
    Password,
    /// *Short Description* of Connection API Credentials.
    Description,
    /// For how many hours a replaced secret is kept.
    GraceTime,
}

impl Field {
    /// The field's label on the screens.
    pub fn label(self) -> &'static str {
        self.label_message().text()
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
            Self::OpenApi => message!("field-open-api"),
            Self::ClientId => message!("field-client-id"),
            Self::ClientSecret => message!("field-client-secret"),
            Self::PortalUrl => message!("field-portal-url"),
            Self::GeneratedAt => message!("field-generated-at"),
            Self::Password => message!("field-password"),
            Self::Description => message!("field-description"),
            Self::GraceTime => message!("field-grace-time"),
        }
    }
}

/// What is wrong with something that was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
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
    Role(#[from] crate::RoleError),
    /// The typed confirmation is not the expected text.
    WrongConfirmation {
        /// What has to be typed.
        expected: String,
    },
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
}

impl InputProblem {
    /// The field the problem is in.
    pub const fn field(&self) -> Field {
        match self {
            Self::Empty(field) | Self::TooLong { field, .. } | Self::ControlCharacter(field) => *field,
            Self::NotAnEmail | Self::EmailTaken { .. } => Field::Email,
            Self::NameTaken(_) => Field::Name,
            Self::Role(_) => Field::Roles,
            Self::WrongConfirmation { .. } => Field::Confirmation,
            Self::NotAnAddress(_) => Field::Address,
            Self::NotAHost(_) => Field::Host,
            Self::NotAPort(field) => *field,
            Self::SamePort => Field::MutualTlsPort,
            Self::NotAnInterval { .. } => Field::CheckInterval,
        }
    }

    /// What is wrong, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty(field) => message!("input-empty", field = field.label_message()),
            Self::TooLong { field, length, limit } => {
                message!("input-too-long", field = field.label_message(), length = *length, limit = *limit)
            }
            Self::ControlCharacter(field) => message!("input-control-character", field = field.label_message()),
            Self::NotAnEmail => message!("input-not-an-email"),
            Self::EmailTaken { name } => message!("input-email-taken", name = name),
            Self::NameTaken(name) => message!("input-name-taken", name = name),
            Self::Role(error) => error.message(),
            Self::WrongConfirmation { expected } => message!("input-wrong-confirmation", expected = expected),
            Self::NotAnAddress(text) => message!("input-not-an-address", text = text),
            Self::NotAHost(text) => message!("input-not-a-host", text = text),
            Self::NotAPort(field) => message!("input-not-a-port", field = field.label_message()),
            Self::SamePort => message!("input-same-port"),
            Self::NotAnInterval { least, most } => message!("input-not-an-interval", least = *least, most = *most),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        self.remedy_message().to_string()
    }

    /// [`Self::remedy`] in any language.
    pub fn remedy_message(&self) -> Message {
        match self {
            Self::Empty(field) => message!("input-empty-remedy", field = field.label_message()),
            Self::TooLong { limit, .. } => message!("input-too-long-remedy", limit = *limit),
            Self::ControlCharacter(_) => message!("input-control-character-remedy"),
            Self::NotAnEmail => message!("input-not-an-email-remedy"),
            Self::EmailTaken { .. } => message!("input-email-taken-remedy"),
            Self::NameTaken(_) => message!("input-name-taken-remedy"),
            Self::Role(_) => {
                let roles = Argument::list(crate::Role::ALL.map(crate::Role::name), Joined::ByComma);
                message!("input-role-remedy", roles = roles)
            }
            Self::WrongConfirmation { expected } => message!("input-wrong-confirmation-remedy", expected = expected),
            Self::NotAnAddress(_) => message!("input-not-an-address-remedy"),
            Self::NotAHost(_) => message!("input-not-a-host-remedy"),
            Self::NotAPort(_) => message!("input-not-a-port-remedy"),
            Self::SamePort => message!("input-same-port-remedy"),
            Self::NotAnInterval { .. } => message!("input-not-an-interval-remedy"),
        }
    }
}

/// A mandatory single line: trimmed, not empty, at most `limit` characters, without control characters.
pub(crate) fn single_line(field: Field, text: &str, limit: usize) -> Result<String, InputProblem> {
    let text = text.trim();
    let length = text.chars().count();
    if text.is_empty() {
        Err(InputProblem::Empty(field))
    } else if length > limit {
        Err(InputProblem::TooLong { field, length, limit })
    } else if text.chars().any(char::is_control) {
        Err(InputProblem::ControlCharacter(field))
    } else {
        Ok(text.to_owned())
    }
}

/// Free text of several lines: trimmed, possibly empty, at most `limit` characters.
pub(crate) fn free_text(field: Field, text: &str, limit: usize) -> Result<String, InputProblem> {
    let text = text.trim();
    let length = text.chars().count();
    if length > limit {
        Err(InputProblem::TooLong { field, length, limit })
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t' && c != '\r') {
        Err(InputProblem::ControlCharacter(field))
    } else {
        Ok(text.to_owned())
    }
}

/// Something that cannot be undone is confirmed by typing `expected`.
pub(crate) fn check_confirmation(typed: &str, expected: &str) -> Result<(), InputProblem> {
    if typed.trim() == expected {
        Ok(())
    } else {
        Err(InputProblem::WrongConfirmation { expected: expected.to_owned() })
    }
}
