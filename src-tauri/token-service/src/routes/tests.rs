//! Whatever comes in, the answer is one of those that the specifications allow.

use std::{cell::RefCell, collections::BTreeMap, sync::OnceLock};

use axum::{
    body::{Body, to_bytes},
    http::{
        HeaderName, HeaderValue,
        header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE},
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use domain::portal::{Endpoints, ServiceRole};
use fakes::{SettableClock, SystemEntropy};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, TestCaseError, any, prop, prop_assert, prop_assert_eq, prop_assume, prop_oneof,
    proptest,
};

use super::*;
use crate::{
    registry::{FakeRegistry, TestAuthority, chosen_client, secret_client},
    shared::CurrentKeys,
    tls::ClientCertificate,
};

const TOKEN_PATH: &str = "/sales-eu/oauth/token";
const API_PATH: &str = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";

/// A router with one client, on a clock that jumps ahead whenever everybody waits: delays take no time.
struct Bench {
    routes: Routes,
    runtime: tokio::runtime::Runtime,
    token: OnceLock<String>,
}

impl Bench {
    fn new(kind: ListenerKind) -> Self {
        let registry = FakeRegistry::start();
        registry.put(secret_client("hub", "secret", ServiceRole::CatalogIntegration));
        registry.put(chosen_client("chosen", "secret"));
        let clock: Arc<dyn domain::ports::Clock> = Arc::new(SettableClock::running());
        let keys = CurrentKeys::from_keys(&TestAuthority::generate().service_keys(), &clock).unwrap();
        let shared = Shared::new(Endpoints::loopback(), keys, registry, clock, Arc::new(SystemEntropy));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        Self { routes: Routes::new(Arc::new(shared), kind), runtime, token: OnceLock::new() }
    }

    fn answer(&self, request: Request) -> (StatusCode, Response<Vec<u8>>) {
        self.runtime.block_on(async {
            let response = self.routes.clone().answer(request).await;
            let (head, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            (head.status, Response::from_parts(head, body))
        })
    }

    fn token(&self) -> &str {
        self.token.get_or_init(|| {
            let (status, response) = self.answer(valid_request());
            assert_eq!(status, StatusCode::OK);
            let json: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
            json["access_token"].as_str().unwrap().to_owned()
        })
    }

    fn check(&self, request: Request) -> Result<StatusCode, TestCaseError> {
        let at_token_endpoint = [TOKEN_PATH, "/oauth/token"].contains(&request.uri().path());
        let (status, response) = self.answer(request);
        prop_assert!([200, 400, 401, 403, 404, 405, 413, 429].contains(&status.as_u16()), "{}", status);
        let json: serde_json::Value = serde_json::from_slice(response.body()).unwrap_or_default();
        if at_token_endpoint && [400, 401, 413].contains(&status.as_u16()) {
            let code = json["error"].as_str().unwrap_or_default();
            let known = ["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"];
            prop_assert!(known.contains(&code), "{}", json);
            prop_assert_eq!(status == StatusCode::UNAUTHORIZED, code == "invalid_client");
            prop_assert!(response.headers().contains_key("www-authenticate") == (status == StatusCode::UNAUTHORIZED));
            prop_assert_eq!(&response.headers()[CACHE_CONTROL], "no-store");
        }
        prop_assert!(status != StatusCode::METHOD_NOT_ALLOWED || response.headers().contains_key(ALLOW));
        Ok(status)
    }
}

fn valid_request() -> Request {
    Request::post(TOKEN_PATH)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(AUTHORIZATION, format!("Basic {}", STANDARD.encode("hub:secret")))
        .body("grant_type=client_credentials".into())
        .unwrap()
}

/// What fails is shown in full; a file with it would lie in the source tree.
fn cases_of(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

fn header(bytes: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_bytes(bytes).ok()
}

fn any_path() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(TOKEN_PATH.to_owned()),
        2 => Just(API_PATH.to_owned()),
        1 => Just("/sales-eu/token_keys".to_owned()),
        1 => Just("/.well-known/oauth-authorization-server/sales-eu".to_owned()),
        1 => "/[a-z%./0-9-]{0,30}",
        1 => "/[a-z%0-9-]{0,8}/oauth/token",
        1 => Just("/oauth/token".to_owned()),
        1 => "/{0,2}(sales-eu|Sales-EU)?/{1,2}(oauth|OAuth)/{1,2}token/?",
    ]
}

fn any_method() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just("POST".to_owned()), 3 => Just("GET".to_owned()), 1 => "[A-Za-z!#$-]{1,12}"]
}

/// A form that is nearly right.
fn nearly_right_body() -> impl Strategy<Value = Vec<u8>> {
    let pair = prop_oneof![
        5 => Just("grant_type=client_credentials".to_owned()),
        1 => Just("grant_type=password".to_owned()),
        2 => Just("client_id=hub".to_owned()),
        1 => Just("client_id=chosen".to_owned()),
        3 => Just("client_secret=secret".to_owned()),
        1 => Just("client_secret=wrong".to_owned()),
        1 => Just("scope=APIPortal.Service.CatalogIntegration".to_owned()),
        1 => "scope=[a-zA-Z. %+]{0,20}",
        1 => Just("client_assertion=x".to_owned()),
        1 => "[a-z_%0-9=&;+]{0,12}",
    ];
    (prop::collection::vec(pair, 0..6), prop::option::weighted(0.2, (any::<prop::sample::Index>(), any::<u8>())))
        .prop_map(|(pairs, damage)| {
            let mut body = pairs.join("&").into_bytes();
            if let Some((index, byte)) = damage.filter(|_| !body.is_empty()) {
                let index = index.index(body.len());
                body[index] = byte;
            }
            body
        })
}

