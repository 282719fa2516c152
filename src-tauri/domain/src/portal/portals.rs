//! The portal's pages: create, *Generate Credentials*, *Regenerate Credentials*.

use documents::{CertUrl, PortalUrl, PrivateKey, TokenEndpoint};
use messages::message;

use crate::{
    activity::AuditAction,
    connection::ConnectionRequest,
    credential::{AccessDocument, Credential, CredentialKind, must_not_be_retired},
    drawbridge::{Drawbridge, PortalOperations},
    hub::must_be_confirmed,
    id::{CredentialId, PortalId},
    input::check_confirmation,
    kind::Kind,
    operation::Operation,
    person::Action,
    portal::{Applied, CredentialOverview, OwnHub, Portal, PortalHome, Subaccount, derive_url_key},
    ports::{SecretStoreError, SharedChange},
    refusal::{Confirmation, Failure, Refusal},
    vocabulary::Vocabulary,
};

/// A portal in the list.
#[derive(Debug, Clone)]
pub struct PortalSummary {
    /// The portal.
    pub portal: Portal,
    /// Its current credential; also `None` if the person may not see it.
    pub current: Option<CredentialOverview>,
    /// The hub it is, or wants to be, connected to.
    pub applied: Applied,
    /// Whether the person may see its credentials.
    pub may_open: Result<(), Refusal>,
}

/// The portal's page.
#[derive(Debug)]
pub struct PortalConnection {
    /// The portal.
    pub portal: Portal,
    /// Where it answers.
    pub addresses: PortalAddresses,
    /// Its credentials, newest first; empty if the person may not see them.
    pub credentials: Vec<CredentialOverview>,
    /// The hub it is, or wants to be, connected to.
    pub applied: Applied,
    /// The hub in its own subaccount.
    pub own_hub: Option<OwnHub>,
    /// Whether the person may open the *Connection* tab.
    pub may_open: Result<(), Refusal>,
    /// Whether the person may change the portal's settings.
    pub may_change: Result<(), Refusal>,
    /// Whether the person may generate and regenerate.
    pub may_generate: Result<(), Refusal>,
    /// Whether the person may import credentials.
    pub may_import: Result<(), Refusal>,
    /// Whether the person may retire.
    pub may_retire: Result<(), Refusal>,
    /// Whether the person may copy and export.
    pub may_hand_over: Result<(), Refusal>,
    /// Whether the person may delete the portal.
    pub may_delete: Result<(), Refusal>,
}

/// Where a portal answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalAddresses {
    /// Its own URL; the portal API lies below it.
    pub url: PortalUrl,
    /// The token endpoint for client secrets; for a portal in SAP the one that its current credentials name.
    pub token_url: Option<TokenEndpoint>,
    /// The base URL for certificates; for a portal in SAP the one that its current credentials name.
    pub cert_url: Option<CertUrl>,
}

/// A portal that was just created.
#[derive(Debug)]
pub struct PortalCreated {
    /// The portal.
    pub portal: Portal,
    /// The name of the hub of its subaccount, to which it was connected for good.
    pub connected: Option<String>,
    /// Why the automatic connection to the hub of its subaccount could not be made; it can be made later.
    pub not_connected: Option<Failure>,
}

