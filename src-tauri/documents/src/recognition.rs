//! What is said about a document: the credentials in it, and findings.

use chrono::{DateTime, Utc};
use messages::Message;

use crate::{
    CredentialDocument, Finding, FindingKind, Part, Place, SecretBytes, Severity, Shape, Syntax, Wrapper, work::Stop,
};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// What recognition needs to know besides the document.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The present moment: it decides whether a certificate has expired.
    pub now: DateTime<Utc>,
    /// The password of a PKCS#12 container or an encrypted key, in UTF-8.
    pub password: Option<&'a SecretBytes>,
    /// When to end early.
    pub stop: &'a Stop,
}

/// What a document was recognised as.
#[derive(Debug)]
pub struct Recognition {
    /// How it is written; `None` if that cannot be told.
    pub syntax: Option<Syntax>,
    /// About the document as a whole, errors first.
    pub findings: Vec<Finding>,
    /// The credentials in it, in their order; several leave a choice. Empty if the document as a whole has an error.
    pub candidates: Vec<Candidate>,
}

/// One set of credentials in a document.
#[derive(Debug)]
pub struct Candidate {
    /// Where it stands in the document, such as `xsuaa[0].credentials`, or the name of its binding or file; empty for a
    /// document that is the credentials. Never a value that could be a secret.
    pub name: String,
    /// Whose credentials they are, by their keys.
    pub shape: Shape,
    /// What was taken off around them, outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The parts that were found, in the order of [`Part::ALL`].
    pub fields: Vec<Field>,
    /// About these credentials, errors first, then by place.
    pub findings: Vec<Finding>,
    /// The credentials; `None` if an error prevents reading what the client proves itself with.
    pub document: Option<CredentialDocument>,
}

impl Candidate {
    /// Adds a finding, in its place among the others.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
        sort_findings(&mut self.findings);
    }
}

/// A part as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which part.
    pub part: Part,
    /// Where its value begins; `None` inside a container.
    pub place: Option<Place>,
    /// What may be shown of it.
    pub shown: Shown,
}

/// What may be shown of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A public value: a URL without user, password and query, a client id, a certificate in words.
    Text(Message),
    /// A secret, or a value that may be one.
    Hidden,
}

impl Recognition {
    /// The same with its findings in order, and without candidates where the document as a whole has an error.
    pub(crate) fn finish(mut self) -> Self {
        if self.findings.iter().any(|finding| finding.severity() == Severity::Error) {
            self.candidates.clear();
        }
        if self.candidates.len() > 1 {
            let kind = FindingKind::SeveralCredentials { count: self.candidates.len() };
            self.findings.push(Finding { place: None, kind });
        }
        sort_findings(&mut self.findings);
        self
    }
}

/// Errors first, then warnings, then notes; each by place.
pub(crate) fn sort_findings(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.severity(), finding.place));
}
