//! What a binding says about itself: its `credential-type`, and a URL that is the token host.

use crate::{
    Part,
    recogniser::{
        arrangement::{Announced, Given},
        keyed::Keyed,
    },
    tree::Member,
};

/// The kind that `credential-type` names.
pub(super) fn announced(keys: &Keyed<'_>) -> Option<Announced> {
    match keys.text("credentialtype")? {
        "x509" => Some(Announced::Certificate),
        "binding-secret" | "instance-secret" => Some(Announced::ClientSecret),
        _ => None,
    }
}

/// The member that says no more than the other keys do. What says anything else is kept.
pub(super) fn find_announcement<'a>(keys: &Keyed<'a>, is_certificate: bool) -> Option<&'a Member> {
    let expected = if is_certificate { "x509" } else { "binding-secret" };
    keys.find("credentialtype").filter(|member| member.value.text() == Some(expected))
}

/// Takes the URL for that of the token host.
pub(super) fn rename_url(given: &mut [Given<'_>]) {
    for given in given.iter_mut().filter(|given| given.part == Part::Url) {
        given.part = Part::TokenUrl;
    }
}
