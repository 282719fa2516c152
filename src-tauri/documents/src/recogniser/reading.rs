//! What was read of one set of credentials, and what there is to be said about it.

use super::context::Context;
use crate::{
    CredentialDocument, Finding, FindingKind, Part, Shape,
    recognition::{Candidate, Field, Shown, sort_findings},
};

/// One set of credentials that is being read.
pub(super) struct Reading<'a> {
    pub context: Context<'a>,
    shape: Shape,
    /// Where the object ends: there, what is missing has to be added.
    pub end: Option<usize>,
    findings: Vec<(Option<usize>, FindingKind)>,
    fields: Vec<(Part, Option<usize>, Shown)>,
}

impl<'a> Reading<'a> {
    pub const fn new(context: Context<'a>, shape: Shape, end: Option<usize>) -> Self {
        Self { context, shape, end, findings: Vec::new(), fields: Vec::new() }
    }

    /// Begins to read a certificate with its key from files that have no room for the URLs of a connection.
    pub fn of_pair(context: Context<'a>, shape: Shape) -> Self {
        let mut reading = Self::new(Context { places: None, ..context }, shape, None);
        for part in [Part::Url, Part::CertUrl] {
            reading.say(None, FindingKind::MissingPart { part });
        }
        reading
    }

    pub fn say(&mut self, at: Option<usize>, kind: FindingKind) {
        self.findings.push((at, kind));
    }

    pub fn miss(&mut self, part: Part) {
        self.say(self.end, FindingKind::MissingPart { part });
    }

    pub fn field(&mut self, part: Part, at: Option<usize>, shown: Shown) {
        self.fields.push((part, at, shown));
    }

    /// Takes back that a part was found.
    pub fn forget_field(&mut self, part: Part) {
        self.fields.retain(|(known, ..)| *known != part);
    }

    /// Hides a part that was shown.
    pub fn hide_field(&mut self, part: Part) {
        for (_, _, shown) in self.fields.iter_mut().filter(|(known, ..)| *known == part) {
            *shown = Shown::Hidden;
        }
    }

    pub fn finish(self, document: Option<CredentialDocument>) -> Candidate {
        let Self { context, shape, end: _, findings, mut fields } = self;
        let place = |at: Option<usize>| at.and_then(|at| context.places.map(|places| places.place(at)));
        fields.sort_by_key(|(part, ..)| *part);
        let fields = fields.into_iter().map(|(part, at, shown)| Field { part, place: place(at), shown }).collect();
        let mut findings: Vec<_> = findings.into_iter().map(|(at, kind)| Finding { place: place(at), kind }).collect();
        sort_findings(&mut findings);
        Candidate { name: String::new(), shape, wrappers: Vec::new(), fields, findings, document }
    }
}
