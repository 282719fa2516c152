//! The portal API: the list of the portal's APIs.

use domain::{
    Cause, ConnectionTarget, Diagnosis, FetchedApi,
    messages::{Message, message},
};
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, WWW_AUTHENTICATE},
};
use serde_json::{Map, Value};

use crate::{
    endpoint::Endpoint,
    exchange::{Answer, Exchange},
    redaction::{MAX_SEEN, Redaction},
    token::AccessToken,
};

/// The largest list, in bytes.
pub const MAX_ANSWER: usize = 8_000_000;

/// The most entries that are taken over.
const MAX_APIS: usize = 10_000;

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

/// Fetches the list. Returns it with its length in words.
pub async fn fetch(
    exchange: &Exchange<'_>,
    token: &AccessToken,
    redaction: &Redaction,
) -> Result<(Vec<FetchedApi>, String), Diagnosis> {
    let authorization = token.header().expect("tried when the token came");
    let answer = exchange
        .send(Method::GET, |request| request.header(AUTHORIZATION, authorization).header(ACCEPT, "application/json"))
        .await?;
    if !answer.status.is_success() {
        return Err(diagnose(&answer, exchange.endpoint, redaction));
    }
    let url = exchange.endpoint.shown();
    let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
        let seen = answer.describe(exchange.endpoint, redaction);
        return Err(Diagnosis { cause: Cause::NotJson { url }, seen });
    };
    let unexpected = |seen: Message| Diagnosis { cause: Cause::UnexpectedAnswer { url: url.clone() }, seen };
    let entries = find_entries(&body).ok_or_else(|| unexpected(message!("seen-no-list")))?;
    let mut apis = Vec::with_capacity(entries.len().min(MAX_APIS));
    for (index, entry) in entries.iter().take(MAX_APIS).enumerate() {
        let api = read(entry, redaction).ok_or_else(|| unexpected(message!("seen-nameless", number = index + 1)))?;
        apis.push(api);
    }
    let detail = match (entries.len(), apis.len()) {
        (all, taken) if all > taken => message!("found-first-apis", taken = taken, count = all),
        (all, _) => message!("found-apis", count = all),
    };
    Ok((apis, detail.to_string()))
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

/// The list in the forms of OData: version 2 with and without `results`, version 4.
fn find_entries(body: &Value) -> Option<&Vec<Value>> {
    let version_2 = body.get("d").and_then(|d| d.get("results").unwrap_or(d).as_array());
    version_2.or_else(|| body.get("value")?.as_array())
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
