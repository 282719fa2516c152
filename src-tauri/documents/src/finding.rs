//! What is to be said about a document: how grave, where, what, and what to do. No finding carries anything of a
//! document's values except public ones: dates, key sizes, the names of parts.

use chrono::{DateTime, Utc};
use messages::{Argument, Day, Joined, Message, Moment, message};

use crate::{Ceiling, CertificateProblem, OutsideValidity, Part, Place, Shape, Syntax};

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

/// Something to be said about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands; `None` where the document has no lines, such as a PKCS#12 container.
    pub place: Option<Place>,
    /// What it is.
    pub kind: FindingKind,
}

impl Finding {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Whether it says that a URL is missing in a file of a shape that has no room for any: nobody can copy it once more.
    pub const fn is_url_missing_in(&self, shape: Shape) -> bool {
        let FindingKind::MissingPart { part: Part::Url | Part::CertUrl } = self.kind else { return false };
        !shape.carries_urls()
    }

    /// Where it stands and what it says.
    pub fn message(&self) -> Message {
        match self.place {
            Some(Place { line, column }) => {
                message!("placed", line = line, column = column, message = self.kind.message())
            }
            None => self.kind.message(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for Finding {}

/// A way in which PEM text was damaged and put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PemRepair {
    /// Line breaks written as `\n`.
    EscapedLineBreaks,
    /// Line breaks written as `\\n`.
    DoublyEscapedLineBreaks,
    /// Line breaks of Windows.
    CarriageReturns,
    /// No line breaks at all, or spaces in their place.
    MissingLineBreaks,
    /// White space at the beginning of lines or around the blocks.
    Indentation,
    /// Text between or around the blocks.
    SurroundingText,
    /// The whole PEM text in base64.
    Base64,
}

impl PemRepair {
    /// What was put right.
    pub const fn message(self) -> Message {
        match self {
            Self::EscapedLineBreaks => message!("repair-escaped"),
            Self::DoublyEscapedLineBreaks => message!("repair-doubly-escaped"),
            Self::CarriageReturns => message!("repair-carriage-returns"),
            Self::MissingLineBreaks => message!("repair-missing-line-breaks"),
            Self::Indentation => message!("repair-indentation"),
            Self::SurroundingText => message!("repair-surrounding-text"),
            Self::Base64 => message!("repair-base64"),
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// Nothing was given.
    Empty,
    /// Larger than any credential document.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// Nested deeper than any credential document.
    TooDeep,
    /// Neither text nor a container that is known.
    NotText,
    /// Not JSON (RFC 8259).
    NotJson {
        /// What the parser expected; nothing of the text.
        problem: Message,
    },
    /// Not YAML.
    NotYaml {
        /// What the parser expected; nothing of the text.
        problem: Message,
    },
    /// Damaged text of another syntax.
    Malformed {
        /// Which one.
        syntax: Syntax,
        /// What was expected; nothing of the text.
        problem: Message,
    },
    /// Readable, but there are no credentials in it.
    NoCredentials,
    /// The parameters by which a service key is created, not the key.
    CreationParameters,
    /// Several credentials; one has to be chosen.
    SeveralCredentials {
        /// How many.
        count: usize,
    },
    /// More credentials than anybody could choose from.
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Protected by a password that was not given.
    PasswordNeeded,
    /// The password does not open it.
    WrongPassword,
    /// Not opened, because what came before it took all the work that trying passwords may take.
    TooMuchProtected,
    /// Not opened, because its protection asks for more than any keystore or key may.
    TooCostly {
        /// What it is.
        what: Message,
        /// The limit that it is beyond.
        ceiling: Ceiling,
    },
    /// Not read, because what came before it took all the work that a document may ask for.
    TooMuchWork,
    /// Recognition was cancelled, or took longer than anybody waits.
    Stopped,
    /// The container is damaged, or of a kind that cannot be read.
    ContainerUnreadable {
        /// What it is: "PKCS#12 container", "zip archive".
        what: Message,
    },
    /// A mandatory part is missing.
    MissingPart {
        /// The part.
        part: Part,
    },
    /// A mandatory part is empty.
    EmptyPart {
        /// The part.
        part: Part,
    },
    /// A value that is no text.
    NotAText {
        /// The part.
        part: Part,
    },
    /// The unchanged filler of a sample.
    Placeholder {
        /// The part.
        part: Part,
    },
    /// White space at an end was taken off.
    SpaceTaken {
        /// The part.
        part: Part,
    },
    /// A part that is shown and stored openly holds the client secret.
    HoldsSecret {
        /// Which one.
        part: Part,
    },
    /// A line break or the like inside.
    ControlCharacter {
        /// The part.
        part: Part,
    },
    /// Not a URL.
    NotAUrl {
        /// The part.
        part: Part,
    },
    /// A URL with a user name or password.
    UserInUrl {
        /// The part.
        part: Part,
    },
    /// A URL with more behind its path.
    QueryInUrl {
        /// The part.
        part: Part,
    },
    /// A URL that is not https, except on loopback.
    NotHttps {
        /// The part.
        part: Part,
    },
    /// `/oauth/token` stood there more than once; once is kept.
    TokenPathDoubled {
        /// The part.
        part: Part,
    },
    /// `/oauth/token` was missing and is appended.
    TokenPathMissing,
    /// The URLs name different regions.
    RegionsDiffer,
    /// Parts of a client secret and of a certificate.
    BothKinds,
    /// Neither a client secret nor a certificate.
    NeitherKind,
    /// The certificate or key cannot be read.
    Unreadable {
        /// The part.
        part: Part,
        /// What is wrong with it.
        problem: CertificateProblem,
    },
    /// The key is another one's.
    KeyMismatch,
    /// The certificate is not valid now.
    OutsideValidity(OutsideValidity),
    /// The certificate ends soon.
    Expiring {
        /// Its end.
        not_after: DateTime<Utc>,
        /// Days left, a begun one counted.
        days: i64,
    },
    /// An issuer in the chain ends before the certificate does.
    IssuerEndsEarlier {
        /// Its end.
        not_after: DateTime<Utc>,
    },
    /// An issuer in the chain has ended.
    IssuerExpired {
        /// Its end.
        not_after: DateTime<Utc>,
    },
    /// The key is shorter than anybody should accept.
    WeakKey {
        /// Such as "RSA 1024".
        key: String,
    },
    /// The certificate is signed with an algorithm that is broken.
    WeakSignature {
        /// Such as "SHA-1".
        algorithm: &'static str,
    },
    /// Damaged PEM was put right.
    PemRepaired {
        /// The part.
        part: Part,
        /// In which ways.
        repairs: Vec<PemRepair>,
    },
    /// The certificates were put in order.
    ChainReordered,
    /// A root certificate, which is not sent, was left out, and stood elsewhere than at the end of a chain in order.
    RootLeftOut,
    /// A certificate that belongs to no other of the chain was left out.
    StrangerLeftOut,
    /// No client id anywhere.
    NoClientId,
    /// The client id was taken from the certificate's subject, which does not look like one.
    ClientIdFromSubject,
    /// The same key twice, with different values.
    Repeated {
        /// The part.
        part: Part,
    },
    /// The same key twice; it makes no difference for a connection.
    RepeatedHarmless,
    /// Keys that a connection does not need; they are kept.
    ExtraKeys {
        /// Names of those that the vendors use.
        known: Vec<&'static str>,
        /// How many others there are.
        others: usize,
    },
    /// The document names a URL of the portal, and another one was given beside it.
    OtherUrlGiven,
    /// The credentials are those that they are to replace.
    SameAsReplaced,
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

    /// Stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooDeep => "too_deep",
            Self::TooMany { .. } => "too_many",
            Self::NotText => "not_text",
            Self::NotJson { .. } => "not_json",
            Self::NotYaml { .. } => "not_yaml",
            Self::Malformed { .. } => "malformed",
            Self::NoCredentials => "no_credentials",
            Self::CreationParameters => "creation_parameters",
            Self::SeveralCredentials { .. } => "several_credentials",
            Self::PasswordNeeded => "password_needed",
            Self::WrongPassword => "wrong_password",
            Self::TooMuchProtected => "too_much_protected",
            Self::TooCostly { .. } => "too_costly",
            Self::TooMuchWork => "too_much_work",
            Self::Stopped => "stopped",
            Self::ContainerUnreadable { .. } => "container_unreadable",
            Self::MissingPart { .. } => "missing_part",
            Self::EmptyPart { .. } => "empty_part",
            Self::NotAText { .. } => "not_a_text",
            Self::Placeholder { .. } => "placeholder",
            Self::SpaceTaken { .. } => "space_taken",
            Self::HoldsSecret { .. } => "holds_secret",
            Self::ControlCharacter { .. } => "control_character",
            Self::NotAUrl { .. } => "not_a_url",
            Self::UserInUrl { .. } => "user_in_url",
            Self::QueryInUrl { .. } => "query_in_url",
            Self::NotHttps { .. } => "not_https",
            Self::TokenPathDoubled { .. } => "token_path_doubled",
            Self::TokenPathMissing => "token_path_missing",
            Self::RegionsDiffer => "regions_differ",
            Self::BothKinds => "both_kinds",
            Self::NeitherKind => "neither_kind",
            Self::Unreadable { .. } => "unreadable",
            Self::KeyMismatch => "key_mismatch",
            Self::OutsideValidity(OutsideValidity::Expired { .. }) => "expired",
            Self::OutsideValidity(OutsideValidity::NotYetValid { .. }) => "not_yet_valid",
            Self::Expiring { .. } => "expiring",
            Self::IssuerEndsEarlier { .. } => "issuer_ends_earlier",
            Self::IssuerExpired { .. } => "issuer_expired",
            Self::WeakKey { .. } => "weak_key",
            Self::WeakSignature { .. } => "weak_signature",
            Self::PemRepaired { .. } => "pem_repaired",
            Self::ChainReordered => "chain_reordered",
            Self::RootLeftOut => "root_left_out",
            Self::StrangerLeftOut => "stranger_left_out",
            Self::NoClientId => "no_client_id",
            Self::ClientIdFromSubject => "client_id_from_subject",
            Self::Repeated { .. } => "repeated",
            Self::RepeatedHarmless => "repeated_harmless",
            Self::ExtraKeys { .. } => "extra_keys",
            Self::OtherUrlGiven => "other_url_given",
            Self::SameAsReplaced => "same_as_replaced",
        }
    }

    /// What it says, as a sentence without its beginning and end.
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
                message!("finding-unreadable", part = part.key(), problem = problem.message())
            }
            Self::KeyMismatch => message!("finding-key-mismatch"),
            Self::OutsideValidity(outside) => outside.message(),
            Self::Expiring { not_after, days } => {
                message!("finding-expiring", end = Day(*not_after), days = *days)
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

    /// What to do about it, as complete sentences.
    pub fn remedy(&self) -> &'static str {
        self.remedy_message().text()
    }

    /// [`Self::remedy`] in any language.
    pub const fn remedy_message(&self) -> Message {
        match self {
            Self::Empty => message!("finding-empty-remedy"),
            Self::TooLarge { .. } | Self::TooDeep | Self::TooMany { .. } => message!("finding-too-much-remedy"),
            Self::NotText => message!("finding-not-text-remedy"),
            Self::NotJson { .. } => message!("finding-not-json-remedy"),
            Self::NotYaml { .. } => message!("finding-not-yaml-remedy"),
            Self::Malformed { .. } => message!("finding-malformed-remedy"),
            Self::NoCredentials => message!("finding-no-credentials-remedy"),
            Self::CreationParameters => message!("finding-creation-parameters-remedy"),
            Self::SeveralCredentials { .. } => message!("finding-several-remedy"),
            Self::PasswordNeeded => message!("finding-password-needed-remedy"),
            Self::WrongPassword => message!("finding-wrong-password-remedy"),
            Self::TooMuchProtected | Self::TooMuchWork => message!("finding-too-much-protected-remedy"),
            Self::TooCostly { .. } => message!("finding-too-costly-remedy"),
            Self::Stopped => message!("finding-stopped-remedy"),
            Self::ContainerUnreadable { .. } => message!("finding-container-unreadable-remedy"),
            Self::MissingPart { part: Part::Url } => message!("finding-missing-url-remedy"),
            Self::MissingPart { .. } | Self::EmptyPart { .. } | Self::NeitherKind => {
                message!("finding-incomplete-remedy")
            }
            Self::NotAText { .. } => message!("finding-not-a-text-remedy"),
            Self::Placeholder { .. } => message!("finding-placeholder-remedy"),
            Self::SpaceTaken { .. } => message!("finding-space-taken-remedy"),
            Self::HoldsSecret { .. } => message!("finding-holds-secret-remedy"),
            Self::ControlCharacter { .. } => message!("finding-control-character-remedy"),
            Self::NotAUrl { .. } | Self::NotHttps { .. } => message!("finding-url-remedy"),
            Self::UserInUrl { .. } => message!("finding-user-in-url-remedy"),
            Self::QueryInUrl { .. } => message!("finding-query-in-url-remedy"),
            Self::TokenPathDoubled { .. } | Self::TokenPathMissing => message!("finding-token-path-remedy"),
            Self::RegionsDiffer => message!("finding-regions-differ-remedy"),
            Self::BothKinds => message!("finding-both-kinds-remedy"),
            Self::Unreadable { problem, .. } => problem.remedy_message(),
            Self::KeyMismatch => message!("finding-key-mismatch-remedy"),
            Self::OutsideValidity(OutsideValidity::Expired { .. }) | Self::IssuerExpired { .. } => {
                message!("finding-expired-remedy")
            }
            Self::OutsideValidity(OutsideValidity::NotYetValid { .. }) => message!("finding-not-yet-valid-remedy"),
            Self::Expiring { .. } => message!("finding-expiring-remedy"),
            Self::IssuerEndsEarlier { .. } => message!("finding-issuer-ends-earlier-remedy"),
            Self::WeakKey { .. } => message!("finding-weak-key-remedy"),
            Self::WeakSignature { .. } => message!("finding-weak-signature-remedy"),
            Self::PemRepaired { .. } | Self::ChainReordered | Self::RootLeftOut | Self::ExtraKeys { .. } => {
                message!("finding-nothing-to-do")
            }
            Self::StrangerLeftOut => message!("finding-stranger-left-out-remedy"),
            Self::NoClientId => message!("finding-no-client-id-remedy"),
            Self::ClientIdFromSubject => message!("finding-client-id-from-subject-remedy"),
            Self::Repeated { .. } => message!("finding-repeated-remedy"),
            Self::RepeatedHarmless => message!("finding-repeated-harmless-remedy"),
            Self::OtherUrlGiven => message!("finding-other-url-given-remedy"),
            Self::SameAsReplaced => message!("finding-same-as-replaced-remedy"),
        }
    }
}
