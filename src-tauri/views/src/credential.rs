//! Credentials, without any secret.

use chrono::{DateTime, Utc};
use domain::{
    connection::RequestStateKind,
    credential::{
        AccessFacts, Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, GenerateKind,
        ImportedCredential, KeyAlgorithm, Left, Validity, ValidityStanding,
    },
    documents::CertificateChain,
    messages::Language,
    portal::{Applied, CredentialOverview},
};

use crate::{HealthView, IntoView, KindName, LifetimeView, Permit, View, VocabularyName, declare::wire, numbers::days};

wire! {
    /// What a credential proves itself with, without the secret.
    #[serde(tag = "kind", rename_all_fields = "camelCase")]
    reply enum CredentialKindView {
        /// A client secret.
        ClientSecret {
            /// How long it lives.
            lifetime: LifetimeView,
        },
        /// A certificate.
        Certificate {
            /// SHA-256 of the leaf, hexadecimal with colons.
            fingerprint: String,
            /// Subject of the leaf.
            subject: String,
            /// Issuer of the leaf.
            issuer: String,
            /// Start of validity.
            not_before: DateTime<Utc>,
            /// End of validity.
            not_after: DateTime<Utc>,
            /// The key, such as "RSA 2048".
            public_key: String,
            /// How many certificates the chain has.
            chain_length: u32,
        },
    }

    /// Until when credentials can be used.
    reply struct ValidityView {
        /// When they end by themselves; `null` if they do not, or if that is not known.
        pub until: Option<DateTime<Utc>>,
        /// Whole days until then, not rounded up; negative from the second day after it on.
        pub days_left: Option<i32>,
        /// Whether that is so near that the day alone could mislead.
        pub near: bool,
        /// What is left, or why nothing is, in a few words.
        pub text: String,
        /// What limits it, a sentence.
        pub why: String,
        /// What follows from it now.
        pub standing: ValidityStandingName,
    }

    /// What the validity of credentials is now.
    reply enum ValidityStandingName {
        /// They cannot be used yet.
        NotYetValid,
        /// They are valid, and not about to end.
        Valid,
        /// They end soon.
        EndsSoon,
        /// They have ended.
        Ended,
        /// They do not end by themselves.
        NoEnd,
        /// They end at some time, but it is not known when.
        NotKnown,
    }

    /// Where a credential of a portal stands.
    #[serde(tag = "state", rename_all_fields = "camelCase")]
    reply enum CredentialStateView {
        /// The latest one.
        Current,
        /// A later one exists; this one is still valid.
        Superseded {
            /// Since when.
            at: DateTime<Utc>,
        },
        /// Made by hand for a service key.
        Additional,
        /// Ended.
        Retired {
            /// Since when.
            at: DateTime<Utc>,
            /// What ended it.
            end: CredentialEndName,
        },
    }

    /// What ended a credential.
    reply enum CredentialEndName {
        /// Its service key was deleted.
        KeyDeleted,
        /// Its service instance was deleted.
        InstanceDeleted,
    }

    /// Where a credential or a portal is in use.
    #[serde(tag = "applied", rename_all_fields = "camelCase")]
    reply enum AppliedView {
        /// By no hub of this installation.
        Nowhere,
        /// By an open request.
        To {
            /// Id of the request.
            request_id: String,
            /// Id of the hub.
            hub_id: String,
            /// Name of the hub.
            hub: String,
            /// Alias of the request.
            alias: String,
            /// Where it stands.
            request_state: RequestStateName,
            /// Whether the hub is local or in SAP.
            kind: KindName,
            /// The vocabulary of the hub.
            vocabulary: VocabularyName,
            /// What is known about the connection; `null` while there is none.
            health: Option<Box<HealthView>>,
        },
    }

    /// The state of a request, by its name.
    #[derive(Copy)]
    both enum RequestStateName {
        /// Waits for a hub admin.
        Pending,
        /// Connected.
        Approved,
        /// Turned down.
        Rejected,
    }

    /// A credential of a portal.
    reply struct CredentialView {
        /// Identifies the credential.
        pub id: String,
        /// Where it comes from.
        pub origin: CredentialOriginView,
        /// The OAuth 2.0 client id.
        pub client_id: String,
        /// What it proves itself with.
        pub kind: CredentialKindView,
        /// When it was generated here, or imported.
        pub created_at: DateTime<Utc>,
        /// Who did that.
        pub created_by: String,
        /// Until when it can be used.
        pub validity: ValidityView,
        /// Whether it is the current one.
        pub state: CredentialStateView,
        /// Which hub holds a copy of it.
        pub applied: AppliedView,
        /// Label of the secret's item in the keychain; `null` once retired.
        pub secret_label: Option<String>,
        /// Whether its secret is in the keychain, and if not, what to do.
        pub secret_there: Permit,
    }

    /// Where a credential comes from.
    #[serde(tag = "origin", rename_all_fields = "camelCase")]
    reply enum CredentialOriginView {
        /// Generated here.
        ServiceKey {
            /// Name of the service key that carries it.
            key_name: String,
        },
        /// Imported from a portal elsewhere.
        Imported {
            /// The portal's URL.
            url: String,
            /// The token endpoint.
            token_url: String,
            /// The base URL for certificates; `null` for a client secret.
            cert_url: Option<String>,
        },
    }

    /// Credentials that were recognised in a document, redacted.
    reply struct CredentialSummaryView {
        /// The portal's URL.
        pub url: String,
        /// The token endpoint.
        pub token_url: String,
        /// The base URL for certificates; `null` for a client secret.
        pub cert_url: Option<String>,
        /// The OAuth 2.0 client id.
        pub client_id: String,
        /// What they prove themselves with.
        pub kind: CredentialKindView,
        /// Until when they can be used.
        pub validity: ValidityView,
        /// Name of the portal, if it is managed here.
        pub portal_name: Option<String>,
    }

    /// What is to be generated.
    #[derive(Clone, Copy)]
    request enum GenerateKindRequest {
        /// A certificate with a key of RSA, 2048 bits.
        CertificateRsa2048,
        /// A certificate with a key on P-256.
        CertificateP256,
        /// A client secret.
        ClientSecret,
    }
}

