//! What is recognised in a document, for the person who gave it.

use chrono::{DateTime, Utc};
use documents::{Candidate, Demand, Field, Finding, Recognition, Severity, Shape, Syntax, TokenEndpoint, Wrapper};

use crate::{
    credential::{AccessDocument, AccessFacts, CredentialKind, Lifetime, Validity},
    document::settling::settle,
};

/// What a document was recognised as; nothing of its secrets.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How it is written; `None` if that cannot be told.
    pub syntax: Option<Syntax>,
    /// About the document as a whole, errors first.
    pub findings: Vec<Finding>,
    /// The credentials in it; several leave a choice.
    pub candidates: Vec<InspectedCandidate>,
}

/// One set of credentials of an inspected document.
#[derive(Debug, Clone)]
pub struct InspectedCandidate {
    /// Where it stands in the document; empty if it is the document.
    pub name: String,
    /// Whose credentials they are, by their keys.
    pub shape: Shape,
    /// What was taken off around them, outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The parts that were found.
    pub fields: Vec<Field>,
    /// What they prove themselves with; `None` if that cannot be read.
    pub kind: Option<CredentialKind>,
    /// Until when that can be used, as far as the document tells.
    pub validity: Option<Validity>,
    /// The subdomain of the portal's subaccount, as far as the document tells.
    pub subdomain: Option<String>,
    /// About these credentials, errors first.
    pub findings: Vec<Finding>,
    /// Whether the portal's URL is all that is missing, so that it can be added by hand.
    pub lacks_only_url: bool,
    /// What they would connect to; `None` if they cannot be used like this.
    pub usable: Option<InspectedDocument>,
}

impl Inspection {
    /// What a document tells by itself, where nothing is known of portals and their credentials.
    pub fn of(recognition: Recognition, now: DateTime<Utc>) -> Self {
        let Recognition { syntax, findings, candidates } = recognition;
        let inspect = |candidate| InspectedCandidate::new(candidate, None, now);
        Self { syntax, findings, candidates: candidates.into_iter().map(inspect).collect() }
    }
}

impl InspectedCandidate {
    pub(super) fn new(mut candidate: Candidate, portal_url: Option<&str>, now: DateTime<Utc>) -> Self {
        let lacks_only_url = candidate.judge(Demand::Connect).lacks_url();
        let kind = candidate.document.as_ref().map(|document| CredentialKind::of(&document.proof));
        let validity = kind.as_ref().map(|kind| Validity::of(kind, now, Validity::ENDS_SOON));
        let token_url = candidate.document.as_ref().and_then(|document| document.token_url.as_ref());
        let subdomain = token_url.and_then(TokenEndpoint::subdomain);
        // One that was typed while another text stood there is not meant for this one: it is being looked at only.
        let settled = settle(&mut candidate, Demand::Connect, portal_url.filter(|_| lacks_only_url), now);
        let Candidate { name, shape, wrappers, fields, mut findings, document: _ } = candidate;
        if let Err(finding) = &settled
            && !findings.contains(finding)
        {
            findings.insert(0, finding.clone());
        }
        let usable = settled.ok().map(|AccessDocument { facts, .. }| InspectedDocument {
            asks_lifetime: matches!(facts.kind.lifetime(), Some(Lifetime::Unknown | Lifetime::Guessed { .. })),
            validity: facts.validity(now),
            portal_name: None,
            facts,
        });
        Self { name, shape, wrappers, fields, kind, validity, subdomain, findings, lacks_only_url, usable }
    }

    /// What is wrong with the portal's URL that was given beside the document, where that URL is all that is missing.
    pub fn find_url_problem(&self) -> Option<&Finding> {
        let is_problem = |finding: &&Finding| self.is_about_url(finding) && finding.kind.missing_part().is_none();
        self.findings.iter().find(is_problem)
    }

    /// The findings but those that the question for the portal's URL says.
    pub fn list_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !self.is_about_url(finding))
    }

    /// Where the portal's URL is all that is missing, nothing else stops it.
    fn is_about_url(&self, finding: &Finding) -> bool {
        self.lacks_only_url && finding.severity() == Severity::Error
    }
}

/// Usable credentials of an inspected document.
#[derive(Debug, Clone)]
pub struct InspectedDocument {
    /// Everything but the secret.
    pub facts: AccessFacts,
    /// Whether it has to be asked when they were generated: nobody knows, and they are not imported without an answer, or the
    /// client id only lets it be guessed.
    pub asks_lifetime: bool,
    /// Until when they can be used.
    pub validity: Validity,
    /// Name of the portal, if it is managed here.
    pub portal_name: Option<String>,
}
