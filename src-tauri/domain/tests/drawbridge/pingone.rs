//! PingOne accounts: three credentials at most, secrets that are replaced and brought back, copies that leave a trace.

use chrono::{SubsecRound, TimeDelta};
use domain::{
    documents::{ConnectionApiFormat, SecretBytes},
    id::{ConnectionApiCredentialId, PingOneAccountId},
    pingone::{AccountKind, ConnectionApiCredential, FormerSecret, PingOneAccount, SecretReplacement},
    ports::{Clock, HandOverFailure, OutletError, RepositoryError, SecretStoreError},
    refusal::Failure,
};
use fakes::{Capture, Installation, KeychainCall, World, world};

use crate::{last_line, line, needles::Needles, read, refused};

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

/// An account with one credential of that secret.
fn credential_with(world: &World, text: &str) -> ConnectionApiCredential {
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    world.drawbridge.pingone().add_credential(account.id, "Staging", Some(secret(text))).unwrap()
}

fn replace(
    world: &World,
    id: ConnectionApiCredentialId,
    text: &str,
    grace_hours: u32,
) -> Result<ConnectionApiCredential, Failure> {
    let replacement = SecretReplacement { secret: Some(secret(text)), grace_hours };
    world.drawbridge.pingone().edit_credential(id, Some("Staging"), Some(replacement))
}

/// What *Copy* hands over now.
fn current_secret(world: &World, id: ConnectionApiCredentialId) -> String {
    let clipboard = Capture::at("the clipboard");
    world.drawbridge.pingone().copy_client_secret(id, &clipboard).unwrap();
    clipboard.delivered().remove(0)
}

/// The secrets in the keychain, sorted.
fn kept_secrets(world: &World) -> Vec<String> {
    let items = world.keychain.items().into_values();
    let mut kept: Vec<String> = items.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    kept.sort();
    kept
}

/// Lets `time` pass, and then what it takes until its end counts as certain.
fn surely_over(world: &World, time: TimeDelta) {
    world.clock.advance(time);
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
}

/// How much longer the former secret is kept.
fn former_left(world: &World, account: PingOneAccountId) -> Option<TimeDelta> {
    let now = world.clock.now().trunc_subsecs(3);
    shown(world, account).credential.former.map(|former| former.until - now)
}

/// The only credential of an account, as its page shows it.
fn shown(world: &World, account: PingOneAccountId) -> domain::pingone::ConnectionCredentialOverview {
    let mut page = world.drawbridge.pingone().get_account(account).unwrap();
    assert_eq!(page.credentials.len(), 1);
    page.credentials.remove(0)
}

#[test]
fn accounts_are_listed_by_name_with_what_they_have() {
    let world = world();
    let zeta = world.drawbridge.pingone().create_account(" zeta ", AccountKind::Local).unwrap();
    let acme = credential_with(&world, "a secret");
    replace(&world, acme.id, "another secret", 24).unwrap();
    world.drawbridge.pingone().add_credential(acme.account_id, "", None).unwrap();
    let listed = world.drawbridge.pingone().list_accounts().unwrap();
    let rows: Vec<_> =
        listed.iter().map(|row| (row.account.name.as_str(), row.credentials, row.former_secrets)).collect();
    assert_eq!(rows, [("Acme", 2, 1), ("zeta", 0, 0)]);
    assert_eq!(listed[1].account, zeta);
}

