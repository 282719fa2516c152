//! Reads the parts of one set of credentials and collects everything there is to be said about them.

use chrono::TimeDelta;
use messages::{Day, message};

use super::{
    Candidate, Field, Options, Shown,
    arrangement::{Announced, Arrangement, Given, KeyStoreReference},
    extras::{collect_extra, name_extras},
    files::{CERTIFICATE_MARK, Files, KEY_MARK},
    placeholders::is_placeholder,
    places::Places,
    urls::{Region, TokenPath, check_url, complete_token_url, is_certificate_host, may_be_shown, without_token_path},
};
use crate::{
    CertificateProblem, CredentialDocument, Finding, FindingKind, Part, PrivateKey, Proof, SecretBytes, Shape,
    base64_text,
    certificate::{ReadChain, read_chain, read_key},
    pkcs12::{self, OpenError},
    tree::Value,
    work::Work,
};

/// How long before its end a certificate is said to expire.
const EXPIRING: TimeDelta = TimeDelta::days(30);

/// What is known around the credentials.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub options: &'a Options<'a>,
    /// The lines of the text; `None` for a container.
    pub places: Option<&'a Places>,
    /// The other files of the archive.
    pub files: Files<'a>,
    /// What the document may still cost.
    pub work: &'a Work<'a>,
}

/// Reads the credentials of an arrangement. `end` is where the object ends: there, what is missing has to be added.
pub(super) fn read(arrangement: &Arrangement<'_>, end: usize, context: Context<'_>) -> Candidate {
    let mut reading = Reading::new(context, arrangement.shape, Some(end));
    let document = reading.read(arrangement);
    reading.finish(document)
}

/// The credentials of a PKCS#12 container.
pub(super) fn read_opened(opened: pkcs12::Opened, context: Context<'_>) -> Candidate {
    let mut reading = Reading::new(context, Shape::Pkcs12, None);
    for part in [Part::Url, Part::CertUrl] {
        reading.say(None, FindingKind::MissingPart { part });
    }
    reading.field(Part::PrivateKey, None, Shown::Hidden);
    let read = reading.check_chain(opened.chain, Some(opened.key), None, None);
    let client_id = reading.client_id_of_subject(read.as_ref(), None);
    let document = read.and_then(|read| read.proof).map(|proof| CredentialDocument {
        url: None,
        token_url: None,
        cert_url: None,
        client_id,
        proof,
        extra: None,
    });
    reading.finish(document)
}

/// The credentials of a chain and a key from files of their own.
pub(super) fn read_pem_files(certificate: Option<&str>, key: Option<&str>, context: Context<'_>) -> Candidate {
    let mut reading = Reading::new(Context { places: None, ..context }, Shape::PemBlocks, None);
    for part in [Part::Url, Part::CertUrl] {
        reading.say(None, FindingKind::MissingPart { part });
    }
    for (part, text) in [(Part::Certificate, certificate), (Part::PrivateKey, key)] {
        if text.is_none() {
            reading.miss(part);
        }
    }
    if key.is_some() {
        reading.field(Part::PrivateKey, None, Shown::Hidden);
    }
    let read = reading.read_pem(certificate.map(|text| (None, text)), key.map(|text| (None, text)));
    let client_id = reading.client_id_of_subject(read.as_ref(), None);
    let document = read.and_then(|read| read.proof).map(|proof| CredentialDocument {
        url: None,
        token_url: None,
        cert_url: None,
        client_id,
        proof,
        extra: None,
    });
    reading.finish(document)
}

/// What is wrong with a container that cannot be opened.
pub(super) fn describe_open_error(error: OpenError) -> FindingKind {
    match error {
        OpenError::PasswordNeeded => FindingKind::PasswordNeeded,
        OpenError::WrongPassword => FindingKind::WrongPassword,
        OpenError::Unreadable => FindingKind::ContainerUnreadable { what: message!("container-pkcs12") },
        OpenError::NoKey => FindingKind::MissingPart { part: Part::PrivateKey },
        OpenError::NoCertificate => FindingKind::MissingPart { part: Part::Certificate },
        OpenError::BadKey(problem) => describe_problem(Part::PrivateKey, problem),
        OpenError::TooCostly(ceiling) => FindingKind::TooCostly { what: message!("container-pkcs12"), ceiling },
        OpenError::NotTried => FindingKind::TooMuchProtected,
        OpenError::Stopped => FindingKind::Stopped,
    }
}

