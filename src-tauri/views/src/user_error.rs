//! Errors and permissions, as the screens show them.

use std::fmt::Display;

use domain::{
    input::Field,
    keychain::OtherKeychain,
    messages::{Language, Message, message},
    person::role_request,
    ports::{HandOverFailure, RepositoryError, SecretStoreError},
    refusal::{Confirmation, Failure, Refusal},
};
use tracing::error;

use crate::{IntoView, View, declare::wire, numbers::count};

wire! {
    /// What happened and what to do about it. The screens act on `code` and `place`, never on the sentences.
    #[ts(optional_fields)]
    reply struct UserError {
        /// Which kind of error; only kinds that the screens treat differently have one of their own.
        pub code: ErrorCode,
        /// What happened, one sentence.
        pub message: String,
        /// What to do about it, one or two sentences.
        pub hint: String,
        /// What has to be confirmed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub confirmation: Option<ConfirmationName>,
        /// Where in the form it happened.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub place: Option<PlaceView>,
        /// The text by which the person asks an administrator for the missing roles.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role_request: Option<String>,
    }

    /// Which kind of error it is.
    reply enum ErrorCode {
        /// A rule says no.
        Refused,
        /// A role is missing; `roleRequest` is given.
        RoleMissing,
        /// Something was typed wrongly; `place` is given.
        InvalidInput,
        /// It does not exist any more; the screen goes back to the list.
        NotFound,
        /// It is done once the person has confirmed it; `confirmation` is given, and the screen asks.
        NeedsConfirmation,
        /// The keychain is not available; the banner offers to try again.
        Keychain,
        /// Anything else.
        Failed,
    }

    /// What a person can confirm. A request that is sent once more names what was confirmed.
    both enum ConfirmationName {
        /// Other computers can reach the token service.
        Exposure,
        /// Requests hold credentials with addresses that the token service is about to leave.
        NewAddresses,
        /// SAP will refuse what is recorded.
        VendorRules,
        /// A portal and a hub of one subaccount are connected for good.
        OwnPair,
    }

    /// A place in a form.
    #[ts(optional_fields)]
    reply struct PlaceView {
        /// The field.
        pub field: FieldName,
        /// Line in the field's text, counted from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub line: Option<u32>,
        /// Column in characters, counted from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub column: Option<u32>,
    }

    /// A field of a form.
    reply enum FieldName {
        /// Name of a person, portal or hub.
        Name,
        /// E-mail address.
        Email,
        /// Role collections.
        Roles,
        /// Subaccount.
        Subaccount,
        /// *API Portal Alias Name*.
        Alias,
        /// *API Portal Access Credentials*.
        Credentials,
        /// *Comment*.
        Comment,
        /// The mandatory checkbox.
        Irrevocable,
        /// Reason of a rejection.
        Reason,
        /// A name or alias typed to confirm.
        Confirmation,
        /// The address that the token service listens at.
        Address,
        /// Host name in the URLs of credentials.
        Host,
        /// Port for client secrets and the portal API.
        Port,
        /// Port that demands a client certificate.
        MutualTlsPort,
        /// How often connections are tested.
        CheckInterval,
        /// The URL of a proxy.
        Proxy,
        /// An OpenAPI document.
        OpenApi,
        /// *Client ID*.
        ClientId,
        /// *Client Secret*.
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

    /// Whether the person may do something, and if not, why and what to do instead.
    reply struct Permit {
        /// Whether it may be done.
        pub allowed: bool,
        /// Why not; empty if allowed.
        pub reason: String,
        /// What to do instead; empty if allowed.
        pub hint: String,
        /// The text by which the person asks an administrator for the missing roles.
        pub role_request: Option<String>,
    }
}

impl From<Field> for FieldName {
    fn from(field: Field) -> Self {
        match field {
            Field::Name => Self::Name,
            Field::Email => Self::Email,
            Field::Roles => Self::Roles,
            Field::Subaccount => Self::Subaccount,
            Field::Alias => Self::Alias,
            Field::Credentials => Self::Credentials,
            Field::Comment => Self::Comment,
            Field::Irrevocable => Self::Irrevocable,
            Field::Reason => Self::Reason,
            Field::Confirmation => Self::Confirmation,
            Field::Address => Self::Address,
            Field::Host => Self::Host,
            Field::Port => Self::Port,
            Field::MutualTlsPort => Self::MutualTlsPort,
            Field::CheckInterval => Self::CheckInterval,
            Field::Proxy => Self::Proxy,
            Field::OpenApi => Self::OpenApi,
            Field::ClientId => Self::ClientId,
            Field::ClientSecret => Self::ClientSecret,
            Field::PortalUrl => Self::PortalUrl,
            Field::GeneratedAt => Self::GeneratedAt,
            Field::Password => Self::Password,
            Field::Description => Self::Description,
            Field::GraceTime => Self::GraceTime,
            Field::Region => Self::Region,
            Field::HubAddress => Self::HubAddress,
            Field::SubmittedBy => Self::SubmittedBy,
            Field::SubmittedOn => Self::SubmittedOn,
            Field::DecidedBy => Self::DecidedBy,
            Field::DecidedOn => Self::DecidedOn,
            Field::Note => Self::Note,
            Field::Ticket => Self::Ticket,
        }
    }
}

impl From<Confirmation> for ConfirmationName {
    fn from(confirmation: Confirmation) -> Self {
        match confirmation {
            Confirmation::Exposure => Self::Exposure,
            Confirmation::NewAddresses => Self::NewAddresses,
            Confirmation::VendorRules => Self::VendorRules,
            Confirmation::OwnPair => Self::OwnPair,
        }
    }
}

impl From<ConfirmationName> for Confirmation {
    fn from(name: ConfirmationName) -> Self {
        match name {
            ConfirmationName::Exposure => Self::Exposure,
            ConfirmationName::NewAddresses => Self::NewAddresses,
            ConfirmationName::VendorRules => Self::VendorRules,
            ConfirmationName::OwnPair => Self::OwnPair,
        }
    }
}

/// What happened and what to do about it, before it is text. A [`UserError`] is the same in one language.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// Which kind of error.
    pub code: ErrorCode,
    /// What happened, as a sentence without its beginning and end.
    pub message: Message,
    /// What to do about it, one or two sentences.
    pub hint: Message,
    /// What has to be confirmed.
    pub confirmation: Option<ConfirmationName>,
    /// Where in the form it happened.
    pub place: Option<PlaceView>,
    /// The text by which the person asks an administrator for the missing roles. Boxed, because few errors have it.
    pub role_request: Option<Box<Message>>,
}

