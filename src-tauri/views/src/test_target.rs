//! What *Test Connection* is asked to test.

use crate::{CredentialsRequest, declare::wire};

wire! {
    /// What is to be tested.
    #[serde(tag = "target", rename_all_fields = "camelCase")]
    request enum TestTargetRequest {
        /// A document that is about to be submitted.
        Document {
            /// As given.
            credentials: CredentialsRequest,
        },
        /// A credential of a portal.
        Credential {
            /// Its id.
            id: String,
        },
        /// The hub's own copy in a request.
        Request {
            /// Id of the request.
            id: String,
        },
    }
}
