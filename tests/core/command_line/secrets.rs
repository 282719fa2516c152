//! Secrets: looked for in everything that is printed or stored.

use std::{fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::{P256, SECRET, Serving, World, in_session, run};

#[test]
fn only_out_dash_prints_a_secret() {
    in_session("secrets::only_out_dash_prints_a_secret", |session| {
        let world = World::new(session);
        world.connect("Sales", SECRET, "sales-eu");
        world.generate("Support", P256);
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let serving = Serving::start(&[]);

        let mut all = Vec::new();
        let mut go = |arguments: &[&str]| {
            for json in [false, true] {
                let mut arguments = arguments.to_vec();
                if json {
                    arguments.push("--json");
                }
                let ran = run(&arguments);
                all.push(ran.out);
                all.push(ran.err);
            }
        };
        let mut secrets = Vec::new();
        for portal in ["Sales", "Support"] {
            let document = run(&["export", portal, "--out", "-"]).succeeds().out;
            secrets.extend(secret_parts(&document));
            fs::write(file(portal), &document).expect("a document");
            // Cut off behind the secret, so that its reader stumbles right there.
            let secret_at = document.find(&secrets[secrets.len() - 1]).expect("the secret");
            fs::write(file("broken"), &document[..secret_at + 20]).expect("a document");
            go(&["test", &file(portal)]);
            go(&["test", "--file", &file("broken")]);
            go(&["test", &document]);
            go(&["test", "--connection", &document]);
            go(&["export", &document, "--out", "-"]);
            go(&["export", portal, "--credential", &document, "--out", "-"]);
            go(&["export", portal, "--out", &file(&format!("{portal}-2")), "--force"]);
            go(&["export", portal, &document]);
            go(&["generate", portal, "--kind", &document]);
            go(&["inspect", &file(portal)]);
            go(&["inspect", &document]);
            go(&["convert", &file(portal), "--to", "env", "--out", &file("env"), "--force"]);
            go(&["convert", &file(portal), "--to", "env", "--portal-url", &document, "--out", &file("env"), "--force"]);
            go(&["convert", &file(portal), "--to", "pkcs12", "--out-password-file", &document, "--out", &file("p12")]);
            go(&["add", "Elsewhere", "--subaccount", "elsewhere", &file(portal)]);
            go(&["add", &document, "--subaccount", &document, &file(portal)]);
            go(&["import", portal, &file(portal)]);
            go(&["import", &document, &document, "--generated", &document]);
            go(&[&document]);
            go(&["test", "--portal", portal]);
        }
        go(&["test", "sales-eu"]);
        for what in ["portals", "hubs", "requests", "credentials"] {
            go(&["list", what]);
        }
        go(&["list"]);
        go(&["status"]);
        go(&["generate", "Sales", "--kind", "secret", "--out", &file("new")]);
        secrets.extend(secret_parts(&fs::read_to_string(file("new")).expect("the new document")));
        let aside = run(&["generate", "Support", "--kind", "secret", "--out", "-"]).succeeds();
        secrets.extend(secret_parts(&aside.out));
        assert!(aside.err.starts_with("Regenerated credentials of Support"), "{}", aside.err);
        all.push(aside.err);
        all.push(serving.stop().1);

        assert!(secrets.len() >= 5, "client secrets and the lines of a key: {}", secrets.len());
        assert!(
            contains_any(aside.out.as_bytes(), &secrets),
            "a search that finds nothing anywhere would prove nothing"
        );
        // Which one it is says enough: the text itself would print the secret once more.
        for (number, text) in all.iter().enumerate() {
            assert!(!contains_any(text.as_bytes(), &secrets), "a secret was printed, in text {number}");
        }
        let mut files = 0;
        visit(&world.folder, &mut |path, content| {
            files += 1;
            assert!(!contains_any(content, &secrets), "a secret is in {}", path.display());
        });
        assert!(files >= 2, "the database and a log file: {files}");
    });
}

/// The pieces by which the secret of a document would be recognised: the client secret, or the later lines of the key
/// (the head of a key is the same in all keys of its kind).
pub fn secret_parts(document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).expect("JSON");
    if let Some(secret) = document["clientSecret"].as_str() {
        return vec![secret.to_owned()];
    }
    let key = document["key"].as_str().expect("a key");
    let lines: Vec<&str> = key.lines().filter(|line| !line.starts_with("-----")).collect();
    lines[lines.len() / 2..].iter().filter(|line| line.len() > 16).map(|line| (*line).to_owned()).collect()
}

/// Whether one of the secrets is there: as it is, in base64, as hexadecimal digits, or as in a form.
pub fn contains_any(content: &[u8], secrets: &[String]) -> bool {
    secrets.iter().any(|secret| {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        let form = secret.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        [secret.clone(), BASE64_STANDARD.encode(secret).trim_end_matches('=').to_owned(), hex, form]
            .iter()
            .any(|spelling| content.windows(spelling.len()).any(|window| window == spelling.as_bytes()))
    })
}

/// Shows every file below `folder`.
pub fn visit(folder: &Path, look: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else {
            look(&path, &fs::read(&path).expect("a file"));
        }
    }
}
