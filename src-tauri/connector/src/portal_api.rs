//! The portal API: the list of the portal's APIs.

use std::collections::HashSet;

use domain::{
    connection_check::{Cause, ConnectionTarget, Diagnosis, FetchedApi},
    messages::{Message, message},
};
use hyper::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use serde_json::{Map, Value};

use crate::{
    answer::Answer,
    endpoint::Endpoint,
    exchange::Exchange,
    redaction::{MAX_SEEN, Redaction},
    token::AccessToken,
};

/// The largest list, in bytes.
pub const MAX_ANSWER: usize = 8_000_000;

/// The most entries that are taken over.
const MAX_APIS: usize = 10_000;

/// The most pages that are asked for.
const MAX_PAGES: usize = 200;

const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 4_000;

/// Where the list is, below the URL of a portal.
const LIST_PATH: &str = "/apiportal/api/1.0/Management.svc/APIProxies";

/// The role that the API asks for, where it does not say so itself.
const ROLE: &str = "APIPortal.Service.CatalogIntegration";

/// Where the list is.
pub fn find_endpoint(target: &ConnectionTarget<'_>) -> Result<Endpoint, Diagnosis> {
    let mut endpoint = Endpoint::parse_below(&target.facts.url, LIST_PATH)?;
    endpoint.url.set_query(Some("$format=json"));
    Ok(endpoint)
}

/// Fetches the list, page by page. Returns it with its length in words, which say if a part is missing.
pub async fn fetch(
    exchange: &Exchange<'_>,
    token: &AccessToken,
    redaction: &Redaction,
) -> Result<(Vec<FetchedApi>, Message), Diagnosis> {
    let mut endpoint = exchange.endpoint.clone();
    let mut asked = HashSet::from([endpoint.url.clone()]);
    let mut apis = Vec::new();
    let mut count: Option<usize> = None;
    let missing = loop {
        let page = match fetch_page(&Exchange { endpoint: &endpoint, ..*exchange }, token, redaction).await {
            Ok(page) => page,
            // The pages before have shown that the portal answers.
            Err(Diagnosis {
                cause: Cause::AnswerTimeout { .. } | Cause::ConnectTimeout { .. } | Cause::TlsTimeout { .. },
                ..
            }) if asked.len() > 1 => {
                break Some(message!("found-more-time"));
            }
            Err(diagnosis) => return Err(diagnosis),
        };
        count = page.count.or(count);
        let room = MAX_APIS - apis.len();
        let all_taken = page.entries.len() <= room;
        for entry in page.entries.iter().take(room) {
            let api = read(entry, redaction).ok_or_else(|| Diagnosis {
                cause: Cause::UnexpectedAnswer { url: endpoint.shown() },
                seen: message!("seen-nameless", number = apis.len() + 1),
            })?;
            apis.push(api);
        }
        if !all_taken {
            count = count.or_else(|| page.next.is_none().then_some(apis.len() - room + page.entries.len()));
            break Some(message!("found-more-limit"));
        }
        let Some(next) = page.next else { break None };
        // The token is sent only to the server that it was meant for.
        let Some(next) = endpoint.url.join(&next).ok().filter(|next| endpoint.is_same_origin(next)) else {
            break Some(message!("found-more-elsewhere"));
        };
        if !asked.insert(next.clone()) {
            break Some(message!("found-more-circle"));
        }
        if asked.len() > MAX_PAGES || apis.len() == MAX_APIS {
            break Some(message!("found-more-limit"));
        }
        endpoint.url = next;
    };
    let found = match count {
        Some(count) if count > apis.len() => message!("found-apis-of", taken = apis.len(), count = count),
        Some(_) | None => message!("found-apis", count = apis.len()),
    };
    let found = match missing {
        Some(reason) => message!("found-apis-more", found = found, reason = reason),
        None if count.is_some_and(|count| count > apis.len()) => message!("found-apis-fewer", found = found),
        None => found,
    };
    Ok((apis, found))
}

/// A part of the list.
struct Page {
    entries: Vec<Value>,
    /// Where the next part is, as the portal writes it.
    next: Option<String>,
    /// How many entries all parts have together, where the portal says so.
    count: Option<usize>,
}

