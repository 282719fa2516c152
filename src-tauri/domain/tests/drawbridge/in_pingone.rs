//! Accounts in PingOne: what is kept are records of what PingOne has, with the client ids that PingOne assigns.

use domain::{
    documents::{ConnectionApiFormat, SecretBytes},
    id::PingOneAccountId,
    messages::Language,
    pingone::{AccountKind, ConnectionApiCredential, PingOneAccount, SecretReplacement},
    ports::{RepositoryError, SecretStoreError},
    refusal::Failure,
};
use fakes::{Capture, World, world};

use crate::{last_line, line, needles::Needles, read, refused};

/// As PingOne shows one.
const CLIENT_ID: &str = "8f0a2c5e-77d1-4f43-9d4e-2f6f5b1c0a9d";

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

fn account(world: &World, name: &str) -> PingOneAccountId {
    world.drawbridge.pingone().create_account(name, AccountKind::InPingOne).unwrap().id
}

fn record(
    world: &World,
    account: PingOneAccountId,
    client_id: &str,
    text: &str,
) -> Result<ConnectionApiCredential, Failure> {
    world.drawbridge.pingone().record_credential(account, client_id, "Sync", &secret(text))
}

/// What an export holds.
fn exported(world: &World, credential: &ConnectionApiCredential, format: ConnectionApiFormat) -> String {
    let file = Capture::at("/home/ada/pingone");
    world.drawbridge.pingone().export_credential(credential.id, format, &file).unwrap();
    file.delivered().remove(0)
}

#[test]
fn an_account_has_a_kind_that_stays_and_activity_says_it() {
    let world = world();
    let real = world.drawbridge.pingone().create_account("Acme", AccountKind::InPingOne).unwrap();
    assert_eq!(real.kind, AccountKind::InPingOne);
    assert_eq!(last_line(&world), "Ada Admin | PingOne account added | Acme (in PingOne) | ");
    let local = world.drawbridge.pingone().create_account("Practice", AccountKind::Local).unwrap();
    assert_eq!(last_line(&world), "Ada Admin | PingOne account added | Practice (local) | ");
    let renamed = world.drawbridge.pingone().rename_account(local.id, "Playground").unwrap();
    assert_eq!(renamed, PingOneAccount { name: "Playground".into(), ..local });
    let tags = [AccountKind::Local, AccountKind::InPingOne].map(|kind| kind.tag_message().text(Language::English));
    assert_eq!(tags, ["Local", "In PingOne"]);
}

#[test]
fn credentials_of_pingone_are_recorded_as_it_shows_them() {
    let world = world();
    let recorded = record(&world, account(&world, "Acme"), &format!(" {CLIENT_ID} "), "as PingOne shows it").unwrap();
    assert_eq!(recorded.client_id.as_deref(), Some(CLIENT_ID));
    assert!(recorded.secret_chosen, "it was not generated here");
    assert_eq!(
        last_line(&world),
        format!(
            "Ada Admin | API Credentials of PingOne recorded | Acme (in PingOne) | {CLIENT_ID} (Sync), secret of one's own"
        )
    );
    let text = exported(&world, &recorded, ConnectionApiFormat::Json);
    assert_eq!(
        text,
        format!("{{\n  \"clientId\": \"{CLIENT_ID}\",\n  \"clientSecret\": \"as PingOne shows it\"\n}}\n")
    );
    let script = exported(&world, &recorded, ConnectionApiFormat::Curl);
    assert!(script.contains(&format!("user = \"{CLIENT_ID}:as PingOne shows it\"")), "{script}");
    assert!(!script.contains("# Local"), "it is a real one: {script}");
    let name = world.drawbridge.pingone().suggest_export_name(recorded.id, ConnectionApiFormat::Json).unwrap();
    assert_eq!(name, "pingone-8f0a2c5e.json");
}

#[test]
fn an_id_as_pingone_shows_it_need_not_be_a_uuid() {
    let world = world();
    let account = account(&world, "Acme");
    let recorded = record(&world, account, "Acme/Sync_1", "a secret").unwrap();
    assert_eq!(recorded.client_id.as_deref(), Some("Acme/Sync_1"));
    let name = world.drawbridge.pingone().suggest_export_name(recorded.id, ConnectionApiFormat::Json).unwrap();
    assert_eq!(name, "pingone-AcmeSync.json", "a name without a folder");

    let characters = [
        "a client ID consists of letters, digits and signs, without spaces and colons",
        "Copy the client ID as PingOne shows it.",
    ];
    for wrong in ["two words", "with:colon", "Zoë"] {
        assert_eq!(read(&refused(record(&world, account, wrong, "a secret"))), characters, "{wrong:?}");
    }
    refused(record(&world, account, " ", "a secret"));
    refused(record(&world, account, &"x".repeat(101), "a secret"));
    let blank = refused(record(&world, account, "free", ""));
    assert_eq!(blank.to_string(), "the client secret is blank", "nothing is generated that PingOne does not know");
}