fn describe_problem(part: Part, problem: CertificateProblem) -> FindingKind {
    match problem {
        CertificateProblem::KeyEncrypted => FindingKind::PasswordNeeded,
        CertificateProblem::WrongKeyPassword => FindingKind::WrongPassword,
        CertificateProblem::KeyTooCostly(ceiling) => {
            FindingKind::TooCostly { what: message!("document-private-key"), ceiling }
        }
        CertificateProblem::KeyNotTried => FindingKind::TooMuchProtected,
        CertificateProblem::NotRead => FindingKind::TooMuchWork,
        CertificateProblem::Stopped => FindingKind::Stopped,
        CertificateProblem::KeyTooShort { key } => FindingKind::WeakKey { key },
        CertificateProblem::NotPem
        | CertificateProblem::WrongBlock { .. }
        | CertificateProblem::NotX509 { .. }
        | CertificateProblem::KeyNotPem
        | CertificateProblem::KeyProtectionUnknown
        | CertificateProblem::KeyOfOtherKind { .. }
        | CertificateProblem::KeyUnusable => FindingKind::Unreadable { part, problem },
    }
}

/// What the client proves itself with, by the parts that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ClientSecret,
    Certificate,
    Both,
    Neither,
}

/// A part as it was found: the value without white space around it.
enum Found<'a> {
    Absent,
    /// What is wrong was said.
    Unusable,
    Text {
        at: usize,
        text: &'a str,
    },
}

impl<'a> Found<'a> {
    fn text(&self) -> Option<(usize, &'a str)> {
        match self {
            Self::Absent | Self::Unusable => None,
            Self::Text { at, text } => Some((*at, text)),
        }
    }
}

/// A URL that was found and passed the checks.
struct CheckedUrl {
    at: usize,
    text: String,
}

/// Certificate and key in other files of an archive.
#[derive(Default)]
struct Beside<'a> {
    certificate: Option<&'a str>,
    key: Option<&'a str>,
}

/// A certificate that was read.
struct ReadCertificate {
    common_name: Option<String>,
    proof: Option<Proof>,
}

struct Reading<'a> {
    context: Context<'a>,
    shape: Shape,
    end: Option<usize>,
    findings: Vec<(Option<usize>, FindingKind)>,
    fields: Vec<(Part, Option<usize>, Shown)>,
}

impl<'a> Reading<'a> {
    const fn new(context: Context<'a>, shape: Shape, end: Option<usize>) -> Self {
        Self { context, shape, end, findings: Vec::new(), fields: Vec::new() }
    }

    fn say(&mut self, at: Option<usize>, kind: FindingKind) {
        self.findings.push((at, kind));
    }

    fn miss(&mut self, part: Part) {
        self.say(self.end, FindingKind::MissingPart { part });
    }

    fn field(&mut self, part: Part, at: Option<usize>, shown: Shown) {
        self.fields.push((part, at, shown));
    }

    fn finish(self, document: Option<CredentialDocument>) -> Candidate {
        let Self { context, shape, end: _, findings, mut fields } = self;
        let place = |at: Option<usize>| at.and_then(|at| context.places.map(|places| places.place(at)));
        fields.sort_by_key(|(part, ..)| *part);
        let fields = fields.into_iter().map(|(part, at, shown)| Field { part, place: place(at), shown }).collect();
        let mut findings: Vec<_> = findings.into_iter().map(|(at, kind)| Finding { place: place(at), kind }).collect();
        sort_findings(&mut findings);
        Candidate { name: String::new(), shape, wrappers: Vec::new(), fields, findings, document }
    }

