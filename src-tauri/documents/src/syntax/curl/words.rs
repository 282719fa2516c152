//! Splits a command into its words as a POSIX shell does (Shell Command Language, §2.2), without replacing anything in
//! them. Done here, since no crate tells the places of words, or wipes what it copies.

use zeroize::Zeroizing;

/// A word without its quotes.
pub(super) struct Word {
    pub text: Zeroizing<String>,
    /// Where its text begins: behind the quote, if it begins with one.
    pub at: usize,
}

/// The words of the command at `from`, and where it ends. An error is the place of a quote that is not closed.
pub(super) fn split(text: &str, from: usize) -> Result<(Vec<Word>, usize), usize> {
    let mut words = Vec::new();
    let mut at = from;
    loop {
        at = skip_space(text, at);
        let Some(c) = text[at..].chars().next() else { return Ok((words, at)) };
        // What ends a command. A single & inside of a word is more likely a URL that lacks its quotes.
        if matches!(c, '\n' | ';' | '|' | ')' | '`') || text[at..].starts_with("& ") || text[at..].starts_with("&&") {
            return Ok((words, at));
        }
        let end = find_end(text, at)?;
        let begin = if matches!(c, '\'' | '"') { at + 1 } else { at };
        words.push(Word { text: unquote(&text[at..end]), at: begin });
        at = end;
    }
}

/// Behind white space and continued lines.
fn skip_space(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text[at..].trim_start_matches([' ', '\t', '\r']);
        at = text.len() - rest.len();
        match rest.strip_prefix("\\\n") {
            Some(next) => at = text.len() - next.len(),
            None => return at,
        }
    }
}

/// Where the word ends that begins at `at`.
fn find_end(text: &str, mut at: usize) -> Result<usize, usize> {
    while let Some(c) = text[at..].chars().next() {
        match c {
            ' ' | '\t' | '\r' | '\n' | ';' | '|' | ')' | '`' => break,
            '\\' => {
                at += 1;
                at += text[at..].chars().next().map_or(0, char::len_utf8);
            }
            '\'' => at += 2 + text[at + 1..].find('\'').ok_or(at)?,
            '"' => at = find_double_quote(text, at).ok_or(at)?,
            other => at += other.len_utf8(),
        }
    }
    Ok(at)
}

/// Behind the closing quote.
fn find_double_quote(text: &str, at: usize) -> Option<usize> {
    let mut next = at + 1;
    loop {
        next += text[next..].find(['"', '\\'])? + 1;
        if text[..next].ends_with('"') {
            return Some(next);
        }
        next += text[next..].chars().next()?.len_utf8();
    }
}

fn unquote(word: &str) -> Zeroizing<String> {
    // What is unquoted is never longer, so the buffer never moves and leaves no copy behind.
    let mut text = Zeroizing::new(String::with_capacity(word.len()));
    let mut chars = word.chars();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '\\') => text.extend(chars.next().filter(|escaped| *escaped != '\n')),
            (Some('"'), '\\') => match chars.next() {
                Some('\n') | None => {}
                Some(escaped @ ('$' | '`' | '"' | '\\')) => text.push(escaped),
                Some(other) => {
                    text.push('\\');
                    text.push(other);
                }
            },
            (Some(_) | None, _) => text.push(c),
        }
    }
    text
}
