//! The portal's pages: create, *Generate Credentials*, *Regenerate Credentials*.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use documents::{CertUrl, PortalUrl, TokenEndpoint};
use messages::message;
use tracing::warn;
use zeroize::Zeroizing;

use super::work::{NewSecret, Work};
use super::{Drawbridge, NewServiceKey, exports::must_not_be_retired};
use crate::{
    AccessDocument, AccessFacts, Action, Actor, AuditAction, AuthorityPurpose, CLIENT_SECRET_BYTES, CertificateChain,
    Change, ConnectionHealth, ConnectionRequest, Credential, CredentialKind, CredentialOrigin, CredentialState,
    Failure, GenerateKind, HeldCredential, Hub, IssueError, KeyAlgorithm, Operation, Portal, PortalHome, PrivateKey,
    Refusal, RequestState, RequestStateKind, SecretBytes, SecretStoreError, SecretVerifier, ServiceInstance,
    Subaccount, VALIDITY_DAYS, Vocabulary, derive_days_left, derive_url_key,
    id::{CredentialId, HubId, PortalId, RequestId, SecretId},
    input::check_confirmation,
};

/// A portal in the list.
#[derive(Debug, Clone)]
pub struct PortalSummary {
    /// The portal.
    pub portal: Portal,
    /// Its current credential; `None` too if the person may not see it.
    pub current: Option<CredentialOverview>,
    /// The hub it is, or wants to be, connected to.
    pub applied: Applied,
}

/// A credential with what follows from time and from the hubs.
#[derive(Debug, Clone)]
pub struct CredentialOverview {
    /// The credential.
    pub credential: Credential,
    /// Whole days until it expires; `None` if it does not expire by itself.
    pub days_left: Option<i64>,
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
        /// The vocabulary of the hub.
        vocabulary: Vocabulary,
    },
}

/// The hub in a portal's own subaccount.
#[derive(Debug, Clone)]
pub struct OwnHub {
    /// The hub.
    pub hub: Hub,
    /// Whether the portal is connected to it.
    pub connected: bool,
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
    /// The token endpoint for client secrets; of a portal elsewhere what its current credentials name.
    pub token_url: Option<TokenEndpoint>,
    /// The base URL for certificates; of a portal elsewhere what its current credentials name.
    pub cert_url: Option<CertUrl>,
}

/// A portal that was just created.
#[derive(Debug)]
pub struct PortalCreated {
    /// The portal.
    pub portal: Portal,
    /// Why the automatic connection to the hub of its subaccount could not be made; it can be made later.
    pub not_connected: Option<Failure>,
}

impl Drawbridge {
    /// All portals, by name; with their credentials for somebody who may see these.
    pub fn list_portals(&self) -> Result<Vec<PortalSummary>, Failure> {
        let may_open = self.get_current_person()?.may(Action::OpenConnectionTab).is_ok();
        let now = self.now();
        self.repository
            .list_portals()?
            .into_iter()
            .map(|portal| {
                let request = self.find_open_request(&portal)?;
                let current = if may_open { self.find_current(&portal)? } else { None };
                let current = current.map(|credential| self.overview(credential, request.as_ref(), now)).transpose()?;
                Ok(PortalSummary { applied: self.applied(request.as_ref())?, current, portal })
            })
            .collect()
    }

    /// Whether the person may create portals.
    pub fn may_create_portal(&self) -> Result<Result<(), Refusal>, Failure> {
        Ok(self.get_current_person()?.may(Action::ManagePortal))
    }

