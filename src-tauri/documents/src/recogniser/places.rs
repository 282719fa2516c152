//! Lines and columns of many places in one text, without counting from its start each time.

use crate::Place;

/// Where the lines of a text begin, and which of its bytes are no characters of their own.
#[derive(Debug)]
pub(super) struct Places {
    length: usize,
    line_starts: Vec<usize>,
    continuations: Vec<usize>,
}

impl Places {
    pub fn of(text: &str) -> Self {
        let mut line_starts = vec![0];
        let mut continuations = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                line_starts.push(at + 1);
            } else if byte & 0b1100_0000 == 0b1000_0000 {
                continuations.push(at);
            }
        }
        Self { length: text.len(), line_starts, continuations }
    }

    /// The place of the byte at `offset`.
    pub fn place(&self, offset: usize) -> Place {
        let at = offset.min(self.length);
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start = self.line_starts[line - 1];
        let before = |at| self.continuations.partition_point(|byte| *byte < at);
        // Inside a character, its first byte counts as passed already.
        let inside = usize::from(self.continuations.binary_search(&at).is_ok());
        Place { line, column: at - start - (before(at) - before(start)) + 1 - inside }
    }

    /// The byte at which the line of the byte at `offset` ends.
    pub fn find_line_end(&self, offset: usize) -> usize {
        let next = self.line_starts.partition_point(|start| *start <= offset);
        self.line_starts.get(next).map_or(self.length, |start| start - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Source;

    #[test]
    fn every_place_is_the_one_that_counting_from_the_start_finds() {
        for text in ["", "a", "\n", "a\nb\n", "{\r\n \"ä\": \"日本🔑\"\r\n}\n", "übersee\n\nö"] {
            let places = Places::of(text);
            for at in 0..=text.len() + 2 {
                assert_eq!(places.place(at), Source { text }.place(at), "byte {at} of {text:?}");
            }
        }
    }
}
