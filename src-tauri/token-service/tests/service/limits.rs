//! What one client can take of the service.

use std::time::{Duration, Instant};

use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use crate::{
    client::{Connection, Request},
    world::World,
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

#[tokio::test]
async fn the_five_hundred_and_thirteenth_connection_waits() {
    let world = World::start().await;
    let mut open = Vec::new();
    for _ in 0..512 {
        open.push(TcpStream::connect(world.plain()).await.unwrap());
    }
    // All of them are accepted once the service has had its turn.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let tls = world.tls();
    let mut waiting = Box::pin(Connection::open(world.plain(), &tls));
    assert!(timeout(Duration::from_millis(300), waiting.as_mut()).await.is_err(), "the listener is full");
    let mut elsewhere = Connection::open(world.mutual(), &world.tls_of_robot()).await.unwrap();
    let answer = elsewhere.send(&Request::get(KEYS)).await.unwrap();
    assert_eq!(answer.status, 200, "the other listener has its own room");
    open.pop();
    let mut connection = timeout(Duration::from_secs(5), waiting).await.expect("there is room again").unwrap();
    assert_eq!(connection.send(&Request::get(KEYS)).await.unwrap().status, 200);
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
