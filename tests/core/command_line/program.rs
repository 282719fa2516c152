//! Runs the program, at once or in the background.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::PATIENCE;

/// What a run of the program left.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self
    }

    pub fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

pub fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, "")
}

pub fn run_with(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    run_command(Command::new(env!("CARGO_BIN_EXE_drawbridge")).args(arguments), input)
}

/// Without session and data, and without a way to make any.
pub fn run_plain(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
    run_command(command.args(arguments).env_clear().env("HOME", "/dev/null"), input)
}

pub fn run_command(command: &mut Command, input: impl AsRef<[u8]>) -> Ran {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().expect("piped").write_all(input.as_ref());
    let output = child.wait_with_output().expect("its end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// `drawbridge serve --json`, ready.
pub struct Serving {
    pub child: Child,
    pub ready: String,
    pub err: thread::JoinHandle<String>,
}

impl Serving {
    pub fn start(arguments: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["serve", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        Self::wait_for(child)
    }

    /// Waits until a program that was started so is ready.
    pub fn wait_for(mut child: Child) -> Self {
        let err = child.stderr.take().expect("piped");
        Self::wait_for_with(child, err)
    }

    /// The same where somebody has read the beginning of what it says.
    pub fn wait_for_with(mut child: Child, mut err: impl Read + Send + 'static) -> Self {
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let err = thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).expect("UTF-8");
            text
        });
        let (told, hears) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            out.read_line(&mut line).expect("a line");
            told.send(line).expect("somebody waits");
            // What comes after it must not fill the pipe.
            let _ = std::io::copy(&mut out, &mut std::io::sink());
        });
        let ready = hears.recv_timeout(PATIENCE).expect("it gets ready");
        assert!(!ready.is_empty(), "it ended instead: {}", err.join().expect("its words"));
        Self { child, ready, err }
    }

    /// Waits until it ends by itself, and returns how it did and what it said.
    pub fn end(mut self) -> (ExitStatus, String) {
        let status = wait(&mut self.child);
        (status, self.err.join().expect("its words"))
    }

    /// Asks it to end, and returns how it did and what it said.
    pub fn stop(mut self) -> (ExitStatus, String) {
        send(&self.child, Signal::TERM);
        let status = wait(&mut self.child);
        (status, self.err.join().expect("its words"))
    }
}

/// A TLS connection over which one request was answered, and which its client keeps.
pub struct KeptOpen {
    pub child: Child,
    _stdin: ChildStdin,
}

impl KeptOpen {
    pub fn request(port: u16, path: &str) -> Self {
        let mut child = Command::new("openssl")
            .args(["s_client", "-quiet", "-connect", &format!("localhost:{port}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl is installed");
        let mut stdin = child.stdin.take().expect("piped");
        write!(stdin, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").expect("a request");
        stdin.flush().expect("a request");
        let mut status = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut status).expect("an answer");
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
        Self { child, _stdin: stdin }
    }
}

impl Drop for KeptOpen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("it runs");
}

pub fn wait(child: &mut Child) -> ExitStatus {
    let give_up = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("a child of this process") {
            return status;
        }
        if Instant::now() > give_up {
            let _ = child.kill();
            panic!("it did not end");
        }
        thread::sleep(Duration::from_millis(10));
    }
}
