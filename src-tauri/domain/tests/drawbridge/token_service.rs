//! The token service's own keys: generated once, renewed in time, never replaced while they are usable.

use chrono::{SubsecRound, TimeDelta};
use domain::{
    credential::{KeyAlgorithm, Reconciled, SecretItemState},
    documents::{CertificateChain, PrivateKey},
    id::SecretId,
    pki::AuthorityPurpose,
    ports::{Clock, SecretStoreError},
    refusal::Confirmation,
    settings::TokenServiceChange,
    token_service::{TokenServiceIdentity, TokenServiceKeys, TokenServiceSettings},
};
use fakes::{Capture, Effect, Fault, KeychainCall, Tables, World, world};

use crate::read;

fn prepare(world: &World) -> TokenServiceKeys {
    world.drawbridge.token_service().prepare().unwrap()
}

fn identity(world: &World) -> TokenServiceIdentity {
    world.repository.tables().token_service_identity.expect("the token service has run")
}

/// The bytes of both keys, to compare them.
fn keys(keys: &TokenServiceKeys) -> [Vec<u8>; 2] {
    // EXPOSE: the test compares them.
    [keys.tls_key.expose().to_vec(), keys.signing_key.expose().to_vec()]
}

fn moved(host: &str) -> TokenServiceChange {
    TokenServiceChange {
        enabled: true,
        address: "127.0.0.1".into(),
        host: host.into(),
        port: 28443,
        mutual_tls_port: 28444,
        confirmed: vec![Confirmation::Exposure, Confirmation::NewAddresses],
    }
}

fn assert_whole(world: &World) {
    let tables = world.repository.tables();
    let mut in_use = tables.secrets_in_use();
    in_use.sort();
    let aside =
        |id: &&SecretId| tables.secrets.get(id).is_some_and(|item| matches!(item.state, SecretItemState::SetAside(_)));
    let rows: Vec<SecretId> = tables.secrets.keys().filter(|id| !aside(id)).copied().collect();
    assert_eq!(in_use, rows, "a row for every secret in use, no other but what is set aside");
    let items: Vec<SecretId> = world.keychain.items().keys().filter(|id| !aside(id)).copied().collect();
    assert_eq!(in_use, items, "and an item");
}

#[test]
fn the_first_start_generates_what_the_service_needs() {
    let world = world();
    let made = prepare(&world);
    let chain = CertificateChain::parse(&made.certificate_pem).unwrap();
    let authority = world.repository.tables().server_authority.unwrap();
    let clients = world.repository.tables().client_authority.unwrap();
    assert_eq!(chain.length, 2, "complete with its issuer");
    assert!(chain.pem.ends_with(&authority.certificate_pem), "of this installation's own authority");
    assert_eq!(
        (chain.common_name.as_deref(), chain.public_key.as_str()),
        (Some("Drawbridge token service"), "EC P-256")
    );
    assert_eq!(chain.not_after - chain.not_before, TimeDelta::days(365));
    let [tls, signing] = keys(&made);
    assert!(PrivateKey::from_der(&tls).unwrap().belongs_to(&chain), "the key of this very certificate");
    assert!(!PrivateKey::from_der(&signing).unwrap().belongs_to(&chain), "tokens are signed with another one");
    assert_eq!(made.client_authorities, [clients.certificate_pem], "that of the service signs no clients");
    let own = identity(&world);
    assert_eq!(own.not_before, world.clock.now().trunc_subsecs(0));
    assert_eq!((own.not_before, own.not_after), (chain.not_before, chain.not_after));
    assert_eq!(own.names, ["localhost", "127.0.0.1", "::1"]);
    let mut labels: Vec<String> = world.keychain.items().into_values().map(|(label, _)| label).collect();
    labels.sort();
    assert_eq!(
        labels,
        [
            "Drawbridge: key that signs the tokens of the token service",
            "Drawbridge: private key of the client CA",
            "Drawbridge: private key of the server CA",
            "Drawbridge: private key of the token service's TLS certificate",
        ],
        "somebody looks at them in the system's own keychain app"
    );
    assert_whole(&world);
}

