//! What one client can take of the service.

use std::time::{Duration, Instant};

use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use crate::{
    client::{Connection, Request},
    world::{HUB, SECRET, World},
};

const KEYS: &str = "/sales-eu/token_keys";

#[tokio::test]
async fn who_says_nothing_or_only_half_is_cut_off_after_ten_seconds() {
    let world = World::start().await;
    let mut silent = TcpStream::connect(world.plain()).await.unwrap();
    let mut half = Connection::open(world.plain(), &world.tls()).await.unwrap();
    half.write(b"GET /sales-eu/token_keys HTTP/1.1\r\nHost: local").await.unwrap();
    let began = Instant::now();
    let both = async {
        let mut byte = [0];
        tokio::join!(silent.read(&mut byte), half.is_closed())
    };
    let (silent, half) = timeout(Duration::from_secs(12), both).await.expect("both are closed");
    assert!(matches!(silent, Ok(0) | Err(_)) && half);
    assert!(began.elapsed() >= Duration::from_secs(9), "not before: {:?}", began.elapsed());
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let world = World::start().await;
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let fits = Request::get(KEYS).header("X-Filler", "y".repeat(8 * 1024));
    assert_eq!(connection.send(&fits).await.unwrap().status, 200);
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let too_large = Request::get(KEYS).header("X-Filler", "y".repeat(17 * 1024));
    assert_eq!(connection.send(&too_large).await.unwrap().status, 431);
}

/// promise A9: connections that say nothing keep nobody out.
#[tokio::test]
async fn the_five_hundred_and_thirteenth_connection_takes_the_place_of_the_oldest_that_proved_nothing() {
    let world = World::start().await;
    let mut known = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let grant = Request::token("grant_type=client_credentials").basic(HUB, SECRET);
    assert_eq!(known.send(&grant).await.unwrap().status, 200);
    let mut silent = Vec::new();
    for _ in 0..530 {
        silent.push(TcpStream::connect(world.plain()).await.unwrap());
    }
    let began = Instant::now();
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    assert_eq!(connection.send(&grant).await.unwrap().status, 200);
    let waited = began.elapsed();
    assert!(waited < Duration::from_secs(7), "not only once a limit of time has cut the silent ones off: {waited:?}");
    assert_eq!(known.send(&grant).await.unwrap().status, 200, "who proved to be a client is not cut off");
    let mut byte = [0];
    let oldest = silent[0].read(&mut byte).await;
    assert!(matches!(oldest, Ok(0) | Err(_)), "the oldest made room");
    let mut elsewhere = Connection::open(world.mutual(), &world.tls_of_robot()).await.unwrap();
    assert_eq!(elsewhere.send(&Request::get(KEYS)).await.unwrap().status, 200, "the other listener has its own room");
}

#[tokio::test]
async fn a_client_that_speaks_nonsense_is_answered_or_cut_off() {
    let world = World::start().await;
    for nonsense in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
        connection.write(nonsense.as_bytes()).await.unwrap();
        let answer = timeout(Duration::from_secs(5), connection.read()).await.expect("no waiting for more");
        assert!(answer.map_or(true, |answer| answer.status == 400), "{nonsense:?}");
    }
    let answer = world.send(Request::get(KEYS)).await;
    assert_eq!(answer.status, 200, "others do not notice");
}