#[test]
fn a_name_is_used_once_whatever_its_case_also_after_renaming() {
    let world = world();
    let acme = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    assert_eq!(last_line(&world), "Ada Admin | PingOne account added | Acme (local) | ");
    let same = refused(world.drawbridge.pingone().create_account("ACME", AccountKind::Local));
    assert_eq!(read(&same), ["the name ACME is in use already", "Choose another name."]);
    assert_eq!(
        read(&refused(world.drawbridge.pingone().create_account(" ", AccountKind::Local))),
        ["enter a name", ""]
    );
    let other = world.drawbridge.pingone().create_account("Other", AccountKind::Local).unwrap();
    let same = refused(world.drawbridge.pingone().rename_account(other.id, "acme"));
    assert_eq!(read(&same), ["the name acme is in use already", "Choose another name."]);

    let renamed = world.drawbridge.pingone().rename_account(acme.id, "ACME Europe").unwrap();
    assert_eq!(renamed, PingOneAccount { name: "ACME Europe".into(), ..acme });
    assert_eq!(last_line(&world), "Ada Admin | PingOne account renamed | ACME Europe (local) | Formerly Acme");
    world
        .drawbridge
        .pingone()
        .rename_account(renamed.id, "Acme Europe")
        .expect("another spelling of its own name is free");
}

#[test]
fn removing_an_account_takes_its_secrets_along() {
    let world = world();
    let credential = credential_with(&world, "a secret");
    replace(&world, credential.id, "another secret", 24).unwrap();
    let wrong = refused(world.drawbridge.pingone().remove_account(credential.account_id, "acme"));
    assert_eq!(read(&wrong), ["the typed text is not Acme", "Enter Acme exactly as shown."]);
    assert_eq!(kept_secrets(&world), ["a secret", "another secret"]);

    world.drawbridge.pingone().remove_account(credential.account_id, "Acme").unwrap();

    assert_eq!(kept_secrets(&world), [""; 0], "the former secret goes, too");
    assert!(world.repository.tables().connection_credentials.is_empty());
    let client_id = credential.client().for_log();
    assert_eq!(last_line(&world), format!("Ada Admin | PingOne account removed | Acme (local) | With {client_id}"));
    let gone = world.drawbridge.pingone().get_account(credential.account_id).unwrap_err();
    assert_eq!(gone.to_string(), "this PingOne account does not exist any more");
}

#[test]
fn no_role_is_needed_but_a_person_is() {
    let world = world();
    world.act_as(&world.nora);
    let credential = credential_with(&world, "a secret");
    world.drawbridge.pingone().reveal_client_secret(credential.id).unwrap();
    assert!(last_line(&world).starts_with("Nora Norole | Secret revealed | Acme (local) | "));

    let nobody = Installation::empty();
    let refusal = refused(nobody.drawbridge.pingone().create_account("Acme", AccountKind::Local));
    assert_eq!(refusal.to_string(), "there is no person in this installation yet");
}

#[test]
fn an_account_has_three_credentials_at_most_and_says_why_there_is_no_fourth() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    for number in 0..3 {
        let page = world.drawbridge.pingone().get_account(account.id).unwrap();
        assert_eq!(page.credentials.len(), number);
        assert!(page.may_add.is_ok());
        world.clock.advance(TimeDelta::seconds(1));
        world.drawbridge.pingone().add_credential(account.id, &format!("number {number}"), None).unwrap();
    }
    let page = world.drawbridge.pingone().get_account(account.id).unwrap();
    let descriptions: Vec<&str> = page.credentials.iter().map(|one| one.credential.description.as_str()).collect();
    assert_eq!(descriptions, ["number 0", "number 1", "number 2"], "oldest first");
    let text = [
        "the account Acme has 3 Connection API Credentials already, which is the most an account can have",
        "Give one of them another secret instead (Edit): its client ID stays. PingOne keeps three at most, too.",
    ];
    assert_eq!(read(&page.may_add.unwrap_err()), text);
    let items = world.keychain.items();
    let refusal = refused(world.drawbridge.pingone().add_credential(account.id, "", None));
    assert_eq!(read(&refusal), text);
    assert_eq!(world.keychain.items(), items);
    let other = world.drawbridge.pingone().create_account("Other", AccountKind::Local).unwrap();
    world.drawbridge.pingone().add_credential(other.id, "", None).expect("the limit is each account's own");
}

