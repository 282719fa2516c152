//! PingOne accounts and their Connection API Credentials.

use chrono::{DateTime, Utc};
use domain::{
    credential::{SecretStrength, StrengthSuggestion, StrengthWarning},
    documents::{ConnectionApiFormat, SecretBytes},
    messages::Language,
    pingone::{
        AccountKind, AccountPage, AccountSummary, ConnectionApiCredential, ConnectionCredentialOverview, FormerSecret,
        PingOneAccount, PingOneProblem, SecretReplacement,
    },
    refusal::Failure,
};

use crate::{
    ClientSecretRequest, IntoView, Permit, UserError, View, declare::wire, numbers::count,
    revealed_secret::RevealedSecret,
};

wire! {
    /// The list of PingOne accounts.
    reply struct PingOneAccountListView {
        /// The accounts, by name.
        pub accounts: Vec<PingOneAccountSummaryView>,
        /// How many credentials each of them can have.
        pub credential_limit: u32,
    }

    /// A PingOne account in the list.
    reply struct PingOneAccountSummaryView {
        /// The account.
        pub account: PingOneAccountView,
        /// How many credentials it has.
        pub credentials: u32,
        /// Of how many of them a former secret is kept.
        pub former_secrets: u32,
        /// How many of them wait for the client id that PingOne shows.
        pub waiting: u32,
    }

    /// Where the credentials of an account are real.
    #[derive(Copy)]
    both enum PingOneAccountKindName {
        /// Only here, for practice.
        Local,
        /// At PingOne: what is here are records of them.
        InPingOne,
    }

    /// A PingOne account.
    reply struct PingOneAccountView {
        /// Identifies the account.
        pub id: String,
        /// Name.
        pub name: String,
        /// Where its credentials are real.
        pub kind: PingOneAccountKindName,
        /// When it was created here.
        pub created_at: DateTime<Utc>,
    }

    /// The account's page.
    reply struct PingOneAccountPageView {
        /// The account.
        pub account: PingOneAccountView,
        /// Its credentials, oldest first.
        pub credentials: Vec<ConnectionCredentialView>,
        /// How many it can have.
        pub credential_limit: u32,
        /// Whether there is room for another one; if not, why.
        pub may_add: Permit,
        /// That PingOne will refuse another one, which can be recorded nevertheless.
        pub warning: Option<PingOneWarningView>,
        /// The longest description, in characters.
        pub max_description: u32,
        /// The longest secret, in characters.
        pub max_secret: u32,
        /// For how many hours a replaced secret is kept unless somebody says otherwise.
        pub default_grace_hours: u32,
        /// The longest time, in hours, that it can be kept; the shortest is 0.
        pub max_grace_hours: u32,
        /// The formats to export in.
        pub formats: Vec<ConnectionExportFormatView>,
    }

    /// What PingOne will not allow.
    reply struct PingOneWarningView {
        /// What is so.
        pub text: String,
        /// What to do about it.
        pub hint: String,
    }

    /// Connection API Credentials, without their secret.
    reply struct ConnectionCredentialView {
        /// Identifies the credentials.
        pub id: String,
        /// Client id; `null` until the one that PingOne shows is entered.
        pub client_id: Option<String>,
        /// *Short Description*; may be empty.
        pub description: String,
        /// Whether a person chose the secret, instead of having it generated.
        pub secret_chosen: bool,
        /// Since when this secret is the current one.
        pub secret_changed_at: DateTime<Utc>,
        /// What the secret is called in the keychain.
        pub secret_label: Option<String>,
        /// Whether the secret is in the keychain, and if not, what to do.
        pub secret_there: Permit,
        /// The secret before, as long as it is kept.
        pub former: Option<FormerSecretView>,
        /// When the credentials were added.
        pub created_at: DateTime<Utc>,
        /// Who added them.
        pub created_by: String,
    }

    /// A secret that was replaced and is kept for a while.
    reply struct FormerSecretView {
        /// Whether a person chose it.
        pub chosen: bool,
        /// When it was replaced.
        pub replaced_at: DateTime<Utc>,
        /// From when on it counts as deleted.
        pub until: DateTime<Utc>,
        /// How long that is from now, in a few words.
        pub left: String,
    }

    /// Credentials that were added.
    reply struct ConnectionCredentialAddedView {
        /// Id of the credentials.
        pub id: String,
        /// The account's page with them.
        pub page: PingOneAccountPageView,
    }

    /// New credentials as typed.
    request struct AddConnectionCredentialRequest {
        /// Id of the account.
        pub account_id: String,
        /// *Short Description*; may be empty.
        pub description: String,
        /// A client secret of one's own instead of a generated one; empty for none.
        pub client_secret: ClientSecretRequest,
    }

    /// Credentials as PingOne shows them.
    request struct RecordConnectionCredentialRequest {
        /// Id of the account.
        pub account_id: String,
        /// *Client ID*.
        pub client_id: String,
        /// *Short Description*; may be empty.
        pub description: String,
        /// *Client Secret*.
        pub client_secret: ClientSecretRequest,
    }

    /// Credentials as edited.
    request struct EditConnectionCredentialRequest {
        /// Id of the credentials.
        pub id: String,
        /// *Short Description*; may be empty. `null`: it stays what it is by now.
        pub description: Option<String>,
        /// What becomes of the secret.
        pub secret: SecretEditName,
        /// The secret if one is chosen; else empty.
        pub client_secret: ClientSecretRequest,
        /// For how many hours the present secret is kept if it is replaced.
        pub grace_hours: u32,
    }

    /// What becomes of the secret when credentials are edited.
    #[derive(Copy, Clone)]
    request enum SecretEditName {
        /// It stays.
        Keep,
        /// Another one is generated.
        Generate,
        /// A person chooses another one.
        Choose,
    }

    /// How hard a secret is to guess.
    reply struct SecretStrengthView {
        /// From 0, guessed at once, to `maxScore`.
        pub score: u32,
        /// The best score.
        pub max_score: u32,
        /// The score in words.
        pub word: String,
        /// Whether the person should be warned.
        pub weak: bool,
        /// What makes it easy to guess, if one thing does.
        pub warning: Option<StrengthAdviceView>,
        /// What would make it harder.
        pub suggestions: Vec<StrengthAdviceView>,
    }

    /// A piece of advice about a secret.
    reply struct StrengthAdviceView {
        /// Stable name.
        pub code: String,
        /// A sentence.
        pub text: String,
    }

    /// A format to export Connection API Credentials in.
    reply struct ConnectionExportFormatView {
        /// Which.
        pub format: ConnectionExportFormatName,
        /// What it is called.
        pub name: String,
    }

    /// A format by its name.
    #[derive(Copy)]
    both enum ConnectionExportFormatName {
        /// `clientId` and `clientSecret` as JSON.
        Json,
        /// An environment file.
        Environment,
        /// A curl script.
        Curl,
    }

    /// A client secret that the person chose to see: the one reply that carries a secret.
    revealed struct RevealedSecretView {
        /// Its client id.
        pub client_id: Option<String>,
        /// The secret.
        #[ts(type = "string")]
        pub client_secret: RevealedSecret,
    }
}

