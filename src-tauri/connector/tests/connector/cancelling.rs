//! Cancelling: at once, whatever is being waited for.

use std::{
    io::Read,
    net::TcpListener,
    sync::{Arc, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use connector::HttpConnector;
use domain::connection_check::{Stage, TestEnd};

use crate::toolkit::{
    certificates::Authority,
    server::{Ending, Replies, Server, bytes, hang, tls},
    test_run::{Connection, Event, Recorder},
};

/// Cancels after a moment and asserts that the test ends at once, in `stage`, which has no result.
fn assert_cancelled_at_once(connection: &Connection, stage: Stage) {
    let recorder = Arc::new(Recorder::default());
    let canceller = Arc::clone(&recorder);
    let cancelled_at = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        canceller.cancelled.store(true, Ordering::Relaxed);
        Instant::now()
    });
    let outcome = connection.run_with(&HttpConnector::new(), &recorder);
    let late = cancelled_at.join().expect("the thread").elapsed();
    assert_eq!(outcome.end, Err(TestEnd::Cancelled));
    assert!(late < Duration::from_millis(500), "it ends at once, not after {late:?}");
    assert_eq!(outcome.events.last(), Some(&Event::Started(stage)), "what was cancelled has no result");
}

#[test]
fn a_handshake_that_hangs_is_cancelled_at_once() {
    let server = Server::raw(|_stream| hang());
    assert_cancelled_at_once(&Connection::by_secret(&server.https()), Stage::Tls);
}

#[test]
fn an_answer_that_hangs_is_cancelled_at_once() {
    let authority = Authority::named("Trusted");
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    let server = Server::secure(tls(&authority.server()), Replies::token(bytes(half, || Ending::Hang)));
    assert_cancelled_at_once(&Connection::by_secret(&server.https()).trusting(&authority.pem), Stage::Token);
    let server = Server::secure(tls(&authority.server()), Replies::api(bytes(half, || Ending::Hang)));
    assert_cancelled_at_once(&Connection::by_secret(&server.https()).trusting(&authority.pem), Stage::PortalApi);
}

#[test]
fn a_test_that_is_cancelled_before_it_begins_connects_to_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener that does not wait");
    let recorder = Recorder::default();
    recorder.cancelled.store(true, Ordering::Relaxed);
    let base = format!("https://{}", listener.local_addr().expect("its address"));
    let outcome = Connection::by_secret(&base).run_with(&HttpConnector::new(), &recorder);
    assert_eq!(outcome.end, Err(TestEnd::Cancelled));
    assert!(outcome.events.is_empty(), "no stage has begun");
    assert!(listener.accept().map(|(mut stream, _)| stream.read(&mut [0])).is_err(), "nobody came");
}
