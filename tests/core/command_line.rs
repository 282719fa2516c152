//! The command line as a pipeline uses it: the real program, a real database, a real gnome-keyring, no display.
//!
//! What is said to a command, word for word, stands in `command_line/golden`, which `golden` runs. The other files hold what
//! needs more than commands and their answers.

#![cfg(all(unix, not(target_os = "macos")))]

#[path = "../../src-tauri/keychain/tests/secret_service/private_session.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod private_session;
#[cfg(target_os = "linux")]
#[path = "../../src-tauri/keychain/tests/secret_service/stand_in.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod stand_in;

#[path = "command_line/documents.rs"]
mod documents;
#[path = "command_line/exports.rs"]
mod exports;
#[path = "command_line/full_disk.rs"]
mod full_disk;
#[path = "command_line/golden.rs"]
mod golden;
#[path = "command_line/other_keychain.rs"]
mod other_keychain;
#[path = "command_line/pingone.rs"]
mod pingone;
#[path = "command_line/portals_in_sap.rs"]
mod portals_in_sap;
#[path = "command_line/processes.rs"]
mod processes;
#[path = "command_line/program.rs"]
mod program;
#[path = "command_line/secrets.rs"]
mod secrets;
#[cfg(target_os = "linux")]
#[path = "command_line/unlock_prompt.rs"]
mod unlock_prompt;
#[path = "command_line/world.rs"]
mod world;
#[path = "command_line/wrong_clock.rs"]
mod wrong_clock;

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use domain::credential::{GenerateKind, KeyAlgorithm};
use private_session::{Bus, Password};
use program::{KeptOpen, Ran, Serving, run, run_command, run_plain, run_with, send, wait};
use secrets::{contains_any, secret_parts, visit};
use world::{World, in_session};

/// The service field of all items.
const APPLICATION: &str = "Drawbridge";

/// As `tauri.conf.json` has it.
const IDENTIFIER: &str = "io.drawbridge.desktop";

const SECRET: GenerateKind = GenerateKind::ClientSecret;
const P256: GenerateKind = GenerateKind::Certificate(KeyAlgorithm::P256);

/// Longer than anything here takes, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(40);

fn mode(file: &Path) -> u32 {
    fs::metadata(file).expect("the file").permissions().mode() & 0o777
}
