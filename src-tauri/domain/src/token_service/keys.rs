//! The token service's own keys: generated at its first start, renewed in time, never replaced while they are usable.

use chrono::{SubsecRound, TimeDelta};
use documents::{CertificateChain, PrivateKey, SecretBytes};
use messages::{Message, message};

use crate::{
    activity::AuditAction,
    credential::VALIDITY_DAYS,
    drawbridge::{
        Drawbridge, TokenServiceOperations,
        work::{NewSecret, Work},
    },
    id::SecretId,
    operation::Operation,
    pki::{Authority, AuthorityPurpose},
    portal::Portal,
    ports::{LocalChange, SecretStoreError},
    refusal::{Failure, Refusal},
    time::{ClockJump, SeenTime},
    token_service::{TokenServiceIdentity, TokenServiceKeys, TokenServiceSettings},
};

/// How long before its end the TLS certificate is renewed.
pub(crate) const RENEW_BEFORE: TimeDelta = TimeDelta::days(30);

/// What the token service is to do, and what its keys follow from. When the plan changes, it has to be restarted or
/// needs other keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenServicePlan {
    /// Whether it is to run: it is switched on, and there is a portal.
    pub wanted: bool,
    /// Where it is to listen.
    pub settings: TokenServiceSettings,
    client_authorities: Vec<String>,
    identity: Option<TokenServiceIdentity>,
    /// Why the TLS certificate is neither renewed nor replaced although it should be: the clock cannot be believed yet.
    pub waits: Option<Refusal>,
    renewal_due: bool,
}

/// What is to be done about the TLS certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Renewal {
    /// Nothing: it is good.
    None,
    /// It is to be replaced.
    Due,
    /// It would have to be replaced if the clock were right.
    Waits(Refusal),
}