#[test]
fn new_credentials_have_a_random_client_id_and_a_secret_of_256_bits_unless_one_is_chosen() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    let generated = world.drawbridge.pingone().add_credential(account.id, "  Sync  ", None).unwrap();
    let client_id: uuid::Uuid = generated.client_id.as_ref().unwrap().parse().unwrap();
    assert_eq!(client_id.get_version_num(), 4, "nobody can tell from it when it was made");
    assert_eq!((generated.description.as_str(), generated.secret_chosen), ("Sync", false));
    assert_eq!(current_secret(&world, generated.id).len(), 44);
    let id = generated.client().for_log();
    assert_eq!(
        line(world.repository.events().iter().rev().nth(1).unwrap()),
        format!("Ada Admin | API Credentials added | Acme (local) | {id} (Sync), secret generated")
    );
    let chosen = world.drawbridge.pingone().add_credential(account.id, "", Some(secret("my own"))).unwrap();
    assert!(chosen.secret_chosen);
    assert_ne!(chosen.client_id, generated.client_id);
    assert_eq!(current_secret(&world, chosen.id), "my own");
    let label = shown_label(&world, chosen.id);
    let id = chosen.client().for_log();
    assert_eq!(label, format!("Drawbridge: client secret of {id} (PingOne account Acme, 2026-03-01 09:30 UTC)"));
}

fn shown_label(world: &World, id: ConnectionApiCredentialId) -> String {
    let secret = world.repository.tables().connection_credentials[&id].secret;
    world.keychain.items()[&secret].0.clone()
}

#[test]
fn a_chosen_secret_is_refused_only_where_it_is_blank_too_long_or_no_keyboard_can_type_it() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap().id;
    let add = |text: &str| world.drawbridge.pingone().add_credential(account, "", Some(secret(text)));
    let blank = ["the client secret is blank", "Enter a secret, or leave the field empty to generate a strong one."];
    for text in ["", "   ", "\t\n"] {
        assert_eq!(read(&refused(add(text))), blank, "{text:?}");
    }
    assert_eq!(
        read(&refused(add(&"x".repeat(513)))),
        [
            "the client secret has 513 characters; at most 512 are possible",
            "Shorten it, or leave the field empty to generate a strong one.",
        ]
    );
    let characters = [
        "a client secret may contain only letters, digits, spaces and keyboard signs",
        "Leave out accents and line breaks (RFC 6749, appendix A.2).",
    ];
    for text in ["two\nlines", "pässword", "tab\t", "nul\0", "\u{7f}"] {
        assert_eq!(read(&refused(add(text))), characters, "{text:?}");
    }
    let invalid = world.drawbridge.pingone().add_credential(account, "", Some(SecretBytes::new(vec![0xff])));
    assert_eq!(read(&refused(invalid)), characters);
    assert_eq!(world.keychain.items().len(), 0);

    for text in ["a", " with spaces: even at its ends ", &"x".repeat(512)] {
        let added = add(text).expect("weakness is judged, not refused");
        assert_eq!(current_secret(&world, added.id), text);
    }
}

#[test]
fn a_description_is_one_line_of_200_characters_or_nothing() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap().id;
    let add = |text: &str| world.drawbridge.pingone().add_credential(account, text, None);
    assert_eq!(
        read(&refused(add(&"x".repeat(201)))),
        ["Short Description has 201 characters; at most 200 are possible", "Shorten it to 200 characters."]
    );
    assert_eq!(
        read(&refused(add("two\u{7}lines"))),
        ["Short Description contains a line break or another control character", "Enter it on one line."]
    );
    assert_eq!(add(" \n ").unwrap().description, "");
    assert_eq!(add(&"ü".repeat(200)).unwrap().description.chars().count(), 200);
}