/// An `Authorization` header that is nearly right.
fn nearly_right_authorization() -> impl Strategy<Value = Vec<u8>> {
    let basic = ("(hub|hub|hub|chosen|nobody|h%75b|%)", "(secret|wrong|%73ecret|%|%zz|)", prop::bool::weighted(0.8))
        .prop_map(|(id, secret, encoded)| {
            let pair = format!("{id}:{secret}");
            let pair = if encoded { STANDARD.encode(pair) } else { pair };
            format!("Basic {pair}").into_bytes()
        });
    prop_oneof![6 => basic, 1 => "(Basic|basic|Bearer|) ?[A-Za-z0-9+/=%.]{0,40}".prop_map(String::into_bytes)]
}

#[test]
fn no_bytes_of_any_kind_lead_to_a_panic_or_an_answer_that_is_not_allowed() {
    for kind in [ListenerKind::Plain, ListenerKind::MutualTls] {
        let bench = Bench::new(kind);
        let seen = RefCell::new(BTreeMap::<u16, u32>::new());
        let body = prop_oneof![
            8 => nearly_right_body(),
            2 => prop::collection::vec(any::<u8>(), 0..200),
            1 => (15_000..20_000_usize).prop_map(|length| vec![b'x'; length]),
        ];
        let authorization = prop_oneof![
            3 => nearly_right_authorization(),
            1 => prop::collection::vec(any::<u8>(), 0..60),
        ];
        let authorizations = prop::collection::vec(authorization, 0..3);
        let content_type = prop_oneof![
            8 => Just(b"application/x-www-form-urlencoded".to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..40),
        ];
        let query = prop::option::of(prop_oneof![
            1 => "[a-z=&%?/0-9]{0,20}",
            1 => "(grant_type=client_credentials|client_id=hub|client_secret=secret|scope=x)(&client_id=(hub|chosen))?",
        ]);
        proptest!(cases_of(3_000), |(
            method in any_method(), path in any_path(), query in query, content_type in content_type,
            authorizations in authorizations, body in body,
        )| {
            let uri = query.map_or(path.clone(), |query| format!("{path}?{query}"));
            let mut request = Request::builder().method(method.as_str()).uri(uri);
            if let Some(value) = header(&content_type) {
                request = request.header(CONTENT_TYPE, value);
            }
            for value in authorizations.iter().filter_map(|bytes| header(bytes)) {
                request = request.header(AUTHORIZATION, value);
            }
            // What is no URI never comes to the router.
            if let Ok(mut request) = request.body(Body::from(body)) {
                if kind == ListenerKind::MutualTls {
                    let certificate = ClientCertificate { fingerprint: "AA:BB".into(), not_after: DateTime::<Utc>::MAX_UTC };
                    request.extensions_mut().insert(certificate);
                }
                *seen.borrow_mut().entry(bench.check(request)?.as_u16()).or_default() += 1;
            }
        });
        let seen = seen.into_inner();
        let issued = if kind == ListenerKind::Plain { 20 } else { 0 };
        assert!(seen.get(&200).is_some_and(|count| *count > issued), "nearly right ones are right at times: {seen:?}");
        for status in [400, 401, 404, 405, 413] {
            assert!(seen.contains_key(&status), "the cases come that far: {status} is not among {seen:?}");
        }
    }
}

#[test]
fn a_token_with_any_part_damaged_reads_nothing() {
    let bench = Bench::new(ListenerKind::Plain);
    let token = bench.token().to_owned();
    let api = |token: &[u8]| {
        let value = header(&[b"Bearer ", token].concat())?;
        Some(Request::get(API_PATH).header(AUTHORIZATION, value).body(Body::empty()).unwrap())
    };
    assert_eq!(bench.answer(api(token.as_bytes()).unwrap()).0, StatusCode::OK);
    proptest!(cases_of(1_000),
        |(index in 0..token.len(), byte in any::<u8>(), cut in prop::option::of(0..token.len()))| {
            let mut damaged = token.clone().into_bytes();
            damaged[index] = byte;
            damaged.truncate(cut.unwrap_or(token.len()));
            prop_assume!(damaged != token.as_bytes());
            if let Some(request) = api(&damaged) {
                prop_assert_eq!(bench.answer(request).0, StatusCode::UNAUTHORIZED);
            }
        }
    );
}

#[test]
fn other_headers_do_not_matter() {
    let bench = Bench::new(ListenerKind::Plain);
    proptest!(cases_of(200),
        |(name in "x-[a-z]{1,12}", value in prop::collection::vec(any::<u8>(), 0..60))| {
            let mut request = valid_request();
            if let (Ok(name), Some(value)) = (HeaderName::try_from(name), header(&value)) {
                request.headers_mut().insert(name, value);
            }
            prop_assert_eq!(bench.answer(request).0, StatusCode::OK);
        }
    );
}
