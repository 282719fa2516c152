//! Portals in SAP: `add`, `import`, and how the other commands treat them.

use std::fs;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};

use super::{SECRET, World, in_session, run, run_with};

const FIRST: &str = "pl4nted-first-s3cret";
const SECOND: &str = "pl4nted-second-s3cret";

/// A connection of a portal where nobody answers.
fn connection(client_id: &str, secret: &str) -> String {
    json!({
        "url": "https://localhost:1/sales",
        "tokenUrl": "https://localhost:1/oauth/token",
        "clientId": client_id,
        "clientSecret": secret,
        "note": "kept",
    })
    .to_string()
}

#[test]
fn a_portal_in_sap_is_tracked_tested_exported_and_given_new_credentials() {
    in_session("portals_in_sap::a_portal_in_sap_is_tracked_tested_exported_and_given_new_credentials", |session| {
        let world = World::new(session);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("first.json");
        let file = file.to_str().expect("UTF-8");
        fs::write(file, connection("sb-first!b1", FIRST)).expect("a document");
        let add = ["add", "Sales EU", "--subaccount", "sales-eu", file];
        let refused = run(&add).fails(3);
        assert!(refused.err.contains("--generated"), "the way out has to be named: {}", refused.err);
        let day = (Utc::now() - TimeDelta::days(10)).format("%Y-%m-%d").to_string();
        let added = run(&[&add[..], &["--generated", &day]].concat()).succeeds();
        assert!(
            added.out.starts_with("Added Sales EU, https://localhost:1/sales, with credentials sb-first!b1 (client"),
            "{}",
            added.out
        );
        assert!(added.out.contains(", 354 days left)") || added.out.contains(", 355 days left)"), "{}", added.out);

        let listed = run(&["list", "portals", "--json"]).succeeds().json();
        assert_eq!(listed[0]["portal"]["address"], "https://localhost:1/sales");
        assert_eq!(listed[0]["current"]["origin"]["origin"], "imported");
        assert_eq!(listed[0]["current"]["kind"]["lifetime"]["lifetime"], "generated");
        assert!(listed[0]["current"]["validity"]["until"].is_string(), "{listed}");
        let table = run(&["list", "portals"]).succeeds().out;
        assert!(table.contains("In SAP") && table.contains("https://localhost:1/sales"), "{table}");
        let well = run(&["status"]).succeeds();
        assert_eq!(well.out.lines().last(), Some("All is well."), "{}", well.out);
        assert!(run(&["status", "--days", "400"]).fails(1).out.contains("Current credentials of the portal Sales EU"));

        let refused = run(&["generate", "Sales EU"]).fails(3);
        assert!(refused.err.contains("is in SAP"), "{}", refused.err);
        assert!(refused.err.contains("drawbridge import"), "{}", refused.err);
        let tested = run(&["test", "Sales EU"]).fails(1);
        assert!(tested.out.contains("✓ Document") && tested.out.contains("✗ Name and network"), "{}", tested.out);

        // What goes out is what came in, further members too.
        let out = run(&["export", "Sales EU", "--out", "-"]).succeeds();
        let given: Value = serde_json::from_str(&connection("sb-first!b1", FIRST)).expect("JSON");
        assert_eq!(out.json(), given);

        let import = |document: &str, options: &[&str]| {
            run_with(&[&["import", "sales eu", "-", "--generated", "unknown"], options].concat(), document)
        };
        let same = import(&connection("sb-first!b1", FIRST), &[]).fails(3);
        assert!(same.err.contains("has these credentials already"), "{}", same.err);
        let other = connection("sb-second!b1", SECOND).replace("localhost:1/sales", "localhost:1/support");
        assert!(import(&other, &[]).fails(3).err.contains("not to the portal Sales EU"));
        let imported = import(&connection("sb-second!b1", SECOND), &[]).succeeds();
        assert_eq!(
            imported.out,
            "Imported credentials of Sales EU: sb-second!b1 (client secret, end unknown). The former ones stay \
                 until they are removed.\n"
        );
        let credentials = run(&["list", "credentials", "--json"]).succeeds().json();
        assert_eq!(credentials[0]["portal"]["name"], "Sales EU");
        assert_eq!(credentials[0]["credential"]["kind"]["lifetime"]["lifetime"], "unknown");
        assert_eq!(credentials[0]["credential"]["origin"]["keyName"], Value::Null);
        assert_eq!(credentials[1]["credential"]["state"]["state"], "superseded");
        for (what, expected) in [("imported", "imported"), ("end unknown", "end unknown")] {
            assert!(run(&["list", "credentials"]).succeeds().out.contains(expected), "{what}");
        }
        run(&["export", "Sales EU", "--credential", "sb-first!b1", "--out", "-"]).succeeds();

        world.portal("Here");
        let here = import_into("Here", &connection("sb-third!b1", FIRST)).fails(3);
        assert!(here.err.contains("drawbridge generate"), "{}", here.err);
    });
}