#[test]
fn the_strength_of_a_secret_is_judged_and_what_is_refused_anyway_is_said_at_once() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme Production", AccountKind::Local).unwrap().id;
    let credential = world.drawbridge.pingone().add_credential(account, "", None).unwrap();
    let judge = |text: &str| world.drawbridge.pingone().judge_client_secret(account, &secret(text));
    assert!(judge("password").unwrap().is_weak());
    assert!(!judge("Tz8#qLm2!vRw9$kXp4&nBc7").unwrap().is_weak());
    let known = judge(credential.client_id.as_ref().unwrap()).unwrap();
    assert!(known.is_weak(), "everybody who knows the client would try its id: {known:?}");
    assert!(judge("acme production").unwrap().is_weak());
    assert_eq!(refused(judge(" ")).to_string(), "the client secret is blank");
    assert!(world.repository.events().iter().all(|event| !event.detail.for_log().contains("password")));
}

#[test]
fn editing_changes_description_and_secret_and_never_the_client_id() {
    let world = world();
    let added = credential_with(&world, "first");
    world.clock.advance(TimeDelta::hours(1));
    let described = world.drawbridge.pingone().edit_credential(added.id, Some(" Production "), None).unwrap();
    assert_eq!(described, ConnectionApiCredential { description: "Production".into(), ..added.clone() });
    let id = added.client().for_log();
    assert_eq!(last_line(&world), format!("Ada Admin | API Credentials changed | Acme (local) | {id} (Production)"));
    let events = world.repository.events().len();
    world.drawbridge.pingone().edit_credential(added.id, Some("Production"), None).unwrap();
    assert_eq!(world.repository.events().len(), events, "where nothing changes nothing is recorded");

    let replacement = SecretReplacement { secret: None, grace_hours: 24 };
    let replaced = world.drawbridge.pingone().edit_credential(added.id, Some("Both"), Some(replacement)).unwrap();
    assert_eq!((replaced.client_id, replaced.created_at), (added.client_id.clone(), added.created_at));
    assert!(!replaced.secret_chosen);
    let lines: Vec<String> = world.repository.events()[events..].iter().map(line).collect();
    assert_eq!(
        lines,
        [
            format!("Ada Admin | API Credentials changed | Acme (local) | {id} (Both)"),
            format!(
                "Ada Admin | Client secret replaced | Acme (local) | {id} (Both), secret generated; the former one is kept until \
                 2026-03-02 10:30 UTC"
            ),
        ]
    );
    assert_eq!(world.keychain.items().len(), 2);
}

#[test]
fn a_replaced_secret_is_marked_with_its_time_and_can_be_brought_back_and_forth() {
    let world = world();
    let added = credential_with(&world, "first");
    world.clock.advance(TimeDelta::hours(1));
    let replaced = replace(&world, added.id, "second", 24).unwrap();
    let former = replaced.former.clone().expect("the former secret is kept");
    assert_eq!((former.secret, former.chosen), (added.secret, true));
    assert_eq!(former.until - former.replaced_at, TimeDelta::hours(24));
    assert_eq!(current_secret(&world, added.id), "second");

    world.clock.advance(TimeDelta::hours(4));
    let page = shown(&world, added.account_id);
    assert_eq!(former_left(&world, added.account_id), Some(TimeDelta::hours(20)));
    assert_eq!(page.credential.former, Some(former.clone()));

    let undone = world.drawbridge.pingone().undo_replacement(added.id, None).unwrap();
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Former client secret restored | Acme (local) | {}", undone.describe().for_log())
    );
    assert_eq!(current_secret(&world, added.id), "first");
    let now_former = undone.former.expect("the other one takes its place");
    assert_eq!((now_former.secret, now_former.until), (replaced.secret, former.until), "the time is not set anew");

    let stale = [
        world.drawbridge.pingone().undo_replacement(added.id, Some(replaced.secret_changed_at)),
        world.drawbridge.pingone().drop_former_secret(added.id, Some(replaced.secret_changed_at)),
    ];
    for outcome in stale {
        assert!(
            matches!(outcome, Err(Failure::Repository(RepositoryError::Conflict))),
            "who has not seen the undoing means the other secret: {outcome:?}"
        );
    }

    world.drawbridge.pingone().undo_replacement(added.id, Some(undone.secret_changed_at)).unwrap();
    assert_eq!(current_secret(&world, added.id), "second", "undoing can be undone");
    assert_eq!(former_left(&world, added.account_id), Some(TimeDelta::hours(20)));
    assert_eq!(kept_secrets(&world), ["first", "second"]);
}

