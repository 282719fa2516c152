//! An object seen as credentials: which of its values stand for which parts.

use crate::{
    Part, Shape,
    tree::{Member, Node, Value},
};

/// An object seen as credentials of one shape.
pub(super) struct Arrangement<'a> {
    pub shape: Shape,
    /// Which entry of a list inside the object it is.
    pub entry: Option<usize>,
    /// Whether the credentials lie below a key of the object.
    pub nested: bool,
    /// Every value that stands for a part, in the order of the document; a part may come twice.
    pub given: Vec<Given<'a>>,
    /// Whether the token URL is the host alone, to which the path belongs.
    pub token_host: bool,
    /// Which kind of credential the document says it is.
    pub announced: Option<Announced>,
    /// The file in which a destination has its certificate and key.
    pub keystore: Option<KeyStoreReference<'a>>,
    /// Everything else.
    pub rest: Vec<Rest<'a>>,
}

/// A value that stands for a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub part: Part,
    /// Where its key stands.
    pub key_at: usize,
    pub node: &'a Node,
}

impl<'a> Given<'a> {
    pub const fn of(part: Part, member: &'a Member) -> Self {
        Self { part, key_at: member.key_at, node: &member.value }
    }
}

/// What `credential-type` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    ClientSecret,
    Certificate,
}

/// `tokenService.KeyStoreLocation` and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct KeyStoreReference<'a> {
    pub at: usize,
    /// Name of the file, with or without a path.
    pub location: &'a str,
    pub password: Option<&'a str>,
    /// The file in base64, where the destination service delivers it along.
    pub content: Option<&'a str>,
}

/// Members that are no part, as they stood there.
#[derive(Debug)]
pub(super) enum Rest<'a> {
    Member(&'a Member),
    Object(&'a str, Vec<Rest<'a>>),
    List(&'a str, Vec<Vec<Rest<'a>>>),
}

impl Arrangement<'_> {
    pub fn has(&self, part: Part) -> bool {
        self.given.iter().any(|given| given.part == part)
    }

    /// Where the value of a part stands; of several, the last one counts.
    pub fn place_of_last(&self, part: Part) -> Option<usize> {
        self.given.iter().rfind(|given| given.part == part).map(|given| given.node.at)
    }

    /// Whether anything in it belongs to credentials and to nothing else. A URL is everywhere, and so is a key.
    pub fn is_credential_like(&self) -> bool {
        self.keystore.is_some()
            || self.given.iter().any(|given| match given.part {
                Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => true,
                Part::Certificate | Part::PrivateKey => match &given.node.value {
                    Value::Text(text) => text.contains("-----") || self.has_certificate_companion(given.part),
                    Value::Object(_) | Value::List(_) | Value::Scalar(_) => self.has_certificate_companion(given.part),
                },
                Part::Url => false,
            })
    }

    fn has_certificate_companion(&self, part: Part) -> bool {
        match part {
            Part::Certificate => self.has(Part::PrivateKey),
            Part::PrivateKey => self.has(Part::Certificate),
            Part::Url | Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => false,
        }
    }
}

impl Rest<'_> {
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Member(_) => false,
            Self::Object(_, members) => members.is_empty(),
            Self::List(_, entries) => entries.iter().all(Vec::is_empty),
        }
    }
}
