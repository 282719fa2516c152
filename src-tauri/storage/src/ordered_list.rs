//! Keeps a list of 100,000 rows as quick as the typing and scrolling in it.
//!
//! Two things are kept in memory between two calls: the row numbers in the order that was asked for last, read off an
//! index, and the texts that the search looks through. Every call compares SQLite's data version first, so that the
//! next call sees every commit of any process: the order is read again, and the texts of new row numbers are added. A
//! changed row has a new number, so texts never change; the texts of numbers that no longer exist match nothing in the
//! order.
//!
//! Why not in SQL: an index of trigrams does not help with the first two letters, nor with a word that occurs in every
//! row, and reading 100,000 texts for each keystroke takes longer than a keystroke may.

use memchr::memmem::Finder;
use rusqlite::Connection;

use crate::error::Error;

/// A list, ordered by `K`.
#[derive(Debug)]
pub(crate) struct OrderedList<K> {
    order: Option<Order<K>>,
    texts: Texts,
    /// The data version that the texts are complete for.
    texts_version: Option<i64>,
}

#[derive(Debug)]
struct Order<K> {
    key: K,
    version: i64,
    numbers: Vec<i64>,
    /// The numbers with the place of their text; empty until the first search.
    places: Vec<(i64, usize)>,
    /// What was searched for last, and what was found.
    found: Option<(String, Vec<i64>)>,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// Whether the last comes first.
    pub(crate) descending: bool,
    /// How many to leave out at the start.
    pub(crate) offset: usize,
    /// How many to return at most.
    pub(crate) limit: usize,
}

/// Where a list comes from.
pub(crate) trait Source {
    /// What distinguishes one order of the list from another.
    type Key: PartialEq + Copy;

    /// The row numbers in ascending order of `key`.
    fn read_order(connection: &Connection, key: Self::Key) -> Result<Vec<i64>, Error>;

    /// Adds the texts of all rows with a number above `last`, by number. The texts depend on `key`
    /// only if a list never gets two different keys.
    fn read_texts(connection: &Connection, key: Self::Key, last: i64, texts: &mut Texts) -> Result<(), Error>;
}

impl<K: PartialEq + Copy> OrderedList<K> {
    pub(crate) const fn new() -> Self {
        Self { order: None, texts: Texts::new(), texts_version: None }
    }

    /// How many rows of `key` match the words of `search`, and the numbers of those in the window.
    ///
    /// `snapshot` has to be in a transaction, and always on the same connection: only then does its data version show
    /// whether anything was written.
    pub(crate) fn page<S: Source<Key = K>>(
        &mut self,
        snapshot: &Connection,
        key: K,
        search: &str,
        window: Window,
    ) -> Result<(usize, Vec<i64>), Error> {
        let version = snapshot.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        let order = match self.order.take() {
            Some(order) if order.key == key && order.version == version => order,
            Some(_) | None => {
                let numbers = S::read_order(snapshot, key)?;
                Order { key, version, numbers, places: Vec::new(), found: None }
            }
        };
        let order = self.order.insert(order);

        let search = fold(search);
        let words: Vec<&str> = search.split_whitespace().collect();
        if words.is_empty() {
            return Ok((order.numbers.len(), window.of(&order.numbers)));
        }
        if self.texts_version != Some(version) {
            self.texts.complete::<S>(snapshot, key)?;
            self.texts_version = Some(version);
        }
        let found = match order.found.take() {
            Some((former, found)) if former == search => found,
            Some(_) | None => {
                if order.places.is_empty() {
                    order.places = self.texts.places(&order.numbers);
                }
                let matching = self.texts.matching(&words);
                order.places.iter().filter(|(_, place)| matching[*place]).map(|(number, _)| *number).collect()
            }
        };
        let (_, found) = order.found.insert((search, found));
        Ok((found.len(), window.of(found)))
    }
}

impl Window {
    fn of(self, numbers: &[i64]) -> Vec<i64> {
        if self.descending {
            numbers.iter().rev().skip(self.offset).take(self.limit).copied().collect()
        } else {
            numbers.iter().skip(self.offset).take(self.limit).copied().collect()
        }
    }
}

/// The texts of rows, one after the other in one piece of memory, by ascending row number.
#[derive(Debug)]
pub(crate) struct Texts {
    numbers: Vec<i64>,
    /// Where each row's text ends.
    ends: Vec<usize>,
    all: String,
    /// How many were added since the first reading. Some of them replace others, whose memory is then wasted.
    added: usize,
}

impl Texts {
    /// When more than this many were added, all are read again.
    const MOST_ADDED: usize = 10_000;

