//! Containers (PKCS#12) as nobody but an attacker writes them, byte by byte.

#![allow(dead_code, reason = "each test file takes what it needs")]

use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use des::TdesEde3;
use pkcs8::{
    der::{Decode, Encode},
    pkcs5::pbes2::Parameters,
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use sha1::Sha1;

/// How a key is derived from the password.
#[derive(Clone, Copy)]
pub enum Derivation {
    Pbkdf2 { rounds: u64 },
    Scrypt { cost: u64, block: u64, parallel: u64 },
}

/// Something in a part of a container.
#[derive(Clone)]
pub enum Bag {
    /// An encrypted secret, which nobody but the library reads.
    Secret(Derivation),
    /// An encrypted key.
    Key(Derivation),
    /// A key in the encryption of RFC 7292 (PBES1), with its rounds.
    OldKey(u64),
    /// A certificate.
    Certificate(Vec<u8>),
}

/// A part of a container.
#[derive(Clone)]
pub enum Safe {
    Open(Vec<Bag>),
    Encoded(Vec<u8>),
}

impl Safe {
    /// Encrypted as RFC 7292 has it (PBES1, 3DES), with the empty password and one round.
    pub fn old(bags: &[Bag]) -> Self {
        Self::old_with(bags, 1)
    }

    pub fn old_with(bags: &[Bag], rounds: i32) -> Self {
        const SALT: &[u8] = b"12345678";
        let derive = |kind, length| derive_key_utf8::<Sha1>("", SALT, kind, rounds, length).unwrap();
        let (key, iv) = (derive(Pkcs12KeyType::EncryptionKey, 24), derive(Pkcs12KeyType::Iv, 8));
        let cipher = cbc::Encryptor::<TdesEde3>::new_from_slices(&key, &iv).unwrap();
        let content = cipher.encrypt_padded_vec::<Pkcs7>(&contents(bags));
        let algorithm = sequence(&[
            oid("1.2.840.113549.1.12.1.3"),
            sequence(&[octets(SALT), integer(u64::try_from(rounds).unwrap())]),
        ]);
        Self::encrypted(&algorithm, &content)
    }

    /// Encrypted with PBES2, with the empty password.
    pub fn new(bags: &[Bag], rounds: u64) -> Self {
        let algorithm = pbes2(Derivation::Pbkdf2 { rounds });
        let parameters = AlgorithmIdentifierOwned::from_der(&algorithm).unwrap().parameters.unwrap();
        let parameters = Parameters::from_der(&parameters.to_der().unwrap()).unwrap();
        let content = parameters.encrypt("", &contents(bags)).unwrap();
        Self::encrypted(&algorithm, &content)
    }

    fn encrypted(algorithm: &[u8], content: &[u8]) -> Self {
        let info = sequence(&[oid(DATA), algorithm.to_vec(), tagged(0x80, content)]);
        let data = sequence(&[integer(0), info]);
        Self::Encoded(sequence(&[oid("1.2.840.113549.1.7.6"), tagged(0xa0, &data)]))
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Open(bags) => sequence(&[oid(DATA), tagged(0xa0, &octets(&contents(bags)))]),
            Self::Encoded(encoded) => encoded.clone(),
        }
    }
}

const DATA: &str = "1.2.840.113549.1.7.1";

/// A container of these parts, with an integrity code of so many rounds (which is wrong).
pub fn keystore(safes: &[Safe], integrity: Option<i32>) -> Vec<u8> {
    let safes = sequence(&safes.iter().map(Safe::encode).collect::<Vec<_>>());
    let mut members = vec![integer(3), sequence(&[oid(DATA), tagged(0xa0, &octets(&safes))])];
    if let Some(rounds) = integrity {
        let digest = sequence(&[sequence(&[oid("1.3.14.3.2.26"), vec![5, 0]]), octets(&[0; 20])]);
        members.push(sequence(&[digest, octets(b"12345678"), integer(u64::try_from(rounds).unwrap())]));
    }
    sequence(&members)
}

fn contents(bags: &[Bag]) -> Vec<u8> {
    let encode = |bag: &Bag| {
        let key = |algorithm: Vec<u8>| sequence(&[algorithm, octets(&[0; 32])]);
        let bag_of = |kind: &str, value: &[u8]| sequence(&[oid(kind), tagged(0xa0, value)]);
        const SECRET: &str = "1.2.840.113549.1.12.10.1.5";
        const KEY: &str = "1.2.840.113549.1.12.10.1.2";
        match bag {
            Bag::Secret(derivation) => {
                let secret = sequence(&[oid(SECRET), tagged(0xa0, &octets(&key(pbes2(*derivation))))]);
                bag_of(SECRET, &secret)
            }
            Bag::Key(derivation) => bag_of(KEY, &key(pbes2(*derivation))),
            Bag::OldKey(rounds) => {
                let parameters = sequence(&[octets(b"12345678"), integer(*rounds)]);
                bag_of(KEY, &key(sequence(&[oid("1.2.840.113549.1.12.1.3"), parameters])))
            }
            Bag::Certificate(der) => {
                let certificate = sequence(&[oid("1.2.840.113549.1.9.22.1"), tagged(0xa0, &octets(der))]);
                bag_of("1.2.840.113549.1.12.10.1.3", &certificate)
            }
        }
    };
    sequence(&bags.iter().map(encode).collect::<Vec<_>>())
}

fn pbes2(derivation: Derivation) -> Vec<u8> {
    let derivation = match derivation {
        Derivation::Pbkdf2 { rounds } => {
            let hash = sequence(&[oid("1.2.840.113549.2.9"), vec![5, 0]]);
            sequence(&[oid("1.2.840.113549.1.5.12"), sequence(&[octets(b"saltsalt"), integer(rounds), hash])])
        }
        Derivation::Scrypt { cost, block, parallel } => sequence(&[
            oid("1.3.6.1.4.1.11591.4.11"),
            sequence(&[octets(b"saltsalt"), integer(cost), integer(block), integer(parallel)]),
        ]),
    };
    let cipher = sequence(&[oid("2.16.840.1.101.3.4.1.42"), octets(&[0; 16])]);
    sequence(&[oid("1.2.840.113549.1.5.13"), sequence(&[derivation, cipher])])
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut encoded = vec![tag];
    let length = content.len();
    if length < 128 {
        encoded.push(u8::try_from(length).unwrap());
    } else {
        let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        encoded.push(0x80 | u8::try_from(bytes.len()).unwrap());
        encoded.extend(bytes);
    }
    encoded.extend_from_slice(content);
    encoded
}

fn sequence(members: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &members.concat())
}

fn octets(bytes: &[u8]) -> Vec<u8> {
    tagged(4, bytes)
}

fn integer(number: u64) -> Vec<u8> {
    let mut bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    if bytes.first().is_none_or(|first| *first >= 0x80) {
        bytes.insert(0, 0);
    }
    tagged(2, &bytes)
}

fn oid(dotted: &str) -> Vec<u8> {
    let numbers: Vec<u64> = dotted.split('.').map(|number| number.parse().unwrap()).collect();
    let mut bytes = vec![u8::try_from(numbers[0] * 40 + numbers[1]).unwrap()];
    for number in &numbers[2..] {
        let mut groups = vec![u8::try_from(number & 0x7f).unwrap()];
        let mut rest = number >> 7;
        while rest > 0 {
            groups.insert(0, 0x80 | u8::try_from(rest & 0x7f).unwrap());
            rest >>= 7;
        }
        bytes.extend(groups);
    }
    tagged(6, &bytes)
}
