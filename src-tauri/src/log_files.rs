//! Log files: one a day, the last seven are kept. Nothing that carries a secret is ever logged.

use std::{
    cell::Cell,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use chrono::{NaiveDate, Utc};
use tracing::{Level, error, info};
use tracing_subscriber::fmt::MakeWriter;

use crate::system::create_private_folder;

/// How many days are kept.
const DAYS: usize = 7;

/// Starts logging into `folder`. Without a writable folder the app runs without a log.
pub fn start(folder: &Path) {
    if create_private_folder(folder).is_ok() {
        let log = Log::new(folder.to_owned());
        // If the log cannot be written, nothing is said: standard error may be on the same full disk, and with --json
        // every line there is JSON.
        let subscriber = tracing_subscriber::fmt().with_max_level(Level::INFO).with_ansi(false);
        let _ = subscriber.log_internal_errors(false).with_writer(log).try_init();
    }
    info!(version = env!("CARGO_PKG_VERSION"), "started");
}

/// From now on a panic writes its place to the log and nothing to standard error: its text may quote what was being
/// worked on, such as a document.
pub fn leave_out_panic_texts() {
    std::panic::set_hook(Box::new(|panic| {
        // A panic while this thread writes the log cannot be logged: this very thread holds the log.
        if IS_WRITING.try_with(Cell::get).unwrap_or(true) {
            return;
        }
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(%place, "the program stumbled");
    }));
}

thread_local! {
    /// Whether this thread writes the log.
    static IS_WRITING: Cell<bool> = const { Cell::new(false) };
}

/// The log of this process. After the first line that cannot be written, no other is tried: a full disk stays full, and
/// there is nowhere to report it.
struct Log {
    folder: PathBuf,
    state: Mutex<State>,
}

enum State {
    /// Nothing was written yet.
    New,
    /// The file of that day.
    Open(NaiveDate, File),
    GivenUp,
}

impl Log {
    const fn new(folder: PathBuf) -> Self {
        Self { folder, state: Mutex::new(State::New) }
    }

    fn append(&self, today: NaiveDate, line: &[u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match &mut *state {
            State::GivenUp => return,
            State::Open(day, file) if *day == today => file.write_all(line),
            State::New | State::Open(..) => self.open(today).and_then(|mut file| {
                let written = file.write_all(line);
                *state = State::Open(today, file);
                written
            }),
        };
        if written.is_err() {
            *state = State::GivenUp;
        }
    }

    fn open(&self, day: NaiveDate) -> io::Result<File> {
        let file = OpenOptions::new().append(true).create(true).open(self.folder.join(name_of(day)))?;
        let days = fs::read_dir(&self.folder)?.flatten().filter_map(|entry| day_of(entry.file_name().to_str()?));
        let mut days: Vec<NaiveDate> = days.collect();
        days.sort_unstable();
        for old in days.iter().rev().skip(DAYS) {
            // One that remains only takes space.
            let _ = fs::remove_file(self.folder.join(name_of(*old)));
        }
        Ok(file)
    }
}

fn name_of(day: NaiveDate) -> String {
    format!("drawbridge.{day}.log")
}

fn day_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix("drawbridge.")?.strip_suffix(".log")?.parse().ok()
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

/// A line arrives in one piece.
impl Write for &Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let before = IS_WRITING.replace(true);
        self.append(Utc::now().date_naive(), line);
        IS_WRITING.set(before);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    #[test]
    fn the_last_seven_days_are_kept_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.log"), "somebody's").unwrap();
        let log = Log::new(folder.path().to_owned());
        for number in 1..=10 {
            log.append(day(number), b"one\n");
            log.append(day(number), b"two\n");
        }
        let mut left: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let kept: Vec<String> = (4..=10).map(|number| name_of(day(number))).chain(["notes.log".into()]).collect();
        assert_eq!(left, kept);
        assert_eq!(fs::read_to_string(folder.path().join(name_of(day(10)))).unwrap(), "one\ntwo\n");
    }

    // Promise F2: a log that cannot be written is given up, once and in silence.
    #[cfg(target_os = "linux")]
    #[test]
    fn f2_a_log_that_cannot_be_written_is_given_up_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name_of(day(1)));
        std::os::unix::fs::symlink("/dev/full", &file).unwrap();
        let log = Log::new(folder.path().to_owned());
        log.append(day(1), b"lost\n");
        fs::remove_file(&file).unwrap();
        log.append(day(1), b"not tried\n");
        log.append(day(2), b"nor on another day\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a full disk is not asked at every line");
    }
}
