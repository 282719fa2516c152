//! `drawbridge keychain`

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use clap::Args;
use domain::{
    Drawbridge,
    keychain::{KeychainStanding, OtherKeychain, TakeOver},
    overview::{ConnectionName, Matter, TokenServiceSeen},
    refusal::Failure,
};
use serde::Serialize;
use views::{MatterView, TakeOverView, View};

use super::{
    language::LANGUAGE,
    opening::open_for_both,
    output::Output,
    problem::{Exit, Problem},
};
use crate::core::Opened;

/// Say whether the keychain is the one that holds this installation's secrets, or take another one over
#[derive(Debug, Args)]
#[command(after_help = "\
Without an option nothing is changed and nobody is asked for a password. The exit code is 1 when secrets are missing, and 4
when the keychain cannot be used, is another one than before, or holds the secrets of another installation.

To take over means: what is not in this keychain is given up. The number of --take-over is the one that the command without it
names, so that nobody takes over a keychain that he has not seen.

Examples:
  drawbridge keychain
  drawbridge keychain --take-over 23")]
pub struct Arguments {
    /// Use this keychain from now on; NUMBER is how many secrets are missing in it, or are another installation's
    #[arg(long, value_name = "NUMBER")]
    take_over: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    keychain: &'static str,
    /// What is gone one by one, as the keychain app calls it.
    missing: Vec<String>,
    /// What taking it over means, where it is not the keychain of this installation.
    take_over: Option<TakeOverView>,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Opened { drawbridge, unattended } = &open_for_both(output)?;
    if let Some(number) = arguments.take_over {
        drawbridge.keychain().take_over(&number.to_string())?;
    }
    let standing = unattended.keychain().look()?;
    let take_over = match &standing {
        KeychainStanding::Other(_) => unattended.keychain().preview_take_over()?,
        KeychainStanding::Known { .. } | KeychainStanding::New | KeychainStanding::Unavailable(_) => None,
    };
    if output.is_json() {
        output.json_line(&tell(&standing, take_over))?;
    } else {
        print(&standing, take_over.as_ref(), output)?;
    }
    match standing {
        KeychainStanding::Known { missing } if !missing.is_empty() => Ok(Exit::Wrong),
        KeychainStanding::Known { .. } | KeychainStanding::New => Ok(Exit::Well),
        KeychainStanding::Other(other) => Err(Failure::from(other).into()),
        KeychainStanding::Unavailable(error) => Err(Failure::from(error).into()),
    }
}

/// What the keychain is, in a word for scripts.
pub const fn word(standing: &KeychainStanding) -> &'static str {
    match standing {
        KeychainStanding::Known { .. } => "known",
        KeychainStanding::New => "new",
        KeychainStanding::Other(OtherKeychain::Another { .. }) => "another",
        KeychainStanding::Other(OtherKeychain::Foreign { .. }) => "foreign",
        KeychainStanding::Unavailable(_) => "unavailable",
    }
}

fn tell(standing: &KeychainStanding, take_over: Option<TakeOver>) -> Told {
    let missing = match standing {
        KeychainStanding::Known { missing } => missing.iter().map(|item| item.label.clone()).collect(),
        KeychainStanding::New | KeychainStanding::Other(_) | KeychainStanding::Unavailable(_) => Vec::new(),
    };
    Told { keychain: word(standing), missing, take_over: take_over.map(TakeOverView::from) }
}

fn name(connections: &[ConnectionName]) -> Vec<String> {
    connections.iter().map(|ConnectionName { hub, alias, .. }| format!("{alias} of the hub {hub}")).collect()
}

fn print(standing: &KeychainStanding, take_over: Option<&TakeOver>, output: &Output) -> Result<(), Problem> {
    match standing {
        KeychainStanding::Known { missing } if missing.is_empty() => {
            output.line("The keychain holds the secrets of this installation.")?;
        }
        KeychainStanding::Known { missing } => {
            output.line("The keychain is the one of this installation. These secrets are not in it any more:")?;
            for item in missing {
                output.line(&format!("  {}", item.label))?;
            }
        }
        KeychainStanding::New => output.line("No secret is stored yet.")?,
        KeychainStanding::Other(_) | KeychainStanding::Unavailable(_) => {}
    }
    let Some(TakeOver { other, portals, connections, accounts, token_service }) = take_over else { return Ok(()) };
    let number = other.number();
    if let OtherKeychain::Foreign { .. } = other {
        return output.line(&format!("To start new beside these secrets: drawbridge keychain --take-over {number}"));
    }
    output.line(&format!("To take this keychain over: drawbridge keychain --take-over {number}. What that breaks:"))?;
    let list = |what: &str, names: &[String]| {
        if names.is_empty() { Ok(()) } else { output.line(&format!("  {what}: {}", names.join(", "))) }
    };
    list("Portals whose credentials are lost", portals)?;
    list("Connections and requests whose hub loses its copy", &name(connections))?;
    let accounts: Vec<_> = accounts
        .iter()
        .map(|(account, ids)| {
            let ids: Vec<_> = ids.iter().map(|id| id.render(LANGUAGE)).collect();
            format!("{account} ({})", ids.join(", "))
        })
        .collect();
    list("PingOne accounts whose secrets are lost", &accounts)?;
    if *token_service {
        output.line("  Programs that trust the CA certificate of the token service need the new one")?;
    }
    Ok(())
}

/// Warns on standard error when the secrets of what is about to be listed are not there. Says nothing where the
/// keychain does not answer at once or cannot be used: a list does not need it.
pub fn warn_of_missing(unattended: &Arc<Drawbridge>, output: &Output) {
    const PATIENCE: Duration = Duration::from_secs(2);
    let (told, hears) = mpsc::channel();
    let asked = Arc::clone(unattended);
    thread::spawn(move || {
        let standing = asked.keychain().look();
        let seen = standing
            .and_then(|seen| asked.overview().list_matters_of_installation(Some(&seen), &TokenServiceSeen::Well));
        // The receiver may have stopped waiting.
        let _ = told.send(seen);
    });
    let Ok(Ok(matters)) = hears.recv_timeout(PATIENCE) else { return };
    for matter in matters.into_iter().filter(|matter| !matches!(matter, Matter::KeychainUnusable(_))) {
        if let Some(problem) = MatterView::of(matter, LANGUAGE).of_installation() {
            output.warning(problem.message.trim_end_matches('.'), &problem.hint);
        }
    }
}
