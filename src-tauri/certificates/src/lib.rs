//! The domain's certificate port over `rcgen`: generates keys and signs X.509 certificates (RFC 5280).
//!
//! It must not store anything, and it decides nothing: what a certificate says comes with the call. Keys come from
//! AWS-LC's own random generator.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::{
    credential::KeyAlgorithm,
    documents::SecretBytes,
    pki::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssueError, IssuedCertificate},
};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256,
    RsaKeySize, SanType, SerialNumber,
};

/// Issues certificates with `rcgen`.
#[derive(Debug, Default)]
pub struct RcgenIssuer;

impl CertificateIssuer for RcgenIssuer {
    /// The authority's own key is on P-256: it signs quickly and every TLS stack verifies it.
    fn generate_authority(
        &self,
        purpose: &AuthorityPurpose,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        let key = generate_key(KeyAlgorithm::P256)?;
        let mut params = derive_params(spec)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.name_constraints = Some(name_constraints(purpose));
        params.extended_key_usages = vec![match purpose {
            AuthorityPurpose::Server { .. } => ExtendedKeyUsagePurpose::ServerAuth,
            AuthorityPurpose::Clients => ExtendedKeyUsagePurpose::ClientAuth,
        }];
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).map_err(translate)?;
        Ok(IssuedCertificate { chain_pem: certificate.pem(), private_key: private_key(&key) })
    }

    fn generate_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        key: KeyAlgorithm,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        let mut params = derive_params(spec)?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        sign_leaf(authority, authority_key, key, params)
    }

    fn generate_server_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        names: &[String],
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        let mut params = derive_params(spec)?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.subject_alt_names = names.iter().map(|name| alternative_name(name)).collect::<Result<_, _>>()?;
        sign_leaf(authority, authority_key, KeyAlgorithm::P256, params)
    }

    fn generate_signing_key(&self) -> Result<SecretBytes, IssueError> {
        Ok(private_key(&generate_key(KeyAlgorithm::P256)?))
    }
}

/// Signs a certificate for a new key that can be used for handshakes only.
fn sign_leaf(
    authority: &Authority,
    authority_key: &SecretBytes,
    key: KeyAlgorithm,
    mut params: CertificateParams,
) -> Result<IssuedCertificate, IssueError> {
    // EXPOSE: the authority's key signs the new certificate.
    let authority_key = KeyPair::try_from(authority_key.expose()).map_err(translate)?;
    let issuer = Issuer::from_ca_cert_pem(&authority.certificate_pem, authority_key).map_err(translate)?;
    let key = generate_key(key)?;
    params.is_ca = IsCa::ExplicitNoCa;
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let certificate = params.signed_by(&key, &issuer).map_err(translate)?;
    let chain_pem = format!("{}{}", certificate.pem(), authority.certificate_pem);
    Ok(IssuedCertificate { chain_pem, private_key: private_key(&key) })
}

/// Which names a certificate under the authority may be for (RFC 5280 §4.2.1.10, critical). It also holds for a
/// verifier that ignores the key usages of authorities.
fn name_constraints(purpose: &AuthorityPurpose) -> NameConstraints {
    match purpose {
        AuthorityPurpose::Server { names } => NameConstraints {
            permitted_subtrees: names.iter().map(|name| permitted_subtree(name)).collect(),
            excluded_subtrees: Vec::new(),
        },
        // The empty name stands for all host names, the empty prefix for all addresses.
        AuthorityPurpose::Clients => NameConstraints {
            permitted_subtrees: Vec::new(),
            excluded_subtrees: vec![
                GeneralSubtree::DnsName(String::new()),
                GeneralSubtree::IpAddress(CidrSubnet::V4([0; 4], [0; 4])),
                GeneralSubtree::IpAddress(CidrSubnet::V6([0; 16], [0; 16])),
            ],
        },
    }
}

fn permitted_subtree(name: &str) -> GeneralSubtree {
    match name.parse() {
        Ok(IpAddr::V4(address)) if address.is_loopback() => {
            GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([127, 0, 0, 0], 8))
        }
        Ok(address) => {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(name.to_owned()),
    }
}

/// An IP address or a host name, of which each is compared with its own kind only (RFC 6125 §6.2, RFC 9110 §4.3.5).
fn alternative_name(name: &str) -> Result<SanType, IssueError> {
    match name.parse() {
        Ok(address) => Ok(SanType::IpAddress(address)),
        Err(_) => name.try_into().map(SanType::DnsName).map_err(translate),
    }
}

fn generate_key(algorithm: KeyAlgorithm) -> Result<KeyPair, IssueError> {
    match algorithm {
        KeyAlgorithm::Rsa2048 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048),
        KeyAlgorithm::P256 => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256),
    }
    .map_err(translate)
}

fn private_key(key: &KeyPair) -> SecretBytes {
    SecretBytes::new(key.serialize_der())
}

fn derive_params(spec: &CertificateSpec) -> Result<CertificateParams, IssueError> {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "Drawbridge");
    name.push(DnType::OrganizationalUnitName, &spec.organizational_unit);
    name.push(DnType::CommonName, &spec.common_name);
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params.serial_number = Some(SerialNumber::from_slice(&spec.serial));
    params.not_before = time(spec.not_before)?;
    params.not_after = time(spec.not_after)?;
    Ok(params)
}

fn time(at: DateTime<Utc>) -> Result<time::OffsetDateTime, IssueError> {
    time::OffsetDateTime::from_unix_timestamp(at.timestamp()).map_err(|error| IssueError { reason: error.to_string() })
}

fn translate(error: rcgen::Error) -> IssueError {
    IssueError { reason: error.to_string() }
}
