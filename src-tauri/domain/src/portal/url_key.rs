//! Which URLs mean one portal.

use url::Url;

/// The part of a URL by which two count as the same place: scheme, host, port and path, without query, fragment and a
/// slash at the end.
pub fn derive_url_key(url: &str) -> String {
    match Url::parse(url.trim()) {
        Ok(mut parsed) => {
            parsed.set_query(None);
            parsed.set_fragment(None);
            parsed.as_str().trim_end_matches('/').to_owned()
        }
        Err(_) => url.trim().to_owned(),
    }
}
