//! One secret is one item; a larger one is a head and numbered parts. Both hold it in the form of [`stored_form`].
//!
//! The head bears the secret's id, so it is what makes the secret exist. It says how many parts there are, the length
//! and the digest of the whole in that form, and which of two *generations* of parts is meant: a replacement writes its
//! parts as the other generation, so that until the new head is written the old secret stays whole.
//!
//! Parts are written in ascending and removed in descending order. Wherever the program is killed, the parts that are
//! left over are numbers 1 to n without a gap, and counting up finds them all.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use domain::{documents::SecretBytes, id::SecretId, messages::message, ports::SecretStoreError};
use zeroize::Zeroizing;

use crate::{
    items::{ITEM_LIMIT, Items, NewItem, broken},
    stored_form,
};

/// The largest secret in bytes that is stored. It is far above the largest key (RSA-4096: 2.4 kB) and keeps the number
/// of parts small.
pub const SECRET_LIMIT: usize = 64 * 1024;

/// The most bytes that the parts of one secret hold.
const STORED_LIMIT: usize = stored_form::longest(SECRET_LIMIT);

/// What a head begins with. A secret that begins like this is stored encoded, so that none can be taken for a head.
const HEAD_MARK: &[u8] = b"Drawbridge keeps this secret in parts:";

/// Stores `secret` under `id`. What is left of an older secret under the same id stays until [`remove_stale_parts`].
pub(crate) fn put(items: &impl Items, id: SecretId, label: &str, secret: &[u8]) -> Result<(), SecretStoreError> {
    if secret.len() > SECRET_LIMIT {
        return Err(SecretStoreError::TooLarge { bytes: secret.len(), limit: SECRET_LIMIT });
    }
    let name = id.to_string();
    let whole = stored_form::for_one_item(secret, |bytes| bytes.starts_with(HEAD_MARK));
    if whole.len() <= ITEM_LIMIT {
        return items.put(&NewItem { name: &name, part_of: None, label, bytes: &whole });
    }
    let whole = stored_form::for_parts(secret);
    // A damaged head is replaced like any other: the new secret does not depend on it.
    let old = items.find(&name)?.and_then(|item| Head::parse(&item).ok().flatten());
    let head = Head::of(&whole, old.map_or(Generation::A, |old| old.generation.other()));
    for (number, bytes) in (1..).zip(whole.chunks(ITEM_LIMIT)) {
        let name = part_name(id, head.generation, number);
        let label = format!("{label} (part {number} of {})", head.parts);
        let put = items.put(&NewItem { name: &name, part_of: Some(id), label: &label, bytes });
        if number == 1 { put? } else { put.map_err(interrupted)? }
    }
    items.put(&NewItem { name: &name, part_of: None, label, bytes: head.to_text().as_bytes() }).map_err(interrupted)
}

/// Parts are written by now, so the error must not promise that nothing was written.
fn interrupted(failure: SecretStoreError) -> SecretStoreError {
    broken(message!("keychain-some-parts", reason = failure.message()))
}

/// Removes the parts of `id` that its head does not speak of.
pub(crate) fn remove_stale_parts(items: &impl Items, id: SecretId) -> Result<(), SecretStoreError> {
    let mut parts = items.find_parts(id)?;
    if parts.is_empty() {
        return Ok(());
    }
    let item = items.find(&id.to_string())?;
    if let Some(head) = item.map(|item| Head::parse(&item)).transpose()?.flatten() {
        parts.retain(|part| !(1..=head.parts).any(|number| part_name(id, head.generation, number) == *part));
    }
    parts.iter().try_for_each(|part| items.delete(part))
}

/// The secret stored under `id`, whole, or an error.
pub(crate) fn get(items: &impl Items, id: SecretId) -> Result<SecretBytes, SecretStoreError> {
    let item = items.find(&id.to_string())?.ok_or(SecretStoreError::Missing)?;
    let Some(head) = Head::parse(&item)? else {
        return stored_form::read(&item);
    };
    let mut whole = Zeroizing::new(Vec::with_capacity(head.bytes));
    for number in 1..=head.parts {
        let part = items
            .find(&part_name(id, head.generation, number))?
            .ok_or_else(|| broken(message!("keychain-part-missing", number = number, count = head.parts)))?;
        if whole.len() + part.len() > head.bytes {
            return Err(broken(message!("keychain-part-too-long", number = number, count = head.parts)));
        }
        whole.extend_from_slice(&part);
    }
    if whole.len() != head.bytes || hex(digest(&SHA256, &whole).as_ref()) != head.digest {
        return Err(broken(message!("keychain-part-damaged")));
    }
    stored_form::read(&whole)
}

