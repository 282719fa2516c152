//! What the token service asks for each request, answered from memory while nothing has changed.

use std::sync::{Arc, PoisonError};

use crate::{
    credential::{Credential, CredentialKind, CredentialOrigin, CredentialState},
    drawbridge::Drawbridge,
    portal::{ApiProxy, Portal},
    ports::RepositoryError,
    token_service::{ClientPortal, ClientProof, ClientRegistry, Registered, RegisteredClient, Standing},
};

impl Drawbridge {
    /// The answer that is in memory for the present state of the database, else the one that `read` fetches. That
    /// something does not exist is not remembered: a stranger could ask for anything.
    fn registered<T>(
        &self,
        find: impl Fn(&Registered) -> Option<T>,
        read: impl FnOnce() -> Result<Option<T>, RepositoryError>,
        keep: impl FnOnce(&mut Registered, &T),
    ) -> Result<Option<T>, RepositoryError> {
        // Read before the answer: a later commit changes the number, and the answer is then fetched again.
        let now = self.repository.change_number()?;
        {
            let mut registered = self.registered.lock().unwrap_or_else(PoisonError::into_inner);
            if registered.change_number != Some(now) {
                *registered = Registered { change_number: Some(now), ..Registered::default() };
            }
            if let Some(known) = find(&registered) {
                return Ok(Some(known));
            }
        }
        let Some(fetched) = read()? else { return Ok(None) };
        let mut registered = self.registered.lock().unwrap_or_else(PoisonError::into_inner);
        if registered.change_number == Some(now) {
            keep(&mut registered, &fetched);
        }
        Ok(Some(fetched))
    }

    fn read_client(&self, slug: &str, client_id: &str) -> Result<Option<RegisteredClient>, RepositoryError> {
        let Some(credential) = self.repository.find_credential_of_client(slug, client_id)? else { return Ok(None) };
        self.register(credential, slug)
    }

    fn read_sole_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, RepositoryError> {
        let found = self.repository.list_credentials_of_client(client_id)?;
        let Ok([credential]) = <[Credential; 1]>::try_from(found) else { return Ok(None) };
        let Some(portal) = self.repository.find_portal(credential.portal_id)? else { return Ok(None) };
        self.register(credential, &portal.slug)
    }

    /// `None` for what was imported, because its own portal's token service decides about it, and for a client secret
    /// without a verifier.
    fn register(&self, credential: Credential, slug: &str) -> Result<Option<RegisteredClient>, RepositoryError> {
        let CredentialOrigin::ServiceKey { instance_id, verifier, .. } = credential.origin else { return Ok(None) };
        let Some(instance) = self.repository.find_service_instance(instance_id)? else { return Ok(None) };
        let proof = match credential.kind {
            CredentialKind::ClientSecret(_) => verifier.map(ClientProof::Secret),
            CredentialKind::Certificate(chain) => Some(ClientProof::Certificate { fingerprint: chain.fingerprint }),
        };
        let portal = ClientPortal { id: credential.portal_id, slug: slug.to_owned() };
        let (client_id, role, standing) = (credential.client_id, instance.role, standing(&credential.state));
        Ok(proof.map(|proof| RegisteredClient { client_id, portal, instance_id, role, proof, standing }))
    }
}

const fn standing(state: &CredentialState) -> Standing {
    match state {
        CredentialState::Current { .. } | CredentialState::Superseded { .. } | CredentialState::Additional { .. } => {
            Standing::Active
        }
        CredentialState::Retired { end, .. } => Standing::Ended(*end),
    }
}

impl ClientRegistry for Drawbridge {
    fn find_client(&self, slug: &str, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
        let key = (slug.to_owned(), client_id.to_owned());
        self.registered(
            |registered| registered.clients.get(&key).cloned(),
            || Ok(self.read_client(slug, client_id)?.map(Arc::new)),
            |registered, client| drop(registered.clients.insert(key.clone(), Arc::clone(client))),
        )
    }

    fn find_client_of_any_portal(&self, client_id: &str) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
        self.registered(
            |registered| registered.sole_clients.get(client_id).cloned(),
            || Ok(self.read_sole_client(client_id)?.map(Arc::new)),
            |registered, client| drop(registered.sole_clients.insert(client_id.to_owned(), Arc::clone(client))),
        )
    }

    fn find_api_proxies(&self, slug: &str) -> Result<Option<Arc<[ApiProxy]>>, RepositoryError> {
        self.registered(
            |registered| registered.api_proxies.get(slug).cloned(),
            || {
                let portal = self.repository.find_portal_by_slug(slug)?.filter(Portal::is_local);
                let Some(portal) = portal else { return Ok(None) };
                Ok(Some(self.repository.list_api_proxies(portal.id)?.into()))
            },
            |registered, proxies| drop(registered.api_proxies.insert(slug.to_owned(), Arc::clone(proxies))),
        )
    }
}