    fn read(&mut self, arrangement: &Arrangement<'_>) -> Option<CredentialDocument> {
        let beside = self.find_beside(arrangement);
        let kind = self.decide_kind(arrangement, &beside);
        let client_id = self.find(arrangement, Part::ClientId);
        let url = self.find_url(arrangement, Part::Url, |text| text);
        if !arrangement.has(Part::Url) {
            self.miss(Part::Url);
        }
        let (token_url, cert_url) = self.read_token_urls(arrangement, kind);
        self.compare_regions([&url, &token_url, &cert_url]);
        let secret = self.find(arrangement, Part::ClientSecret).text();
        if arrangement.has(Part::ClientSecret) {
            let at =
                arrangement.given.iter().rfind(|given| given.part == Part::ClientSecret).map(|given| given.node.at);
            self.field(Part::ClientSecret, at, Shown::Hidden);
        }
        let certificate = match kind {
            Kind::Certificate => self.read_certificate(arrangement, &beside),
            Kind::Both => {
                self.read_certificate(arrangement, &beside);
                None
            }
            Kind::ClientSecret | Kind::Neither => None,
        };
        self.keep_apart(secret, [(Part::Url, &url), (Part::TokenUrl, &token_url), (Part::CertUrl, &cert_url)]);
        let client_id = self.read_client_id(client_id, arrangement, secret, kind, certificate.as_ref());

        let names = name_extras(&arrangement.rest);
        if let Some(at) = names.repeated_at {
            self.say(Some(at), FindingKind::RepeatedHarmless);
        }
        if !names.known.is_empty() || names.others > 0 {
            self.say(names.at, FindingKind::ExtraKeys { known: names.known, others: names.others });
        }
        let proof = match kind {
            // EXPOSE: the text of the document becomes the secret that it is.
            Kind::ClientSecret => {
                secret.map(|(_, text)| Proof::ClientSecret(SecretBytes::new(text.as_bytes().to_vec())))
            }
            Kind::Certificate => certificate.and_then(|certificate| certificate.proof),
            Kind::Both | Kind::Neither => None,
        };
        proof.map(|proof| CredentialDocument {
            url: url.map(|url| url.text),
            token_url: token_url.map(|url| url.text),
            cert_url: cert_url.map(|url| url.text),
            client_id,
            proof,
            extra: collect_extra(&arrangement.rest),
        })
    }

