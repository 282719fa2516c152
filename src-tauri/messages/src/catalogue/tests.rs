use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use chrono::DateTime;

use super::*;
use crate::{Argument, Day, Joined, Message, Moment, message};

/// The ids of a file, those of attributes included, with the names of their variables.
fn variables(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some(next) = id_at(line, &id) {
            id = next;
            assert!(!found.contains_key(&id), "{id} is there twice");
            found.insert(id.clone(), BTreeSet::new());
        }
        for variable in line.split('$').skip(1) {
            let end = variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
            found.get_mut(&id).unwrap().insert(variable[..end.unwrap_or(variable.len())].to_owned());
        }
    }
    found
}

/// The message that an id is of, or that the attribute of that id belongs to.
fn message_of(id: &str) -> &str {
    id.split('.').next().unwrap()
}

/// What each message or attribute of a file refers to, as `{ id }` or `{ id.attribute }`.
fn references(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        id = id_at(line, &id).unwrap_or(id);
        let inside = line.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(inside, _)| inside.trim());
        let referred = inside.filter(|inside| inside.starts_with(|c: char| c.is_ascii_lowercase()));
        found.entry(id.clone()).or_default().extend(referred.map(str::to_owned));
    }
    found
}

/// The id of the message or attribute that begins on a line, after the one of `former`.
fn id_at(line: &str, former: &str) -> Option<String> {
    let attribute = || attribute_of_line(line).map(|name| format!("{}.{name}", message_of(former)));
    id_of_line(line).map(str::to_owned).or_else(attribute)
}

/// Every id with its variables; those of what it refers to are its own.
fn all(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let sources: Vec<&str> = FILES
        .iter()
        .map(|(_, english, german)| match language {
            Language::English => *english,
            Language::German => *german,
        })
        .collect();
    let mut found = BTreeMap::new();
    for source in &sources {
        for (id, variables) in variables(source) {
            assert!(found.insert(id.clone(), variables).is_none(), "{id} is in two files");
        }
    }
    let direct = found.clone();
    for source in sources {
        for (id, referred) in references(source) {
            for other in referred {
                let variables =
                    direct.get(&other).unwrap_or_else(|| panic!("{id} refers to {other}, which is not there"));
                found.get_mut(&id).unwrap().extend(variables.iter().cloned());
            }
        }
    }
    found
}

/// Every file of the workspace's Rust with its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut found);
    assert!(found.len() > 100, "the sources are where they are looked for");
    // The examples in here are no messages.
    found.retain(|(path, _)| {
        !path.ends_with("messages/src/catalogue/tests.rs") && !path.ends_with("messages/src/lib.rs")
    });
    found
}

/// What `message!` is called with: the id, and the names of the arguments.
fn uses(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for (at, start) in source.match_indices("message!(") {
        let rest = &source[at + start.len()..];
        let Some(text) = rest.trim_start().strip_prefix('"') else { continue };
        let id = text[..text.find('"').unwrap()].to_owned();
        let mut names = BTreeSet::new();
        let (mut depth, mut quoted, mut piece) = (1, false, String::new());
        for c in text[id.len() + 1..].chars() {
            quoted ^= c == '"';
            depth += if quoted { 0 } else { i32::from("([{".contains(c)) - i32::from(")]}".contains(c)) };
            if depth == 0 || (depth == 1 && c == ',') {
                names.extend(piece.split_once(" = ").map(|(name, _)| name.trim().to_owned()));
                piece.clear();
                if depth == 0 {
                    break;
                }
            } else {
                piece.push(c);
            }
        }
        found.push((id, names));
    }
    found
}

#[test]
fn english_and_german_have_the_same_messages_with_the_same_variables() {
    let (english, german) = (all(Language::English), all(Language::German));
    for (id, variables) in &english {
        assert_eq!(german.get(id), Some(variables), "{id} in German");
    }
    for id in german.keys() {
        assert!(english.contains_key(id), "{id} is in German only");
    }
}

#[test]
fn every_file_is_read_without_a_complaint() {
    for (name, english, german) in FILES {
        for source in [english, german] {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{name}: {errors:?}");
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../messages/en");
    let known: BTreeSet<&str> = FILES.iter().map(|(name, ..)| *name).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.starts_with("core-") || known.contains(name.as_str()), "{name} is not read");
    }
}

/// A message is given what it needs, and its attributes too: they are rendered with the same arguments.
#[test]
fn every_message_that_the_code_names_is_there_and_gets_what_it_needs() {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, variables) in all(Language::English) {
        known.entry(message_of(&id).to_owned()).or_default().extend(variables);
    }
    for (path, source) in sources() {
        for (id, names) in uses(&source) {
            let variables = known.get(&id).unwrap_or_else(|| panic!("{id} in {} does not exist", path.display()));
            assert_eq!(&names, variables, "{id} in {}", path.display());
        }
    }
}

