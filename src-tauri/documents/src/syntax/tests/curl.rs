use proptest::prelude::*;

use super::*;

fn parts(source: &str) -> Vec<(String, String)> {
    let binding = only(source);
    let member = |member: &Member| (member.key.to_string(), member.value.text().unwrap().to_owned());
    binding.node.members().iter().map(member).collect()
}

fn owned(parts: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut owned: Vec<_> = parts.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    owned.sort();
    owned
}

const PARTS: [(&str, &str); 3] =
    [("tokenUrl", "https://auth.example.com/oauth/token"), ("clientId", "sb-sales!b1"), ("clientSecret", SECRET)];

#[test]
fn the_script_that_is_exported_is_read_again() {
    let source = r#"#!/bin/sh
# Gets an access token. The secret reaches curl through standard input, so it never stands in the list of processes.
curl --fail-with-body --silent --show-error --config - <<'END'
url = "https://auth.example.com/oauth/token"
globoff
data-urlencode = "grant_type=client_credentials"
data-urlencode = "client_id=sb-sales!b1"
data-urlencode = "client_secret=pl4nted+s3cr3t/$="
END
"#;
    let mut read = parts(source);
    read.sort();
    assert_eq!(read, owned(&PARTS));
    let binding = only(source);
    assert_eq!(place(source, value(&binding.node, "tokenUrl")), (4, 8));
    assert_eq!(place(source, value(&binding.node, "clientSecret")), (8, 33));
}

#[test]
fn a_script_with_a_certificate_has_the_base_of_its_url() {
    let source = r#"#!/bin/sh
cd -- "$(dirname -- "$0")" || exit
curl --fail-with-body --silent --show-error --config - <<'END'
url = "https://auth.cert.example.com/oauth/token"
globoff
cert = "sales-chain.pem"
key = "sales-key.pem"
data-urlencode = "grant_type=client_credentials"
data-urlencode = "client_id=a\"b\\c\td"
END
"#;
    assert_eq!(
        parts(source),
        [
            ("certurl".to_owned(), "https://auth.cert.example.com".to_owned()),
            ("clientId".to_owned(), "a\"b\\c\td".to_owned())
        ]
    );
    assert_eq!(keys(&only("curl --cert a.pem --key b.pem https://auth.cert.example.com").node), ["certurl"]);
}

#[test]
fn commands_written_by_hand_are_read() {
    for source in [
        "curl -X POST -u 'sb-sales!b1:pl4nted+s3cr3t/$=' https://auth.example.com/oauth/token -d grant_type=client_credentials",
        "$ curl --user \"sb-sales!b1:pl4nted+s3cr3t/\\$=\" \\\n  --url https://auth.example.com/oauth/token",
        "curl -sSu'sb-sales!b1:pl4nted+s3cr3t/$=' https://auth.example.com/oauth/token | jq .access_token",
        "curl https://auth.example.com/oauth/token -d 'grant_type=client_credentials&client_id=sb-sales%21b1&client_secret=pl4nted%2Bs3cr3t%2F%24%3D'",
        "curl -d client_id='sb-sales!b1' -d client_secret='pl4nted%2bs3cr3t/$=' https://auth.example.com/oauth/token",
        "curl --data-urlencode 'client_id=sb-sales!b1' --data-urlencode 'client_secret=pl4nted+s3cr3t/$=' 'https://auth.example.com/oauth/token'",
        "TOKEN=$(curl -s -u 'sb-sales!b1:pl4nted+s3cr3t/$=' 'https://auth.example.com/oauth/token?grant_type=client_credentials')",
        "curl -H 'Accept: application/json' -H 'Authorization: Basic c2Itc2FsZXMhYjE6cGw0bnRlZCtzM2NyM3QvJD0=' https://auth.example.com/oauth/token",
        "curl.exe -x http://proxy.example.com -u 'sb-sales!b1:pl4nted+s3cr3t/$=' https://auth.example.com/oauth/token\r\n",
        "# my notes\n\ncurl -u 'sb-sales!b1:pl4nted+s3cr3t/$=' \\\r\n https://auth.example.com/oauth/token; curl https://api.example.com",
    ] {
        let mut read = parts(source);
        read.sort();
        assert_eq!(read, owned(&PARTS), "{source}");
    }
}

#[test]
fn values_have_their_places_in_the_command() {
    let source =
        "curl -X POST \\\n  -u 'sb-sales!b1:pl4nted' \\\n  -d 'grant_type=a&client_id=b' https://auth.example.com";
    let members: Vec<_> =
        only(source).node.members().iter().map(|m| (m.key.to_string(), place(source, &m.value))).collect();
    assert_eq!(
        members,
        [
            ("clientId".to_owned(), (2, 7)),
            ("clientSecret".to_owned(), (2, 19)),
            ("clientId".to_owned(), (3, 30)),
            ("tokenUrl".to_owned(), (3, 33)),
        ]
    );
}

#[test]
fn several_commands_are_several_bindings() {
    let source = "curl -u a:b https://one.example.com\ncurl -u c:d https://two.example.com\n";
    assert_eq!(names(source), ["", "#2"]);
}

#[test]
fn a_quote_that_is_not_closed_is_reported_where_it_opens() {
    assert_eq!(
        defect("curl -u 'sb-sales!b1:pl4nted \\\n https://auth.example.com"),
        "line 1, column 9: this curl command is damaged: missing closing quote"
    );
}

proptest! {
    #[test]
    fn words_are_split_as_another_shell_splitter_splits_them(command in "([a-z]|[ '\"]|\\\\.| \\\\\n[a-z]){0,20}") {
        let source = format!("curl {command}");
        let expected = shlex::split(&source);
        let read = super::super::curl::split_words(&source);
        if let (Some(expected), Some(read)) = (expected, read) {
            prop_assert_eq!(read, expected);
        }
    }
}
