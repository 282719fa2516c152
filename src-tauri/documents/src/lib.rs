//! Credential documents: recognises what admins paste, and writes what other systems expect.
//!
//! Pure values in, pure values out: this crate reads no file, opens no connection, and has neither clock nor randomness
//! of its own beyond what an encrypted container needs. Nothing that it says about a document (findings, fields, previews,
//! errors) carries a secret; only [`SecretBytes`] does.
//!
//! [`recognise`] takes the bytes of a file or of a pasted text and answers with a [`Recognition`]: how they were wrapped,
//! which credentials they hold, and findings with their place. [`Export`] renders a [`CredentialDocument`] in a [`Format`].
//! [`OpenApiDocument`] reads the few things that an API proxy needs to know.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod archive;
mod base64_text;
mod certificate;
mod document;
mod export;
mod finding;
mod judgement;
mod open_api;
mod ordinary;
mod part;
mod pem_text;
mod pkcs12;
mod place;
mod placeholders;
mod recogniser;
mod recognition;
mod redact;
mod secret;
mod shape;
mod syntax;
mod text;
mod tree;
mod urls;
mod work;

pub use certificate::{
    CertificateChain, CertificateProblem, IssuerEnd, OutsideValidity, PrivateKey, derive_fingerprint,
};
pub use document::{CredentialDocument, Extra, Proof};
pub use export::{
    ConnectionApiClient, ConnectionApiFormat, Export, ExportError, File, Format, KeyStoreKind, Preview, PublicParts,
    pack,
};
pub use finding::{Finding, FindingKind, Severity};
pub use judgement::{Demand, Verdict};
pub use open_api::{NotOpenApi, OpenApiDocument};
pub use ordinary::is_ordinary;
pub use part::Part;
pub use pem_text::PemRepair;
pub use place::Place;
pub use recogniser::recognise;
pub use recognition::{Candidate, Field, MAX_BYTES, Options, Recognition, Shown};
pub use redact::redact;
pub use secret::SecretBytes;
pub use shape::{Shape, Syntax, Wrapper};
pub use urls::{CertUrl, PortalUrl, TokenEndpoint, is_protected};
pub use work::{Ceiling, Stop};