#[test]
fn every_further_start_has_the_same_keys_and_changes_nothing() {
    let world = world();
    let first = prepare(&world);
    let everything = || {
        let tables = Tables { seen_time: None, ..world.repository.tables() };
        (tables, world.keychain.items(), world.repository.events())
    };
    let before = everything();
    world.keychain.take_calls();
    for days in [0, 100, 234] {
        world.clock.advance(TimeDelta::days(days));
        let again = prepare(&world);
        assert_eq!((keys(&again), &again.certificate_pem), (keys(&first), &first.certificate_pem));
    }
    assert_eq!(everything(), before);
    let reads = world.keychain.take_calls();
    assert!(reads.iter().all(|call| matches!(call, KeychainCall::Get(_))) && reads.len() == 6, "{reads:?}");
}

#[test]
fn thirty_days_before_its_end_the_certificate_is_renewed_and_the_signing_key_stays() {
    let world = world();
    let first = prepare(&world);
    let former = identity(&world);
    world.pass(TimeDelta::days(335) - TimeDelta::seconds(2));
    assert_eq!(prepare(&world).certificate_pem, first.certificate_pem, "not a moment before");
    assert!(!renewal_changes_plan(&world));
    world.clock.advance(TimeDelta::seconds(2));
    assert!(renewal_changes_plan(&world), "the running service learns that it has to start again");
    let renewed = prepare(&world);
    let chain = CertificateChain::parse(&renewed.certificate_pem).unwrap();
    assert_eq!(chain.not_after, world.clock.now().trunc_subsecs(0) + TimeDelta::days(365));
    assert_ne!(renewed.certificate_pem, first.certificate_pem);
    let ([tls, signing], [former_tls, former_signing]) = (keys(&renewed), keys(&first));
    assert!(PrivateKey::from_der(&tls).unwrap().belongs_to(&chain));
    assert_ne!(tls, former_tls, "a new certificate has a new key");
    assert_eq!(signing, former_signing, "tokens that were issued stay good");
    assert_eq!(world.keychain.find(former.tls_key), None, "the former key has no more use");
    assert_eq!(identity(&world).signing_key, former.signing_key);
    assert_whole(&world);
}

/// Whether the plan asks for another start although nothing has changed but the time.
fn renewal_changes_plan(world: &World) -> bool {
    let plan = world.drawbridge.token_service().plan().unwrap();
    world.clock.advance(TimeDelta::days(-300));
    let earlier = world.drawbridge.token_service().plan().unwrap();
    world.clock.advance(TimeDelta::days(300));
    plan != earlier
}

#[test]
fn another_host_name_takes_another_certificate_with_the_same_signing_key() {
    let world = world();
    let first = prepare(&world);
    for (host, names) in [
        ("portals.example.com", vec!["localhost", "127.0.0.1", "::1", "portals.example.com"]),
        ("[::1]", vec!["localhost", "127.0.0.1", "::1"]),
        ("10.0.0.7", vec!["localhost", "127.0.0.1", "::1", "10.0.0.7"]),
    ] {
        let before = identity(&world);
        world.drawbridge.settings().change_token_service(moved(host)).unwrap();
        let other = prepare(&world);
        let own = identity(&world);
        assert_eq!(own.names, names);
        let chain = CertificateChain::parse(&other.certificate_pem).unwrap();
        assert!(PrivateKey::from_der(&keys(&other)[0]).unwrap().belongs_to(&chain));
        assert_ne!(own.tls_key, before.tls_key);
        assert_eq!(own.signing_key, before.signing_key);
        assert_eq!(keys(&other)[1], keys(&first)[1], "tokens that were issued stay good");
        assert_whole(&world);
    }
    let open = TokenServiceChange { address: "0.0.0.0".into(), ..moved("10.0.0.7") };
    let before = identity(&world);
    world.drawbridge.settings().change_token_service(open).unwrap();
    prepare(&world);
    assert_eq!(identity(&world), before, "an address that stands for all is no name of this computer");
    let open = TokenServiceChange { address: "192.168.1.7".into(), ..moved("10.0.0.7") };
    world.drawbridge.settings().change_token_service(open).unwrap();
    prepare(&world);
    assert_eq!(identity(&world).names, ["localhost", "127.0.0.1", "::1", "10.0.0.7", "192.168.1.7"]);
}

