//! The APIs of a portal: import, list, remove.

use chrono::TimeDelta;
use domain::{
    id::{ApiProxyId, PortalId},
    messages::Language,
    person::Actor,
    portal::ApiProxy,
};
use fakes::{World, world};

use crate::{last_line, read, refused};

fn document(title: &str, version: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo:\n  title: {title}\n  version: {version}\n  description: For pets.\nservers:\n  - url: https://example.com/v1\npaths: {{}}\n"
    )
}

fn import(world: &World, portal: PortalId, title: &str, version: &str) -> ApiProxy {
    world.drawbridge.apis().import(portal, &document(title, version)).unwrap()
}

fn listed(world: &World, portal: PortalId) -> Vec<(String, String)> {
    let page = world.drawbridge.apis().list(portal).unwrap();
    page.proxies.into_iter().map(|proxy| (proxy.name, proxy.version)).collect()
}

#[test]
fn an_imported_document_becomes_an_api_proxy_of_its_portal() {
    let world = world();
    let portal = world.portal("Sales");
    world.act_as(&world.paul);
    assert!(world.drawbridge.apis().may_import(portal.id).is_ok());
    let proxy = import(&world, portal.id, "Pet Store", "1.10");
    let ApiProxy { name, title, version, description, base_path, openapi_version, imported_by, portal_id, .. } = &proxy;
    assert_eq!([name, title, version, description], ["Pet-Store", "Pet Store", "1.10", "For pets."]);
    assert_eq!([base_path, openapi_version], ["/v1", "3.0.3"]);
    assert_eq!((imported_by, *portal_id), (&Actor::from(&world.paul), portal.id));
    assert_eq!(last_line(&world), "Paul Portal | API imported | Sales (local) | Pet-Store 1.10, /v1");
    let page = world.drawbridge.apis().list(portal.id).unwrap();
    assert_eq!(page.proxies, [proxy]);
    assert!(page.may_manage.is_ok());
}

#[test]
fn a_document_of_the_same_title_replaces_the_former_one_and_any_other_gets_a_name_of_its_own() {
    let world = world();
    let portal = world.portal("Sales");
    let first = import(&world, portal.id, "Pet Store", "1");
    world.clock.advance(TimeDelta::days(1));
    let second = import(&world, portal.id, "Pet Store", "2");
    assert_eq!(second.id, first.id, "it is the same API, in a new version");
    assert_eq!(second.imported_at, first.imported_at + TimeDelta::days(1));
    assert_eq!(listed(&world, portal.id), [("Pet-Store".to_owned(), "2".to_owned())]);
    let similar = import(&world, portal.id, "PET (store)", "7");
    assert_eq!(similar.name, "PET-store-2", "another API must not be overwritten because its title looks alike");
    assert_eq!(listed(&world, portal.id).len(), 2);
    let other = world.portal("Stock");
    assert_ne!(import(&world, other.id, "Pet Store", "1").id, first.id, "another portal has its own");
}

#[test]
fn the_apis_are_listed_by_name_for_everybody() {
    let world = world();
    let portal = world.portal("Sales");
    for title in ["zeta", "Alpha", "beta"] {
        import(&world, portal.id, title, "1");
    }
    world.act_as(&world.nora);
    let names: Vec<String> = listed(&world, portal.id).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Alpha", "beta", "zeta"], "they are what the portal publishes");
    let page = world.drawbridge.apis().list(portal.id).unwrap();
    assert_eq!(
        page.may_manage.unwrap_err().to_string(),
        "Nora Norole may not manage the APIs of a portal: APIPortal.Administrator is missing"
    );
}

#[test]
fn what_is_no_open_api_document_is_refused_and_changes_nothing() {
    let world = world();
    let portal = world.portal("Sales");
    import(&world, portal.id, "Pet Store", "1");
    let before = (world.repository.tables(), world.repository.events());
    let refusal = refused(world.drawbridge.apis().import(portal.id, "openapi: 3.0.0\ninfo: {title: T"));
    assert_eq!(
        read(&refusal),
        [
            "this is not an OpenAPI document that can be imported: line 2, column 7: unclosed bracket '{'",
            "Choose a document of OpenAPI 3 or Swagger 2.0, in JSON or YAML."
        ]
    );
    assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("OpenAPI Document"));
    assert_eq!((world.repository.tables(), world.repository.events()), before, "a refusal changes nothing");
}

#[test]
fn an_api_is_removed_and_the_others_stay() {
    let world = world();
    let portal = world.portal("Sales");
    let pets = import(&world, portal.id, "Pets", "1.2");
    import(&world, portal.id, "Toys", "1");
    world.drawbridge.apis().remove(pets.id).unwrap();
    assert_eq!(last_line(&world), "Ada Admin | API removed | Sales (local) | Pets 1.2");
    assert_eq!(listed(&world, portal.id), [("Toys".to_owned(), "1".to_owned())]);
    for failure in [
        world.drawbridge.apis().remove(pets.id).unwrap_err(),
        world.drawbridge.apis().remove(ApiProxyId(world.ada.id.0)).unwrap_err(),
    ] {
        assert_eq!(failure.to_string(), "this API does not exist any more");
    }
}

#[test]
fn a_portal_that_is_gone_has_no_apis() {
    let world = world();
    let portal = world.portal("Sales");
    import(&world, portal.id, "Pets", "1");
    world.drawbridge.portals().delete(portal.id, "Sales").unwrap();
    assert!(world.repository.tables().api_proxies.is_empty());
    for failure in [
        world.drawbridge.apis().list(portal.id).map(drop).unwrap_err(),
        world.drawbridge.apis().may_import(portal.id).unwrap_err(),
        world.drawbridge.apis().import(portal.id, &document("Pets", "1")).map(drop).unwrap_err(),
    ] {
        assert_eq!(failure.to_string(), "this portal does not exist any more");
    }
}