/// Removes the secret stored under `id`, head first: without its head it does not exist any more.
pub(crate) fn delete(items: &impl Items, id: SecretId) -> Result<(), SecretStoreError> {
    let parts = items.find_parts(id)?;
    items.delete(&id.to_string())?;
    parts.iter().try_for_each(|part| items.delete(part))
}

/// The ids of all secrets: each has an item that bears its id as its name. The names of parts are longer.
pub(crate) fn list(items: &impl Items) -> Result<BTreeSet<SecretId>, SecretStoreError> {
    Ok(items.list_names()?.iter().filter_map(|name| name.parse().ok()).map(SecretId).collect())
}

/// The name of one part.
pub(crate) fn part_name(id: SecretId, generation: Generation, number: usize) -> String {
    format!("{id}.part-{}{number}", generation.letter())
}

/// One of the two sets of part names that a secret's parts alternate between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    /// The first, and every second replacement.
    A,
    /// The other.
    B,
}

impl Generation {
    fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    fn letter(self) -> char {
        match self {
            Self::A => 'a',
            Self::B => 'b',
        }
    }
}

/// The item that stands for a secret in parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Which parts are meant.
    pub(crate) generation: Generation,
    /// How many there are.
    pub(crate) parts: usize,
    bytes: usize,
    digest: String,
}

impl Head {
    fn of(stored: &[u8], generation: Generation) -> Self {
        Self {
            generation,
            parts: stored.len().div_ceil(ITEM_LIMIT),
            bytes: stored.len(),
            digest: hex(digest(&SHA256, stored).as_ref()),
        }
    }

    fn to_text(&self) -> String {
        format!(
            "{} generation={} parts={} bytes={} sha256={}",
            String::from_utf8_lossy(HEAD_MARK),
            self.generation.letter(),
            self.parts,
            self.bytes,
            self.digest
        )
    }

    /// The head in `item`; `None` when the item is a plain secret.
    pub(crate) fn parse(item: &[u8]) -> Result<Option<Self>, SecretStoreError> {
        if !item.starts_with(HEAD_MARK) {
            return Ok(None);
        }
        let head = std::str::from_utf8(item).ok().and_then(Self::parse_text);
        head.map(Some).ok_or_else(|| broken(message!("keychain-head-damaged")))
    }

    fn parse_text(text: &str) -> Option<Self> {
        let mut fields = text.as_bytes()[HEAD_MARK.len()..].split(|byte| *byte == b' ').skip(1);
        let mut field = |name: &str| std::str::from_utf8(fields.next()?).ok()?.strip_prefix(name);
        let head = Self {
            generation: match field("generation=")? {
                "a" => Generation::A,
                "b" => Generation::B,
                _ => return None,
            },
            parts: field("parts=")?.parse().ok()?,
            bytes: field("bytes=")?.parse().ok()?,
            digest: field("sha256=")?.to_owned(),
        };
        // Text that differs in any way from what would have been written is damaged. The limit bounds how much is read.
        (head.to_text() == text && head.bytes <= STORED_LIMIT && head.parts == head.bytes.div_ceil(ITEM_LIMIT))
            .then_some(head)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_back_as_it_was_written_and_fits_into_one_item() {
        let head = Head::of(&[7; STORED_LIMIT], Generation::B);
        let text = head.to_text();
        assert!(text.len() <= ITEM_LIMIT, "the head itself cannot be split");
        assert_eq!(Head::parse(text.as_bytes()), Ok(Some(head)));
    }

    #[test]
    fn a_damaged_head_is_an_error_and_never_a_plain_secret() {
        let text = Head::of(&[7; 10_000], Generation::A).to_text();
        for damaged in [
            text[..HEAD_MARK.len()].to_owned(),
            text.replace("parts=4", "parts=3"),
            text.replace("parts=4", "parts=+4"),
            text.replace("bytes=10000", "bytes=99999999"),
            text.replace("generation=a", "generation=c"),
            text.clone() + " ",
        ] {
            assert_eq!(
                Head::parse(damaged.as_bytes()),
                Err(broken(message!("keychain-head-damaged"))),
                "it must not be handed out as if it were the secret: {damaged}"
            );
        }
    }

    #[test]
    fn what_does_not_begin_with_the_mark_is_a_plain_secret() {
        assert_eq!(Head::parse(b"a client secret"), Ok(None));
        assert_eq!(Head::parse(b""), Ok(None));
    }
}
