use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use pem_rfc7468::LineEnding;

use super::{PemRepair::*, *};

/// Two blocks with line feeds, and what they hold.
fn clean() -> (String, [Vec<u8>; 2]) {
    let first: Vec<u8> = (0..=255).cycle().take(700).collect();
    let second: Vec<u8> = (0..=255).rev().cycle().take(301).collect();
    let text = [("CERTIFICATE", &first), ("RSA PRIVATE KEY", &second)]
        .map(|(label, bytes)| pem_rfc7468::encode_string(label, LineEnding::LF, bytes).unwrap())
        .concat();
    (text, [first, second])
}

/// A label and what its block holds.
type Named = (String, Vec<u8>);

/// The blocks of a text, and the repairs.
fn blocks(text: &str) -> Option<(Vec<Named>, Vec<PemRepair>)> {
    let read = read(text)?;
    let blocks = read.blocks.into_iter().map(|block| match block.content {
        Content::Der(der) => (block.label.unwrap_or("unknown").to_owned(), der.to_vec()),
        Content::Rfc1421 => (block.label.unwrap_or("unknown").to_owned(), b"RFC 1421".to_vec()),
        Content::Damaged => (block.label.unwrap_or("unknown").to_owned(), b"damaged".to_vec()),
    });
    Some((blocks.collect(), read.repairs))
}

/// The text in base64, in lines of 76 characters.
fn base64_of(text: &str) -> String {
    STANDARD.encode(text).as_bytes().chunks(76).map(|line| format!("{}\n", str::from_utf8(line).unwrap())).collect()
}

#[test]
fn every_damage_is_put_right_and_named() {
    let (clean, [first, second]) = clean();
    let lines = |f: &dyn Fn(&str) -> String| clean.lines().map(f).collect::<String>();
    let one_line = clean.replace('\n', "");
    let spaced = clean.trim_end().replace('\n', " ");
    let marks = |line: &str| if line.starts_with("-----") { format!("\n{line}\n") } else { line.to_owned() };
    let long_lines = lines(&marks).trim_start().replace("\n\n", "\n");
    let between = "-----END CERTIFICATE-----\n";
    let table: Vec<(&str, String, Vec<PemRepair>)> = vec![
        ("nothing", clean.clone(), vec![]),
        ("a missing final line break", clean.trim_end().into(), vec![]),
        ("blank lines between blocks", clean.replace(between, &format!("{between}\n\n")), vec![]),
        ("escaped line breaks", clean.replace('\n', "\\n"), vec![EscapedLineBreaks]),
        ("line breaks escaped twice", clean.replace('\n', "\\\\n"), vec![DoublyEscapedLineBreaks]),
        ("line breaks escaped three times", clean.replace('\n', "\\\\\\\\n"), vec![DoublyEscapedLineBreaks]),
        ("escaped CRLF", clean.replace('\n', "\\r\\n"), vec![EscapedLineBreaks, CarriageReturns]),
        ("CRLF escaped twice", clean.replace('\n', "\\\\r\\\\n"), vec![DoublyEscapedLineBreaks, CarriageReturns]),
        ("escaped CR", clean.replace('\n', "\\r"), vec![EscapedLineBreaks, CarriageReturns]),
        ("an escaped CR before a real LF", clean.replace('\n', "\\r\n"), vec![EscapedLineBreaks, CarriageReturns]),
        ("escaped slashes", clean.replace('\n', "\\n").replace('/', "\\/"), vec![EscapedLineBreaks]),
        ("escaped equals signs", clean.replace('\n', "\\n").replace('=', "\\u003d"), vec![EscapedLineBreaks]),
        ("CRLF", clean.replace('\n', "\r\n"), vec![CarriageReturns]),
        ("CR", clean.replace('\n', "\r"), vec![CarriageReturns]),
        ("no line breaks", one_line.clone(), vec![MissingLineBreaks]),
        ("spaces for line breaks", spaced.clone(), vec![MissingLineBreaks]),
        ("spaces for all line breaks", format!("{spaced} "), vec![MissingLineBreaks]),
        ("several spaces for line breaks", clean.replace('\n', "    "), vec![MissingLineBreaks]),
        ("tabs for line breaks", clean.replace('\n', "\t"), vec![MissingLineBreaks]),
        ("no-break spaces for line breaks", clean.replace('\n', "\u{a0}"), vec![MissingLineBreaks]),
        ("no white space at all", one_line.replace(' ', ""), vec![MissingLineBreaks, Indentation]),
        ("base64 on one line", long_lines, vec![MissingLineBreaks]),
        ("indented lines", lines(&|line| format!("    {line}\n")), vec![Indentation]),
        ("lines indented with tabs", lines(&|line| format!("\t{line}\n")), vec![Indentation]),
        ("white space at the ends of lines", lines(&|line| format!("{line} \t\n")), vec![Indentation]),
        ("white space around", format!("  \n {clean}  \n "), vec![Indentation]),
        ("double line breaks", clean.replace('\n', "\n\n"), vec![Indentation]),
        ("a byte order mark", format!("\u{feff}{clean}"), vec![Indentation]),
        ("zero-width spaces", clean.replace('\n', "\u{200b}\n"), vec![Indentation]),
        ("text around", format!("Bag Attributes\n  friendlyName: x\n{clean}-- \nRegards"), vec![SurroundingText]),
        ("text between", clean.replace(between, &format!("{between}subject=CN = x\n")), vec![SurroundingText]),
        ("quotes around", format!("\"{clean}\""), vec![SurroundingText]),
        ("base64 of it", base64_of(&clean).replace('\n', ""), vec![Base64]),
        ("base64 of it in lines", base64_of(&clean), vec![Base64]),
        ("base64 of it without padding", base64_of(&clean).replace(['\n', '='], ""), vec![Base64]),
        ("base64 of it with CRLF", base64_of(&clean.replace('\n', "\r\n")), vec![CarriageReturns, Base64]),
        ("base64 of one line", base64_of(&one_line), vec![MissingLineBreaks, Base64]),
        ("padding cut off", clean.replace('=', ""), vec![]),
    ];
    assert_eq!(table.len(), 38);
    for (what, text, repairs) in table {
        let expected = vec![("CERTIFICATE".to_owned(), first.clone()), ("RSA PRIVATE KEY".to_owned(), second.clone())];
        let (found, named) = blocks(&text).unwrap_or_else(|| panic!("{what}: nothing was read"));
        assert!(found == expected, "{what}: the same blocks as before the damage");
        assert_eq!(named, repairs, "{what}");
    }
}