    /// The certificate and key in other files of the archive, for a document that lacks them.
    fn find_beside(&self, arrangement: &Arrangement<'_>) -> Beside<'a> {
        let is_for_certificate = arrangement.has(Part::Certificate)
            || arrangement.has(Part::PrivateKey)
            || arrangement.has(Part::CertUrl)
            || arrangement.announced == Some(Announced::Certificate);
        if !is_for_certificate || arrangement.has(Part::ClientSecret) || arrangement.keystore.is_some() {
            return Beside::default();
        }
        let find = |part| if arrangement.has(part) { None } else { self.context.files.take_pem(part) };
        Beside { certificate: find(Part::Certificate), key: find(Part::PrivateKey) }
    }

    fn decide_kind(&mut self, arrangement: &Arrangement<'_>, beside: &Beside<'_>) -> Kind {
        let place_of = |part| arrangement.given.iter().find(|given| given.part == part).map(|given| given.node.at);
        let certificate = place_of(Part::Certificate)
            .or(place_of(Part::PrivateKey))
            .or(arrangement.keystore.as_ref().map(|keystore| keystore.at));
        let is_secret = arrangement.has(Part::ClientSecret);
        match (is_secret, certificate) {
            (true, None) => match place_of(Part::CertUrl) {
                Some(at) => {
                    self.say(Some(at), FindingKind::BothKinds);
                    Kind::Both
                }
                None => Kind::ClientSecret,
            },
            (true, Some(at)) => {
                self.say(Some(at), FindingKind::BothKinds);
                Kind::Both
            }
            (false, Some(_)) => Kind::Certificate,
            (false, None) if beside.certificate.is_some() || beside.key.is_some() => Kind::Certificate,
            (false, None) => {
                match (arrangement.announced, arrangement.has(Part::CertUrl)) {
                    (Some(Announced::ClientSecret), _) => self.miss(Part::ClientSecret),
                    (Some(Announced::Certificate), _) | (None, true) => {
                        self.miss(Part::Certificate);
                        self.miss(Part::PrivateKey);
                    }
                    (None, false) => self.say(self.end, FindingKind::NeitherKind),
                }
                Kind::Neither
            }
        }
    }

    /// The value of a part. What is wrong with it is said here; what has to be said about URLs and PEM, there.
    fn find<'v>(&mut self, arrangement: &Arrangement<'v>, part: Part) -> Found<'v> {
        let mut all = arrangement.given.iter().filter(|given| given.part == part);
        let Some(first) = all.next() else { return Found::Absent };
        let mut last = *first;
        let mut repeated = None;
        for given in all {
            let same = match (trimmed(&last), trimmed(given)) {
                (Some(one), Some(other)) => one == other,
                (_, None) | (None, _) => false,
            };
            repeated = match (repeated, same) {
                (None | Some((true, _)), false) => Some((false, given.key_at)),
                (None, true) => Some((true, given.key_at)),
                (Some(found), _) => Some(found),
            };
            last = *given;
        }
        match repeated {
            Some((true, at)) => self.say(Some(at), FindingKind::RepeatedHarmless),
            Some((false, at)) => self.say(Some(at), FindingKind::Repeated { part }),
            None => {}
        }
        self.check_text(part, &last)
    }

    fn check_text<'v>(&mut self, part: Part, given: &Given<'v>) -> Found<'v> {
        let at = given.node.at;
        let value = match &given.node.value {
            Value::Text(text) => text.as_str(),
            // `{NAME}` in YAML is an object with a member of no value.
            Value::Object(members) if is_braced_name(members) => {
                self.say(Some(at), FindingKind::Placeholder { part });
                return Found::Unusable;
            }
            Value::Object(_) | Value::List(_) | Value::Scalar(_) => {
                self.say(Some(at), FindingKind::NotAText { part });
                return Found::Unusable;
            }
        };
        let text = value.trim();
        let defect = if text.is_empty() {
            Some(FindingKind::EmptyPart { part })
        } else if is_placeholder(part, text) {
            Some(FindingKind::Placeholder { part })
        } else if !is_pem(part) && text.chars().any(char::is_control) {
            Some(FindingKind::ControlCharacter { part })
        } else {
            None
        };
        if let Some(defect) = defect {
            self.say(Some(at), defect);
            return Found::Unusable;
        }
        if !is_pem(part) && text.len() != value.len() {
            self.say(Some(at), FindingKind::SpaceTaken { part });
        }
        Found::Text { at, text }
    }

    fn find_url(
        &mut self,
        arrangement: &Arrangement<'_>,
        part: Part,
        change: impl FnOnce(String) -> String,
    ) -> Option<CheckedUrl> {
        let found = self.find(arrangement, part);
        let checked = found.text().and_then(|(at, text)| match check_url(part, text) {
            Ok(text) => Some(CheckedUrl { at, text: change(text) }),
            Err(kind) => {
                self.say(Some(at), kind);
                None
            }
        });
        let at = arrangement.given.iter().rfind(|given| given.part == part).map(|given| given.node.at);
        match &checked {
            Some(url) => self.field(part, at, show(&url.text)),
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
    ) -> (Option<CheckedUrl>, Option<CheckedUrl>) {
        let mut path = TokenPath::Complete;
        let mut as_given = None;
        let mut token_url = self.find_url(arrangement, Part::TokenUrl, |given| {
            let (url, found) = complete_token_url(&given, arrangement.token_host);
            path = found;
            as_given = Some(given);
            url
        });
        let mut count = 0;
        let mut cert_url = self.find_url(arrangement, Part::CertUrl, |given| {
            let (url, found) = without_token_path(&given);
            count = found;
            if found == 0 { given } else { url.to_owned() }
        });
        if let (Some(url), 1..) = (&cert_url, count) {
            self.say(Some(url.at), FindingKind::TokenPathDoubled { part: Part::CertUrl });
        }
        // Destinations and commands name one token URL; with a certificate it is the one for certificates.
        let serves_certificates = |given: &str| match arrangement.shape {
            Shape::Destination | Shape::Other => true,
            Shape::ConnectionSecret
            | Shape::ConnectionCertificate
            | Shape::ApiAccessCertificate
            | Shape::DeveloperKey
            | Shape::OnPremiseKey
            | Shape::XsuaaSecret
            | Shape::XsuaaCertificate
            | Shape::ReuseService
            | Shape::CloudIntegration
            | Shape::ServiceManager
            | Shape::EventMesh
            | Shape::PemBlocks
            | Shape::Pkcs12 => is_certificate_host(given),
        };
        if kind == Kind::Certificate
            && !arrangement.has(Part::CertUrl)
            && as_given.as_deref().is_some_and(serves_certificates)
            && let (Some(url), Some(given)) = (&token_url, &as_given)
        {
            let (base, count) = without_token_path(given);
            let base = base.to_owned();
            if count > 1 {
                self.say(Some(url.at), FindingKind::TokenPathDoubled { part: Part::CertUrl });
            }
            self.fields.retain(|(part, ..)| *part != Part::TokenUrl);
            self.field(Part::CertUrl, Some(url.at), show(&base));
            cert_url = Some(CheckedUrl { at: url.at, text: base });
            token_url = None;
        } else if let Some(url) = &token_url {
            match path {
                TokenPath::Missing if !arrangement.token_host => self.say(Some(url.at), FindingKind::TokenPathMissing),
                TokenPath::Doubled => {
                    self.say(Some(url.at), FindingKind::TokenPathDoubled { part: Part::TokenUrl });
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
    fn compare_regions(&mut self, urls: [&Option<CheckedUrl>; 3]) {
        let mut known = urls.into_iter().flatten().filter_map(|url| Some((Region::of(&url.text)?, url.at)));
        let Some((first, _)) = known.next() else { return };
        if let Some((_, at)) = known.find(|(region, _)| !region.agrees_with(&first)) {
            self.say(Some(at), FindingKind::RegionsDiffer);
        }
    }

    /// URLs are shown and stored openly: the secret must not be part of one.
    fn keep_apart(&mut self, secret: Option<(usize, &str)>, urls: [(Part, &Option<CheckedUrl>); 3]) {
        let Some((_, secret)) = secret else { return };
        for (part, url) in urls {
            if let Some(url) = url
                && holds(&url.text, secret)
            {
                self.say(Some(url.at), FindingKind::HoldsSecret { part });
                for (_, _, shown) in self.fields.iter_mut().filter(|(shown, ..)| *shown == part) {
                    *shown = Shown::Hidden;
                }
            }
        }
    }

    fn read_client_id(
        &mut self,
        found: Found<'_>,
        arrangement: &Arrangement<'_>,
        secret: Option<(usize, &str)>,
        kind: Kind,
        certificate: Option<&ReadCertificate>,
    ) -> Option<String> {
        let at = arrangement.given.iter().rfind(|given| given.part == Part::ClientId).map(|given| given.node.at);
        match found {
            Found::Text { text, .. } => {
                // Whoever pastes the secret into both places must not see it on a screen, nor find it in the database.
                let is_secret = secret.is_some_and(|(_, secret)| holds(text, secret));
                if is_secret {
                    self.say(at, FindingKind::HoldsSecret { part: Part::ClientId });
                }
                self.field(Part::ClientId, at, if is_secret { Shown::Hidden } else { show(text) });
                Some(text.to_owned())
            }
            Found::Unusable => {
                self.field(Part::ClientId, at, Shown::Hidden);
                None
            }
            Found::Absent => match kind {
                Kind::ClientSecret | Kind::Both | Kind::Neither => {
                    self.miss(Part::ClientId);
                    None
                }
                Kind::Certificate => {
                    let at = arrangement.given.iter().rfind(|given| given.part == Part::Certificate);
                    let at =
                        at.map(|given| given.node.at).or(arrangement.keystore.as_ref().map(|keystore| keystore.at));
                    self.client_id_of_subject(certificate, at)
                }
            },
        }
    }

    /// A document without a client id: the certificate's subject then names it.
    fn client_id_of_subject(&mut self, certificate: Option<&ReadCertificate>, at: Option<usize>) -> Option<String> {
        // What is wrong with the certificate was said.
        let certificate = certificate?;
        match &certificate.common_name {
            Some(name) => {
                // Whoever issues certificates for generated client ids puts them there for this.
                if !is_generated_id(name) {
                    self.say(at, FindingKind::ClientIdFromSubject);
                }
                self.field(Part::ClientId, at, show(name));
            }
            None => self.say(self.end, FindingKind::NoClientId),
        }
        certificate.common_name.clone()
    }

    fn read_certificate(&mut self, arrangement: &Arrangement<'_>, beside: &Beside<'_>) -> Option<ReadCertificate> {
        if let Some(keystore) = &arrangement.keystore {
            return self.read_keystore(keystore);
        }
        let place_of = |part| arrangement.given.iter().rfind(|given| given.part == part).map(|given| given.node.at);
        let inside = |(at, text)| (Some(at), text);
        let certificate = self.find(arrangement, Part::Certificate).text().map(inside);
        let key = self.find(arrangement, Part::PrivateKey).text().map(inside);
        if arrangement.has(Part::PrivateKey) {
            self.field(Part::PrivateKey, place_of(Part::PrivateKey), Shown::Hidden);
        }
        // Either value may hold both, as one file does.
        let (certificate, key) = match (certificate, key) {
            (Some((at, text)), None) if !arrangement.has(Part::PrivateKey) && text.contains(KEY_MARK) => {
                self.field(Part::PrivateKey, at, Shown::Hidden);
                (certificate, certificate)
            }
            (None, Some((_, text))) if !arrangement.has(Part::Certificate) && text.contains(CERTIFICATE_MARK) => {
                (key, key)
            }
            both => both,
        };
        let outside = |text| (None, text);
        let certificate = certificate.or(beside.certificate.map(outside));
        if certificate.is_none() {
            match place_of(Part::Certificate) {
                Some(at) => self.field(Part::Certificate, Some(at), Shown::Hidden),
                None => self.miss(Part::Certificate),
            }
        }
        let key = match (key, beside.key) {
            (None, Some(text)) => {
                self.field(Part::PrivateKey, None, Shown::Hidden);
                Some(outside(text))
            }
            (key, _) => key,
        };
        if key.is_none() && !arrangement.has(Part::PrivateKey) {
            self.miss(Part::PrivateKey);
        }
        self.read_pem(certificate, key)
    }

    fn read_pem(
        &mut self,
        certificate: Option<(Option<usize>, &str)>,
        key: Option<(Option<usize>, &str)>,
    ) -> Option<ReadCertificate> {
        let mut too_short = None;
        let key = key.and_then(|(at, text)| match read_key(text, self.context.options.password, self.context.work) {
            Ok(read) => {
                if !read.repairs.is_empty() {
                    let part = Part::PrivateKey;
                    self.say(at, FindingKind::PemRepaired { part, repairs: read.repairs });
                }
                Some((at, read.key))
            }
            Err(problem) => {
                let kind = describe_problem(Part::PrivateKey, problem);
                if let FindingKind::WeakKey { key } = &kind {
                    too_short = Some(key.clone());
                }
                self.say(at, kind);
                None
            }
        });
        let (at, text) = certificate?;
        let key_at = key.as_ref().and_then(|(at, _)| *at);
        match read_chain(text, key.as_ref().map(|(_, key)| key), self.context.work) {
            Ok(mut chain) => {
                // Once is enough for a pair.
                if chain.weak_key == too_short {
                    chain.weak_key = None;
                }
                self.check_chain(chain, key.map(|(_, key)| key), at, key_at)
            }
            Err(problem) => {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, describe_problem(Part::Certificate, problem));
                None
            }
        }
    }

    fn check_chain(
        &mut self,
        read: ReadChain,
        key: Option<PrivateKey>,
        at: Option<usize>,
        key_at: Option<usize>,
    ) -> Option<ReadCertificate> {
        let now = self.context.options.now;
        let ReadChain {
            chain,
            repairs,
            reordered,
            root_left_out,
            stranger_left_out,
            weak_signature,
            weak_key,
            issuer_ends,
        } = read;
        if !repairs.is_empty() {
            self.say(at, FindingKind::PemRepaired { part: Part::Certificate, repairs });
        }
        for (said, kind) in [
            (reordered, FindingKind::ChainReordered),
            (root_left_out, FindingKind::RootLeftOut),
            (stranger_left_out, FindingKind::StrangerLeftOut),
        ] {
            if said {
                self.say(at, kind);
            }
        }
        if let Some(algorithm) = weak_signature {
            self.say(at, FindingKind::WeakSignature { algorithm });
        }
        if let Some(key) = weak_key {
            self.say(at, FindingKind::WeakKey { key });
        }
        let left = chain.not_after - now;
        match chain.check_validity(now) {
            Err(outside) => self.say(at, FindingKind::OutsideValidity(outside)),
            Ok(()) => {
                if left <= EXPIRING {
                    let days = left.num_days() + i64::from(left > TimeDelta::days(left.num_days()));
                    self.say(at, FindingKind::Expiring { not_after: chain.not_after, days });
                }
                match issuer_ends {
                    Some(not_after) if not_after <= now => self.say(at, FindingKind::IssuerExpired { not_after }),
                    Some(not_after) => self.say(at, FindingKind::IssuerEndsEarlier { not_after }),
                    None => {}
                }
            }
        }
        let words = message!(
            "document-chain",
            subject = &chain.subject,
            key = &chain.public_key,
            until = Day(chain.not_after),
            count = chain.length
        );
        self.field(Part::Certificate, at, Shown::Text(words.to_string()));
        let common_name = chain.common_name.clone();
        let proof = key.and_then(|key| {
            if key.belongs_to(&chain) {
                return Some(Proof::Certificate { chain: Box::new(chain), private_key: key.pkcs8 });
            }
            self.say(key_at, FindingKind::KeyMismatch);
            None
        });
        Some(ReadCertificate { common_name, proof })
    }

    /// The keystore that a destination names: delivered along, or beside it in an archive.
    fn read_keystore(&mut self, keystore: &KeyStoreReference<'_>) -> Option<ReadCertificate> {
        let at = Some(keystore.at);
        let content = keystore.content.and_then(base64_text::decode);
        let bytes = content
            .as_ref()
            .map(|content| content.as_slice())
            .or_else(|| self.context.files.take_named(keystore.location));
        let Some(bytes) = bytes else {
            self.miss(Part::Certificate);
            self.miss(Part::PrivateKey);
            return None;
        };
        self.field(Part::PrivateKey, at, Shown::Hidden);
        if !pkcs12::is_pkcs12(bytes) {
            let Ok(text) = str::from_utf8(bytes) else {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, FindingKind::ContainerUnreadable { what: message!("container-keystore") });
                return None;
            };
            let pem = Some((at, text));
            return self.read_pem(pem, pem);
        }
        // EXPOSE: the document gives the password of its own keystore.
        let password = keystore.password.map(|password| SecretBytes::new(password.as_bytes().to_vec()));
        let given = self.context.options.password;
        let work = self.context.work;
        let opened = match pkcs12::open(bytes, password.as_ref().or(given), work) {
            Err(OpenError::WrongPassword) if password.is_some() && given.is_some() => pkcs12::open(bytes, given, work),
            result => result,
        };
        match opened.map(|opened| opened.into_iter().next()) {
            Ok(Some(opened)) => self.check_chain(opened.chain, Some(opened.key), at, at),
            Ok(None) => {
                self.miss(Part::PrivateKey);
                None
            }
            Err(error) => {
                self.field(Part::Certificate, at, Shown::Hidden);
                self.say(at, describe_open_error(error));
                None
            }
        }
    }
}

/// Errors first, then warnings, then notes; each by place.
pub(super) fn sort_findings(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.severity(), finding.place));
}

