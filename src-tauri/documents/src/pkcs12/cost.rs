//! What opening a container costs, before anything in it is believed.
//!
//! `p12-keystore` allows a million rounds for each key, and a container of 1 MiB has room for thousands. What lies inside
//! a part that is encrypted in the old way cannot be counted without opening it; no program puts encrypted keys there.

use pkcs8::{
    der::{Any, Decode, SliceReader, asn1::OctetString},
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::{
    PKCS_12_PKCS8_KEY_BAG_OID, PKCS_12_SECRET_BAG_OID,
    cms::{content_info::ContentInfo, encrypted_data::EncryptedData},
    pbe_params::{EncryptedPrivateKeyInfo, Pkcs12PbeParams},
    pfx::Pfx,
    safe_bag::{SafeBag, SafeContents},
};
use zeroize::Zeroizing;

use crate::certificate::{BudgetSpent, DerivationBudget, MAX_DERIVATION_COST, derivation_cost, pbes2_of};

/// Why a container is not opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is damaged, or asks for more work than any honest one.
    Unreadable,
    /// The document has cost enough before it.
    BudgetSpent,
}

impl From<pkcs8::der::Error> for Refused {
    fn from(_: pkcs8::der::Error) -> Self {
        Self::Unreadable
    }
}

impl From<BudgetSpent> for Refused {
    fn from(BudgetSpent: BudgetSpent) -> Self {
        Self::BudgetSpent
    }
}

/// Refuses a container that would take minutes.
pub(super) fn check(container: &Pfx, password: &str, document: &DerivationBudget) -> Result<(), Refused> {
    let mut budget = Budget { left: MAX_DERIVATION_COST, document };
    if let Some(mac) = &container.mac_data {
        budget.spend(rounds(mac.iterations))?;
    }
    let safes = container.auth_safe.content.decode_as::<OctetString>()?;
    for safe in Vec::<ContentInfo>::from_der(safes.as_bytes())? {
        budget.spend_on_safe(&safe, password)?;
    }
    Ok(())
}

struct Budget<'a> {
    /// For this container, in rounds of PBKDF2.
    left: u64,
    /// For all that the document holds.
    document: &'a DerivationBudget,
}

impl Budget<'_> {
    fn spend(&mut self, cost: u64) -> Result<(), Refused> {
        self.left = self.left.checked_sub(cost).ok_or(Refused::Unreadable)?;
        Ok(self.document.spend(cost)?)
    }

    fn spend_on_safe(&mut self, safe: &ContentInfo, password: &str) -> Result<(), Refused> {
        if let Ok(plain) = safe.content.decode_as::<OctetString>() {
            return self.spend_on_bags(&SafeContents::from_der(plain.as_bytes())?);
        }
        let encrypted = safe.content.decode_as::<EncryptedData>()?.enc_content_info;
        self.spend_on_algorithm(&encrypted.content_enc_alg)?;
        let (Some(pbes2), Some(content)) = (pbes2_of(&encrypted.content_enc_alg), encrypted.encrypted_content) else {
            return Ok(());
        };
        let mut buffer = Zeroizing::new(content.as_bytes().to_vec());
        // Nonsense means that the password is another one; that is said where the container is opened.
        let bags =
            pbes2.decrypt_in_place(password, &mut buffer).ok().and_then(|bags| SafeContents::from_der(bags).ok());
        bags.map_or(Ok(()), |bags| self.spend_on_bags(&bags))
    }

    fn spend_on_bags(&mut self, bags: &[SafeBag]) -> Result<(), Refused> {
        for key in bags.iter().filter_map(encrypted_key) {
            self.spend_on_algorithm(&key.encryption_algorithm)?;
        }
        Ok(())
    }

    fn spend_on_algorithm(&mut self, algorithm: &AlgorithmIdentifierOwned) -> Result<(), Refused> {
        if let Some(pbes2) = pbes2_of(algorithm) {
            return self.spend(derivation_cost(&pbes2.kdf));
        }
        let parameters = algorithm.parameters.as_ref().and_then(|any| any.decode_as::<Pkcs12PbeParams>().ok());
        // Two blocks for the key of 3DES, one for its initialisation vector.
        parameters.map_or(Ok(()), |parameters| self.spend(rounds(parameters.iterations).saturating_mul(3)))
    }
}

fn rounds(iterations: i32) -> u64 {
    u64::try_from(iterations).unwrap_or_default()
}

/// The encrypted key of a bag, which a bag for secret keys has one level deeper (RFC 7292 §4.2.5).
fn encrypted_key(bag: &SafeBag) -> Option<EncryptedPrivateKeyInfo> {
    let value = Any::from_der(&bag.bag_value).ok()?;
    if bag.bag_id == PKCS_12_PKCS8_KEY_BAG_OID {
        return EncryptedPrivateKeyInfo::from_der(value.value()).ok();
    }
    if bag.bag_id != PKCS_12_SECRET_BAG_OID {
        return None;
    }
    let secret = Any::from_der(value.value()).ok()?;
    let mut members = SliceReader::new(secret.value()).ok()?;
    let _kind = Any::decode(&mut members).ok()?;
    let content = Any::decode(&mut members).ok()?;
    let octets = OctetString::from_der(content.value()).ok()?;
    EncryptedPrivateKeyInfo::from_der(octets.as_bytes()).ok()
}