#[test]
fn another_port_takes_no_other_certificate() {
    let world = world();
    let first = prepare(&world);
    world
        .drawbridge
        .settings()
        .change_token_service(TokenServiceChange { port: 30443, mutual_tls_port: 30444, ..moved("localhost") })
        .unwrap();
    assert_eq!(prepare(&world).certificate_pem, first.certificate_pem);
}

#[test]
fn a_service_under_other_names_has_a_certificate_of_its_own_in_memory_only() {
    let world = world();
    let stored = prepare(&world);
    let own = identity(&world);
    let settings = world.drawbridge.settings().get().unwrap().token_service;
    let same = world.drawbridge.token_service().prepare_for(&settings).unwrap();
    assert_eq!(same.certificate_pem, stored.certificate_pem, "where the stored one fits it is used");
    let elsewhere = TokenServiceSettings { address: "192.168.1.7".parse().unwrap(), ..settings };
    let other = world.drawbridge.token_service().prepare_for(&elsewhere).unwrap();
    let chain = CertificateChain::parse(&other.certificate_pem).unwrap();
    assert_ne!(other.certificate_pem, stored.certificate_pem);
    let ([tls, signing], [_, stored_signing]) = (keys(&other), keys(&stored));
    assert!(PrivateKey::from_der(&tls).unwrap().belongs_to(&chain), "with its own key");
    assert_eq!(signing, stored_signing, "but tokens are those of this installation");
    assert_eq!(other.client_authorities, stored.client_authorities);
    assert_eq!(identity(&world), own, "the window goes on with what it has");
    // A4: an authority vouches for the names that it was made for.
    let authority = world.repository.tables().server_authority.unwrap();
    assert!(other.certificate_pem.ends_with(&authority.certificate_pem));
    let names = ["localhost", "127.0.0.1", "::1", "192.168.1.7"].map(str::to_owned).to_vec();
    assert_eq!(authority.purpose, AuthorityPurpose::Server { names });
    world.drawbridge.token_service().prepare_for(&elsewhere).unwrap();
    prepare(&world);
    assert_eq!(world.repository.tables().server_authority, Some(authority), "one for both from then on");
    assert_whole(&world);
}

#[test]
fn only_what_is_surely_gone_is_made_again() {
    let world = world();
    let first = prepare(&world);
    let own = identity(&world);

    world.keychain.lose(own.tls_key);
    let second = prepare(&world);
    assert_ne!(second.certificate_pem, first.certificate_pem, "a certificate is nothing without its key");
    assert_eq!(keys(&second)[1], keys(&first)[1], "the signing key was there");
    assert_whole(&world);

    let own = identity(&world);
    world.keychain.lose(own.signing_key);
    let third = prepare(&world);
    assert_eq!(third.certificate_pem, second.certificate_pem, "the certificate has its key");
    assert_eq!(keys(&third)[0], keys(&second)[0]);
    assert_ne!(keys(&third)[1], keys(&second)[1]);
    assert_whole(&world);

    let own = identity(&world);
    world.keychain.lose(own.signing_key);
    world.keychain.lose(own.tls_key);
    let fourth = prepare(&world);
    assert!(keys(&fourth).iter().zip(keys(&third)).all(|(new, old)| *new != old));
    assert_whole(&world);
}

/// What *Home* says about lost keys.
#[test]
fn an_authority_whose_key_is_lost_is_made_again_when_it_has_to_sign_and_not_before() {
    let world = world();
    let first = prepare(&world);
    let authorities = || {
        let tables = world.repository.tables();
        (tables.server_authority.unwrap(), tables.client_authority.unwrap())
    };
    let (server, clients) = authorities();
    world.keychain.lose(server.secret);
    world.keychain.lose(clients.secret);
    assert_eq!(prepare(&world).certificate_pem, first.certificate_pem);
    assert_eq!(authorities(), (server.clone(), clients.clone()), "clients trust it, and the certificate is still good");

    world.portal_with("Sales", World::CERTIFICATE);
    assert_eq!(authorities().0, server);
    assert_ne!(authorities().1, clients, "the next certificate credential needs it");

    world.pass(TimeDelta::days(340));
    prepare(&world);
    assert_ne!(authorities().0, server, "so does the renewal of the TLS certificate");
    assert_whole(&world);
}