    /// Creates a portal. If its subaccount has a hub, the two are connected at once.
    pub fn create_portal(&self, name: &str, subaccount: &str) -> Result<PortalCreated, Failure> {
        let portal = self.change(Operation::CreatePortal, |work| {
            let name = Portal::parse_name(name)?;
            let subaccount = Subaccount::parse(subaccount)?;
            let portals = self.must_be_free(&name, &subaccount)?;
            let mut random = [0; 4];
            self.entropy.fill(&mut random);
            let portal = Portal {
                id: PortalId(self.generate_id()),
                slug: Portal::derive_slug(&name, |slug| portals.iter().any(|other| other.slug == slug)),
                // Five or six digits, as in the vendor's client ids.
                home: PortalHome::Here { instance_number: 10_000 + u32::from_le_bytes(random) % 990_000 },
                vocabulary: Vocabulary::default(),
                name,
                subaccount,
                created_at: self.now(),
            };
            let detail = message!("activity-subaccount", subaccount = portal.subaccount.as_str());
            work.record(AuditAction::PortalCreated, &portal.name, detail);
            work.put(Change::PutPortal(portal.clone()));
            Ok(portal)
        })?;
        let not_connected = self.connect_to_own_hub(&portal).err();
        Ok(PortalCreated { portal, not_connected })
    }

    /// The portal's page, as the person may see it.
    pub fn get_portal_connection(&self, id: PortalId) -> Result<PortalConnection, Failure> {
        let person = self.get_current_person()?;
        let portal = self.get_portal(id)?;
        let request = self.find_open_request(&portal)?;
        let now = self.now();
        let may_open = person.may(Action::OpenConnectionTab);
        let credentials = match may_open {
            Ok(()) => self
                .repository
                .list_credentials(id)?
                .into_iter()
                .map(|credential| self.overview(credential, request.as_ref(), now))
                .collect::<Result<_, _>>()?,
            Err(_) => Vec::new(),
        };
        let own_hub = self
            .find_own_hub(&portal)?
            .map(|hub| OwnHub { connected: request.as_ref().is_some_and(|request| request.hub_id == hub.id), hub });
        Ok(PortalConnection {
            may_generate: must_be_here(&portal, Action::GenerateCredentials)
                .and_then(|()| person.may(Action::GenerateCredentials)),
            may_change: person.may(Action::ManagePortal),
            may_import: must_be_elsewhere(&portal).and_then(|()| person.may(Action::ImportCredentials)),
            may_retire: person.may(Action::GenerateCredentials),
            may_hand_over: person.may(Action::HandOverCredentials),
            may_delete: person.may(Action::ManagePortal).and_then(|()| must_be_unconnected(&portal, request.as_ref())),
            addresses: self.addresses(&portal)?,
            applied: self.applied(request.as_ref())?,
            portal,
            credentials,
            own_hub,
            may_open,
        })
    }

    fn addresses(&self, portal: &Portal) -> Result<PortalAddresses, Failure> {
        let endpoints = self.endpoints()?;
        let url = endpoints.portal_url(portal);
        let (token_url, cert_url) = if portal.is_here() {
            (Some(endpoints.token_url(portal)), Some(endpoints.cert_url(portal)))
        } else {
            let facts = self.find_current(portal)?.map(|current| portal.access_facts(&current, &endpoints));
            facts.map_or((None, None), |facts| (Some(facts.token_url), facts.cert_url))
        };
        Ok(PortalAddresses { url, token_url, cert_url })
    }

    /// Which of the vendor's screens the portal's page looks like. Nothing else follows from it.
    pub fn set_portal_vocabulary(&self, id: PortalId, vocabulary: Vocabulary) -> Result<Portal, Failure> {
        self.change(Operation::SetPortalVocabulary, |work| {
            let former = self.get_portal(id)?;
            let detail = vocabulary.describe_change(former.vocabulary);
            let portal = Portal { vocabulary, ..former };
            work.record(AuditAction::PortalChanged, &portal.name, detail);
            work.put(Change::PutPortal(portal.clone()));
            Ok(portal)
        })
    }