impl From<GenerateKindRequest> for GenerateKind {
    fn from(request: GenerateKindRequest) -> Self {
        match request {
            GenerateKindRequest::CertificateRsa2048 => Self::Certificate(KeyAlgorithm::Rsa2048),
            GenerateKindRequest::CertificateP256 => Self::Certificate(KeyAlgorithm::P256),
            GenerateKindRequest::ClientSecret => Self::ClientSecret,
        }
    }
}

impl From<CredentialKind> for CredentialKindView {
    fn from(kind: CredentialKind) -> Self {
        match kind {
            CredentialKind::ClientSecret(lifetime) => Self::ClientSecret { lifetime: lifetime.into() },
            CredentialKind::Certificate(chain) => {
                let CertificateChain {
                    pem: _,
                    length,
                    fingerprint,
                    subject,
                    common_name: _,
                    issuer,
                    not_before,
                    not_after,
                    public_key,
                    issuer_end: _,
                } = chain;
                let chain_length = u32::try_from(length).unwrap_or(u32::MAX);
                Self::Certificate { fingerprint, subject, issuer, not_before, not_after, public_key, chain_length }
            }
        }
    }
}

impl From<CredentialState> for CredentialStateView {
    fn from(state: CredentialState) -> Self {
        match state {
            CredentialState::Current { secret: _ } => Self::Current,
            CredentialState::Superseded { secret: _, at } => Self::Superseded { at },
            CredentialState::Additional { secret: _ } => Self::Additional,
            CredentialState::Retired { at, end } => Self::Retired { at, end: end.into() },
        }
    }
}