#[test]
fn a_generated_secret_waits_for_the_client_id_that_pingone_shows() {
    let world = world();
    let account = account(&world, "Acme");
    let added = world.drawbridge.pingone().add_credential(account, "Sync", None).unwrap();
    assert_eq!((added.client_id.as_deref(), added.secret_chosen), (None, false), "PingOne assigns it");
    assert_eq!(
        last_line(&world),
        "Ada Admin | API Credentials added | Acme (in PingOne) | credentials without a client ID yet (Sync), secret generated"
    );
    let label = world.keychain.items()[&added.secret].0.clone();
    assert_eq!(label, "Drawbridge: client secret for PingOne (account Acme, 2026-03-01 09:30 UTC)");
    let listed = world.drawbridge.pingone().list_accounts().unwrap();
    assert_eq!((listed[0].credentials, listed[0].waiting), (1, 1));

    // It has to be handed out, to be entered there.
    let clipboard = Capture::at("the clipboard");
    world.drawbridge.pingone().copy_client_secret(added.id, &clipboard).unwrap();
    let secret = clipboard.delivered().remove(0);
    assert_eq!(secret.len(), 44);

    let waits = [
        "these credentials have no client ID yet: PingOne shows it after Done",
        "Enter the client ID that PingOne shows.",
    ];
    let file = Capture::at("/home/ada/pingone");
    for format in ConnectionApiFormat::ALL {
        let failure = world.drawbridge.pingone().export_credential(added.id, format, &file).unwrap_err();
        assert_eq!(failure.to_string(), waits[0]);
        assert_eq!(read(&refused(world.drawbridge.pingone().preview_export(added.id, format))), waits);
        assert_eq!(read(&refused(world.drawbridge.pingone().suggest_export_name(added.id, format))), waits);
    }
    assert_eq!(file.delivered(), [""; 0]);

    let entered = world.drawbridge.pingone().enter_client_id(added.id, CLIENT_ID).unwrap();
    assert_eq!(entered, ConnectionApiCredential { client_id: Some(CLIENT_ID.into()), ..added });
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Client ID of PingOne entered | Acme (in PingOne) | {CLIENT_ID} (Sync)")
    );
    assert_eq!(world.drawbridge.pingone().list_accounts().unwrap()[0].waiting, 0);
    let script = exported(&world, &entered, ConnectionApiFormat::Curl);
    assert!(script.contains(&format!("user = \"{CLIENT_ID}:{secret}\"")), "the secret that was handed out: {script}");
}

#[test]
fn a_mistyped_client_id_is_corrected_in_the_record() {
    let world = world();
    let recorded = record(&world, account(&world, "Acme"), "mistyped", "a secret").unwrap();
    let corrected = world.drawbridge.pingone().enter_client_id(recorded.id, CLIENT_ID).unwrap();
    assert_eq!(corrected, ConnectionApiCredential { client_id: Some(CLIENT_ID.into()), ..recorded });
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Client ID of PingOne entered | Acme (in PingOne) | {CLIENT_ID} (Sync), formerly mistyped")
    );
    let events = world.repository.events().len();
    world.drawbridge.pingone().enter_client_id(corrected.id, CLIENT_ID).unwrap();
    assert_eq!(world.repository.events().len(), events, "where nothing changes nothing is recorded");
    let another_case = world.drawbridge.pingone().enter_client_id(corrected.id, &CLIENT_ID.to_uppercase()).unwrap();
    assert_eq!(another_case.client_id, Some(CLIENT_ID.to_uppercase()), "its own is no other's");
}

#[test]
fn pingone_gives_each_client_id_out_once() {
    let world = world();
    let (acme, other) = (account(&world, "Acme"), account(&world, "Other"));
    record(&world, acme, CLIENT_ID, "a secret").unwrap();
    let taken = [
        format!("the client ID {} is recorded already, in the account Acme", CLIENT_ID.to_uppercase()),
        "Edit those credentials, or forget them first.".into(),
    ];
    assert_eq!(read(&refused(record(&world, other, &CLIENT_ID.to_uppercase(), "another secret"))), taken);
    let waiting = world.drawbridge.pingone().add_credential(other, "", None).unwrap();
    let failure = world.drawbridge.pingone().enter_client_id(waiting.id, &CLIENT_ID.to_uppercase());
    assert_eq!(read(&refused(failure)), taken);
    assert_eq!(world.keychain.items().len(), 2);
}