    /// Deletes a portal that no hub knows, with its credentials. `confirmation` is the portal's name, typed.
    pub fn delete_portal(&self, id: PortalId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeletePortal, |work| {
            let portal = self.get_portal(id)?;
            must_be_unconnected(&portal, self.find_open_request(&portal)?.as_ref())?;
            check_confirmation(confirmation, &portal.name)?;
            for secret in self.repository.list_credentials(id)?.iter().flat_map(Credential::secrets) {
                work.drop_secret(secret);
            }
            let detail = message!("activity-subaccount", subaccount = portal.subaccount.as_str());
            work.record(AuditAction::PortalDeleted, &portal.name, detail);
            work.put(Change::RemovePortal(id));
            Ok(())
        })
    }

    /// *Generate Credentials*: the first ones of a portal.
    pub fn generate_credentials(&self, id: PortalId, kind: GenerateKind) -> Result<Credential, Failure> {
        self.look_at_clock();
        self.change(Operation::GenerateCredentials, |work| {
            let portal = self.get_portal(id)?;
            must_be_here(&portal, Action::GenerateCredentials)?;
            if self.find_current(&portal)?.is_some() {
                return Err(Refusal::CredentialsExist { portal: portal.name }.into());
            }
            let credential = self.issue_current(&portal, kind, None, work)?.0;
            work.record(AuditAction::CredentialsGenerated, &portal.name, credential.describe());
            Ok(credential)
        })
    }

    /// *Regenerate Credentials*: the former ones are superseded and stay valid until they are retired.
    pub fn regenerate_credentials(&self, id: PortalId, kind: GenerateKind) -> Result<Credential, Failure> {
        self.look_at_clock();
        self.change(Operation::RegenerateCredentials, |work| {
            let portal = self.get_portal(id)?;
            must_be_here(&portal, Action::GenerateCredentials)?;
            let former =
                self.find_current(&portal)?.ok_or_else(|| Refusal::NoCredentials { portal: portal.name.clone() })?;
            let credential = self.issue_current(&portal, kind, Some(former), work)?.0;
            work.record(AuditAction::CredentialsRegenerated, &portal.name, credential.describe());
            Ok(credential)
        })
    }

    /// Connects a portal to the hub of its own subaccount, where that could not be done when they were created.
    pub fn connect_own_hub(&self, id: PortalId) -> Result<(), Failure> {
        self.get_person_who_may(Action::ManagePortal)?;
        let portal = self.get_portal(id)?;
        self.connect_to_own_hub(&portal)
    }

    /// Does nothing where the portal's subaccount has no hub.
    pub(super) fn connect_to_own_hub(&self, portal: &Portal) -> Result<(), Failure> {
        match self.find_own_hub(portal)? {
            Some(hub) => self.connect_automatically(portal.id, hub.id),
            None => Ok(()),
        }
    }

    /// Connects what an interruption or a locked keychain has left unconnected.
    pub(super) fn connect_waiting_pairs(&self) -> Result<(), Failure> {
        for portal in self.repository.list_portals()? {
            if self.find_open_request(&portal)?.is_none()
                && let Err(error) = self.connect_to_own_hub(&portal)
            {
                warn!(portal = %portal.id, %error, "a portal cannot be connected to the hub of its subaccount");
                // The next one would ask the user for the keychain's password again.
                if error.is_of_keychain() {
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The connection that a pair in one subaccount gets without anybody asking: approved at once.
    pub(super) fn connect_automatically(&self, portal: PortalId, hub: HubId) -> Result<(), Failure> {
        self.look_at_clock();
        self.change(Operation::ConnectOwnPair, |work| {
            let (portal, hub) = (self.get_portal(portal)?, self.get_hub(hub)?);
            match self.find_open_request(&portal)? {
                // Another process has connected them in the meantime.
                Some(open) if open.hub_id == hub.id && open.kind() == RequestStateKind::Approved => return Ok(()),
                Some(open) => return Err(self.portal_in_use(open)?.into()),
                None => {}
            }
            self.must_have_room(&hub)?;
            let alias = self.derive_free_alias(&hub, &portal.name)?;
            let current = self.find_current(&portal)?;
            let valid = |end: DateTime<Utc>| end > self.now();
            let (facts, secret) = match current {
                // A portal elsewhere generates its credentials itself.
                Some(current) if !portal.is_here() || current.valid_until().is_none_or(valid) => {
                    let document = self.read_document(&portal, &current)?;
                    (document.facts, document.secret)
                }
                expired_or_none => {
                    let kind = GenerateKind::Certificate(KeyAlgorithm::Rsa2048);
                    let (credential, copy) = self.issue_current(&portal, kind, expired_or_none, work)?;
                    work.record(AuditAction::CredentialsGenerated, &portal.name, credential.describe());
                    (portal.access_facts(&credential, &self.endpoints()?), copy)
                }
            };
            let held = self.hold(&hub, &alias, facts, secret, work);
            let now = self.now();
            let id = RequestId(self.generate_id());
            let destination = ConnectionRequest::create_destination(&alias, id, Actor::System, now);
            let detail = message!("activity-same-subaccount", hub = &hub.name, subaccount = hub.subaccount.as_str());
            work.put(Change::PutRequest(ConnectionRequest {
                id,
                hub_id: hub.id,
                alias: alias.clone(),
                portal_key: portal.key(),
                portal_id: Some(portal.id),
                comment: String::new(),
                submitted_by: Actor::System,
                submitted_at: now,
                state: RequestState::Approved { held, approved_by: Actor::System, approved_at: now, destination },
            }));
            work.put(Change::PutHealth(ConnectionHealth::unknown(id)));
            work.record(AuditAction::ConnectedAutomatically, alias, detail);
            Ok(())
        })
    }

    /// The hub's own copy of a credential: its secret is stored under an id of its own.
    pub(super) fn hold(
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
        )
        .to_string();
        work.store_secret(NewSecret { id, label, secret });
        HeldCredential { facts, secret: id, applied_at: self.now(), applied_by: work.actor() }
    }

    pub(super) fn get_portal(&self, id: PortalId) -> Result<Portal, Failure> {
        self.repository.find_portal(id)?.ok_or(Failure::NotFound("portal"))
    }

    /// The portal that answers at a URL with this key.
    pub(super) fn find_portal_by_url_key(&self, key: &str) -> Result<Option<Portal>, Failure> {
        let endpoints = self.endpoints()?;
        let portals = self.repository.list_portals()?;
        Ok(portals.into_iter().find(|portal| derive_url_key(&endpoints.portal_url(portal)) == key))
    }

    /// The hub in the portal's own subaccount.
    pub(super) fn find_own_hub(&self, portal: &Portal) -> Result<Option<Hub>, Failure> {
        Ok(self.repository.list_hubs()?.into_iter().find(|hub| hub.subaccount == portal.subaccount))
    }

    pub(super) fn find_open_request(&self, portal: &Portal) -> Result<Option<ConnectionRequest>, Failure> {
        Ok(self.repository.find_open_request_of_portal(&portal.key())?)
    }

    pub(super) fn find_current(&self, portal: &Portal) -> Result<Option<Credential>, Failure> {
        let credentials = self.repository.list_credentials(portal.id)?;
        Ok(credentials.into_iter().find(Credential::is_current))
    }

    pub(super) fn get_credential(&self, id: CredentialId) -> Result<(Portal, Credential), Failure> {
        let credential = self.repository.find_credential(id)?.ok_or(Failure::NotFound("credential"))?;
        Ok((self.get_portal(credential.portal_id)?, credential))
    }

    pub(super) fn read_document(&self, portal: &Portal, credential: &Credential) -> Result<AccessDocument, Failure> {
        let secret = self.get_secret(must_not_be_retired(credential)?)?;
        // EXPOSE: another program may have changed the item; what does not fit must not be handed over.
        let fits = match &credential.kind {
            CredentialKind::ClientSecret => std::str::from_utf8(secret.expose()).is_ok(),
            CredentialKind::Certificate(chain) => {
                PrivateKey::from_der(secret.expose()).is_ok_and(|key| key.belongs_to(chain))
            }
        };
        if !fits {
            let client = &credential.client_id;
            let reason = match &credential.kind {
                CredentialKind::ClientSecret => message!("keychain-changed-secret", client = client),
                CredentialKind::Certificate(_) => message!("keychain-changed-key", client = client),
            };
            return Err(SecretStoreError::Broken { reason }.into());
        }
        Ok(AccessDocument { facts: portal.access_facts(credential, &self.endpoints()?), secret, extra: None })
    }

    pub(super) fn overview(
        &self,
        credential: Credential,
        request: Option<&ConnectionRequest>,
        now: DateTime<Utc>,
    ) -> Result<CredentialOverview, Failure> {
        let days_left = credential.valid_until().map(|end| derive_days_left(end, now));
        let applied = self.applied_credential(&credential, request)?;
        let item = credential.secret().map(|id| self.repository.find_secret_item(id)).transpose()?.flatten();
        Ok(CredentialOverview { credential, days_left, applied, secret_label: item.map(|item| item.label) })
    }

    pub(super) fn applied_credential(
        &self,
        credential: &Credential,
        request: Option<&ConnectionRequest>,
    ) -> Result<Applied, Failure> {
        let same =
            |request: &&ConnectionRequest| request.facts().is_credential(&credential.kind, &credential.client_id);
        // A retired credential is ended, whoever still holds it.
        let request = request.filter(same).filter(|_| credential.secret().is_some());
        self.applied(request)
    }

    fn applied(&self, request: Option<&ConnectionRequest>) -> Result<Applied, Failure> {
        let Some(request) = request else { return Ok(Applied::Nowhere) };
        let hub = self.repository.find_hub(request.hub_id)?.ok_or(Failure::NotFound("hub"))?;
        Ok(Applied::To {
            request: request.id,
            hub_id: hub.id,
            hub: hub.name,
            alias: request.alias.clone(),
            state: request.kind(),
            vocabulary: hub.vocabulary,
        })
    }

    /// Makes what *Generate Credentials* makes: the next key of the generated service instance, as the current credential in
    /// place of the `former` one. Returns a copy of its secret, too.
    fn issue_current(
        &self,
        portal: &Portal,
        kind: GenerateKind,
        former: Option<Credential>,
        work: &mut Work<'_>,
    ) -> Result<(Credential, SecretBytes), Failure> {
        let created_by = work.actor();
        let instance = self.get_or_create_generated_instance(portal, &created_by, work)?;
        let key_name = self.derive_key_name(&instance)?;
        let issuing = Issuing { instance: &instance, key_name, created_by };
        let (credential, secret) = self.issue(portal, &NewServiceKey::Generated(kind), issuing, work)?;
        // Before the new one: the database lets a portal have one current credential.
        if let Some(former) = former {
            work.put(Change::PutCredential(former.supersede(credential.created_at)));
        }
        work.put(Change::PutCredential(credential.clone()));
        // EXPOSE: a hub in the same subaccount is the other party and keeps its own copy.
        let copy = SecretBytes::new(secret.secret.expose().to_vec());
        work.store_secret(secret);
        Ok((credential, copy))
    }

    /// Makes a credential and its secret, and an authority where there is none.
    pub(super) fn issue(
        &self,
        portal: &Portal,
        key: &NewServiceKey,
        issuing: Issuing<'_>,
        work: &mut Work<'_>,
    ) -> Result<(Credential, NewSecret), Failure> {
        let created_at = self.now();
        let PortalHome::Here { instance_number } = portal.home else {
            return Err(
                Refusal::PortalElsewhere { portal: portal.name.clone(), action: Action::GenerateCredentials }.into()
            );
        };
        // Unique over all portals: at the host, where a request names no portal, the client id alone says which is meant.
        let mut stamp = created_at;
        let mut client_id = Portal::derive_client_id(instance_number, stamp);
        while !self.repository.list_credentials_of_client(&client_id)?.is_empty() {
            stamp += TimeDelta::milliseconds(1);
            client_id = Portal::derive_client_id(instance_number, stamp);
        }
        let (kind, secret, verifier) = match key {
            NewServiceKey::ChosenSecret(secret) => {
                let verifier = SecretVerifier::for_chosen(secret, self.entropy.as_ref());
                // EXPOSE: one copy goes into the keychain; the person's own stays for another attempt.
                (CredentialKind::ClientSecret, SecretBytes::new(secret.expose().to_vec()), Some(verifier))
            }
            NewServiceKey::Generated(GenerateKind::ClientSecret) => {
                let secret = self.generate_client_secret();
                let verifier = SecretVerifier::for_generated(&secret, self.entropy.as_ref());
                (CredentialKind::ClientSecret, secret, Some(verifier))
            }
            NewServiceKey::Generated(GenerateKind::Certificate(algorithm)) => {
                let not_before = created_at.trunc_subsecs(0);
                let not_after = not_before + TimeDelta::days(VALIDITY_DAYS);
                let (authority, authority_key) =
                    self.get_or_generate_authority(&AuthorityPurpose::Clients, not_after, work)?;
                let spec = self.certificate_spec(&client_id, &portal.slug, not_before, not_after);
                let issued = self.issuer.generate_leaf(&authority, &authority_key, *algorithm, &spec)?;
                let chain = CertificateChain::parse(&issued.chain_pem)
                    .map_err(|problem| IssueError { reason: problem.to_string() })?;
                (CredentialKind::Certificate(chain), issued.private_key, None)
            }
        };
        let Issuing { instance, key_name, created_by } = issuing;
        let secret_id = SecretId(self.generate_id());
        let label = secret_label(&kind, &client_id, portal);
        let credential = Credential {
            id: CredentialId(self.generate_id()),
            portal_id: portal.id,
            origin: CredentialOrigin::ServiceKey { instance_id: instance.id, key_name, verifier },
            client_id,
            kind,
            created_at,
            created_by,
            state: CredentialState::Current { secret: secret_id },
        };
        Ok((credential, NewSecret { id: secret_id, label, secret }))
    }

    pub(super) fn generate_client_secret(&self) -> SecretBytes {
        let mut random = Zeroizing::new([0; CLIENT_SECRET_BYTES]);
        self.entropy.fill(random.as_mut());
        SecretBytes::new(BASE64_STANDARD.encode(random.as_ref()).into_bytes())
    }
}

/// Which service key a credential is made for.
pub(super) struct Issuing<'a> {
    pub instance: &'a ServiceInstance,
    pub key_name: String,
    pub created_by: Actor,
}

/// What a portal elsewhere owns cannot be changed from here.
pub(super) fn must_be_here(portal: &Portal, action: Action) -> Result<(), Refusal> {
    if portal.is_here() { Ok(()) } else { Err(Refusal::PortalElsewhere { portal: portal.name.clone(), action }) }
}

fn must_be_elsewhere(portal: &Portal) -> Result<(), Refusal> {
    if portal.is_here() { Err(Refusal::PortalHere { portal: portal.name.clone() }) } else { Ok(()) }
}

fn must_be_unconnected(portal: &Portal, request: Option<&ConnectionRequest>) -> Result<(), Refusal> {
    match request {
        Some(request) => Err(Refusal::StillNeeded {
            name: portal.name.clone(),
            reason: message!("refusal-still-needed-request", alias = &request.alias, state = request.kind().word()),
            connected: request.kind() == RequestStateKind::Approved,
        }),
        None => Ok(()),
    }
}

/// What a secret of a portal's credentials is called in the keychain.
pub(super) fn secret_label(kind: &CredentialKind, client_id: &str, portal: &Portal) -> String {
    message!("secret-label-portal", kind = kind.secret_phrase(), client = client_id, portal = &portal.name).to_string()
}
