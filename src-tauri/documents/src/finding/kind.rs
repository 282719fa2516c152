//! Everything that a finding can be about.

use chrono::{DateTime, Utc};
use messages::Message;

use crate::{Ceiling, CertificateProblem, OutsideValidity, Part, PemRepair, Syntax};

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
    /// A URL that is not https.
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
    /// The certificate ends soon. The caller decides what "soon" is: [`crate::recognise`] never
    /// says this.
    Expiring {
        /// Its end.
        not_after: DateTime<Utc>,
        /// What is left until then, in words.
        left: Box<Message>,
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
    /// Whether it says that the time of the credentials is over, which prevents using them and not knowing them.
    pub const fn is_ended_certificate(&self) -> bool {
        matches!(self, Self::OutsideValidity(OutsideValidity::Expired { .. }) | Self::IssuerExpired { .. })
    }

    /// The part that is missing, if it says that one is.
    pub const fn missing_part(&self) -> Option<Part> {
        if let Self::MissingPart { part } = self {
            Some(*part)
        } else if matches!(self, Self::NoClientId) {
            Some(Part::ClientId)
        } else {
            None
        }
    }
}