impl View<Result<(), Refusal>> for Permit {
    fn of(result: Result<(), Refusal>, language: Language) -> Self {
        match result {
            Ok(()) => Self { allowed: true, reason: String::new(), hint: String::new(), role_request: None },
            Err(refusal) => {
                let UserError { code: _, message, hint, confirmation: _, place: _, role_request } =
                    refusal.into_view(language);
                Self { allowed: false, reason: message, hint, role_request }
            }
        }
    }
}

impl Permit {
    /// Whether something can be done for which a secret is needed.
    pub(crate) fn needing_secret(gone: bool, language: Language) -> Self {
        if !gone {
            return Ok(()).into_view(language);
        }
        let UserError { code: _, message, hint, confirmation: _, place: _, role_request: _ } =
            SecretStoreError::Missing.into_view(language);
        Self { allowed: false, reason: message, hint, role_request: None }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let place = place(&refusal);
        let role_request = if let Refusal::RoleMissing { action, missing, person } = &refusal {
            Some(Box::new(role_request(person, missing, *action)))
        } else {
            None
        };
        let confirmation = refusal.confirmation().map(Into::into);
        let code = match (&confirmation, &role_request, &place) {
            (Some(_), _, _) => ErrorCode::NeedsConfirmation,
            (None, Some(_), _) => ErrorCode::RoleMissing,
            (None, None, Some(_)) => ErrorCode::InvalidInput,
            (None, None, None) => ErrorCode::Refused,
        };
        Self { confirmation, place, role_request, ..Self::of(code, &refusal.message()) }
    }
}

