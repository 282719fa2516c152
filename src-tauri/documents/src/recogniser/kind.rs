//! Which kind of credential it is, by the parts that are there.

use super::{
    arrangement::{Announced, Arrangement},
    reading::Reading,
};
use crate::{FindingKind, Part};

/// What the client proves itself with, by the parts that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    ClientSecret,
    Certificate,
    Both,
    Neither,
}

/// Certificate and key in other files of an archive.
#[derive(Default)]
pub(super) struct Beside<'a> {
    pub certificate: Option<&'a str>,
    pub key: Option<&'a str>,
}

impl<'a> Reading<'a> {
    /// The certificate and key in other files of the archive, for a document that lacks them.
    pub fn find_beside(&self, arrangement: &Arrangement<'_>) -> Beside<'a> {
        let is_for_certificate = arrangement.has(Part::Certificate)
            || arrangement.has(Part::PrivateKey)
            || arrangement.has(Part::CertUrl)
            || arrangement.announced == Some(Announced::Certificate);
        if !is_for_certificate || arrangement.has(Part::ClientSecret) || arrangement.keystore.is_some() {
            return Beside::default();
        }
        let find = |part| if arrangement.has(part) { None } else { self.context.files.take_pem(part) };
        Beside { certificate: find(Part::Certificate), key: find(Part::PrivateKey) }
    }

    pub fn decide_kind(&mut self, arrangement: &Arrangement<'_>, beside: &Beside<'_>) -> Kind {
        let place_of = |part| arrangement.given.iter().find(|given| given.part == part).map(|given| given.node.at);
        let certificate = place_of(Part::Certificate)
            .or(place_of(Part::PrivateKey))
            .or(arrangement.keystore.as_ref().map(|keystore| keystore.at));
        let is_secret = arrangement.has(Part::ClientSecret);
        match (is_secret, certificate) {
            (true, None) => match place_of(Part::CertUrl) {
                Some(at) => {
                    self.say(Some(at), FindingKind::BothKinds);
                    Kind::Both
                }
                None => Kind::ClientSecret,
            },
            (true, Some(at)) => {
                self.say(Some(at), FindingKind::BothKinds);
                Kind::Both
            }
            (false, Some(_)) => Kind::Certificate,
            (false, None) if beside.certificate.is_some() || beside.key.is_some() => Kind::Certificate,
            (false, None) => {
                match (arrangement.announced, arrangement.has(Part::CertUrl)) {
                    (Some(Announced::ClientSecret), _) => self.miss(Part::ClientSecret),
                    (Some(Announced::Certificate), _) | (None, true) => {
                        self.miss(Part::Certificate);
                        self.miss(Part::PrivateKey);
                    }
                    (None, false) => self.say(self.end, FindingKind::NeitherKind),
                }
                Kind::Neither
            }
        }
    }
}
