//! What it costs to recognise a pasted document of 10 kB, and to refuse one of 10 MB.
//!
//! `cargo run --release -p documents --example recognise_cost`
//!
//! Prints a line to read and a line of JSON for each figure; fails above a budget.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement is printed")]

use std::{hint::black_box, process::ExitCode, time::Instant};

use chrono::Utc;
use documents::{Options, Stop, recognise};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256, RsaKeySize, date_time_ymd,
};

/// How often a document is recognised; the median counts.
const ROUNDS: usize = 501;

fn main() -> ExitCode {
    let small = document();
    let large = vec![b'{'; 10 * 1024 * 1024];
    let options = Options { now: Utc::now(), password: None, stop: &Stop::NEVER };
    let recognition = recognise(small.as_bytes(), &options);
    assert!(recognition.candidates[0].document.is_some(), "{:?}", recognition.candidates[0].findings);
    let measure = |bytes: &[u8]| {
        let started = Instant::now();
        drop(black_box(recognise(black_box(bytes), &options)));
        started.elapsed().as_nanos()
    };
    let median = |bytes: &[u8]| {
        let mut times: Vec<u128> = (0..ROUNDS).map(|_| measure(bytes)).collect();
        times.sort_unstable();
        times[ROUNDS / 2] as f64 / 1_000_000.0
    };
    let rows = [
        ("recognise a pasted document of 10 kB (p50)", 1.0, median(small.as_bytes())),
        ("refuse a document of 10 MB (p50)", 50.0, median(&large)),
    ];
    let print = |(what, budget, measured): &(&str, f64, f64)| {
        let ok = measured <= budget;
        println!("{what}: {measured:.4} ms (budget {budget} ms) {}", if ok { "ok" } else { "TOO SLOW" });
        println!(r#"{{"what":"{what}","budget":{budget},"measured":{measured:.4},"unit":"ms","ok":{ok}}}"#);
        ok
    };
    if rows.iter().map(print).filter(|ok| *ok).count() == rows.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A document of 10 kB: bindings of an application, one of them with an RSA key and a chain of three certificates.
fn document() -> String {
    let key = || KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let params = |name: &str, authority: bool| {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params.not_after = date_time_ymd(2090, 1, 1);
        params
    };
    let (root_key, upper_key, lower_key, leaf_key) = (key(), key(), key(), key());
    let root = Issuer::new(params("Root", true), &root_key);
    let upper = params("Upper", true).signed_by(&upper_key, &root).unwrap();
    let upper_issuer = Issuer::new(params("Upper", true), &upper_key);
    let lower = params("Lower", true).signed_by(&lower_key, &upper_issuer).unwrap();
    let lower_issuer = Issuer::new(params("Lower", true), &lower_key);
    let leaf = params("sb-sales!b1", false).signed_by(&leaf_key, &lower_issuer).unwrap();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let chain = quoted(&format!("{}{}{}", leaf.pem(), lower.pem(), upper.pem()));
    let before = format!(
        r#"{{
  "VCAP_SERVICES": {{
    "xsuaa": [
      {{
        "label": "xsuaa",
        "name": "sales-xsuaa",
        "plan": "application",
        "credentials": {{
          "clientid": "sb-sales!b1",
          "certificate": {chain},
          "key": {},
          "certurl": "https://sales.authentication.cert.eu10.hana.ondemand.com",
          "credential-type": "x509",
          "url": "https://sales.authentication.eu10.hana.ondemand.com",
          "endpoints": {{"apiportal": "https://sales.cfapps.eu10.hana.ondemand.com"}},
          "identityzone": "sales",
          "xsappname": "sales!b1"
        }}
      }}
    ],
    "user-provided": ["#,
        quoted(&leaf_key.serialize_pem())
    );
    let after = "\n    ]\n  }\n}\n";
    let mut between = String::new();
    let mut number = 0;
    while before.len() + between.len() + after.len() < 10 * 1024 {
        number += 1;
        let comma = if between.is_empty() { "" } else { "," };
        between += &format!(
            "{comma}\n      {{\"name\": \"logs-{number}\", \"credentials\": {{\"drain\": \"https://logs{number}.example.com\"}}}}"
        );
    }
    format!("{before}{between}{after}")
}