fn import_into(portal: &str, document: &str) -> super::Ran {
    run_with(&["import", portal, "-"], document)
}

#[test]
fn a_document_that_holds_several_credentials_or_no_url_is_completed_by_options() {
    in_session(
        "portals_in_sap::a_document_that_holds_several_credentials_or_no_url_is_completed_by_options",
        |session| {
            let world = World::new(session);
            world.generate("Here", SECRET);
            let folder = tempfile::tempdir().expect("a folder");
            let credentials = |id: &str| {
                json!({
                    "clientid": id, "clientsecret": FIRST, "url": "https://localhost:1", "xsappname": "x!b1",
                    "credential-type": "binding-secret",
                })
            };
            let document = json!({ "xsuaa": [
                { "name": "one", "credentials": credentials("sb-one!b1") },
                { "name": "two", "credentials": credentials("sb-two!b1") },
            ] });
            let file = folder.path().join("vcap.json");
            fs::write(&file, document.to_string()).expect("a document");
            let file = file.to_str().expect("UTF-8");

            for command in [&["test", file][..], &["add", "Sales", "--subaccount", "s", file]] {
                let several = run(command).fails(2);
                assert!(several.err.contains("1 (one), 2 (two)"), "{command:?}: {}", several.err);
            }
            let lacking = run(&["add", "Sales", "--subaccount", "s", file, "--choose", "two"]).fails(3);
            assert!(lacking.err.contains("\"url\" is missing"), "{}", lacking.err);
            assert!(lacking.err.contains("--portal-url"), "{}", lacking.err);
            let complete = ["--choose", "two", "--portal-url", "https://localhost:1/sales"];
            let tested = run(&[&["test", file][..], &complete].concat()).fails(1);
            assert!(tested.out.contains("✓ Document") && tested.out.contains("✗ Name and network"), "{}", tested.out);
            let added = run(&[&["add", "Sales", "--subaccount", "s", file, "--json"][..], &complete].concat());
            let added = added.succeeds().json();
            assert_eq!(added["current"]["clientId"], "sb-two!b1");
            assert_eq!(
                added["current"]["kind"]["lifetime"]["lifetime"], "ofServiceKey",
                "an XSUAA key is a service key"
            );
            assert_eq!(added["portal"]["address"], "https://localhost:1/sales");

            let own = folder.path().join("own.json");
            fs::write(&own, connection("sb-second!b1", SECOND)).expect("a document");
            let own = own.to_str().expect("UTF-8");
            for command in [
                &["add", "Other", "--subaccount", "o", own, "--generated", "unknown"][..],
                &["import", "Sales", own, "--generated", "unknown"],
            ] {
                let differs = run(&[command, &["--portal-url", "https://localhost:1/support"]].concat()).fails(3);
                assert!(differs.err.contains("The document names another URL of the API portal"), "{}", differs.err);
                assert!(differs.err.contains("Leave out --portal-url"), "{}", differs.err);
            }
            let same = ["--generated", "unknown", "--portal-url", "HTTPS://LOCALHOST:1/sales/"];
            run(&[&["import", "Sales", own], &same[..]].concat()).succeeds();

            let pointless = run(&["test", "--portal", "Here", "--choose", "1"]).fails(2);
            assert!(pointless.err.contains("are for documents"), "{}", pointless.err);
        },
    );
}
