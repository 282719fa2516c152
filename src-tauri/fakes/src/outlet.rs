//! The clipboard or a file, as far as the domain is concerned.

use std::sync::Mutex;

use domain::{
    documents::SecretBytes,
    messages::Message,
    ports::{Outlet, OutletError},
};

/// Keeps what was delivered, or refuses it if it has an error.
pub struct Capture {
    destination: &'static str,
    error: Option<OutletError>,
    delivered: Mutex<Vec<Vec<u8>>>,
}

impl Capture {
    pub fn at(destination: &'static str) -> Self {
        Self { destination, error: None, delivered: Mutex::default() }
    }

    pub fn that_fails(error: OutletError) -> Self {
        Self { error: Some(error), ..Self::at("nowhere") }
    }

    pub fn delivered(&self) -> Vec<String> {
        self.delivered_bytes().into_iter().map(|document| String::from_utf8(document).expect("a text")).collect()
    }

    pub fn delivered_bytes(&self) -> Vec<Vec<u8>> {
        self.delivered.lock().expect("the outlet").clone()
    }
}

impl Outlet for Capture {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        // EXPOSE: this is where the user wants it.
        self.delivered.lock().expect("the outlet").push(document.expose().to_vec());
        Ok(())
    }

    fn destination(&self) -> Message {
        self.destination.into()
    }
}
