use proptest::prelude::*;

use super::{super::properties::read_members, *};

#[test]
fn a_destination_is_read_with_its_escapes_and_places() {
    let source = "#\n#Tue Mar 01 2026\nType=HTTP\nURL=https\\://sales.example.com\nName=sales\nclientSecret=pl4nted+s3cr3t/$\\=\n\
                  tokenServiceURL=https\\://auth.example.com/oauth/token\n";
    let binding = only(source);
    assert_eq!(keys(&binding.node), ["Type", "URL", "Name", "clientSecret", "tokenServiceURL"]);
    assert_eq!(text(&binding.node, "URL"), "https://sales.example.com");
    assert_eq!(text(&binding.node, "clientSecret"), SECRET);
    assert_eq!(place(source, value(&binding.node, "clientSecret")), (6, 14));
}

#[test]
fn every_way_to_write_a_property_is_read() {
    let source = "a=1\nb : 2\nc 3\nd\\ e\\=f = 4\n! comment\n  g   =   5  \nh = one \\\n    two\ni=\\u00e4\\uD83D\\uDE00\\t\\q\nj=\nk\n\
                  l\\\n  m=6\nauthentication=x\n";
    let read: Vec<(String, String)> = read_members(source, 0)
        .unwrap()
        .into_iter()
        .map(|member| (member.key.to_string(), member.value.text().unwrap().to_owned()))
        .collect();
    let expected = [
        ("a", "1"),
        ("b", "2"),
        ("c", "3"),
        ("d e=f", "4"),
        ("g", "5  "),
        ("h", "one two"),
        ("i", "ä😀\tq"),
        ("j", ""),
        ("k", ""),
        ("lm", "6"),
        ("authentication", "x"),
    ];
    assert_eq!(read, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn a_value_that_begins_on_the_next_line_has_its_place_there() {
    let source = "clientId=a\nclientSecret=\\\n   pl4nted\n";
    let binding = only(source);
    assert_eq!(text(&binding.node, "clientSecret"), "pl4nted");
    assert_eq!(place(source, value(&binding.node, "clientSecret")), (3, 4));
}

#[test]
fn an_escape_that_is_none_is_reported_with_its_place() {
    assert_eq!(
        defect("clientId=a\nclientSecret=ab\\u12\n"),
        "line 2, column 16: this properties is damaged: expected four hex digits behind \\u"
    );
}

/// A line as people write it, with every liberty that Java gives.
const LINE: &str = "([#!][a-c\\\\]{0,3}|[ \t]*([a-c]|\\\\[a-c:= ]|\\\\u00e4){1,3}([ \t]*[=:]?[ \t]*)([a-c=: #!]|\\\\[a-ctnrf\\\\]|[a-c]\\\\\r?\n[ \t]*[a-c]){0,6})?";

proptest! {
    #[test]
    fn properties_are_read_as_java_reads_them(lines in prop::collection::vec(LINE, 0..6), end in "\n|\r\n|\r") {
        let source = lines.join(&end);
        let mut expected = Vec::new();
        java_properties::PropertiesIter::new(source.as_bytes())
            .read_into(|key, value| expected.push((key, value)))
            .unwrap();
        let read: Vec<(String, String)> = read_members(&source, 0)
            .unwrap()
            .into_iter()
            .map(|member| (member.key.to_string(), member.value.text().unwrap().to_owned()))
            .collect();
        prop_assert_eq!(read, expected, "{:?}", source);
    }
}