#[test]
fn replacing_again_drops_the_secret_before_the_former_one() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    replace(&world, added.id, "third", 48).unwrap();
    assert_eq!(kept_secrets(&world), ["second", "third"]);
    world.drawbridge.pingone().undo_replacement(added.id, None).unwrap();
    assert_eq!(current_secret(&world, added.id), "second");
}

#[test]
fn without_grace_the_former_secret_goes_at_once_and_so_does_one_before() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    let replaced = replace(&world, added.id, "third", 0).unwrap();
    assert_eq!(replaced.former, None);
    assert_eq!(kept_secrets(&world), ["third"]);
    let detail = format!("{}, secret of one's own; the former one is deleted", added.describe().for_log());
    assert_eq!(last_line(&world), format!("Ada Admin | Client secret replaced | Acme (local) | {detail}"));
    let nothing = refused(world.drawbridge.pingone().undo_replacement(added.id, None));
    assert_eq!(
        read(&nothing),
        [
            format!("no former secret of {} is kept any more", added.client().for_log()),
            "Replace the secret by the one that is to hold.".to_owned(),
        ]
    );
}

#[test]
fn a_secret_is_kept_for_720_hours_at_most() {
    let world = world();
    let added = credential_with(&world, "first");
    let refusal = refused(replace(&world, added.id, "second", 721));
    assert_eq!(
        read(&refusal),
        [
            "a replaced secret can be kept for 0 to 720 hours",
            "Enter a number of hours such as 24, or 0 to delete the former secret at once.",
        ]
    );
    assert_eq!(kept_secrets(&world), ["first"]);
    let longest = replace(&world, added.id, "second", 720).unwrap();
    assert_eq!(longest.former.unwrap().until - longest.secret_changed_at, TimeDelta::days(30));
}

#[test]
fn when_the_time_is_over_nobody_sees_the_former_secret_and_soon_it_is_gone() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 2).unwrap();
    world.clock.advance(TimeDelta::hours(2) - TimeDelta::milliseconds(1));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    assert!(shown(&world, added.account_id).credential.former.is_some());

    world.clock.advance(TimeDelta::milliseconds(1));
    let page = shown(&world, added.account_id);
    assert_eq!(page.credential.former, None, "nothing has deleted it yet");
    assert_eq!(world.drawbridge.pingone().list_accounts().unwrap()[0].former_secrets, 0);
    assert!(
        refused(world.drawbridge.pingone().undo_replacement(added.id, None))
            .to_string()
            .starts_with("no former secret of ")
    );
    assert_eq!(kept_secrets(&world), ["first", "second"]);

    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    world.clock.advance(FormerSecret::CERTAIN_AFTER - TimeDelta::milliseconds(1));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    assert_eq!(kept_secrets(&world), ["first", "second"], "that it is over was seen a moment ago only");
    world.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
    assert_eq!(kept_secrets(&world), ["second"]);
    assert_eq!(
        last_line(&world),
        format!("Drawbridge | Former client secret deleted | Acme (local) | {}", added.describe().for_log())
    );
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
}

#[test]
fn a_start_deletes_former_secrets_whose_time_was_over_meanwhile() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap().ended, 0);
    world.clock.advance(TimeDelta::days(7));
    assert_eq!(
        world.drawbridge.secrets().reconcile().unwrap().ended,
        0,
        "the clock of a computer that starts may be wrong"
    );
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap().ended, 1);
    assert_eq!(kept_secrets(&world), ["second"]);
}

