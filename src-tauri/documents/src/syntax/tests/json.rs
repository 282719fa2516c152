use super::*;

#[test]
fn members_are_read_with_their_places_and_in_their_order() {
    let binding = only(SECRET_DOCUMENT);
    assert_eq!(keys(&binding.node), ["url", "tokenUrl", "clientId", "clientSecret"]);
    assert_eq!(text(&binding.node, "clientSecret"), SECRET);
    assert_eq!(place(SECRET_DOCUMENT, value(&binding.node, "clientSecret")), (5, 19));
    assert_eq!(
        Source { text: SECRET_DOCUMENT }.place(binding.node.members()[1].key_at).to_string(),
        "line 3, column 3"
    );
    assert_eq!(binding.name, "", "the document is the credentials");
    assert_eq!(binding.wrappers, []);
}

#[test]
fn a_key_that_comes_twice_is_kept_twice() {
    let binding = only("{\"clientid\": \"a\", \"clientid\": \"b\"}");
    let values: Vec<_> = binding.node.members().iter().map(|member| member.value.text()).collect();
    assert_eq!(values, [Some("a"), Some("b")], "which one counts is not ours to guess");
}

#[test]
fn values_that_are_no_text_keep_what_they_say() {
    let binding = only("{\"a\": 12.50, \"b\": true, \"c\": null, \"d\": [1], \"e\": {}}");
    let scalar = |key: &str| match &value(&binding.node, key).value {
        Value::Scalar(scalar) => scalar.as_str().to_owned(),
        other @ (Value::Text(_) | Value::Object(_) | Value::List(_)) => panic!("{key} is {other:?}"),
    };
    assert_eq!([scalar("a"), scalar("b"), scalar("c")], ["12.50", "true", "null"]);
    assert!(matches!(&value(&binding.node, "d").value, Value::List(elements) if elements.len() == 1));
    assert!(matches!(&value(&binding.node, "e").value, Value::Object(members) if members.is_empty()));
}

#[test]
fn escapes_arrive_as_what_they_stand_for() {
    let escaped = SECRET_DOCUMENT.replace("pl4nted+s3cr3t/$=", r"\u0070l4nted+s3cr3t\/\u0024=");
    assert_eq!(text(&only(&escaped).node, "clientSecret"), SECRET, "JSON has several ways to write a character");
}

#[test]
fn certificates_may_hold_real_line_breaks() {
    let document =
        "{\"certificate\": \"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n\", \"key\": \"x\"}";
    let binding = only(document);
    assert_eq!(
        text(&binding.node, "certificate"),
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "editors resolve the escapes when they are asked to"
    );
}

#[test]
fn a_missing_comma_is_reported_where_it_is_missing() {
    assert_eq!(
        defect(sample("09")),
        "line 7, column 48: this is not valid JSON: Expected comma",
        "behind the value of line 7, where it has to be typed"
    );
    let one_line = SECRET_DOCUMENT.replace('\n', "").replace("b1\",", "b1\"");
    let column = one_line.find("b1\"").unwrap() + "b1\"".len() + 1;
    assert_eq!(defect(&one_line), format!("line 1, column {column}: this is not valid JSON: Expected comma"));
}

#[test]
fn a_missing_closing_quote_is_reported_where_it_is_missing() {
    for (from, to, place) in [
        ("example.com\",\n", "example.com,\n", "line 2, column 36"),
        ("/token\",\n", "/token,  \n", "line 3, column 52"),
        ("$=\"\n", "$=\n", "line 5, column 37"),
        ("b1\",\n", "b1\n", "line 4, column 27"),
    ] {
        let text = SECRET_DOCUMENT.replacen(from, to, 1);
        assert_eq!(
            defect(&text),
            format!("{place}: this is not valid JSON: Missing closing quote"),
            "not on the next line, where a parser stumbles: {text}"
        );
    }
    for block in [
        "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n",
        "-----BEGIN A-----\nMIIB\n-----END A-----",
    ] {
        let text = format!("{{\n\"certificate\": \"{block},\n\"key\": \"x\"\n}}");
        let expected = Source { text: &text }.place(text.find(",\n").unwrap());
        assert_eq!(defect(&text), format!("{expected}: this is not valid JSON: Missing closing quote"), "{block}");
    }
}

