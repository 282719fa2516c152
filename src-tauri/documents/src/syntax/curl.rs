//! `curl` commands that get an access token, alone or in a shell script.

mod configuration;
mod words;

use messages::message;
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::{
    binding::{Binding, Defect},
    wrappers,
};
use crate::{
    FindingKind, Part, Syntax, base64_text,
    tree::{Member, Node, Value},
    urls::split_token_path,
};
use words::Word;

/// Whether a text is a script with a `curl` command in it.
pub(super) fn is_script(text: &str) -> bool {
    find_command(text, 0).is_some()
}

/// Reads the commands of a script: one binding each, with the token endpoint and what is sent to it.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    // In front of CRLF a backslash continues the line, too; what replaces it is of the same length.
    let text = Zeroizing::new(text.replace("\\\r\n", " \\\n"));
    let mut calls = Vec::new();
    let mut at = 0;
    while let Some(command) = find_command(&text, at) {
        let (words, end) = words::split(&text, command).map_err(|at| Defect {
            at: start + at,
            kind: FindingKind::Malformed { syntax: Syntax::Curl, problem: message!("problem-quote") },
        })?;
        let mut call = Call { text: &text, start, found: Vec::new(), certificate: false };
        at = call.read(words, end);
        let for_token = call.is_for_token();
        calls.push((call.bind(start + command), for_token));
    }
    if calls.iter().any(|(_, for_token)| *for_token) {
        calls.retain(|(_, for_token)| *for_token);
    }
    Ok(wrappers::name_apart(calls.into_iter().map(|(binding, _)| binding).collect()))
}

/// Where the next `curl` stands that is a command: at the beginning of a line or behind what ends another command.
fn find_command(text: &str, from: usize) -> Option<usize> {
    text[from..].match_indices("curl").map(|(at, _)| from + at).find(|at| {
        let rest = &text[at + "curl".len()..];
        let rest = rest.strip_prefix(".exe").unwrap_or(rest);
        let line = &text[text[..*at].rfind('\n').map_or(0, |newline| newline + 1)..*at];
        let before = line.trim();
        let follows = before.is_empty() || before.ends_with(['$', '%', '>', '(', '`', ';', '|', '&']);
        rest.starts_with([' ', '\t', '\\']) && follows && !before.starts_with('#')
    })
}

/// A value that was found, and its place in the text as it was given.
struct Found {
    part: Part,
    at: usize,
    value: Zeroizing<String>,
}

struct Call<'a> {
    text: &'a str,
    start: usize,
    found: Vec<Found>,
    /// Whether a client certificate is presented.
    certificate: bool,
}

/// Options with a value that is of no use here; it must not be taken for the URL.
const TAKE_VALUE: [&str; 24] = [
    "request",
    "output",
    "cacert",
    "capath",
    "pass",
    "cert-type",
    "key-type",
    "max-time",
    "connect-timeout",
    "proxy",
    "proxy-user",
    "user-agent",
    "write-out",
    "cookie",
    "cookie-jar",
    "referer",
    "form",
    "upload-file",
    "retry",
    "resolve",
    "interface",
    "ciphers",
    "noproxy",
    "data-raw-file",
];

/// The long names of options of one letter that take a value.
const fn long_name(letter: char) -> Option<&'static str> {
    Some(match letter {
        'u' => "user",
        'd' => "data",
        'H' => "header",
        'E' => "cert",
        'K' => "config",
        'X' => "request",
        'o' => "output",
        'x' => "proxy",
        'U' => "proxy-user",
        'A' => "user-agent",
        'm' => "max-time",
        'w' => "write-out",
        'b' => "cookie",
        'c' => "cookie-jar",
        'e' => "referer",
        'F' => "form",
        'T' => "upload-file",
        _ => return None,
    })
}

