//! Opens the parts of a container, and counts what every key in them costs before it is derived.
//!
//! `p12-keystore` allows a million rounds or 1 GiB (scrypt) for each bag and does not count the bags; of a container of
//! 1 MiB it would be busy for an hour. So it is only given parts that are open already, whose bags were all counted.

use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit, block_padding::Pkcs7};
use des::TdesEde3;
use pkcs8::{
    ObjectIdentifier,
    der::{Any, Decode, SliceReader, asn1::OctetString},
    pkcs5,
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::{
    PKCS_12_PKCS8_KEY_BAG_OID, PKCS_12_SECRET_BAG_OID,
    cms::{
        content_info::{CmsVersion, ContentInfo},
        encrypted_data::EncryptedData,
    },
    kdf::{Pkcs12KeyType, derive_key_utf8},
    pbe_params::{EncryptedPrivateKeyInfo, Pkcs12PbeParams},
    safe_bag::{SafeBag, SafeContents},
};
use rc2::Rc2;
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::{
    certificate::pbes2_of,
    work::{Ceiling, NotDone, Work, derivation_of_pbes2, derivation_of_pkcs12, reading},
};

/// Why a container is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is damaged, or protected in a way that is not opened here.
    Unreadable,
    /// The password is another one, or it is damaged.
    Nonsense,
    /// It asks for more than any container may.
    TooCostly(Ceiling),
    /// The document has cost enough before it, or nobody waits any more.
    NotDone(NotDone),
}

impl From<pkcs8::der::Error> for Refused {
    fn from(_: pkcs8::der::Error) -> Self {
        Self::Unreadable
    }
}

impl From<Ceiling> for Refused {
    fn from(ceiling: Ceiling) -> Self {
        Self::TooCostly(ceiling)
    }
}

/// The work that is left for a container, and for the document around it.
pub(super) struct Budget<'a> {
    left: u64,
    document: &'a Work<'a>,
}

impl<'a> Budget<'a> {
    pub const fn new(document: &'a Work<'a>) -> Self {
        Self { left: Work::of_one(), document }
    }

    /// Takes what something will cost.
    pub fn spend(&mut self, cost: u64) -> Result<(), Refused> {
        self.left = self.left.checked_sub(cost).ok_or(Refused::TooCostly(Ceiling::Work))?;
        self.document.spend(cost).map_err(Refused::NotDone)
    }

    /// The bags of a part, opened if it is encrypted; every key in them is paid for.
    pub fn open_safe(&mut self, safe: &ContentInfo, password: &str) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let bags = match safe.content_type {
            DATA => Zeroizing::new(safe.content.decode_as::<OctetString>()?.as_bytes().to_vec()),
            ENCRYPTED_DATA => {
                let encrypted = safe.content.decode_as::<EncryptedData>()?;
                if encrypted.version != CmsVersion::V0 {
                    return Err(Refused::Unreadable);
                }
                let info = encrypted.enc_content_info;
                let content = info.encrypted_content.ok_or(Refused::Unreadable)?;
                self.decrypt(&info.content_enc_alg, content.as_bytes(), password)?
            }
            _ => return Err(Refused::Unreadable),
        };
        self.spend(reading(bags.len()))?;
        let parsed = SafeContents::from_der(&bags).map_err(|_| Refused::Nonsense)?;
        for key in parsed.iter().filter_map(encrypted_key) {
            self.spend_on_algorithm(&key.encryption_algorithm)?;
        }
        Ok(bags)
    }

    fn decrypt(
        &mut self,
        algorithm: &AlgorithmIdentifierOwned,
        content: &[u8],
        password: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Refused> {
        self.spend_on_algorithm(algorithm)?;
        let mut buffer = Zeroizing::new(content.to_vec());
        if let Some(pbes2) = pbes2_of(algorithm) {
            let opened = pbes2.decrypt_in_place(password, &mut buffer).map_err(|error| {
                if matches!(error, pkcs5::Error::DecryptFailed) { Refused::Nonsense } else { Refused::Unreadable }
            })?;
            let length = opened.len();
            buffer.truncate(length);
            return Ok(buffer);
        }
        let parameters = pbes1_of(algorithm).ok_or(Refused::Unreadable)?;
        let length = match algorithm.oid {
            PBE_SHA1_3DES => decrypt_pbes1::<TdesEde3>(&parameters, 24, &mut buffer, password),
            PBE_SHA1_RC2_40 => decrypt_pbes1::<Rc2>(&parameters, 5, &mut buffer, password),
            _ => return Err(Refused::Unreadable),
        }
        .ok_or(Refused::Nonsense)?;
        buffer.truncate(length);
        Ok(buffer)
    }

    fn spend_on_algorithm(&mut self, algorithm: &AlgorithmIdentifierOwned) -> Result<(), Refused> {
        let cost = if let Some(pbes2) = pbes2_of(algorithm) {
            derivation_of_pbes2(&pbes2.kdf, pbes2.encryption.key_size())?
        } else if let Some(parameters) = pbes1_of(algorithm) {
            // Two blocks for the key of 3DES, one for its initialisation vector.
            derivation_of_pkcs12(parameters.iterations, false, 3)?
        } else {
            0
        };
        self.spend(cost)
    }
}

/// RFC 5652 §4 and §8: content as it is, and encrypted.
pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
/// RFC 7292 §C: the two that certificates are encrypted with by Windows, old OpenSSL and old Java.
const PBE_SHA1_3DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3");
const PBE_SHA1_RC2_40: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.6");

fn pbes1_of(algorithm: &AlgorithmIdentifierOwned) -> Option<Pkcs12PbeParams> {
    algorithm.parameters.as_ref()?.decode_as().ok()
}

/// Decrypts in place and says how many bytes are left; `None` if the padding is wrong. The library knows how, but shows
/// nobody what is in a part before it has decrypted everything in it.
fn decrypt_pbes1<C: KeyInit + BlockCipherDecrypt>(
    parameters: &Pkcs12PbeParams,
    key_length: usize,
    buffer: &mut [u8],
    password: &str,
) -> Option<usize> {
    let derive = |kind, length| {
        derive_key_utf8::<Sha1>(password, parameters.salt.as_bytes(), kind, parameters.iterations, length)
            .map(Zeroizing::new)
    };
    let key = derive(Pkcs12KeyType::EncryptionKey, key_length).ok()?;
    let iv = derive(Pkcs12KeyType::Iv, 8).ok()?;
    let cipher = cbc::Decryptor::<C>::new_from_slices(&key, &iv).ok()?;
    cipher.decrypt_padded::<Pkcs7>(buffer).ok().map(<[u8]>::len)
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