async fn fetch_page(exchange: &Exchange<'_>, token: &AccessToken, redaction: &Redaction) -> Result<Page, Diagnosis> {
    let authorization = token.header().expect("tried when the token came");
    let answer = exchange.get([(AUTHORIZATION, authorization)], redaction).await?;
    if !answer.status.is_success() {
        return Err(diagnose(&answer, exchange.endpoint, redaction));
    }
    let url = exchange.endpoint.shown();
    let Ok(body) = serde_json::from_slice::<Value>(answer.json()) else {
        let seen = answer.describe(exchange.endpoint, redaction);
        return Err(Diagnosis { cause: Cause::NotJson { url }, seen });
    };
    Page::read(body).map_err(|body| {
        let seen = if body.get("error").is_some() {
            // A refusal with the status of a success.
            answer.describe(exchange.endpoint, redaction)
        } else {
            message!("seen-no-list")
        };
        Diagnosis { cause: Cause::UnexpectedAnswer { url }, seen }
    })
}

impl Page {
    /// The forms of OData: version 2 with and without `results`, version 4. Returns anything else unchanged.
    fn read(mut body: Value) -> Result<Self, Value> {
        let count = |value: Option<&Value>| {
            let count = value?;
            match count.as_str() {
                Some(text) => text.trim().parse().ok(),
                None => usize::try_from(count.as_u64()?).ok(),
            }
        };
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        if let Some(version_2) = body.get_mut("d") {
            if let Value::Array(entries) = version_2 {
                return Ok(Self { entries: std::mem::take(entries), next: None, count: None });
            }
            let (next, count) = (text(version_2.get("__next")), count(version_2.get("__count")));
            if let Some(Value::Array(entries)) = version_2.get_mut("results") {
                return Ok(Self { entries: std::mem::take(entries), next, count });
            }
        }
        // Version 3 leaves the @ out.
        let next = text(body.get("@odata.nextLink").or_else(|| body.get("odata.nextLink")));
        let count = count(body.get("@odata.count").or_else(|| body.get("odata.count")));
        match body.get_mut("value") {
            Some(Value::Array(entries)) => Ok(Self { entries: std::mem::take(entries), next, count }),
            Some(_) | None => Err(body),
        }
    }
}

fn diagnose(answer: &Answer, endpoint: &Endpoint, redaction: &Redaction) -> Diagnosis {
    if let Some(diagnosis) = answer.diagnose_certificate_page(endpoint, redaction) {
        return diagnosis;
    }
    let challenge = Challenge::read(answer);
    let cause = match answer.status.as_u16() {
        401 => Cause::TokenRefused,
        403 => {
            let role = challenge.parameter("scope").map(|scope| redaction.clean(scope, MAX_NAME));
            Cause::RoleMissing { role: role.filter(|role| !role.is_empty()).unwrap_or_else(|| ROLE.into()) }
        }
        _ => return answer.diagnose_status(endpoint, redaction),
    };
    let seen = match (challenge.parameter("error"), challenge.parameter("error_description")) {
        (Some(error), Some(description)) => format!("HTTP {} {error}: {description}", answer.status.as_u16()),
        (Some(error), None) => format!("HTTP {} {error}", answer.status.as_u16()),
        (None, _) => return Diagnosis { cause, seen: answer.describe(endpoint, redaction) },
    };
    Diagnosis { cause, seen: Message::verbatim(redaction.clean(&seen, MAX_SEEN)) }
}

/// What the portal API says about the token (RFC 6750 §3).
struct Challenge(String);

impl Challenge {
    fn read(answer: &Answer) -> Self {
        let values = answer.headers.get_all(WWW_AUTHENTICATE).iter();
        Self(values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(", "))
    }

    /// The quoted value of a parameter.
    fn parameter(&self, name: &str) -> Option<&str> {
        let start = format!("{name}=\"");
        let mut found = self.0.match_indices(&start);
        // "error" is also the beginning of "error_description", and "scope" may end a longer name.
        let (at, _) = found.find(|(at, _)| *at == 0 || matches!(self.0.as_bytes()[at - 1], b' ' | b','))?;
        let value = &self.0[at + start.len()..];
        Some(&value[..value.find('"')?])
    }
}

fn read(entry: &Value, redaction: &Redaction) -> Option<FetchedApi> {
    let entry = entry.as_object()?;
    let text = |key: &str, max: usize| redaction.clean(&find_text(entry, key), max);
    let name = text("name", MAX_NAME);
    let title = text("title", MAX_NAME);
    (!name.is_empty()).then(|| FetchedApi {
        title: if title.is_empty() { name.clone() } else { title },
        version: text("version", MAX_NAME),
        description: text("description", MAX_DESCRIPTION),
        base_path: text("basepath", MAX_NAME),
        name,
    })
}

/// The text of that key, however the key is spelled: upper and lower case and underscores do not matter.
fn find_text(entry: &Map<String, Value>, key: &str) -> String {
    let spelled = |(found, _): &(&String, &Value)| found.replace('_', "").eq_ignore_ascii_case(key);
    match entry.iter().find(spelled).map(|(_, value)| value) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) | None => String::new(),
    }
}