impl PortalOperations<'_> {
    /// All portals, by name, with their credentials if the person may see these.
    pub fn list(&self) -> Result<Vec<PortalSummary>, Failure> {
        let may_open = self.get_current_person()?.may(Action::OpenConnectionTab);
        let now = self.now();
        self.repository
            .list_portals()?
            .into_iter()
            .map(|portal| {
                let open = self.repository.list_open_requests_of_portal(&portal.key())?;
                let current = if may_open.is_ok() { self.find_current(&portal)? } else { None };
                let current = current.map(|credential| self.credential_overview(credential, &open, now)).transpose()?;
                Ok(PortalSummary { applied: self.applied(&open)?, may_open: may_open.clone(), current, portal })
            })
            .collect()
    }

    /// Whether the person may create portals.
    pub fn may_create(&self) -> Result<Result<(), Refusal>, Failure> {
        Ok(self.get_current_person()?.may(Action::ManagePortal))
    }

    /// Creates a portal. If its subaccount has a hub, the two are connected at once. That is for good, so it has to be
    /// confirmed.
    pub fn create(&self, name: &str, subaccount: &str, confirmed: &[Confirmation]) -> Result<PortalCreated, Failure> {
        let portal = self.change(Operation::CreatePortal, |work| {
            let name = Portal::parse_name(name)?;
            let subaccount = Subaccount::parse(subaccount)?;
            let portals = self.must_be_free(&name, &subaccount, None)?;
            self.must_confirm_own_hub(&name, &subaccount, confirmed)?;
            let mut random = [0; 4];
            self.entropy.fill(&mut random);
            let portal = Portal {
                id: PortalId(self.generate_id()),
                slug: Portal::derive_slug(&name, |slug| portals.iter().any(|other| other.slug == slug)),
                // Five or six digits, as in the vendor's client ids.
                home: PortalHome::Local { instance_number: 10_000 + u32::from_le_bytes(random) % 990_000 },
                vocabulary: Vocabulary::default(),
                name,
                subaccount,
                created_at: self.now(),
            };
            let detail = message!("activity-subaccount", subaccount = portal.subaccount.as_str());
            work.record(AuditAction::PortalCreated, portal.tagged_name(), detail);
            work.put(SharedChange::PutPortal(portal.clone()));
            Ok(portal)
        })?;
        Ok(self.created(portal))
    }

    /// The portal's page, as the person may see it.
    pub fn get_page(&self, id: PortalId) -> Result<PortalConnection, Failure> {
        let person = self.get_current_person()?;
        let portal = self.get_portal(id)?;
        let open = self.repository.list_open_requests_of_portal(&portal.key())?;
        let now = self.now();
        let may_open = person.may(Action::OpenConnectionTab);
        let credentials = match may_open {
            Ok(()) => self
                .repository
                .list_credentials(id)?
                .into_iter()
                .map(|credential| self.credential_overview(credential, &open, now))
                .collect::<Result<_, _>>()?,
            Err(_) => Vec::new(),
        };
        let own_hub = self
            .find_own_hub(&portal)?
            .map(|hub| OwnHub { connected: open.iter().any(|request| request.hub_id == hub.id), hub });
        Ok(PortalConnection {
            may_generate: must_be_local(&portal, Action::GenerateCredentials)
                .and_then(|()| person.may(Action::GenerateCredentials)),
            may_change: person.may(Action::ManagePortal),
            may_import: must_be_in_sap(&portal).and_then(|()| person.may(Action::ImportCredentials)),
            may_retire: person.may(Action::GenerateCredentials),
            may_hand_over: person.may(Action::HandOverCredentials),
            may_delete: person.may(Action::ManagePortal),
            addresses: self.addresses(&portal)?,
            applied: self.applied(&open)?,
            portal,
            credentials,
            own_hub,
            may_open,
        })
    }

    /// Sets which of the vendor's screens the portal's page looks like. Nothing else depends on it.
    pub fn set_vocabulary(&self, id: PortalId, vocabulary: Vocabulary) -> Result<Portal, Failure> {
        self.change(Operation::SetPortalVocabulary, |work| {
            let former = self.get_portal(id)?;
            let detail = vocabulary.describe_change(former.vocabulary);
            let portal = Portal { vocabulary, ..former };
            work.record(AuditAction::PortalChanged, portal.tagged_name(), detail);
            work.put(SharedChange::PutPortal(portal.clone()));
            Ok(portal)
        })
    }

    /// Gives a portal another name, and one in SAP another subaccount; `None` leaves that as it is. Its URLs stay.
    pub fn rename(&self, id: PortalId, name: &str, subaccount: Option<&str>) -> Result<Portal, Failure> {
        self.change(Operation::RenamePortal, |work| {
            let former = self.get_portal(id)?;
            let name = Portal::parse_name(name)?;
            let subaccount = match subaccount {
                Some(_) if former.is_local() => return Err(Refusal::SubaccountFixed { portal: former.name }.into()),
                Some(subaccount) => Subaccount::parse(subaccount)?,
                None => former.subaccount.clone(),
            };
            self.must_be_free(&name, &subaccount, Some(id))?;
            let detail = message!("activity-portal-renamed", name = &name, subaccount = subaccount.as_str());
            work.record(AuditAction::PortalRenamed, former.tagged_name(), detail);
            let portal = Portal { name, subaccount, ..former };
            work.put(SharedChange::PutPortal(portal.clone()));
            Ok(portal)
        })
    }

    /// Deletes a local portal as a whole: its credentials, and its requests and connections at local hubs. `confirmation` is
    /// the portal's name, typed.
    pub fn delete(&self, id: PortalId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeletePortal, |work| {
            let portal = self.get_portal(id)?;
            must_be_local(&portal, Action::ManagePortal)?;
            check_confirmation(confirmation, &portal.name)?;
            for secret in self.repository.list_credentials(id)?.iter().flat_map(Credential::secrets) {
                work.drop_secret(secret);
            }
            for request in self.repository.list_open_requests_of_portal(&portal.key())? {
                if request.home() == Kind::InSap {
                    continue;
                }
                if let Some(held) = request.held() {
                    work.drop_secret(held.secret);
                }
                work.put(SharedChange::RemoveRequest(request.id));
            }
            let detail = message!("activity-subaccount", subaccount = portal.subaccount.as_str());
            work.record(AuditAction::PortalDeleted, portal.tagged_name(), detail);
            work.put(SharedChange::RemovePortal(id));
            Ok(())
        })
    }

    /// Forgets a portal in SAP with its credentials. In SAP nothing changes, and what hubs hold stays theirs.
    pub fn forget(&self, id: PortalId) -> Result<(), Failure> {
        self.change(Operation::ForgetPortal, |work| {
            let portal = self.get_portal(id)?;
            must_be_in_sap(&portal)?;
            for secret in self.repository.list_credentials(id)?.iter().flat_map(Credential::secrets) {
                work.drop_secret(secret);
            }
            let detail = message!("activity-subaccount", subaccount = portal.subaccount.as_str());
            work.record(AuditAction::PortalForgotten, portal.tagged_name(), detail);
            work.put(SharedChange::RemovePortal(id));
            Ok(())
        })
    }
}

