//! The portal API and its tokens.

use chrono::TimeDelta;
use domain::credential::CredentialEnd;
use serde_json::json;

use crate::{
    client::{Answer, Request},
    world::{HUB, ONBOARDING, SECRET, World},
};

const API: &str = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";

#[track_caller]
fn assert_invalid_token(answer: &Answer, description: &str) {
    let challenge =
        format!("Bearer realm=\"Drawbridge\", error=\"invalid_token\", error_description=\"{description}\"");
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some(challenge.as_str())));
    let error = json!({"error": {"code": "invalid_token", "message": {"lang": "en", "value": description}}});
    assert_eq!(answer.json(), error);
}

#[tokio::test]
async fn a_token_lists_the_api_proxies() {
    let world = World::start().await;
    let answer = world.send(Request::get(&format!("{API}?$format=json")).bearer(&world.token().await)).await;
    let service = format!("https://localhost:{}/sales-eu/apiportal/api/1.0/Management.svc", world.plain().port());
    let expected = json!({"d": {"results": [
        {
            "__metadata": {"uri": format!("{service}/APIProxies('Invoices')"), "type": "apiportal.APIProxy"},
            "name": "Invoices", "title": "Invoices API", "version": "1.2.0", "description": "",
            "base_path": "/Invoices/v1", "openapi_version": "3.0.3",
        },
        {
            "__metadata": {"uri": format!("{service}/APIProxies('Orders')"), "type": "apiportal.APIProxy"},
            "name": "Orders", "title": "Orders API", "version": "1.2.0",
            "description": "Places \"orders\"\n& follows them – schön",
            "base_path": "/Orders/v1", "openapi_version": "3.0.3",
        },
    ]}});
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!(answer.header("dataserviceversion"), Some("2.0"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn without_a_token_the_answer_says_only_that_one_is_needed() {
    let world = World::start().await;
    let basic = Request::get(API).basic(HUB, SECRET);
    for request in [Request::get(API), basic, Request::get(&format!("{API}?access_token=x"))] {
        let answer = world.send(request).await;
        assert_eq!(answer.status, 401);
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, Some("Bearer realm=\"Drawbridge\""), "RFC 6750 §3.1: no error code");
    }
    let twice = world.send(Request::get(API).bearer("a").bearer("b")).await;
    assert_eq!(twice.status, 400);
    assert!(twice.header("www-authenticate").unwrap().contains("error=\"invalid_request\""));
}

#[tokio::test]
async fn a_token_that_was_tampered_with_is_refused() {
    let world = World::start().await;
    let token = world.token().await;
    let parts: Vec<&str> = token.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    let mut flipped = token.clone().into_bytes();
    let last = flipped.len() - 10;
    flipped[last] = if flipped[last] == b'A' { b'B' } else { b'A' };
    for tampered in [
        String::new(),
        "x".into(),
        "..".into(),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{}.e30.{}", parts[0], parts[2]),
        format!("{token}."),
        format!("{token}="),
        format!(".{token}"),
        token[..token.len() - 1].to_owned(),
        String::from_utf8(flipped).unwrap(),
    ] {
        let answer = world.send(Request::get(API).bearer(&tampered)).await;
        assert_invalid_token(&answer, "The access token was not issued by this token service, or is damaged");
    }
    assert_eq!(world.send(Request::get(API).header("Authorization", format!("bearer {token}"))).await.status, 200);
}

#[tokio::test]
async fn a_token_is_good_for_one_portal_and_one_hour() {
    let world = World::start().await;
    let token = world.token().await;
    let elsewhere = API.replace("sales-eu", "empty");
    let answer = world.send(Request::get(&elsewhere).bearer(&token)).await;
    assert_invalid_token(&answer, "The access token was issued for another portal");

    world.clock.advance(TimeDelta::seconds(3590));
    assert_eq!(world.send(Request::get(API).bearer(&token)).await.status, 200);
    world.clock.advance(TimeDelta::seconds(11));
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The access token has expired");
}

#[tokio::test]
async fn deleting_a_service_key_stops_the_tokens_that_were_issued() {
    let world = World::start().await;
    let token = world.token().await;
    world.registry.end(HUB, CredentialEnd::KeyDeleted);
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The service key of this client was deleted");
    world.registry.remove(HUB);
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The client of this access token does not exist any more");
}

#[tokio::test]
async fn a_role_that_may_not_read_is_told_which_scope_may() {
    let world = World::start().await;
    let request = Request::token("grant_type=client_credentials").basic(ONBOARDING, SECRET);
    let token = world.send(request).await.access_token();
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_eq!(answer.status, 403);
    let challenge = "Bearer realm=\"Drawbridge\", error=\"insufficient_scope\", \
                     error_description=\"The role of this client may not read the API proxies\", \
                     scope=\"APIPortal.Service.CatalogIntegration\"";
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn an_unknown_portal_is_404_before_any_token_is_looked_at() {
    let world = World::start().await;
    let answer = world.send(Request::get(&API.replace("sales-eu", "nowhere"))).await;
    assert_eq!((answer.status, answer.json()), (404, json!({"message": "There is no portal of this name"})));
}

/// Asks below the service, with a token.
async fn ask(world: &World, below: &str) -> Answer {
    let path = API.replace("APIProxies", below);
    world.send(Request::get(&path).bearer(&world.token().await)).await
}

fn names(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let json = answer.json();
    let results = json["d"]["results"].as_array().expect("results").iter();
    results.map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn the_query_options_of_odata_choose_order_cut_and_count() {
    // promise D4
    let world = World::start().await;
    for (query, expected) in [
        ("$top=1", vec!["Invoices"]),
        ("$skip=1", vec!["Orders"]),
        ("$top=0", vec![]),
        ("$orderby=name%20desc", vec!["Orders", "Invoices"]),
        ("$orderby=version,name+desc&$top=1", vec!["Orders"]),
        ("$filter=name%20eq%20'Orders'", vec!["Orders"]),
        ("$filter=substringof('nvoi',name)+or+startswith(title,'Ord')", vec!["Invoices", "Orders"]),
        ("%24filter=not%20(name%20eq%20%27Orders%27)&$format=json&sap-client=100", vec!["Invoices"]),
        ("$inlinecount=none", vec!["Invoices", "Orders"]),
    ] {
        assert_eq!(names(&ask(&world, &format!("APIProxies?{query}")).await), expected, "{query}");
    }
    let counted = ask(&world, "APIProxies?$inlinecount=allpages&$top=1&$select=name").await.json();
    assert_eq!(counted["d"]["__count"], "2", "all of them, not those of the page");
    let members: Vec<_> = counted["d"]["results"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["__metadata", "name"]);
    for (path, expected) in [("APIProxies/$count", "2"), ("APIProxies/$count?$filter=name%20eq%20'Orders'", "1")] {
        let count = ask(&world, path).await;
        assert_eq!((count.status, count.body.as_slice()), (200, expected.as_bytes()), "{path}");
        assert_eq!(count.header("content-type"), Some("text/plain; charset=utf-8"));
    }
}

#[tokio::test]
async fn an_entry_the_service_document_and_the_schema_are_there() {
    // promise D4
    let world = World::start().await;
    for path in ["APIProxies('Orders')", "APIProxies(name='Orders')", "APIProxies(%27Orders%27)?$select=title,name"] {
        let answer = ask(&world, path).await;
        assert_eq!((answer.status, &answer.json()["d"]["title"]), (200, &json!("Orders API")), "{path}");
    }
    let none = ask(&world, "APIProxies('Nothing')").await;
    assert_eq!(none.status, 404);
    assert_eq!(none.json()["error"]["message"]["value"], "There is no API proxy of this name");
    for path in ["", "?$format=json"] {
        let document = ask(&world, path).await;
        assert_eq!((document.status, document.json()), (200, json!({"d": {"EntitySets": ["APIProxies"]}})), "{path}");
    }
    let metadata = ask(&world, "$metadata").await;
    assert_eq!((metadata.status, metadata.header("content-type")), (200, Some("application/xml")));
    assert_eq!(metadata.header("dataserviceversion"), Some("2.0"));
    let without = world.send(Request::get(&API.replace("APIProxies", "$metadata"))).await;
    assert_eq!(without.status, 401, "the schema is for clients, too");
}

#[tokio::test]
async fn what_is_not_there_is_named_and_never_ignored() {
    // promise D4
    let world = World::start().await;
    for (path, missing) in [
        ("APIProxies?$expand=products", "The query option $expand is not there"),
        ("APIProxies?$skiptoken=x", "The query option $skiptoken is not there"),
        ("APIProxies?$search=x", "The query option $search is not there"),
        ("APIProxies?$format=atom", "The format atom is not there"),
        ("APIProxies?$select=created_at", "The property created_at is not there"),
        ("APIProxies?$orderby=length(name)", "The property is not there"),
        (
            "APIProxies?$filter=length(name)%20gt%203",
            "In $filter the operator, function or property length is not there",
        ),
        ("APIProducts", "The resource APIProducts is not there"),
        ("$batch", "The resource $batch is not there"),
        ("APIProxies('Orders')/title", "Below an entry the path title is not there"),
        ("APIProxies/$value", "Below APIProxies the path $value is not there"),
    ] {
        let answer = ask(&world, path).await;
        assert_eq!(answer.status, 501, "{path}");
        let message = answer.json()["error"]["message"]["value"].as_str().unwrap().to_owned();
        assert!(message.starts_with(missing) && message.contains("this API has $metadata"), "{path}: {message}");
    }
    for path in [
        "APIProxies?$top=-1",
        "APIProxies?$top=x",
        "APIProxies?$top=1&$top=2",
        "APIProxies?$inlinecount=some",
        "APIProxies?$filter=name%20eq",
        "APIProxies?$orderby=name%20up",
        "APIProxies('Orders')?$top=1",
        "$metadata?$filter=name%20eq%20'x'",
    ] {
        assert_eq!(ask(&world, path).await.status, 400, "{path}");
    }
    let atom = Request::get(API).bearer(&world.token().await).header("Accept", "application/atom+xml");
    assert_eq!(world.send(atom).await.status, 501);
    let both = Request::get(API).bearer(&world.token().await).header("Accept", "application/atom+xml, */*;q=0.1");
    assert_eq!(world.send(both).await.status, 200);
}
