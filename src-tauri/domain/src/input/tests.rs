use super::*;

fn found(text: &str) -> Option<(char, usize)> {
    match single_line(Field::Name, text, 200) {
        Err(InputProblem::InvisibleCharacter { character, position, .. }) => Some((character, position)),
        Ok(_) => None,
        Err(other) => panic!("{text:?}: {other}"),
    }
}

#[test]
fn a_name_holds_nothing_that_nobody_sees() {
    for (text, character, position) in [
        ("Sa\u{200b}les", '\u{200b}', 3),
        ("Sales\u{202e}UE", '\u{202e}', 6),
        ("Sales\u{2066}EU\u{2069}", '\u{2066}', 6),
        ("\u{feff}Sales", '\u{feff}', 1),
        ("Sa\u{ad}les", '\u{ad}', 3),
        ("Sa\u{200d}les", '\u{200d}', 3),
        ("Gr\u{f6}\u{200c}\u{df}e", '\u{200c}', 4),
        ("Sales\u{3164}", '\u{3164}', 6),
        ("Sales\u{e0041}", '\u{e0041}', 6),
        ("Sales\u{fe0f}", '\u{fe0f}', 6),
        ("Sales\u{61c}", '\u{61c}', 6),
        ("Sa\u{2060}les", '\u{2060}', 3),
        ("Sa\u{180e}les", '\u{180e}', 3),
        ("Sales\u{200e}\u{200f}", '\u{200e}', 6),
        ("Sales\u{fff9}EU\u{fffb}", '\u{fff9}', 6),
        ("Sales\u{e0100}", '\u{e0100}', 6),
        ("Sales\u{e007f}", '\u{e007f}', 6),
        ("Sales\u{1d173}", '\u{1d173}', 6),
        ("Sa\u{34f}les", '\u{34f}', 3),
    ] {
        assert_eq!(found(text), Some((character, position)), "{text:?} looks like another name");
    }
}

#[test]
fn scripts_and_emoji_that_need_a_joiner_may_have_it() {
    for text in [
        "Größe",
        "می\u{200c}خواهم",
        "क्\u{200d}ष",
        "Team \u{1f469}\u{200d}\u{1f4bb}",
        "Sales \u{2764}\u{fe0f}",
        "東京",
        "العربية",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn a_name_has_one_spelling() {
    for text in [
        "Größe EU",
        "Gro\u{308}ße EU",
        " Größe\u{a0}EU ",
        "Größe\u{202f}EU",
        "Größe\u{2007}\u{205f}EU",
        "Größe \u{2003}\t EU",
        "Größe\u{2028}EU\n",
        "Größe\u{3000}EU",
    ] {
        assert_eq!(single_line(Field::Name, text, 200).unwrap(), "Größe EU", "{text:?} cannot be typed");
    }
}

#[test]
fn names_that_look_alike_are_the_same() {
    for (one, other) in [
        ("Sales EU", "sales eu"),
        ("Sales EU", "Sales\u{a0}\u{a0}EU"),
        ("Größe", "GRO\u{308}ßE"),
        ("Sales", "S\u{430}les"),
        ("Sales", "SaIes"),
        ("sales", "SaIes"),
        ("IBM", "ibm"),
        ("Sales \u{2764}\u{fe0f}", "Sales \u{2764}"),
    ] {
        assert!(looks_alike(one, other) && looks_alike(other, one), "{one:?} and {other:?} look alike");
    }
    for (one, other) in
        [("Sales EU", "SalesEU"), ("Große", "Grose"), ("Größe", "Grosse"), ("Sales 1", "Sales 2"), ("東京", "京東")]
    {
        assert!(!looks_alike(one, other), "{one:?} and {other:?} are told apart");
    }
}

#[test]
fn a_confirmation_is_typed_in_any_spelling_of_the_same_letters() {
    for typed in ["Größe EU", "  Gro\u{308}ße\u{a0}EU\n"] {
        assert!(check_confirmation(typed, "Größe EU").is_ok(), "{typed:?}");
    }
    assert!(check_confirmation("Größe EU", "Gro\u{308}ße  EU").is_ok(), "a name that an earlier version stored");
    assert!(check_confirmation("größe eu", "Größe EU").is_err(), "it is typed letter for letter");
}

#[test]
fn a_comment_keeps_every_character() {
    for text in ["please\nap\u{202e}prove", "a\u{1b}[2Jb", "a\u{200b}b"] {
        assert_eq!(free_text(Field::Comment, text, 200).unwrap(), text);
    }
}
