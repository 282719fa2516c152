//! The credentials that stand in an object of a document.

use super::{
    addresses::Addresses,
    arrangement::Arrangement,
    context::Context,
    extras::{collect_extra, name_extras},
    files::{CERTIFICATE_MARK, KEY_MARK},
    kind::{Beside, Kind},
    pair::ReadCertificate,
    reading::Reading,
    shown::{holds, show},
    values::Found,
};
use crate::{
    CredentialDocument, FindingKind, Part, Proof, SecretBytes,
    recognition::{Candidate, Shown},
};

/// Reads the credentials of an arrangement. `end` is where the object ends: there, what is missing has to be added.
pub(super) fn read(arrangement: &Arrangement<'_>, end: usize, context: Context<'_>) -> Candidate {
    let mut reading = Reading::new(context, arrangement.shape, Some(end));
    let document = reading.read_arrangement(arrangement);
    reading.finish(document)
}

impl Reading<'_> {
    fn read_arrangement(&mut self, arrangement: &Arrangement<'_>) -> Option<CredentialDocument> {
        let beside = self.find_beside(arrangement);
        let kind = self.decide_kind(arrangement, &beside);
        let client_id = self.find(arrangement, Part::ClientId);
        let addresses = self.read_addresses(arrangement, kind);
        let secret = self.find(arrangement, Part::ClientSecret).text();
        if arrangement.has(Part::ClientSecret) {
            self.field(Part::ClientSecret, arrangement.place_of_last(Part::ClientSecret), Shown::Hidden);
        }
        let certificate = match kind {
            Kind::Certificate => self.read_certificate(arrangement, &beside),
            Kind::Both => {
                self.read_certificate(arrangement, &beside);
                None
            }
            Kind::ClientSecret | Kind::Neither => None,
        };
        self.keep_apart(secret, &addresses);
        let client_id = self.read_client_id(client_id, arrangement, secret, kind, certificate.as_ref());

        let names = name_extras(&arrangement.rest);
        if let Some(at) = names.repeated_at {
            self.say(Some(at), FindingKind::RepeatedHarmless);
        }
        if !names.known.is_empty() || names.others > 0 {
            self.say(names.at, FindingKind::ExtraKeys { known: names.known, others: names.others });
        }
        let proof = match kind {
            // EXPOSE: the text of the document becomes the secret that it is.
            Kind::ClientSecret => {
                secret.map(|(_, text)| Proof::ClientSecret(SecretBytes::new(text.as_bytes().to_vec())))
            }
            Kind::Certificate => certificate.and_then(|certificate| certificate.proof),
            Kind::Both | Kind::Neither => None,
        };
        let Addresses { url, token_url, cert_url } = addresses;
        proof.map(|proof| CredentialDocument {
            url: url.map(|found| found.url),
            token_url: token_url.map(|found| found.url),
            cert_url: cert_url.map(|found| found.url),
            client_id,
            proof,
            extra: collect_extra(&arrangement.rest),
        })
    }

    fn read_client_id(
        &mut self,
        found: Found<'_>,
        arrangement: &Arrangement<'_>,
        secret: Option<(usize, &str)>,
        kind: Kind,
        certificate: Option<&ReadCertificate>,
    ) -> Option<String> {
        let at = arrangement.place_of_last(Part::ClientId);
        match found {
            Found::Text { text, .. } => {
                // A secret that was pasted into both places must neither be shown nor stored in the database.
                let is_secret = secret.is_some_and(|(_, secret)| holds(text, secret));
                if is_secret {
                    self.say(at, FindingKind::HoldsSecret { part: Part::ClientId });
                }
                self.field(Part::ClientId, at, if is_secret { Shown::Hidden } else { show(text) });
                Some(text.to_owned())
            }
            Found::Unusable => {
                self.field(Part::ClientId, at, Shown::Hidden);
                None
            }
            Found::Absent => match kind {
                Kind::ClientSecret | Kind::Both | Kind::Neither => {
                    self.miss(Part::ClientId);
                    None
                }
                Kind::Certificate => {
                    let of_keystore = arrangement.keystore.as_ref().map(|keystore| keystore.at);
                    let at = arrangement.place_of_last(Part::Certificate).or(of_keystore);
                    self.client_id_of_subject(certificate, at)
                }
            },
        }
    }

    fn read_certificate(&mut self, arrangement: &Arrangement<'_>, beside: &Beside<'_>) -> Option<ReadCertificate> {
        if let Some(keystore) = &arrangement.keystore {
            return self.read_keystore(keystore);
        }
        let inside = |(at, text)| (Some(at), text);
        let certificate = self.find(arrangement, Part::Certificate).text().map(inside);
        let key = self.find(arrangement, Part::PrivateKey).text().map(inside);
        if arrangement.has(Part::PrivateKey) {
            self.field(Part::PrivateKey, arrangement.place_of_last(Part::PrivateKey), Shown::Hidden);
        }
        // Either value may hold both, as one file does.
        let (certificate, key) = match (certificate, key) {
            (Some((at, text)), None) if !arrangement.has(Part::PrivateKey) && text.contains(KEY_MARK) => {
                self.field(Part::PrivateKey, at, Shown::Hidden);
                (certificate, certificate)
            }
            (None, Some((_, text))) if !arrangement.has(Part::Certificate) && text.contains(CERTIFICATE_MARK) => {
                (key, key)
            }
            both => both,
        };
        let outside = |text| (None, text);
        let certificate = certificate.or(beside.certificate.map(outside));
        if certificate.is_none() {
            match arrangement.place_of_last(Part::Certificate) {
                Some(at) => self.field(Part::Certificate, Some(at), Shown::Hidden),
                None => self.miss(Part::Certificate),
            }
        }
        let key = match (key, beside.key) {
            (None, Some(text)) => {
                self.field(Part::PrivateKey, None, Shown::Hidden);
                Some(outside(text))
            }
            (key, _) => key,
        };
        if key.is_none() && !arrangement.has(Part::PrivateKey) {
            self.miss(Part::PrivateKey);
        }
        self.read_pem(certificate, key)
    }
}