impl From<Vec<AccountSummary>> for PingOneAccountListView {
    fn from(accounts: Vec<AccountSummary>) -> Self {
        Self {
            accounts: accounts.into_iter().map(PingOneAccountSummaryView::from).collect(),
            credential_limit: count(PingOneAccount::MAX_CREDENTIALS),
        }
    }
}

impl From<AccountSummary> for PingOneAccountSummaryView {
    fn from(summary: AccountSummary) -> Self {
        let AccountSummary { account, credentials, former_secrets, waiting } = summary;
        Self {
            account: account.into(),
            credentials: count(credentials),
            former_secrets: count(former_secrets),
            waiting: count(waiting),
        }
    }
}

impl From<PingOneAccount> for PingOneAccountView {
    fn from(account: PingOneAccount) -> Self {
        let PingOneAccount { id, name, kind, created_at } = account;
        Self { id: id.to_string(), name, kind: kind.into(), created_at }
    }
}

impl PingOneAccountKindName {
    /// The tag in lists.
    pub fn tag(self, language: Language) -> &'static str {
        AccountKind::from(self).tag_message().text(language)
    }
}

impl From<AccountKind> for PingOneAccountKindName {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Local => Self::Local,
            AccountKind::InPingOne => Self::InPingOne,
        }
    }
}

impl From<PingOneAccountKindName> for AccountKind {
    fn from(kind: PingOneAccountKindName) -> Self {
        match kind {
            PingOneAccountKindName::Local => Self::Local,
            PingOneAccountKindName::InPingOne => Self::InPingOne,
        }
    }
}

impl View<PingOneProblem> for PingOneWarningView {
    fn of(problem: PingOneProblem, language: Language) -> Self {
        let UserError { message, hint, .. } = Failure::from(problem).into_view(language);
        Self { text: message, hint }
    }
}