impl TokenServiceOperations<'_> {
    /// What the token service is to do now. Needs no keychain.
    pub fn plan(&self) -> Result<TokenServicePlan, Failure> {
        let settings = self.repository.get_settings()?.token_service;
        let identity = self.repository.find_token_service_identity()?;
        let renewal = match &identity {
            Some(identity) => self.judge_renewal(identity, &settings, &self.see_time()?)?,
            None => Renewal::None,
        };
        let (renewal_due, waits) = match renewal {
            Renewal::None => (false, None),
            Renewal::Due => (true, None),
            Renewal::Waits(refusal) => (false, Some(refusal)),
        };
        Ok(TokenServicePlan {
            wanted: settings.enabled && self.repository.list_portals()?.iter().any(Portal::is_local),
            client_authorities: self.repository.list_client_authority_certificates()?,
            waits,
            renewal_due,
            identity,
            settings,
        })
    }

    /// The keys of the token service from the keychain. Generates those that do not exist or are about to end.
    pub fn prepare(&self) -> Result<TokenServiceKeys, Failure> {
        self.look_at_clock();
        let mut keys = self.change(Operation::PrepareTokenService, |work| {
            let settings = self.repository.get_settings()?.token_service;
            let former = self.repository.find_token_service_identity()?;
            let (now, seen) = (self.now(), self.see_time()?);
            let kept = match &former {
                Some(identity) => {
                    self.find_usable_secret(identity.signing_key, |_| true)?.map(|key| (identity.signing_key, key))
                }
                None => None,
            };
            let (signing_id, signing_key) = match kept {
                Some(kept) => kept,
                None => {
                    if let Some(identity) = &former {
                        work.drop_secret(identity.signing_key);
                    }
                    let key = self.issuer.generate_signing_key()?;
                    let label = message!("secret-label-signing-key");
                    (self.stage_secret(label, &key, work), key)
                }
            };
            let usable = match &former {
                Some(identity) => match self.judge_renewal(identity, &settings, &seen)? {
                    Renewal::None | Renewal::Waits(_) => Some(identity),
                    Renewal::Due => None,
                },
                None => None,
            };
            let tls = match usable {
                Some(identity) => {
                    let fits = |key: &PrivateKey| {
                        CertificateChain::parse(&identity.certificate_pem).is_ok_and(|chain| key.belongs_to(&chain))
                    };
                    self.find_usable_secret(identity.tls_key, fits)?.map(|key| (identity.clone(), key))
                }
                None => None,
            };
            let (identity, tls_key) = match tls {
                Some((identity, key)) => {
                    // A certificate by a former authority is used until it has to be renewed. Clients that trust that
                    // authority go on working, and have until then to take over the new one, so that one has to exist
                    // already.
                    let purpose = AuthorityPurpose::Server { names: settings.names() };
                    if !self.find_authority(&purpose)?.is_some_and(|present| present.purpose.covers(&purpose)) {
                        self.get_or_generate_authority(&purpose, now + TimeDelta::days(VALIDITY_DAYS), work)?;
                    }
                    (TokenServiceIdentity { signing_key: signing_id, ..identity }, key)
                }
                None => {
                    if let Some(identity) = &former {
                        work.drop_secret(identity.tls_key);
                    }
                    self.issue_identity(&settings, signing_id, work)?
                }
            };
            if self.repository.find_client_authority()?.is_none() {
                // The listener for certificates has to know which authorities to accept before the first certificate is
                // issued.
                self.get_or_generate_authority(&AuthorityPurpose::Clients, now + TimeDelta::days(VALIDITY_DAYS), work)?;
            }
            if former.as_ref() != Some(&identity) {
                work.put(LocalChange::PutTokenServiceIdentity(identity.clone()));
            }
            Ok(TokenServiceKeys {
                certificate_pem: identity.certificate_pem,
                tls_key,
                signing_key,
                client_authorities: Vec::new(),
            })
        })?;
        keys.client_authorities = self.repository.list_client_authority_certificates()?;
        Ok(keys)
    }

    /// *Take Over Now*: the token service shows a certificate by the present authority from now on, and does not wait
    /// until the one by the former authority has to be renewed.
    pub fn take_over_authority(&self) -> Result<(), Failure> {
        self.look_at_clock();
        self.change(Operation::TakeOverAuthority, |work| {
            let settings = self.repository.get_settings()?.token_service;
            let identity = self.repository.find_token_service_identity()?.ok_or(Refusal::NoAuthority)?;
            let present = self.repository.find_server_authority()?.ok_or(Refusal::NoAuthority)?;
            if identity.is_issued_by(&present) {
                return Ok(());
            }
            let (renewed, _) = self.issue_identity(&settings, identity.signing_key, work)?;
            let subject = message!("activity-of-token-service");
            let detail = message!("activity-authority-taken-over");
            work.record(AuditAction::TokenServiceChanged, subject, detail);
            work.drop_secret(identity.tls_key);
            work.put(LocalChange::PutTokenServiceIdentity(renewed));
            Ok(())
        })
    }

    /// The same keys for a service that runs under other names than those of the settings, which stay as they are.
    /// Where the stored TLS certificate lacks a name, another certificate is issued and held in memory only.
    pub fn prepare_for(&self, settings: &TokenServiceSettings) -> Result<TokenServiceKeys, Failure> {
        let keys = self.token_service().prepare()?;
        let issued = self.change(Operation::PrepareTokenService, |work| {
            let stored =
                self.repository.find_token_service_identity()?.map(|identity| identity.names).unwrap_or_default();
            let names = settings.names();
            if names.iter().all(|name| stored.contains(name)) {
                return Ok(None);
            }
            let not_before = self.now().trunc_subsecs(0);
            let not_after = not_before + TimeDelta::days(VALIDITY_DAYS);
            // An authority that also covers what the settings say and what the present one covers, because other
            // services may show its certificates. It is the authority of this installation from now on.
            let mut covered = self.repository.get_settings()?.token_service.names();
            if let Some(Authority { purpose: AuthorityPurpose::Server { names }, .. }) =
                self.repository.find_server_authority()?
            {
                covered.extend(names.into_iter().filter(|name| !covered.contains(name)).collect::<Vec<_>>());
            }
            covered.extend(names.iter().filter(|name| !covered.contains(name)).cloned().collect::<Vec<_>>());
            let purpose = AuthorityPurpose::Server { names: covered };
            let (authority, authority_key) = self.get_or_generate_authority(&purpose, not_after, work)?;
            let spec = self.certificate_spec("Drawbridge token service", "Token service", not_before, not_after);
            let issued = self.issuer.generate_server_leaf(&authority, &authority_key, &names, &spec)?;
            Ok(Some(issued))
        })?;
        Ok(match issued {
            Some(issued) => TokenServiceKeys { certificate_pem: issued.chain_pem, tls_key: issued.private_key, ..keys },
            None => keys,
        })
    }
}

