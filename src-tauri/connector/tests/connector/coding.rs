//! Promise C3: answers that come compressed although `identity` was asked for.

use std::io::Write;

use domain::connection_check::{Cause, Stage};
use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};

use crate::toolkit::{
    server::{Ending, Replies, Reply, TOKEN},
    test_run::portal,
};

fn token() -> String {
    format!(r#"{{"access_token":"{TOKEN}","token_type":"bearer","expires_in":60}}"#)
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("in memory");
    encoder.finish().expect("in memory")
}

fn raw(text: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("in memory");
    encoder.finish().expect("in memory")
}

/// One block that is not compressed (RFC 7932 §9.2), which an encoder may always choose.
fn brotli(text: &[u8]) -> Vec<u8> {
    assert!(text.len() <= 65_536);
    // WBITS 16 (0), ISLAST 0, MNIBBLES 4 (00), MLEN - 1 in 16 bits, ISUNCOMPRESSED 1.
    let head = u32::try_from(text.len() - 1).expect("a length") << 4 | 1 << 20;
    let mut encoded = head.to_le_bytes()[..3].to_vec();
    encoded.extend_from_slice(text);
    // ISLAST 1, ISLASTEMPTY 1.
    encoded.push(3);
    encoded
}

fn encoded(line: &'static str, coding: &str, body: Vec<u8>) -> Reply {
    let head = format!("HTTP/1.1 {line}\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n", body.len());
    Box::new(move |_, stream| {
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        Ending::Close
    })
}

#[test]
fn a_compressed_token_is_read_although_nobody_asked_for_it() {
    let token = token().into_bytes();
    for (coding, body) in [
        ("gzip", gzip(&token)),
        ("x-GZIP", gzip(&token)),
        ("deflate", zlib(&token)),
        ("deflate", raw(&token)),
        ("br", brotli(&token)),
        ("identity", token.clone()),
        ("deflate, gzip", gzip(&zlib(&token))),
    ] {
        let (server, connection) = portal(Replies::token(encoded("200 OK", coding, body)));
        assert_eq!(connection.run().detail(Stage::Token), "expires in 60 s", "{coding}");
        assert_eq!(server.requests()[0].header("accept-encoding"), Some("identity"));
    }
}

#[test]
fn a_compressed_refusal_is_read_too() {
    let body = gzip(br#"{"error":"invalid_scope","error_description":"unknown"}"#);
    let (_server, connection) = portal(Replies::token(encoded("400 Bad Request", "gzip", body)));
    assert_eq!(connection.run().seen(), "HTTP 400 invalid_scope: unknown");
}

#[test]
fn a_coding_that_is_not_known_is_named() {
    for (coding, named) in
        [("zstd", "zstd"), ("aes128gcm", "aes128gcm"), ("gzip,gzip,gzip,gzip", "gzip, gzip, gzip, gzip")]
    {
        let (server, connection) = portal(Replies::token(encoded("200 OK", coding, vec![1, 2, 3])));
        let url = format!("{}/oauth/token", server.https());
        connection.run().assert_fails(
            Stage::Token,
            &Cause::UnknownCoding { url: url.clone(), coding: named.into() },
            &format!("the answer of {url} is compressed in an unknown way ({named})"),
            "answer uncompressed or with gzip",
        );
    }
}

#[test]
fn a_bomb_is_refused() {
    let bomb = gzip(&vec![b' '; 40_000_000]);
    assert!(bomb.len() < 100_000, "it comes small: {}", bomb.len());
    for (stage, replies, limit) in [
        (Stage::Token, Replies::token(encoded("200 OK", "gzip", bomb.clone())), 1_000_000),
        (Stage::PortalApi, Replies::api(encoded("200 OK", "gzip", bomb.clone())), 8_000_000),
        (Stage::Token, Replies::token(encoded("200 OK", "gzip, gzip", gzip(&bomb))), 1_000_000),
    ] {
        let (_server, connection) = portal(replies);
        let outcome = connection.run();
        let Err(domain::connection_check::TestEnd::Failed { stage: at, diagnosis }) = &outcome.end else {
            panic!("{outcome:?}")
        };
        assert_eq!(*at, stage);
        assert!(matches!(diagnosis.cause, Cause::TooLarge { limit: found, .. } if found == limit), "{diagnosis:?}");
    }
}

#[test]
fn a_damaged_answer_is_said_to_be_damaged() {
    let mut body = gzip(token().as_bytes());
    body.truncate(body.len() - 12);
    for body in [body, b"no gzip at all".to_vec()] {
        let (server, connection) = portal(Replies::token(encoded("200 OK", "gzip", body)));
        let outcome = connection.run();
        let cause = Cause::CutOff { url: format!("{}/oauth/token", server.https()) };
        outcome.assert_fails(Stage::Token, &cause, &cause.message().for_log(), &cause.message().remedy().for_log());
        assert_eq!(outcome.seen(), "the answer cannot be decompressed");
    }
}
