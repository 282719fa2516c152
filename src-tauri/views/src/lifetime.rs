//! How long a client secret lives.

use chrono::{DateTime, Utc};
use domain::{credential::Lifetime, document::GivenLifetime};

use crate::declare::wire;

wire! {
    /// What a person says about the time when credentials were generated.
    #[serde(tag = "lifetime", rename_all_fields = "camelCase")]
    request enum LifetimeRequest {
        /// Nothing: the document tells.
        FromDocument,
        /// They live as long as their service key.
        OfServiceKey,
        /// A portal generated them then.
        Generated {
            /// When.
            at: DateTime<Utc>,
        },
        /// Nobody knows.
        Unknown,
    }

    /// How long a client secret lives.
    #[serde(tag = "lifetime", rename_all_fields = "camelCase")]
    reply enum LifetimeView {
        /// As long as its service key.
        OfServiceKey,
        /// A number of days from when a portal generated it.
        Generated {
            /// When.
            at: DateTime<Utc>,
        },
        /// The same, but only guessed from the client id.
        Guessed {
            /// When.
            at: DateTime<Utc>,
        },
        /// Nobody knows.
        Unknown,
    }
}

impl From<LifetimeRequest> for GivenLifetime {
    fn from(request: LifetimeRequest) -> Self {
        match request {
            LifetimeRequest::FromDocument => Self::FromDocument,
            LifetimeRequest::OfServiceKey => Self::OfServiceKey,
            LifetimeRequest::Generated { at } => Self::Generated(at),
            LifetimeRequest::Unknown => Self::Unknown,
        }
    }
}

impl From<Lifetime> for LifetimeView {
    fn from(lifetime: Lifetime) -> Self {
        match lifetime {
            Lifetime::OfServiceKey => Self::OfServiceKey,
            Lifetime::Generated { at } => Self::Generated { at },
            Lifetime::Guessed { at } => Self::Guessed { at },
            Lifetime::Unknown => Self::Unknown,
        }
    }
}
