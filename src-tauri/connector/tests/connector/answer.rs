//! Answers that are too late, too large, too short, or no HTTP, at the token endpoint and at the portal API.

use std::time::Duration;

use domain::connection_check::{Cause, Stage};

use crate::toolkit::{
    server::{Ending, Replies, Reply, bytes},
    test_run::{Outcome, SHORT, portal},
};

/// The same misbehaviour at both places.
fn assert_at_both(reply: impl Fn() -> Reply, brief: bool, check: impl Fn(&Outcome, Stage, String)) {
    for (stage, replies, path) in [
        (Stage::Token, Replies::token(reply()), "/oauth/token"),
        (Stage::PortalApi, Replies::api(reply()), "/apiportal/api/1.0/Management.svc/APIProxies"),
    ] {
        let (server, connection) = portal(replies);
        let outcome = if brief { connection.run_briefly() } else { connection.run() };
        check(&outcome, stage, format!("{}{path}", server.https()));
    }
}

fn assert_times_out(outcome: &Outcome, stage: Stage, url: String) {
    outcome.assert_fails(
        stage,
        &Cause::AnswerTimeout { url: url.clone() },
        &format!("the server at {url} did not answer within 10 seconds"),
        "Test again; if it stays, ask the operator of the server or the network.",
    );
    assert!(outcome.took < SHORT * 2 + Duration::from_secs(2), "the limit is kept: {:?}", outcome.took);
}

fn assert_cut_off(outcome: &Outcome, stage: Stage, url: String) {
    outcome.assert_fails(
        stage,
        &Cause::CutOff { url: url.clone() },
        &format!("the connection was cut before {url} had answered"),
        "Test again; if it stays, ask the operator of the server or the network.",
    );
}

#[test]
fn a_server_that_never_answers_ends_with_the_time_limit() {
    assert_at_both(|| bytes("", || Ending::Hang), true, assert_times_out);
}

#[test]
fn a_server_that_hangs_after_the_headers_ends_with_the_time_limit() {
    assert_at_both(
        || bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", || Ending::Hang),
        true,
        assert_times_out,
    );
}

#[test]
fn a_slow_drip_does_not_prolong_the_time_limit() {
    fn drip() -> Reply {
        Box::new(|_, stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for _ in 0..1_000 {
                if stream.write_all(b" ").and_then(|()| stream.flush()).is_err() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(30));
            }
            Ending::Close
        })
    }
    assert_at_both(drip, true, assert_times_out);
}

#[test]
fn a_refusal_whose_body_never_comes_is_judged_by_its_status() {
    let reply = || bytes("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n", || Ending::Hang);
    assert_at_both(reply, true, |outcome, stage, url| {
        outcome.assert_fails(
            stage,
            &Cause::ServerFailed { url: url.clone(), status: 503 },
            &format!("the server failed at {url} (HTTP 503)"),
            "Test again later",
        );
    });
}

#[test]
fn a_connection_that_is_cut_before_any_answer_is_told_so() {
    assert_at_both(|| bytes("", || Ending::Cut), false, assert_cut_off);
}

#[test]
fn a_connection_that_is_closed_before_any_answer_is_told_so() {
    assert_at_both(|| bytes("", || Ending::Close), false, assert_cut_off);
}

#[test]
fn an_answer_that_is_cut_in_the_middle_is_told_so() {
    let half =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"access_token\":\"hal";
    assert_at_both(
        move || bytes(half, || Ending::Cut),
        false,
        |outcome, stage, url| {
            assert_cut_off(outcome, stage, url);
            assert_eq!(outcome.seen(), "the answer ended too early");
        },
    );
}

#[test]
fn a_chunked_answer_that_is_cut_in_the_middle_is_told_so() {
    let half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n";
    assert_at_both(move || bytes(half, || Ending::Close), false, assert_cut_off);
}

#[test]
fn an_answer_without_a_length_that_is_cut_without_farewell_is_told_so() {
    // Without the farewell of TLS, nobody can tell a complete answer from a truncated one (RFC 8446 §6.1).
    let half = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"value\":[]}";
    assert_at_both(move || bytes(half, || Ending::Cut), false, assert_cut_off);
}

fn assert_too_large(outcome: &Outcome, stage: Stage, url: String) {
    let (limit, megabytes) = if stage == Stage::Token { (1_000_000, 1) } else { (8_000_000, 8) };
    outcome.assert_fails(
        stage,
        &Cause::TooLarge { url: url.clone(), limit },
        &format!("the answer of {url} is larger than {megabytes} MB"),
        "Check that the URL is that of an API portal.",
    );
}

#[test]
fn an_answer_of_ten_megabytes_is_refused_by_its_announcement() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n";
    assert_at_both(move || bytes(head, || Ending::Hang), false, assert_too_large);
}

#[test]
fn an_answer_that_grows_to_ten_megabytes_is_no_longer_read_at_the_limit() {
    fn grow() -> Reply {
        Box::new(|_, stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            for _ in 0..160 {
                if stream.write_all(&[b' '; 65_536]).is_err() {
                    break;
                }
            }
            Ending::Close
        })
    }
    assert_at_both(grow, false, assert_too_large);
}

#[test]
fn something_else_than_http_behind_tls_is_told_so() {
    for banner in ["SSH-2.0-OpenSSH_9.6\r\n", "220 mail.example ESMTP\r\n", "\0\u{1}\u{2}\r\n\r\n"] {
        for stage in [Stage::Token, Stage::PortalApi] {
            let reply = bytes(banner, || Ending::Close);
            let (replies, path) = match stage == Stage::Token {
                true => (Replies::token(reply), "/oauth/token"),
                false => (Replies::api(reply), "/apiportal/api/1.0/Management.svc/APIProxies"),
            };
            let (server, connection) = portal(replies);
            let url = format!("{}{path}", server.https());
            connection.run().assert_fails(
                stage,
                &Cause::NotHttp { url: url.clone() },
                &format!("what answers at {url} does not speak HTTP"),
                "Check host and port of the URL.",
            );
        }
    }
}
