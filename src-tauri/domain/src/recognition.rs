//! What a document holds, with what the rules say about it.

use chrono::{DateTime, Utc};
use documents::{Candidate, Finding, FindingKind, Options, Part, Proof, Recognition};

use crate::credential::{CredentialKind, Validity, ValidityRule, ValidityStanding};

/// Recognises a document, and warns where its credentials end soon.
pub fn recognise(bytes: &[u8], options: &Options<'_>) -> Recognition {
    let mut recognition = documents::recognise(bytes, options);
    for candidate in &mut recognition.candidates {
        warn_of_end(candidate, options.now);
    }
    recognition
}

fn warn_of_end(candidate: &mut Candidate, now: DateTime<Utc>) {
    let Some(Proof::Certificate { chain, .. }) = candidate.document.as_ref().map(|document| &document.proof) else {
        return;
    };
    let kind = CredentialKind::Certificate((**chain).clone());
    let validity = Validity::of(&kind, now, Validity::ENDS_SOON);
    // If an issuer ends first, a finding has said so already.
    if let Validity {
        until: Some(not_after),
        left: Some(left),
        rule: ValidityRule::OfCertificate,
        standing: ValidityStanding::EndsSoon,
    } = validity
    {
        let place = candidate.fields.iter().find(|field| field.part == Part::Certificate).and_then(|field| field.place);
        candidate.add(Finding {
            place,
            kind: FindingKind::Expiring { not_after, left: Box::new(left.message_until(not_after)) },
        });
    }
}
