//! Documents that the core reads itself (clipboard, file, drop), so that their text never enters the webview. The screens
//! know them by an id.

#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt;
use std::{
    collections::VecDeque,
    fs::{File, Metadata, OpenOptions},
    io::{self, Read},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    documents::{Finding, FindingKind, MAX_BYTES, SecretBytes, redact},
    messages::message,
    refusal::Refusal,
};
use uuid::Uuid;
use views::{ErrorCode, HeldDocumentView, Trouble};
use zeroize::Zeroizing;

/// How many documents are held; for a further one, the one that was read first is released. A screen needs one.
const MOST: usize = 8;

/// The documents that are held, latest last. They are wiped when they are released, replaced or the app ends.
#[derive(Clone, Default)]
pub struct HeldDocuments(Arc<Mutex<VecDeque<HeldDocument>>>);

struct HeldDocument {
    id: Uuid,
    bytes: Arc<SecretBytes>,
}

impl HeldDocuments {
    /// Holds a document, unless it is too large to be one. The reply has its id, and its text with every value hidden.
    pub fn hold(&self, name: String, bytes: &[u8]) -> Result<HeldDocumentView, Trouble> {
        if bytes.len() > MAX_BYTES {
            return Err(too_large(bytes.len()));
        }
        let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).map(redact);
        let id = Uuid::new_v4();
        let mut held = self.lock();
        if held.len() == MOST {
            held.pop_front();
        }
        held.push_back(HeldDocument { id, bytes: Arc::new(SecretBytes::new(bytes.to_vec())) });
        Ok(HeldDocumentView { id: id.to_string(), name, text })
    }

    /// The document of that id, or what to do if it is not held any more.
    pub fn get(&self, id: &str) -> Result<Arc<SecretBytes>, Trouble> {
        let found = self.lock().iter().find(|held| held.id.to_string() == id).map(|held| Arc::clone(&held.bytes));
        found.ok_or_else(|| Trouble::of(ErrorCode::Failed, &message!("shell-not-held")))
    }

    /// Wipes the document of that id.
    pub fn release(&self, id: &str) {
        self.lock().retain(|held| held.id.to_string() != id);
    }

    /// Wipes all of them.
    pub fn release_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<HeldDocument>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of a file that the user chose; one that is too large is not read.
pub fn read_document(path: &Path) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let unreadable = |error: io::Error| {
        let path = path.display().to_string();
        let message = message!("shell-file-unreadable", path = path, reason = error.to_string());
        Trouble::of(ErrorCode::Failed, &message)
    };
    let must_be_file = |metadata: &Metadata| {
        if metadata.is_file() {
            return Ok(());
        }
        let message = message!("shell-not-a-file", path = path.display().to_string());
        Err(Trouble::of(ErrorCode::Failed, &message))
    };
    // Checked before it is opened: opening a pipe waits until another program writes to it, and a device may act on
    // being opened.
    must_be_file(&path.metadata().map_err(unreadable)?)?;
    let file = open_at_once(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    must_be_file(&metadata)?;
    let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if size > MAX_BYTES {
        return Err(too_large(size));
    }
    // Large enough that it never grows and leaves a copy behind. A file that grows meanwhile is cut off, and refused
    // below.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES { Err(too_large(bytes.len())) } else { Ok(bytes) }
}

/// Opens a file without waiting, should it have become a pipe in the meantime.
fn open_at_once(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
        OpenOptionsExt::custom_flags(&mut options, flags.cast_signed());
    }
    options.read(true).open(path)
}

fn too_large(bytes: usize) -> Trouble {
    let kind = FindingKind::TooLarge { bytes, limit: MAX_BYTES };
    Refusal::Document(Finding { place: None, kind }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"clientSecret": "pl4nted-s3cret"}"#;

    #[test]
    fn what_the_screen_is_told_holds_no_value_of_the_document() {
        let view = HeldDocuments::default().hold("Clipboard".into(), DOCUMENT.as_bytes()).unwrap();
        let told = serde_json::to_string(&view).unwrap();
        assert!(!told.contains("pl4n") && !told.contains("cret\\\"}"), "{told}");
        assert_eq!(view.text.unwrap().chars().count(), DOCUMENT.chars().count(), "every place keeps its column");
    }

    #[test]
    fn a_document_is_there_until_it_is_released_or_others_have_taken_its_place() {
        let held = HeldDocuments::default();
        let first = held.hold("a".into(), DOCUMENT.as_bytes()).unwrap();
        // EXPOSE: the test compares the bytes.
        assert_eq!(held.get(&first.id).unwrap().expose(), DOCUMENT.as_bytes());
        held.release(&first.id);
        assert!(held.get(&first.id).is_err());
        let second = held.hold("b".into(), DOCUMENT.as_bytes()).unwrap();
        for _ in 0..MOST {
            held.hold("c".into(), DOCUMENT.as_bytes()).unwrap();
        }
        let error = held.get(&second.id).unwrap_err();
        assert_eq!(error.message, "this document is no longer held");
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_by_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.json");
        File::create(&path).unwrap().set_len(10_000_000).unwrap();
        let error = read_document(&path).unwrap_err();
        assert!(error.message.for_log().contains("10000000 bytes"), "{}", error.message.for_log());
        assert!(read_document(folder.path()).unwrap_err().message.for_log().contains("is not a file"));
        assert!(
            read_document(&folder.path().join("gone")).unwrap_err().message.for_log().contains("gone cannot be read")
        );
    }

    #[test]
    fn what_is_too_large_is_not_held_wherever_it_comes_from() {
        let held = HeldDocuments::default();
        let error = held.hold("Clipboard".into(), &vec![b'x'; MAX_BYTES + 1]).unwrap_err();
        assert!(error.message.for_log().contains(&format!("{} bytes", MAX_BYTES + 1)), "{}", error.message.for_log());
        assert!(held.lock().is_empty(), "the screen would be sent as many dots");
        held.hold("Clipboard".into(), &vec![b'x'; MAX_BYTES]).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_that_nobody_writes_into_is_refused_and_not_waited_for() {
        use std::{process::Command, sync::mpsc, thread, time::Duration};

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let (tell, told) = mpsc::channel();
        let pipe = path.clone();
        thread::spawn(move || {
            tell.send((read_document(&pipe).map(|_| ()), open_at_once(&pipe).map(|_| ()))).unwrap();
        });
        let (read, opened) = told.recv_timeout(Duration::from_secs(20)).expect("Paste and Open file… would be dead");
        let error = read.unwrap_err();
        assert!(error.message.for_log().contains("pipe is not a file"), "{}", error.message.for_log());
        assert!(opened.is_ok(), "one that took the file's place meanwhile is opened at once, too");
    }
}
