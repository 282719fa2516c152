//! The rules for URLs: complete, https, without user and query, and where the token path belongs.

use url::Url;

use super::placeholders::is_placeholder;
use crate::{FindingKind, Part};

/// The path of the token endpoint of XSUAA.
pub(super) const TOKEN_PATH: &str = "/oauth/token";

/// Checks a URL that a person entered or a document gives. The result is the URL as it was given.
pub fn check_url(part: Part, text: &str) -> Result<String, FindingKind> {
    if text.trim().is_empty() {
        return Err(FindingKind::EmptyPart { part });
    }
    if is_placeholder(part, text) {
        return Err(FindingKind::Placeholder { part });
    }
    if text.chars().any(char::is_control) {
        return Err(FindingKind::ControlCharacter { part });
    }
    let url = Url::parse(text).ok().filter(Url::has_host).ok_or(FindingKind::NotAUrl { part })?;
    // A password in a URL would be shown on screens and stored outside the keychain.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FindingKind::UserInUrl { part });
    }
    // So would a secret in a query.
    if url.query().is_some() || url.fragment().is_some() {
        return Err(FindingKind::QueryInUrl { part });
    }
    // On this computer as well: whoever writes a document would choose which of its programs this app talks to.
    if url.scheme() == "https" { Ok(text.to_owned()) } else { Err(FindingKind::NotHttps { part }) }
}

/// What a URL says about the token path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenPath {
    /// It stands there once, or another path does.
    Complete,
    /// It was added.
    Missing,
    /// It stood there more than once.
    Doubled,
}

/// The token endpoint for a URL that passed [`check_url`]: the one that it is, or below the host that it is.
pub(super) fn complete_token_url(url: &str, is_host: bool) -> (String, TokenPath) {
    let (base, count) = without_token_path(url);
    let has_path = Url::parse(url).is_ok_and(|url| !url.path().trim_matches('/').is_empty());
    match count {
        0 if is_host || !has_path => (format!("{base}{TOKEN_PATH}"), TokenPath::Missing),
        0 => (url.to_owned(), TokenPath::Complete),
        1 => (format!("{base}{TOKEN_PATH}"), TokenPath::Complete),
        _ => (format!("{base}{TOKEN_PATH}"), TokenPath::Doubled),
    }
}

/// The URL without the token path at its end, and how often that stood there.
pub(super) fn without_token_path(url: &str) -> (&str, usize) {
    let mut base = url.trim_end_matches('/');
    let mut count = 0;
    while let Some(rest) = base.strip_suffix(TOKEN_PATH) {
        base = rest.trim_end_matches('/');
        count += 1;
    }
    (base, count)
}

/// Whether a host is one of those at which XSUAA issues tokens.
pub(super) fn is_token_host(url: &str) -> bool {
    host(url).is_some_and(|host| host.contains(".authentication.") || host.starts_with("authentication."))
}

/// Whether a host is one of those at which XSUAA issues tokens for certificates.
pub(super) fn is_certificate_host(url: &str) -> bool {
    host(url).is_some_and(|host| host.contains(".authentication.cert.") || host.starts_with("authentication.cert."))
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// Where a service runs, such as `eu10` or `us20-001`, as far as its host tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region(String);

impl Region {
    /// The region in the host of a URL.
    pub fn of(url: &str) -> Option<Self> {
        let host = host(url)?;
        let labels: Vec<&str> = host.split('.').collect();
        let before = |index: usize| index.checked_sub(1).and_then(|index| labels.get(index)).copied();
        let vendor = host.ends_with(".hana.ondemand.com") || host.ends_with(".platform.sapcloud.cn");
        let found = labels.iter().enumerate().find(|(index, label)| {
            let known =
                vendor || before(*index).is_some_and(|label| ["cfapps", "authentication", "cert"].contains(&label));
            // The first label is the application's or the tenant's own name.
            known && *index > 0 && is_region(label)
        });
        found.map(|(_, label)| Self((*label).to_owned()))
    }

    /// Whether both can be the same: an extension such as `eu10-004` has its tokens issued in `eu10`.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let split = |region: &'_ str| region.split_once('-').map(|(base, number)| (base.to_owned(), number.to_owned()));
        match (split(&self.0), split(&other.0)) {
            (Some((ours, _)), None) => ours == other.0,
            (None, Some((theirs, _))) => self.0 == theirs,
            (Some(_), Some(_)) | (None, None) => self == other,
        }
    }
}

