//! *Settings*: the token service's addresses, how often connections are tested, the CA certificate.

use chrono::{SubsecRound, TimeDelta};
use domain::{
    documents::CertificateChain,
    messages::Language,
    portal::{Applied, Endpoints},
    ports::{Clock, HandOverFailure, OutletError, RepositoryError},
    refusal::{Confirmation, Failure, Refusal},
    settings::{ProxyChange, ProxyChoice, ProxyUrl, Settings, TokenServiceChange},
    token_service::TokenServiceSettings,
};
use fakes::{Capture, Watcher, World, world};

use crate::{last_line, read, refused};

/// The default settings as typed, with nothing confirmed.
fn typed() -> TokenServiceChange {
    TokenServiceChange {
        enabled: true,
        address: "127.0.0.1".into(),
        host: "localhost".into(),
        port: 28443,
        mutual_tls_port: 28444,
        confirmed: vec![],
    }
}

fn elsewhere() -> TokenServiceChange {
    TokenServiceChange { host: "portals.example.com".into(), port: 30443, mutual_tls_port: 30444, ..typed() }
}

#[test]
fn at_first_the_token_service_runs_on_this_computer_only() {
    let world = world();
    let page = world.drawbridge.settings().get_page().unwrap();
    assert_eq!(page.settings, Settings::default());
    let TokenServiceSettings { enabled, address, endpoints } = page.settings.token_service;
    assert!(enabled && address.is_loopback());
    assert_eq!(endpoints, Endpoints { host: "localhost".into(), port: 28443, mutual_tls_port: 28444 });
    assert_eq!(page.settings.check_interval_hours, 6);
    assert!(page.authority.is_none() && page.may_manage_token_service.is_ok() && page.may_manage_checks.is_ok());
}

#[test]
fn each_half_of_the_page_takes_its_own_role() {
    let world = world();
    world.act_as(&world.paul);
    let page = world.drawbridge.settings().get_page().unwrap();
    assert!(page.may_manage_token_service.is_ok());
    let refusal = refused(world.drawbridge.settings().change_check_interval(3));
    assert_eq!(
        refusal.to_string(),
        "Paul Portal may not set how connections are tested: AuthGroup.API.Admin is missing"
    );
    assert_eq!(page.may_manage_checks, Err(refusal), "the screen shows the same reason");
    world.drawbridge.settings().change_token_service(typed()).unwrap();

    world.act_as(&world.hal);
    let page = world.drawbridge.settings().get_page().unwrap();
    assert!(page.may_manage_checks.is_ok());
    let refusal = refused(world.drawbridge.settings().change_token_service(typed()));
    assert_eq!(refusal.to_string(), "Hal Half may not manage the token service: APIPortal.Administrator is missing");
    assert_eq!(page.may_manage_token_service, Err(refusal));
    world.drawbridge.settings().change_check_interval(3).unwrap();
}

/// promise A6: the question before a secret leaves is a setting, on at first; whoever uses the installation may change it.
#[test]
fn the_system_asks_before_secrets_until_somebody_says_otherwise_and_that_is_recorded() {
    let world = world();
    assert!(world.drawbridge.settings().get().unwrap().asks_before_secrets);
    world.act_as(&world.hal);
    assert!(!world.drawbridge.settings().change_asking(false).unwrap().asks_before_secrets);
    assert_eq!(last_line(&world), "Hal Half | Question before secrets changed | Secrets | Off");
    world.drawbridge.settings().change_check_interval(3).unwrap();
    assert!(!world.drawbridge.settings().get().unwrap().asks_before_secrets, "another setting leaves it alone");
    assert!(world.drawbridge.settings().change_asking(true).unwrap().asks_before_secrets);
}