#[test]
fn a_keychain_that_cannot_be_read_now_replaces_nothing() {
    for (error, message) in [
        (SecretStoreError::Locked, "the keychain is locked"),
        (SecretStoreError::Denied, "access to the keychain was denied"),
        (SecretStoreError::NoKeychain, "no keychain is available"),
        (SecretStoreError::Broken { reason: "no answer".into() }, "the keychain failed: no answer"),
    ] {
        for works_for in 0..2 {
            let world = world();
            let first = prepare(&world);
            let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
            world.keychain.fail_always_after(works_for, error.clone());
            let failure = world.drawbridge.token_service().prepare().unwrap_err();
            assert_eq!(failure.to_string(), message);
            let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
            assert_eq!(after, before, "{message}, after {works_for} calls: locked is not empty");
            world.keychain.recover();
            assert_eq!(keys(&prepare(&world)), keys(&first), "the keys were there all the time");
        }
    }
}

#[test]
fn one_key_that_could_not_be_read_once_is_not_replaced_either() {
    for step in 0..2 {
        let world = world();
        let first = prepare(&world);
        let before = (world.repository.tables(), world.keychain.items());
        world.faults.plan(Fault::FailOnce { step, effect: Effect::None });
        let failure = world.drawbridge.token_service().prepare().unwrap_err();
        assert_eq!(failure.to_string(), "the keychain failed: the test said so", "key {step}");
        assert_eq!(world.faults.take_journal().len(), step + 1, "it ends there");
        assert_eq!(
            (world.repository.tables(), world.keychain.items()),
            before,
            "the keychain would have taken another"
        );
        assert_eq!(keys(&prepare(&world)), keys(&first));
    }
}

fn waits(world: &World) -> Option<String> {
    world.drawbridge.token_service().plan().unwrap().waits.map(|refusal| refusal.to_string())
}

/// F1: a year ahead for five seconds.
#[test]
fn a_clock_that_is_ahead_for_a_moment_renews_nothing() {
    let world = world();
    let first = prepare(&world);
    let before = (world.keychain.items(), world.repository.events());
    world.clock.advance(TimeDelta::days(365));
    let plan = world.drawbridge.token_service().plan().unwrap();
    let refusal = plan.waits.clone().expect("it is said meanwhile");
    assert_eq!(
        read(&refusal),
        [
            "the clock of this computer went from 2026-03-01 09:30 UTC to 2027-03-01 09:30 UTC; a certificate of the token \
             service is not renewed before that is certain",
            "Set the date and time of this computer if they are wrong. If they are right, because the computer was off, \
             say, there is nothing to do: the certificate is renewed after ten minutes."
        ]
    );
    assert_eq!(keys(&prepare(&world)), keys(&first), "the service goes on with what it has");
    world.clock.advance(TimeDelta::seconds(5));
    prepare(&world);
    world.clock.advance(TimeDelta::days(-365));
    assert_eq!(waits(&world), None, "right again at once");
    assert_eq!(prepare(&world).certificate_pem, first.certificate_pem);
    assert_eq!((world.keychain.items(), world.repository.events()), before);
}

/// F1: a computer that was off for a year.
#[test]
fn a_year_that_has_really_gone_by_renews_the_certificate_after_ten_minutes() {
    let world = world();
    let first = prepare(&world);
    world.clock.advance(TimeDelta::days(365));
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
    assert_eq!(prepare(&world).certificate_pem, first.certificate_pem);
    assert!(waits(&world).is_some());
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(waits(&world), None);
    let renewed = CertificateChain::parse(&prepare(&world).certificate_pem).unwrap();
    assert_eq!(renewed.not_before, world.clock.now().trunc_subsecs(0));
    assert_whole(&world);
}

/// F1: it was ahead long enough to be believed.
#[test]
fn a_certificate_from_the_future_is_replaced_when_the_clock_has_been_right_for_ten_minutes() {
    let world = world();
    prepare(&world);
    let authority = world.repository.tables().server_authority;
    world.pass(TimeDelta::days(365));
    let wrong = prepare(&world);
    let signing = identity(&world).signing_key;
    world.clock.advance(TimeDelta::days(-365));
    let said = waits(&world).expect("the service is out of order, and says so");
    assert!(
        said.starts_with("the clock of this computer shows a time before a certificate of the token service begins"),
        "{said}"
    );
    assert_eq!(keys(&prepare(&world)), keys(&wrong), "it starts all the same: nobody has to delete a row by hand");
    world.pass(TimeDelta::minutes(10));
    assert_eq!(waits(&world), None);
    let right = CertificateChain::parse(&prepare(&world).certificate_pem).unwrap();
    assert_eq!(right.not_before, world.clock.now().trunc_subsecs(0), "valid for everybody now");
    assert_eq!(identity(&world).signing_key, signing);
    assert_eq!(world.repository.tables().server_authority, authority, "and by the authority that clients trust");
    assert_whole(&world);
}