#[test]
fn a_locked_keychain_is_left_alone_and_the_former_secret_waits() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 1).unwrap();
    surely_over(&world, TimeDelta::hours(1));
    world.keychain.take_calls();
    world.keychain.fail_always(SecretStoreError::Locked);
    world.drawbridge.time().watch().unwrap();
    let before = world.repository.tables();

    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap_err().to_string(), "the keychain is locked");
    assert_eq!(world.keychain.take_calls(), [KeychainCall::Probe], "nobody asked for it, so nobody is asked");
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap_err().to_string(), "the keychain is locked");
    assert_eq!(world.repository.tables(), before);

    world.keychain.recover();
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
    world.keychain.fail_always(SecretStoreError::Locked);
    assert_eq!(
        world.drawbridge.pingone().end_former_secrets().unwrap(),
        0,
        "where there is nothing to do the keychain is not asked"
    );
}

#[test]
fn the_former_secret_can_be_deleted_early() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    assert_eq!(world.drawbridge.pingone().drop_former_secret(added.id, None).unwrap().former, None);
    assert_eq!(kept_secrets(&world), ["second"]);
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Former client secret deleted | Acme (local) | {}", added.describe().for_log())
    );
    let nothing = refused(world.drawbridge.pingone().drop_former_secret(added.id, None));
    assert!(nothing.to_string().starts_with("no former secret of "));
}

#[test]
fn a_clock_that_is_set_back_keeps_a_former_secret_longer_by_the_jump_and_no_more() {
    let world = world();
    let added = credential_with(&world, "first");
    let replaced = replace(&world, added.id, "second", 24).unwrap();
    world.clock.advance(-TimeDelta::hours(5));
    assert_eq!(former_left(&world, added.account_id), Some(TimeDelta::hours(29)));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    let undone = world.drawbridge.pingone().undo_replacement(added.id, None).unwrap();
    assert_eq!(undone.former.unwrap().until, replaced.former.unwrap().until, "undoing does not extend it");
    surely_over(&world, TimeDelta::hours(29));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
}

#[test]
fn a_clock_that_jumps_ahead_for_a_moment_ends_no_former_secret() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    world.clock.advance(TimeDelta::days(365));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    world.clock.advance(-TimeDelta::days(365));
    assert_eq!(former_left(&world, added.account_id), Some(TimeDelta::hours(24)), "it can be undone again");
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    // Once more, as at each start of a computer whose clock is wrong until somebody sets it.
    world.clock.advance(TimeDelta::days(366));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
    world.clock.advance(-TimeDelta::days(366));
    assert_eq!(former_left(&world, added.account_id), Some(TimeDelta::hours(24)));

    world.clock.advance(TimeDelta::hours(24));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0, "what the wrong clock saw does not count");
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
}

#[test]
fn a_former_secret_is_not_read_to_be_deleted_and_one_that_cannot_be_deleted_keeps_no_other() {
    let world = world();
    let added = credential_with(&world, "first");
    let other = world.drawbridge.pingone().add_credential(added.account_id, "", Some(secret("third"))).unwrap();
    replace(&world, added.id, "second", 1).unwrap();
    replace(&world, other.id, "fourth", 2).unwrap();
    surely_over(&world, TimeDelta::hours(2));
    world.keychain.take_calls();
    // Asked whether it can be used, it says yes; then it refuses the first item.
    world.keychain.fail_next_delete(SecretStoreError::Denied);
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
    let calls = world.keychain.take_calls();
    let witness = world.repository.all_tables().keychain_witness;
    let reads = calls.iter().filter(|call| matches!(call, KeychainCall::Get(id) if Some(*id) != witness));
    assert_eq!(reads.count(), 0, "{calls:?}");
    assert_eq!(kept_secrets(&world), ["first", "fourth", "second"]);
    assert_eq!(
        last_line(&world),
        format!("Drawbridge | Former client secret deleted | Acme (local) | {} (Staging)", other.client().for_log()),
        "of the one that is there still nothing of the kind is said"
    );
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0, "nobody is asked again and again");
    assert_eq!(world.keychain.take_calls(), []);
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1);
    assert_eq!(kept_secrets(&world), ["fourth", "second"]);
}