#[test]
fn every_message_is_used() {
    /// Entries of *Activity* from before still name them.
    const STORED_ONLY: [&str; 2] = ["activity-of-authority", "activity-repaired"];
    let sources = sources();
    let referred: BTreeSet<String> =
        FILES.iter().flat_map(|(_, english, _)| references(english)).flat_map(|(_, referred)| referred).collect();
    for id in all(Language::English).keys().filter(|id| !STORED_ONLY.contains(&id.as_str())) {
        let quoted = format!("\"{}\"", message_of(id));
        let named = sources.iter().any(|(_, source)| source.contains(&quoted));
        assert!(named || referred.contains(message_of(id)), "nothing uses {id}");
    }
}

/// Why a connection fails stands in a column of a table, too, which holds 32 characters.
#[test]
fn a_cause_has_a_short_text_that_fits_into_a_column() {
    let english = all(Language::English);
    let causes: Vec<&String> = english.keys().filter(|id| id.starts_with("cause-") && !id.contains('.')).collect();
    assert!(causes.len() > 50, "the causes are found");
    for id in causes {
        for language in Language::ALL {
            let short = find_text(language, &format!("{id}.short")).unwrap_or_default();
            assert!((1..=32).contains(&short.chars().count()), "{id}: {short}");
        }
    }
}

/// A person who is told that something does not work is told what to do about it.
#[test]
fn a_problem_says_what_to_do() {
    /// These stand within others only, say what to do themselves ("Enter a name."), or are titles.
    const WITHOUT: [&str; 8] = [
        "finding-extra-both",
        "finding-extra-unknown",
        "input-empty",
        "refusal-cannot",
        "refusal-cannot-request",
        "refusal-lifetime-known-certificate",
        "refusal-lifetime-known-here",
        "refusal-not-possible",
    ];
    let english = all(Language::English);
    for kind in ["cause-", "refusal-", "input-", "finding-", "certificate-", "pingone-"] {
        let of_kind = |id: &&String| id.starts_with(kind) && !id.contains('.') && !WITHOUT.contains(&id.as_str());
        let problems: Vec<&String> = english.keys().filter(of_kind).collect();
        assert!(problems.len() > 5, "the problems of the kind {kind} are found");
        for id in problems {
            assert!(english.contains_key(&format!("{id}.remedy")), "what to do about {id}");
        }
    }
}

/// A misspelled attribute would never be read.
#[test]
fn an_attribute_is_one_that_the_code_asks_for() {
    for (id, _) in all(Language::English) {
        if let Some((_, attribute)) = id.split_once('.') {
            assert!(["remedy", "cli", "short"].contains(&attribute), "{id}");
        }
    }
}

#[test]
fn every_text_without_variables_is_at_hand_in_both_languages() {
    for (id, variables) in all(Language::English) {
        for language in Language::ALL {
            let found = find_text(language, &id);
            assert_eq!(found.is_some(), variables.is_empty(), "{id}");
            assert!(found.is_none_or(|text| !text.trim().is_empty() || text.contains(' ')), "{id} is empty");
        }
    }
}

/// A text whose German is the same by mistake is one that nobody has translated.
#[test]
fn no_sentence_was_left_in_english() {
    let same = |id: &str| find_text(Language::English, id) == find_text(Language::German, id);
    for id in all(Language::English).keys().filter(|id| find_text(Language::English, id).is_some() && same(id)) {
        // Fields of the vendors' own forms keep their labels.
        let text = find_text(Language::English, id).filter(|_| !id.starts_with("field-")).unwrap_or_default();
        assert!(!text.ends_with('.') && text.split(' ').count() < 4, "{id} is not translated: {text}");
    }
}

#[test]
fn days_and_times_are_written_as_the_language_writes_them() {
    let at = DateTime::from_timestamp(1_795_269_900, 0).unwrap();
    let texts = |message: Message| Language::ALL.map(|language| message.render(language));
    let [english, german] = texts(message!("finding-issuer-ends-earlier", end = Day(at)));
    assert_eq!(english, "an issuer in the chain ends on 2026-11-21, before the certificate does");
    assert_eq!(german, "ein Aussteller in der Kette endet am 21.11.2026, vor dem Zertifikat selbst");
    let [english, german] = texts(message!("finding-expired", end = Moment(at)));
    assert_eq!(english, "the certificate expired on 2026-11-21 14:05 UTC");
    assert_eq!(german, "das Zertifikat ist am 21.11.2026 14:05 UTC abgelaufen");
}

#[test]
fn numbers_and_plurals_follow_the_language() {
    let texts = |message: Message| Language::ALL.map(|language| message.render(language));
    assert_eq!(
        texts(message!("finding-too-large", bytes = 1_048_577, limit = 999)),
        [
            "1048577 bytes are too many for a credential document; the limit is 999",
            "1.048.577 Bytes sind zu viel für ein Dokument mit Zugangsdaten; die Grenze ist 999"
        ]
    );
    assert_eq!(texts(message!("found-apis", count = 0)), ["no APIs", "keine APIs"]);
    assert_eq!(texts(message!("found-apis", count = 1)), ["1 API", "1 API"]);
    assert_eq!(texts(message!("found-apis", count = 2)), ["2 APIs", "2 APIs"]);
}

