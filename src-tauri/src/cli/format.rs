//! In which format a document is written.

use std::path::{Path, PathBuf};

use clap::{
    Args, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use domain::{
    credential::ExportChoice,
    documents::{Export, Format, KeyStoreKind, SecretBytes},
};

use super::{language::LANGUAGE, problem::Problem, source::read_password};

/// Takes the code of a format, and names all of them in help and completions.
pub fn parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.code()).help(format.name(LANGUAGE)));
    PossibleValuesParser::new(values).map(|code| Format::find_code(&code).expect("one of the possible values"))
}

/// How a container is written.
#[derive(Debug, Args)]
pub struct Writing {
    /// File with the password for a PKCS#12 container, on one line; - for standard input
    #[arg(long, value_name = "FILE")]
    out_password_file: Option<PathBuf>,
    /// Write a PKCS#12 container for old readers: with SHA-1 and 3DES
    #[arg(long)]
    legacy: bool,
    /// The keystore of a destination with a certificate [default: p12]
    #[arg(long, value_enum)]
    keystore: Option<Keystore>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Keystore {
    /// A PKCS#12 container with a password
    P12,
    /// Chain and private key as PEM
    Pem,
}

/// The format and its options, once it is known whether they make sense.
pub struct Settled {
    format: Format,
    password: Option<SecretBytes>,
    legacy: bool,
    keystore: KeyStoreKind,
}

impl Writing {
    pub fn password_file(&self) -> Option<&Path> {
        self.out_password_file.as_deref()
    }

    /// Reads the password, if the format needs one for these credentials. Refuses options without effect, because the
    /// user expects one.
    pub fn settle(&self, format: Format, has_certificate: bool) -> Result<Settled, Problem> {
        let Self { out_password_file, legacy, keystore } = self;
        let kind = match keystore {
            None | Some(Keystore::P12) => KeyStoreKind::Pkcs12,
            Some(Keystore::Pem) => KeyStoreKind::Pem,
        };
        if keystore.is_some() && !format.takes_keystore(true) {
            return Err(Problem::usage(
                &format!("--keystore is for destinations, not for {}", format.code()),
                "Leave it out, or choose one of the destination formats.",
            ));
        }
        let takes_password = format.takes_password(has_certificate, kind);
        if !takes_password && (out_password_file.is_some() || *legacy) {
            return Err(Problem::usage(
                "--out-password-file and --legacy are for PKCS#12 containers, and none is written here",
                "Leave them out, or choose a format that holds a container.",
            ));
        }
        let password = match out_password_file {
            Some(file) => Some(read_password(file)?),
            None if takes_password => {
                return Err(Problem::usage(
                    "what is to be written holds a PKCS#12 container, which needs a password",
                    "Give the file that holds it with --out-password-file.",
                ));
            }
            None => None,
        };
        Ok(Settled { format, password, legacy: *legacy, keystore: kind })
    }
}

impl Settled {
    /// What the domain takes.
    pub const fn choice(&self) -> ExportChoice<'_> {
        let Self { format, password, legacy, keystore } = self;
        ExportChoice { format: *format, password: password.as_ref(), legacy: *legacy, keystore: *keystore }
    }

    /// The same for a document that the domain knows nothing of.
    pub fn export<'a>(&'a self, name: &'a str) -> Export<'a> {
        let ExportChoice { format, password, legacy, keystore } = self.choice();
        Export { format, name, password, legacy, keystore }
    }
}
