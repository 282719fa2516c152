//! PEM files: a chain and the key that belongs to it become one set of credentials.

use super::{
    context::Context,
    files::{ArchivedFile, CERTIFICATE_MARK, KEY_MARK},
    reading::Reading,
};
use crate::{
    Part, Shape,
    certificate::{ReadKey, read_key, read_public_keys},
    recognition::{Candidate, Shown},
};

/// The credentials of a chain and a key from files of their own.
fn read_pem_files(certificate: Option<&str>, key: Option<&str>, context: Context<'_>) -> Candidate {
    let mut reading = Reading::of_pair(context, Shape::PemBlocks);
    for (part, text) in [(Part::Certificate, certificate), (Part::PrivateKey, key)] {
        if text.is_none() {
            reading.miss(part);
        }
    }
    if key.is_some() {
        reading.field(Part::PrivateKey, None, Shown::Hidden);
    }
    let read = reading.read_pem(certificate.map(|text| (None, text)), key.map(|text| (None, text)));
    reading.finish_pair(read)
}

/// The credentials in PEM files that no other file names: a chain and the key that belongs to it make a pair, whatever the
/// files are called. The result says at which file each pair stands.
pub(super) fn pair_pem_files(
    files: &[ArchivedFile],
    indices: &[usize],
    context: Context<'_>,
) -> Vec<(usize, Candidate)> {
    let text = |index: &usize| files.get(*index).and_then(|file| str::from_utf8(&file.bytes).ok()).unwrap_or_default();
    let has_key = |text: &str| text.contains(KEY_MARK);
    let has_certificate = |text: &str| text.contains(CERTIFICATE_MARK);
    let (keys, others): (Vec<usize>, Vec<usize>) =
        indices.iter().copied().partition(|index| has_key(text(index)) && !has_certificate(text(index)));
    let (whole, chains): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|index| has_key(text(index)));
    let mut pairs: Vec<(usize, Candidate)> =
        whole.iter().map(|index| (*index, read_pem_files(Some(text(index)), Some(text(index)), context))).collect();
    // One of each can only be meant for each other; if they are not, that has to be said.
    let only_pair = keys.len() == 1 && chains.len() == 1;
    let mut chains: Vec<(usize, Vec<Vec<u8>>)> =
        chains.into_iter().map(|index| (index, read_public_keys(text(&index), context.work))).collect();
    for index in keys {
        let fitting = if only_pair {
            Some(0)
        } else {
            let key = read_key(text(&index), context.options.password, context.work).ok();
            let fits =
                |read: &ReadKey| chains.iter().position(|(_, public)| public.iter().any(|one| read.key.is_of(one)));
            key.as_ref().and_then(fits)
        };
        match fitting {
            Some(position) => {
                let (chain, _) = chains.remove(position);
                let first = chain.min(index);
                pairs.push((first, read_pem_files(Some(text(&chain)), Some(text(&index)), context)));
            }
            None => pairs.push((index, read_pem_files(None, Some(text(&index)), context))),
        }
    }
    pairs.extend(chains.iter().map(|(index, _)| (*index, read_pem_files(Some(text(index)), None, context))));
    pairs
}