#[test]
fn a_missing_comma_behind_a_certificate_with_real_line_breaks_is_no_missing_quote() {
    let text = "{\"certificate\": \"-----BEGIN A-----\nMIIB\n-----END A-----\n\"\n\"key\": \"x\"}";
    assert_eq!(defect(text), "line 4, column 2: this is not valid JSON: Expected comma");
}

#[test]
fn a_truncated_document_is_reported_where_it_breaks_off() {
    let up_to = |end: &str| SECRET_DOCUMENT.split_once(end).unwrap().0.to_owned() + end;
    for (text, message) in [
        (up_to("b1\","), "line 4, column 29: this is not valid JSON: Unterminated object"),
        (up_to("b1\",\n"), "line 5, column 1: this is not valid JSON: Unterminated object"),
        (up_to("s3cr"), "line 5, column 19: this is not valid JSON: Unterminated string literal"),
        (
            up_to("\"clientSecret\""),
            "line 5, column 17: this is not valid JSON: Expected colon after the string or word in object property",
        ),
        (
            up_to("\"clientSecret\":"),
            "line 5, column 18: this is not valid JSON: Expected value after colon in object property",
        ),
        ("{".to_owned(), "line 1, column 2: this is not valid JSON: Unterminated object"),
        ("[1, 2".to_owned(), "line 1, column 6: this is not valid JSON: Unterminated array"),
    ] {
        assert_eq!(defect(&text), message, "{text}");
    }
}

#[test]
fn half_a_document_is_reported_by_the_half_that_is_missing() {
    let second_half = &SECRET_DOCUMENT[SECRET_DOCUMENT.find("  \"tokenUrl\"").unwrap()..];
    assert_eq!(defect(second_half), "line 1, column 3: this is not valid JSON: Missing opening brace");
    assert_eq!(defect("}\n"), "line 1, column 1: this is not valid JSON: Unexpected close brace");
}

#[test]
fn what_is_not_json_is_reported_with_its_place() {
    for (from, to, message) in [
        (
            "\"https://sales.example.com\"",
            "https://sales.example.com",
            "line 2, column 10: this is not valid JSON: Unexpected word",
        ),
        (
            "\"url\":",
            "\"url\"",
            "line 2, column 9: this is not valid JSON: Expected colon after the string or word in object property",
        ),
        ("\"url\"", "url", "line 2, column 3: this is not valid JSON: Expected string for object property"),
        ("\"url\"", "'url'", "line 2, column 3: this is not valid JSON: Single-quoted strings are not allowed"),
        ("b1\",", "b1\",,", "line 4, column 29: this is not valid JSON: Unexpected token in object"),
        ("$=\"\n", "$=\",\n", "line 5, column 38: this is not valid JSON: Trailing commas are not allowed"),
        (
            "  \"clientId\"",
            "  // the client\n  \"clientId\"",
            "line 4, column 3: this is not valid JSON: Comments are not allowed",
        ),
        ("\n}\n", "\n}\n}\n", "line 7, column 1: this is not valid JSON: Text cannot contain more than one JSON value"),
        ("sb-sales", "sb\\-sales", "line 4, column 18: this is not valid JSON: Invalid escape"),
        ("sb-sales", "sb\\u00-sales", "line 4, column 18: this is not valid JSON: Expected four hex digits"),
    ] {
        assert_eq!(defect(&SECRET_DOCUMENT.replacen(from, to, 1)), message, "{to}");
    }
}

#[test]
fn an_invalid_escape_sequence_is_not_repeated() {
    let text = SECRET_DOCUMENT.replace(SECRET, "secret-\\udbad!");
    assert_eq!(
        defect(&text),
        "line 5, column 27: this is not valid JSON: Invalid unicode escape sequence",
        "its digits are a piece of the secret"
    );
}

#[test]
fn deep_nesting_is_refused_at_the_place_where_it_is_too_deep() {
    const TOO_DEEP: &str = "this is nested deeper than any credential document";
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    only(&nested(32));
    assert_eq!(defect(&nested(33)), format!("line 1, column 161: {TOO_DEEP}"));
    assert_eq!(defect(&"[".repeat(100_000)), format!("line 1, column 33: {TOO_DEEP}"), "it must not end the program");
    assert_eq!(defect(&"{\"a\":[".repeat(100_000)), format!("line 1, column 97: {TOO_DEEP}"));
}
