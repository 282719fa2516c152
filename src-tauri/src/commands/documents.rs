//! Documents come in: typed, or read by the core from clipboard, file or drop.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use domain::{
    document::GivenDocument,
    documents::SecretBytes,
    id::RequestId,
    messages::{ChosenLanguage, message},
    ports::HandOverFailure,
};
use tauri::{AppHandle, DragDropEvent, State, Window, ipc::Channel};
use tauri_plugin_dialog::DialogExt;
use tracing::warn;
use views::{
    CredentialsRequest, DropEventView, ErrorCode, HeldDocumentView, InspectionView, IntoView, ShownDocumentView,
    Trouble, UserError,
};

use super::runs::Runs;
use crate::{
    clipboard::{SecretClipboard, Selection},
    core::Core,
    given_document::take_document,
    held_documents::{HeldDocuments, read_document},
    patience,
    question::is_meant,
};

/// The name under which the latest inspection can be cancelled.
const INSPECTION: &str = "inspection";

/// What a document is recognised as, redacted. `replaces` is the request whose credentials it is to replace. A newer call
/// cancels an older one, and `cancel_run` of "inspection" the latest.
#[tauri::command]
pub async fn inspect_document(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    runs: State<'_, Runs>,
    credentials: CredentialsRequest,
    replaces: Option<String>,
) -> Result<InspectionView, UserError> {
    let replaces = replaces.map(|id| core.parse_id(&id, RequestId)).transpose()?;
    let run = runs.begin_alone(INSPECTION);
    let document = GivenDocument {
        stop: patience::begin_until(run.cancelled()),
        ..take_document(credentials, &held).map_err(core.tell())?
    };
    core.run(move |drawbridge| drawbridge.documents().inspect(document, replaces)).await.map(core.view())
}

/// *Paste*: reads the clipboard, without its text entering the webview.
#[tauri::command]
pub async fn paste_document(
    core: State<'_, Core>,
    clipboard: State<'_, SecretClipboard>,
    held: State<'_, HeldDocuments>,
) -> Result<HeldDocumentView, UserError> {
    let (clipboard, held) = (clipboard.inner().clone(), held.inner().clone());
    let language = core.language();
    core.run(move |_| {
        let text = clipboard.read(Selection::Clipboard).map_err(|error| Trouble::from(HandOverFailure::from(error)))?;
        let text = text
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| Trouble::of(ErrorCode::Failed, &message!("shell-clipboard-empty")))?;
        held.hold(message!("shell-clipboard-name").render(language), text.as_bytes())
    })
    .await
}

/// *Open file…*: the system's own dialog, then the file; `null` if the dialog was cancelled.
#[tauri::command]
pub async fn open_document(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
) -> Result<Option<HeldDocumentView>, UserError> {
    let held = held.inner().clone();
    let language = core.language();
    core.run(move |_| {
        let dialog = app.dialog().file().set_parent(&window).set_title(message!("dialog-open").text(language));
        let Some(path) = dialog.blocking_pick_file().and_then(|path| path.into_path().ok()) else { return Ok(None) };
        hold_file(&held, &path).map(Some)
    })
    .await
}

/// Wipes a document that the screen does not need any more.
#[tauri::command]
pub fn release_document(held: State<'_, HeldDocuments>, id: String) {
    held.release(&id);
}

/// What receives documents that come without a request: the page, which gives them to the box that was shown last.
#[derive(Clone)]
pub struct DropTarget {
    page: Arc<Mutex<Option<Channel<DropEventView>>>>,
    /// The caret is in a box for credentials, or in a field for a secret.
    box_has_caret: Arc<AtomicBool>,
    language: ChosenLanguage,
}

/// From now on the screen hears over `drops` of documents that are dragged over the window, dropped or pasted.
#[tauri::command]
pub fn follow_drops(target: State<'_, DropTarget>, drops: Channel<DropEventView>) {
    *target.page.lock().unwrap_or_else(PoisonError::into_inner) = Some(drops);
    target.box_has_caret.store(false, Ordering::SeqCst);
}

/// Whether the caret is in a box for credentials or a field for a secret now: whatever is pasted there is held by the core.
#[tauri::command]
pub fn tell_caret(target: State<'_, DropTarget>, in_box: bool) {
    target.box_has_caret.store(in_box, Ordering::SeqCst);
}

/// *Edit as text…*: the text of a held document with its secrets, if the person agrees when the system asks. `null` if the
/// person refuses.
#[tauri::command]
pub async fn show_document(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    id: String,
) -> Result<Option<ShownDocumentView>, UserError> {
    let held = held.inner().clone();
    core.run(move |_| {
        let document = held.get(&id)?;
        let (question, yes) = (message!("question-show-document"), message!("question-reveal-yes"));
        if !is_meant(&app, &window, &question, &yes)? {
            return Ok(None);
        }
        // EXPOSE: the person wants to mend this text in the window, and has agreed outside the page.
        let text = SecretBytes::new(document.expose().to_vec());
        Ok::<_, Trouble>(Some(ShownDocumentView { text: text.into() }))
    })
    .await
}

impl DropTarget {
    /// A target for a page in `language`; nobody listens yet.
    pub fn new(language: ChosenLanguage) -> Self {
        Self { page: Arc::default(), box_has_caret: Arc::default(), language }
    }

    /// Tells the page that a document was not taken.
    pub fn refuse(&self, trouble: Trouble) {
        self.tell(DropEventView::Refused { error: trouble.into_view(self.language.get()) });
    }

    /// Tells the page that the documents that are held were wiped.
    pub fn wiped(&self, trouble: Trouble) {
        self.tell(DropEventView::Wiped { error: trouble.into_view(self.language.get()) });
    }

    /// Something is dragged over the window, or dropped. The file is read off the event loop.
    pub fn handle(&self, event: &DragDropEvent, held: &HeldDocuments) {
        let target = self.clone();
        match event {
            DragDropEvent::Enter { .. } => target.tell(DropEventView::Over),
            DragDropEvent::Leave => target.tell(DropEventView::Left),
            DragDropEvent::Drop { paths, .. } => {
                target.tell(DropEventView::Left);
                let (paths, held) = (paths.clone(), held.clone());
                std::thread::spawn(move || {
                    let dropped = match paths.as_slice() {
                        [path] => hold_file(&held, path),
                        [] => return,
                        _ => Err(Trouble::of(ErrorCode::Failed, &message!("shell-several-dropped"))),
                    };
                    match dropped {
                        Ok(document) => target.tell(DropEventView::Dropped { document }),
                        Err(trouble) => target.refuse(trouble),
                    }
                });
            }
            // `Over` is sent for each movement.
            DragDropEvent::Over { .. } | _ => {}
        }
    }

    /// Whether the caret is in a box for credentials, or in a field for a secret.
    #[cfg(target_os = "linux")]
    pub fn box_has_caret(&self) -> bool {
        self.box_has_caret.load(Ordering::SeqCst)
    }

    /// Tells the page.
    pub fn tell(&self, event: DropEventView) {
        let target = self.page.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(Err(error)) = target.map(|channel| channel.send(event)) {
            warn!(%error, "the window cannot be told of a document");
        }
    }
}

fn hold_file(held: &HeldDocuments, path: &std::path::Path) -> Result<HeldDocumentView, Trouble> {
    let bytes = read_document(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    held.hold(name, &bytes)
}
