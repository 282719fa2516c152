//! Finds the parts in an object, wherever its shape has them.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::urls::is_token_host;
use crate::{
    Part, Shape, Syntax,
    tree::{Member, Node, Value, normalise_key},
};

/// An object seen as credentials of one shape.
pub(super) struct Arrangement<'a> {
    pub shape: Shape,
    /// Which entry of a list inside the object it is.
    pub entry: Option<usize>,
    /// Whether the credentials lie below a key of the object.
    pub nested: bool,
    /// Every value that stands for a part, in the order of the document; a part may come twice.
    pub given: Vec<Given<'a>>,
    /// Whether the token URL is the host alone, to which the path belongs.
    pub token_host: bool,
    /// Which kind of credential the document says it is.
    pub announced: Option<Announced>,
    /// The file in which a destination has its certificate and key.
    pub keystore: Option<KeyStoreReference<'a>>,
    /// Everything else.
    pub rest: Vec<Rest<'a>>,
}

/// A value that stands for a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub part: Part,
    /// Where its key stands.
    pub key_at: usize,
    pub node: &'a Node,
}

impl<'a> Given<'a> {
    const fn of(part: Part, member: &'a Member) -> Self {
        Self { part, key_at: member.key_at, node: &member.value }
    }
}

/// What `credential-type` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    ClientSecret,
    Certificate,
}

/// `tokenService.KeyStoreLocation` and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct KeyStoreReference<'a> {
    pub at: usize,
    /// Name of the file, with or without a path.
    pub location: &'a str,
    pub password: Option<&'a str>,
    /// The file in base64, where the destination service delivers it along.
    pub content: Option<&'a str>,
}

/// Members that are no part, as they stood there.
#[derive(Debug)]
pub(super) enum Rest<'a> {
    Member(&'a Member),
    Object(&'a str, Vec<Rest<'a>>),
    List(&'a str, Vec<Vec<Rest<'a>>>),
}

/// The members of an object under keys whose spelling does not matter.
struct Keyed<'a> {
    members: Vec<(Zeroizing<String>, &'a Member)>,
}

impl<'a> Keyed<'a> {
    fn of(node: &'a Node) -> Self {
        let keyed = |member: &'a Member| (Zeroizing::new(normalise_key(&member.key)), member);
        Self { members: node.members().iter().map(keyed).collect() }
    }

    /// The last member of that key, since the last one counts.
    fn find(&self, key: &str) -> Option<&'a Member> {
        self.members.iter().rev().find(|(own, _)| own.as_str() == key).map(|(_, member)| *member)
    }

    fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.find(key)?.value.text()
    }

    fn object(&self, key: &str) -> Option<&'a Member> {
        self.find(key).filter(|member| matches!(member.value.value, Value::Object(_)))
    }

    fn parts(&self) -> impl Iterator<Item = (Given<'a>, &'a Member)> {
        self.members.iter().filter_map(|(key, member)| {
            let part = Part::of_normalised_key(key)?;
            Some((Given::of(part, member), *member))
        })
    }

    fn given(&self) -> Vec<Given<'a>> {
        self.parts().map(|(given, _)| given).collect()
    }

    /// The members that stand for no part and are not among `taken`.
    fn rest(&self, taken: &[&Member]) -> Vec<Rest<'a>> {
        self.rest_with(taken, Vec::new())
    }

    /// The same, with what is left of some members in their place.
    fn rest_with(&self, taken: &[&Member], left: Vec<Left<'a>>) -> Vec<Rest<'a>> {
        self.collect_rest(left, |key, member| Part::of_normalised_key(key).is_some() || holds(taken, member))
    }

    fn collect_rest(&self, mut left: Vec<Left<'a>>, is_used: impl Fn(&str, &'a Member) -> bool) -> Vec<Rest<'a>> {
        let mut rest = Vec::new();
        for (key, member) in &self.members {
            if let Some(index) = left.iter().position(|left| std::ptr::eq(left.of, *member)) {
                rest.extend(Some(left.swap_remove(index).rest).filter(|rest| !rest.is_empty()));
            } else if !is_used(key, member) {
                rest.push(Rest::Member(member));
            }
        }
        rest
    }
}