#[test]
fn what_is_typed_wrongly_is_named_with_its_field_and_what_to_do() {
    let world = world();
    let before = (world.repository.tables(), world.repository.events());
    let an_address = "Enter an address such as 127.0.0.1, 0.0.0.0 or ::1.";
    let a_name = "Enter a name such as portal.example.com, without https:// and without a port.";
    let a_port = "Enter a number such as 28443.";
    for (change, field, message, remedy) in [
        (TokenServiceChange { address: " ".into(), ..typed() }, "Address", "fill in Address", ""),
        (
            TokenServiceChange { address: "localhost".into(), ..typed() },
            "Address",
            "localhost is not an IP address",
            an_address,
        ),
        (
            TokenServiceChange { address: "127.0.0.1:80".into(), ..typed() },
            "Address",
            "127.0.0.1:80 is not an IP address",
            an_address,
        ),
        (TokenServiceChange { host: String::new(), ..typed() }, "Host Name", "fill in Host Name", ""),
        (
            TokenServiceChange { host: "https://localhost".into(), ..typed() },
            "Host Name",
            "https://localhost is not a host name",
            a_name,
        ),
        (
            TokenServiceChange { host: "localhost:28443".into(), ..typed() },
            "Host Name",
            "localhost:28443 is not a host name",
            a_name,
        ),
        (
            TokenServiceChange { host: "local/host".into(), ..typed() },
            "Host Name",
            "local/host is not a host name",
            a_name,
        ),
        (TokenServiceChange { host: "127.1".into(), ..typed() }, "Host Name", "127.1 is not a host name", a_name),
        (
            TokenServiceChange { host: "x".repeat(254), ..typed() },
            "Host Name",
            "Host Name has 254 characters; at most 253 are possible",
            "Shorten it to 253 characters.",
        ),
        (TokenServiceChange { port: 1023, ..typed() }, "Port", "Port must be a number from 1024 to 65535", a_port),
        (
            TokenServiceChange { mutual_tls_port: 65_536, ..typed() },
            "Port for Mutual TLS",
            "Port for Mutual TLS must be a number from 1024 to 65535",
            a_port,
        ),
        (
            TokenServiceChange { mutual_tls_port: 28443, ..typed() },
            "Port for Mutual TLS",
            "the two ports must be different",
            "Choose another port for one of them.",
        ),
    ] {
        let refusal = refused(world.drawbridge.settings().change_token_service(change));
        assert_eq!(read(&refusal), [message, remedy]);
        assert_eq!(
            refusal.field().map(|field| field.label(Language::English)),
            Some(field),
            "the form points at the field"
        );
    }
    for hours in [0, 169] {
        let refusal = refused(world.drawbridge.settings().change_check_interval(hours));
        assert_eq!(read(&refusal), ["the interval must be from 1 to 168 hours", "Enter a number of hours such as 6."]);
        assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Test Connections Every"));
    }
    assert_eq!((world.repository.tables(), world.repository.events()), before, "a refusal changes nothing");
}

#[test]
fn what_was_set_is_kept_and_recorded() {
    let world = world();
    let settings = world.drawbridge.settings().change_token_service(elsewhere()).unwrap();
    assert_eq!(world.drawbridge.settings().get().unwrap(), settings);
    assert_eq!(settings.token_service.endpoints.host, "portals.example.com");
    assert_eq!(
        last_line(&world),
        "Ada Admin | Token service changed | Token service | On, at 127.0.0.1, portals.example.com:30443 and \
         portals.example.com:30444"
    );
    for (hours, detail) in [(1, "Every hour"), (168, "Every 168 hours")] {
        let settings = world.drawbridge.settings().change_check_interval(hours).unwrap();
        assert_eq!(settings.check_interval_hours, hours);
        assert_eq!(settings.token_service.endpoints.port, 30443, "the other half stays");
        assert_eq!(last_line(&world), format!("Ada Admin | Test interval changed | Connections | {detail}"));
    }
    let off = TokenServiceChange { enabled: false, ..elsewhere() };
    let settings = world.drawbridge.settings().change_token_service(off).unwrap();
    assert_eq!((settings.token_service.enabled, settings.check_interval_hours), (false, 168));
    assert_eq!(
        last_line(&world),
        "Ada Admin | Token service changed | Token service | Off, at 127.0.0.1, portals.example.com:30443 and portals.example.com:30444"
    );
}

