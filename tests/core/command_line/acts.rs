//! What happens beside the commands of a session: the lines of a file that begin with `@`.

use std::fs;

use chrono::Utc;
use domain::{
    connection_check::{Cause, ConnectionHealth, Diagnosis, Finding, HealthOutcome, Stage as TestStage},
    credential::GenerateKind,
    messages::Message,
    person::Role,
    ports::{Connections, Repository, SharedChange},
    refusal::Confirmation,
};
use regex::Regex;
use serde_json::Value;

use super::Stage;
use crate::{P256, Ran, SECRET, Serving, World, private_session::Password};

impl Stage<'_> {
    /// What the window, the person or another program does; what comes of it.
    pub fn act(&mut self, what: &str) -> String {
        let words = shlex::split(what).expect("words");
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut out = String::new();
        match words[..] {
            // Ada, with all roles, and the settings of a token service.
            ["person"] => {
                let world = World::new(self.session.expect("a session"));
                let endpoints = world.drawbridge.settings().get().expect("settings").token_service.endpoints;
                for (word, port) in [("[PORT]", endpoints.port), ("[MUTUAL]", endpoints.mutual_tls_port)] {
                    let port = Regex::new(&format!(r"\b{port}\b")).expect("a pattern");
                    self.redactions.insert(word, port).expect("a word in brackets");
                }
                self.world = Some(world);
            }
            ["role", "hub-administrator"] => self.world().give_roles([Role::HubAdministrator]),
            ["portal", name] => drop(self.world().portal(name)),
            ["hub", name, subaccount] => {
                // The subaccount may have a portal: the two are then connected for good.
                let confirmed = [Confirmation::OwnPair];
                drop(self.world().drawbridge.hubs().create(name, subaccount, &confirmed).expect("a hub"));
            }
            ["generate", portal, kind] => drop(self.world().generate(portal, generated(kind))),
            ["regenerate", portal, kind] => {
                let world = self.world();
                let made = world.drawbridge.portals().regenerate_credentials(world.portal_id(portal), generated(kind));
                made.expect("regenerated");
            }
            ["retire", portal] => {
                let world = self.world();
                let newest = world.credentials(portal)[0].id;
                world.drawbridge.service_instances().retire_credential(newest, "").expect("retired");
            }
            ["connect", portal, kind, "to", hub, "as", alias] => {
                self.world().connect_to(hub, portal, generated(kind), alias);
            }
            ["submit", portal, kind, "to", hub, "as", alias] => {
                self.world().submit(portal, hub, generated(kind), alias);
            }
            ["connections", "fail", "by", cause] => self.fail_connections(cause),
            ["activity"] => out = self.world().activity() + "\n",
            ["keys", file] => {
                let document = fs::read(self.folder.path().join(file)).expect("the file");
                let document: Value = serde_json::from_slice(&document).expect("JSON");
                out = document.as_object().expect("an object").keys().map(|key| format!("{key}\n")).collect();
            }
            ["serve"] => {
                let serving = Serving::start(&[]);
                out.clone_from(&serving.ready);
                self.serving = Some(serving);
            }
            ["stop"] => {
                let (status, err) = self.serving.take().expect("it serves").stop();
                return self.told(&Ran { code: status.code(), out, err });
            }
            ["lock"] => {
                self.keyring = None;
                self.keyring = Some(self.session.expect("a session").start_keyring(Password::Withheld));
                self.is_locked = true;
            }
            _ => panic!("nobody knows how to {what}"),
        }
        self.told(&Ran { code: Some(0), out, err: String::new() })
    }

    /// The last test of all connections has found that cause.
    fn fail_connections(&self, cause: &str) {
        let cause = match cause {
            "unknown-host" => Cause::UnknownHost { host: "sales.example.com".into() },
            "bad-credentials" => Cause::BadCredentials,
            _ => panic!("a cause that nobody knows: {cause}"),
        };
        let finding = Finding::new(TestStage::NameAndNetwork, &Diagnosis { cause, seen: Message::empty() });
        let repository = &self.world().repository;
        for request in repository.list_approved_requests(None).expect("requests") {
            let health = ConnectionHealth {
                outcome: HealthOutcome::Failing(finding.clone()),
                checked_at: Some(Utc::now()),
                due: false,
                ..ConnectionHealth::unknown(request.id)
            };
            repository.commit(&[SharedChange::PutHealth(health).into()]).expect("health");
        }
    }
}

fn generated(kind: &str) -> GenerateKind {
    match kind {
        "secret" => SECRET,
        "p-256" => P256,
        _ => panic!("a kind that nobody knows: {kind}"),
    }
}
