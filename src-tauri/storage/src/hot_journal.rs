//! What an interrupted commit left beside the database, before SQLite acts on it.
//!
//! SQLite undoes an interrupted commit with its rollback journal, and trusts the journal: one that is cut short is
//! undone in part, one whose head is damaged is ignored, and one of another file is applied to this one
//! (<https://sqlite.org/howtocorrupt.html>, 1.4 and 6). So the journal is read first. The format:
//! <https://sqlite.org/fileformat2.html#the_rollback_journal>.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// Where the change counter stands in the first page.
const COUNTER: usize = 24;

/// What lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Journal {
    /// Nothing that SQLite would act on.
    Cold,
    /// A commit to be undone, whole.
    Hot {
        /// The change counter of the database before that commit, where the journal holds its first page.
        counter: Option<u32>,
    },
    /// A commit to be undone, of which a part is missing or wrong.
    Damaged,
}

/// Reads the journal at `path`.
pub(crate) fn read(path: &Path) -> io::Result<Journal> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Journal::Cold),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut journal = BufReader::with_capacity(1 << 16, file);
    let mut first = [0];
    // SQLite acts on a journal whose first byte is there and not zero; until everything in it is on the disk, it is.
    if length == 0 || journal.read(&mut first)? == 0 || first == [0] {
        return Ok(Journal::Cold);
    }
    match read_segments(&mut journal, length) {
        Ok(journal) => Ok(journal),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Journal::Damaged),
        Err(error) => Err(error),
    }
}

fn read_segments(journal: &mut (impl Read + Seek), length: u64) -> io::Result<Journal> {
    let (mut at, mut counter) = (0, None);
    let mut page = Vec::new();
    while at < length {
        let mut head = [0; 28];
        journal.seek(SeekFrom::Start(at))?;
        if at > 0 && length - at < 28 {
            break;
        }
        journal.read_exact(&mut head)?;
        if head[..8] != MAGIC {
            // A later segment is not part of it before its own head is written.
            return Ok(if at == 0 { Journal::Damaged } else { Journal::Hot { counter } });
        }
        let number =
            |place: usize| u32::from_be_bytes([head[place], head[place + 1], head[place + 2], head[place + 3]]);
        let (count, nonce, sector, size) = (number(8), number(12), number(20), number(24));
        if !(512..=65536).contains(&size) || !size.is_power_of_two() || !(32..=65536).contains(&sector) {
            return Ok(Journal::Damaged);
        }
        if at > 0 && page.len() != size as usize {
            return Ok(Journal::Damaged);
        }
        page.resize(size as usize, 0);
        // Where the file system promises that appending is safe, the count is missing: the pages go up to the end.
        let record = u64::from(size) + 8;
        let count =
            if count == u32::MAX { (length - at).saturating_sub(u64::from(sector)) / record } else { u64::from(count) };
        journal.seek(SeekFrom::Start(at + u64::from(sector)))?;
        for _ in 0..count {
            let (mut page_number, mut sum) = ([0; 4], [0; 4]);
            journal.read_exact(&mut page_number)?;
            journal.read_exact(&mut page)?;
            journal.read_exact(&mut sum)?;
            if u32::from_be_bytes(sum) != checksum(nonce, &page) {
                return Ok(Journal::Damaged);
            }
            if u32::from_be_bytes(page_number) == 1 {
                counter =
                    page.get(COUNTER..COUNTER + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
            }
        }
        let end = journal.stream_position()?;
        at = end.next_multiple_of(u64::from(sector));
    }
    Ok(Journal::Hot { counter })
}

/// SQLite's own: the sum of every 200th byte from the end.
fn checksum(nonce: u32, page: &[u8]) -> u32 {
    let places = (1..).map(|step| step * 200).take_while(|back| *back < page.len()).map(|back| page.len() - back);
    places.fold(nonce, |sum, place| sum.wrapping_add(u32::from(page[place])))
}