impl Call<'_> {
    /// Reads the words of a command, which ends at `end`; a configuration in a here-document follows it. Answers where to
    /// go on.
    fn read(&mut self, words: Vec<Word>, end: usize) -> usize {
        let mut next_at = end;
        let here = words.iter().find_map(|word| word.text.strip_prefix("<<").map(str::to_owned));
        let mut words = words.into_iter().skip(1);
        while let Some(word) = words.next() {
            if let Some(name) = word.text.strip_prefix("--").filter(|name| !name.is_empty()) {
                if name == "config" {
                    next_at = self.read_here_document(here.as_deref(), end);
                } else if is_read(name) || TAKE_VALUE.contains(&name) {
                    let Some(value) = words.next() else { break };
                    self.take(name, &value.text, value.at);
                }
            } else if let Some(letters) = word.text.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                // Several letters may stand together; the first that takes a value takes the rest, or the next word.
                let Some((index, name)) = letters.char_indices().find_map(|(at, c)| Some((at, long_name(c)?))) else {
                    continue;
                };
                let rest = &letters[index + 1..];
                let value_at = word.at + 1 + index + 1;
                if name == "config" {
                    next_at = self.read_here_document(here.as_deref(), end);
                } else if rest.is_empty() {
                    let Some(value) = words.next() else { break };
                    self.take(name, &value.text, value.at);
                } else {
                    self.take(name, rest, value_at);
                }
            } else if word.text.starts_with("https://") || word.text.starts_with("http://") {
                self.take("url", &word.text, word.at);
            }
        }
        next_at
    }

    fn read_here_document(&mut self, here: Option<&str>, end: usize) -> usize {
        let Some(delimiter) = here else { return end };
        let (content, behind) = configuration::find_here_document(self.text, end, delimiter);
        for option in configuration::read(&self.text[content.clone()]) {
            self.take(&option.name, &option.value, content.start + option.at);
        }
        behind
    }

    /// Takes an option's value, which stands at `at` in the script.
    fn take(&mut self, name: &str, value: &str, at: usize) {
        match name {
            "url" => self.take_url(value, at),
            "user" => self.take_user(value, at),
            "cert" => self.certificate = true,
            "header" => self.take_header(value, at),
            "data-urlencode" => {
                if let Some((name, value)) = value.split_once('=') {
                    self.take_parameter(name, value, self.behind(at, '='));
                }
            }
            "data" | "data-raw" | "data-ascii" | "data-binary" => self.take_form(value, at),
            _ => {}
        }
    }

    /// A URL, whose query may hold what belongs into the body.
    fn take_url(&mut self, value: &str, at: usize) {
        let (url, query) = value.split_once('?').unwrap_or((value, ""));
        self.add(Part::TokenUrl, url, at);
        self.take_form(query, at);
    }

    fn take_user(&mut self, value: &str, at: usize) {
        let (id, secret) = value.split_once(':').unwrap_or((value, ""));
        self.add(Part::ClientId, id, at);
        if !secret.is_empty() {
            self.add(Part::ClientSecret, secret, self.behind(at, ':'));
        }
    }

    /// HTTP Basic (RFC 7617) written out.
    fn take_header(&mut self, value: &str, at: usize) {
        let mut words = value.split_whitespace();
        let named = words.next().is_some_and(|word| word.eq_ignore_ascii_case("authorization:"));
        if !named || !words.next().is_some_and(|word| word.eq_ignore_ascii_case("basic")) {
            return;
        }
        if let Some(user) = words.next().and_then(base64_text::decode_text) {
            let (id, secret) = user.split_once(':').unwrap_or((user.as_str(), ""));
            self.add(Part::ClientId, id, at);
            self.add(Part::ClientSecret, secret, at);
        }
    }

    /// `name=value` pairs as forms encode them.
    fn take_form(&mut self, value: &str, at: usize) {
        let mut pair_at = at;
        for pair in value.split('&') {
            for (name, value) in form_urlencoded::parse(pair.as_bytes()) {
                let value = Zeroizing::new(value.into_owned());
                self.take_parameter(&name, &value, self.behind(pair_at, '='));
            }
            pair_at = self.behind(pair_at, '&');
        }
    }

    fn take_parameter(&mut self, name: &str, value: &str, at: usize) {
        if let Some(part @ (Part::ClientId | Part::ClientSecret)) = Part::of_key(name) {
            self.add(part, value, at);
        }
    }

    fn add(&mut self, part: Part, value: &str, at: usize) {
        self.found.push(Found { part, at: self.start + at, value: Zeroizing::new(value.to_owned()) });
    }

    /// Behind the next such character of the same line, or `at` if there is none.
    fn behind(&self, at: usize, c: char) -> usize {
        let line = self.text[at..].lines().next().unwrap_or_default();
        line.find(c).map_or(at, |length| at + length + c.len_utf8())
    }

    fn has(&self, part: Part) -> bool {
        self.found.iter().any(|found| found.part == part)
    }

    /// Whether it sends what a token endpoint wants.
    fn is_for_token(&self) -> bool {
        self.certificate || self.has(Part::ClientId) || self.has(Part::ClientSecret)
    }

    fn bind(&mut self, at: usize) -> Binding {
        let for_certificate = self.certificate && !self.has(Part::ClientSecret);
        let members = std::mem::take(&mut self.found).into_iter().map(|found| {
            let (part, value) = if for_certificate && found.part == Part::TokenUrl {
                // The certificate's URL is a base, to which the path is appended. Where it stands twice, that is said later.
                let base = match split_token_path(&found.value) {
                    (base, 1) => Zeroizing::new(base.to_owned()),
                    _ => found.value,
                };
                (Part::CertUrl, base)
            } else {
                (found.part, found.value)
            };
            Member {
                key: Zeroizing::new(part.key().to_owned()),
                key_at: found.at,
                value: Node { at: found.at, value: Value::Text(value) },
            }
        });
        Binding {
            name: String::new(),
            wrappers: Vec::new(),
            node: Node { at, value: Value::Object(members.collect()) },
        }
    }
}

fn is_read(name: &str) -> bool {
    matches!(
        name,
        "url"
            | "user"
            | "data"
            | "data-raw"
            | "data-ascii"
            | "data-binary"
            | "data-urlencode"
            | "cert"
            | "key"
            | "header"
    )
}

/// The words of a text that is one command; `None` if a quote is not closed.
#[cfg(test)]
pub(super) fn split_words(text: &str) -> Option<Vec<String>> {
    let (words, end) = words::split(text, 0).ok()?;
    (end == text.len()).then(|| words.into_iter().map(|word| word.text.to_string()).collect())
}
