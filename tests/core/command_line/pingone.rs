//! `pingone`: Connection API Credentials without a window.

use std::fs;

use serde_json::{Value, json};

use super::{World, contains_any, in_session, mode, run, run_plain, run_with, visit};

/// A client secret that somebody chooses.
const OWN: &str = "0wn s3cret/of-a+p1ng0ne=account $x\"'";

#[test]
fn connection_api_credentials_are_added_replaced_restored_and_exported() {
    in_session("pingone::connection_api_credentials_are_added_replaced_restored_and_exported", |session| {
        let world = World::new(session);
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let created = run(&["pingone", "create", "Acme", "--local"]).succeeds().out;
        assert_eq!(created, "Added the local account Acme. In PingOne nothing has changed.\n");
        assert!(run(&["pingone", "create", "ACME"]).fails(3).err.contains("in use already"));

        fs::write(path("secret"), format!("{OWN}\n")).expect("a secret");
        let add = ["pingone", "add", "aCME", "--description", "Sync", "--secret-file", &path("secret"), "--json"];
        let added = run(&add).succeeds();
        assert_eq!(added.err, "", "a secret that is hard to guess needs no warning");
        let added = added.json();
        assert_eq!(added["result"], "added");
        let client_id = added["credential"]["clientId"].as_str().expect("a client id").to_owned();
        assert_eq!(added["credential"]["secretChosen"], true);
        assert_eq!(added["credential"]["former"], Value::Null);
        assert_eq!((&added["account"]["name"], &added["account"]["kind"]), (&json!("Acme"), &json!("local")));

        let exported = run(&["pingone", "export", &client_id, "--out", &path("acme.json"), "--json"]).succeeds().json();
        assert_eq!(
            exported,
            json!({ "format": "json", "clientId": client_id, "kind": "local", "file": path("acme.json") })
        );
        assert_eq!(mode(&folder.path().join("acme.json")), 0o600, "others on this machine must not read it");
        let document: Value = serde_json::from_slice(&fs::read(path("acme.json")).expect("the file")).expect("JSON");
        assert_eq!(document, json!({ "clientId": client_id, "clientSecret": OWN, "kind": "local" }));
        run(&["pingone", "export", &client_id, "--out", &path("acme.json")]).fails(3);
        let secret_of =
            |id: &str| run(&["pingone", "export", id, "--out", "-"]).succeeds().json()["clientSecret"].clone();

        let replaced = run(&["pingone", "replace", &client_id, "--grace", "48", "--json"]).succeeds().json();
        assert_eq!((&replaced["result"], &replaced["credential"]["secretChosen"]), (&json!("replaced"), &json!(false)));
        assert_ne!(replaced["credential"]["former"]["until"], Value::Null);
        assert_ne!(secret_of(&client_id), OWN);
        let undone = run(&["pingone", "undo", &client_id]).succeeds().out;
        assert!(
            undone.starts_with(&format!("Brought back the former secret of {client_id}. The other one is kept until "))
        );
        assert_eq!(secret_of(&client_id), OWN);
        assert!(run(&["pingone", "replace", &client_id, "--grace", "721"]).fails(3).err.contains("0 to 720 hours"));
        let at_once = run(&["pingone", "replace", &client_id, "--grace", "0"]).succeeds().out;
        assert_eq!(at_once, format!("Replaced the secret of {client_id}. The former one is deleted.\n"));
        assert!(run(&["pingone", "undo", &client_id]).fails(3).err.contains("No former secret"));

        let weak = run_with(&["pingone", "add", "Acme", "--secret-file", "-"], "password\n").succeeds();
        assert!(weak.err.contains("easy to guess"), "a warning, not a refusal: {}", weak.err);
        assert!(!weak.err.contains("password\n"), "{}", weak.err);
        run(&["pingone", "add", "Acme"]).succeeds();
        assert!(run(&["pingone", "add", "Acme"]).fails(3).err.contains("3 Connection API Credentials already"));

        let listed = run(&["pingone", "list", "acme", "--json"]).succeeds().json();
        assert_eq!(listed.as_array().map(Vec::len), Some(3));
        assert_eq!(listed[0]["credential"]["clientId"], client_id.as_str(), "oldest first");
        let table = run(&["pingone", "list"]).succeeds().out;
        assert_eq!(table.lines().count(), 4, "{table}");
        let accounts = run(&["list", "accounts", "--json"]).succeeds().json();
        assert_eq!(accounts[0]["credentials"], 3);
        assert!(run(&["list"]).succeeds().out.contains("3 of 3"), "the overview names the accounts");
        assert_eq!(run(&["list", "--json"]).succeeds().json()["accounts"][0]["account"]["name"], "Acme");

        run(&["pingone", "list", "Nobody"]).fails(6);
        run(&["pingone", "export", "no-such-id", "--out", "-"]).fails(6);
        let kept = [OWN.to_owned()];
        visit(&world.folder, &mut |file, content| {
            assert!(!contains_any(content, &kept), "the secret is in {}", file.display());
        });
        assert!(!contains_any(world.activity().as_bytes(), &kept));
    });
}

