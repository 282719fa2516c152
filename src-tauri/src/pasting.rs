//! Whatever a person pastes into the window, or drags into it as text, goes through the core. A `paste` event hands its text
//! to every script of the page, so the page never gets one: the core takes the gesture before the web engine does, reads the
//! clipboard itself, and puts ordinary text where the caret is. Credentials, and what *Copy* put into the clipboard, never
//! become text of the page: they are held, as *Paste* holds them, and the page hears of them by their id.
//!
//! This is so on Linux, where the engine is a widget whose events come to the program first. On macOS and Windows the box
//! for credentials does the same by itself, which keeps text out of a page that means well only.

use std::thread;

use domain::{
    documents::{Options, is_ordinary},
    messages::{ChosenLanguage, message},
};
use tauri::{AppHandle, Manager, WebviewWindow};
use tracing::warn;
use views::DropEventView;
use webkit2gtk::WebViewExt;
use zeroize::Zeroizing;

use crate::{
    clipboard::{SecretClipboard, Selection},
    commands::DropTarget,
    held_documents::HeldDocuments,
    patience,
};

/// Takes over what a person pastes or drags into the window.
pub fn take_over(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    let taken = window.with_webview(move |webview| gestures::follow(&webview.inner(), &app));
    if let Err(error) = taken {
        warn!(%error, "pasting stays with the web engine");
    }
}

/// The person pastes. The program that holds the clipboard may be slow to answer, so the event loop does not wait for
/// it.
fn paste(app: &AppHandle, selection: Selection) {
    let app = app.clone();
    thread::spawn(move || match app.state::<SecretClipboard>().read(selection) {
        Ok(Some(text)) => receive(&app, text),
        Ok(None) => {}
        Err(error) => warn!(%error, "the clipboard cannot be read"),
    });
}

/// Ordinary text goes to the caret, a document to the box for credentials.
fn receive(app: &AppHandle, text: Zeroizing<String>) {
    if text.trim().is_empty() {
        return;
    }
    let options = Options { now: chrono::Utc::now(), password: None, stop: &patience::begin() };
    // In the box for credentials, or a field for a secret, one may stand alone, and looks like any other word.
    let may_be_secret = app.state::<SecretClipboard>().is_ours(&text) || app.state::<DropTarget>().box_has_caret();
    if !may_be_secret && is_ordinary(&text, &options) {
        return insert(app, text);
    }
    let name = message!("shell-clipboard-name").render(app.state::<ChosenLanguage>().get());
    let held = app.state::<HeldDocuments>().hold(name, text.as_bytes());
    let target = app.state::<DropTarget>();
    match held {
        Ok(document) => target.tell(DropEventView::Dropped { document }),
        Err(trouble) => target.refuse(trouble),
    }
}

fn insert(app: &AppHandle, text: Zeroizing<String>) {
    let Some(window) = app.get_webview_window("main") else { return };
    let inserted = window.with_webview(move |webview| {
        // Inserts exactly the text that was checked: pasting now would read the clipboard once more.
        webview.inner().execute_editing_command_with_argument("InsertText", &text);
    });
    if let Err(error) = inserted {
        warn!(%error, "text cannot be pasted");
    }
}

mod gestures {
    use gtk::{
        gdk::{self, ModifierType, keys::constants as key},
        gio::SimpleAction,
        glib::{Propagation, object::ObjectExt},
        prelude::{DragContextExtManual, WidgetExt},
    };
    use webkit2gtk::{ContextMenuAction, ContextMenuExt, ContextMenuItem, ContextMenuItemExt, WebView};

    use super::*;

    /// The middle button of a mouse pastes what is selected in another program.
    const MIDDLE: u32 = 2;

    /// Every way in which a person pastes: keys, the middle button, the menu, a text dragged from elsewhere.
    pub fn follow(webview: &WebView, app: &AppHandle) {
        let pasting = app.clone();
        webview.connect_key_press_event(move |_, event| {
            if !pastes(event) {
                return Propagation::Proceed;
            }
            paste(&pasting, Selection::Clipboard);
            Propagation::Stop
        });
        // The engine may paste when the button goes down or up, so it gets neither event. The second click of a double
        // click comes as a press of its own, too.
        let pasting = app.clone();
        webview.connect_button_press_event(move |_, event| {
            if event.button() != MIDDLE {
                return Propagation::Proceed;
            }
            if event.event_type() == gdk::EventType::ButtonPress {
                paste(&pasting, Selection::Primary);
            }
            Propagation::Stop
        });
        webview.connect_button_release_event(|_, event| {
            if event.button() == MIDDLE { Propagation::Stop } else { Propagation::Proceed }
        });
        follow_menu(webview, app);
        follow_drags(webview, app);
    }

