//! Documents and passwords that a command is given: in a file, or on standard input.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use domain::{
    document::GivenDocument,
    documents::{Candidate, Finding, FindingKind, MAX_BYTES, Options, Recognition, SecretBytes},
    ports::Clock,
    recognition::recognise,
    refusal::Refusal,
};
use zeroize::Zeroizing;

use super::{find::quote, misplaced::looks_like_document, problem::Problem};
use crate::{patience, system::SystemClock};

/// Longer than any password that somebody types or generates, in bytes.
const LONGEST_PASSWORD: usize = 4096;

/// How a document is to be read, and which of its credentials are meant.
#[derive(Debug, Args)]
pub struct Reading {
    /// File with the password of a PKCS#12 container or an encrypted key, on one line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Which of several credentials is meant: its number or its name, as drawbridge inspect shows them
    #[arg(long, value_name = "N|NAME")]
    pub choose: Option<String>,
    /// URL of the API portal, where the document does not carry it
    #[arg(long, value_name = "URL")]
    pub portal_url: Option<String>,
}

impl Reading {
    /// Whether any of it was given.
    pub const fn is_given(&self) -> bool {
        self.password_file.is_some() || self.choose.is_some() || self.portal_url.is_some()
    }
}

/// A document as it was given.
pub struct Source {
    /// What it is called in messages.
    pub name: String,
    /// What stands in it; a finding if it is too large to be read.
    bytes: Result<SecretBytes, Finding>,
    password: Option<SecretBytes>,
}

impl Source {
    /// Reads a document, and the password for it. One that is too large is not read.
    pub fn read(file: &Path, password_file: Option<&Path>) -> Result<Self, Problem> {
        must_be_one_standard_input(&[Some(file), password_file])?;
        let password = password_file.map(read_password).transpose()?;
        let name = if is_standard_input(file) { "standard input".into() } else { file.display().to_string() };
        Ok(Self { name, bytes: read_document(file)?, password })
    }

    /// What it holds.
    pub fn recognise(&self) -> Recognition {
        match &self.bytes {
            Ok(bytes) => {
                let stop = &patience::begin();
                let options = Options { now: SystemClock.now(), password: self.password.as_ref(), stop };
                // EXPOSE: to be recognised; what that says holds no secret.
                recognise(bytes.expose(), &options)
            }
            Err(too_large) => Recognition { syntax: None, findings: vec![too_large.clone()], candidates: Vec::new() },
        }
    }
}

/// Reads a document for the domain, and settles which of several credentials is meant.
pub fn read_given(file: &Path, reading: Reading) -> Result<GivenDocument, Problem> {
    let Reading { password_file, choose, portal_url } = reading;
    let source = Source::read(file, password_file.as_deref())?;
    let candidates = source.recognise().candidates;
    // Without any, the document has an error, which is reported by itself.
    let choice = match candidates.as_slice() {
        [] => None,
        some => Some(find_choice(some, choose.as_deref(), &source.name)?),
    };
    let Source { name: _, bytes, password } = source;
    let document = GivenDocument::from(bytes.map_err(Refusal::Document)?);
    Ok(GivenDocument { password, choice, portal_url, stop: patience::begin(), ..document })
}

const fn too_large(bytes: usize, limit: usize) -> Finding {
    Finding { place: None, kind: FindingKind::TooLarge { bytes, limit } }
}

/// Which of the credentials is meant, counted from 0: the one of that number (counted from 1) or name, or the only one.
pub fn find_choice(candidates: &[Candidate], choose: Option<&str>, source: &str) -> Result<usize, Problem> {
    let listed = || {
        let name = |(index, candidate): (usize, &Candidate)| match candidate.name.as_str() {
            "" => (index + 1).to_string(),
            name => format!("{} ({name})", index + 1),
        };
        candidates.iter().enumerate().map(name).collect::<Vec<_>>().join(", ")
    };
    let Some(choose) = choose else {
        return match candidates {
            [_] => Ok(0),
            _ => Err(Problem::usage(
                &format!("there are {} credentials in {source}", candidates.len()),
                format!("Say with --choose which ones are meant: {}.", listed()),
            )),
        };
    };
    let number = choose.trim().parse().ok().and_then(|number: usize| number.checked_sub(1));
    if let Some(index) = number.filter(|index| *index < candidates.len()) {
        return Ok(index);
    }
    let mut named = (0..candidates.len()).filter(|index| candidates[*index].name == choose.trim());
    match (named.next(), named.next()) {
        (Some(index), None) => Ok(index),
        (Some(_), Some(_)) => Err(Problem::usage(
            &format!("several credentials in {source} are called {}", quote(choose)),
            format!("Give a number instead: {}.", listed()),
        )),
        (None, _) => Err(Problem::not_found(
            &format!("there are no credentials {} in {source}", quote(choose)),
            format!("There are: {}.", listed()),
        )),
    }
}