impl View<AccountPage> for PingOneAccountPageView {
    fn of(page: AccountPage, language: Language) -> Self {
        let AccountPage { account, credentials, may_add, warning } = page;
        Self {
            account: account.into(),
            credentials: credentials.into_view(language),
            credential_limit: count(PingOneAccount::MAX_CREDENTIALS),
            may_add: may_add.into_view(language),
            warning: warning.map(|warning| PingOneWarningView::of(warning, language)),
            max_description: count(ConnectionApiCredential::MAX_DESCRIPTION),
            max_secret: count(ConnectionApiCredential::MAX_SECRET),
            default_grace_hours: ConnectionApiCredential::DEFAULT_GRACE_HOURS,
            max_grace_hours: ConnectionApiCredential::MAX_GRACE_HOURS,
            formats: ConnectionApiFormat::ALL.to_vec().into_view(language),
        }
    }
}

impl View<ConnectionCredentialOverview> for ConnectionCredentialView {
    fn of(overview: ConnectionCredentialOverview, language: Language) -> Self {
        let ConnectionCredentialOverview { credential, secret_label, secret_gone, former_left } = overview;
        let ConnectionApiCredential {
            id,
            account_id: _,
            client_id,
            description,
            secret: _,
            secret_chosen,
            secret_changed_at,
            former,
            created_at,
            created_by,
        } = credential;
        let former = former.zip(former_left).map(|(former, left)| {
            let FormerSecret { secret: _, chosen, replaced_at, until, over_since: _ } = former;
            FormerSecretView { chosen, replaced_at, until, left: left.message().render(language) }
        });
        Self {
            id: id.to_string(),
            client_id,
            description,
            secret_chosen,
            secret_changed_at,
            secret_label,
            secret_there: Permit::needing_secret(secret_gone, language),
            former,
            created_at,
            created_by: created_by.name().to_owned(),
        }
    }
}

impl EditConnectionCredentialRequest {
    /// Its id, the description, and the other secret if there is to be one. `take` gives the secret that is chosen.
    pub fn own(
        self,
        take: impl FnOnce(ClientSecretRequest) -> Result<SecretBytes, UserError>,
    ) -> Result<(String, Option<String>, Option<SecretReplacement>), UserError> {
        let Self { id, description, secret, client_secret, grace_hours } = self;
        let replacement = match secret {
            SecretEditName::Keep => None,
            SecretEditName::Generate => Some(SecretReplacement { secret: None, grace_hours }),
            // An empty secret goes to the domain, too, which refuses it: it must not lead to a generated one that
            // nobody asked for.
            SecretEditName::Choose => Some(SecretReplacement { secret: Some(take(client_secret)?), grace_hours }),
        };
        Ok((id, description, replacement))
    }
}

impl View<SecretStrength> for SecretStrengthView {
    fn of(strength: SecretStrength, language: Language) -> Self {
        let (word, weak) = (strength.word(language).to_owned(), strength.is_weak());
        let SecretStrength { score, warning, suggestions } = strength;
        Self {
            score: score.into(),
            max_score: SecretStrength::MAX_SCORE.into(),
            word,
            weak,
            warning: warning.into_view(language),
            suggestions: suggestions.into_view(language),
        }
    }
}

impl View<StrengthWarning> for StrengthAdviceView {
    fn of(warning: StrengthWarning, language: Language) -> Self {
        Self { code: warning.code().to_owned(), text: warning.text(language).to_owned() }
    }
}

impl View<StrengthSuggestion> for StrengthAdviceView {
    fn of(suggestion: StrengthSuggestion, language: Language) -> Self {
        Self { code: suggestion.code().to_owned(), text: suggestion.text(language).to_owned() }
    }
}

impl View<ConnectionApiFormat> for ConnectionExportFormatView {
    fn of(format: ConnectionApiFormat, language: Language) -> Self {
        Self { format: format.into(), name: format.name(language).to_owned() }
    }
}

impl From<ConnectionApiFormat> for ConnectionExportFormatName {
    fn from(format: ConnectionApiFormat) -> Self {
        match format {
            ConnectionApiFormat::Json => Self::Json,
            ConnectionApiFormat::Environment => Self::Environment,
            ConnectionApiFormat::Curl => Self::Curl,
        }
    }
}

impl From<ConnectionExportFormatName> for ConnectionApiFormat {
    fn from(name: ConnectionExportFormatName) -> Self {
        match name {
            ConnectionExportFormatName::Json => Self::Json,
            ConnectionExportFormatName::Environment => Self::Environment,
            ConnectionExportFormatName::Curl => Self::Curl,
        }
    }
}
