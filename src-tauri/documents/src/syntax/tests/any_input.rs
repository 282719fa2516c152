//! Whatever is given, reading it ends, soon, without a panic.

use std::time::{Duration, Instant};

use proptest::{prelude::*, sample::select};

use super::*;

/// Documents in every syntax.
fn documents() -> Vec<&'static str> {
    let others = [
        SECRET_DOCUMENT,
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  client_id: YQ==\nstringData:\n  k: '{\"clientid\": \"a\"}'\n",
        "export SALES_CLIENT_ID='a'\nSALES_CLIENT_SECRET=\"b\\\"c\"\nVCAP_SERVICES={\"xsuaa\":[{\"credentials\":{}}]}\n",
        "Name=sales\nURL=https\\://sales.example.com\nclientSecret=a\\u00e4\\\n  b\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
        "curl -X POST -u 'a:b' \\\n https://auth.example.com/oauth/token -d client_id=c --config - <<'END'\nurl = \"d\\\"e\"\nEND\n",
        "```json\n{\"credentials\": {\"clientid\": \"a\"}}\n```\n",
        "System-Provided:\nVCAP_SERVICES: {\n \"xsuaa\": []\n}\n\n{\"VCAP_APPLICATION\": {}}\n",
        "\"{\\\"credentials\\\": \\\"{\\\\\\\"clientid\\\\\\\": 1}\\\"}\"",
    ];
    SAMPLES.iter().map(|(_, text)| *text).chain(others).collect()
}

/// What a slip of the hand does to a text.
fn damage(text: &str, slips: &[(usize, u8, String)]) -> String {
    let mut text = text.to_owned();
    for (at, kind, insert) in slips {
        let mut at = at % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        match kind % 4 {
            0 => text.truncate(at),
            1 => text.insert_str(at, insert),
            2 => drop(text.drain(..at)),
            _ => {
                let end = text[at..].char_indices().nth(3).map_or(text.len(), |(length, _)| at + length);
                text.replace_range(at..end, insert);
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_mixture_of_what_syntaxes_consist_of_makes_reading_panic(
        pieces in prop::collection::vec(select(vec![
            "{", "}", "[", "]", "\"", "'", ",", ":", "\\", "\n", "\r\n", " ", "\t", "=", "#", "!", "&", "*", "|", ">", "-", "?",
            "<<", "---\n", "```\n", "-----BEGIN ", "-----END ", "CERTIFICATE-----", "curl ", "-u ", "--config - <<", "END\n",
            "VCAP_SERVICES", "credentials", "kind: Secret\n", "data:\n", "client_id", "=", "export ", "\\u", "00e4", "é", "😀",
            "\u{feff}", "http://", "1", "null", "items", "LS0tLS1CRUdJTi", "$(", "`", ";", "%", "@", "\u{2028}",
        ]), 0..40)
    ) {
        let _ = parse(&pieces.concat());
    }

    #[test]
    fn no_damage_to_a_document_makes_reading_panic(
        document in select(documents()),
        slips in prop::collection::vec((any::<usize>(), any::<u8>(), "[\\PC\n\"'{}\\[\\]:=,\\\\-]{0,4}"), 1..4)
    ) {
        if let Ok(parsed) = parse(&damage(document, &slips)) {
            prop_assert!(!parsed.bindings.is_empty());
            prop_assert!(parsed.bindings.iter().all(|binding| matches!(binding.node.value, Value::Object(_))));
        }
    }

    #[test]
    fn what_is_said_about_damage_quotes_nothing_of_the_document(
        document in select(documents()),
        slips in prop::collection::vec((any::<usize>(), any::<u8>(), Just("pl4nted\"".to_owned())), 1..4)
    ) {
        if let Err(finding) = parse(&damage(document, &slips)) {
            prop_assert!(!finding.to_string().contains("pl4n"), "{}", finding);
        }
    }
}

#[test]
fn the_time_grows_with_the_length_and_not_with_its_square() {
    const SIZE: usize = crate::MAX_BYTES / 16;
    for piece in [
        "{}\n",
        "{",
        "[",
        "[{",
        "[{}],",
        "\"",
        "\\",
        "\\\"",
        "'",
        "a",
        " ",
        "\n",
        "a=\n",
        "A_KEY=\n",
        "a: b\n",
        "a:\n",
        "- ",
        "-\n",
        "\"a\":\n",
        "```\n{}\n",
        "```\n",
        "-----BEGIN A-----",
        "-----END ",
        "curl -u a:b http://c\n",
        "curl '",
        "curl ",
        "a='\n",
        "a=\"\\\n",
        "a={\n",
        "a=-----BEGIN\n",
        "\\\n",
        "a\\\n",
        "{\"VCAP_SERVICES\":",
        "? ",
        "{a: ",
        "[a, ",
        "---\na: b\n",
        "&a ",
        "*a ",
        "!a ",
        "%a\n",
        "a: |\n",
        "a b",
        "#",
        "# ",
        "a_",
        "A_CLIENT_ID=1\nB",
        "LS0tLS1CRUdJTi",
        "curl <<a\n",
        "curl --config - <<a\n",
        "VCAP_SERVICES: {\n",
        "a: \"b\n",
        "a: 'b\n",
        "$(curl ",
        "a\t",
        "\u{feff}",
        "é",
    ] {
        let text = piece.repeat(SIZE / piece.len());
        for text in [
            text.clone(),
            format!("{{\"a\": \"{text}"),
            format!("A='{text}"),
            format!("a: {text}"),
            format!("[{text}]"),
        ] {
            let begin = Instant::now();
            let _ = parse(&text);
            // A debug build on a busy machine; what grows with the square takes longer.
            assert!(begin.elapsed() < Duration::from_secs(3), "{piece:?} took {:?}: {:.20}", begin.elapsed(), text);
        }
    }
}
