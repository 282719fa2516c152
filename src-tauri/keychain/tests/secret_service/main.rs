//! The crate against a real gnome-keyring, a real KeePassXC, and a stand-in, each on a private session bus.

#![cfg(all(unix, not(target_os = "macos")))]

mod display;
mod full_disk;
mod keepassxc;
mod no_password;
mod other_keyring;
mod parts;
mod private_session;
mod refusals;
mod stand_in;
mod store;
mod time_limit;
mod unlock_prompt;

use std::time::Duration;

use domain::{
    documents::SecretBytes,
    id::SecretId,
    ports::{SecretStore, SecretStoreError},
};
use keychain::KeychainSecretStore;
use uuid::Uuid;

/// The service field of all items.
const APPLICATION: &str = "Drawbridge";

/// Long enough for a busy machine, since no prompt can be shown here.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// What no error may repeat.
const PLANTED: &str = "planted-s3cr3t/+=";

fn open() -> KeychainSecretStore {
    KeychainSecretStore::open(APPLICATION, TIME_LIMIT)
}

fn id(number: u128) -> SecretId {
    SecretId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | number))
}

fn planted() -> SecretBytes {
    SecretBytes::new(PLANTED.as_bytes().to_vec())
}

/// Bytes that look like a DER key: a sequence, zeros and invalid UTF-8 included, the same at every run.
fn binary(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let mut bytes = vec![0x30, 0x82, 0x00, 0xff];
    bytes.resize_with(length, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    bytes
}

/// Texts that one keychain or another does not keep when they are handed to it as they are.
fn awkward_texts() -> Vec<Vec<u8>> {
    let pem = "-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----";
    let texts = [
        PLANTED.to_owned(),
        "back\\slash \\n \\s \\t \\r \\\\ \\".to_owned(),
        "line\nbreak\r\n[99]\nsecret=another\n\ttab".to_owned(),
        " leading and trailing ".to_owned(),
        String::new(),
        "[item]".to_owned(),
        "# comment; = sign".to_owned(),
        "{REF:P@T:Foreign} {USERNAME} {}".to_owned(),
        "Zürich – 東京 \u{feff}\u{202e}".to_owned(),
        "\u{1}control\u{b}\u{7f}".to_owned(),
        "nul\0nul".to_owned(),
        "drawbridge-base64-fd700746bd90b3c6b9fc805bd0e63db2:YQ==".to_owned(),
        format!(r#"{{"clientsecret": "{PLANTED}", "verificationkey": "{pem}"}}"#),
        format!("{pem}\n").repeat(100),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}

fn stored(store: &dyn SecretStore, id: SecretId) -> Result<Vec<u8>, SecretStoreError> {
    // EXPOSE: the test compares the bytes.
    store.get(id).map(|secret| secret.expose().to_vec())
}

/// Every call of the port, one after the other, on secrets that are not there; their failures checked for silence.
fn failures_of_all_calls(store: &dyn SecretStore) -> Vec<SecretStoreError> {
    let failures = [
        ("probe", store.probe().err()),
        ("get", store.get(id(0xabc)).err()),
        ("list", store.list().err()),
        ("put", store.put(id(0xabc), "Label", &planted()).err()),
        ("delete", store.delete(id(0xabc)).err()),
    ];
    failures
        .into_iter()
        .map(|(call, failure)| {
            let failure = failure.unwrap_or_else(|| panic!("{call} must fail here"));
            assert_silent(&failure);
            failure
        })
        .collect()
}

/// Asserts that `failure` carries nothing of [`PLANTED`], neither as text nor as the numbers of a byte list.
fn assert_silent(failure: &SecretStoreError) {
    let said = format!("{failure} {failure:?} {failure:#?}");
    assert!(
        !said.contains(PLANTED) && !said.contains("s3cr3t") && !said.contains("112, 108, 97, 110"),
        "an error is shown and logged, so it must not repeat the secret: {said}"
    );
}

fn reason(failure: SecretStoreError) -> String {
    assert_silent(&failure);
    match failure {
        SecretStoreError::Broken { reason } => reason.for_log(),
        SecretStoreError::Missing
        | SecretStoreError::Locked
        | SecretStoreError::KeyringLocked { .. }
        | SecretStoreError::NotAllowed { .. }
        | SecretStoreError::Denied
        | SecretStoreError::NoKeychain
        | SecretStoreError::TooLarge { .. } => panic!("expected Broken, got {failure:?}"),
    }
}
