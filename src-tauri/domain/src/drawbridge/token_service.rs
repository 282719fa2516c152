//! The token service's own keys: generated at its first start, renewed in time, never replaced while they are usable.

use chrono::{SubsecRound, TimeDelta};
use messages::{Message, message};

use super::{Drawbridge, secrets::NewSecret};
use crate::{
    CertificateChain, Change, Failure, Portal, PrivateKey, Refusal, SecretBytes, SecretStoreError,
    TokenServiceIdentity, TokenServiceKeys, TokenServiceSettings, VALIDITY_DAYS, id::SecretId,
};

/// How long before its end the TLS certificate is renewed.
const RENEW_BEFORE: TimeDelta = TimeDelta::days(30);

/// What the token service is to do, and what its keys follow from: another plan means another start, or other keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenServicePlan {
    /// Whether it is to run: it is switched on, and there is a portal.
    pub wanted: bool,
    /// Where it is to listen.
    pub settings: TokenServiceSettings,
    client_authorities: Vec<String>,
    identity: Option<TokenServiceIdentity>,
    renewal_due: bool,
}

impl Drawbridge {
    /// What the token service is to do now. Needs no keychain.
    pub fn plan_token_service(&self) -> Result<TokenServicePlan, Failure> {
        let settings = self.repository.get_settings()?.token_service;
        let identity = self.repository.find_token_service_identity()?;
        Ok(TokenServicePlan {
            wanted: settings.enabled && self.repository.list_portals()?.iter().any(Portal::is_here),
            client_authorities: self.repository.list_authority_certificates()?,
            renewal_due: identity.as_ref().is_some_and(|identity| !self.is_usable(identity, &settings)),
            identity,
            settings,
        })
    }

    /// The keys of the token service from the keychain; generates what does not exist, or is about to end.
    pub fn prepare_token_service(&self) -> Result<TokenServiceKeys, Failure> {
        let _change = self.start_change()?;
        let settings = self.repository.get_settings()?.token_service;
        let former = self.repository.find_token_service_identity()?;
        let now = self.now();
        if let Some(identity) = former.as_ref().filter(|identity| identity.not_before > now) {
            return Err(Refusal::ClockBehind { not_before: identity.not_before }.into());
        }
        let mut new = Vec::new();
        let mut obsolete = Vec::new();
        let kept = match &former {
            Some(identity) => {
                self.find_usable_secret(identity.signing_key, |_| true)?.map(|key| (identity.signing_key, key))
            }
            None => None,
        };
        let (signing_id, signing_key) = match kept {
            Some(kept) => kept,
            None => {
                obsolete.extend(former.as_ref().map(|identity| identity.signing_key));
                let key = self.issuer.generate_signing_key()?;
                let label = message!("secret-label-signing-key");
                (self.stage_secret(&label, &key, &mut new), key)
            }
        };
        let usable = former.as_ref().filter(|identity| self.is_usable(identity, &settings));
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
            Some((identity, key)) => (TokenServiceIdentity { signing_key: signing_id, ..identity }, key),
            None => {
                obsolete.extend(former.as_ref().map(|identity| identity.tls_key));
                let not_before = now.trunc_subsecs(0);
                let not_after = not_before + TimeDelta::days(VALIDITY_DAYS);
                let (authority, authority_key) = self.get_or_generate_authority(not_after)?;
                let names = names(&settings);
                let spec = self.certificate_spec("Drawbridge token service", "Token service", not_before, not_after);
                let issued = self.issuer.generate_server_leaf(&authority, &authority_key, &names, &spec)?;
                let label = message!("secret-label-tls-key");
                let tls_key = self.stage_secret(&label, &issued.private_key, &mut new);
                let certificate_pem = issued.chain_pem;
                let signing_key = signing_id;
                let identity =
                    TokenServiceIdentity { certificate_pem, not_before, not_after, names, tls_key, signing_key };
                (identity, issued.private_key)
            }
        };
        if !new.is_empty() {
            let changes = vec![Change::PutTokenServiceIdentity(identity.clone())];
            self.exchange_secrets(new, &obsolete, changes)?;
        }
        Ok(TokenServiceKeys {
            certificate_pem: identity.certificate_pem,
            tls_key,
            signing_key,
            client_authorities: self.repository.list_authority_certificates()?,
        })
    }

    /// The same keys for a service that runs under other names than those of the settings, which stay as they are: where
    /// the stored TLS certificate lacks one, another certificate is issued and held in memory only.
    pub fn prepare_token_service_for(&self, settings: &TokenServiceSettings) -> Result<TokenServiceKeys, Failure> {
        let keys = self.prepare_token_service()?;
        let _change = self.start_change()?;
        let stored = self.repository.find_token_service_identity()?.map(|identity| identity.names).unwrap_or_default();
        let names = names(settings);
        if names.iter().all(|name| stored.contains(name)) {
            return Ok(keys);
        }
        let not_before = self.now().trunc_subsecs(0);
        let not_after = not_before + TimeDelta::days(VALIDITY_DAYS);
        let (authority, authority_key) = self.get_or_generate_authority(not_after)?;
        let spec = self.certificate_spec("Drawbridge token service", "Token service", not_before, not_after);
        let issued = self.issuer.generate_server_leaf(&authority, &authority_key, &names, &spec)?;
        Ok(TokenServiceKeys { certificate_pem: issued.chain_pem, tls_key: issued.private_key, ..keys })
    }

    fn is_usable(&self, identity: &TokenServiceIdentity, settings: &TokenServiceSettings) -> bool {
        identity.not_after > self.now() + RENEW_BEFORE && identity.names == names(settings)
    }

    /// The key, unless it is surely gone, or another program has put something else in its place: only then may another
    /// one be generated. Nobody but this service needs these keys.
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

    fn stage_secret(&self, label: &Message, secret: &SecretBytes, new: &mut Vec<NewSecret>) -> SecretId {
        let id = SecretId(self.generate_id());
        // EXPOSE: one copy goes into the keychain, the other is used right now.
        let copy = SecretBytes::new(secret.expose().to_vec());
        new.push(NewSecret { id, label: label.to_string(), secret: copy });
        id
    }
}

/// The names that the TLS certificate is issued for.
fn names(settings: &TokenServiceSettings) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let host = settings.endpoints.host.trim_matches(['[', ']']).to_owned();
    for name in [host, settings.address.to_string()] {
        // An address that stands for all of them is no name of this computer.
        if !names.contains(&name) && !name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_unspecified()) {
            names.push(name);
        }
    }
    names
}
