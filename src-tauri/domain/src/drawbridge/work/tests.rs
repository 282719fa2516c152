//! What cannot be done by a unit of work.

use std::{collections::BTreeSet, sync::Arc};

use chrono::Utc;
use documents::SecretBytes;

use super::{Entries, NewSecret};
use crate::{
    activity::AuditAction,
    area::Area,
    credential::KeyAlgorithm,
    drawbridge::{Drawbridge, Ports},
    fakes::{
        clock::SettableClock, connector::InMemoryConnector, entropy::RepeatableEntropy, faults::Faults,
        keychain::InMemoryKeychain, repository::InMemoryRepository,
    },
    id::{PortalId, SecretId},
    operation::{Operation, Permission, Recording, SecretUse},
    person::{Actor, Person, Role},
    pki::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssueError, IssuedCertificate},
    portal::{Portal, PortalHome, Subaccount},
    ports::{LocalChange, Repository, RepositoryError, SharedChange},
    refusal::{Failure, Refusal},
    settings::Settings,
    vocabulary::Vocabulary,
};

/// Nothing here is certified.
struct NoIssuer;

impl CertificateIssuer for NoIssuer {
    fn generate_authority(&self, _: &AuthorityPurpose, _: &CertificateSpec) -> Result<IssuedCertificate, IssueError> {
        unreachable!()
    }

    fn generate_leaf(
        &self,
        _: &Authority,
        _: &SecretBytes,
        _: KeyAlgorithm,
        _: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        unreachable!()
    }

    fn generate_server_leaf(
        &self,
        _: &Authority,
        _: &SecretBytes,
        _: &[String],
        _: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        unreachable!()
    }

    fn generate_signing_key(&self) -> Result<SecretBytes, IssueError> {
        unreachable!()
    }
}

struct World {
    drawbridge: Drawbridge,
    repository: Arc<InMemoryRepository>,
    keychain: Arc<InMemoryKeychain>,
    /// Has no role; a person with all roles uses the installation.
    nora: Person,
}

fn world() -> World {
    let faults = Arc::new(Faults::default());
    let repository = Arc::new(InMemoryRepository::empty(Arc::clone(&faults)));
    let keychain = Arc::new(InMemoryKeychain::empty(faults));
    let drawbridge = Drawbridge::new(Ports {
        language: messages::ChosenLanguage::default(),
        repository: Arc::clone(&repository) as Arc<_>,
        secrets: Arc::clone(&keychain) as Arc<_>,
        issuer: Arc::new(NoIssuer),
        connector: Arc::new(InMemoryConnector::default()),
        clock: Arc::new(SettableClock::start()),
        entropy: Arc::new(RepeatableEntropy::start()),
    });
    drawbridge.people().create_first("Ada Admin", "ada@example.com", Role::ALL.into()).expect("Ada");
    let nora = drawbridge.people().add("Nora Norole", "nora@example.com", [].into()).expect("Nora");
    World { drawbridge, repository, keychain, nora }
}

impl World {
    fn act_as_nora(&self) {
        self.drawbridge.people().switch(self.nora.id).expect("Nora");
    }
}

fn portal() -> Portal {
    Portal {
        id: PortalId(uuid::Uuid::from_u128(1)),
        slug: "sales".to_owned(),
        home: PortalHome::Local { instance_number: 12_345 },
        vocabulary: Vocabulary::default(),
        name: "Sales".to_owned(),
        subaccount: Subaccount::parse("sales").expect("a subaccount"),
        created_at: Utc::now(),
    }
}

fn defect(result: Result<(), Failure>) -> String {
    let failure = result.expect_err("refused");
    let Failure::Repository(RepositoryError::Other { reason }) = failure else {
        panic!("expected a defect, got {failure:?}");
    };
    reason.for_log()
}

/// Nothing was given to the database since.
fn unchanged(world: &World, commits: usize) {
    assert_eq!(world.repository.commits().len(), commits);
    assert!(world.keychain.items().is_empty());
}

#[test]
fn without_an_entry_nothing_is_committed() {
    let world = world();
    let commits = world.repository.commits().len();
    for operation in Operation::ALL.iter().filter(|operation| operation.recording() == Recording::Always) {
        let reason = defect(world.drawbridge.change(*operation, |work| {
            work.act_as(Actor::System);
            work.permit(Ok(()))?;
            work.put(SharedChange::PutPortal(portal()));
            Ok(())
        }));
        assert!(reason.contains("adds no entry to the activity list"), "{operation:?}: {reason}");
    }
    unchanged(&world, commits);
}

#[test]
fn without_the_role_nothing_is_committed() {
    let world = world();
    world.act_as_nora();
    let commits = world.repository.commits().len();
    let mut tried = 0;
    for operation in Operation::ALL {
        let Permission::Action(action) = operation.permission() else { continue };
        tried += 1;
        let result = world.drawbridge.change(*operation, |work| {
            work.put(SharedChange::PutPortal(portal()));
            work.record(AuditAction::PortalCreated, "Sales", "");
            Ok(())
        });
        assert!(
            matches!(&result, Err(Failure::Refused(Refusal::RoleMissing { action: refused, .. })) if *refused == action),
            "{operation:?}: {result:?}"
        );
    }
    assert!(tried > 10, "the table has such operations");
    unchanged(&world, commits);
}

