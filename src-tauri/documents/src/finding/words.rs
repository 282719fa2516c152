//! What a finding says, and what to do about it.

use messages::{Argument, Day, Joined, Message, Moment, message};

use super::kind::FindingKind;

impl FindingKind {
    /// What it says, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => message!("finding-empty"),
            Self::TooLarge { bytes, limit } => message!("finding-too-large", bytes = *bytes, limit = *limit),
            Self::TooDeep => message!("finding-too-deep"),
            Self::TooMany { limit } => message!("finding-too-many", limit = *limit),
            Self::NotText => message!("finding-not-text"),
            Self::NotJson { problem } => message!("finding-not-json", problem = problem),
            Self::NotYaml { problem } => message!("finding-not-yaml", problem = problem),
            Self::Malformed { syntax, problem } => {
                message!("finding-malformed", syntax = syntax.message(), problem = problem)
            }
            Self::NoCredentials => message!("finding-no-credentials"),
            Self::CreationParameters => message!("finding-creation-parameters"),
            Self::SeveralCredentials { count } => message!("finding-several", count = *count),
            Self::PasswordNeeded => message!("finding-password-needed"),
            Self::WrongPassword => message!("finding-wrong-password"),
            Self::TooMuchProtected => message!("finding-too-much-protected"),
            Self::TooCostly { what, ceiling } => {
                message!("finding-too-costly", what = what, ceiling = ceiling.message())
            }
            Self::TooMuchWork => message!("finding-too-much-work"),
            Self::Stopped => message!("finding-stopped"),
            Self::ContainerUnreadable { what } => message!("finding-container-unreadable", what = what),
            Self::MissingPart { part } => message!("finding-missing-part", part = part.key()),
            Self::EmptyPart { part } => message!("finding-empty-part", part = part.key()),
            Self::NotAText { part } => message!("finding-not-a-text", part = part.key()),
            Self::Placeholder { part } => message!("finding-placeholder", part = part.key()),
            Self::SpaceTaken { part } => message!("finding-space-taken", part = part.key()),
            Self::HoldsSecret { part } => message!("finding-holds-secret", part = part.key()),
            Self::ControlCharacter { part } => message!("finding-control-character", part = part.key()),
            Self::NotAUrl { part } => message!("finding-not-a-url", part = part.key()),
            Self::UserInUrl { part } => message!("finding-user-in-url", part = part.key()),
            Self::QueryInUrl { part } => message!("finding-query-in-url", part = part.key()),
            Self::NotHttps { part } => message!("finding-not-https", part = part.key()),
            Self::TokenPathDoubled { part } => message!("finding-token-path-doubled", part = part.key()),
            Self::TokenPathMissing => message!("finding-token-path-missing"),
            Self::RegionsDiffer => message!("finding-regions-differ"),
            Self::BothKinds => message!("finding-both-kinds"),
            Self::NeitherKind => message!("finding-neither-kind"),
            Self::Unreadable { part, problem } => {
                let problem = problem.message();
                message!("finding-unreadable", part = part.key(), remedy = problem.remedy(), problem = problem)
            }
            Self::KeyMismatch => message!("finding-key-mismatch"),
            Self::OutsideValidity(outside) => outside.message(),
            Self::Expiring { not_after, left } => {
                message!("finding-expiring", end = Day(*not_after), left = left.as_ref())
            }
            Self::IssuerEndsEarlier { not_after } => message!("finding-issuer-ends-earlier", end = Day(*not_after)),
            Self::IssuerExpired { not_after } => message!("finding-issuer-expired", end = Moment(*not_after)),
            Self::WeakKey { key } => message!("finding-weak-key", key = key),
            Self::WeakSignature { algorithm } => message!("finding-weak-signature", algorithm = *algorithm),
            Self::PemRepaired { part, repairs } => {
                let repairs = Argument::list(repairs.iter().map(|repair| repair.message()), Joined::ByComma);
                message!("finding-pem-repaired", part = part.key(), repairs = repairs)
            }
            Self::ChainReordered => message!("finding-chain-reordered"),
            Self::RootLeftOut => message!("finding-root-left-out"),
            Self::StrangerLeftOut => message!("finding-stranger-left-out"),
            Self::NoClientId => message!("finding-no-client-id"),
            Self::ClientIdFromSubject => message!("finding-client-id-from-subject"),
            Self::Repeated { part } => message!("finding-repeated", part = part.key()),
            Self::RepeatedHarmless => message!("finding-repeated-harmless"),
            Self::ExtraKeys { known, others } => {
                let unknown = message!("finding-extra-unknown", count = *others);
                let names = Argument::list(known.iter().copied(), Joined::ByComma);
                message!(
                    "finding-extra-keys",
                    names = match (known.is_empty(), *others) {
                        (_, 0) => names,
                        (true, _) => unknown.into(),
                        (false, _) => message!("finding-extra-both", known = names, unknown = unknown).into(),
                    }
                )
            }
            Self::OtherUrlGiven => message!("finding-other-url-given"),
            Self::SameAsReplaced => message!("finding-same-as-replaced"),
        }
    }
}