#[test]
fn an_address_that_other_computers_can_reach_is_confirmed() {
    let world = world();
    for address in ["0.0.0.0", "192.168.1.7", "::", "fe80::1"] {
        let open = TokenServiceChange { address: address.into(), ..typed() };
        let refusal = refused(world.drawbridge.settings().change_token_service(open.clone()));
        assert_eq!(
            read(&refusal),
            [
                format!("at the address {address} other computers can reach the token service"),
                "Confirm that other computers may reach it, or use 127.0.0.1.".to_owned()
            ]
        );
        assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Address"));
        assert_eq!(refusal.confirmation(), Some(Confirmation::Exposure));
        world
            .drawbridge
            .settings()
            .change_token_service(TokenServiceChange { confirmed: vec![Confirmation::Exposure], ..open.clone() })
            .unwrap();
        world.drawbridge.settings().change_token_service(open).expect("what was confirmed is not asked again");
        world.drawbridge.settings().change_token_service(typed()).expect("back to this computer takes no confirmation");
    }
    for address in ["127.0.0.2", "::1"] {
        world
            .drawbridge
            .settings()
            .change_token_service(TokenServiceChange { address: address.into(), ..typed() })
            .unwrap();
    }
}

#[test]
fn new_addresses_are_confirmed_where_requests_hold_the_present_ones() {
    let world = world();
    let hub = world.hub("Hub");
    let (sales, secret) = world.portal_with("Sales", World::SECRET);
    let (_, certificate) = world.portal_with("Stock", World::CERTIFICATE);
    world.connect(&hub, "Sales", &world.document(secret.id));
    world.connect(&hub, "Elsewhere", &world.foreign_document("elsewhere", "a secret of its own"));
    let of_secret = |change| refused(world.drawbridge.settings().change_token_service(change));
    let refusal = of_secret(elsewhere());
    assert_eq!(
        read(&refusal),
        [
            "a request holds credentials with other addresses than these: Sales",
            "Confirm the change and give these requests the new credentials afterwards (Edit Credentials, or Re-establish \
             Connection once they are approved), or keep the present addresses."
        ],
        "a portal in SAP has nothing to do with it"
    );
    assert_eq!(refusal.confirmation(), Some(Confirmation::NewAddresses));
    world
        .drawbridge
        .settings()
        .change_token_service(TokenServiceChange { mutual_tls_port: 28445, ..typed() })
        .expect("no client secret goes to that port");
    world.drawbridge.settings().change_token_service(typed()).unwrap();

    world.submit(&hub, "Stock, waiting", &world.document(certificate.id));
    let refusal = of_secret(TokenServiceChange { mutual_tls_port: 28445, ..typed() });
    assert_eq!(
        refusal.to_string(),
        "a request holds credentials with other addresses than these: Stock, waiting",
        "a certificate goes there"
    );
    let Refusal::AddressesInUse { connections } = of_secret(elsewhere()) else { panic!("expected both") };
    assert_eq!(connections, ["Sales", "Stock, waiting"]);
    assert_eq!(
        of_secret(elsewhere()).to_string(),
        "2 requests hold credentials with other addresses than these: Sales, Stock, waiting"
    );
    assert_eq!(world.drawbridge.settings().get().unwrap(), Settings::default(), "nothing has changed");

    let confirmed = TokenServiceChange { confirmed: vec![Confirmation::NewAddresses], ..elsewhere() };
    world.drawbridge.settings().change_token_service(confirmed).unwrap();
    world
        .drawbridge
        .settings()
        .change_token_service(TokenServiceChange { enabled: false, ..elsewhere() })
        .expect("asked once");
    let page = world.drawbridge.portals().get_page(sales.id).unwrap();
    assert_eq!(page.addresses.url, "https://portals.example.com:30443/sales");
}