/// Two letters and two digits, as in `eu10`, then perhaps the number of an extension, as in `us20-001`.
fn is_region(label: &str) -> bool {
    let (base, number) = label.split_once('-').map_or((label, None), |(base, number)| (base, Some(number)));
    let base = base.as_bytes();
    base.len() == 4
        && base[..2].iter().all(u8::is_ascii_lowercase)
        && base[2..].iter().all(u8::is_ascii_digit)
        && number.is_none_or(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a URL or client id that was read may be shown. A line break that was lost on the way joins it with the next
/// value; what does not look like a name is therefore hidden, and so is what has the key of a secret run into it.
pub(super) fn may_be_shown(text: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || "-._~!|:/[]@".contains(c);
    text.len() <= 300 && text.chars().all(harmless) && !has_key_of_secret(text)
}

/// Whether the key of a secret begins in the middle of a word, or a colon ends it.
fn has_key_of_secret(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["clientsecret", "client_secret", "client-secret", "password"].into_iter().any(|key| {
        lower.match_indices(key).any(|(at, _)| {
            let in_word = lower[..at].ends_with(char::is_alphanumeric);
            in_word || lower[at + key.len()..].trim_start_matches('_').starts_with(':')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_path_is_added_once_and_never_twice() {
        let host = "https://auth.example.com";
        let endpoint = "https://auth.example.com/oauth/token".to_owned();
        for (url, is_host, expected) in [
            (host, true, TokenPath::Missing),
            (host, false, TokenPath::Missing),
            ("https://auth.example.com/", false, TokenPath::Missing),
            ("https://auth.example.com/oauth/token", true, TokenPath::Complete),
            ("https://auth.example.com/oauth/token", false, TokenPath::Complete),
            ("https://auth.example.com/oauth/token/oauth/token", false, TokenPath::Doubled),
            ("https://auth.example.com/oauth/token//oauth/token/", true, TokenPath::Doubled),
        ] {
            assert_eq!(complete_token_url(url, is_host), (endpoint.clone(), expected), "{url}");
        }
    }

    #[test]
    fn a_token_endpoint_with_another_path_stays_and_a_host_may_have_a_path_of_its_own() {
        let other = "https://auth.example.com/as/token.oauth2";
        assert_eq!(complete_token_url(other, false), (other.to_owned(), TokenPath::Complete));
        let local = "https://localhost:8080/uaa";
        assert_eq!(complete_token_url(local, true).0, "https://localhost:8080/uaa/oauth/token");
    }

    #[test]
    fn a_region_is_recognised_where_the_vendor_writes_it() {
        for (url, region) in [
            ("https://a.authentication.eu10.hana.ondemand.com/oauth/token", Some("eu10")),
            ("https://a.authentication.cert.us20-001.hana.ondemand.com", Some("us20-001")),
            ("https://a.cfapps.cn40.platform.sapcloud.cn", Some("cn40")),
            ("https://a.prod01.apimanagement.eu10.hana.ondemand.com", Some("eu10")),
            ("https://eu10.example.com", None),
            ("https://a.cfapps.sap.hana.ondemand.com", None),
            ("https://sales.example.com", None),
        ] {
            assert_eq!(Region::of(url), region.map(|region| Region(region.into())), "{url}");
        }
    }

    #[test]
    fn an_extension_of_a_region_agrees_with_its_region_but_not_with_another_extension() {
        let agree = |one: &str, other: &str| Region(one.into()).agrees_with(&Region(other.into()));
        assert!(agree("eu10", "eu10"));
        assert!(agree("eu10-004", "eu10"), "tokens for eu10-004 are issued in eu10");
        assert!(agree("eu10", "eu10-004"));
        assert!(!agree("eu10-004", "eu10-003"));
        assert!(!agree("eu10", "us10"));
        assert!(!agree("eu10-004", "us10"));
    }

    #[test]
    fn a_value_that_ran_into_the_next_one_is_not_shown() {
        assert!(may_be_shown("https://sales.example.com:8443/path"));
        assert!(may_be_shown("sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864"));
        for joined in [
            "sb-sales!b1clientSecret=pl4nted",
            "sb-sales!b1clientSecret:pl4nted",
            "sb-sales!b1ClientSecretpl4nted",
            "sb-sales!b1APIPORTAL_CLIENT_SECRET:pl4nted",
            "https://sales.example.comtokenService.KeyStorePassword:pl4nted",
            "https://sales.example.com?pl4nted",
        ] {
            assert!(!may_be_shown(joined), "{joined}");
        }
    }

    #[test]
    fn a_client_id_may_be_called_as_a_secret_is() {
        for text in [
            "sb-secret-rotation!b12",
            "sb-topsecret!b12|api-portal-xsuaa!b1",
            "sb-password-reset!b12",
            "client-secret-demo",
            "sb-clientsecret!b1",
            "https://secrets.example.com/password",
        ] {
            assert!(may_be_shown(text), "{text}");
        }
    }
}
