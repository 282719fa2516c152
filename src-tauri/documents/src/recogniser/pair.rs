//! A certificate and its private key: read, checked, and checked against each other.

use messages::{Day, message};

use super::{reading::Reading, shown::show};
use crate::{
    CertificateProblem, CredentialDocument, FindingKind, Part, PrivateKey, Proof,
    certificate::{ReadChain, read_chain, read_key},
    recognition::{Candidate, Shown},
};

/// A certificate that was read.
pub(super) struct ReadCertificate {
    pub common_name: Option<String>,
    pub proof: Option<Proof>,
}

impl Reading<'_> {
    pub fn read_pem(
        &mut self,
        certificate: Option<(Option<usize>, &str)>,
        key: Option<(Option<usize>, &str)>,
    ) -> Option<ReadCertificate> {
        let mut too_short = None;
        let key = key.and_then(|(at, text)| match read_key(text, self.context.options.password, self.context.work) {
            Ok(read) => {
                if !read.repairs.is_empty() {
                    let part = Part::PrivateKey;
                    self.say(at, FindingKind::PemRepaired { part, repairs: read.repairs });
                }
                Some((at, read.key))
            }
            Err(problem) => {
                let kind = describe_problem(Part::PrivateKey, problem);
                if let FindingKind::WeakKey { key } = &kind {
                    too_short = Some(key.clone());
                }
                self.say(at, kind);
                None
            }
        });
        let (at, text) = certificate?;
        let key_at = key.as_ref().and_then(|(at, _)| *at);
        match read_chain(text, key.as_ref().map(|(_, key)| key), self.context.work) {
            Ok(mut chain) => {
                // Once is enough for a pair.
                if chain.weak_key == too_short {
                    chain.weak_key = None;
                }
                self.check_chain(chain, key.map(|(_, key)| key), at, key_at)
            }
            Err(problem) => {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, describe_problem(Part::Certificate, problem));
                None
            }
        }
    }

    pub fn check_chain(
        &mut self,
        read: ReadChain,
        key: Option<PrivateKey>,
        at: Option<usize>,
        key_at: Option<usize>,
    ) -> Option<ReadCertificate> {
        let now = self.context.options.now;
        let ReadChain { chain, repairs, reordered, root_left_out, stranger_left_out, weak_signature, weak_key } = read;
        if !repairs.is_empty() {
            self.say(at, FindingKind::PemRepaired { part: Part::Certificate, repairs });
        }
        for (said, kind) in [
            (reordered, FindingKind::ChainReordered),
            (root_left_out, FindingKind::RootLeftOut),
            (stranger_left_out, FindingKind::StrangerLeftOut),
        ] {
            if said {
                self.say(at, kind);
            }
        }
        if let Some(algorithm) = weak_signature {
            self.say(at, FindingKind::WeakSignature { algorithm });
        }
        if let Some(key) = weak_key {
            self.say(at, FindingKind::WeakKey { key });
        }
        match (chain.check_validity(now), chain.issuer_end.as_ref().map(|issuer| issuer.not_after)) {
            (Err(outside), _) => self.say(at, FindingKind::OutsideValidity(outside)),
            (Ok(()), Some(not_after)) if not_after <= now => self.say(at, FindingKind::IssuerExpired { not_after }),
            (Ok(()), Some(not_after)) => self.say(at, FindingKind::IssuerEndsEarlier { not_after }),
            (Ok(()), None) => {}
        }
        let words = message!(
            "document-chain",
            subject = &chain.subject,
            key = &chain.public_key,
            until = Day(chain.not_after),
            count = chain.length
        );
        self.field(Part::Certificate, at, Shown::Text(words));
        let common_name = chain.common_name.clone();
        let proof = key.and_then(|key| {
            if key.belongs_to(&chain) {
                return Some(Proof::Certificate { chain: Box::new(chain), private_key: key.pkcs8 });
            }
            self.say(key_at, FindingKind::KeyMismatch);
            None
        });
        Some(ReadCertificate { common_name, proof })
    }

    /// A document without a client id: the certificate's subject then names it.
    pub fn client_id_of_subject(&mut self, certificate: Option<&ReadCertificate>, at: Option<usize>) -> Option<String> {
        // What is wrong with the certificate was said.
        let certificate = certificate?;
        match &certificate.common_name {
            Some(name) => {
                // Issuers of certificates for generated client ids put them there for this.
                if !is_generated_id(name) {
                    self.say(at, FindingKind::ClientIdFromSubject);
                }
                self.field(Part::ClientId, at, show(name));
            }
            None => self.say(self.end, FindingKind::NoClientId),
        }
        certificate.common_name.clone()
    }

    /// The credentials that are this pair and nothing else.
    pub fn finish_pair(mut self, read: Option<ReadCertificate>) -> Candidate {
        let client_id = self.client_id_of_subject(read.as_ref(), None);
        let document = read.and_then(|read| read.proof).map(|proof| CredentialDocument {
            url: None,
            token_url: None,
            cert_url: None,
            client_id,
            proof,
            extra: None,
        });
        self.finish(document)
    }
}

/// What is wrong with a certificate or key that cannot be read.
pub(super) fn describe_problem(part: Part, problem: CertificateProblem) -> FindingKind {
    match problem {
        CertificateProblem::KeyEncrypted => FindingKind::PasswordNeeded,
        CertificateProblem::WrongKeyPassword => FindingKind::WrongPassword,
        CertificateProblem::KeyTooCostly(ceiling) => {
            FindingKind::TooCostly { what: message!("document-private-key"), ceiling }
        }
        CertificateProblem::KeyNotTried => FindingKind::TooMuchProtected,
        CertificateProblem::NotRead => FindingKind::TooMuchWork,
        CertificateProblem::Stopped => FindingKind::Stopped,
        CertificateProblem::KeyTooShort { key } => FindingKind::WeakKey { key },
        CertificateProblem::NotPem
        | CertificateProblem::WrongBlock { .. }
        | CertificateProblem::NotX509 { .. }
        | CertificateProblem::KeyNotPem
        | CertificateProblem::KeyProtectionUnknown
        | CertificateProblem::KeyOfOtherKind { .. }
        | CertificateProblem::KeyUnusable => FindingKind::Unreadable { part, problem },
    }
}

/// Whether a text is a client id as XSUAA generates them: `sb-<name>!b<number>`, perhaps with `|<application>` behind it.
fn is_generated_id(text: &str) -> bool {
    let own = text.split_once('|').map_or(text, |(own, _)| own);
    let number = own.strip_prefix("sb-").and_then(|own| own.rsplit_once("!b"));
    number.is_some_and(|(name, number)| {
        !name.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
