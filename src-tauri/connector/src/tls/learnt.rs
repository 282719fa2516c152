//! What the handshakes of a client reveal besides their results.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use rustls::pki_types::CertificateDer;

/// What the handshakes of a client reveal besides their results.
#[derive(Debug)]
pub(super) struct Learnt {
    /// The kind of the key whose certificate is shown, such as "P-256"; `None` where none is shown.
    pub(super) shown_key: Option<String>,
    asked: AtomicBool,
    refused: Mutex<Vec<CertificateDer<'static>>>,
}

impl Learnt {
    pub(super) fn new(shown_key: Option<String>) -> Self {
        Self { shown_key, asked: AtomicBool::new(false), refused: Mutex::default() }
    }

    /// The server asks for a client certificate.
    pub(super) fn ask(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether a server has asked for a client certificate.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The server showed certificates, its own first, that are not trusted.
    pub(super) fn refuse(&self, shown: Vec<CertificateDer<'static>>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    /// The certificates that were refused, the server's own first; none if it was trusted.
    pub(super) fn refused(&self) -> Vec<CertificateDer<'static>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
