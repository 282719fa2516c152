//! A real KeePassXC with its default settings, which allows each connection each item by itself.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

use domain::{
    documents::SecretBytes,
    ports::{SecretStore, SecretStoreError},
};
use keychain::KeychainSecretStore;

use crate::{
    APPLICATION, PLANTED, awkward_texts, binary,
    display::Display,
    id, planted,
    private_session::{Bus, Running, Session, test, wait_until},
    stored,
};

/// The title of the dialog in which a person allows items, and of the one in which deleting is confirmed.
const ACCESS: &str = "Access Request";
const DELETION: &str = "entry";

/// KeePassXC with a database of its own.
struct KeePassXc<'a> {
    display: &'a Display,
    _program: Running,
}

impl<'a> KeePassXc<'a> {
    /// Creates the database that [`Self::start`] opens, with the group whose entries other programs may have.
    fn create_database(session: &Session) {
        const GROUP: &str = "{11111111-2222-3333-4444-555555555555}";
        let xml = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <KeePassFile>
              <Meta>
                <Generator>KeePassXC</Generator><DatabaseName>Passwords</DatabaseName>
                <RecycleBinEnabled>True</RecycleBinEnabled>
                <CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{GROUP}</Value></Item></CustomData>
              </Meta>
              <Root><Group><UUID>ERERESIiMzNERFVVVVVVVQ==</UUID><Name>Root</Name></Group></Root>
            </KeePassFile>"#
        );
        let file = session.folder().join("database.xml");
        fs::write(&file, xml).expect("the database as XML");
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"printf 'password\npassword\n' | keepassxc-cli import -q -p -t 100 "$1" "$2""#, "sh"])
            .arg(&file)
            .arg(session.folder().join("database.kdbx"));
        let output = command.output().expect("keepassxc-cli is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self::configure(session, "");
    }

    /// Has the next start use the default settings, but for what makes it a Secret Service, and `more`.
    fn configure(session: &Session, more: &str) {
        let settings = "[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n[FdoSecrets]\nEnabled=true\n";
        fs::write(session.folder().join("keepassxc.ini"), settings.to_owned() + more).expect("the settings");
    }

