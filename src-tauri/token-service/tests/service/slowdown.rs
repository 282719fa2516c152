//! Guessing gets slow.

use std::time::{Duration, Instant};

use domain::credential::CredentialEnd;

use crate::{
    client::{Connection, Request},
    registry::chosen_client,
    world::{HUB, SECRET, World},
};

const GRANT: &str = "grant_type=client_credentials";

async fn timed(connection: &mut Connection, request: &Request) -> (u16, Duration) {
    let began = Instant::now();
    let answer = connection.send(request).await.unwrap();
    (answer.status, began.elapsed())
}

#[tokio::test]
async fn failures_in_a_row_are_delayed_and_a_success_ends_the_row() {
    let world = World::start().await;
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let (right, wrong) = (Request::token(GRANT).basic(HUB, SECRET), Request::token(GRANT).basic(HUB, "wrong"));
    let unknown = Request::token(GRANT).basic("nobody", "wrong");
    for guess in [&wrong, &unknown] {
        let mut times = Vec::new();
        for _ in 0..7 {
            let (status, time) = timed(&mut connection, guess).await;
            assert_eq!(status, 401);
            times.push(time.as_millis());
        }
        assert!(times[..5].iter().sum::<u128>() < 1000, "the first five are answered at once: {times:?}");
        assert!(times[5] >= 250 && times[6] >= 500, "then it doubles: {times:?}");
    }
    let (status, time) = timed(&mut connection, &right).await;
    assert!(status == 200 && time.as_millis() >= 1000, "right and wrong wait alike: {time:?}");
    let (_, time) = timed(&mut connection, &wrong).await;
    assert!(time.as_millis() < 900, "a success begins a new row: {time:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_of_a_chosen_secret_wait_before_they_are_verified() {
    let world = World::start().await;
    world.registry.put(chosen_client("chosen", "correct horse"));
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let wrong = Request::token(GRANT).basic("chosen", "wrong");
    for _ in 0..5 {
        assert_eq!(timed(&mut connection, &wrong).await.0, 401);
    }
    let (_, time) = timed(&mut connection, &wrong).await;
    assert!(time.as_millis() >= 250, "{time:?}");
    let (_, time) = timed(&mut connection, &wrong).await;
    assert!(time.as_millis() >= 500, "{time:?}");
    let (status, time) = timed(&mut connection, &Request::token(GRANT).basic("chosen", "correct horse")).await;
    assert!(status == 200 && time.as_millis() >= 1000, "a right guess must not stand out by its speed: {time:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_ends_while_its_secret_waits_to_be_verified_gets_no_token() {
    let world = World::start().await;
    world.registry.put(chosen_client("chosen", "correct horse"));
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    for _ in 0..6 {
        assert_eq!(timed(&mut connection, &Request::token(GRANT).basic("chosen", "wrong")).await.0, 401);
    }
    let right = Request::token(GRANT).basic("chosen", "correct horse");
    let (answer, ()) = tokio::join!(connection.send(&right), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        world.registry.end("chosen", CredentialEnd::KeyDeleted);
    });
    assert_eq!(answer.unwrap().status, 401, "it waited for half a second, and the service key was deleted meanwhile");
}
