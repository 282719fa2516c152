//! Several files in one archive: what belongs together becomes one set of credentials.

use std::cell::RefCell;

use zeroize::Zeroizing;

use super::{
    Candidate,
    parts::{Context, read_pem_files},
};
use crate::certificate::{read_chain, read_key};

/// A file of an archive.
pub(super) struct ArchivedFile {
    /// Its path inside the archive.
    pub name: String,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// The other files of an archive, seen from one of them.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    all: &'a [ArchivedFile],
    /// The folder in which names are looked up.
    folder: &'a str,
    /// Which of them another file has named.
    named: Option<&'a RefCell<Vec<bool>>>,
}

impl<'a> Files<'a> {
    /// No archive.
    pub const NONE: Self = Self { all: &[], folder: "", named: None };

    /// All files, as the file of that name sees them.
    pub fn beside(all: &'a [ArchivedFile], name: &'a str, named: &'a RefCell<Vec<bool>>) -> Self {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { all, folder, named: Some(named) }
    }

    /// The file that a document names, with or without a path of its own.
    pub fn find(&self, named: &str) -> Option<&'a [u8]> {
        let wanted = base_name(named.trim());
        let in_folder =
            |file: &ArchivedFile| file.name.rsplit_once('/').map_or("", |(folder, _)| folder) == self.folder;
        let index = self.all.iter().position(|file| in_folder(file) && base_name(&file.name) == wanted)?;
        if let Some(named) = self.named
            && let Some(mark) = named.borrow_mut().get_mut(index)
        {
            *mark = true;
        }
        self.all.get(index).map(|file| file.bytes.as_slice())
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The credentials in PEM files that no other file names: a chain and the key that belongs to it make a pair, whatever the
/// files are called. The result says at which file each pair stands.
pub(super) fn pair_pem_files(
    files: &[ArchivedFile],
    indices: &[usize],
    context: Context<'_>,
) -> Vec<(usize, Candidate)> {
    let text = |index: &usize| files.get(*index).and_then(|file| str::from_utf8(&file.bytes).ok()).unwrap_or_default();
    let has_key = |text: &str| text.contains("PRIVATE KEY-----");
    let has_certificate = |text: &str| text.contains("BEGIN CERTIFICATE-----");
    let (keys, others): (Vec<usize>, Vec<usize>) =
        indices.iter().copied().partition(|index| has_key(text(index)) && !has_certificate(text(index)));
    let (whole, mut chains): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|index| has_key(text(index)));
    let mut pairs: Vec<(usize, Candidate)> =
        whole.iter().map(|index| (*index, read_pem_files(Some(text(index)), Some(text(index)), context))).collect();
    // One of each can only be meant for each other; if they are not, that has to be said.
    let only_pair = keys.len() == 1 && chains.len() == 1;
    for index in keys {
        let key = read_key(text(&index), context.options.password).ok();
        let fits = |chain: &usize| {
            let key = key.as_ref().map(|read| &read.key);
            only_pair
                || key
                    .is_some_and(|key| read_chain(text(chain), Some(key)).is_ok_and(|read| key.belongs_to(&read.chain)))
        };
        match chains.iter().position(fits) {
            Some(position) => {
                let chain = chains.remove(position);
                let first = chain.min(index);
                pairs.push((first, read_pem_files(Some(text(&chain)), Some(text(&index)), context)));
            }
            None => pairs.push((index, read_pem_files(None, Some(text(&index)), context))),
        }
    }
    pairs.extend(chains.iter().map(|index| (*index, read_pem_files(Some(text(index)), None, context))));
    pairs
}
