//! The port by which the domain tests a connection: the hub as a client.

use documents::SecretBytes;

use crate::{
    connection_check::{Diagnosis, Stage, StageReport},
    credential::AccessFacts,
    settings::ProxyChoice,
    token_service::OwnService,
};

/// The hub as a client: the part of the test that needs the network.
///
/// An implementation follows no redirects, sends credentials over https only, gives each stage [`Stage::TIME_LIMIT`], and
/// knows no particular server.
pub trait Connector: Send + Sync {
    /// Goes through the stages from [`Stage::NameAndNetwork`] to [`Stage::PortalApi`], tells `observer` about each, and
    /// returns the portal's APIs. Blocks until it has ended.
    fn fetch_apis(
        &self,
        target: &ConnectionTarget<'_>,
        observer: &dyn StageObserver,
    ) -> Result<Vec<FetchedApi>, TestEnd>;
}

/// What is connected to, and with what.
#[derive(Debug)]
pub struct ConnectionTarget<'a> {
    /// URLs, client id and certificate.
    pub facts: &'a AccessFacts,
    /// The client secret (UTF-8), or the private key (PKCS#8 DER).
    pub secret: &'a SecretBytes,
    /// Which authorities to trust besides those of the operating system, at the addresses of this installation's own
    /// service.
    pub own_service: &'a OwnService,
    /// The proxy by which this network is left.
    pub proxy: &'a ProxyChoice,
}

/// Follows a test while it runs. Called from the thread that runs the test, or from one that the test has started.
pub trait StageObserver: Send + Sync {
    /// The stages that there will be; called once, before the first one begins.
    fn planned(&self, _stages: &[Stage]) {}
    /// A stage begins.
    fn started(&self, stage: Stage);
    /// A stage has ended.
    fn finished(&self, report: &StageReport);
    /// Whether the test is to stop; asked several times a second.
    fn is_cancelled(&self) -> bool;
}

/// Why a test did not get to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestEnd {
    /// A stage failed; the later ones were not attempted.
    Failed {
        /// The stage.
        stage: Stage,
        /// What is wrong.
        diagnosis: Diagnosis,
    },
    /// Somebody cancelled it.
    Cancelled,
}

/// An API of a portal, as the hub fetched it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedApi {
    /// Its name, unique in the portal.
    pub name: String,
    /// Its title; the name where it has none.
    pub title: String,
    /// Its version; may be empty.
    pub version: String,
    /// Its description; may be empty.
    pub description: String,
    /// The path below which it answers; may be empty.
    pub base_path: String,
}
