//! The two private authorities of this installation: one certifies its token service, the other the clients that it
//! issues certificate credentials to. Neither can do the other's work, and neither can certify anything else.

use chrono::{DateTime, SubsecRound, Utc};
use documents::SecretBytes;
use messages::{Day, message};

use crate::{
    activity::AuditAction,
    drawbridge::{
        Drawbridge,
        work::{NewSecret, Work},
    },
    id::SecretId,
    person::Actor,
    pki::{Authority, AuthorityPurpose, CertificateSpec},
    ports::{LocalChange, RepositoryError, SecretStoreError},
    refusal::{Failure, Refusal},
    time::{ClockJump, SeenTime},
    token_service::OwnService,
};

impl Drawbridge {
    /// The authority that signs for `purpose` now, whether or not it covers all of it.
    pub(crate) fn find_authority(&self, purpose: &AuthorityPurpose) -> Result<Option<Authority>, Failure> {
        Ok(match purpose {
            AuthorityPurpose::Server { .. } => self.repository.find_server_authority()?,
            AuthorityPurpose::Clients => self.repository.find_client_authority()?,
        })
    }

    /// An authority for `purpose` with its key. Generates one where none covers it and lasts until `not_after`, or
    /// where its key is gone.
    pub(crate) fn get_or_generate_authority(
        &self,
        purpose: &AuthorityPurpose,
        not_after: DateTime<Utc>,
        work: &mut Work<'_>,
    ) -> Result<(Authority, SecretBytes), Failure> {
        let existing = self.find_authority(purpose)?;
        let (now, seen) = (self.now(), self.see_time()?);
        // One whose start lies in the future, from a time when the clock was wrong, is not valid yet for those who
        // verify it.
        let begun = |authority: &Authority| !SeenTime::is_from_the_future(authority.created_at, now);
        if let Some(authority) = &existing {
            // Other programs trust it: a clock that is slow or fast must not replace it.
            if !begun(authority) && !seen.was_ahead(authority.created_at, now) {
                return Err(Refusal::ClockBehind { not_before: authority.created_at }.into());
            }
            if let Some(ClockJump { from, to }) = seen.jump.filter(|_| !authority.outlives(not_after)) {
                return Err(Refusal::ClockAhead { from, to }.into());
            }
        }
        let usable = |authority: &&Authority| {
            authority.purpose.covers(purpose) && authority.outlives(not_after) && begun(authority)
        };
        if let Some(authority) = existing.as_ref().filter(usable) {
            match self.get_secret(authority.secret) {
                Ok(key) => return Ok((authority.clone(), key)),
                // Only an item that is surely gone is replaced; certificates issued before stay valid until they end.
                Err(Failure::Keychain(SecretStoreError::Missing)) => {}
                Err(error) => return Err(error),
            }
        }
        // If the clock is fast at this moment, the certificate still begins in time.
        let created_at = seen.believed(now);
        let not_before = created_at.trunc_subsecs(0);
        let name = purpose.common_name();
        let spec = self.certificate_spec(name, "Drawbridge", not_before, now.trunc_subsecs(0) + Authority::VALIDITY);
        let issued = self.issuer.generate_authority(purpose, &spec)?;
        let authority = Authority {
            purpose: purpose.clone(),
            certificate_pem: issued.chain_pem,
            not_after: spec.not_after,
            secret: SecretId(self.generate_id()),
            created_at,
        };
        // EXPOSE: one copy goes into the keychain, the other signs right now.
        let copy = SecretBytes::new(issued.private_key.expose().to_vec());
        let day = Day(authority.not_after);
        let (label, subject, detail) = match purpose {
            AuthorityPurpose::Server { names } => (
                message!("secret-label-server-authority"),
                message!("activity-of-server-authority"),
                message!("activity-server-authority-until", names = names.join(", "), day = day),
            ),
            AuthorityPurpose::Clients => (
                message!("secret-label-client-authority"),
                message!("activity-of-client-authority"),
                message!("activity-authority-until", day = day),
            ),
        };
        work.store_secret(NewSecret { id: authority.secret, label, secret: copy });
        // It does not sign any more, so its key is deleted.
        if let Some(former) = existing {
            work.drop_secret(former.secret);
        }
        work.put(LocalChange::PutAuthority(authority.clone()));
        work.record_as(Actor::System, AuditAction::AuthorityGenerated, subject, detail);
        Ok((authority, issued.private_key))
    }

    /// How the connector recognises this installation's token service. A former authority that signed the TLS
    /// certificate counts as long as the service shows that certificate.
    pub(crate) fn get_own_service(&self) -> Result<OwnService, RepositoryError> {
        let settings = self.repository.get_settings()?.token_service;
        let present = self.repository.find_server_authority()?.map(|authority| authority.certificate_pem);
        let shown = self.repository.find_token_service_identity()?.map(|identity| identity.issuer_pem().to_owned());
        let mut authorities: Vec<String> = present.into_iter().collect();
        authorities.extend(shown.filter(|shown| authorities.iter().all(|present| present.trim() != shown)));
        let ports = [settings.endpoints.port, settings.endpoints.mutual_tls_port];
        Ok(OwnService { authorities, names: settings.names(), ports })
    }

    pub(crate) fn certificate_spec(
        &self,
        common_name: &str,
        organizational_unit: &str,
        not_before: DateTime<Utc>,
        not_after: DateTime<Utc>,
    ) -> CertificateSpec {
        let mut serial = [0; 16];
        self.entropy.fill(&mut serial);
        // Positive and without leading zeros (RFC 5280 §4.1.2.2).
        serial[0] = (serial[0] & 0x7f) | 0x40;
        CertificateSpec {
            common_name: common_name.to_owned(),
            organizational_unit: organizational_unit.to_owned(),
            serial,
            not_before,
            not_after,
        }
    }
}
