//! Where an export is written to: a buffer that never moves, so that it leaves no unwiped copy behind.

use std::{fmt, io};

use crate::{ExportError, SecretBytes};

/// First measures, then takes what is written.
pub(super) struct Sink {
    bytes: Vec<u8>,
    length: usize,
    measuring: bool,
}

impl Sink {
    /// What `write` writes. It runs twice: once to learn the length, once into a buffer of that length.
    pub fn collect(write: impl Fn(&mut Self) -> Result<(), ExportError>) -> Result<SecretBytes, ExportError> {
        let mut sink = Self { bytes: Vec::new(), length: 0, measuring: true };
        write(&mut sink)?;
        sink = Self { bytes: Vec::with_capacity(sink.length), length: 0, measuring: false };
        write(&mut sink)?;
        Ok(SecretBytes::new(sink.bytes))
    }

    pub fn push(&mut self, text: &str) {
        self.length += text.len();
        if !self.measuring {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    pub fn push_char(&mut self, c: char) {
        self.push(c.encode_utf8(&mut [0; 4]));
    }
}

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len();
        if !self.measuring {
            self.bytes.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
