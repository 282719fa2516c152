//! *Generate Credentials* and *Regenerate Credentials*.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{SubsecRound, TimeDelta};
use documents::{CertificateChain, SecretBytes};
use messages::{Message, message};
use zeroize::Zeroizing;

use crate::{
    activity::AuditAction,
    credential::{
        CLIENT_SECRET_BYTES, Credential, CredentialKind, CredentialOrigin, CredentialState, GenerateKind, Lifetime,
        SecretVerifier, VALIDITY_DAYS,
    },
    drawbridge::{
        Drawbridge, PortalOperations,
        work::{NewSecret, Work},
    },
    id::{CredentialId, PortalId, SecretId},
    operation::Operation,
    person::{Action, Actor},
    pki::{AuthorityPurpose, IssueError},
    portal::{Portal, PortalHome, ServiceInstance, must_be_local},
    ports::SharedChange,
    refusal::{Failure, Refusal},
};

/// What a new service key is to carry.
#[derive(Debug)]
pub enum NewServiceKey {
    /// A credential that is generated.
    Generated(GenerateKind),
    /// A client secret that a person chose.
    ChosenSecret(SecretBytes),
}

impl NewServiceKey {
    /// The least number of characters of a client secret that a person chooses.
    pub const MIN_CHOSEN_SECRET: usize = 16;
}

/// Which service key a credential is made for.
pub(crate) struct Issuing<'a> {
    pub instance: &'a ServiceInstance,
    pub key_name: String,
    pub created_by: Actor,
}

impl PortalOperations<'_> {
    /// *Generate Credentials*: the first ones of a portal.
    pub fn generate_credentials(&self, id: PortalId, kind: GenerateKind) -> Result<Credential, Failure> {
        self.look_at_clock();
        self.change(Operation::GenerateCredentials, |work| {
            let portal = self.get_portal(id)?;
            must_be_local(&portal, Action::GenerateCredentials)?;
            if self.find_current(&portal)?.is_some() {
                return Err(Refusal::CredentialsExist { portal: portal.name }.into());
            }
            let credential = self.issue_current(&portal, kind, None, work)?.0;
            work.record(AuditAction::CredentialsGenerated, portal.tagged_name(), credential.describe());
            Ok(credential)
        })
    }

    /// *Regenerate Credentials*: the former ones are superseded and stay valid until they are retired.
    pub fn regenerate_credentials(&self, id: PortalId, kind: GenerateKind) -> Result<Credential, Failure> {
        self.look_at_clock();
        self.change(Operation::RegenerateCredentials, |work| {
            let portal = self.get_portal(id)?;
            must_be_local(&portal, Action::GenerateCredentials)?;
            let former =
                self.find_current(&portal)?.ok_or_else(|| Refusal::NoCredentials { portal: portal.name.clone() })?;
            let credential = self.issue_current(&portal, kind, Some(former), work)?.0;
            work.record(AuditAction::CredentialsRegenerated, portal.tagged_name(), credential.describe());
            Ok(credential)
        })
    }
}

impl Drawbridge {
    /// Generates what *Generate Credentials* shows: the next key of the generated service instance, as the current
    /// credential in place of the `former` one. Also returns a copy of its secret.
    pub(crate) fn issue_current(
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
        // Before the new one is added: the database allows a portal one current credential.
        if let Some(former) = former {
            work.put(SharedChange::PutCredential(former.supersede(credential.created_at)));
        }
        work.put(SharedChange::PutCredential(credential.clone()));
        // EXPOSE: a hub in the same subaccount is the other party and keeps its own copy.
        let copy = SecretBytes::new(secret.secret.expose().to_vec());
        work.store_secret(secret);
        Ok((credential, copy))
    }

    /// Generates a credential and its secret, and an authority where there is none.
    pub(crate) fn issue(
        &self,
        portal: &Portal,
        key: &NewServiceKey,
        issuing: Issuing<'_>,
        work: &mut Work<'_>,
    ) -> Result<(Credential, NewSecret), Failure> {
        let created_at = self.now();
        let PortalHome::Local { instance_number } = portal.home else {
            return Err(
                Refusal::PortalInSap { portal: portal.name.clone(), action: Action::GenerateCredentials }.into()
            );
        };
        // Unique over all portals: at the host, where a request names no portal, only the client id says which is
        // meant.
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
                (
                    CredentialKind::ClientSecret(Lifetime::OfServiceKey),
                    SecretBytes::new(secret.expose().to_vec()),
                    Some(verifier),
                )
            }
            NewServiceKey::Generated(GenerateKind::ClientSecret) => {
                let secret = self.generate_client_secret();
                let verifier = SecretVerifier::for_generated(&secret, self.entropy.as_ref());
                (CredentialKind::ClientSecret(Lifetime::OfServiceKey), secret, Some(verifier))
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

    pub(crate) fn generate_client_secret(&self) -> SecretBytes {
        let mut random = Zeroizing::new([0; CLIENT_SECRET_BYTES]);
        self.entropy.fill(random.as_mut());
        SecretBytes::new(BASE64_STANDARD.encode(random.as_ref()).into_bytes())
    }
}

/// The label of a portal's secret in the keychain.
pub(crate) fn secret_label(kind: &CredentialKind, client_id: &str, portal: &Portal) -> Message {
    message!("secret-label-portal", kind = kind.secret_phrase(), client = client_id, portal = &portal.name)
}
