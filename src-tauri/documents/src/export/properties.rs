//! Java properties, as `java.util.Properties.store` writes them.

use super::{parts::Text, sink::Sink};

/// One line `key=value`. Crates for this write Windows-1252 where Java reads ISO 8859-1, or leave unwiped copies.
pub(super) fn write(sink: &mut Sink, key: &str, value: Text<'_>) {
    sink.push(key);
    sink.push("=");
    if value.hidden {
        sink.push(value.text);
    } else {
        for (index, c) in value.text.chars().enumerate() {
            write_char(sink, c, index == 0);
        }
    }
    sink.push("\n");
}

fn write_char(sink: &mut Sink, c: char, leading: bool) {
    match c {
        // A reader takes off white space before a value, not after it.
        ' ' if leading => sink.push("\\ "),
        '\t' => sink.push("\\t"),
        '\n' => sink.push("\\n"),
        '\r' => sink.push("\\r"),
        '\u{c}' => sink.push("\\f"),
        '\\' | ':' | '=' | '#' | '!' => {
            sink.push("\\");
            sink.push_char(c);
        }
        ' '..='~' => sink.push_char(c),
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                sink.push("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = char::from_digit(u32::from(*unit >> shift & 0xf), 16);
                    sink.push_char(digit.expect("four bits are one digit"));
                }
            }
        }
    }
}
