//! Credentials with what follows from time and from the hubs.

use chrono::{DateTime, Utc};

use crate::{
    connection::{ConnectionRequest, RequestStateKind},
    credential::{Credential, Validity},
    drawbridge::Drawbridge,
    id::{HubId, RequestId},
    kind::Kind,
    refusal::Failure,
    vocabulary::Vocabulary,
};

/// A credential with what follows from time and from the hubs.
#[derive(Debug, Clone)]
pub struct CredentialOverview {
    /// The credential.
    pub credential: Credential,
    /// Until when it can be used.
    pub validity: Validity,
    /// Which hub holds a copy of it.
    pub applied: Applied,
    /// Under which label its secret lies in the keychain; `None` once it is retired.
    pub secret_label: Option<String>,
}

/// Where a credential or portal is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Nowhere, as far as this installation knows.
    Nowhere,
    /// By an open request.
    To {
        /// The request.
        request: RequestId,
        /// The hub.
        hub_id: HubId,
        /// Its name.
        hub: String,
        /// Alias of the request.
        alias: String,
        /// Where the request stands.
        state: RequestStateKind,
        /// Whether the hub is local or in SAP.
        kind: Kind,
        /// The vocabulary of the hub.
        vocabulary: Vocabulary,
    },
}

impl Drawbridge {
    pub(crate) fn credential_overview(
        &self,
        credential: Credential,
        request: Option<&ConnectionRequest>,
        now: DateTime<Utc>,
    ) -> Result<CredentialOverview, Failure> {
        let validity = credential.validity(now);
        let applied = self.applied_credential(&credential, request)?;
        let item = credential.secret().map(|id| self.repository.find_secret_item(id)).transpose()?.flatten();
        Ok(CredentialOverview { credential, validity, applied, secret_label: item.map(|item| item.label) })
    }

    pub(crate) fn applied_credential(
        &self,
        credential: &Credential,
        request: Option<&ConnectionRequest>,
    ) -> Result<Applied, Failure> {
        let same =
            |request: &&ConnectionRequest| request.facts().is_credential(&credential.kind, &credential.client_id);
        // A retired credential has ended, even if a hub still holds it.
        let request = request.filter(same).filter(|_| credential.secret().is_some());
        self.applied(request)
    }

    pub(crate) fn applied(&self, request: Option<&ConnectionRequest>) -> Result<Applied, Failure> {
        let Some(request) = request else { return Ok(Applied::Nowhere) };
        let hub = self.repository.find_hub(request.hub_id)?.ok_or(Failure::NotFound("hub"))?;
        Ok(Applied::To {
            request: request.id,
            hub_id: hub.id,
            kind: hub.kind(),
            hub: hub.name,
            alias: request.alias.clone(),
            state: request.kind(),
            vocabulary: hub.vocabulary,
        })
    }
}