#[test]
fn interrupted_between_deleting_a_former_secret_and_saying_so_the_next_attempt_finishes_it() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 1).unwrap();
    surely_over(&world, TimeDelta::hours(1));
    let events = world.repository.events().len();
    world.repository.fail_next_commit(RepositoryError::Busy);
    world.drawbridge.pingone().end_former_secrets().unwrap_err();
    assert_eq!(kept_secrets(&world), ["second"], "the item is gone, and nothing has been said of it");
    assert_eq!(world.repository.events().len(), events);
    assert_eq!(current_secret(&world, added.id), "second");

    assert_eq!(world.drawbridge.secrets().reconcile().unwrap().ended, 1);
    assert_eq!(
        last_line(&world),
        format!("Drawbridge | Former client secret deleted | Acme (local) | {}", added.describe().for_log())
    );
    assert_eq!(world.repository.tables().secrets.len(), 1, "its row is gone, too");
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0);
}

#[test]
fn a_description_that_nobody_touched_is_left_as_it_is_by_now() {
    let world = world();
    let added = credential_with(&world, "first");
    world.drawbridge.pingone().edit_credential(added.id, Some("Newer"), None).unwrap();
    let replacement = SecretReplacement { secret: None, grace_hours: 24 };
    let replaced = world.drawbridge.pingone().edit_credential(added.id, None, Some(replacement)).unwrap();
    assert_eq!(replaced.description, "Newer");
}

#[test]
fn a_keychain_that_cannot_be_used_changes_nothing() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    let before = (world.repository.tables(), world.keychain.items(), world.repository.events().len());
    world.keychain.fail_always(SecretStoreError::Locked);
    let drawbridge = &world.drawbridge;
    let failures = [
        drawbridge.pingone().add_credential(added.account_id, "", None).map(drop),
        replace(&world, added.id, "third", 24).map(drop),
        replace(&world, added.id, "third", 0).map(drop),
        drawbridge.pingone().undo_replacement(added.id, None).map(drop),
        drawbridge.pingone().drop_former_secret(added.id, None).map(drop),
        drawbridge.pingone().remove_account(added.account_id, "Acme"),
        drawbridge.pingone().reveal_client_secret(added.id).map(drop),
    ];
    for (index, failure) in failures.into_iter().enumerate() {
        assert_eq!(failure.unwrap_err().to_string(), "the keychain is locked", "operation {index}");
    }
    world.keychain.recover();
    assert_eq!((world.repository.tables(), world.keychain.items(), world.repository.events().len()), before);
}

#[test]
fn a_secret_that_somebody_deleted_in_the_keychain_is_not_brought_back() {
    let world = world();
    let added = credential_with(&world, "first");
    let replaced = replace(&world, added.id, "second", 24).unwrap();
    world.keychain.lose(added.secret);
    let failure = world.drawbridge.pingone().undo_replacement(added.id, None).unwrap_err();
    assert_eq!(failure.to_string(), "the keychain has no such item");
    let without = ConnectionApiCredential { former: None, ..replaced };
    assert_eq!(shown(&world, added.account_id).credential, without, "and is not offered any more");
}

#[test]
fn what_another_program_wrote_into_the_keychain_is_not_handed_over() {
    let world = world();
    let added = credential_with(&world, "first");
    world.keychain.change(added.secret, b"two\nlines");
    let failure = world.drawbridge.pingone().reveal_client_secret(added.id).unwrap_err();
    let reason = format!("the client secret of {} was changed by another program", added.client().for_log());
    assert_eq!(failure.to_string(), format!("the keychain failed: {reason}"));
}

