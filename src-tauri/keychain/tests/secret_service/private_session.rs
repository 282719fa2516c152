//! A session of its own for each test: bus, keyring, home.
//!
//! The address of the session bus is part of the environment, which a process of edition 2024 cannot change safely. So
//! a test runs twice: first as the parent, which starts the bus and runs the same test again in a child process with
//! the right environment; then as that child, which does the testing.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

const FOLDER: &str = "DRAWBRIDGE_PRIVATE_SESSION";
const PASSWORD: &[u8] = b"keyring password";

/// What bus the session has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bus {
    /// One on which everything is allowed, and nothing is started by itself.
    Open,
    /// One that lets nobody talk to the Secret Service.
    DeniesSecrets,
    /// None at all.
    None,
}

/// What opens the keyring.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Password {
    /// Its password is given to it at its start, as after a login with a password.
    Given,
    /// Its password is not given, as after an automatic login: the keyring stays locked.
    Withheld,
    /// It has none, and the file is not encrypted. It counts as locked until somebody calls `Unlock`.
    None,
}

/// An item of another program. Each session has it before the test stores anything, and must have it unchanged at the end.
pub const FOREIGN: [&str; 4] = ["service", "another program", "account", "some/body"];
const FOREIGN_SECRET: &str = "f0reign=secret+1";

