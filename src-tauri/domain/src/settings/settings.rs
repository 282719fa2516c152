//! The settings of this installation.

use std::fmt;

use url::Url;

use crate::{
    input::{Field, InputProblem},
    token_service::TokenServiceSettings,
};

/// Everything on the page *Settings*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the token service listens.
    pub token_service: TokenServiceSettings,
    /// After how many hours an approved connection is tested again.
    pub check_interval_hours: u32,
    /// Whether the system asks the person before a secret is copied or revealed.
    pub asks_before_secrets: bool,
    /// The proxy by which connections leave this network.
    pub proxy: ProxyChoice,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_service: TokenServiceSettings::default(),
            check_interval_hours: Self::DEFAULT_CHECK_INTERVAL_HOURS,
            asks_before_secrets: true,
            proxy: ProxyChoice::System,
        }
    }
}

impl Settings {
    /// The defaults.
    pub const DEFAULT_CHECK_INTERVAL_HOURS: u32 = 6;

    /// The shortest interval, in hours.
    pub const MIN_CHECK_INTERVAL_HOURS: u32 = 1;

    /// The longest interval, in hours.
    pub const MAX_CHECK_INTERVAL_HOURS: u32 = 168;

    /// Checks an interval as typed.
    pub fn parse_check_interval(hours: u32) -> Result<u32, InputProblem> {
        let (least, most) = (Self::MIN_CHECK_INTERVAL_HOURS, Self::MAX_CHECK_INTERVAL_HOURS);
        if (least..=most).contains(&hours) { Ok(hours) } else { Err(InputProblem::NotAnInterval { least, most }) }
    }
}

/// Through which proxy connections are tested. This computer is never reached through one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyChoice {
    /// The one that the system names: the variables `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` as curl reads them, else
    /// the settings of macOS or Windows.
    System,
    /// None.
    Never,
    /// This one, for every host.
    Url(ProxyUrl),
}

/// Where a proxy is. It has no user and no password, because this text is stored with the other settings, and shown.
/// For a proxy that asks for them, use the environment variables.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(String);

impl ProxyUrl {
    /// The longest, in characters.
    pub const MAX_LENGTH: usize = 300;

    /// Checks a URL as typed; without a scheme it is one of http.
    pub fn parse(text: &str) -> Result<Self, InputProblem> {
        let text = crate::input::single_line(Field::Proxy, text, Self::MAX_LENGTH)?;
        let complete = if text.contains("://") { text } else { format!("http://{text}") };
        let url = Url::parse(&complete).map_err(|_| InputProblem::NotAProxy)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InputProblem::UserInProxy);
        }
        let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !bare {
            return Err(InputProblem::NotAProxy);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Promise C2: the setting takes no password, which would lie in the database.
    #[test]
    fn a_proxy_is_a_host_with_a_port_and_nothing_else() {
        for (typed, kept) in [
            ("proxy.example:3128", "http://proxy.example:3128"),
            (" http://proxy.example:3128/ ", "http://proxy.example:3128"),
            ("https://proxy.example", "https://proxy.example"),
            ("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"),
        ] {
            assert_eq!(ProxyUrl::parse(typed).map(|url| url.0), Ok(kept.to_owned()), "{typed}");
        }
        for typed in ["http://user:planted-pw@proxy.example", "user@proxy.example:3128"] {
            let refused = ProxyUrl::parse(typed).expect_err("a password would be stored in clear");
            assert_eq!(refused, InputProblem::UserInProxy, "{typed}");
            assert!(
                !format!("{refused:?}{}{}", refused.message().for_log(), refused.message().remedy().for_log())
                    .contains("planted")
            );
        }
        for typed in ["socks5://proxy.example", "http://", "http://proxy.example/pac", "ftp://proxy", "http://a b"] {
            assert_eq!(ProxyUrl::parse(typed), Err(InputProblem::NotAProxy), "{typed}");
        }
        assert_eq!(ProxyUrl::parse(" "), Err(InputProblem::Empty(Field::Proxy)));
    }
}