#[test]
fn more_than_three_are_for_pingone_to_refuse() {
    let world = world();
    let account = account(&world, "Acme");
    for number in 0..3 {
        let page = world.drawbridge.pingone().get_account(account).unwrap();
        assert_eq!(page.warning, None);
        record(&world, account, &format!("client-{number}"), "a secret").unwrap();
    }
    let page = world.drawbridge.pingone().get_account(account).unwrap();
    assert!(page.may_add.is_ok());
    assert_eq!(
        page.warning.unwrap().to_string(),
        "Acme has 3 Connection API Credentials here, which is the most that PingOne allows"
    );
    record(&world, account, "client-3", "a secret").unwrap();
    assert_eq!(world.drawbridge.pingone().get_account(account).unwrap().credentials.len(), 4);
}

#[test]
fn the_client_ids_of_a_local_account_are_made_here_only() {
    let world = world();
    let local = world.drawbridge.pingone().create_account("Practice", AccountKind::Local).unwrap().id;
    let refusal = [
        "the account Practice is local: its client IDs are made here, and PingOne does not know them",
        "Record credentials of PingOne in an account of the kind In PingOne.",
    ];
    assert_eq!(read(&refused(record(&world, local, CLIENT_ID, "a secret"))), refusal);
    let added = world.drawbridge.pingone().add_credential(local, "", None).unwrap();
    assert_eq!(read(&refused(world.drawbridge.pingone().enter_client_id(added.id, CLIENT_ID))), refusal);
    let script = exported(&world, &added, ConnectionApiFormat::Curl);
    assert!(script.starts_with("#!/bin/sh\n# Local: "), "{script}");
}

#[test]
fn a_record_is_replaced_and_forgotten_and_at_pingone_nothing_changes() {
    let world = world();
    let account = account(&world, "Acme");
    let recorded = record(&world, account, CLIENT_ID, "first").unwrap();
    let kept = record(&world, account, "kept", "third").unwrap();
    let replacement = SecretReplacement { secret: Some(secret("second")), grace_hours: 24 };
    let replaced = world.drawbridge.pingone().edit_credential(recorded.id, None, Some(replacement)).unwrap();
    assert_eq!(replaced.client_id, recorded.client_id);
    assert!(exported(&world, &replaced, ConnectionApiFormat::Json).contains("\"second\""));
    assert_eq!(world.keychain.items().len(), 3, "the former one is kept for a while");

    world.keychain.fail_always(SecretStoreError::Locked);
    world.drawbridge.pingone().forget_credential(recorded.id).unwrap_err();
    world.keychain.recover();
    world.repository.fail_next_commit(RepositoryError::DiskFull);
    world.drawbridge.pingone().forget_credential(recorded.id).unwrap_err();
    assert_eq!(world.keychain.items().len(), 3, "all of it or nothing");

    world.drawbridge.pingone().forget_credential(recorded.id).unwrap();
    let left: Vec<_> = world.keychain.items().into_keys().collect();
    assert_eq!(left, [kept.secret], "the former secret goes, too");
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | API Credentials forgotten | Acme (in PingOne) | {CLIENT_ID} (Sync)")
    );
    let gone = world.drawbridge.pingone().forget_credential(recorded.id).unwrap_err();
    assert_eq!(gone.to_string(), "this credential does not exist any more");
    record(&world, account, CLIENT_ID, "first").expect("its client id is free again");

    world.drawbridge.pingone().remove_account(account, "Acme").unwrap();
    assert_eq!(
        last_line(&world),
        format!(
            "Ada Admin | PingOne account removed | Acme (in PingOne) | With kept, {CLIENT_ID}; PingOne itself still honours them"
        )
    );
}

#[test]
fn what_pingone_shows_is_nowhere_but_in_the_keychain() {
    const PLANTED: &str = "pl4nted s3cret/that+p1ng0ne=shows";
    let world = world();
    let account = account(&world, "Acme");
    let recorded = record(&world, account, CLIENT_ID, PLANTED).unwrap();
    let waiting = world.drawbridge.pingone().add_credential(account, "", Some(secret(&PLANTED.repeat(2)))).unwrap();
    world.drawbridge.pingone().enter_client_id(waiting.id, "another").unwrap();
    let needles = Needles::none().and(&[PLANTED]);
    assert!(
        exported(&world, &recorded, ConnectionApiFormat::Json).contains(PLANTED),
        "a check that cannot fail is a defect"
    );
    let taken = refused(record(&world, account, CLIENT_ID, PLANTED));
    let too_long = refused(record(&world, account, "free", &PLANTED.repeat(20)));
    for refusal in [taken, too_long] {
        needles.assert_absent("a refusal", &refusal.to_string());
        needles.assert_absent_from_debug("a refusal", &refusal);
    }
    needles.assert_absent_from_debug("AccountPage", &world.drawbridge.pingone().get_account(account).unwrap());
    needles.assert_absent_from_debug("the credentials", &recorded);
    world.drawbridge.pingone().forget_credential(recorded.id).unwrap();
    for commit in world.repository.commits() {
        needles.assert_absent_from_debug("a commit", &commit);
    }
    for event in world.repository.events() {
        needles.assert_absent("an entry", &line(&event));
    }
}
