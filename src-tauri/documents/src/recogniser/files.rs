//! The files of an archive, and what a document in one of them may take from the others.

use std::cell::RefCell;

use zeroize::Zeroizing;

use crate::{Part, Syntax, archive::Entry, syntax};

/// A file of an archive.
pub(super) struct ArchivedFile {
    /// Its path inside the archive.
    pub name: String,
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether it is PEM blocks and nothing else; the other files ask again and again.
    is_pem: bool,
}

impl ArchivedFile {
    pub fn new(entry: Entry) -> Self {
        let Entry { name, bytes } = entry;
        let is_pem = str::from_utf8(&bytes).is_ok_and(is_pem_alone);
        Self { name, bytes, is_pem }
    }

    /// Whether that part is among its blocks. What a document in another syntax has in its values is its own.
    fn holds_pem(&self, part: Part) -> bool {
        let mark = match part {
            Part::Certificate => CERTIFICATE_MARK,
            Part::PrivateKey => KEY_MARK,
            Part::Url | Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => return false,
        };
        self.is_pem && str::from_utf8(&self.bytes).is_ok_and(|text| text.contains(mark))
    }
}

/// The other files of an archive, seen from one of them.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    all: &'a [ArchivedFile],
    /// The path of the file from which they are seen.
    from: &'a str,
    /// Which of them are part of what another file holds.
    taken: Option<&'a RefCell<Vec<bool>>>,
}

impl<'a> Files<'a> {
    /// No archive.
    pub const NONE: Self = Self { all: &[], from: "", taken: None };

    /// All files, as the file of that name sees them.
    pub const fn beside(all: &'a [ArchivedFile], from: &'a str, taken: &'a RefCell<Vec<bool>>) -> Self {
        Self { all, from, taken: Some(taken) }
    }

    /// The file that a document names, with or without a path of its own.
    pub fn take_named(&self, named: &str) -> Option<&'a [u8]> {
        let wanted = base_name(named.trim());
        let found = self.in_folder().find(|(_, file)| base_name(&file.name) == wanted);
        found.map(|(index, file)| self.take(index, file))
    }

    /// The PEM text with the certificate or private key for a document that has none of its own: the only one in its
    /// folder, or the one that is called as the document is.
    pub fn take_pem(&self, part: Part) -> Option<&'a str> {
        let fitting: Vec<_> = self.in_folder().filter(|(_, file)| file.holds_pem(part)).collect();
        let stem = base_name(self.from).rsplit_once('.').map_or("", |(stem, _)| stem);
        // Of `sales-chain.pem` and `sales-2-chain.pem`, the shorter one belongs to `sales.sh`.
        let is_own = |file: &ArchivedFile| !stem.is_empty() && base_name(&file.name).starts_with(stem);
        let own = fitting.iter().filter(|(_, file)| is_own(file)).min_by_key(|(_, file)| file.name.len());
        let (index, file) = match fitting.as_slice() {
            [only] => *only,
            _ => *own?,
        };
        str::from_utf8(self.take(index, file)).ok()
    }

    fn in_folder(&self) -> impl Iterator<Item = (usize, &'a ArchivedFile)> {
        let folder = folder(self.from);
        self.all.iter().enumerate().filter(move |(_, file)| self::folder(&file.name) == folder)
    }

    fn take(&self, index: usize, file: &'a ArchivedFile) -> &'a [u8] {
        if let Some(taken) = self.taken
            && let Some(mark) = taken.borrow_mut().get_mut(index)
        {
            *mark = true;
        }
        &file.bytes
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a text is PEM blocks and no document around them.
pub(super) fn is_pem_alone(text: &str) -> bool {
    text.contains("-----BEGIN ") && matches!(syntax::parse(text), Ok(parsed) if parsed.syntax == Syntax::Pem)
}

/// How the line in front of a certificate ends.
pub(super) const CERTIFICATE_MARK: &str = "BEGIN CERTIFICATE-----";
/// How the lines around a private key of any kind end.
pub(super) const KEY_MARK: &str = "PRIVATE KEY-----";

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