/// Runs `body` in a child process with a session of its own. `arguments` make this program run the caller again.
pub fn run(arguments: &[&str], bus: Bus, body: impl FnOnce(&Session)) {
    if let Some(folder) = env::var_os(FOLDER) {
        let folder = PathBuf::from(folder);
        let session = Session { folder: folder.clone(), bus, foreign: OnceLock::new() };
        body(&session);
        session.check_foreign_item();
        fs::write(folder.join("finished"), "").expect("the parent must learn that the body ran");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["home", "data", "runtime"] {
        fs::create_dir(folder.path().join(name)).expect("a folder of the session");
        // D-Bus and gnome-keyring refuse a runtime folder that others can read.
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o700)).expect("its mode");
    }
    let mut command = Command::new(env::current_exe().expect("the path of this program"));
    command
        .args(arguments)
        .env(FOLDER, folder.path())
        .env("HOME", folder.path().join("home"))
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("XDG_RUNTIME_DIR", folder.path().join("runtime"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL");
    if !arguments.is_empty() {
        // What a test harness prints about the one test would be printed twice; failures go to standard error.
        command.stdout(Stdio::null());
    }
    let _bus = (bus != Bus::None).then(|| {
        let (daemon, address) = start_bus(folder.path(), bus);
        command.env("DBUS_SESSION_BUS_ADDRESS", address);
        daemon
    });
    let mut child = Running(command.spawn().expect("this program again"));
    let status = wait(&mut child.0, Duration::from_secs(120));
    assert!(status, "the test failed in its private session; its output is above");
    assert!(folder.path().join("finished").exists(), "the child ran no test: is its name in {arguments:?} right?");
}

/// [`run`] for a test: `name` is its path within this test program.
pub fn test(name: &str, bus: Bus, body: impl FnOnce(&Session)) {
    run(&[name, "--exact", "--nocapture", "--quiet"], bus, body);
}

/// The session, as seen from the child.
pub struct Session {
    folder: PathBuf,
    bus: Bus,
    /// What opens the keyring, and what `secret-tool` says of the foreign item in it.
    foreign: OnceLock<(Password, String)>,
}

impl Session {
    /// Starts the keyring daemon and waits until it is there.
    pub fn start_keyring(&self, password: Password) -> Keyring {
        if password == Password::None {
            self.create_keyring_without_password();
        }
        // A daemon that is not allowed to write more must not end by that, as it would not on a full disk.
        let mut command = Command::new("sh");
        command.args(["-c", r#"trap "" XFSZ; exec gnome-keyring-daemon --foreground --components=secrets "$@""#, "sh"]);
        if password == Password::Given {
            command.arg("--unlock");
        }
        let said = self.folder.join("keyring.said");
        let messages = fs::File::create(&said).expect("a file for what the daemon says");
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(messages);
        let mut daemon = Running::start(&mut command, "gnome-keyring-daemon is installed");
        let mut stdin = daemon.0.stdin.take().expect("it is piped");
        if password == Password::Given {
            stdin.write_all(PASSWORD).expect("the daemon reads the password");
        }
        drop(stdin);
        wait_until("gnome-keyring-daemon gets ready", || keyring_is_there(password));
        if password != Password::Withheld && self.bus == Bus::Open && self.foreign.get().is_none() {
            self.store_foreign_item();
            let _ = self.foreign.set((password, self.foreign_item()));
        }
        Keyring { daemon, said }
    }

    /// Stores [`FOREIGN`] as another program does.
    pub fn store_foreign_item(&self) {
        let mut command = Command::new("secret-tool");
        command.arg("store").arg("--label=Foreign [item] \\n 1").args(FOREIGN).stdin(Stdio::piped());
        let mut store = Running::start(&mut command, "secret-tool is installed");
        store.0.stdin.take().expect("it is piped").write_all(FOREIGN_SECRET.as_bytes()).expect("it reads the secret");
        assert!(store.0.wait().expect("secret-tool").success(), "the foreign item is stored");
    }

    /// All that another program sees of the foreign item.
    pub fn foreign_item(&self) -> String {
        let seen = self.secret_tool(&[&["search", "--all", "--unlock"], &FOREIGN[..]].concat());
        assert!(seen.contains(&format!("secret = {FOREIGN_SECRET}")), "the item of another program is gone: {seen}");
        // The number of an item, and the schema of one that was stored without any, are the daemon's own affair.
        seen.lines()
            .filter(|line| !line.starts_with('[') && !line.starts_with("schema = "))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// A new daemon reads from the file what the test has left there.
    fn check_foreign_item(&self) {
        if let Some((password, before)) = self.foreign.get() {
            let _keyring = self.start_keyring(*password);
            assert_eq!(self.foreign_item(), *before, "items of other programs are none of ours");
        }
    }

    fn create_keyring_without_password(&self) {
        let file = self.keyring_file();
        if !file.exists() {
            fs::create_dir_all(file.parent().expect("the folder of the keyrings")).expect("the folder of the keyrings");
            fs::write(&file, "[keyring]\ndisplay-name=Login\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n")
                .expect("the keyring");
            fs::write(file.with_file_name("default"), "login").expect("which keyring is the default");
        }
    }

    /// The folder of the session, which goes with it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `secret-tool` prints on standard output and standard error.
    pub fn secret_tool(&self, arguments: &[&str]) -> String {
        let output = Command::new("secret-tool").args(arguments).output().expect("secret-tool is installed");
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    /// The user fields of all items of the application, sorted.
    pub fn items(&self) -> Vec<String> {
        let listing = self.secret_tool(&["search", "--all", "service", crate::APPLICATION]);
        let mut items: Vec<String> =
            listing.lines().filter_map(|line| line.strip_prefix("attribute.username = ")).map(str::to_owned).collect();
        items.sort();
        items
    }

    /// The file that gnome-keyring keeps its items in.
    pub fn keyring_file(&self) -> PathBuf {
        self.folder.join("data/keyrings/login.keyring")
    }
}

/// Whether the daemon has its name on the bus and the login keyring, which it has unlocked when it was given the password.
fn keyring_is_there(password: Password) -> bool {
    let ask = |arguments: &[&str]| {
        let mut command = Command::new("dbus-send");
        let output = command.args(["--session", "--print-reply"]).args(arguments).output();
        let output = output.expect("dbus-send is installed");
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let bus = ["--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"];
    if !ask(&[bus[0], bus[1], bus[2], "string:org.freedesktop.secrets"]).contains("boolean true") {
        return false;
    }
    let locked = ask(&[
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets/aliases/default",
        "org.freedesktop.DBus.Properties.Get",
        "string:org.freedesktop.Secret.Collection",
        "string:Locked",
    ]);
    match password {
        // On the bus that denies everybody the question, nobody can tell.
        Password::Given => locked.contains("boolean false") || locked.contains("AccessDenied"),
        Password::None => locked.contains("boolean true"),
        Password::Withheld => true,
    }
}

/// A running gnome-keyring-daemon, ended when dropped.
pub struct Keyring {
    daemon: Running,
    #[allow(dead_code, reason = "the kill test asks for it")]
    said: PathBuf,
}

impl Keyring {
    /// How the daemon has ended by itself, with the last of what it said; `None` while it runs.
    #[allow(dead_code, reason = "the kill test asks for it")]
    pub fn find_end(&mut self) -> Option<String> {
        let status = self.daemon.0.try_wait().expect("a child of this process")?;
        let said = fs::read_to_string(&self.said).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(20).collect();
        Some(format!("{status}: {}", last.into_iter().rev().collect::<Vec<_>>().join("\n")))
    }

    /// Stops its execution without ending it, so that it answers nothing.
    pub fn freeze(&self) {
        self.signal("STOP");
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.signal("CONT");
    }

    /// Lets it write files of that many bytes at most, as a full disk does.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let pid = self.daemon.0.id().to_string();
        let set = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={limit}:unlimited")]).status();
        assert!(set.expect("prlimit").success(), "the daemon must be running");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.daemon.0.id())]).status();
        assert!(sent.expect("sh").success(), "the daemon must be running");
    }
}

/// Waits until `done`, for as long as a slow and busy machine may take.
pub fn wait_until(what: &str, done: impl Fn() -> bool) {
    let give_up = Instant::now() + Duration::from_secs(30);
    while !done() {
        assert!(Instant::now() < give_up, "not within 30 s: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A child process that does not outlive this value.
pub struct Running(pub Child);

impl Running {
    /// Starts `command`; it cannot be started unless `expectation`.
    pub fn start(command: &mut Command, expectation: &str) -> Self {
        Self(command.spawn().expect(expectation))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start_bus(folder: &Path, bus: Bus) -> (Running, String) {
    let deny = match bus {
        Bus::DeniesSecrets => r#"<deny send_destination="org.freedesktop.secrets"/>"#,
        Bus::Open | Bus::None => "",
    };
    // No folders of services: nothing but what a test starts can own a name.
    let config = format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:dir={}</listen>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
            {deny}
          </policy>
        </busconfig>"#,
        folder.join("runtime").display()
    );
    let file = folder.join("bus.conf");
    fs::write(&file, config).expect("the bus configuration");
    let mut daemon = Running(
        Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed"),
    );
    let mut address = String::new();
    BufReader::new(daemon.0.stdout.take().expect("it is piped")).read_line(&mut address).expect("the bus address");
    (daemon, address.trim().to_owned())
}

/// Whether `child` ends well within `limit`.
fn wait(child: &mut Child, limit: Duration) -> bool {
    let give_up = Instant::now() + limit;
    while Instant::now() < give_up {
        if let Some(status) = child.try_wait().expect("a child of this process") {
            return status.success();
        }
        thread::sleep(Duration::from_millis(5));
    }
    false
}