#[test]
fn a_document_with_former_addresses_is_still_the_portals() {
    let world = world();
    let hub = world.hub("Hub");
    let (sales, secret) = world.portal_with("Sales", World::SECRET);
    let (stock, certificate) = world.portal_with("Stock", World::CERTIFICATE);
    let old = [world.document(secret.id), world.document(certificate.id)];
    let request = world.connect(&hub, "Sales", &old[0]);
    world
        .drawbridge
        .settings()
        .change_token_service(TokenServiceChange { confirmed: vec![Confirmation::NewAddresses], ..elsewhere() })
        .unwrap();

    for (document, portal) in old.iter().zip([&sales, &stock]) {
        let seen = world.inspect(document);
        assert_eq!(seen.portal_name.as_deref(), Some(portal.name.as_str()), "it generated these credentials");
        assert!(seen.facts.url.starts_with("https://localhost:28443/"));
    }
    let page = world.drawbridge.portals().get_page(sales.id).unwrap();
    assert!(matches!(&page.credentials[0].applied, Applied::To { alias, .. } if alias == "Sales"));
    let other = world.hub("Other");
    let refusal = refused(world.drawbridge.requests().submit(other.id, "Again", &old[0], "", true));
    assert_eq!(
        refusal.to_string(),
        "this portal already has the approved request Sales in the hub Hub",
        "other addresses make no other portal of it"
    );
    let same = refused(world.drawbridge.requests().reestablish(request.id, &old[0]));
    assert_eq!(same.to_string(), "the hub holds these credentials for Sales already");

    world.clock.advance(TimeDelta::seconds(1));
    let new = world.drawbridge.portals().regenerate_credentials(sales.id, World::SECRET).unwrap();
    let document = world.document(new.id);
    assert!(
        document.contains("https://portals.example.com:30443/sales/oauth/token"),
        "new documents have the new ones"
    );
    let again = world.drawbridge.requests().reestablish(request.id, &document).unwrap();
    assert_eq!(again.portal_id, Some(sales.id));
    assert_eq!(again.facts().url, "https://portals.example.com:30443/sales");
    let submitted = world.submit(&hub, "Stock", &old[1]);
    assert_eq!(submitted.portal_id, Some(stock.id), "whoever pastes an old document has the right portal all the same");
}

mod export {
    use super::*;

    fn refusal_of(result: Result<(), HandOverFailure>) -> Refusal {
        match result {
            Err(HandOverFailure::Failure(Failure::Refused(refusal))) => refusal,
            Ok(()) | Err(HandOverFailure::Failure(_) | HandOverFailure::Outlet(_)) => {
                panic!("expected a refusal, got {result:?}")
            }
        }
    }

    #[test]
    fn before_there_is_an_authority_there_is_nothing_to_export() {
        let world = world();
        let file = Capture::at("/tmp/ca.pem");
        let refusal = refused(world.drawbridge.settings().may_export_authority());
        assert_eq!(read(&refusal), ["there is no CA certificate yet", "Start the token service first."]);
        assert_eq!(refusal_of(world.drawbridge.settings().export_authority(&file)), refusal);
        assert!(file.delivered().is_empty());
        assert!(world.repository.tables().server_authority.is_none(), "asking creates none");
    }