impl From<CredentialEnd> for CredentialEndName {
    fn from(end: CredentialEnd) -> Self {
        match end {
            CredentialEnd::KeyDeleted => Self::KeyDeleted,
            CredentialEnd::InstanceDeleted => Self::InstanceDeleted,
        }
    }
}

impl From<RequestStateKind> for RequestStateName {
    fn from(kind: RequestStateKind) -> Self {
        match kind {
            RequestStateKind::Pending => Self::Pending,
            RequestStateKind::Approved => Self::Approved,
            RequestStateKind::Rejected => Self::Rejected,
        }
    }
}

impl From<RequestStateName> for RequestStateKind {
    fn from(name: RequestStateName) -> Self {
        match name {
            RequestStateName::Pending => Self::Pending,
            RequestStateName::Approved => Self::Approved,
            RequestStateName::Rejected => Self::Rejected,
        }
    }
}

impl View<Applied> for AppliedView {
    fn of(applied: Applied, language: Language) -> Self {
        match applied {
            Applied::Nowhere => Self::Nowhere,
            Applied::To { request, hub_id, hub, alias, state, kind, vocabulary, health } => Self::To {
                request_id: request.to_string(),
                hub_id: hub_id.to_string(),
                hub,
                alias,
                request_state: state.into(),
                kind: kind.into(),
                vocabulary: vocabulary.into(),
                health: health.map(|health| Box::new((*health).into_view(language))),
            },
        }
    }
}

impl View<CredentialOverview> for CredentialView {
    fn of(overview: CredentialOverview, language: Language) -> Self {
        let CredentialOverview { credential, validity, applied, secret_label, secret_gone } = overview;
        let Credential { id, portal_id: _, origin, client_id, kind, created_at, created_by, state } = credential;
        Self {
            id: id.to_string(),
            origin: origin.into(),
            client_id,
            kind: kind.into(),
            created_at,
            created_by: created_by.name().to_owned(),
            validity: validity.into_view(language),
            state: state.into(),
            applied: applied.into_view(language),
            secret_label,
            secret_there: Permit::needing_secret(secret_gone, language),
        }
    }
}

impl From<CredentialOrigin> for CredentialOriginView {
    fn from(origin: CredentialOrigin) -> Self {
        match origin {
            CredentialOrigin::ServiceKey { instance_id: _, key_name, verifier: _ } => Self::ServiceKey { key_name },
            CredentialOrigin::Imported(ImportedCredential { url, token_url, cert_url, extra: _ }) => {
                Self::Imported { url: url.into(), token_url: token_url.into(), cert_url: cert_url.map(String::from) }
            }
        }
    }
}

impl CredentialSummaryView {
    /// Facts with what follows from time and place.
    pub fn new(facts: AccessFacts, validity: Validity, portal_name: Option<String>, language: Language) -> Self {
        let AccessFacts { url, token_url, cert_url, client_id, kind } = facts;
        Self {
            url: url.into(),
            token_url: token_url.into(),
            cert_url: cert_url.map(String::from),
            client_id,
            kind: kind.into(),
            validity: validity.into_view(language),
            portal_name,
        }
    }
}

impl View<Validity> for ValidityView {
    fn of(validity: Validity, language: Language) -> Self {
        let (text, why) = (validity.message().render(language), validity.why().render(language));
        let Validity { until, left, rule: _, standing } = validity;
        let days_left = left.map(|left| days(left.days()));
        Self { until, days_left, near: left.is_some_and(Left::is_near), text, why, standing: standing.into() }
    }
}

impl From<ValidityStanding> for ValidityStandingName {
    fn from(standing: ValidityStanding) -> Self {
        match standing {
            ValidityStanding::NotYetValid { from: _ } => Self::NotYetValid,
            ValidityStanding::Valid => Self::Valid,
            ValidityStanding::EndsSoon => Self::EndsSoon,
            ValidityStanding::Ended => Self::Ended,
            ValidityStanding::NoEnd => Self::NoEnd,
            ValidityStanding::NotKnown => Self::NotKnown,
        }
    }
}
