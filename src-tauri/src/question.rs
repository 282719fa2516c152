//! The question before a secret leaves. It is asked in a window of the system, outside the page: a script in the page can
//! ask for the secret, but it cannot answer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    time::{Duration, Instant},
};

use domain::messages::{ChosenLanguage, Message, message};
use tauri::{AppHandle, Manager, Window};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use uuid::Uuid;
use views::{ErrorCode, Trouble};

/// How long an answer counts, for the same act with the same credentials: within that time a script can only repeat
/// what the person has just allowed.
const COUNTS_FOR: Duration = Duration::from_secs(300);

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A secret goes to the clipboard.
    Copy,
    /// A secret goes to the screen.
    Reveal,
}

/// What the person agreed to lately.
#[derive(Clone, Default)]
pub struct Agreements(Arc<Agreed>);

#[derive(Default)]
struct Agreed {
    lately: Mutex<HashMap<(Act, Uuid), Instant>>,
    /// Held while a question is open.
    asking: Mutex<()>,
}

impl Agreements {
    /// From now on every act is asked about again.
    pub fn forget(&self) {
        self.lock().clear();
    }

    fn counts(&self, act: Act, id: Uuid, now: Instant) -> bool {
        self.lock().get(&(act, id)).is_some_and(|agreed| now.duration_since(*agreed) < COUNTS_FOR)
    }

    fn agree(&self, act: Act, id: Uuid, now: Instant) {
        let mut lately = self.lock();
        lately.retain(|_, agreed| now.duration_since(*agreed) < COUNTS_FOR);
        lately.insert((act, id), now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Act, Uuid), Instant>> {
        self.0.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the person agrees to the act, now or a moment ago. Blocks until there is an answer.
pub fn is_agreed(app: &AppHandle, window: &Window, act: Act, id: Uuid, question: &Message) -> Result<bool, Trouble> {
    let agreements = app.state::<Agreements>();
    if agreements.counts(act, id, Instant::now()) {
        return Ok(true);
    }
    let yes = match act {
        Act::Copy => message!("question-copy-yes"),
        Act::Reveal => message!("question-reveal-yes"),
    };
    let is_meant = is_meant(app, window, question, &yes)?;
    if is_meant {
        agreements.agree(act, id, Instant::now());
    }
    Ok(is_meant)
}

/// Asks in a window of the system. One question at a time: otherwise a script could open many until the person gives
/// in.
pub fn is_meant(app: &AppHandle, window: &Window, question: &Message, yes: &Message) -> Result<bool, Trouble> {
    let agreements = app.state::<Agreements>();
    let _asking = match agreements.0.asking.try_lock() {
        Ok(asking) => asking,
        Err(TryLockError::Poisoned(asking)) => asking.into_inner(),
        Err(TryLockError::WouldBlock) => {
            return Err(Trouble::of(ErrorCode::Failed, &message!("question-is-open")));
        }
    };
    let language = app.state::<ChosenLanguage>().get();
    let no = message!("question-no");
    let buttons = MessageDialogButtons::OkCancelCustom(yes.render(language), no.render(language));
    let dialog = app.dialog().message(question.render(language)).title(message!("question-title").text(language));
    Ok(dialog.kind(MessageDialogKind::Warning).buttons(buttons).parent(window).blocking_show())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_a6_an_agreement_counts_for_its_act_and_credentials_and_for_a_while_only() {
        let (agreements, id, now) = (Agreements::default(), Uuid::from_u128(1), Instant::now());
        agreements.agree(Act::Copy, id, now);
        assert!(agreements.counts(Act::Copy, id, now + COUNTS_FOR - Duration::from_secs(1)));
        assert!(!agreements.counts(Act::Copy, id, now + COUNTS_FOR));
        assert!(!agreements.counts(Act::Reveal, id, now), "to copy is not to reveal");
        assert!(!agreements.counts(Act::Copy, Uuid::from_u128(2), now), "nor for other credentials");
        agreements.forget();
        assert!(!agreements.counts(Act::Copy, id, now), "the person went");
    }
}
