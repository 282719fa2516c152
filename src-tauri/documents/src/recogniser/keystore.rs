//! PKCS#12 containers: alone, or as the keystore of a destination.

use messages::message;

use super::{
    arrangement::KeyStoreReference,
    context::Context,
    pair::{ReadCertificate, describe_problem},
    reading::Reading,
};
use crate::{
    FindingKind, Part, SecretBytes, Shape, base64_text,
    pkcs12::{self, OpenError},
    recognition::{Candidate, Shown},
};

/// The credentials of a PKCS#12 container.
pub(super) fn read_opened(opened: pkcs12::Opened, context: Context<'_>) -> Candidate {
    let mut reading = Reading::of_pair(context, Shape::Pkcs12);
    reading.field(Part::PrivateKey, None, Shown::Hidden);
    let read = reading.check_chain(opened.chain, Some(opened.key), None, None);
    reading.finish_pair(read)
}

/// What is wrong with a container that cannot be opened.
pub(super) fn describe_open_error(error: OpenError) -> FindingKind {
    match error {
        OpenError::PasswordNeeded => FindingKind::PasswordNeeded,
        OpenError::WrongPassword => FindingKind::WrongPassword,
        OpenError::Unreadable => FindingKind::ContainerUnreadable { what: message!("container-pkcs12") },
        OpenError::NoKey => FindingKind::MissingPart { part: Part::PrivateKey },
        OpenError::NoCertificate => FindingKind::MissingPart { part: Part::Certificate },
        OpenError::BadKey(problem) => describe_problem(Part::PrivateKey, problem),
        OpenError::TooCostly(ceiling) => FindingKind::TooCostly { what: message!("container-pkcs12"), ceiling },
        OpenError::NotTried => FindingKind::TooMuchProtected,
        OpenError::Stopped => FindingKind::Stopped,
    }
}

impl Reading<'_> {
    /// The keystore that a destination names: delivered along, or beside it in an archive.
    pub fn read_keystore(&mut self, keystore: &KeyStoreReference<'_>) -> Option<ReadCertificate> {
        let at = Some(keystore.at);
        let content = keystore.content.and_then(base64_text::decode);
        let bytes = content
            .as_ref()
            .map(|content| content.as_slice())
            .or_else(|| self.context.files.take_named(keystore.location));
        let Some(bytes) = bytes else {
            self.miss(Part::Certificate);
            self.miss(Part::PrivateKey);
            return None;
        };
        self.field(Part::PrivateKey, at, Shown::Hidden);
        if !pkcs12::is_pkcs12(bytes) {
            let Ok(text) = str::from_utf8(bytes) else {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, FindingKind::ContainerUnreadable { what: message!("container-keystore") });
                return None;
            };
            let pem = Some((at, text));
            return self.read_pem(pem, pem);
        }
        // EXPOSE: the document gives the password of its own keystore.
        let password = keystore.password.map(|password| SecretBytes::new(password.as_bytes().to_vec()));
        let given = self.context.options.password;
        let work = self.context.work;
        let opened = match pkcs12::open(bytes, password.as_ref().or(given), work) {
            Err(OpenError::WrongPassword) if password.is_some() && given.is_some() => pkcs12::open(bytes, given, work),
            result => result,
        };
        match opened.map(|opened| opened.into_iter().next()) {
            Ok(Some(opened)) => self.check_chain(opened.chain, Some(opened.key), at, at),
            Ok(None) => {
                self.miss(Part::PrivateKey);
                None
            }
            Err(error) => {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, describe_open_error(error));
                None
            }
        }
    }
}
