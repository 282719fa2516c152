//! promise A9: guessing is slow, also for who hangs up, and nobody else waits for it. On a clock that jumps ahead whenever
//! everybody waits, so that what is measured is what was waited for, however slow the computer is.

use std::time::Duration;

use axum::{
    body::Body,
    http::header::{AUTHORIZATION, CONTENT_TYPE},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::portal::{Endpoints, ServiceRole};
use fakes::{SettableClock, SystemEntropy};
use tokio::{
    task::JoinSet,
    time::{Instant, timeout},
};

use super::*;
use crate::{
    peer::Peer,
    registry::{FakeRegistry, TestAuthority, chosen_client, secret_client},
    shared::CurrentKeys,
    source::Source,
};

/// The client with a generated secret and the one with a chosen one.
const CLIENTS: [&str; 2] = ["generated", "chosen"];
const OTHER: Source = Source::Ipv4([192, 0, 2, 1]);

fn routes() -> Routes {
    let registry = FakeRegistry::start();
    registry.put(secret_client("generated", "right", ServiceRole::CatalogIntegration));
    registry.put(chosen_client("chosen", "right"));
    let clock: Arc<dyn domain::ports::Clock> = Arc::new(SettableClock::running());
    let keys = CurrentKeys::from_keys(&TestAuthority::generate().service_keys(), &clock).unwrap();
    Routes::new(
        Arc::new(Shared::new(Endpoints::loopback(), keys, registry, clock, Arc::new(SystemEntropy))),
        ListenerKind::Plain,
    )
}

fn attempt(peer: &Arc<Peer>, client: &str, secret: &str) -> Request {
    let mut request = Request::post("/sales-eu/oauth/token")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{client}:{secret}"))))
        .body(Body::from("grant_type=client_credentials"))
        .unwrap();
    request.extensions_mut().insert(Arc::clone(peer));
    request
}

fn peer(source: Source) -> Arc<Peer> {
    Arc::new(Peer::at(source))
}

/// The status of the answer, and how long it was waited for.
async fn timed(routes: &Routes, peer: &Arc<Peer>, client: &str, secret: &str) -> (u16, Duration) {
    let began = Instant::now();
    let response = routes.clone().answer(attempt(peer, client, secret)).await;
    (response.status().as_u16(), began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn who_hangs_up_on_every_answer_that_does_not_come_at_once_learns_nothing() {
    for client in CLIENTS {
        let routes = routes();
        // Its owner used it a moment ago, so that nothing slow has to be done to compare it.
        assert_eq!(timed(&routes, &peer(OTHER), client, "right").await.0, 200);
        let guess = async |secret: &str| {
            let from = peer(Source::Here);
            timeout(Duration::from_millis(200), routes.clone().answer(attempt(&from, client, secret))).await
        };
        for n in 0..20 {
            let _ = guess(&format!("wrong {n}")).await;
        }
        assert!(guess("right").await.is_err(), "{client}: a right guess is told as late as a wrong one");
        let (status, waited) = timed(&routes, &peer(Source::Here), client, "right").await;
        let longest = if client == "chosen" { 5 } else { 1 };
        assert_eq!((status, waited.as_secs()), (200, longest), "{client}: they were counted although they hung up");
    }
}

#[tokio::test(start_paused = true)]
async fn sixteen_wrong_guesses_at_a_time_delay_no_other_source_and_their_own_not_by_more_than_one_delay() {
    for client in CLIENTS {
        let routes = routes();
        let mut guessing = JoinSet::new();
        for n in 0..16 {
            let routes = routes.clone();
            guessing.spawn(async move {
                for round in 0..20 {
                    let (status, _) = timed(&routes, &peer(Source::Here), client, &format!("{n} {round}")).await;
                    assert_eq!(status, 401);
                }
            });
        }
        tokio::time::sleep(Duration::from_secs(8)).await;
        let (status, waited) = timed(&routes, &peer(OTHER), client, "right").await;
        assert_eq!(status, 200);
        // The clock stands still while a secret is verified: this is what was waited for guesses.
        assert!(waited < Duration::from_millis(250), "{client}: {waited:?}");
        let (status, waited) = timed(&routes, &peer(Source::Here), client, "right").await;
        assert_eq!(status, 200);
        assert!(waited <= Duration::from_millis(5_100), "{client}: they wait side by side, not in a queue: {waited:?}");
        guessing.abort_all();
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_proved_to_be_the_client_does_not_wait_for_guesses_from_its_own_source() {
    for client in CLIENTS {
        let routes = routes();
        let owner = peer(Source::Here);
        assert_eq!(timed(&routes, &owner, client, "right").await.0, 200);
        for n in 0..20 {
            timed(&routes, &peer(Source::Here), client, &format!("wrong {n}")).await;
        }
        let (status, waited) = timed(&routes, &owner, client, "right").await;
        assert_eq!((status, waited), (200, Duration::ZERO), "{client}");
        let other = if client == "chosen" { "generated" } else { "chosen" };
        for n in 0..20 {
            timed(&routes, &peer(Source::Here), other, &format!("wrong {n}")).await;
        }
        let (_, waited) = timed(&routes, &owner, other, "right").await;
        assert!(waited >= Duration::from_secs(1), "it proved to be {client} and nobody else");
    }
}

#[tokio::test(start_paused = true)]
async fn more_than_a_few_dozen_guesses_of_one_source_at_a_time_are_sent_away_at_once() {
    let routes = routes();
    let mut guessing = JoinSet::new();
    for n in 0..60 {
        let routes = routes.clone();
        guessing.spawn(async move { timed(&routes, &peer(Source::Here), "chosen", &n.to_string()).await.0 });
    }
    let mut statuses = guessing.join_all().await;
    statuses.sort_unstable();
    assert!(statuses.contains(&401) && statuses.contains(&429), "{statuses:?}");
    let (status, _) = timed(&routes, &peer(OTHER), "chosen", "right").await;
    assert_eq!(status, 200, "others have places of their own");
}

#[tokio::test(start_paused = true)]
async fn many_right_requests_at_once_are_not_taken_for_guesses() {
    for client in CLIENTS {
        let routes = routes();
        let mut asking = JoinSet::new();
        for _ in 0..40 {
            let routes = routes.clone();
            asking.spawn(async move { timed(&routes, &peer(Source::Here), client, "right").await });
        }
        for (status, waited) in asking.join_all().await {
            assert_eq!(status, 200, "{client}");
            assert!(waited < Duration::from_millis(250), "{client}: {waited:?}");
        }
    }
}
