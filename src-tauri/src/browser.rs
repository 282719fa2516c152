//! Opens a hub in SAP, or the BTP cockpit, in the person's own browser.

use std::{
    io,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use domain::{hub::HubAddress, messages::message};
use tracing::warn;
use views::{ErrorCode, Trouble};

/// How long the opener may take to say that there is no browser. One that still runs then has become the browser.
const REFUSES_WITHIN: Duration = Duration::from_secs(2);

/// Where service instances and service keys of portals in SAP are created and deleted. The cockpit asks for the global
/// account itself (SAP Help, "Navigate in the Cockpit").
const COCKPIT: &str = "https://cockpit.btp.cloud.sap";

/// Opens the BTP cockpit, as [`open`] does.
pub fn open_cockpit() -> Result<(), Trouble> {
    open(&HubAddress::parse(COCKPIT).map_err(|_| not_opened())?)
}

/// Opens the address. Blocks for a moment; fails if the system has no browser, or refuses to start it.
pub fn open(address: &HubAddress) -> Result<(), Trouble> {
    // The database is a file that other programs can write to: what no browser should open is refused here, too.
    let address = HubAddress::parse(address.as_str()).map_err(|_| not_opened())?;
    start(&address).map_err(|error| {
        warn!(%error, "the browser was not started");
        not_opened()
    })
}

fn not_opened() -> Trouble {
    Trouble::of(ErrorCode::Failed, &message!("browser-not-opened"))
}

fn start(address: &HubAddress) -> io::Result<()> {
    let mut opener = opener();
    // One argument, never part of a line that a shell reads.
    opener.arg(address.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut started = opener.spawn()?;
    let (ended, end) = mpsc::channel();
    // Waited for in any case, so that no dead process stays behind.
    thread::Builder::new().name("browser".into()).spawn(move || ended.send(started.wait()))?;
    match end.recv_timeout(REFUSES_WITHIN) {
        Ok(status) if !status.as_ref().is_ok_and(std::process::ExitStatus::success) => {
            Err(io::Error::other(format!("the opener ended with {status:?}")))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The system's program that gives an address to the browser of the person's choice.
fn opener() -> Command {
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(target_os = "windows") {
        let mut opener = Command::new("rundll32.exe");
        opener.arg("url.dll,FileProtocolHandler");
        opener
    } else {
        Command::new("xdg-open")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_cockpit_is_one_that_a_browser_opens() {
        assert_eq!(
            HubAddress::parse(COCKPIT).map(|address| address.as_str().trim_end_matches('/').to_owned()),
            Ok(COCKPIT.to_owned())
        );
    }
}
