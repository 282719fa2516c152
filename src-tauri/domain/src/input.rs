//! What people type into forms: which field, what is wrong with it, what to do.

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
    /// A client secret that a person chose.
    ClientSecret,
    /// The URL of a portal whose credentials do not name it.
    PortalUrl,
    /// When a portal elsewhere generated credentials.
    GeneratedAt,
    /// The password of a container.
    Password,
}

impl Field {
    /// The field's label on the screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Email => "E-mail",
            Self::Roles => "Role Collections",
            Self::Subaccount => "Subaccount",
            Self::Alias => "API Portal Alias Name",
            Self::Credentials => "API Portal Access Credentials",
            Self::Comment => "Comment",
            Self::Irrevocable => "Confirmation",
            Self::Reason => "Reason",
            Self::Confirmation => "Confirmation",
            Self::Address => "Address",
            Self::Host => "Host Name",
            Self::Port => "Port",
            Self::MutualTlsPort => "Port for Mutual TLS",
            Self::CheckInterval => "Test Connections Every",
            Self::OpenApi => "OpenAPI Document",
            Self::ClientSecret => "Client Secret",
            Self::PortalUrl => "API Portal URL",
            Self::GeneratedAt => "Generated",
            Self::Password => "Password",
        }
    }
}

/// What is wrong with something that was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputProblem {
    /// A mandatory field was left empty.
    #[error("{} is empty", .0.label())]
    Empty(Field),
    /// More characters than the field takes.
    #[error("{} has {length} characters; at most {limit} are possible", .field.label())]
    TooLong {
        /// The field.
        field: Field,
        /// How many characters were typed.
        length: usize,
        /// How many are possible.
        limit: usize,
    },
    /// A line break or another control character.
    #[error("{} contains a line break or another control character", .0.label())]
    ControlCharacter(Field),
    /// Not an e-mail address.
    #[error("this is not an e-mail address")]
    NotAnEmail,
    /// The e-mail address belongs to somebody else.
    #[error("{name} already has this e-mail address")]
    EmailTaken {
        /// Whose address it is.
        name: String,
    },
    /// The name is in use already.
    #[error("the name {0} is in use already")]
    NameTaken(String),
    /// A role that people cannot have.
    #[error(transparent)]
    Role(#[from] crate::RoleError),
    /// The typed confirmation is not the expected text.
    #[error("the typed text is not {expected}")]
    WrongConfirmation {
        /// What has to be typed.
        expected: String,
    },
    /// Not an IP address.
    #[error("{0} is not an IP address")]
    NotAnAddress(String),
    /// Not a host name.
    #[error("{0} is not a host name")]
    NotAHost(String),
    /// Not a port that can be used.
    #[error("{} has to be a number from 1024 to 65535", .0.label())]
    NotAPort(Field),
    /// Both listeners at one port.
    #[error("the two ports have to be different")]
    SamePort,
    /// Not an interval that can be set.
    #[error("the interval has to be from {least} to {most} hours")]
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

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Empty(field) => format!("Fill in {}.", field.label()),
            Self::TooLong { limit, .. } => format!("Shorten it to {limit} characters."),
            Self::ControlCharacter(_) => "Type it on one line.".into(),
            Self::NotAnEmail => "Type an address such as name@example.com.".into(),
            Self::EmailTaken { .. } => "Use another address, or change that person instead.".into(),
            Self::NameTaken(_) => "Choose another name.".into(),
            Self::Role(_) => format!("Choose from: {}.", crate::Role::ALL.map(crate::Role::name).join(", ")),
            Self::WrongConfirmation { expected } => format!("Type {expected} exactly as shown."),
            Self::NotAnAddress(_) => "Type an address such as 127.0.0.1, 0.0.0.0 or ::1.".into(),
            Self::NotAHost(_) => "Type a name such as portal.example.com, without https:// and without a port.".into(),
            Self::NotAPort(_) => "Type a number such as 28443.".into(),
            Self::SamePort => "Choose another port for one of them.".into(),
            Self::NotAnInterval { .. } => "Type a number of hours such as 6.".into(),
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