/// F1: 1970, say, for as long as it likes.
#[test]
fn a_clock_that_is_behind_replaces_neither_certificate_nor_authority() {
    let world = world();
    let first = prepare(&world);
    // Months of use.
    for _ in 0..100 {
        world.clock.advance(TimeDelta::days(1));
        world.drawbridge.time().watch().unwrap();
    }
    let everything = || {
        let tables = Tables { seen_time: None, ..world.repository.tables() };
        (tables, world.keychain.items(), world.repository.events())
    };
    let before = everything();
    world.clock.advance(TimeDelta::days(-20_000));
    for _ in 0..20 {
        world.pass(TimeDelta::hours(23));
        assert_eq!(keys(&prepare(&world)), keys(&first));
        assert!(waits(&world).expect("it is said").contains("it is behind now"));
        assert_eq!(everything(), before, "nothing that clients trust is given up");
    }
    world.clock.advance(TimeDelta::days(20_000));
    assert_eq!(keys(&prepare(&world)), keys(&first));
    assert_eq!((waits(&world), everything()), (None, before), "nothing was lost");
}

/// F1: an installation that a former version left in that state.
#[test]
fn keys_that_were_made_by_a_clock_a_year_ahead_are_replaced_although_nobody_remembers_it() {
    let world = world();
    world.clock.advance(TimeDelta::days(365));
    world.repository.forget_seen_time();
    prepare(&world);
    world.repository.forget_seen_time();
    world.clock.advance(TimeDelta::days(-365));
    assert!(waits(&world).is_some());
    prepare(&world);
    world.pass(TimeDelta::minutes(10));
    let right = CertificateChain::parse(&prepare(&world).certificate_pem).unwrap();
    assert!(right.not_before <= world.clock.now());
    let authority = world.repository.tables().server_authority.unwrap();
    assert!(authority.created_at <= world.clock.now());
    assert_whole(&world);
}

/// F1: where nothing can be written nothing is renewed, and the service goes on.
#[test]
fn a_clock_that_cannot_be_remembered_stops_nothing() {
    let world = world();
    let first = prepare(&world);
    world.clock.advance(TimeDelta::days(1));
    world.repository.fail_next_commit(domain::ports::RepositoryError::DiskFull);
    assert_eq!(keys(&prepare(&world)), keys(&first));
}

/// A4: an installation from before, whose token service shows a certificate by the one authority there was.
#[test]
fn clients_that_trust_the_former_authority_go_on_until_the_certificate_ends_or_somebody_takes_over() {
    let world = world();
    let first = prepare(&world);
    let former = world.repository.tables().server_authority.unwrap();
    world.repository.forget_server_authority();
    world.drawbridge.secrets().reconcile().unwrap();
    let aside = world.repository.all_tables().secrets[&former.secret].state;
    assert!(matches!(aside, SecretItemState::SetAside(_)), "nothing refers to its key, which goes after thirty days");

    let again = prepare(&world);
    assert_eq!(again.certificate_pem, first.certificate_pem, "clients that trust the former one are still served");
    let present = world.repository.tables().server_authority.expect("the new one is there, to be handed out");
    assert_ne!(present.certificate_pem, former.certificate_pem);
    let file = Capture::at("/tmp/ca.pem");
    world.drawbridge.settings().export_authority(&file).unwrap();
    assert_eq!(
        file.delivered(),
        std::slice::from_ref(&present.certificate_pem),
        "the former one is handed out no more"
    );
    let shown = || world.drawbridge.settings().get_page().unwrap().authority.unwrap().takes_over_at;
    assert_eq!(shown(), Some(identity(&world).not_after - TimeDelta::days(30)), "Settings says until when");

    world.drawbridge.token_service().take_over_authority().unwrap();
    let taken = prepare(&world);
    assert!(taken.certificate_pem.ends_with(&present.certificate_pem));
    assert_eq!(keys(&taken)[1], keys(&first)[1], "tokens that were issued stay good");
    assert_eq!(shown(), None);
    let events = world.repository.events().len();
    world.drawbridge.token_service().take_over_authority().unwrap();
    assert_eq!(world.repository.events().len(), events, "once is enough");
    assert_whole(&world);
}