/// What is left of a member of which something was taken.
struct Left<'a> {
    of: &'a Member,
    rest: Rest<'a>,
}

fn holds(members: &[&Member], wanted: &Member) -> bool {
    members.iter().any(|member| std::ptr::eq(*member, wanted))
}

/// Finds the parts of an object. More than one arrangement means more than one set of credentials; none, that there is
/// nothing in it that belongs to credentials.
pub(super) fn arrange(node: &Node, syntax: Syntax) -> Vec<Arrangement<'_>> {
    let keys = Keyed::of(node);
    if let Some(configuration) = keys.object("destinationconfiguration") {
        let certificates = keys.find("certificates").map(|member| &member.value);
        let mut arrangement = arrange_destination(&Keyed::of(&configuration.value), certificates);
        arrangement.nested = true;
        return vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect();
    }
    if keys.has("authentication") && (keys.has("url") || keys.has("type")) {
        let arrangement = arrange_destination(&keys, None);
        return vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect();
    }
    let flat_proof = ["clientsecret", "certificate"].into_iter().any(|key| keys.has(key));
    if !flat_proof {
        if let Some(list) = keys.find("messaging") {
            let found = arrange_messaging(&keys, list);
            if !found.is_empty() {
                return found;
            }
        }
        for (key, shape) in [
            ("oauth", Shape::CloudIntegration),
            ("uaa", Shape::ReuseService),
            ("xsuaa", Shape::ReuseService),
            ("oa2", Shape::EventMesh),
        ] {
            let inner = keys.object(key);
            if let Some(arrangement) = inner.map(|inner| arrange_nested(&keys, inner, shape))
                && arrangement.is_credential_like()
            {
                return vec![arrangement];
            }
        }
    }
    vec![arrange_flat(&keys, syntax)].into_iter().filter(Arrangement::is_credential_like).collect()
}

impl Arrangement<'_> {
    pub fn has(&self, part: Part) -> bool {
        self.given.iter().any(|given| given.part == part)
    }

    /// Whether anything in it belongs to credentials and to nothing else. A URL is everywhere, and so is a key.
    fn is_credential_like(&self) -> bool {
        self.keystore.is_some()
            || self.given.iter().any(|given| match given.part {
                Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => true,
                Part::Certificate | Part::PrivateKey => match &given.node.value {
                    Value::Text(text) => text.contains("-----") || self.has_certificate_companion(given.part),
                    Value::Object(_) | Value::List(_) | Value::Scalar(_) => self.has_certificate_companion(given.part),
                },
                Part::Url => false,
            })
    }

    fn has_certificate_companion(&self, part: Part) -> bool {
        match part {
            Part::Certificate => self.has(Part::PrivateKey),
            Part::PrivateKey => self.has(Part::Certificate),
            Part::Url | Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => false,
        }
    }
}

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

fn arrange_flat<'a>(keys: &Keyed<'a>, syntax: Syntax) -> Arrangement<'a> {
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

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Member(_) => false,
            Self::Object(_, members) => members.is_empty(),
            Self::List(_, entries) => entries.iter().all(Vec::is_empty),
        }
    }
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

fn rename_url(given: &mut [Given<'_>]) {
    for given in given.iter_mut().filter(|given| given.part == Part::Url) {
        given.part = Part::TokenUrl;
    }
}

fn announced(keys: &Keyed<'_>) -> Option<Announced> {
    match keys.text("credentialtype")? {
        "x509" => Some(Announced::Certificate),
        "binding-secret" | "instance-secret" => Some(Announced::ClientSecret),
        _ => None,
    }
}

/// The member that says no more than the other keys do. What says anything else is kept.
fn find_announcement<'a>(keys: &Keyed<'a>, is_certificate: bool) -> Option<&'a Member> {
    let expected = if is_certificate { "x509" } else { "binding-secret" };
    keys.find("credentialtype").filter(|member| member.value.text() == Some(expected))
}

