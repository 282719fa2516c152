//! promise A3: what a person pastes is text or a document; only ordinary text may become text of the page.

use chrono::Utc;
use documents::{MAX_BYTES, Options, Stop, is_ordinary};

fn is_shown(text: &str) -> bool {
    is_ordinary(text, &Options { now: Utc::now(), password: None, stop: &Stop::NEVER })
}

#[test]
fn what_people_paste_into_fields_is_ordinary() {
    for text in [
        "EU Shop",
        "alice@example.com",
        "https://eu.example.com:28443/shop/oauth/token?grant_type=client_credentials",
        "sb-apiaccess_1726560000000!b123|api-portal-xsuaa!b45",
        "Please approve until Friday: the shop goes live.\nThanks, Alice",
        "10:30 = half past ten",
        "3f2c1b9e-6f2e-4e7f-9a44-0a9a6f3f7a10",
        "2026-11-30",
    ] {
        assert!(is_shown(text), "{text}");
    }
}

#[test]
fn documents_are_not_ordinary_however_damaged() {
    for text in [
        r#"{"clientId": "sb", "clientSecret": "pl4nted"}"#,
        r#"{"clientId": "sb", "clientSecret": "pl4n"#,
        r#"  "clientsecret" : "pl4nted","#,
        "APIPORTAL_CLIENT_SECRET='pl4nted'",
        "url: https://a.example\nclientid: sb\nclientsecret: pl4nted",
        "the key: pl4nted",
        "db.password=pl4nted",
        "curl -u 'sb:pl4nted' https://a.example/oauth/token",
        "Here it is:\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
        "<credentials><clientSecret>pl4nted</clientSecret></credentials>",
    ] {
        assert!(!is_shown(text), "{text}");
    }
    assert!(!is_shown(&"MIIEvQIBADANBgkq".repeat(20)), "a key without its marks");
    assert!(!is_shown(&format!("clientId: sb\n{}", "x ".repeat(MAX_BYTES))), "too large to be looked at");
}
