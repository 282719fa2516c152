//! Zip archives of several files.

use std::io::{Cursor, Read, Write};

use messages::message;
use zeroize::Zeroizing;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{Finding, FindingKind, MAX_BYTES, SecretBytes};

/// The most files that are read: more than an export of all credentials of an installation has within [`MAX_BYTES`].
const MAX_ENTRIES: usize = 1_000;

/// A file of an archive.
pub(crate) struct Entry {
    /// Its name, with the folders inside the archive in front of it, separated by `/`.
    pub name: String,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// Whether bytes are a zip archive, by how they begin (APPNOTE §4.3.7, §4.3.16).
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, in its order. What is encrypted, damaged or compressed in an unusual way cannot be read.
pub(crate) fn open(bytes: &[u8]) -> Result<Vec<Entry>, Finding> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > MAX_ENTRIES {
        return Err(unreadable());
    }
    let mut entries = Vec::new();
    let mut room = MAX_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| unreadable())?;
        if file.is_dir() {
            continue;
        }
        let path = file.enclosed_name().ok_or_else(unreadable)?;
        let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
        let name = names.ok_or_else(unreadable)?.join("/");
        // What macOS adds for itself.
        if name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") {
            continue;
        }
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(unreadable());
        }
        let length = usize::try_from(file.size()).unwrap_or(usize::MAX);
        room = room.checked_sub(length).ok_or_else(|| too_large(length))?;
        entries.push(Entry { name, bytes: read(file, length)? });
    }
    Ok(entries)
}

/// Reads a file that says it has `length` bytes, into a buffer that never moves and so leaves no copy behind.
fn read(file: impl Read, length: usize) -> Result<Zeroizing<Vec<u8>>, Finding> {
    let mut bytes = Zeroizing::new(vec![0; length + 1]);
    let mut read = 0;
    let mut file = file.take(length as u64 + 1);
    while read <= length {
        match file.read(&mut bytes[read..]).map_err(|_| unreadable())? {
            0 => break,
            count => read += count,
        }
    }
    if read != length {
        return Err(unreadable());
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn unreadable() -> Finding {
    Finding { place: None, kind: FindingKind::ContainerUnreadable { what: message!("container-zip") } }
}

fn too_large(bytes: usize) -> Finding {
    Finding { place: None, kind: FindingKind::TooLarge { bytes, limit: MAX_BYTES } }
}

/// One archive of files with their names, which are distinct and may have folders in front; not compressed. The same
/// files give the same bytes.
pub(crate) fn pack(files: &[(String, &SecretBytes)]) -> SecretBytes {
    /// More than the headers of one file take, beside its name.
    const HEADERS: usize = 256;
    // Of more than its final length, so that it never moves and leaves no copy behind.
    let length: usize = files.iter().map(|(name, bytes)| bytes.len() + 2 * name.len() + HEADERS).sum();
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(length + HEADERS)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::DEFAULT)
        .unix_permissions(0o600);
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options).expect("the names are distinct");
        // EXPOSE: the archive is the export that the user asked for.
        archive.write_all(bytes.expose()).expect("memory takes everything");
    }
    SecretBytes::new(archive.finish().expect("memory takes everything").into_inner())
}

#[cfg(test)]
mod tests;