#[test]
fn clients_of_former_authorities_are_still_accepted() {
    let world = world();
    let (portal, old) = world.portal_with("Sales", World::CERTIFICATE);
    let first = prepare(&world).client_authorities;
    world.keychain.lose(world.repository.tables().client_authority.unwrap().secret);
    world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    let second = prepare(&world).client_authorities;
    let present = world.repository.tables().client_authority.unwrap().certificate_pem;
    assert_eq!(second, [present, first[0].clone()], "the present one first");
    let chain = match &old.kind {
        domain::credential::CredentialKind::Certificate(chain) => &chain.pem,
        domain::credential::CredentialKind::ClientSecret(_) => panic!("expected a certificate"),
    };
    assert!(chain.ends_with(&second[1]), "certificates stay valid that were issued before");
    assert_eq!(second.len(), 2);
}

#[test]
fn the_plan_says_whether_the_service_is_wanted_and_when_it_has_to_start_again() {
    let world = world();
    let plan = || world.drawbridge.token_service().plan().unwrap();
    world.keychain.fail_always(SecretStoreError::Locked);
    assert!(!plan().wanted, "without a portal nobody needs it");
    world.keychain.recover();
    let portal = world.portal("Sales");
    assert!(plan().wanted);
    let before = plan();
    assert_eq!(plan(), before);
    world.hub("Hub");
    assert_eq!(plan(), before, "a hub changes nothing about it");
    prepare(&world);
    let prepared = plan();
    assert_ne!(prepared, before, "its keys follow from it");
    world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
    assert_eq!(plan(), prepared, "clients come and go while it runs");
    world.drawbridge.settings().change_token_service(moved("portals.example.com")).unwrap();
    let elsewhere = plan();
    assert_ne!(elsewhere, prepared);
    prepare(&world);
    assert_ne!(plan(), elsewhere, "it has another certificate");
    world
        .drawbridge
        .settings()
        .change_token_service(TokenServiceChange { enabled: false, ..moved("localhost") })
        .unwrap();
    assert!(!plan().wanted, "somebody has switched it off");
}

#[test]
fn a_new_authority_is_a_reason_to_start_again() {
    let world = world();
    let (portal, _) = world.portal_with("Sales", World::SECRET);
    prepare(&world);
    let before = world.drawbridge.token_service().plan().unwrap();
    world.keychain.lose(world.repository.tables().client_authority.unwrap().secret);
    let algorithm = domain::credential::GenerateKind::Certificate(KeyAlgorithm::P256);
    world.drawbridge.portals().regenerate_credentials(portal.id, algorithm).unwrap();
    assert_ne!(
        world.drawbridge.token_service().plan().unwrap(),
        before,
        "the running service does not know the issuer of the new client certificates yet"
    );
}

#[test]
fn a_certificate_that_cannot_be_issued_leaves_nothing_behind() {
    let world = world();
    for _ in 0..3 {
        world.issuer.fail_next("no entropy");
        let failure = world.drawbridge.token_service().prepare().unwrap_err();
        assert_eq!(failure.to_string(), "the certificate could not be issued: no entropy");
        assert_eq!(world.repository.tables().token_service_identity, None);
        assert_whole(&world);
    }
    prepare(&world);
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default(), "nothing is left to repair");
}

#[test]
fn nobody_has_to_be_there_for_the_service_to_start() {
    let world = world();
    world.act_as(&world.nora);
    prepare(&world);
    let of_the_app = world.repository.events().into_iter().filter(|event| event.actor == domain::person::Actor::System);
    let told: Vec<String> = of_the_app.map(|event| crate::line(&event)).collect();
    assert_eq!(
        told,
        [
            "Drawbridge | Certificate authority generated | Drawbridge Server CA | For localhost, 127.0.0.1, ::1; valid \
             until 2036-02-27",
            "Drawbridge | Certificate authority generated | Drawbridge Client CA | Valid until 2036-02-27",
        ],
        "what others may come to trust is recorded"
    );
}
