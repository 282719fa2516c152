//! No secret, token, header or body is in anything that the service logs or reports.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{credential::CredentialEnd, documents::SecretBytes, token_service::TokenServiceKeys};

use crate::{
    client::{Connection, Request, trusting},
    registry::{TestAuthority, chosen_client},
    world::{HUB, ROBOT, SECRET, World, encode},
};

#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<u8>>>);

impl Capture {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_that_is_secret_is_logged_or_reported() {
    let capture = Capture::default();
    let writer = capture.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).init();

    let world = World::start().await;
    world.registry.put(chosen_client("chosen", SECRET));
    let grant = "grant_type=client_credentials";
    let token = world.token().await;
    let api = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";
    let in_body = format!("{grant}&client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    for request in [
        Request::token(&in_body),
        Request::token(&in_body).basic(HUB, SECRET),
        Request::token(&format!("{in_body}&scope={SECRET}")),
        Request::token(&format!("{in_body}%zz")),
        // promise D2: a secret in the query is refused, and logged nowhere.
        Request { path: format!("/oauth/token?client_secret={}", encode(SECRET)), ..Request::token(grant) },
        Request { path: format!("/sales-eu//oauth/token?{in_body}"), ..Request::token("") },
        Request { path: format!("/sales-eu/oauth/token/{}", encode(SECRET)), ..Request::token(grant) },
        Request::token(grant).basic("nobody", SECRET),
        Request::token(grant).basic("chosen", SECRET),
        Request::token(grant).basic(ROBOT, SECRET),
        Request::token(grant).basic(HUB, &format!("{SECRET}x")),
        Request::token(grant).header("Authorization", format!("Basic {SECRET}")),
        Request::get(api).bearer(&token),
        Request::get(api).bearer(&format!("{token}x")),
        Request::get(&format!("{api}?access_token={token}")),
        Request::get(&format!("/{}/oauth/token", encode(SECRET))),
    ] {
        world.send(request).await;
    }
    let as_robot = Request::token(&format!("{grant}&client_id={}", encode(ROBOT)));
    world.send_with(&world.robot, as_robot).await.unwrap();
    world.registry.end(HUB, CredentialEnd::KeyDeleted);
    world.send(Request::token(&in_body)).await;
    world.send(Request::get(api).bearer(&token)).await;
    world.registry.fail_next(1);
    world.send(Request::token(&in_body)).await;
    let mut broken = Connection::open(world.plain(), &world.tls()).await.unwrap();
    broken.write(format!("GET {SECRET}\0\r\n\r\n").as_bytes()).await.unwrap();
    broken.is_closed().await;
    let distrusting = trusting(&TestAuthority::generate().pem, None);
    assert!(Connection::open(world.plain(), &distrusting).await.is_err());
    while !capture.text().contains("TLS hand-shake failed") {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let unusable = TokenServiceKeys {
        signing_key: SecretBytes::new(SECRET.as_bytes().to_vec()),
        ..world.authority.service_keys()
    };
    let error = world.service.replace_keys(unusable).unwrap_err();
    let reported = format!("{error} {error:?} {:?} {:?}", world.service, world.service.status());
    world.service.stop().await;

    let logged = capture.text();
    for expected in ["token service started", "token refused", "call of the portal API refused"] {
        assert!(logged.contains(expected), "the capture works: {expected}");
    }
    let ours: String = logged.lines().filter(|line| line.contains("token_service")).collect();
    let everything = format!("{logged}{reported}").to_lowercase();
    let signature = token.rsplit('.').next().unwrap();
    for needle in [
        SECRET,
        "pl4nted",
        "s3cr3t",
        &encode(SECRET),
        &STANDARD.encode(SECRET),
        &STANDARD.encode(format!("{HUB}:{SECRET}"))[..40],
        &token[..30],
        &token[token.len() / 2..token.len() / 2 + 20],
        &signature[..20],
        "authorization:",
        "basic ",
        "bearer ",
        "grant_type=",
    ] {
        assert!(!everything.contains(&needle.to_lowercase()), "{needle:?} must not leave the service");
    }
    for needle in ["client_id", "sb-apiaccess"] {
        assert!(!ours.contains(needle), "at most counts and kinds of errors are logged, not {needle:?}");
    }
}