fn place(refusal: &Refusal) -> Option<PlaceView> {
    let field = refusal.field()?.into();
    let place = if let Refusal::Document(finding) = refusal { finding.place } else { None };
    Some(PlaceView {
        field,
        line: place.map(|place| count(place.line)),
        column: place.map(|place| count(place.column)),
    })
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Keychain(error) => error.into(),
            Failure::OtherKeychain(other) => other.into(),
            Failure::Repository(error) => error.into(),
            Failure::NotFound(_) => Self::of(ErrorCode::NotFound, &failure.message()),
            Failure::Issue(error) => Self::unexpected(error),
        }
    }
}

impl From<SecretStoreError> for Trouble {
    fn from(error: SecretStoreError) -> Self {
        match &error {
            SecretStoreError::Missing => Self::of(ErrorCode::Failed, &message!("keychain-secret-gone")),
            SecretStoreError::TooLarge { .. } => Self::of(ErrorCode::Failed, &error.message()),
            SecretStoreError::Locked
            | SecretStoreError::KeyringLocked { .. }
            | SecretStoreError::NotAllowed { .. }
            | SecretStoreError::Denied
            | SecretStoreError::NoKeychain
            | SecretStoreError::Broken { .. } => Self::of(ErrorCode::Keychain, &error.message()),
        }
    }
}

impl From<OtherKeychain> for Trouble {
    fn from(other: OtherKeychain) -> Self {
        Self::of(ErrorCode::Keychain, &other.message())
    }
}

impl From<RepositoryError> for Trouble {
    fn from(error: RepositoryError) -> Self {
        if matches!(error, RepositoryError::Other { .. }) {
            Self::unexpected(error)
        } else {
            Self::of(ErrorCode::Failed, &error.message())
        }
    }
}

impl From<HandOverFailure> for Trouble {
    fn from(failure: HandOverFailure) -> Self {
        match failure {
            HandOverFailure::Failure(failure) => failure.into(),
            HandOverFailure::Outlet(error) => Self::of(ErrorCode::Failed, &error.message()),
        }
    }
}

impl<T: Into<Trouble>> View<T> for UserError {
    fn of(what: T, language: Language) -> Self {
        let Trouble { code, message, hint, confirmation, place, role_request } = what.into();
        Self {
            code,
            message: sentence(&message.render(language)),
            hint: hint.render(language),
            confirmation,
            place,
            role_request: role_request.map(|request| format!("{}\n", request.render(language))),
        }
    }
}

impl Trouble {
    /// A message and what to do about it; it is about no field.
    pub fn of(code: ErrorCode, message: &Message) -> Self {
        Self::plain(code, message.clone(), message.remedy())
    }

    /// A clause and what to do; neither is about a field.
    pub fn plain(code: ErrorCode, message: impl Into<Message>, hint: impl Into<Message>) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { code, message, hint, confirmation: None, place: None, role_request: None }
    }

    /// An error nobody foresaw: a calm sentence and a reference; the cause goes to the log.
    pub fn unexpected(cause: impl Display) -> Self {
        let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
        error!(%reference, %cause, "unexpected error");
        Self::of(ErrorCode::Failed, &message!("shell-unexpected", reference = reference))
    }

    /// Something that is no id of ours: nothing of that name exists.
    pub fn unknown_id() -> Self {
        Self::of(ErrorCode::NotFound, &message!("shell-unknown-id"))
    }
}

/// The domain's messages are clauses; on a screen they are sentences.
pub(crate) fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if clause.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