#[test]
fn a_list_and_a_message_inside_of_another_are_of_its_language() {
    let repairs = [message!("repair-indentation"), message!("repair-missing-line-breaks")];
    let repairs = Argument::list(repairs, Joined::ByAnd);
    let message = message!("finding-pem-repaired", part = "key", repairs = repairs);
    assert_eq!(
        message.render(Language::English),
        "\"key\" was repaired: white space around lines and missing line breaks"
    );
    assert_eq!(
        message.render(Language::German),
        "„key“ wurde repariert: Leerzeichen um Zeilen und fehlende Zeilenumbrüche"
    );
}

#[test]
fn nothing_fails_whatever_is_missing() {
    assert_eq!(render(Language::German, "no-such-message", |_| FluentArgs::new()), "no-such-message");
    assert_eq!(Message::new("no-such-message").text(Language::English), "no-such-message");
    assert_eq!(
        render(Language::German, "finding-weak-key", |_| FluentArgs::new()),
        "finding-weak-key",
        "without its argument"
    );
}

#[test]
fn what_is_stored_in_one_language_is_read_in_another() {
    let at = DateTime::from_timestamp(1_795_269_900, 0).unwrap();
    let message = message!("seen-deleted", name = "Bob", at = Moment(at));
    let json = serde_json::to_string(&message).unwrap();
    let read: Message = serde_json::from_str(&json).unwrap();
    assert_eq!(read, message, "{json}");
    assert_eq!(read.render(Language::German), "gelöscht von Bob am 21.11.2026 14:05 UTC");
    assert_eq!(serde_json::to_string(&read).unwrap(), json, "it can be stored once more");

    let verbatim: Message = serde_json::from_str("\"as it was told\"").unwrap();
    assert_eq!(verbatim, Message::verbatim("as it was told"), "rows of older versions hold the sentence itself");
    assert_eq!(serde_json::to_string(&verbatim).unwrap(), "\"as it was told\"");
}

/// Rows that another version has written: each reads as it did then.
#[test]
fn what_was_stored_reads_as_it_was_written_whatever_became_of_the_message() {
    for (became, id, arguments) in [
        ("its words changed", "seen-deleted", r#"[["name",{"text":"Bob"}],["at",{"moment":"2026-11-21T14:05:00Z"}]]"#),
        ("an argument has another name", "seen-deleted", r#"[["who",{"text":"Bob"}]]"#),
        ("it needs an argument more", "seen-deleted", r#"[["name",{"text":"Bob"}]]"#),
        ("it is there no more", "seen-thrown-away", r#"[["name",{"text":"Bob"}]]"#),
    ] {
        let json = format!(
            r#"{{"id":"{id}","arguments":{arguments},"text":"thrown away by Bob","de":"von Bob weggeworfen"}}"#
        );
        let read: Message = serde_json::from_str(&json).unwrap();
        assert_eq!(read.render(Language::English), "thrown away by Bob", "{became}");
        assert_eq!(read.render(Language::German), "von Bob weggeworfen", "{became}");
        assert_eq!(serde_json::to_string(&read).unwrap(), json, "{became}");
        let around = message!("seen-and", seen = read, reason = "again");
        assert_eq!(around.render(Language::German), "von Bob weggeworfen; again", "{became}");
    }
}

/// Versions before December 2026 stored the English text only.
#[test]
fn what_was_stored_in_english_only_is_german_where_the_message_is_still_the_same() {
    let stored = |id: &str| {
        let json = format!(r#"{{"id":"{id}","arguments":[["hours",{{"number":3}}]],"text":"Each 3 hours"}}"#);
        serde_json::from_str::<Message>(&json).unwrap()
    };
    let known = stored("activity-every-hours");
    assert_eq!(Language::ALL.map(|language| known.render(language)), ["Each 3 hours", "Alle 3 Stunden"]);
    assert_eq!(known, message!("activity-every-hours", hours = 3));
    for gone in ["activity-every-so-often", "activity-at-hub"] {
        assert_eq!(stored(gone).render(Language::German), "Each 3 hours", "better than nothing");
    }
}

#[test]
fn two_messages_are_equal_if_they_say_the_same_of_the_same() {
    let hub = |name: &str| message!("activity-at-hub", hub = name);
    assert_eq!(hub("A"), hub("A"));
    assert_ne!(hub("A"), hub("B"));
    assert_ne!(hub("A"), message!("activity-formerly", name = "A"));
    assert_ne!(hub("A"), Message::verbatim("Hub A"), "a text is no message, even if it reads alike");
}