#[test]
fn damages_of_several_kinds_at_once_are_put_right() {
    let (clean, [first, _]) = clean();
    let text = format!(" Subject: x\\n{}", clean.replace('\n', "\\r\\n  "));
    let (found, repairs) = blocks(&text).unwrap();
    assert_eq!(found[0].1, first);
    assert_eq!(repairs, [EscapedLineBreaks, CarriageReturns, Indentation, SurroundingText]);
}

#[test]
fn a_block_that_lost_its_begin_or_its_end_makes_the_whole_text_unreadable() {
    let (clean, _) = clean();
    let one_line = clean.replace('\n', "");
    for (what, text) in [
        ("empty", String::new()),
        ("white space", " \n ".into()),
        ("no block", "MIIB".into()),
        ("cut off in the base64", clean[..300].into()),
        ("cut off in the last mark", clean[..clean.len() - 6].into()),
        ("the beginning cut off", clean[3..].into()),
        ("the first mark cut off", clean[28..].into()),
        ("a dash too few before BEGIN", clean.replacen("-----\n-----BEGIN", "-----\n----BEGIN", 1)),
        ("a dash too few before BEGIN, on one line", one_line.replacen("----------BEGIN", "---------BEGIN", 1)),
        ("a dash too few before END", clean.replacen("-----END", "----END", 1)),
        ("a dash too few after END", clean.replacen("CERTIFICATE-----\n-----", "CERTIFICATE----\n-----", 1)),
        ("typographic dashes", clean.replace("-----BEGIN RSA", "—–BEGIN RSA").replace("-----END RSA", "—–END RSA")),
        ("both marks of one lost", format!("{clean}MIIB{}", "A".repeat(60))),
        ("an END of another kind", clean.replacen("END CERTIFICATE", "END X509 CRL", 1)),
        ("a BEGIN in a BEGIN", format!("-----BEGIN CERTIFICATE-----\n{clean}")),
        ("an END alone", format!("{clean}-----END CERTIFICATE-----\n")),
        ("base64 of something else", STANDARD.encode("-----BEGI")),
        ("base64 of a text cut off", STANDARD.encode(&clean[..400])),
        ("base64 twice", STANDARD.encode(STANDARD.encode(&clean))),
    ] {
        assert!(read(&text).is_none(), "{what}");
    }
}

