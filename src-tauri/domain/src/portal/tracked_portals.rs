//! Portals in SAP: added by importing their credentials, which are generated there.

use documents::{Extra, SecretBytes, Shape};
use messages::{Day, message};

use crate::{
    activity::AuditAction,
    connection::ConnectionRequest,
    credential::{
        AccessDocument, AccessFacts, Credential, CredentialKind, CredentialOrigin, CredentialState, ImportedCredential,
        Lifetime, must_not_be_retired,
    },
    document::{GivenDocument, GivenLifetime, derive_lifetime, settle_lifetime},
    drawbridge::{
        Drawbridge, PortalOperations,
        work::{NewSecret, Work},
    },
    id::{CredentialId, PortalId, SecretId},
    input::{InputProblem, looks_alike},
    operation::Operation,
    portal::{Portal, PortalCreated, PortalHome, Subaccount, derive_url_key, secret_label},
    ports::{SecretStoreError, SharedChange},
    refusal::{Confirmation, Failure, Refusal},
    vocabulary::Vocabulary,
};

impl PortalOperations<'_> {
    /// Adds a portal in SAP, by the credentials that it generated. If its subaccount has a hub, the two are
    /// connected at once.
    pub fn track(
        &self,
        name: &str,
        subaccount: &str,
        given: impl Into<GivenDocument>,
        lifetime: GivenLifetime,
        confirmed: &[Confirmation],
    ) -> Result<PortalCreated, Failure> {
        let given = given.into();
        let portal = self.change(Operation::TrackPortal, |work| {
            let name = Portal::parse_name(name)?;
            let subaccount = Subaccount::parse(subaccount)?;
            let portals = self.must_be_free(&name, &subaccount, None)?;
            self.must_confirm_own_hub(&name, &subaccount, confirmed)?;
            let document = self.read_for_record(&given)?;
            let url = document.facts.url.clone();
            // A portal of this installation is also recognised by its credentials: its addresses may have been others.
            if let Some(known) = self.find_portal_of(&document.facts)? {
                return Err(match known.home {
                    PortalHome::Local { .. } => Refusal::PortalLocal { portal: known.name },
                    PortalHome::InSap { .. } => Refusal::PortalKnown { url: url.into(), portal: known.name },
                }
                .into());
            }
            let portal = Portal {
                id: PortalId(self.generate_id()),
                slug: Portal::derive_slug(&name, |slug| portals.iter().any(|other| other.slug == slug)),
                home: PortalHome::InSap { url },
                vocabulary: Vocabulary::default(),
                name,
                subaccount,
                created_at: self.now(),
            };
            let copies: Vec<_> = self.list_copies(&portal, &document)?.iter().map(|copy| copy.id).collect();
            let credential = self.import(&portal, document, lifetime, work)?;
            // Requests that were submitted before the portal was added.
            let open: Vec<_> = self
                .repository
                .list_open_requests_of_portal(&portal.key())?
                .into_iter()
                .map(|request| {
                    let request =
                        if copies.contains(&request.id) { request.with_lifetime_of(&credential.kind) } else { request };
                    SharedChange::PutRequest(ConnectionRequest { portal_id: Some(portal.id), ..request })
                })
                .collect();
            let detail =
                message!("activity-portal-in-sap", url = portal.key(), subaccount = portal.subaccount.as_str());
            work.put(SharedChange::PutPortal(portal.clone()));
            work.record(AuditAction::PortalAdded, portal.tagged_name(), detail);
            work.record(AuditAction::CredentialsImported, portal.tagged_name(), credential.describe());
            work.put(SharedChange::PutCredential(credential));
            for open in open {
                work.put(open);
            }
            Ok(portal)
        })?;
        Ok(self.created(portal))
    }

    /// Imports further credentials of a portal in SAP: the former ones are superseded and stay until they
    /// are retired.
    pub fn import_credentials(
        &self,
        portal: PortalId,
        given: impl Into<GivenDocument>,
        lifetime: GivenLifetime,
    ) -> Result<Credential, Failure> {
        let given = given.into();
        self.change(Operation::ImportCredentials, |work| {
            let portal = self.get_portal(portal)?;
            if portal.is_local() {
                return Err(Refusal::PortalLocal { portal: portal.name }.into());
            }
            let document = self.read_for_record(&given)?;
            let facts = &document.facts;
            if derive_url_key(&facts.url) != portal.key() {
                return Err(Refusal::WrongPortal { portal: portal.name, found: derive_url_key(&facts.url) }.into());
            }
            // Compared with superseded ones, too: they stay until they are retired, and two that are alike could not be
            // told apart.
            for credential in self.repository.list_credentials(portal.id)? {
                if self.is_same(&portal, &credential, &document)? {
                    return Err(Refusal::SameImport { portal: portal.name }.into());
                }
            }
            let former = self.find_current(&portal)?;
            let copies = self.list_copies(&portal, &document)?;
            let credential = self.import(&portal, document, lifetime, work)?;
            // Before the new one is added: the database allows a portal one current credential.
            if let Some(former) = former {
                work.put(SharedChange::PutCredential(former.supersede(credential.created_at)));
            }
            work.record(AuditAction::CredentialsImported, portal.tagged_name(), credential.describe());
            for copy in copies {
                work.put(SharedChange::PutRequest(copy.with_lifetime_of(&credential.kind)));
            }
            work.put(SharedChange::PutCredential(credential.clone()));
            Ok(credential)
        })
    }

    /// Records when imported credentials were generated, or that they live as long as their service key.
    pub fn set_lifetime(&self, id: CredentialId, lifetime: GivenLifetime) -> Result<Credential, Failure> {
        self.change(Operation::SetLifetime, |work| {
            let (portal, mut credential) = self.get_credential(id)?;
            must_not_be_retired(&credential)?;
            let reason = match (&credential.origin, &credential.kind) {
                (CredentialOrigin::ServiceKey { .. }, _) => Some(message!("refusal-lifetime-known-here")),
                (CredentialOrigin::Imported(_), CredentialKind::Certificate(_)) => {
                    Some(message!("refusal-lifetime-known-certificate"))
                }
                (CredentialOrigin::Imported(_), CredentialKind::ClientSecret(_)) => None,
            };
            if let Some(reason) = reason {
                return Err(Refusal::LifetimeKnown { reason }.into());
            }
            let former = credential.kind.lifetime();
            // Their document is not there any more; the client id may tell.
            credential.kind.set_lifetime(derive_lifetime(&credential.client_id, Shape::ConnectionSecret, self.now()));
            settle_lifetime(lifetime, &mut credential.kind, self.now())?;
            let detail = match credential.valid_until() {
                Some(end) => message!("activity-valid-until", what = credential.describe(), day = Day(end)),
                None => credential.describe(),
            };
            work.record(AuditAction::LifetimeSet, portal.tagged_name(), detail);
            work.put(SharedChange::PutCredential(credential.clone()));
            self.follow_copy(&portal, &credential, former, work)?;
            Ok(credential)
        })
    }
}