    const fn new() -> Self {
        Self { numbers: Vec::new(), ends: Vec::new(), all: String::new(), added: 0 }
    }

    /// Adds the text of a row, which is folded already; its number has to be above all others.
    pub(crate) fn push(&mut self, number: i64, text: &str) {
        self.numbers.push(number);
        self.all.push_str(text);
        // No word contains a line break, so none is found across two rows.
        self.all.push('\n');
        self.ends.push(self.all.len());
    }

    /// Adds what is missing.
    fn complete<S: Source>(&mut self, snapshot: &Connection, key: S::Key) -> Result<(), Error> {
        if self.added > Self::MOST_ADDED {
            *self = Self::new();
        }
        let before = self.numbers.len();
        S::read_texts(snapshot, key, self.numbers.last().copied().unwrap_or(0), self)?;
        if before > 0 {
            self.added += self.numbers.len() - before;
        }
        Ok(())
    }

    /// Each of the numbers with the place of its text.
    fn places(&self, numbers: &[i64]) -> Vec<(i64, usize)> {
        let place = |number: &i64| self.numbers.binary_search(number).ok().map(|place| (*number, place));
        numbers.iter().filter_map(place).collect()
    }

    /// For each place, whether every word occurs there. There has to be at least one word.
    fn matching(&self, words: &[&str]) -> Vec<bool> {
        // The longest word first: it occurs in the fewest texts.
        let mut words = words.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let finders: Vec<Finder<'_>> = words.into_iter().map(Finder::new).collect();
        let mut matching = vec![false; self.numbers.len()];
        let Some((first, others)) = finders.split_first() else { return matching };

        let all = self.all.as_bytes();
        let (mut place, mut start) = (0, 0);
        while let Some(found) = first.find(&all[start..]) {
            let found = start + found;
            while self.ends[place] <= found {
                start = self.ends[place];
                place += 1;
            }
            let end = self.ends[place];
            matching[place] = others.iter().all(|word| word.find(&all[start..end]).is_some());
            start = end;
            place += 1;
        }
        matching
    }
}

/// Makes a text independent of case, letter by letter, so that a part of a text folds to a part of the folded text.
/// Goes through the capitals, so that both forms of the small Greek sigma become one letter.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], search: &str) -> Vec<i64> {
        let mut all = Texts::new();
        for (number, text) in (10..).step_by(10).zip(texts) {
            all.push(number, &fold(text));
        }
        let search = fold(search);
        let matching = all.matching(&search.split_whitespace().collect::<Vec<_>>());
        all.places(&all.numbers).into_iter().filter(|(_, place)| matching[*place]).map(|(number, _)| number).collect()
    }

    #[test]
    fn every_word_has_to_occur_in_the_row_itself() {
        let texts = ["sales eu", "sales us", "eu", "prod sales in eu"];
        assert_eq!(found(&texts, "eu sales"), [10, 40]);
        assert_eq!(found(&texts, "sales"), [10, 20, 40]);
        assert_eq!(found(&texts, "useu"), [0; 0], "the end of one row and the start of the next are no word");
        assert_eq!(found(&texts, "e"), [10, 20, 30, 40]);
        assert_eq!(found(&[], "e"), [0; 0]);
    }

    #[test]
    fn the_case_of_letters_outside_ascii_does_not_matter_either() {
        assert_eq!(found(&["Müller", "ΟΔΟΣ ΕΡΜΟΥ", "STRASSE"], "MÜLL"), [10]);
        assert_eq!(found(&["Müller", "ΟΔΟΣ ΕΡΜΟΥ", "STRASSE"], "οδος"), [20]);
        assert_eq!(found(&["Müller", "ΟΔΟΣ ΕΡΜΟΥ", "STRASSE"], "straße"), [30]);
    }

    /// A list whose rows are all replaced between two readings.
    struct Replaced;

    impl Source for Replaced {
        type Key = ();

        fn read_order(_: &Connection, (): ()) -> Result<Vec<i64>, Error> {
            Ok(Vec::new())
        }

        fn read_texts(_: &Connection, (): (), last: i64, texts: &mut Texts) -> Result<(), Error> {
            for number in last + 1..=last + 1 + Texts::MOST_ADDED as i64 {
                texts.push(number, "");
            }
            Ok(())
        }
    }

    #[test]
    fn texts_of_rows_that_are_gone_do_not_pile_up() {
        let connection = Connection::open_in_memory().unwrap();
        let mut texts = Texts::new();
        for _ in 0..20 {
            texts.complete::<Replaced>(&connection, ()).unwrap();
        }
        assert!(texts.numbers.len() <= 2 * (Texts::MOST_ADDED + 1), "{} texts are in memory", texts.numbers.len());
    }
}
