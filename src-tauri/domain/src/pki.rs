//! Certificate authorities of this installation.

mod authorities;
mod authority;

pub use authority::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssueError, IssuedCertificate};
