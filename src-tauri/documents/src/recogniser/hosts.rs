//! What the host of a URL tells: whether tokens are issued there, and in which region it is.

use url::Url;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
