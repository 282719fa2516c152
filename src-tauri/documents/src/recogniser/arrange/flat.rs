//! Credentials whose parts stand side by side.

use super::announcement::{announced, find_announcement, rename_url};
use crate::{
    Part, Shape, Syntax,
    recogniser::{
        arrangement::{Announced, Arrangement, Given, Rest},
        hosts::is_token_host,
        keyed::{Keyed, Left},
    },
};

/// Keys that only the bindings of XSUAA have.
const XSUAA_KEYS: [&str; 9] = [
    "xsappname",
    "tenantid",
    "identityzone",
    "identityzoneid",
    "uaadomain",
    "credentialtype",
    "sburl",
    "apiurl",
    "verificationkey",
];

pub(super) fn arrange<'a>(keys: &Keyed<'a>, syntax: Syntax) -> Arrangement<'a> {
    let mut given = keys.given();
    let mut taken = Vec::new();
    let has = |part: Part, given: &[Given<'_>]| given.iter().any(|given| given.part == part);
    let has_token_url = has(Part::TokenUrl, &given);
    let is_xsuaa = !has_token_url && (XSUAA_KEYS.into_iter().any(|key| keys.has(key)) || is_like_xsuaa(keys));
    let is_service_manager = keys.has("smurl");
    let token_host = !has_token_url && (is_xsuaa || is_service_manager);
    if token_host {
        rename_url(&mut given);
    }
    let mut left = Vec::new();
    if !has(Part::Url, &given) {
        let direct = ["apiportalurl", "smurl"].into_iter().find_map(|key| keys.find(key));
        if let Some(member) = direct {
            given.push(Given::of(Part::Url, member));
            taken.push(member);
        } else if let Some(endpoints) = keys.object("endpoints") {
            let inner = Keyed::of(&endpoints.value);
            if let Some(portal) = inner.find("apiportal") {
                given.push(Given::of(Part::Url, portal));
                left.push(Left { of: endpoints, rest: Rest::Object(&endpoints.key, inner.rest(&[portal])) });
            }
        }
    }
    let announced = announced(keys);
    let certificate = has(Part::Certificate, &given) || has(Part::PrivateKey, &given);
    let is_certificate = certificate
        || !has(Part::ClientSecret, &given)
            && (has(Part::CertUrl, &given) || announced == Some(Announced::Certificate));
    taken.extend(find_announcement(keys, is_certificate));
    let rest = keys.rest_with(&taken, left);
    let shape = match syntax {
        Syntax::Pem => Shape::PemBlocks,
        Syntax::Pkcs12 => Shape::Pkcs12,
        Syntax::Curl => Shape::Other,
        Syntax::Json | Syntax::Yaml | Syntax::Properties | Syntax::Environment | Syntax::Zip => {
            if is_service_manager {
                Shape::ServiceManager
            } else if token_host {
                if is_certificate { Shape::XsuaaCertificate } else { Shape::XsuaaSecret }
            } else if keys.has("orgid") {
                Shape::OnPremiseKey
            } else if keys.has("developerid") {
                Shape::DeveloperKey
            } else if !is_certificate {
                Shape::ConnectionSecret
            } else if keys.has("privatekey") {
                Shape::ApiAccessCertificate
            } else {
                Shape::ConnectionCertificate
            }
        }
    };
    Arrangement { shape, entry: None, nested: false, given, token_host, announced, keystore: None, rest }
}

/// Without a token URL and without any of its keys, the spelling and the host have to tell: an API portal writes
/// `clientId`, XSUAA `clientid`.
fn is_like_xsuaa(keys: &Keyed<'_>) -> bool {
    let Some(url) = keys.text("url") else { return false };
    let portal_spelling = ["clientid", "clientsecret"]
        .into_iter()
        .filter_map(|key| keys.find(key))
        .any(|member| ["clientId", "clientSecret"].contains(&member.key.as_str()));
    is_token_host(url.trim()) || keys.has("clientsecret") && !portal_spelling
}