#[test]
fn a_block_whose_base64_is_damaged_is_there_and_said_to_be_damaged() {
    let (clean, [first, _]) = clean();
    let at = clean.rfind("\n-----END").unwrap() - 9;
    for (what, damage) in [("a strange character", "*"), ("an ellipsis", "…"), ("a backslash", "\\x"), ("nothing", "")]
    {
        let mut text = clean.clone();
        text.replace_range(at..=at, damage);
        let (found, _) = blocks(&text).unwrap();
        assert_eq!(found.len(), 2, "{what}");
        assert_eq!(found[0].1, first, "{what}: the first block is whole");
        assert_eq!(found[1].1, b"damaged", "{what}");
    }
    let (empty, _) = blocks("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----").unwrap();
    assert_eq!(empty[0].1, b"damaged", "an empty block");
}

#[test]
fn a_name_that_is_not_known_is_not_repeated() {
    let (found, _) = blocks("-----BEGIN TOPSECRET-----\nAAAA\n-----END TOPSECRET-----\n").unwrap();
    assert_eq!(found[0].0, "unknown", "it may be half a key");
    assert!(!format!("{:?}", read(&clean().0).unwrap()).contains("AAECAw"), "Debug shows no content");
}

#[test]
fn a_key_in_the_traditional_encryption_is_known_by_its_headers() {
    let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n\
                -----END RSA PRIVATE KEY-----\n";
    for text in [text.to_owned(), text.replace('\n', "\\n"), text.replace('\n', " "), text.replace('\n', "\r\n")] {
        assert_eq!(blocks(&text).unwrap().0[0].1, b"RFC 1421");
    }
}

#[test]
fn a_large_text_of_anything_is_read_in_a_moment() {
    let size = crate::MAX_BYTES / 4;
    let block = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for piece in [
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN ",
        "-----END CERTIFICATE-----",
        "BEGIN",
        "BEGIN ",
        "\\",
        "\\r",
        "\\\\n",
        "\\u00",
        "\r",
        " ",
        "-",
        "A",
        "MI ",
        block,
        "-----BEGIN A-----A-----END A-----",
        "é",
    ] {
        let text = piece.repeat(size / piece.len());
        let begin = std::time::Instant::now();
        let _ = read(&text);
        let _ = read(&format!("{block}{text}"));
        let _ = read(&format!("-----BEGIN CERTIFICATE-----{text}-----END CERTIFICATE-----"));
        assert!(begin.elapsed().as_secs() < 5, "{piece:?} took {:?}", begin.elapsed());
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in r"(-----|BEGIN|END| CERTIFICATE|\\\\|\\|n|r|u00|\r|\n| |MIIB|=|é|\PC){0,40}") {
        let _ = read(&text);
    }

    #[test]
    fn no_cut_makes_a_text_shorter_without_a_word(from in 0_usize..500, length in 1_usize..1500) {
        let (clean, [first, second]) = clean();
        let text = clean.replace('\n', "\\n");
        let (from, to) = (from.min(text.len()), (from + length).min(text.len()));
        let cut = format!("{}{}", &text[..from], &text[to..]);
        if let Some((blocks, _)) = blocks(&cut) {
            let whole: Vec<_> = blocks.iter().map(|(_, content)| content).collect();
            // A cut inside of base64 is found by the DER; one of whole blocks cannot be known.
            let inside = blocks.len() == 2;
            let exact = whole == [&second] || whole == [&first];
            proptest::prop_assert!(inside || exact, "{from}..{to}");
        }
    }
}