impl Drawbridge {
    /// Connects a portal that was just created or added to the hub of its subaccount.
    pub(super) fn created(&self, portal: Portal) -> PortalCreated {
        match self.connect_to_own_hub(&portal) {
            Ok(connected) => PortalCreated { portal, connected, not_connected: None },
            Err(failure) => PortalCreated { portal, connected: None, not_connected: Some(failure) },
        }
    }

    /// A hub in the subaccount of a new portal is connected to it for good.
    pub(super) fn must_confirm_own_hub(
        &self,
        name: &str,
        subaccount: &Subaccount,
        confirmed: &[Confirmation],
    ) -> Result<(), Failure> {
        match self.repository.list_hubs()?.iter().find(|hub| hub.subaccount() == Some(subaccount)) {
            Some(hub) => Ok(must_be_confirmed(name, &hub.name, confirmed)?),
            None => Ok(()),
        }
    }

    fn addresses(&self, portal: &Portal) -> Result<PortalAddresses, Failure> {
        let endpoints = self.endpoints()?;
        let url = endpoints.portal_url(portal);
        let (token_url, cert_url) = if portal.is_local() {
            (Some(endpoints.token_url(portal)), Some(endpoints.cert_url(portal)))
        } else {
            let facts = self.find_current(portal)?.map(|current| portal.access_facts(&current, &endpoints));
            facts.map_or((None, None), |facts| (Some(facts.token_url), facts.cert_url))
        };
        Ok(PortalAddresses { url, token_url, cert_url })
    }

    pub(crate) fn get_portal(&self, id: PortalId) -> Result<Portal, Failure> {
        self.repository.find_portal(id)?.ok_or(Failure::NotFound("portal"))
    }

    /// The portal that answers at a URL with this key.
    pub(crate) fn find_portal_by_url_key(&self, key: &str) -> Result<Option<Portal>, Failure> {
        let endpoints = self.endpoints()?;
        let portals = self.repository.list_portals()?;
        Ok(portals.into_iter().find(|portal| derive_url_key(&endpoints.portal_url(portal)) == key))
    }

    pub(crate) fn find_open_request(&self, portal: &Portal) -> Result<Option<ConnectionRequest>, Failure> {
        Ok(self.repository.list_open_requests_of_portal(&portal.key())?.into_iter().next())
    }

    pub(crate) fn find_current(&self, portal: &Portal) -> Result<Option<Credential>, Failure> {
        let credentials = self.repository.list_credentials(portal.id)?;
        Ok(credentials.into_iter().find(Credential::is_current))
    }

    pub(crate) fn get_credential(&self, id: CredentialId) -> Result<(Portal, Credential), Failure> {
        let credential = self.repository.find_credential(id)?.ok_or(Failure::NotFound("credential"))?;
        Ok((self.get_portal(credential.portal_id)?, credential))
    }

    pub(crate) fn read_document(&self, portal: &Portal, credential: &Credential) -> Result<AccessDocument, Failure> {
        let secret = self.get_secret(must_not_be_retired(credential)?)?;
        // EXPOSE: another program may have changed the item; a key that does not fit must not be handed over.
        let fits = match &credential.kind {
            CredentialKind::ClientSecret(_) => std::str::from_utf8(secret.expose()).is_ok(),
            CredentialKind::Certificate(chain) => {
                PrivateKey::from_der(secret.expose()).is_ok_and(|key| key.belongs_to(chain))
            }
        };
        if !fits {
            let client = &credential.client_id;
            let reason = match &credential.kind {
                CredentialKind::ClientSecret(_) => message!("keychain-changed-secret", client = client),
                CredentialKind::Certificate(_) => message!("keychain-changed-key", client = client),
            };
            return Err(SecretStoreError::Broken { reason }.into());
        }
        Ok(AccessDocument { facts: portal.access_facts(credential, &self.endpoints()?), secret, extra: None })
    }
}

/// What a portal in SAP owns cannot be changed from here.
pub(crate) fn must_be_local(portal: &Portal, action: Action) -> Result<(), Refusal> {
    if portal.is_local() { Ok(()) } else { Err(Refusal::PortalInSap { portal: portal.name.clone(), action }) }
}

fn must_be_in_sap(portal: &Portal) -> Result<(), Refusal> {
    if portal.is_local() { Err(Refusal::PortalLocal { portal: portal.name.clone() }) } else { Ok(()) }
}