/// Credentials under `uaa`, `oauth` or `oa2`, with the service's own URL beside them or among them.
fn arrange_nested<'a>(outer: &Keyed<'a>, inner: &'a Member, shape: Shape) -> Arrangement<'a> {
    let keys = Keyed::of(&inner.value);
    let mut given = keys.given();
    let token_host = !given.iter().any(|given| given.part == Part::TokenUrl);
    if token_host {
        rename_url(&mut given);
    }
    let mut taken = Vec::new();
    let mut left = Vec::new();
    if !given.iter().any(|given| given.part == Part::Url) {
        let direct = ["url", "apiportalurl", "uri", "smurl"].into_iter().find_map(|key| outer.find(key));
        if let Some(member) = direct {
            given.push(Given::of(Part::Url, member));
            taken.push(member);
        } else if let Some(endpoints) = outer.find("endpoints") {
            let portal = Keyed::of(&endpoints.value).object_or_text("apiportal");
            if let Some(portal) = portal {
                given.push(Given::of(Part::Url, portal));
                let others = Keyed::of(&endpoints.value).rest(&[portal]);
                left.push(Left { of: endpoints, rest: Rest::Object(&endpoints.key, others) });
            } else if let Some(node) = find_first_https(&endpoints.value) {
                given.push(Given { part: Part::Url, key_at: node.at, node });
            }
        }
    }
    // Parts beside the nested ones that the nested ones do not have: a certificate next to `oauth`, say.
    let mut known: HashSet<Part> = given.iter().map(|given| given.part).collect();
    for (other, member) in outer.parts() {
        if other.part != Part::Url && known.insert(other.part) {
            given.push(other);
            taken.push(member);
        }
    }
    let announced = announced(&keys);
    let is_certificate = given.iter().any(|given| given.part == Part::Certificate);
    let announcement = find_announcement(&keys, is_certificate);
    left.push(Left { of: inner, rest: Rest::Object(&inner.key, keys.rest(announcement.as_slice())) });
    // The service's own URL is kept where the nested credentials have one.
    let used: HashSet<*const Node> = given.iter().map(|given| std::ptr::from_ref(given.node)).collect();
    let is_used = |member: &Member| holds(&taken, member) || used.contains(&std::ptr::from_ref(&member.value));
    let rest = outer.collect_rest(left, |_, member| is_used(member));
    Arrangement { shape, entry: None, nested: true, given, token_host, announced, keystore: None, rest }
}

impl<'a> Keyed<'a> {
    fn object_or_text(&self, key: &str) -> Option<&'a Member> {
        self.find(key).filter(|member| matches!(member.value.value, Value::Object(_) | Value::Text(_)))
    }
}

/// The first https URL among the values, or one level below.
fn find_first_https(node: &Node) -> Option<&Node> {
    let is_https = |node: &Node| node.text().is_some_and(|text| text.trim_start().starts_with("https://"));
    let all = || node.members().iter().map(|member| &member.value);
    let below = || all().flat_map(|node| node.members()).map(|member| &member.value);
    all().find(|node| is_https(node)).or_else(|| below().find(|node| is_https(node)))
}

