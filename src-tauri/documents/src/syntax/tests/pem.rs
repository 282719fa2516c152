use base64::{Engine, prelude::BASE64_STANDARD};

use super::*;

const LEAF: &str = "-----BEGIN CERTIFICATE-----\nMIIBleaf\n-----END CERTIFICATE-----\n";
const ISSUER: &str = "-----BEGIN CERTIFICATE-----\nMIIBissuer\n-----END CERTIFICATE-----\n";
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpl4nted\n-----END RSA PRIVATE KEY-----\n";

#[test]
fn certificates_and_key_are_told_apart_in_any_order() {
    for source in [format!("{LEAF}{ISSUER}{KEY}"), format!("{KEY}{LEAF}{ISSUER}"), format!("{LEAF}{KEY}{ISSUER}")] {
        let binding = only(&source);
        assert_eq!(keys(&binding.node), ["certificate", "key"], "{source}");
        assert_eq!(text(&binding.node, "certificate"), format!("{LEAF}{ISSUER}"));
        assert_eq!(text(&binding.node, "key"), KEY);
        let line = source.lines().position(|line| line.contains("PRIVATE KEY")).unwrap() + 1;
        assert_eq!(place(&source, value(&binding.node, "key")), (line, 1));
    }
}

#[test]
fn a_certificate_alone_and_a_key_alone_are_read() {
    assert_eq!(keys(&only(LEAF).node), ["certificate"]);
    for label in ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
        assert_eq!(keys(&only(&KEY.replace("RSA PRIVATE KEY", label)).node), ["key"], "{label}");
    }
    let parameters = "-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n";
    let binding = only(&format!("{LEAF}{parameters}{KEY}"));
    assert_eq!(text(&binding.node, "key"), format!("{parameters}{KEY}"), "the parameters belong to the key");
    assert_eq!(keys(&only(&format!("{KEY}{KEY}")).node), ["key", "key"], "which one counts is not ours to guess");
}

#[test]
fn damage_stays_in_the_values_so_that_it_is_found_where_they_are_read() {
    for damage in [
        |text: &str| text.replace('\n', "\\n"),
        |text: &str| text.replace('\n', "\\\\n"),
        |text: &str| text.replace('\n', "\r\n"),
        |text: &str| text.replace('\n', ""),
    ] {
        let binding = only(&damage(&format!("{LEAF}{ISSUER}{KEY}")));
        assert_eq!(text(&binding.node, "certificate"), damage(&format!("{LEAF}{ISSUER}")));
        assert_eq!(text(&binding.node, "key"), damage(KEY));
    }
}

#[test]
fn text_around_blocks_is_kept_with_them_for_it_may_be_the_rest_of_a_block() {
    let source = format!("Bag Attributes\n    localKeyID: 01\nsubject=CN=sales\n{LEAF}issuer=CN=ca\n{KEY}");
    let binding = only(&source);
    assert!(text(&binding.node, "certificate").starts_with("Bag Attributes"), "as openssl writes them");
    assert_eq!(place(&source, value(&binding.node, "certificate")), (4, 1), "its place is the block");
    assert_eq!(text(&binding.node, "key"), KEY);
    let half = format!("IIBleaf\n-----END CERTIFICATE-----\n{ISSUER}");
    assert_eq!(text(&only(&half).node, "certificate"), half, "a chain must not become shorter without a word");
}

#[test]
fn pem_in_base64_is_decoded() {
    let encoded = BASE64_STANDARD.encode(format!("{LEAF}{KEY}"));
    let binding = only(&format!("\n  {encoded}\n"));
    assert_eq!(text(&binding.node, "key"), KEY);
    assert_eq!(binding.node.at, 3);
}

#[test]
fn other_blocks_are_complained_about_only_if_there_is_nothing_else() {
    let public = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n";
    assert_eq!(text(&only(public).node, "certificate"), public, "so that the block is named");
    assert_eq!(text(&only(&format!("{LEAF}{public}{KEY}")).node, "certificate"), LEAF);
    let strange = LEAF.replace("CERTIFICATE", "CERTIFCATE");
    assert_eq!(text(&only(&format!("{LEAF}{strange}{KEY}")).node, "certificate"), format!("{LEAF}{strange}"));
}

#[test]
fn pem_in_other_syntaxes_is_not_taken_for_pem_alone() {
    for (source, syntax) in [
        (format!("certificate: |\n  {}", LEAF.replace('\n', "\n  ")), Syntax::Yaml),
        (format!("certificate:\n  {}", LEAF.replace('\n', "\n\n  ")), Syntax::Yaml),
        (format!("CERTIFICATE='{LEAF}'\n"), Syntax::Environment),
        (format!("CERTIFICATE='\n{LEAF}'\n"), Syntax::Environment),
        (format!("certificate={}\n", LEAF.replace('\n', "\\n")), Syntax::Properties),
        (format!("certificate=\\\n{}\n", LEAF.replace('\n', "\\n\\\n")), Syntax::Properties),
    ] {
        assert_eq!(parsed(&source).syntax, syntax, "{source}");
    }
}