/// A password from a file: its one line, without the line break. Never from an argument, which every process can see.
pub fn read_password(file: &Path) -> Result<SecretBytes, Problem> {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    // Its name is never repeated: it may be the password itself, by mistake.
    let called = if is_standard_input(file) { "standard input" } else { "the password file" };
    let wrong = |what: &str| {
        Problem::wrong(
            &format!("the password in {called} {what}"),
            "Write it into a file of one line, in UTF-8, that nobody else can read.",
        )
    };
    let bytes = match read(file, LONGEST_PASSWORD) {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(wrong("is too long")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Problem::not_found(
                "the password file does not exist",
                "Write the password into a file, and give its name.",
            ));
        }
        Err(error) => return Err(cannot_be_read(called, &error)),
    };
    // EXPOSE: what is not the password is taken off.
    let text = bytes.expose();
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let line = text.strip_suffix(b"\n").unwrap_or(text);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Err(wrong("is empty"));
    }
    if line.contains(&b'\n') {
        return Err(wrong("has more than one line"));
    }
    if std::str::from_utf8(line).is_err() {
        return Err(wrong("is not a text in UTF-8"));
    }
    Ok(SecretBytes::new(line.to_vec()))
}

/// Refuses to read one standard input for two things.
pub fn must_be_one_standard_input(files: &[Option<&Path>]) -> Result<(), Problem> {
    let several = files.iter().flatten().filter(|file| is_standard_input(file)).count() > 1;
    if several {
        return Err(Problem::usage("standard input can be one thing only", "Give a file in place of one of the -."));
    }
    Ok(())
}

pub fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The bytes of a document; a finding if it is too large.
fn read_document(file: &Path) -> Result<Result<SecretBytes, Finding>, Problem> {
    read(file, MAX_BYTES).map_err(|error| {
        let name = file.as_os_str();
        let hint = if looks_like_document(name) {
            "Give the name of the file that holds it, or - for standard input."
        } else {
            "Check its name."
        };
        match quote(&name.to_string_lossy()) {
            _ if is_standard_input(file) => cannot_be_read("standard input", &error),
            name if error.kind() == io::ErrorKind::NotFound => {
                Problem::not_found(&format!("there is no file {name}"), hint)
            }
            name => cannot_be_read(&format!("the file {name}"), &error),
        }
    })
}

fn cannot_be_read(what: &str, error: &io::Error) -> Problem {
    Problem::wrong(&format!("{what} cannot be read: {error}"), "Check the file and the rights on it.")
}

/// The bytes; a finding if they are more than `limit`, then they are not read to their end.
fn read(file: &Path, limit: usize) -> io::Result<Result<SecretBytes, Finding>> {
    if is_standard_input(file) {
        return read_all(io::stdin().lock(), limit);
    }
    let opened = File::open(file)?;
    // A pipe that a shell makes of a command has no size, and a folder says itself that it cannot be read.
    let size = opened.metadata().ok().filter(|there| there.is_file()).map_or(0, |there| there.len());
    match usize::try_from(size).unwrap_or(usize::MAX) {
        size if size > limit => Ok(Err(too_large(size, limit))),
        _ => read_all(opened, limit),
    }
}

fn read_all(from: impl Read, limit: usize) -> io::Result<Result<SecretBytes, Finding>> {
    // Room for everything from the start: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 32));
    from.take(u64::try_from(limit + 1).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Ok(Err(too_large(bytes.len(), limit)));
    }
    Ok(Ok(SecretBytes::new(std::mem::take(&mut *bytes))))
}
