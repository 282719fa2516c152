//! Where a hub in SAP opens in the browser.

use url::Url;

use crate::input::{Field, InputProblem};

/// The address of a hub in SAP: what a person has in the browser's address bar. Nothing is ever sent there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubAddress(String);

impl HubAddress {
    /// The longest address, in characters.
    pub const MAX_LENGTH: usize = 2_000;

    /// Checks an address as typed or pasted: https, with a host, without user and password.
    pub fn parse(text: &str) -> Result<Self, InputProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InputProblem::Empty(Field::HubAddress));
        }
        let length = text.chars().count();
        if length > Self::MAX_LENGTH {
            return Err(InputProblem::TooLong { field: Field::HubAddress, length, limit: Self::MAX_LENGTH });
        }
        // What somebody types by hand often lacks the scheme.
        let complete = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        Url::parse(&complete)
            .ok()
            .filter(|url| url.scheme() == "https" && url.host_str().is_some_and(|host| host.contains('.')))
            .filter(|url| url.username().is_empty() && url.password().is_none())
            .map(|url| Self(url.into()))
            .ok_or_else(|| InputProblem::NotAHubAddress(text.to_owned()))
    }

    /// An address that was checked when it was stored.
    pub fn from_stored(address: String) -> Self {
        Self(address)
    }

    /// As text, for the browser.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The region that the host names, such as "eu10" in `….cfapps.eu10-004.hana.ondemand.com`.
    pub(crate) fn find_region(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        let host = url.host_str()?.strip_suffix(".hana.ondemand.com")?;
        let last = host.rsplit('.').next()?;
        let is_region =
            last.starts_with(|c: char| c.is_ascii_alphabetic()) && last.ends_with(|c: char| c.is_ascii_digit());
        is_region.then(|| last.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_it_stands_in_the_browser() {
        for (typed, kept) in [
            (" https://hub.cfapps.eu10.hana.ondemand.com/#/shop ", "https://hub.cfapps.eu10.hana.ondemand.com/#/shop"),
            ("hub.example.com", "https://hub.example.com/"),
        ] {
            assert_eq!(HubAddress::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_no_browser_should_open_is_refused() {
        for typed in [
            "http://hub.example.com",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "hub",
            "https://me:pw@hub.example.com",
        ] {
            assert!(HubAddress::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn the_region_is_read_off_the_host() {
        let region = |address: &str| HubAddress::parse(address).unwrap().find_region();
        assert_eq!(region("https://a.devportal-prod.cfapps.eu10-004.hana.ondemand.com").as_deref(), Some("eu10-004"));
        assert_eq!(region("https://a.cfapps.us21.hana.ondemand.com/x").as_deref(), Some("us21"));
        assert_eq!(region("https://hub.example.com"), None);
        assert_eq!(region("https://something.hana.ondemand.com"), None);
    }
}
