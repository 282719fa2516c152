//! What a file of an export holds.

use super::destination;

/// What a file of an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Connection,
    ServiceKey {
        wrapped: bool,
    },
    Destination(destination::Syntax),
    Environment,
    KubernetesSecret,
    Curl,
    /// Chain and key.
    Pem,
    Chain,
    Key,
    Pkcs12,
}

impl Content {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Connection | Self::ServiceKey { .. } => "json",
            Self::Destination(syntax) => syntax.extension(),
            Self::Environment => "env",
            Self::KubernetesSecret => "yaml",
            Self::Curl => "sh",
            Self::Pem | Self::Chain | Self::Key => "pem",
            Self::Pkcs12 => "p12",
        }
    }

    pub fn file_name(self, name: &str) -> String {
        let part = match self {
            Self::Chain => "-chain",
            Self::Key => "-key",
            Self::Connection
            | Self::ServiceKey { .. }
            | Self::Destination(_)
            | Self::Environment
            | Self::KubernetesSecret
            | Self::Curl
            | Self::Pem
            | Self::Pkcs12 => "",
        };
        format!("{name}{part}.{}", self.extension())
    }
}
