//! Puts certificates in the order in which TLS sends them (RFC 8446 §4.4.2): the leaf, then issuer by issuer, no root.

use std::{cell::Cell, collections::HashSet};

use x509_parser::{
    certificate::X509Certificate, error::X509Error, extensions::ParsedExtension, signature_algorithm::RsaSsaPssParams,
    x509::AlgorithmIdentifier,
};

use crate::{
    PemRepair,
    work::{VERIFICATION, Work},
};

use super::{
    chain::CertificateChain,
    private_key::PrivateKey,
    public_key::{describe_key, is_short},
};

/// A chain as it is sent, and what there is to be said about it.
#[derive(Debug)]
pub(crate) struct ReadChain {
    /// The leaf and its issuers in order, without a root.
    pub chain: CertificateChain,
    /// What had to be put right in the text.
    pub repairs: Vec<PemRepair>,
    /// Whether the certificates were in another order.
    pub reordered: bool,
    /// Whether a root was left out that did not simply end a chain in order: that is how most authorities give theirs.
    pub root_left_out: bool,
    /// Whether a certificate that is no issuer of the others was left out.
    pub stranger_left_out: bool,
    /// The broken algorithm, "MD5" or "SHA-1", that signs the leaf or one of the issuers.
    pub weak_signature: Option<&'static str>,
    /// A leaf key that is too short, such as "RSA 1024".
    pub weak_key: Option<String>,
}

/// Orders certificates, given as DER and parsed. `None` if there are none.
pub(crate) fn order_chain(
    certificates: &[(&[u8], X509Certificate<'_>)],
    key: Option<&PrivateKey>,
    work: &Work<'_>,
) -> Option<ReadChain> {
    let mut seen = HashSet::new();
    let unique = certificates.iter().filter(|(der, _)| seen.insert(*der));
    let links: Vec<_> = unique.map(|(der, x509)| Link::of(der, x509)).collect();
    let issuers = Issuers { verifications_left: Cell::new(MAX_VERIFICATIONS), work };

    let mut path = vec![find_leaf(&links, key)?];
    let mut used = HashSet::from([path[0]]);
    let mut complete = false;
    while let Some(last) = path.last().map(|index| &links[*index]) {
        complete = last.is_self_issued() && issuers.issued(last, last);
        if complete {
            break;
        }
        let find = |self_issued: bool| {
            (0..links.len()).find(|index| {
                let link = &links[*index];
                !used.contains(index) && link.is_self_issued() == self_issued && issuers.issued(link, last)
            })
        };
        // Where an issuer is there with its own signature and with another one's, the longer path is taken.
        let Some(next) = find(false).or_else(|| find(true)) else { break };
        used.insert(next);
        path.push(next);
    }
    let reordered = !path.is_sorted();
    let as_expected = !reordered && path.len() == certificates.len();
    let ends_in_root = complete && path.len() > 1;
    if ends_in_root {
        path.pop();
    }
    let mut root_left_out = ends_in_root && !as_expected;
    let issuer_keys: HashSet<_> = path.iter().skip(1).map(|index| links[*index].x509.public_key().raw).collect();
    let mut stranger_left_out = false;
    for (_, link) in links.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        // The other certificate of an issuer with two is a root, and no stranger.
        let root = link.is_self_issued() && issuer_keys.contains(link.x509.public_key().raw);
        root_left_out |= root;
        stranger_left_out |= !root;
    }

    let kept: Vec<_> = path.iter().map(|index| &links[*index]).collect();
    let leaf = kept.first()?;
    let chain = CertificateChain::of(leaf.x509, &kept.iter().map(|link| link.der).collect::<Vec<_>>())?;
    let signed_by_others = kept.iter().filter(|link| !link.is_self_issued());
    Some(ReadChain {
        weak_signature: signed_by_others.filter_map(|link| weak_digest(&link.x509.signature_algorithm)).min(),
        weak_key: is_short(leaf.x509).then(|| describe_key(leaf.x509)),
        chain,
        repairs: Vec::new(),
        reordered,
        root_left_out,
        stranger_left_out,
    })
}

/// A certificate with what links it to others.
struct Link<'a> {
    der: &'a [u8],
    x509: &'a X509Certificate<'a>,
    /// RFC 5280 §4.2.1.2.
    subject_key: Option<&'a [u8]>,
    /// RFC 5280 §4.2.1.1.
    authority_key: Option<&'a [u8]>,
}