    fn pastes(event: &gdk::EventKey) -> bool {
        let (value, held) = (event.keyval(), event.state());
        let control = held.contains(ModifierType::CONTROL_MASK);
        // With Shift it pastes as plain text. Ctrl+Y pastes in GTK's key theme "Emacs", and does nothing else here.
        (control && [key::v, key::V, key::y, key::Y].contains(&value))
            || (held.contains(ModifierType::SHIFT_MASK) && [key::Insert, key::KP_Insert].contains(&value))
            || value == key::Paste
    }

    /// The engine's own entries of the menu paste behind our back.
    fn follow_menu(webview: &WebView, app: &AppHandle) {
        let app = app.clone();
        webview.connect_context_menu(move |_, menu, _, _| {
            // A browser's own entries, such as Reload and Back, lose what is filled in.
            for entry in menu.items().iter().filter(|entry| !is_for_text(entry)) {
                menu.remove(entry);
            }
            let entries = menu.items();
            if entries.is_empty() {
                return true;
            }
            let is_paste = |item: &ContextMenuItem| {
                matches!(item.stock_action(), ContextMenuAction::Paste | ContextMenuAction::PasteAsPlainText)
            };
            let Some(position) = entries.iter().position(is_paste) else { return false };
            for entry in entries.iter().filter(|entry| is_paste(entry)) {
                menu.remove(entry);
            }
            let action = SimpleAction::new("paste", None);
            let pasting = app.clone();
            action.connect_activate(move |_, _| paste(&pasting, Selection::Clipboard));
            // Underlined and chosen by its first letter, as the engine's own entries are.
            let entry = ContextMenuItem::from_gaction(
                &action,
                &format!("_{}", message!("shell-paste").text(app.state::<ChosenLanguage>().get())),
                None,
            );
            menu.insert(&entry, i32::try_from(position).unwrap_or(0));
            false
        });
    }

    /// The entries for editing and copying text.
    fn is_for_text(entry: &ContextMenuItem) -> bool {
        matches!(
            entry.stock_action(),
            ContextMenuAction::Cut
                | ContextMenuAction::Copy
                | ContextMenuAction::Paste
                | ContextMenuAction::PasteAsPlainText
                | ContextMenuAction::Delete
                | ContextMenuAction::SelectAll
        )
    }

    /// A drag of text alone is ours. Files go to Tauri, which hands their paths to the core; what is dragged within the page
    /// is known to it.
    fn follow_drags(webview: &WebView, app: &AppHandle) {
        fn text_of(webview: &WebView, context: &gdk::DragContext) -> Option<Option<gdk::Atom>> {
            let targets = context.list_targets();
            if targets.iter().any(|target| target.name() == "text/uri-list")
                || context.drag_get_source_widget().is_some_and(|source| source == *webview)
            {
                return None;
            }
            let texts = ["UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING"];
            Some(targets.into_iter().find(|target| texts.contains(&target.name().as_str())))
        }
        webview.connect_drag_motion(|webview, context, _, _, time| {
            let Some(text) = text_of(webview, context) else { return false };
            context.drag_status(if text.is_some() { gdk::DragAction::COPY } else { gdk::DragAction::empty() }, time);
            true
        });
        webview.connect_drag_drop(|webview, context, _, _, time| {
            let Some(text) = text_of(webview, context) else { return false };
            match text {
                Some(target) => webview.drag_get_data(context, &target, time),
                None => context.drop_finish(false, time),
            }
            true
        });
        let app = app.clone();
        webview.connect_drag_data_received(move |webview, context, _, _, data, _, time| {
            if text_of(webview, context).is_none() {
                return;
            }
            webview.stop_signal_emission_by_name("drag-data-received");
            let text = data.text().map(|text| Zeroizing::new(text.to_string()));
            context.drag_finish(text.is_some(), false, time);
            if let Some(text) = text {
                let app = app.clone();
                thread::spawn(move || receive(&app, text));
            }
        });
    }
}
