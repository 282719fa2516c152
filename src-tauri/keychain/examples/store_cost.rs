//! What it costs to store a secret here, against the bare Secret Service call for the same: `CreateItem` on an open
//! connection. Both alternate in one run, on an unlocked gnome-keyring of their own.
//!
//! `cargo run --release -p keychain --example store_cost`

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "../tests/secret_service/private_session.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod private_session;

/// The service field of all items.
#[cfg(all(unix, not(target_os = "macos")))]
const APPLICATION: &str = "Drawbridge";

#[cfg(all(unix, not(target_os = "macos")))]
fn main() {
    private_session::run(&[], private_session::Bus::Open, |session| {
        let _keyring = session.start_keyring(private_session::Password::Given);
        measurement::run();
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn main() {}

#[cfg(all(unix, not(target_os = "macos")))]
mod measurement {
    use std::{
        collections::HashMap,
        time::{Duration, Instant},
    };

    use domain::{documents::SecretBytes, id::SecretId, ports::SecretStore};
    use keychain::KeychainSecretStore;
    use secret_service::{EncryptionType, blocking::SecretService};
    use uuid::Uuid;

    use super::APPLICATION;

    const ROUNDS: u128 = 200;
    const BUDGET: f64 = 1.15;

    /// Measures, prints, and fails above the budget.
    #[expect(clippy::print_stdout, reason = "printing is what this program is for")]
    pub fn run() {
        let store = KeychainSecretStore::open(APPLICATION, KeychainSecretStore::TIME_LIMIT);
        let service = SecretService::connect(EncryptionType::Dh).expect("the Secret Service");
        let collection = service.get_default_collection().expect("the login keyring");
        let secret = [b'x'; 44];

        let put = |number| {
            let secret = SecretBytes::new(secret.to_vec());
            let begun = Instant::now();
            store.put(SecretId(Uuid::from_u128(number)), "Cost of storing", &secret).expect("put");
            let taken = begun.elapsed();
            // What the store does after its answer must not slow down the bare call.
            store.probe().expect("probe");
            taken
        };
        let create = |number: u128| {
            let user = Uuid::from_u128(number).to_string();
            let attributes = HashMap::from([("service", "bare call"), ("username", user.as_str())]);
            let begun = Instant::now();
            collection
                .create_item("Cost of storing", attributes, &secret, true, "application/octet-stream")
                .expect("CreateItem");
            begun.elapsed()
        };
        // The first call of each opens its connection.
        put(u128::MAX);
        create(u128::MAX);

        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for number in 0..ROUNDS {
            // The keyring grows with each item, so neither may always be the later one.
            if number % 2 == 0 {
                ours.push(put(number));
                bare.push(create(number));
            } else {
                bare.push(create(number));
                ours.push(put(number));
            }
        }
        let (ours, bare) = (median(ours), median(bare));
        let ratio = ours.as_secs_f64() / bare.as_secs_f64();
        let (ours, bare) = (ours.as_secs_f64() * 1e3, bare.as_secs_f64() * 1e3);
        println!("store a secret: {ours:.2} ms vs bare {bare:.2} ms, ratio {ratio:.2}");
        println!(
            r#"{{"what":"store a secret, against the bare Secret Service call","budget":{BUDGET},"measured":{ratio:.3},"unit":"×","ok":{},"note":"{ours:.2} ms : {bare:.2} ms"}}"#,
            ratio <= BUDGET
        );
    }

    fn median(mut times: Vec<Duration>) -> Duration {
        times.sort();
        times[times.len() / 2]
    }
}