    #[test]
    fn the_certificate_of_the_authority_is_handed_over_and_never_its_key() {
        let world = world();
        world.drawbridge.token_service().prepare().unwrap();
        let shown = world.drawbridge.settings().get_page().unwrap().authority.unwrap();
        assert_eq!(shown.names, ["localhost", "127.0.0.1", "::1"], "what trusting it means");
        assert_eq!((shown.since, shown.takes_over_at), (world.clock.now().trunc_subsecs(3), None));
        world.drawbridge.settings().may_export_authority().unwrap();
        let file = Capture::at("/tmp/ca.pem");
        world.drawbridge.settings().export_authority(&file).unwrap();
        let [pem] = file.delivered().try_into().unwrap();
        let authority = world.repository.tables().server_authority.unwrap();
        assert_eq!(pem, authority.certificate_pem);
        let chain = CertificateChain::parse(&pem).expect("certificates and nothing else");
        assert_eq!(
            (chain.length, chain.subject),
            (1, "O=Drawbridge, OU=Drawbridge, CN=Drawbridge Server CA".to_owned())
        );
        assert_eq!(last_line(&world), "Ada Admin | CA certificate exported | Drawbridge Server CA | To /tmp/ca.pem");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_told_and_not_recorded_as_written() {
        let world = world();
        world.drawbridge.token_service().prepare().unwrap();
        let events = world.repository.events();
        let error = OutletError::File { path: "/ca.pem".into(), reason: "permission denied".into() };
        let failure = world.drawbridge.settings().export_authority(&Capture::that_fails(error)).unwrap_err();
        assert_eq!(failure.to_string(), "the file /ca.pem cannot be written: permission denied");
        assert_eq!(world.repository.events(), events);
    }

    #[test]
    fn what_is_public_may_leave_although_it_cannot_be_recorded() {
        let world = world();
        world.drawbridge.token_service().prepare().unwrap();
        world.repository.fail_next_commit(RepositoryError::DiskFull);
        let file = Capture::at("/tmp/ca.pem");
        world.drawbridge.settings().export_authority(&file).unwrap();
        assert_eq!(file.delivered().len(), 1);
    }
}

#[test]
fn settings_that_another_change_holds_up_are_not_changed() {
    let world = world();
    world.repository.fail_next_change(RepositoryError::Busy);
    let failure = world.drawbridge.settings().change_check_interval(3).unwrap_err();
    assert_eq!(failure.to_string(), "the database is in use by another program");
    assert_eq!(world.drawbridge.settings().get().unwrap(), Settings::default());
}

/// Promise C2: the proxy is a setting, which takes no password; all connections are tested by the new way.
#[test]
fn the_proxy_is_kept_recorded_and_used() {
    let world = world();
    let hub = world.hub("Hub");
    let request = world.connect(&hub, "one", &world.foreign_document("one", "a secret of its own"));
    world.connector.answer("https://one.example.com", &[]);
    let start = world.clock.now();
    world.drawbridge.checks().check_due(start, &Watcher::default()).unwrap();
    assert_eq!(world.connector.calls().last().unwrap().proxy, ProxyChoice::System, "until somebody says otherwise");

    let url = ProxyUrl::parse("http://proxy.example:3128").unwrap();
    for (change, choice, detail) in [
        (ProxyChange::Url("proxy.example:3128".into()), ProxyChoice::Url(url), "http://proxy.example:3128"),
        (ProxyChange::Never, ProxyChoice::Never, "None"),
        (ProxyChange::System, ProxyChoice::System, "The one that the system names"),
    ] {
        let settings = world.drawbridge.settings().change_proxy(&change).unwrap();
        assert_eq!(settings.proxy, choice);
        assert_eq!(settings.check_interval_hours, 6, "the rest stays");
        assert_eq!(last_line(&world), format!("Ada Admin | Proxy changed | Connections | {detail}"));
        assert!(world.repository.tables().health[&request.id].due);
        world.drawbridge.checks().check_due(start, &Watcher::default()).unwrap();
        assert_eq!(world.connector.calls().last().unwrap().proxy, choice);
    }

    let before = (world.repository.tables(), world.repository.events());
    let refusal =
        refused(world.drawbridge.settings().change_proxy(&ProxyChange::Url("http://me:pl4nted@proxy.example".into())));
    assert_eq!(refusal.to_string(), "a proxy's user and password are not kept here");
    assert!(!format!("{refusal:?}").contains("pl4nted"));
    assert_eq!((world.repository.tables(), world.repository.events()), before, "a refusal changes nothing");
    world.act_as(&world.paul);
    assert!(
        world.drawbridge.settings().change_proxy(&ProxyChange::Never).is_err(),
        "it takes the role of a hub administrator"
    );
    assert_eq!(world.drawbridge.settings().get().unwrap().proxy, ProxyChoice::System);
}

/// Promise C2: what is on this computer, or is this very program, is not reached through a proxy.
#[test]
fn the_own_token_service_is_reached_without_a_proxy() {
    let world = world();
    world.drawbridge.settings().change_token_service(elsewhere()).unwrap();
    world.drawbridge.settings().change_proxy(&ProxyChange::Url("proxy.example:3128".into())).unwrap();
    let (_, credential) = world.portal_with("Sales", World::CERTIFICATE);
    let _ = world.drawbridge.checks().test_credential(credential.id, &Watcher::default()).unwrap();
    let call = world.connector.calls().pop().unwrap();
    assert!(call.url.starts_with("https://portals.example.com:30443/"), "{}", call.url);
    assert_eq!(call.proxy, ProxyChoice::Never);
}
