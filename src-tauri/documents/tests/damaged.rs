//! Documents that break off, lost a character or gained one: never taken for whole, and never placed outside of themselves.

mod issued;

use documents::{CredentialDocument, Demand, Proof, Recognition, Severity};
use issued::{SECRET_DOCUMENT, certificate_document, findings_of, only, p256, recognised};

fn documents() -> [String; 2] {
    let pair = p256();
    [SECRET_DOCUMENT.to_owned(), certificate_document(&pair.chain, &pair.key)]
}

/// The credentials that can be used, if there are any.
fn find_usable(recognition: &Recognition) -> Option<&CredentialDocument> {
    let candidate =
        recognition.candidates.iter().find(|candidate| candidate.judge(Demand::Connect).stop().is_none())?;
    candidate.document.as_ref()
}

fn assert_places_are_inside(recognition: &Recognition, text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    let fields = recognition.candidates.iter().flat_map(|candidate| &candidate.fields).map(|field| field.place);
    let findings = findings_of(recognition).into_iter().map(|finding| finding.place);
    for place in fields.chain(findings).flatten() {
        let line = lines.get(place.line - 1).unwrap_or_else(|| panic!("{place} of {} lines", lines.len()));
        let end = line.chars().count() + 1;
        assert!((1..=end).contains(&place.column), "{place} of {end} columns");
    }
}

#[test]
fn a_document_that_breaks_off_anywhere_is_never_accepted() {
    for document in documents() {
        let end = document.trim_end().len();
        for at in 0..end {
            let recognition = recognised(&document[..at]);
            assert!(find_usable(&recognition).is_none(), "half a document is never accepted: {at}");
            let errors = findings_of(&recognition).into_iter().filter(|finding| finding.severity() == Severity::Error);
            assert!(errors.count() > 0, "whoever has half a document has to be told: {at}");
            assert_places_are_inside(&recognition, &document[..at]);
        }
        assert!(find_usable(&recognised(&document[..end])).is_some());
    }
}

#[test]
fn a_chain_comes_out_of_a_document_that_lost_a_character_whole_or_not_at_all_or_with_a_warning() {
    let document = &documents()[1];
    let whole = only(document).document.unwrap();
    let Proof::Certificate { chain: whole, .. } = &whole.proof else { panic!("a certificate") };
    for at in 0..document.len() {
        let text = format!("{}{}", &document[..at], &document[at + 1..]);
        let recognition = recognised(&text);
        assert_places_are_inside(&recognition, &text);
        let Some(read) = find_usable(&recognition) else { continue };
        let Proof::Certificate { chain, .. } = &read.proof else { panic!("a certificate stays one") };
        let warned = findings_of(&recognition).iter().any(|finding| finding.severity() == Severity::Warning);
        assert!(chain == whole || warned, "at {at}");
    }
}

#[test]
fn a_character_that_does_not_belong_there_never_ends_the_program() {
    let document = &documents()[1];
    for at in (0..document.len()).step_by(7) {
        for strange in ["\u{0}", "\\", "\"", "{", "é", "🔑", "\u{feff}", "-----BEGIN "] {
            let text = format!("{}{strange}{}", &document[..at], &document[at..]);
            assert_places_are_inside(&recognised(&text), &text);
        }
    }
}
