//! A display of its own for programs that ask, and the hands of the person before it.

use std::{
    collections::BTreeMap,
    fs,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::private_session::{Running, Session, wait_until};

/// A running X server, ended when dropped.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts one, on a number that it finds free itself.
    pub fn start(session: &Session) -> Self {
        let number = session.folder().join("display");
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"exec Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$1""#, "sh"])
            .arg(&number)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = Running::start(&mut command, "Xvfb is installed");
        wait_until("Xvfb says its number", || fs::read_to_string(&number).is_ok_and(|text| text.ends_with('\n')));
        let name = format!(":{}", fs::read_to_string(&number).expect("its number").trim());
        Self { name, _server: server }
    }

    /// What `DISPLAY` has to be.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many windows are to be seen whose title has `part` in it.
    pub fn windows(&self, part: &str) -> usize {
        self.find(part).len()
    }

    /// The result of `call`, during which one dialog opens, in which a person does what `xdotool` is told, act by act.
    #[track_caller]
    pub fn answering<T: Send>(&self, dialog: &str, acts: &[&[&str]], call: impl FnOnce() -> T + Send) -> T {
        let mut dialogs = BTreeMap::new();
        let result = thread::scope(|threads| {
            let call = threads.spawn(call);
            while !call.is_finished() {
                for window in self.find(dialog) {
                    // A key that is pressed before the dialog is ready is lost. So it is pressed again, after a while.
                    let pressed = dialogs.entry(window.clone()).or_insert(None);
                    if pressed.is_none_or(|pressed: Instant| pressed.elapsed() > Duration::from_secs(3)) {
                        for act in acts {
                            self.xdotool(&[&["windowfocus", &window], *act].concat());
                        }
                        *pressed = Some(Instant::now());
                    }
                }
                thread::sleep(Duration::from_millis(20));
            }
            call.join().expect("the call")
        });
        assert_eq!(dialogs.len(), 1, "one question, not more and not fewer");
        result
    }

    fn find(&self, part: &str) -> Vec<String> {
        self.xdotool(&["search", "--onlyvisible", "--name", part]).lines().map(str::to_owned).collect()
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool").args(arguments).env("DISPLAY", &self.name).output();
        String::from_utf8_lossy(&output.expect("xdotool is installed").stdout).into_owned()
    }
}