#[test]
fn what_pingone_has_is_recorded_and_what_is_generated_for_it_waits_for_its_client_id() {
    in_session(
        "pingone::what_pingone_has_is_recorded_and_what_is_generated_for_it_waits_for_its_client_id",
        |session| {
            let world = World::new(session);
            let created = run(&["pingone", "create", "Acme", "--json"]).succeeds().json();
            assert_eq!(created["kind"], "inPingOne");
            let record = ["pingone", "add", "Acme", "--client-id", "real-1", "--secret-file", "-", "--json"];
            let recorded = run_with(&record, OWN).succeeds().json();
            assert_eq!(
                (&recorded["result"], &recorded["credential"]["clientId"]),
                (&json!("recorded"), &json!("real-1"))
            );
            run(&["pingone", "add", "Acme", "--client-id", "real-2"]).fails(2);
            assert!(run_with(&record, OWN).fails(3).err.contains("recorded already"));
            let document = run(&["pingone", "export", "real-1", "--out", "-"]).succeeds().json();
            assert_eq!(document, json!({ "clientId": "real-1", "clientSecret": OWN }));

            let added = run(&["pingone", "add", "Acme", "--description", "Sync", "--json"]).succeeds().json();
            assert_eq!((&added["result"], &added["credential"]["clientId"]), (&json!("added"), &Value::Null));
            let id = added["credential"]["id"].as_str().expect("an id").to_owned();
            let waiting = run(&["pingone", "export", &id, "--out", "-"]).fails(3).err;
            assert!(waiting.contains("no client ID yet"), "{waiting}");
            let secret = run(&["pingone", "secret", &id, "--out", "-"]).succeeds().out;
            assert_eq!(secret.trim_end().len(), 44);
            assert!(run(&["pingone", "list"]).succeeds().out.contains(&format!("not entered ({id})")));
            assert!(run(&["list", "accounts"]).succeeds().out.contains("In PingOne"));
            run(&["pingone", "client-id", &id, "mistyped"]).succeeds();
            let corrected = run(&["pingone", "client-id", "mistyped", "real-2"]).succeeds().out;
            assert_eq!(corrected, "The client ID is real-2.\n");
            let document = run(&["pingone", "export", "real-2", "--out", "-"]).succeeds().json();
            assert_eq!(document, json!({ "clientId": "real-2", "clientSecret": secret.trim_end() }));

            let steps = run(&["pingone", "add", "Acme"]).succeeds().out;
            assert!(steps.contains("Add Secret") && steps.contains("drawbridge pingone client-id"), "{steps}");
            let fourth =
                run_with(&["pingone", "add", "Acme", "--client-id", "real-4", "--secret-file", "-"], OWN).succeeds();
            assert!(fourth.err.contains("the most that PingOne allows"), "a warning: {}", fourth.err);

            let forgotten = run(&["pingone", "forget", "real-4"]).succeeds().out;
            assert!(
                forgotten.contains("Deleted real-4 of Acme (In PingOne) here. PingOne still honours"),
                "{forgotten}"
            );
            run(&["pingone", "export", "real-4", "--out", "-"]).fails(6);
            run(&["pingone", "forget", "real-4"]).fails(6);
            let forgotten = run(&["pingone", "forget", &id, "--json"]).succeeds().json();
            assert_eq!((&forgotten["result"], &forgotten["clientId"]), (&json!("forgotten"), &json!("real-2")));
            assert!(world.activity().contains("ConnectionCredentialForgotten Acme (in PingOne) real-4"));
            let kept = [OWN.to_owned(), secret.trim_end().to_owned()];
            visit(&world.folder, &mut |file, content| {
                assert!(!contains_any(content, &kept), "a secret is in {}", file.display());
            });
            assert!(!contains_any(world.activity().as_bytes(), &kept));
        },
    );
}

#[test]
fn pingone_explains_itself_and_its_parts() {
    let help = run_plain(&["pingone", "--help"], "").succeeds().out;
    for part in ["list", "create", "add", "client-id", "secret", "replace", "undo", "export", "forget"] {
        assert!(help.contains(&format!("\n  {part} ")), "{help}");
        run_plain(&["pingone", part, "--help"], "").succeeds();
    }
    run_plain(&["pingone", "export", "x", "--format", "yaml", "--out", "-"], "").fails(2);
}