impl Drawbridge {
    /// A TLS certificate for the names of `settings` with its key, which is to be stored.
    fn issue_identity(
        &self,
        settings: &TokenServiceSettings,
        signing_key: SecretId,
        work: &mut Work<'_>,
    ) -> Result<(TokenServiceIdentity, SecretBytes), Failure> {
        let not_before = self.now().trunc_subsecs(0);
        let not_after = not_before + TimeDelta::days(VALIDITY_DAYS);
        let names = settings.names();
        let purpose = AuthorityPurpose::Server { names: names.clone() };
        let (authority, authority_key) = self.get_or_generate_authority(&purpose, not_after, work)?;
        let spec = self.certificate_spec("Drawbridge token service", "Token service", not_before, not_after);
        let issued = self.issuer.generate_server_leaf(&authority, &authority_key, &names, &spec)?;
        let tls_key = self.stage_secret(message!("secret-label-tls-key"), &issued.private_key, work);
        let certificate_pem = issued.chain_pem;
        let identity = TokenServiceIdentity { certificate_pem, not_before, not_after, names, tls_key, signing_key };
        Ok((identity, issued.private_key))
    }

    fn judge_renewal(
        &self,
        identity: &TokenServiceIdentity,
        settings: &TokenServiceSettings,
        seen: &SeenTime,
    ) -> Result<Renewal, Failure> {
        let now = self.now();
        let from_the_future = SeenTime::is_from_the_future(identity.not_before, now);
        if identity.names != settings.names() {
            // A person has changed the settings and waits for the result.
            return Ok(Renewal::Due);
        }
        if !from_the_future && identity.not_after > now + RENEW_BEFORE {
            return Ok(Renewal::None);
        }
        let not_before = identity.not_before;
        match seen.jump {
            Some(_) if from_the_future => return Ok(Renewal::Waits(Refusal::ClockBehind { not_before })),
            Some(ClockJump { from, to }) => return Ok(Renewal::Waits(Refusal::ClockAhead { from, to })),
            None => {}
        }
        // An authority that does not sign yet, for whichever of the two reasons, renews nothing.
        let authority = self.repository.find_server_authority()?.map(|authority| authority.created_at);
        Ok(match authority.filter(|start| SeenTime::is_from_the_future(*start, now) && !seen.was_ahead(*start, now)) {
            Some(not_before) => Renewal::Waits(Refusal::ClockBehind { not_before }),
            None => Renewal::Due,
        })
    }

    /// The key. Only if it is surely gone, or another program has replaced it, may another one be generated. These keys
    /// are used by this service only.
    fn find_usable_secret(
        &self,
        id: SecretId,
        fits: impl Fn(&PrivateKey) -> bool,
    ) -> Result<Option<SecretBytes>, Failure> {
        match self.get_secret(id) {
            // EXPOSE: it is looked at, not handed on.
            Ok(secret) => Ok(PrivateKey::from_der(secret.expose()).is_ok_and(|key| fits(&key)).then_some(secret)),
            Err(Failure::Keychain(SecretStoreError::Missing)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn stage_secret(&self, label: Message, secret: &SecretBytes, work: &mut Work<'_>) -> SecretId {
        let id = SecretId(self.generate_id());
        // EXPOSE: one copy goes into the keychain, the other is used right now.
        let copy = SecretBytes::new(secret.expose().to_vec());
        work.store_secret(NewSecret { id, label, secret: copy });
        id
    }
}
