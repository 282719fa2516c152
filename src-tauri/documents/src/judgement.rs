//! Which findings stop what somebody wants to do with credentials: the one answer for inspecting, converting, importing and
//! connecting.

use crate::{
    Finding, FindingKind, Format, Part, Proof, Severity,
    recognition::{Candidate, Recognition},
};

/// What somebody wants of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// That they are sound. A file of a shape that has no room for URLs is sound without them.
    Sound,
    /// That a hub can connect with them.
    Connect,
    /// That they can be recorded as those of a portal, which may have ended.
    Record,
    /// That they can be written in a format, which may do without some parts.
    Format(Format),
}

/// Whether credentials are good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Nothing stops it.
    Passed,
    /// The portal's own URL is all that is missing, as it is in documents of shapes that do not carry it: it can be given
    /// beside the document.
    LacksUrl(&'a Finding),
    /// This is the first finding that stops it.
    Stopped(&'a Finding),
}

impl<'a> Verdict<'a> {
    /// The first finding that stops it; `None` if nothing does.
    pub const fn stop(self) -> Option<&'a Finding> {
        match self {
            Self::Passed => None,
            Self::LacksUrl(finding) | Self::Stopped(finding) => Some(finding),
        }
    }

    /// Whether the portal's own URL is all that is missing.
    pub const fn lacks_url(self) -> bool {
        match self {
            Self::LacksUrl(_) => true,
            Self::Passed | Self::Stopped(_) => false,
        }
    }
}

impl Candidate {
    /// Whether the credentials are good enough for a demand.
    pub fn judge(&self, demand: Demand) -> Verdict<'_> {
        let mut stops = self.findings.iter().filter(|finding| self.severity_for(finding, demand) == Severity::Error);
        match (stops.next(), stops.next(), &self.document) {
            (None, _, _) => Verdict::Passed,
            (Some(stop), None, Some(_)) if stop.kind == (FindingKind::MissingPart { part: Part::Url }) => {
                Verdict::LacksUrl(stop)
            }
            (Some(stop), _, _) => Verdict::Stopped(stop),
        }
    }

    /// How grave a finding about these credentials is for a demand.
    pub fn severity_for(&self, finding: &Finding, demand: Demand) -> Severity {
        match demand {
            Demand::Sound if finding.is_url_missing_in(self.shape) => Severity::Warning,
            Demand::Record if finding.kind.is_ended_certificate() => Severity::Warning,
            Demand::Format(format) if self.is_dispensable(finding, format) => Severity::Note,
            Demand::Sound | Demand::Connect | Demand::Record | Demand::Format(_) => finding.severity(),
        }
    }

    /// Whether a finding is about a part that is missing and that a format does without.
    fn is_dispensable(&self, finding: &Finding, format: Format) -> bool {
        let Some(document) = &self.document else { return false };
        let has_certificate = matches!(document.proof, Proof::Certificate { .. });
        finding.kind.missing_part().is_some_and(|part| format.does_without(part, has_certificate))
    }
}

impl Recognition {
    /// The credentials that are meant: the only ones, or those of the number `choice`, counted from 0. The error is what
    /// stops that, whatever they are wanted for.
    pub fn choose(self, choice: Option<usize>) -> Result<Candidate, Finding> {
        let Self { syntax: _, findings, mut candidates } = self;
        if let Some(error) = findings.into_iter().find(|finding| finding.severity() == Severity::Error) {
            return Err(error);
        }
        let chosen = match (candidates.len(), choice) {
            (0, _) => Err(FindingKind::NoCredentials),
            (1, _) => Ok(0),
            (count, Some(choice)) if choice < count => Ok(choice),
            (count, _) => Err(FindingKind::SeveralCredentials { count }),
        };
        chosen.map(|index| candidates.swap_remove(index)).map_err(|kind| Finding { place: None, kind })
    }
}
