//! What is to be said about a document: how grave, where, what, and what to do. No finding carries anything of a
//! document's values except public ones: dates, key sizes, the names of parts.

use chrono::{DateTime, Utc};

use crate::{CertificateProblem, OutsideValidity, Part, Place, Syntax};

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
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some(place) => write!(f, "{place}: {}", self.kind.message()),
            None => f.write_str(&self.kind.message()),
        }
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
    pub const fn message(self) -> &'static str {
        match self {
            Self::EscapedLineBreaks => "line breaks written as \\n",
            Self::DoublyEscapedLineBreaks => "line breaks written as \\\\n",
            Self::CarriageReturns => "line breaks of Windows",
            Self::MissingLineBreaks => "missing line breaks",
            Self::Indentation => "white space around lines",
            Self::SurroundingText => "text around the blocks",
            Self::Base64 => "base64 around the PEM text",
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
        problem: String,
    },
    /// Not YAML.
    NotYaml {
        /// What the parser expected; nothing of the text.
        problem: String,
    },
    /// Damaged text of another syntax.
    Malformed {
        /// Which one.
        syntax: Syntax,
        /// What was expected; nothing of the text.
        problem: &'static str,
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
    /// The container is damaged, or of a kind that cannot be read.
    ContainerUnreadable {
        /// What it is: "PKCS#12 container", "zip archive".
        what: &'static str,
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
            | Self::ContainerUnreadable { .. }
            | Self::MissingPart { .. }
            | Self::EmptyPart { .. }
            | Self::NotAText { .. }
            | Self::Placeholder { .. }
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
            | Self::Repeated { .. } => Severity::Error,
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
            Self::ContainerUnreadable { .. } => "container_unreadable",
            Self::MissingPart { .. } => "missing_part",
            Self::EmptyPart { .. } => "empty_part",
            Self::NotAText { .. } => "not_a_text",
            Self::Placeholder { .. } => "placeholder",
            Self::SpaceTaken { .. } => "space_taken",
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
            Self::SameAsReplaced => "same_as_replaced",
        }
    }

    /// What it says, as a sentence without its beginning and end.
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "there is no document".into(),
            Self::TooLarge { bytes, limit } => {
                format!("{bytes} bytes are too many for a credential document; the limit is {limit}")
            }
            Self::TooDeep => "this is nested deeper than any credential document".into(),
            Self::TooMany { limit } => format!("this document holds more than {limit} credentials"),
            Self::NotText => "this is neither text nor a PKCS#12 container nor a zip archive".into(),
            Self::NotJson { problem } => format!("this is not valid JSON: {problem}"),
            Self::NotYaml { problem } => format!("this is not valid YAML: {problem}"),
            Self::Malformed { syntax, problem } => format!("this {} is damaged: {problem}", syntax.name()),
            Self::NoCredentials => "there are no credentials in this document".into(),
            Self::CreationParameters => {
                "these are the parameters by which a service key is created, not the credentials".into()
            }
            Self::SeveralCredentials { count } => format!("this document holds {count} credentials"),
            Self::PasswordNeeded => "this is protected by a password".into(),
            Self::WrongPassword => "the password does not open this".into(),
            Self::TooMuchProtected => "this was not opened: too much of the document is protected by a password".into(),
            Self::ContainerUnreadable { what } => format!("this {what} is damaged, or of a kind that cannot be read"),
            Self::MissingPart { part } => format!("\"{}\" is missing", part.key()),
            Self::EmptyPart { part } => format!("\"{}\" is empty", part.key()),
            Self::NotAText { part } => format!("the value of \"{}\" is not a text in quotes", part.key()),
            Self::Placeholder { part } => format!("\"{}\" still holds the filler of a sample", part.key()),
            Self::SpaceTaken { part } => format!("white space at the ends of \"{}\" was taken off", part.key()),
            Self::ControlCharacter { part } => {
                format!("\"{}\" contains a line break or another control character", part.key())
            }
            Self::NotAUrl { part } => format!("\"{}\" is not a complete URL", part.key()),
            Self::UserInUrl { part } => format!("\"{}\" contains a user name or password", part.key()),
            Self::QueryInUrl { part } => format!("\"{}\" contains a question mark or a number sign", part.key()),
            Self::NotHttps { part } => format!("\"{}\" does not begin with https://", part.key()),
            Self::TokenPathDoubled { part } => {
                format!(
                    "\"{}\" names the path /oauth/token more often than it is needed; the rest was taken off",
                    part.key()
                )
            }
            Self::TokenPathMissing => "\"tokenUrl\" has no path; /oauth/token was appended".into(),
            Self::RegionsDiffer => "the URLs name different regions".into(),
            Self::BothKinds => "the document holds parts of a client secret and of a certificate credential".into(),
            Self::NeitherKind => "the document holds neither \"clientSecret\" nor \"certificate\" and \"key\"".into(),
            Self::Unreadable { part, problem } => format!("\"{}\": {problem}", part.key()),
            Self::KeyMismatch => "\"key\" does not belong to \"certificate\"".into(),
            Self::OutsideValidity(outside) => outside.to_string(),
            Self::Expiring { not_after, days } => {
                let left = if *days == 1 { "day is left" } else { "days are left" };
                format!("the certificate expires on {}: {days} {left}", not_after.format("%Y-%m-%d"))
            }
            Self::IssuerEndsEarlier { not_after } => {
                format!("an issuer in the chain ends on {}, before the certificate does", not_after.format("%Y-%m-%d"))
            }
            Self::IssuerExpired { not_after } => {
                format!("an issuer in the chain expired on {}", not_after.format("%Y-%m-%d %H:%M UTC"))
            }
            Self::WeakKey { key } => format!("the key ({key}) is too short to be safe"),
            Self::WeakSignature { algorithm } => format!("a certificate of the chain is signed with {algorithm}"),
            Self::PemRepaired { part, repairs } => {
                let repairs: Vec<_> = repairs.iter().map(|repair| repair.message()).collect();
                format!("\"{}\" was put right: {}", part.key(), repairs.join(", "))
            }
            Self::ChainReordered => "the certificates of the chain were put in order".into(),
            Self::RootLeftOut => "the root certificate is left out of what is sent".into(),
            Self::StrangerLeftOut => "a certificate that belongs to no other of the chain is left out".into(),
            Self::NoClientId => {
                "\"clientId\" is missing, and the certificate's subject has no common name to take it from".into()
            }
            Self::ClientIdFromSubject => "the client id was taken from the certificate's subject".into(),
            Self::Repeated { part } => format!("\"{}\" is given twice, with different values", part.key()),
            Self::RepeatedHarmless => "a key is given twice; the last one counts".into(),
            Self::ExtraKeys { known, others } => {
                let mut names = known.join(", ");
                if *others > 0 {
                    let word = if *others == 1 { "key" } else { "keys" };
                    let number = if known.is_empty() { String::new() } else { " and ".into() };
                    names = format!("{names}{number}{others} {word} that this program does not know");
                }
                format!("kept, though no connection needs it: {names}")
            }
            Self::SameAsReplaced => "these are the credentials that they are to replace".into(),
        }
    }

    /// What to do about it, as complete sentences.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "Paste the document that the API portal generated, or open its file.",
            Self::TooLarge { .. } | Self::TooDeep | Self::TooMany { .. } => {
                "Give only the document with the credentials, as the API portal generated it."
            }
            Self::NotText => "Open the file that the API portal or the service key gave you.",
            Self::NotJson { .. } => "Copy the document again, complete from { to }, or mend it at this place.",
            Self::NotYaml { .. } => "Copy the document again, with its indentation, or mend it at this place.",
            Self::Malformed { .. } => "Copy the document again, complete, or mend it at this place.",
            Self::NoCredentials => {
                "Expected are, for example, url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, \
                 certificate and key. Copy the whole document from the API portal or the service key."
            }
            Self::CreationParameters => {
                "Create the service key with these parameters, then give the document that it shows."
            }
            Self::SeveralCredentials { .. } => "Choose which ones are meant.",
            Self::PasswordNeeded => "Enter its password.",
            Self::WrongPassword => "Enter the password again; mind upper and lower case.",
            Self::TooMuchProtected => "Give these credentials in a document of their own.",
            Self::ContainerUnreadable { .. } => "Export it again from where it comes from.",
            Self::MissingPart { part: Part::Url } => {
                "Enter the URL of the API portal, or copy the complete document from the API portal again."
            }
            Self::MissingPart { .. } | Self::EmptyPart { .. } | Self::NeitherKind => {
                "Copy the complete document from the API portal or the service key again."
            }
            Self::NotAText { .. } => "Put the value in double quotes.",
            Self::Placeholder { .. } => "Replace the sample by the credentials that the API portal generated.",
            Self::SpaceTaken { .. } => "Check that nothing was lost when it was copied.",
            Self::ControlCharacter { .. } => "Copy the value again, on one line.",
            Self::NotAUrl { .. } | Self::NotHttps { .. } => "Give the complete URL, beginning with https://.",
            Self::UserInUrl { .. } => "Remove the part before @ from the URL.",
            Self::QueryInUrl { .. } => "Remove the ? or # and everything after it from the URL.",
            Self::TokenPathDoubled { .. } | Self::TokenPathMissing => {
                "Test the connection; correct the URL at its source if it is used elsewhere."
            }
            Self::RegionsDiffer => "Check that all parts come from the same document.",
            Self::BothKinds => "Keep the parts of one kind: either clientSecret, or certurl, certificate and key.",
            Self::Unreadable { problem, .. } => problem.remedy(),
            Self::KeyMismatch => "Use certificate and key from the same document.",
            Self::OutsideValidity(OutsideValidity::Expired { .. }) => {
                "Choose Regenerate Credentials in the API portal and use the new document."
            }
            Self::OutsideValidity(OutsideValidity::NotYetValid { .. }) => {
                "Check the clock of this computer, or wait until then."
            }
            Self::Expiring { .. } => "Plan to regenerate the credentials before that day.",
            Self::IssuerEndsEarlier { .. } => "Regenerate the credentials before that day.",
            Self::IssuerExpired { .. } => "Choose Regenerate Credentials in the API portal and use the new document.",
            Self::WeakKey { .. } => "Create the credentials again with an RSA key of 2048 bits or more, or P-256.",
            Self::WeakSignature { .. } => "Ask whoever issued the certificate for one signed with SHA-256.",
            Self::PemRepaired { .. } | Self::ChainReordered | Self::RootLeftOut | Self::ExtraKeys { .. } => {
                "Nothing has to be done."
            }
            Self::StrangerLeftOut => "Check that the chain is the one that came with the certificate.",
            Self::NoClientId => "Add the client id to the document as \"clientid\".",
            Self::ClientIdFromSubject => "Check that it is the client id of the service key.",
            Self::Repeated { .. } => "Keep the one that is right and remove the other.",
            Self::RepeatedHarmless => "Remove one of them if the document is used elsewhere.",
            Self::SameAsReplaced => "Regenerate the credentials in the API portal first, then use the new document.",
        }
    }
}
