//! What a hub checks before it takes credentials, and how it keeps them.

use documents::SecretBytes;
use messages::message;

use crate::{
    connection::{ConnectionRequest, HeldCredential, PortalIdentity},
    credential::AccessFacts,
    drawbridge::{
        Drawbridge,
        work::{NewSecret, Work},
    },
    hub::Hub,
    id::SecretId,
    portal::{Portal, derive_url_key},
    refusal::{Failure, Refusal},
};

impl Drawbridge {
    /// The portal that credentials belong to: a portal of this installation's list, or the one that answers at their
    /// URL.
    pub(super) fn identify_portal(&self, facts: &AccessFacts) -> Result<(Option<Portal>, PortalIdentity), Failure> {
        let key = derive_url_key(&facts.url);
        let portal = self.find_portal_of(facts)?;
        let name = portal.as_ref().map_or_else(|| key.clone(), |portal| portal.name.clone());
        let key = portal.as_ref().map_or(key, Portal::key);
        Ok((portal, PortalIdentity { key, name }))
    }

    /// The portal that answers at the URL, or that generated these credentials when its addresses
    /// were others.
    pub(crate) fn find_portal_of(&self, facts: &AccessFacts) -> Result<Option<Portal>, Failure> {
        if let Some(portal) = self.find_portal_by_url_key(&derive_url_key(&facts.url))? {
            return Ok(Some(portal));
        }
        // For a portal in SAP only the URL counts: the same client may serve other portals.
        let known = self.repository.find_credential_by_proof(&facts.client_id, facts.kind.fingerprint())?;
        let portal = known.map(|credential| self.get_portal(credential.portal_id)).transpose()?;
        Ok(portal.filter(Portal::is_local))
    }

    /// Refuses credentials that belong to the client of another portal. A document names its portal by its URL. Typed
    /// fields always have the URL of `request`, so there the client id decides, if this installation generated it.
    pub(super) fn must_not_be_client_of_another(
        &self,
        request: &ConnectionRequest,
        facts: &AccessFacts,
    ) -> Result<(), Failure> {
        let Some(known) = self.repository.find_credential_by_proof(&facts.client_id, None)? else { return Ok(()) };
        let owner = self.get_portal(known.portal_id)?;
        if owner.is_local() && owner.key() != request.portal_key {
            return Err(Refusal::OtherPortal { alias: request.alias.clone(), found: owner.name }.into());
        }
        Ok(())
    }

    /// Refuses credentials of a portal of this installation that it did not generate, or has retired: they cannot work.
    /// For a portal in SAP the credentials known here may be incomplete, so they are not checked.
    pub(super) fn must_be_alive(&self, portal: &Portal, facts: &AccessFacts) -> Result<(), Failure> {
        if !portal.is_local() {
            return Ok(());
        }
        let credentials = self.repository.list_credentials(portal.id)?;
        match credentials.into_iter().find(|known| facts.is_credential(&known.kind, &known.client_id)) {
            Some(known) if known.secret().is_some() => Ok(()),
            Some(retired) => Err(Refusal::Retired { client_id: retired.client_id }.into()),
            None => Err(Refusal::UnknownCredential { portal: portal.name.clone() }.into()),
        }
    }

    pub(crate) fn portal_in_use(&self, open: ConnectionRequest) -> Result<Refusal, Failure> {
        let hub = self.get_hub(open.hub_id)?;
        Ok(Refusal::PortalInUse { hub: hub.name, state: open.kind(), alias: open.alias })
    }

    /// `wanted`, or with a number behind it when that alias is in use in the hub.
    pub(crate) fn derive_free_alias(&self, hub: &Hub, wanted: &str) -> Result<String, Failure> {
        let mut alias = wanted.to_owned();
        let mut number = 2_u32;
        while self.repository.find_open_request_by_alias(hub.id, &alias)?.is_some() {
            let suffix = format!(" {number}");
            alias = wanted.chars().take(ConnectionRequest::MAX_ALIAS - suffix.len()).collect::<String>() + &suffix;
            number += 1;
        }
        Ok(alias)
    }

    /// The hub's own copy of a credential: its secret is stored under an id of its own.
    pub(crate) fn hold(
        &self,
        hub: &Hub,
        alias: &str,
        facts: AccessFacts,
        secret: SecretBytes,
        work: &mut Work<'_>,
    ) -> HeldCredential {
        let id = SecretId(self.generate_id());
        let label = message!(
            "secret-label-hub",
            kind = facts.kind.secret_phrase(),
            client = &facts.client_id,
            hub = &hub.name,
            alias = alias,
        );
        work.store_secret(NewSecret { id, label, secret });
        HeldCredential { facts, secret: id, applied_at: self.now(), applied_by: work.actor() }
    }
}
