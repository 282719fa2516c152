//! What a document leaves open, and the person has said beside it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use documents::{Candidate, CredentialDocument, Demand, Finding, FindingKind, Part, PortalUrl, Proof, Shape, Verdict};

use crate::{
    credential::{AccessDocument, CredentialKind, Lifetime},
    document::GivenLifetime,
    portal::derive_url_key,
    refusal::Refusal,
};

/// Takes the credentials out of `candidate`, if they are good enough for `demand`, with the lifetime that the document tells.
/// The error is the first finding that stops it.
pub(super) fn settle(
    candidate: &mut Candidate,
    demand: Demand,
    portal_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<AccessDocument, Finding> {
    match candidate.judge(demand) {
        Verdict::Stopped(finding) => return Err(finding.clone()),
        Verdict::LacksUrl(finding) if portal_url.is_none() => return Err(finding.clone()),
        Verdict::LacksUrl(_) | Verdict::Passed => {}
    }
    complete_candidate(candidate, portal_url)?;
    let missing = |kind| Finding { place: None, kind };
    let document = candidate.document.take().ok_or_else(|| missing(FindingKind::NoCredentials))?;
    let client_id = document.client_id.as_deref();
    let lifetime = client_id.map_or(Lifetime::Unknown, |client_id| derive_lifetime(client_id, candidate.shape, now));
    AccessDocument::from_document(document, lifetime).map_err(|part| missing(FindingKind::MissingPart { part }))
}

/// Puts into credentials what their document may leave out: the portal's URL, as it was given beside it, and for a
/// certificate the token endpoint, which is then the certificate's own. A URL beside a document that names another one is
/// refused: it is not known which of the two is meant.
pub fn complete_candidate(candidate: &mut Candidate, portal_url: Option<&str>) -> Result<(), Finding> {
    let Some(CredentialDocument { url, token_url, cert_url, proof, .. }) = &mut candidate.document else {
        return Ok(());
    };
    if let Some(given) = portal_url {
        let refuse = |kind| Finding { place: None, kind };
        let given = PortalUrl::parse(given.trim()).map_err(refuse)?;
        match url {
            Some(own) if derive_url_key(own) != derive_url_key(&given) => {
                return Err(refuse(FindingKind::OtherUrlGiven));
            }
            Some(_) => {}
            None => *url = Some(given),
        }
        candidate.findings.retain(|finding| finding.kind != FindingKind::MissingPart { part: Part::Url });
    }
    if let (None, Some(cert_url), Proof::Certificate { .. }) = (&token_url, cert_url, proof) {
        *token_url = Some(cert_url.token_endpoint());
    }
    Ok(())
}

/// How long a client secret lives, as its client id and the shape of its document tell; unknown if somebody has to say it.
pub(crate) fn derive_lifetime(client_id: &str, shape: Shape, now: DateTime<Utc>) -> Lifetime {
    match Lifetime::find_creation_hint(client_id, now) {
        Some(at) => Lifetime::Guessed { at },
        // The document of the Connection tab and a service key of an API portal look the same.
        None if shape == Shape::ConnectionSecret || !shape.tells_origin() => Lifetime::Unknown,
        None => Lifetime::OfServiceKey,
    }
}

/// How far ahead of UTC the first time zone is: a person gives a day, which stands for its beginning by UTC, and there it is
/// today while by UTC it is still yesterday.
const EASTERNMOST: TimeDelta = TimeDelta::hours(14);

/// Settles how long a client secret lives: as a person said, or as the document tells, which is what `kind` says so far.
pub(crate) fn settle_lifetime(
    given: GivenLifetime,
    kind: &mut CredentialKind,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let CredentialKind::ClientSecret(lifetime) = kind else { return Ok(()) };
    *lifetime = match (given, *lifetime) {
        (GivenLifetime::FromDocument, Lifetime::Unknown) => return Err(Refusal::LifetimeNeeded),
        (
            GivenLifetime::FromDocument,
            told @ (Lifetime::OfServiceKey | Lifetime::Generated { .. } | Lifetime::Guessed { .. }),
        ) => told,
        (GivenLifetime::OfServiceKey, _) => Lifetime::OfServiceKey,
        (GivenLifetime::Unknown, _) => Lifetime::Unknown,
        (GivenLifetime::Generated(at), _) => {
            // In milliseconds, as the database stores times.
            let at = at.trunc_subsecs(3);
            if at > now + EASTERNMOST {
                return Err(Refusal::GeneratedInFuture);
            }
            Lifetime::Generated { at }
        }
    };
    Ok(())
}