/// Whether a text is or contains a secret; what is short turns up anywhere by chance.
fn holds(text: &str, secret: &str) -> bool {
    const TELLING: usize = 8;
    text == secret || (secret.len() >= TELLING && text.contains(secret))
}

fn show(text: &str) -> Shown {
    if may_be_shown(text) { Shown::Text(text.to_owned()) } else { Shown::Hidden }
}

/// Whether a text is a client id as XSUAA generates them: `sb-<name>!b<number>`, perhaps with `|<application>` behind it.
fn is_generated_id(text: &str) -> bool {
    let own = text.split_once('|').map_or(text, |(own, _)| own);
    let number = own.strip_prefix("sb-").and_then(|own| own.rsplit_once("!b"));
    number.is_some_and(|(name, number)| {
        !name.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether white space in a value means nothing.
const fn is_pem(part: Part) -> bool {
    match part {
        Part::Certificate | Part::PrivateKey => true,
        Part::Url | Part::TokenUrl | Part::CertUrl | Part::ClientId | Part::ClientSecret => false,
    }
}

fn trimmed<'a>(given: &Given<'a>) -> Option<&'a str> {
    given.node.text().map(str::trim)
}

fn is_braced_name(members: &[crate::tree::Member]) -> bool {
    match members {
        [member] => match &member.value.value {
            Value::Scalar(scalar) => matches!(scalar.trim(), "" | "null" | "~"),
            Value::Text(_) | Value::Object(_) | Value::List(_) => false,
        },
        _ => false,
    }
}
