//! What an export is rendered into.

use crate::SecretBytes;

/// A file that was rendered. Several files of one export are one zip archive.
#[derive(Debug)]
pub struct File {
    /// Its ending, without a dot: `json`, `zip`.
    pub extension: &'static str,
    /// Its content, which *is* the secret: it goes to the clipboard or into a file that the user chose, and nowhere else.
    pub bytes: SecretBytes,
    /// The files in it with their names, if it is an archive.
    pub(super) entries: Vec<(String, SecretBytes)>,
}

/// What an export would hold, with the secret hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Name of the file inside an archive; empty for a single file.
    pub name: String,
    /// The text, or a description of what is no text.
    pub text: String,
}