/// The entries of Event Mesh: one set of credentials for each protocol, usually the same.
fn arrange_messaging<'a>(outer: &Keyed<'a>, list: &'a Member) -> Vec<Arrangement<'a>> {
    let entries: &[Node] = match &list.value.value {
        Value::List(entries) => entries,
        Value::Object(_) => std::slice::from_ref(&list.value),
        Value::Text(_) | Value::Scalar(_) => &[],
    };
    let with_credentials: Vec<(usize, Keyed<'a>, &'a Member)> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let keys = Keyed::of(entry);
            let oa2 = keys.object("oa2")?;
            Some((index, keys, oa2))
        })
        .collect();
    let Some((_, first_keys, first)) = with_credentials.first() else { return Vec::new() };
    let with_others = |entries| outer.rest_with(&[], vec![Left { of: list, rest: Rest::List(&list.key, entries) }]);
    let same = with_credentials.iter().all(|(_, _, other)| has_same_credentials(&first.value, &other.value));
    if !same {
        return with_credentials
            .iter()
            .map(|(index, keys, oa2)| {
                let mut arrangement = arrange_nested(keys, oa2, Shape::EventMesh);
                arrangement.entry = Some(*index);
                arrangement.rest = with_others(vec![std::mem::take(&mut arrangement.rest)]);
                arrangement
            })
            .filter(Arrangement::is_credential_like)
            .collect();
    }
    // The protocol over https is the one that a token serves without a library of its own.
    let is_https = |keys: &Keyed<'_>| keys.text("uri").is_some_and(|uri| uri.trim_start().starts_with("https://"));
    let chosen = with_credentials.iter().position(|(_, keys, _)| is_https(keys)).unwrap_or(0);
    let (keys, oa2) = with_credentials.get(chosen).map_or((first_keys, first), |(_, keys, oa2)| (keys, oa2));
    let mut arrangement = arrange_nested(keys, oa2, Shape::EventMesh);
    let mut own = Some(std::mem::take(&mut arrangement.rest));
    let mut all = Vec::new();
    for (index, (_, keys, oa2)) in with_credentials.iter().enumerate() {
        if index == chosen {
            all.extend(own.take());
        } else {
            all.push(keys.collect_rest(Vec::new(), |_, member| holds(&[oa2], member)));
        }
    }
    arrangement.rest = with_others(all);
    vec![arrangement].into_iter().filter(Arrangement::is_credential_like).collect()
}

fn has_same_credentials(one: &Node, other: &Node) -> bool {
    let texts = |node: &'_ Node| {
        let keys = Keyed::of(node);
        let text = |key: &str| keys.text(key).map(|text| Zeroizing::new(text.to_owned()));
        ["clientid", "clientsecret", "tokenendpoint", "certificate", "key"].map(text)
    };
    texts(one) == texts(other)
}

/// A BTP destination. `certificates` are the keystores that the destination service delivers along.
fn arrange_destination<'a>(keys: &Keyed<'a>, certificates: Option<&'a Node>) -> Arrangement<'a> {
    let location = keys.find("tokenservicekeystorelocation");
    let password = keys.find("tokenservicekeystorepassword");
    let keystore = location.and_then(|location| {
        let name = location.value.text().filter(|name| !name.trim().is_empty())?;
        let files: &[Node] = match certificates.map(|node| &node.value) {
            Some(Value::List(files)) => files,
            Some(Value::Object(_) | Value::Text(_) | Value::Scalar(_)) | None => &[],
        };
        let file = files.iter().find(|file| file.find("name").and_then(Node::text) == Some(name));
        Some(KeyStoreReference {
            at: location.value.at,
            location: name,
            password: password.and_then(|member| member.value.text()).filter(|password| !password.is_empty()),
            content: file.and_then(|file| file.find("content")).and_then(Node::text),
        })
    });
    let given = keys.given();
    let token_host = false;
    let announced = keystore.map(|_| Announced::Certificate);
    // What every destination of this kind says, and what leads to the keystore, belongs to the form and not to what it holds.
    let of_form = |(key, value): &(&str, &str)| keys.find(key).filter(|member| member.value.text() == Some(*value));
    let taken: Vec<&Member> = [
        ("type", "HTTP"),
        ("proxytype", "Internet"),
        ("authentication", "OAuth2ClientCredentials"),
        ("tokenserviceurltype", "Dedicated"),
    ]
    .iter()
    .filter_map(of_form)
    .chain(keys.find("name"))
    .chain(location)
    .chain(password)
    .collect();
    let rest = keys.rest(&taken);
    Arrangement { shape: Shape::Destination, entry: None, nested: false, given, token_host, announced, keystore, rest }
}

/// Whether an object holds the parameters by which service keys are created, and where that shows.
pub(super) fn find_creation_parameters(node: &Node) -> Option<usize> {
    let keys = Keyed::of(node);
    let member = keys.members.iter().find(|(key, member)| match (key.as_str(), &member.value.value) {
        ("credentialtype" | "role", Value::Text(_)) | ("x509", Value::Object(_)) | ("roles", Value::List(_)) => true,
        ("xsuaa", Value::Object(_)) => find_creation_parameters(&member.value).is_some(),
        _ => false,
    });
    member.map(|(_, member)| member.key_at)
}
