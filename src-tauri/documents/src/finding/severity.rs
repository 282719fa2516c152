//! How grave a finding is.

use super::kind::FindingKind;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The credentials cannot be used like this.
    Error,
    /// They can be used; somebody should know.
    Warning,
    /// What was put right, kept or taken from elsewhere.
    Note,
}

impl FindingKind {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Empty
            | Self::TooLarge { .. }
            | Self::TooDeep
            | Self::TooMany { .. }
            | Self::NotText
            | Self::NotJson { .. }
            | Self::NotYaml { .. }
            | Self::Malformed { .. }
            | Self::NoCredentials
            | Self::CreationParameters
            | Self::PasswordNeeded
            | Self::WrongPassword
            | Self::TooMuchProtected
            | Self::TooCostly { .. }
            | Self::TooMuchWork
            | Self::Stopped
            | Self::ContainerUnreadable { .. }
            | Self::MissingPart { .. }
            | Self::EmptyPart { .. }
            | Self::NotAText { .. }
            | Self::Placeholder { .. }
            | Self::HoldsSecret { .. }
            | Self::ControlCharacter { .. }
            | Self::NotAUrl { .. }
            | Self::UserInUrl { .. }
            | Self::QueryInUrl { .. }
            | Self::NotHttps { .. }
            | Self::BothKinds
            | Self::NeitherKind
            | Self::Unreadable { .. }
            | Self::KeyMismatch
            | Self::OutsideValidity(_)
            | Self::IssuerExpired { .. }
            | Self::WeakKey { .. }
            | Self::NoClientId
            | Self::Repeated { .. }
            | Self::OtherUrlGiven => Severity::Error,
            Self::SpaceTaken { .. }
            | Self::TokenPathDoubled { .. }
            | Self::TokenPathMissing
            | Self::RegionsDiffer
            | Self::Expiring { .. }
            | Self::IssuerEndsEarlier { .. }
            | Self::WeakSignature { .. }
            | Self::StrangerLeftOut
            | Self::RepeatedHarmless
            | Self::SameAsReplaced => Severity::Warning,
            Self::SeveralCredentials { .. }
            | Self::PemRepaired { .. }
            | Self::ChainReordered
            | Self::RootLeftOut
            | Self::ClientIdFromSubject
            | Self::ExtraKeys { .. } => Severity::Note,
        }
    }
}