impl Drawbridge {
    /// A hub's copy of the same credential ends at the same time. Several client secrets can have one client id: then the copy
    /// is the one that had the `former` lifetime.
    fn follow_copy(
        &self,
        portal: &Portal,
        credential: &Credential,
        former: Option<Lifetime>,
        work: &mut Work<'_>,
    ) -> Result<(), Failure> {
        let credentials = self.repository.list_credentials(portal.id)?;
        let is_alike = |other: &Credential| other.id != credential.id && other.client_id == credential.client_id;
        let alone = !credentials.iter().any(|other| other.secret().is_some() && is_alike(other));
        for request in self.repository.list_open_requests_of_portal(&portal.key())? {
            let held = request.facts();
            if held.is_credential(&credential.kind, &credential.client_id) && (alone || held.kind.lifetime() == former)
            {
                work.put(SharedChange::PutRequest(request.with_lifetime_of(&credential.kind)));
            }
        }
        Ok(())
    }

    /// The open requests whose hub holds just these credentials. A renewed client secret may come with the client id of the
    /// former one: the hub that holds that one does not have the new one yet.
    fn list_copies(&self, portal: &Portal, document: &AccessDocument) -> Result<Vec<ConnectionRequest>, Failure> {
        let mut copies = Vec::new();
        for request in self.repository.list_open_requests_of_portal(&portal.key())? {
            let facts = &document.facts;
            let Some(held) = request.held().filter(|held| held.facts.is_credential(&facts.kind, &facts.client_id))
            else {
                continue;
            };
            match self.get_secret(held.secret) {
                Ok(secret) if same_bytes(&secret, &document.secret) => copies.push(request),
                Ok(_) | Err(Failure::Keychain(SecretStoreError::Missing)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(copies)
    }

    /// Makes imported credentials; their secrets are to be stored.
    fn import(
        &self,
        portal: &Portal,
        document: AccessDocument,
        lifetime: GivenLifetime,
        work: &mut Work<'_>,
    ) -> Result<Credential, Failure> {
        let AccessDocument { facts, secret, extra } = document;
        let AccessFacts { url, token_url, cert_url, client_id, mut kind } = facts;
        settle_lifetime(lifetime, &mut kind, self.now())?;
        let secret_id = SecretId(self.generate_id());
        let label = secret_label(&kind, &client_id, portal);
        work.store_secret(NewSecret { id: secret_id, label, secret });
        let extra = extra.map(|Extra { json }| {
            let id = SecretId(self.generate_id());
            let label = message!("secret-label-extra", client = &client_id, portal = &portal.name);
            work.store_secret(NewSecret { id, label, secret: json });
            id
        });
        Ok(Credential {
            id: CredentialId(self.generate_id()),
            portal_id: portal.id,
            origin: CredentialOrigin::Imported(ImportedCredential { url, token_url, cert_url, extra }),
            client_id,
            kind,
            created_at: self.now(),
            created_by: work.actor(),
            state: CredentialState::Current { secret: secret_id },
        })
    }

    /// Whether the document is a credential that is still there, with the same addresses.
    fn is_same(&self, portal: &Portal, known: &Credential, document: &AccessDocument) -> Result<bool, Failure> {
        let facts = portal.access_facts(known, &self.endpoints()?);
        let differs = !facts.is_credential(&document.facts.kind, &document.facts.client_id)
            || !facts.has_addresses_of(&document.facts);
        let Some(secret) = known.secret().filter(|_| !differs) else { return Ok(false) };
        match self.get_secret(secret) {
            Ok(held) => Ok(same_bytes(&held, &document.secret)),
            // A secret that was deleted in the keychain's own app may be imported again.
            Err(Failure::Keychain(SecretStoreError::Missing)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// All portals. Fails if one of them but `except` has the name or the subaccount.
    pub(crate) fn must_be_free(
        &self,
        name: &str,
        subaccount: &Subaccount,
        except: Option<PortalId>,
    ) -> Result<Vec<Portal>, Failure> {
        let portals = self.repository.list_portals()?;
        let mut others = portals.iter().filter(|other| Some(other.id) != except);
        if others.clone().any(|other| looks_alike(&other.name, name)) {
            return Err(InputProblem::NameTaken(name.to_owned()).into());
        }
        if let Some(other) = others.find(|other| other.subaccount == *subaccount) {
            return Err(Refusal::SubaccountTaken {
                subaccount: subaccount.to_string(),
                thing: "portal",
                name: other.name.clone(),
            }
            .into());
        }
        Ok(portals)
    }
}

fn same_bytes(one: &SecretBytes, other: &SecretBytes) -> bool {
    // EXPOSE: compared with each other; nothing of either goes anywhere. Both are the user's own.
    one.expose() == other.expose()
}
