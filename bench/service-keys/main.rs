//! Sets up an installation without a window, and creates and deletes service keys in it: what the load tests of the token
//! service change while it runs.
//!
//! `service_keys <data folder>` reads commands, one a line, and answers each with one line of JSON:
//!
//! ```text
//! setup <port> <port for mutual TLS>   a person, a portal and an instance; the token service listens there from now on
//! authority <file>                     exports the CA certificate
//! secret | certificate                 creates a service key: {"id": …, "document": …}
//! delete <id>                          deletes it
//! settle                               {"unsettled": rows of the ledger that are left over, "held": secrets in use}
//! ```

#![allow(clippy::print_stdout, reason = "the answers of this program")]

use std::{collections::BTreeSet, env, error::Error, fs, io::stdin, path::Path, sync::Arc, time::Duration};

use certificates::RcgenIssuer;
use connector::HttpConnector;
use domain::{
    Drawbridge, Ports,
    credential::{ExportChoice, GenerateKind, KeyAlgorithm, Unfollowed},
    id::{CredentialId, ServiceInstanceId},
    person::Role,
    portal::{NewServiceKey, ServiceRole},
    ports::{Portals, Repository, Secrets, ThisMachine},
    settings::TokenServiceChange,
};
use fakes::{Capture, SettableClock, SystemEntropy};
use keychain::KeychainSecretStore;
use storage::SqliteRepository;
use uuid::Uuid;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let folder = env::args().nth(1).ok_or("service_keys <data folder>")?;
    let mut installation = Installation::open(Path::new(&folder))?;
    for line in stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        println!("{}", installation.carry_out(&words)?);
    }
    Ok(())
}

struct Installation {
    drawbridge: Drawbridge,
    repository: Arc<SqliteRepository>,
    created: u32,
}

impl Installation {
    fn open(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder)?;
        let repository = Arc::new(SqliteRepository::open(&folder.join("drawbridge.db"))?);
        let drawbridge = Drawbridge::new(Ports {
            language: domain::messages::ChosenLanguage::default(),
            repository: Arc::clone(&repository) as Arc<dyn Repository>,
            secrets: Arc::new(KeychainSecretStore::open("Drawbridge", Duration::from_secs(10))),
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::new(SettableClock::running()),
            entropy: Arc::new(SystemEntropy),
        });
        Ok(Self { drawbridge, repository, created: 0 })
    }

    fn carry_out(&mut self, words: &[&str]) -> Result<String, Failure> {
        match words {
            ["setup", port, mutual_tls_port] => self.set_up(port.parse()?, mutual_tls_port.parse()?),
            ["authority", file] => {
                let caught = Capture::at("a load test");
                self.drawbridge.settings().export_authority(&caught).map_err(|error| format!("{error:?}"))?;
                fs::write(file, caught.delivered_bytes().remove(0))?;
                Ok("{}".into())
            }
            ["secret"] => self.create_key(GenerateKind::ClientSecret),
            ["certificate"] => self.create_key(GenerateKind::Certificate(KeyAlgorithm::P256)),
            ["delete", id] => {
                self.drawbridge.service_instances().retire_credential(CredentialId(Uuid::parse_str(id)?), "")?;
                Ok("{}".into())
            }
            ["settle"] => self.settle(),
            _ => Err(format!("unknown command {words:?}").into()),
        }
    }

    fn set_up(&self, port: u32, mutual_tls_port: u32) -> Result<String, Failure> {
        let drawbridge = &self.drawbridge;
        drawbridge.people().create_first("Alice Example", "alice@example.com", BTreeSet::from(Role::ALL))?;
        drawbridge.settings().change_token_service(TokenServiceChange {
            enabled: true,
            address: "127.0.0.1".into(),
            host: "localhost".into(),
            port,
            mutual_tls_port,
            confirmed: vec![],
        })?;
        let portal = drawbridge.portals().create("Sales", "sales", &[])?.portal;
        drawbridge.service_instances().create(portal.id, "load", ServiceRole::CatalogIntegration)?;
        Ok("{}".into())
    }

    fn instance(&self) -> Result<ServiceInstanceId, Failure> {
        let portal = self.repository.list_portals()?.into_iter().next().ok_or("no portal")?;
        let instance = self.repository.list_service_instances(portal.id)?.into_iter().next();
        Ok(instance.ok_or("no service instance")?.id)
    }

    fn create_key(&mut self, kind: GenerateKind) -> Result<String, Failure> {
        self.created += 1;
        let name = format!("key {} of {}", self.created, std::process::id());
        let key = NewServiceKey::Generated(kind);
        let id = self.drawbridge.service_instances().create_key(self.instance()?, &name, key)?.id;
        let caught = Capture::at("a load test");
        self.drawbridge
            .exports()
            .export(&[id], &ExportChoice::CONNECTION, &caught, &Unfollowed)
            .map_err(|error| format!("{error:?}"))?;
        // EXPOSE: whoever gives the commands uses the key.
        let document = caught.delivered().remove(0).replace('\n', " ");
        Ok(format!("{{\"id\": \"{id}\", \"document\": {document}}}"))
    }

    fn settle(&self) -> Result<String, Failure> {
        let unsettled = self.repository.list_unsettled_secrets()?.len();
        let mut held = 0;
        for portal in self.repository.list_portals()? {
            let credentials = self.repository.list_credentials(portal.id)?;
            held += credentials.iter().filter(|credential| credential.secret().is_some()).count();
        }
        held += usize::from(self.repository.find_server_authority()?.is_some());
        held += usize::from(self.repository.find_client_authority()?.is_some());
        // The key of its TLS certificate, and the one that signs tokens.
        held += 2 * usize::from(self.repository.find_token_service_identity()?.is_some());
        held += usize::from(self.repository.find_keychain_witness()?.is_some());
        Ok(format!("{{\"unsettled\": {unsettled}, \"held\": {held}}}"))
    }
}