#[test]
fn reveal_copy_and_export_hand_over_the_current_secret_and_leave_a_trace() {
    let world = world();
    let added = credential_with(&world, "first");
    replace(&world, added.id, "second", 24).unwrap();
    let id = added.client().for_log();
    let (client_id, revealed) = world.drawbridge.pingone().reveal_client_secret(added.id).unwrap();
    // EXPOSE: the test compares what was revealed.
    assert_eq!((client_id, revealed.expose()), (added.client_id.clone(), b"second".as_slice()));
    assert_eq!(last_line(&world), format!("Ada Admin | Secret revealed | Acme (local) | {id} (Staging)"));
    assert_eq!(current_secret(&world, added.id), "second");
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Credentials copied | Acme (local) | client secret of {id} (Staging) to the clipboard")
    );
    let file = Capture::at("/home/ada/pingone.json");
    world.drawbridge.pingone().export_credential(added.id, ConnectionApiFormat::Json, &file).unwrap();
    assert_eq!(
        file.delivered(),
        [format!("{{\n  \"clientId\": \"{id}\",\n  \"clientSecret\": \"second\",\n  \"kind\": \"local\"\n}}\n")]
    );
    assert_eq!(
        last_line(&world),
        format!("Ada Admin | Credentials exported | Acme (local) | {id} (Staging) as JSON to /home/ada/pingone.json")
    );
    let name = world.drawbridge.pingone().suggest_export_name(added.id, ConnectionApiFormat::Curl).unwrap();
    assert_eq!(name, format!("pingone-local-{}.sh", &id.to_string()[..8]));
    let preview = world.drawbridge.pingone().preview_export(added.id, ConnectionApiFormat::Environment).unwrap();
    let (comment, variables) = preview.text.split_once('\n').unwrap();
    assert!(comment.starts_with("# Local: "), "{comment}");
    assert_eq!(variables, format!("PINGONE_CLIENT_ID='{id}'\nPINGONE_CLIENT_SECRET='••••••••'\n"));
}

#[test]
fn what_cannot_be_recorded_does_not_leave_and_what_cannot_leave_is_recorded() {
    let world = world();
    let added = credential_with(&world, "first");
    world.repository.fail_next_commit(RepositoryError::DiskFull);
    assert_eq!(world.drawbridge.pingone().reveal_client_secret(added.id).unwrap_err().to_string(), "the disk is full");
    let clipboard = Capture::at("the clipboard");
    world.repository.fail_next_commit(RepositoryError::DiskFull);
    world.drawbridge.pingone().copy_client_secret(added.id, &clipboard).unwrap_err();
    assert_eq!(clipboard.delivered(), [""; 0]);

    let failing = Capture::that_fails(OutletError::Clipboard { reason: "nobody owns it".into() });
    let failure = world.drawbridge.pingone().copy_client_secret(added.id, &failing).unwrap_err();
    assert!(matches!(failure, HandOverFailure::Outlet(_)), "{failure:?}");
    let detail = format!("client secret of {} to nowhere", added.describe().for_log());
    assert_eq!(last_line(&world), format!("Ada Admin | Copy or export failed | Acme (local) | {detail}"));
}

#[test]
fn a_planted_secret_is_nowhere_but_in_the_keychain() {
    const PLANTED: &str = "pl4nted s3cret/of-a+p1ng0ne=account";
    let world = world();
    let added = credential_with(&world, PLANTED);
    replace(&world, added.id, "another secret of this account", 24).unwrap();
    world.drawbridge.pingone().undo_replacement(added.id, None).unwrap();
    world.drawbridge.pingone().judge_client_secret(added.account_id, &secret(PLANTED)).unwrap();
    let needles = Needles::none().and(&[PLANTED, "another secret of this account"]);
    assert!(needles.find_in(&current_secret(&world, added.id)).is_some(), "a check that cannot fail is a defect");
    for commit in world.repository.commits() {
        needles.assert_absent_from_debug("a commit", &commit);
    }
    for event in world.repository.events() {
        needles.assert_absent("an entry", &line(&event));
    }
    needles.assert_absent_from_debug("AccountPage", &world.drawbridge.pingone().get_account(added.account_id).unwrap());
    let refusal = replace(&world, added.id, &PLANTED.repeat(20), 24).unwrap_err();
    needles.assert_absent("a refusal", &refusal.to_string());
    needles.assert_absent_from_debug("a refusal", &refusal);
}