    /// Starts it and waits until the database is open.
    fn start(session: &Session, display: &'a Display) -> Self {
        let file = |name| session.folder().join(name);
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"f=$1; shift; exec keepassxc "$@" <"$f""#, "sh"])
            .arg(file("password"))
            .arg("--config")
            .arg(file("keepassxc.ini"))
            .arg("--localconfig")
            .arg(file("keepassxc-local.ini"))
            .arg("--pw-stdin")
            .arg(file("database.kdbx"))
            .env("DISPLAY", display.name())
            .env("QT_QPA_PLATFORM", "xcb")
            .env("LANG", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        fs::write(file("password"), "password\n").expect("the password");
        let program = Running::start(&mut command, "keepassxc is installed");
        let store = KeychainSecretStore::open(APPLICATION, Duration::from_secs(30)).unattended();
        wait_until("KeePassXC opens the database", || store.probe() == Ok(()));
        Self { display, _program: program }
    }

    /// What a new process sees: one that was not allowed anything yet.
    fn process(&self) -> KeychainSecretStore {
        KeychainSecretStore::open(APPLICATION, Duration::from_secs(60))
    }

    /// The result of `call`, for which nobody may be asked.
    fn asking_nobody<T>(&self, call: impl FnOnce() -> T) -> T {
        let result = call();
        assert_eq!(self.display.windows(ACCESS) + self.display.windows(DELETION), 0, "no dialog may be open");
        result
    }
}

/// promise B2: one KeePassXC for all of it, since it takes its time to start.
#[test]
fn what_one_process_stored_another_can_use_when_a_person_allows_it_and_asks_nobody_else() {
    let name = "keepassxc::what_one_process_stored_another_can_use_when_a_person_allows_it_and_asks_nobody_else";
    test(name, Bus::Open, |session| {
        let display = Display::start(session);
        KeePassXc::create_database(session);
        let keepassxc = KeePassXc::start(session, &display);
        session.store_foreign_item();

        let first = keepassxc.process();
        let large = vec![b'\n'; 3_000];
        // All of them in one, since KeePassXC is given the time to save each item.
        let secrets =
            [PLANTED.as_bytes().to_vec(), awkward_texts()[1..13].concat(), vec![], binary(1190), large.clone()];
        keepassxc.asking_nobody(|| {
            for (number, secret) in (1..).zip(&secrets) {
                let label = format!("/Label [{number}]/ {{REF:P@T:Foreign}}");
                first
                    .unattended()
                    .put(id(number), &label, &SecretBytes::new(secret.clone()))
                    .unwrap_or_else(|error| panic!("secret {number}: {error:?}"));
                assert!(stored(&first, id(number)).as_ref() == Ok(secret), "its own items are allowed");
            }
        });
        let large_id = id(5);

        let second = keepassxc.process();
        let unattended = second.unattended();
        keepassxc.asking_nobody(|| {
            assert_eq!(second.probe(), Ok(()), "the database is open");
            assert_eq!(stored(&unattended, id(1)), Err(SecretStoreError::Locked));
            assert_eq!(unattended.put(id(1), "Again", &planted()), Err(SecretStoreError::Locked));
            assert_eq!(stored(&unattended, id(999)), Err(SecretStoreError::Missing), "locked and missing differ");
            assert_eq!(unattended.list(), Ok((1..=5).map(id).collect()), "what there is can be asked, as no secret is");
        });
        let refused = display.answering(ACCESS, &[&["key", "Escape"]], || stored(&second, large_id));
        assert_eq!(refused, Err(SecretStoreError::NotAllowed { by: "KeePassXC".to_owned() }));
        let read = display.answering(ACCESS, &[&["key", "Return"]], || stored(&second, large_id));
        assert!(read == Ok(large.clone()), "one dialog for the head and all its parts");
        keepassxc.asking_nobody(|| {
            assert!(stored(&unattended, large_id) == Ok(large), "what a person allowed once is allowed");
            assert_eq!(stored(&unattended, id(1)), Err(SecretStoreError::Locked), "and nothing else");
        });
        let read = display.answering(ACCESS, &[&["key", "Return"]], || stored(&second, id(1)));
        assert_eq!(read.as_deref(), Ok(PLANTED.as_bytes()), "the refusal before was about another item");

        // It answers each deletion with a prompt, whether it will ask or not.
        keepassxc.asking_nobody(|| {
            assert_eq!(unattended.delete(id(1)), Err(SecretStoreError::Locked));
            assert_eq!(unattended.delete(id(999)), Ok(()), "there is nothing to ask about");
            assert_eq!(stored(&unattended, id(1)).as_deref(), Ok(PLANTED.as_bytes()), "it is still there");
            let begun = SystemTime::now();
            assert_eq!(
                second.delete(id(1)),
                Ok(()),
                "by default it does not ask before it moves one to its recycle bin"
            );
            assert_eq!(stored(&second, id(1)), Err(SecretStoreError::Missing));
            let saved = || fs::metadata(session.folder().join("database.kdbx")).and_then(|file| file.modified());
            wait_until("KeePassXC saves", || saved().is_ok_and(|saved| saved > begun));
        });

        // What is in its file is what was stored.
        drop(keepassxc);
        KeePassXc::configure(session, "[Security]\nNoConfirmMoveEntryToRecycleBin=false\n");
        let keepassxc = KeePassXc::start(session, &display);
        let third = keepassxc.process();
        // The button "Allow All & Future".
        display.answering(ACCESS, &[&["key", "alt+f"]], || stored(&third, id(2)).expect("it is allowed"));
        keepassxc.asking_nobody(|| {
            for (number, secret) in (1..).zip(&secrets).skip(1) {
                assert!(stored(&third.unattended(), id(number)).as_ref() == Ok(secret), "secret {number}");
            }
        });
        // It can be told to ask before each deletion.
        let kept = display.answering(DELETION, &[&["key", "Escape"]], || third.delete(id(2)));
        assert_eq!(kept, Err(SecretStoreError::NotAllowed { by: "KeePassXC".to_owned() }));
        let deleted = display.answering(DELETION, &[&["key", "Tab"], &["key", "space"]], || third.delete(id(2)));
        assert_eq!(deleted, Ok(()));
        keepassxc.asking_nobody(|| assert_eq!(stored(&third, id(2)), Err(SecretStoreError::Missing)));

        let foreign = display.answering(ACCESS, &[&["key", "Return"]], || session.foreign_item());
        assert!(foreign.contains("attribute.account = some/body"), "it is as it was: {foreign}");
    });
}