#[test]
fn what_the_subject_has_to_allow_is_not_committed_unasked_or_refused() {
    let world = world();
    let commits = world.repository.commits().len();
    for operation in Operation::ALL.iter().filter(|operation| operation.permission() == Permission::Subject) {
        let record = |allowed: Option<Result<(), Refusal>>| {
            world.drawbridge.change(*operation, |work| {
                if let Some(allowed) = allowed.clone() {
                    work.permit(allowed)?;
                }
                work.record(AuditAction::RequestApproved, "Sales", "");
                Ok(())
            })
        };
        assert!(defect(record(None)).contains("has not asked"), "{operation:?}");
        let four_eyes = Refusal::FourEyes { alias: "sales".to_owned() };
        assert!(matches!(record(Some(Err(four_eyes))), Err(Failure::Refused(Refusal::FourEyes { .. }))));
    }
    unchanged(&world, commits);
}

#[test]
fn without_a_name_nothing_is_committed() {
    let world = world();
    let commits = world.repository.commits().len();
    for operation in Operation::ALL.iter().filter(|operation| operation.permission() == Permission::Named) {
        let reason = defect(world.drawbridge.change(*operation, |work| {
            work.put(LocalChange::PutSettings(Settings::default()));
            Ok(())
        }));
        assert!(reason.contains("in whose name"), "{operation:?}: {reason}");
    }
    unchanged(&world, commits);
}

#[test]
fn what_is_said_to_touch_no_secret_moves_none() {
    let world = world();
    let commits = world.repository.commits().len();
    for operation in Operation::ALL.iter().filter(|operation| operation.secrets() == SecretUse::Untouched) {
        let reason = defect(world.drawbridge.change(*operation, |work| {
            work.act_as(Actor::System);
            work.permit(Ok(()))?;
            work.record(AuditAction::CredentialsGenerated, "Sales", "");
            let secret = SecretBytes::new(b"a secret".to_vec());
            work.store_secret(NewSecret { id: SecretId(uuid::Uuid::from_u128(2)), label: "label".into(), secret });
            Ok(())
        }));
        assert!(reason.contains("touch no secret"), "{operation:?}: {reason}");
    }
    unchanged(&world, commits);
}

#[test]
fn nobody_else_changes_anything_while_an_operation_looks_and_decides() {
    let world = world();
    let inside = world.drawbridge.change(Operation::CreatePortal, |_| {
        // The database of the tests gives up after a second.
        Ok(world.drawbridge.hubs().create("Hub", "hub", &[]).expect_err("it has to wait"))
    });
    assert!(matches!(inside, Ok(Failure::Repository(RepositoryError::Busy))), "{inside:?}");
    world.drawbridge.hubs().create("Hub", "hub", &[]).expect("afterwards it may");
}

#[test]
fn an_operation_that_changes_nothing_commits_nothing() {
    let world = world();
    let commits = world.repository.commits().len();
    world.drawbridge.change(Operation::CreatePortal, |_| Ok(())).expect("nothing to refuse");
    unchanged(&world, commits);
}

#[test]
fn a_secret_that_is_handed_out_is_recorded_before_and_when_that_fails() {
    let world = world();
    let recorded = |count: usize| {
        let events = world.repository.events();
        events[events.len() - count..].iter().map(|event| event.action).collect::<Vec<_>>()
    };
    let hand = |_: ()| {
        assert_eq!(recorded(1), [AuditAction::CredentialsCopied]);
        Err::<(), _>(Failure::NotFound("clipboard"))
    };
    let prepare = |entries: &mut Entries| {
        entries.record("Sales", "");
        Ok(())
    };
    let result =
        world.drawbridge.release(Operation::HandOverCredentials, AuditAction::CredentialsCopied, prepare, hand);
    assert!(matches!(result, Err(Failure::NotFound(_))));
    assert_eq!(recorded(2), [AuditAction::CredentialsCopied, AuditAction::HandOverFailed]);

    let unrecorded = world.drawbridge.release(
        Operation::HandOverCredentials,
        AuditAction::CredentialsCopied,
        |_| Ok(()),
        |()| -> Result<(), Failure> { panic!("without an entry nothing is handed out") },
    );
    assert!(defect(unrecorded).contains("adds no entry"));
}

#[test]
fn nobody_without_the_role_is_handed_a_secret() {
    let world = world();
    world.act_as_nora();
    let result = world.drawbridge.release(
        Operation::HandOverCredentials,
        AuditAction::CredentialsCopied,
        |_| -> Result<(), Failure> { panic!("nothing is read") },
        |()| Ok::<_, Failure>(()),
    );
    assert!(matches!(result, Err(Failure::Refused(Refusal::RoleMissing { .. }))), "{result:?}");
}

#[test]
fn what_a_change_was_about_is_known_unless_another_process_made_it() {
    let world = world();
    let number = || world.drawbridge.change_number().expect("a number");
    let before = number();
    world.drawbridge.people().add("Bo Both", "bo@example.com", [].into()).expect("Bo");
    let added = number();
    let about = BTreeSet::from([Area::People, Area::Activity]);
    assert_eq!(world.drawbridge.changed_areas(before, added), Some(about));
    assert_eq!(world.drawbridge.changed_areas(added, added), Some(BTreeSet::new()), "nothing has happened since");

    let lock = world.repository.begin_change().expect("the lock of another process");
    world.repository.commit(&[SharedChange::PutPortal(portal()).into()]).expect("by another process");
    drop(lock);
    let foreign = number();
    assert_eq!(world.drawbridge.changed_areas(added, foreign), None);
    assert_eq!(world.drawbridge.changed_areas(before, foreign), None, "part of it is not enough");

    world.act_as_nora();
    let areas = world.drawbridge.changed_areas(foreign, number()).expect("it was this process");
    assert!(areas.contains(&Area::People) && !areas.contains(&Area::Portals), "{areas:?}");
}