impl<'a> Link<'a> {
    fn of(der: &'a [u8], x509: &'a X509Certificate<'a>) -> Self {
        let mut link = Self { der, x509, subject_key: None, authority_key: None };
        for extension in x509.extensions() {
            let parsed = extension.parsed_extension();
            if let ParsedExtension::SubjectKeyIdentifier(id) = parsed {
                link.subject_key = Some(id.0);
            } else if let ParsedExtension::AuthorityKeyIdentifier(id) = parsed {
                link.authority_key = id.key_identifier.as_ref().map(|id| id.0);
            }
        }
        link
    }

    fn subject(&self) -> &'a [u8] {
        self.x509.subject().as_raw()
    }

    fn issuer(&self) -> &'a [u8] {
        self.x509.issuer().as_raw()
    }

    fn is_self_issued(&self) -> bool {
        self.issuer() == self.subject()
    }
}

/// The certificate of the key; else the first that issued no other, one that is no authority before one that is; else
/// the first.
fn find_leaf(links: &[Link<'_>], key: Option<&PrivateKey>) -> Option<usize> {
    let belongs = |link: &Link<'_>, key: &PrivateKey| key.is_of(&link.x509.public_key().subject_public_key.data);
    if let Some(found) = key.and_then(|key| links.iter().position(|link| belongs(link, key))) {
        return Some(found);
    }
    let issuing: HashSet<_> = links.iter().filter(|link| !link.is_self_issued()).map(Link::issuer).collect();
    let is_end = |link: &Link<'_>| !issuing.contains(link.subject());
    let end_entity = links.iter().position(|link| is_end(link) && !link.x509.is_ca());
    end_entity.or_else(|| links.iter().position(is_end)).or((!links.is_empty()).then_some(0))
}

/// Signatures that are verified before names and key identifiers have to do: thousands of certificates of one name would
/// take minutes.
const MAX_VERIFICATIONS: usize = 64;

struct Issuers<'a> {
    verifications_left: Cell<usize>,
    work: &'a Work<'a>,
}

impl Issuers<'_> {
    /// Whether `issuer` signed `link`: by name and key identifier; where the two are not of one mind, by the signature, if
    /// that can be verified.
    fn issued(&self, issuer: &Link<'_>, link: &Link<'_>) -> bool {
        let names = link.issuer() == issuer.subject();
        let ids = link.authority_key.zip(issuer.subject_key).map(|(named, held)| named == held);
        // The same name may be encoded in different ways; the same key identifier is no accident.
        match (names, ids) {
            (true, Some(true)) => return true,
            (false, Some(false) | None) => return false,
            (true, Some(false) | None) | (false, Some(true)) => {}
        }
        let by_description = names && ids.is_none();
        // Short keys are not verified with by the library.
        if self.verifications_left.get() == 0 || is_short(issuer.x509) {
            return by_description;
        }
        if self.work.spend_of_plenty(VERIFICATION).is_err() {
            return by_description;
        }
        self.verifications_left.set(self.verifications_left.get() - 1);
        match link.x509.verify_signature(Some(issuer.x509.public_key())) {
            Ok(()) => true,
            Err(X509Error::SignatureUnsupportedAlgorithm) => by_description,
            Err(_) => false,
        }
    }
}

/// The digest of a signature, if it is broken (RFC 6151, RFC 6194).
fn weak_digest(algorithm: &AlgorithmIdentifier<'_>) -> Option<&'static str> {
    const SHA_1: &str = "1.3.14.3.2.26";
    const MD5: &str = "1.2.840.113549.2.5";
    let digest = |oid: &str| match oid {
        "1.2.840.113549.1.1.2" | "1.2.840.113549.1.1.4" | MD5 => Some("MD5"),
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" | "1.2.840.10045.4.1" | "1.2.840.10040.4.3" | SHA_1 => Some("SHA-1"),
        _ => None,
    };
    if algorithm.algorithm.to_id_string() == "1.2.840.113549.1.1.10" {
        let pss = RsaSsaPssParams::try_from(algorithm.parameters.as_ref()?).ok()?;
        return digest(&pss.hash_algorithm_oid().to_id_string());
    }
    digest(&algorithm.algorithm.to_id_string())
}
