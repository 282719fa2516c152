//! The URLs of credentials: which one is meant for what, and whether they belong together.

use std::ops::Deref;

use super::{
    arrangement::Arrangement,
    hosts::{Region, is_certificate_host},
    kind::Kind,
    reading::Reading,
    shown::{holds, show},
};
use crate::{
    FindingKind, Part,
    recognition::Shown,
    urls::{CertUrl, PortalUrl, TokenEndpoint, TokenPath},
};

/// A URL that passed the checks, and where it stands.
pub(super) struct Located<U> {
    at: usize,
    pub url: U,
}

/// The URLs that were found.
pub(super) struct Addresses {
    pub url: Option<Located<PortalUrl>>,
    pub token_url: Option<Located<TokenEndpoint>>,
    pub cert_url: Option<Located<CertUrl>>,
}

impl Addresses {
    fn texts(&self) -> impl Iterator<Item = (Part, usize, &str)> {
        let url = self.url.as_ref().map(|found| (Part::Url, found.at, found.url.as_str()));
        let token_url = self.token_url.as_ref().map(|found| (Part::TokenUrl, found.at, found.url.as_str()));
        let cert_url = self.cert_url.as_ref().map(|found| (Part::CertUrl, found.at, found.url.as_str()));
        [url, token_url, cert_url].into_iter().flatten()
    }
}

impl Reading<'_> {
    pub fn read_addresses(&mut self, arrangement: &Arrangement<'_>, kind: Kind) -> Addresses {
        let url = self.find_url(arrangement, Part::Url, PortalUrl::parse);
        if !arrangement.has(Part::Url) {
            self.miss(Part::Url);
        }
        let (token_url, cert_url) = self.read_token_urls(arrangement, kind);
        let addresses = Addresses { url, token_url, cert_url };
        self.compare_regions(&addresses);
        addresses
    }

    fn find_url<U: Deref<Target = str>>(
        &mut self,
        arrangement: &Arrangement<'_>,
        part: Part,
        read: impl FnOnce(&str) -> Result<U, FindingKind>,
    ) -> Option<Located<U>> {
        let found = self.find(arrangement, part);
        let checked = found.text().and_then(|(at, text)| match read(text) {
            Ok(url) => Some(Located { at, url }),
            Err(kind) => {
                self.say(Some(at), kind);
                None
            }
        });
        let at = arrangement.place_of_last(part);
        match &checked {
            Some(found) => self.field(part, at, show(&found.url)),
            None if arrangement.has(part) => self.field(part, at, Shown::Hidden),
            None => {}
        }
        checked
    }

    /// The token URL and the URL for certificates: with the token path where it belongs and without it where it does not.
    fn read_token_urls(
        &mut self,
        arrangement: &Arrangement<'_>,
        kind: Kind,
    ) -> (Option<Located<TokenEndpoint>>, Option<Located<CertUrl>>) {
        let mut path = TokenPath::Complete;
        let mut token_url = self.find_url(arrangement, Part::TokenUrl, |text| {
            let (url, found) = TokenEndpoint::read(text, arrangement.token_host)?;
            path = found;
            Ok(url)
        });
        let mut had_path = false;
        let mut cert_url = self.find_url(arrangement, Part::CertUrl, |text| {
            let (url, found) = CertUrl::read(text)?;
            had_path = found;
            Ok(url)
        });
        if let (Some(found), true) = (&cert_url, had_path) {
            self.say(Some(found.at), FindingKind::TokenPathDoubled { part: Part::CertUrl });
        }
        // Where one token URL is named for both kinds, it is the one for certificates with a certificate.
        let serves_certificates = |url: &TokenEndpoint| !arrangement.shape.tells_origin() || is_certificate_host(url);
        if kind == Kind::Certificate
            && !arrangement.has(Part::CertUrl)
            && let Some(Located { at, url }) = token_url.take_if(|found| serves_certificates(&found.url))
        {
            if path == TokenPath::Doubled {
                self.say(Some(at), FindingKind::TokenPathDoubled { part: Part::CertUrl });
            }
            let url = url.as_cert_url();
            self.forget_field(Part::TokenUrl);
            self.field(Part::CertUrl, Some(at), show(&url));
            cert_url = Some(Located { at, url });
        } else if let Some(found) = &token_url {
            match path {
                TokenPath::Missing if !arrangement.token_host => {
                    self.say(Some(found.at), FindingKind::TokenPathMissing);
                }
                TokenPath::Doubled => {
                    self.say(Some(found.at), FindingKind::TokenPathDoubled { part: Part::TokenUrl });
                }
                TokenPath::Missing | TokenPath::Complete => {}
            }
        }
        let has_any = arrangement.has(Part::TokenUrl) || arrangement.has(Part::CertUrl);
        match kind {
            Kind::ClientSecret | Kind::Both if !arrangement.has(Part::TokenUrl) => self.miss(Part::TokenUrl),
            Kind::Neither if !has_any => self.miss(Part::TokenUrl),
            Kind::Certificate if cert_url.is_none() && !arrangement.has(Part::CertUrl) => self.miss(Part::CertUrl),
            Kind::ClientSecret | Kind::Both | Kind::Neither | Kind::Certificate => {}
        }
        (token_url, cert_url)
    }

    /// URLs in two regions are parts of two documents.
    fn compare_regions(&mut self, addresses: &Addresses) {
        let mut known = addresses.texts().filter_map(|(_, at, text)| Some((Region::of(text)?, at)));
        let Some((first, _)) = known.next() else { return };
        if let Some((_, at)) = known.find(|(region, _)| !region.agrees_with(&first)) {
            self.say(Some(at), FindingKind::RegionsDiffer);
        }
    }

    /// URLs are shown and stored openly: the secret must not be part of one.
    pub fn keep_apart(&mut self, secret: Option<(usize, &str)>, addresses: &Addresses) {
        let Some((_, secret)) = secret else { return };
        for (part, at, text) in addresses.texts() {
            if holds(text, secret) {
                self.say(Some(at), FindingKind::HoldsSecret { part });
                self.hide_field(part);
            }
        }
    }
}
