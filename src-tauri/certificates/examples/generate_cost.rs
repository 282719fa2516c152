//! What it costs to generate a credential, through the whole domain, with everything outside it in memory: neither the
//! keychain nor the disk is measured.
//!
//! `cargo run --release -p certificates --example generate_cost`
//!
//! Prints a line to read and a line of JSON for each figure; fails above a budget.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use domain::credential::GenerateKind;
use fakes::{World, world};

const ROUNDS: usize = 400;

struct Row {
    what: &'static str,
    budget_ms: f64,
    measured: Duration,
}

impl Row {
    /// Prints the figure; returns whether it is within its budget.
    fn print(&self) -> bool {
        let measured = self.measured.as_secs_f64() * 1_000.0;
        let ok = measured <= self.budget_ms;
        let verdict = if ok { "ok" } else { "TOO SLOW" };
        println!("{}: {measured:.3} ms (budget {} ms) {verdict}", self.what, self.budget_ms);
        println!(
            r#"{{"what":"{}","budget":{},"measured":{measured:.4},"unit":"ms","ok":{ok}}}"#,
            self.what, self.budget_ms
        );
        ok
    }
}

fn main() -> ExitCode {
    let rows = [
        Row {
            what: "generate a client-secret credential, keychain excluded (p50)",
            budget_ms: 1.0,
            measured: generate(World::SECRET),
        },
        Row {
            what: "generate a P-256 certificate credential, keychain excluded (p50)",
            budget_ms: 3.0,
            measured: generate(World::CERTIFICATE),
        },
    ];
    let within = rows.iter().map(Row::print).filter(|ok| *ok).count();
    if within == rows.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One credential for each of many portals, one after the other; each portal is deleted again, so that the tables stay
/// as small as they were.
fn generate(kind: GenerateKind) -> Duration {
    let world = world();
    // The first certificate makes the authority.
    world.portal_with("First", World::CERTIFICATE);
    p50((0..ROUNDS).map(|_| {
        let portal = world.portal("Sales");
        let begun = Instant::now();
        world.drawbridge.portals().generate_credentials(portal.id, kind).expect("a credential");
        let taken = begun.elapsed();
        world.drawbridge.portals().delete(portal.id, "Sales").expect("a deletion");
        taken
    }))
}

fn p50(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}
