//! Credentials with what follows from time and from the hubs.

use chrono::{DateTime, Utc};

use crate::{
    connection::{ConnectionRequest, RequestStateKind},
    connection_check::ConnectionHealth,
    credential::{Credential, CredentialOrigin, Validity},
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
    /// Whether its secret is not in the keychain any more, so that it cannot be handed out.
    pub secret_gone: bool,
}

/// Where a credential or portal is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Nowhere, as far as this installation knows.
    Nowhere,
    /// By an open request; of several, by one that is approved.
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
        /// What is known about the connection; `None` while there is none.
        health: Option<Box<ConnectionHealth>>,
    },
}

impl ConnectionRequest {
    /// Whether its credentials are `credential`. Several client secrets of a portal in SAP can have one client id; the copy of
    /// one of them lives as long as that one.
    pub fn holds(&self, credential: &Credential) -> bool {
        let facts = self.facts();
        let same_lifetime = match credential.origin {
            CredentialOrigin::ServiceKey { .. } => true,
            CredentialOrigin::Imported(_) => facts.kind.lifetime() == credential.kind.lifetime(),
        };
        same_lifetime && facts.is_credential(&credential.kind, &credential.client_id)
    }

    /// Whether its hub holds former credentials and should be given `current`, those of the portal, which are valid as
    /// `validity` says. A request that is not decided yet can wait for newer ones if these end soon, and it is not worth
    /// giving the hub what has ended.
    pub(crate) fn should_be_given(&self, current: &Credential, validity: &Validity) -> bool {
        let is_worth_it = match self.kind() {
            RequestStateKind::Approved => validity.is_usable(),
            RequestStateKind::Pending => !validity.needs_attention(),
            RequestStateKind::Rejected => false,
        };
        is_worth_it && !self.holds(current)
    }
}

impl Drawbridge {
    /// `open` are the open requests of the credential's portal.
    pub(crate) fn credential_overview(
        &self,
        credential: Credential,
        open: &[ConnectionRequest],
        now: DateTime<Utc>,
    ) -> Result<CredentialOverview, Failure> {
        let validity = credential.validity(now);
        let applied = self.applied_credential(&credential, open)?;
        let secret_gone = credential.secret().is_some_and(|id| self.is_secret_gone(id));
        let item = credential.secret().map(|id| self.repository.find_secret_item(id)).transpose()?.flatten();
        Ok(CredentialOverview { credential, validity, applied, secret_label: item.map(|item| item.label), secret_gone })
    }

    /// Where a credential is in use. A retired one may still be held by a hub, whose connection then fails.
    pub(crate) fn applied_credential(
        &self,
        credential: &Credential,
        open: &[ConnectionRequest],
    ) -> Result<Applied, Failure> {
        self.applied(open.iter().filter(|request| request.holds(credential)))
    }

    /// Where something is in use, given the open requests that hold it.
    pub(crate) fn applied<'a>(
        &self,
        open: impl IntoIterator<Item = &'a ConnectionRequest>,
    ) -> Result<Applied, Failure> {
        let is_connected = |request: &&ConnectionRequest| request.kind() == RequestStateKind::Approved;
        let Some(request) = open.into_iter().min_by_key(|request| !is_connected(request)) else {
            return Ok(Applied::Nowhere);
        };
        let hub = self.repository.find_hub(request.hub_id)?.ok_or(Failure::NotFound("hub"))?;
        let health =
            Some(request).filter(is_connected).map(|request| self.find_health(request)).transpose()?.map(Box::new);
        Ok(Applied::To {
            request: request.id,
            hub_id: hub.id,
            kind: hub.kind(),
            hub: hub.name,
            alias: request.alias.clone(),
            state: request.kind(),
            vocabulary: hub.vocabulary,
            health,
        })
    }
}
