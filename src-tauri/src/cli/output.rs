//! What the commands print: text for people, JSON for scripts.

use std::io::{self, ErrorKind, IsTerminal, Write};

use domain::input::invisible_characters;
use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::problem::Problem;

/// Standard output and standard error. That a reader goes away before the end (`… | head`) is not an error: the rest is
/// not printed, and the exit code still counts.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
    may_ask: bool,
}

impl Output {
    pub const fn new(json: bool, may_ask: bool) -> Self {
        Self { json, may_ask }
    }

    /// Whether the keychain may ask the person for its password.
    pub const fn may_ask(self) -> bool {
        self.may_ask
    }

    /// Whether JSON is wanted instead of text.
    pub const fn is_json(self) -> bool {
        self.json
    }

    /// A text as it is.
    pub fn text(self, text: &str) -> Result<(), Problem> {
        let mut standard = io::stdout().lock();
        match standard.write_all(text.as_bytes()).and_then(|()| standard.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::wrong(
                &format!("standard output cannot be written: {error}"),
                "Make room where the output goes, or send it elsewhere.",
            )),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// A line for people.
    pub fn line(self, text: &str) -> Result<(), Problem> {
        self.text(&format!("{}\n", printable(text)))
    }

    pub fn json_line(self, value: &impl Serialize) -> Result<(), Problem> {
        self.text(&render_json(value))
    }

    /// A table for people, or in its place what there is none of.
    pub fn table<const N: usize>(self, header: [&str; N], rows: &[[String; N]], none: &str) -> Result<(), Problem> {
        if rows.is_empty() { self.line(none) } else { self.text(&render_table(header, rows)) }
    }

    /// What went wrong, to standard error.
    pub fn problem(self, problem: &Problem) {
        if self.json {
            return complain(&render_json(&problem.line()));
        }
        let mut text = format!("Error: {}\n", printable(&problem.error.message));
        if !problem.error.hint.is_empty() {
            text += &format!("{}\n", printable(&problem.error.hint));
        }
        if let Some(request) = &problem.error.role_request {
            text += "\nA text for the administrator:\n\n";
            text.extend(request.lines().map(|line| format!("  {}\n", printable(line))));
        }
        complain(&text);
    }

    /// A remark about a command that goes on, to standard error.
    pub fn warning(self, message: &str, hint: &str) {
        #[derive(Serialize)]
        struct Warning<'a> {
            code: &'a str,
            message: &'a str,
            hint: &'a str,
        }
        if self.json {
            complain(&render_json(&Warning { code: "warning", message, hint }));
        } else {
            complain(&format!("Warning: {}\n{}\n", printable(message), printable(hint)));
        }
    }

    /// A report that must not be on standard output, because a document goes there.
    pub fn aside(self, text: &str, value: &impl Serialize) {
        self.aside_lines(&[text.to_owned()], value);
    }

    /// The same in several lines.
    pub fn aside_lines(self, lines: &[String], value: &impl Serialize) {
        let text = || lines.iter().map(|line| format!("{}\n", printable(line))).collect();
        complain(&if self.json { render_json(value) } else { text() });
    }

    /// Progress, in a line that the next such text replaces. Only on a terminal: a file would keep all of them.
    pub fn passing(self, text: &str) {
        const WIDTH: usize = 60;
        if !self.json && io::stderr().is_terminal() {
            complain(&format!("\r{:WIDTH$}\r{0}", printable(text)));
        }
    }
}

fn complain(text: &str) {
    // If standard error cannot be written, there is no other place to report it.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn render_json(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    value
        .serialize(&mut Serializer::with_formatter(&mut text, HarmlessJson))
        .expect("texts and numbers can always be written as JSON");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is UTF-8")
}

/// JSON that is safe to show in a terminal: control characters beyond those that JSON escapes anyway, and invisible
/// characters, are written as `\uXXXX` (RFC 8259 §7). Its meaning is the same.
struct HarmlessJson;

impl Formatter for HarmlessJson {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut invisible = invisible_characters(fragment).peekable();
        for (index, character) in fragment.chars().enumerate() {
            if invisible.next_if(|(at, _)| *at == index).is_some() || character.is_control() {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                writer.write_all(character.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Ok(())
    }
}

/// Names and answers come from other programs: none of their characters may control the terminal, reverse the direction
/// of writing or be invisible.
pub fn printable(text: &str) -> String {
    let mut invisible = invisible_characters(text).peekable();
    let shown = |(index, character): (usize, char)| {
        let hidden = invisible.next_if(|(at, _)| *at == index).is_some() || character.is_control();
        if hidden { '\u{fffd}' } else { character }
    };
    text.chars().enumerate().map(shown).collect()
}

fn render_table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let rows: Vec<[String; N]> =
        [header.map(str::to_owned)].iter().chain(rows).map(|row| row.each_ref().map(|cell| printable(cell))).collect();
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default());
    let mut table = String::new();
    for row in &rows {
        let line: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        table += line.join("  ").trim_end();
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [["Sales".to_owned(), "365 days left".to_owned()], ["Größe".to_owned(), String::new()]];
        assert_eq!(render_table(["PORTAL", "VALID"], &rows), "PORTAL  VALID\nSales   365 days left\nGröße\n");
    }

    #[test]
    fn a_foreign_server_cannot_command_the_terminal() {
        assert_eq!(printable("ok\u{1b}[2J\u{202e}\u{9b}1m"), "ok\u{fffd}[2J\u{fffd}\u{fffd}1m");
        assert_eq!(
            printable("Sa\u{200b}les \u{2764}\u{fe0f}"),
            "Sa\u{fffd}les \u{2764}\u{fe0f}",
            "an emoji is harmless"
        );
    }

    #[test]
    fn json_cannot_command_the_terminal_either_and_means_the_same() {
        let name = "a\u{9b}31m\u{202e}b\u{7f}\u{200b}\u{e0041} \"\\ ä \u{1f469}\u{200d}\u{1f4bb}\n";
        let text = render_json(&name);
        assert_eq!(
            text,
            "\"a\\u009b31m\\u202eb\\u007f\\u200b\\udb40\\udc41 \\\"\\\\ ä \u{1f469}\u{200d}\u{1f4bb}\\n\"\n"
        );
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), name);
    }
}
