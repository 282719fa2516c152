//! *Copy* and *Export…*: credentials leave as documents, by the user's deliberate act.

use std::collections::HashSet;

use documents::{
    CertUrl, CredentialDocument, Export, Extra, File, Format, KeyStoreKind, Preview, PrivateKey, PublicParts,
    SecretBytes, TokenEndpoint, pack,
};
use messages::{Language, message};
use serde::Serialize;

use crate::{
    activity::AuditAction,
    credential::{Credential, CredentialKind, CredentialOrigin},
    drawbridge::{Drawbridge, ExportOperations, work::Entries},
    id::{CredentialId, PortalId},
    operation::Operation,
    person::Action,
    portal::{Endpoints, Portal},
    ports::{HandOverFailure, Outlet, SecretStoreError},
    refusal::{Failure, Refusal},
};

/// In which format credentials are to be written.
#[derive(Debug, Clone, Copy)]
pub struct ExportChoice<'a> {
    /// The format.
    pub format: Format,
    /// The password of a PKCS#12 container.
    pub password: Option<&'a SecretBytes>,
    /// Whether a container is for old readers.
    pub legacy: bool,
    /// In which form a destination takes its keystore.
    pub keystore: KeyStoreKind,
}

impl ExportChoice<'_> {
    /// The document that an API portal generates.
    pub const CONNECTION: Self =
        Self { format: Format::Connection, password: None, legacy: false, keystore: KeyStoreKind::Pkcs12 };
}

/// Follows an export of several credentials.
pub trait ExportProgress {
    /// This many are written.
    fn advanced(&self, done: usize, total: usize);
    /// Whether the user has given it up.
    fn is_cancelled(&self) -> bool;
}

/// For an export without an observer.
pub struct Unfollowed;

impl ExportProgress for Unfollowed {
    fn advanced(&self, _done: usize, _total: usize) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}

/// A credential that can be exported.
#[derive(Debug, Clone)]
pub struct Exportable {
    /// Its portal.
    pub portal: Portal,
    /// The credential.
    pub credential: Credential,
}

impl ExportOperations<'_> {
    /// Whether the person may copy and export credentials of portals.
    pub fn may_hand_over(&self) -> Result<Result<(), Refusal>, Failure> {
        Ok(self.get_current_person()?.may(Action::HandOverCredentials))
    }

    /// Everything that *Export…* can write, by portal and newest first.
    pub fn list_exportable(&self) -> Result<Vec<Exportable>, Failure> {
        self.get_person_who_may(Action::HandOverCredentials)?;
        let mut all = Vec::new();
        for portal in self.repository.list_portals()? {
            let credentials = self.repository.list_credentials(portal.id)?;
            let alive = credentials.into_iter().filter(|credential| credential.secret().is_some());
            all.extend(alive.map(|credential| Exportable { portal: portal.clone(), credential }));
        }
        Ok(all)
    }

    /// The formats in which all of these credentials can be written, and whether there is a certificate among them.
    pub fn list_formats(&self, ids: &[CredentialId]) -> Result<Vec<(Format, bool)>, Failure> {
        self.get_person_who_may(Action::HandOverCredentials)?;
        let kinds: Vec<bool> = ids
            .iter()
            .map(|id| Ok(self.get_credential(*id)?.1.kind.is_certificate()))
            .collect::<Result<_, Failure>>()?;
        let any_certificate = kinds.iter().any(|certificate| *certificate);
        let fitting = |format: &Format| kinds.iter().all(|certificate| format.fits(*certificate));
        Ok(Format::ALL.into_iter().filter(fitting).map(|format| (format, any_certificate)).collect())
    }

    /// A file name for *Export…*, for somebody who may export.
    pub fn suggest_name(&self, ids: &[CredentialId], choice: &ExportChoice<'_>) -> Result<String, Failure> {
        self.get_person_who_may(Action::HandOverCredentials)?;
        let [id] = *distinct(ids) else {
            return Ok(format!("credentials-{}.zip", self.now().format("%Y-%m-%d")));
        };
        let (portal, credential) = self.get_credential(id)?;
        must_not_be_retired(&credential)?;
        let name = derive_name(&portal, &credential);
        let extension = export(&name, choice).extension(credential.kind.is_certificate());
        Ok(format!("{name}.{extension}"))
    }

    /// What an export would hold, with the secret hidden.
    pub fn preview(
        &self,
        id: CredentialId,
        choice: &ExportChoice<'_>,
        language: Language,
    ) -> Result<Vec<Preview>, Failure> {
        self.get_person_who_may(Action::HandOverCredentials)?;
        let (portal, credential) = self.get_credential(id)?;
        must_not_be_retired(&credential)?;
        let mut facts = portal.access_facts(&credential, &self.endpoints()?);
        let members = match self.service_key_members(&portal, &credential, choice.format)? {
            Some(mut members) => {
                (facts.token_url, facts.cert_url) = self.at_the_host(facts.cert_url.is_some())?;
                // Before the token service has run there is no such key, and none is exported.
                let has_key = self.repository.find_token_service_identity()?.is_some();
                members.verificationkey = has_key.then(|| HIDDEN_VERIFICATION_KEY.to_owned());
                Some(members.to_extra())
            }
            None => None,
        };
        let chain = match &facts.kind {
            CredentialKind::ClientSecret(_) => None,
            CredentialKind::Certificate(chain) => Some(chain),
        };
        let parts = PublicParts {
            url: Some(&facts.url),
            token_url: Some(&facts.token_url),
            cert_url: facts.cert_url.as_deref(),
            client_id: Some(&facts.client_id),
            chain,
            members: members.as_ref(),
        };
        let has_extra = match &credential.origin {
            CredentialOrigin::ServiceKey { .. } => false,
            CredentialOrigin::Imported(imported) => imported.extra.is_some(),
        };
        Ok(export(&derive_name(&portal, &credential), choice).preview(&parts, has_extra, language)?)
    }

    /// The portal's name and the client id, for the question before *Copy*; refused where *Copy* would be refused.
    pub fn name_credentials(&self, id: CredentialId) -> Result<(String, String), Failure> {
        self.get_person_who_may(Action::HandOverCredentials)?;
        let (portal, credential) = self.get_credential(id)?;
        must_not_be_retired(&credential)?;
        Ok((portal.name, credential.client_id))
    }

    /// *Copy*: hands the JSON document to the clipboard.
    pub fn copy(&self, id: CredentialId, clipboard: &dyn Outlet) -> Result<(), HandOverFailure> {
        self.hand_over(&[id], &ExportChoice::CONNECTION, clipboard, &Unfollowed, AuditAction::CredentialsCopied)
    }

    /// *Export…*: hands one credential in its format, or several in a zip archive, to a file.
    pub fn export(
        &self,
        ids: &[CredentialId],
        choice: &ExportChoice<'_>,
        file: &dyn Outlet,
        progress: &dyn ExportProgress,
    ) -> Result<(), HandOverFailure> {
        self.hand_over(ids, choice, file, progress, AuditAction::CredentialsExported)
    }
}

impl Drawbridge {
    fn hand_over(
        &self,
        ids: &[CredentialId],
        choice: &ExportChoice<'_>,
        outlet: &dyn Outlet,
        progress: &dyn ExportProgress,
        action: AuditAction,
    ) -> Result<(), HandOverFailure> {
        let ids = distinct(ids);
        let prepare = |entries: &mut Entries| {
            if ids.is_empty() {
                return Err(Failure::NotFound("credential"));
            }
            let mut files = Vec::with_capacity(ids.len());
            for (done, id) in ids.iter().enumerate() {
                progress.advanced(done, ids.len());
                if progress.is_cancelled() {
                    return Err(Refusal::ExportCancelled.into());
                }
                let (portal, credential) = self.get_credential(*id)?;
                let mut document = self.read_whole_document(&portal, &credential)?;
                if let Some(mut members) = self.service_key_members(&portal, &credential, choice.format)? {
                    let (token_url, cert_url) = self.at_the_host(document.cert_url.is_some())?;
                    (document.token_url, document.cert_url) = (Some(token_url), cert_url);
                    members.verificationkey = self.read_verification_key()?;
                    document.extra = Some(members.to_extra());
                }
                let mut name = derive_name(&portal, &credential);
                let same = files.iter().filter(|(taken, _): &&(String, File)| taken.starts_with(&name)).count();
                if same > 0 {
                    name = format!("{name}-{}", same + 1);
                }
                let file = export(&name, choice).render(&document)?;
                let detail = message!(
                    "activity-exported-as",
                    what = credential.describe(),
                    format = choice.format.message(),
                    destination = outlet.destination(),
                );
                entries.record(portal.tagged_name(), detail);
                files.push((name, file));
            }
            Ok(match <[(String, File); 1]>::try_from(files) {
                Ok([(_, file)]) => file.bytes,
                Err(several) => pack(several),
            })
        };
        self.release(Operation::HandOverCredentials, action, prepare, |document| Ok(outlet.deliver(&document)?))
            .inspect(|()| progress.advanced(ids.len(), ids.len()))
    }

    /// What a service key of a portal of this installation says besides the credentials; `None` for other documents.
    fn service_key_members(
        &self,
        portal: &Portal,
        credential: &Credential,
        format: Format,
    ) -> Result<Option<ServiceKeyMembers>, Failure> {
        let is_service_key = matches!(format, Format::ServiceKey | Format::ServiceKeyWrapped);
        let CredentialOrigin::ServiceKey { instance_id, .. } = &credential.origin else { return Ok(None) };
        if !is_service_key {
            return Ok(None);
        }
        let Endpoints { host, port, .. } = self.endpoints()?;
        let tenant = portal.id.to_string();
        Ok(Some(ServiceKeyMembers {
            xsappname: credential.client_id.strip_prefix("sb-").unwrap_or(&credential.client_id).to_owned(),
            uaadomain: format!("{host}:{port}"),
            identityzone: portal.slug.clone(),
            identityzoneid: tenant.clone(),
            zoneid: tenant.clone(),
            tenantid: tenant,
            tenantmode: "dedicated",
            service_instance_id: instance_id.to_string(),
            verificationkey: None,
        }))
    }

    /// Clients of XSUAA use only the host of these URLs, so in a service key the URLs have no path.
    fn at_the_host(&self, has_certificate: bool) -> Result<(TokenEndpoint, Option<CertUrl>), Failure> {
        let endpoints = self.endpoints()?;
        Ok((endpoints.host_token_url(), has_certificate.then(|| endpoints.host_cert_url())))
    }

    /// The public half of the key that signs tokens; `None` until the token service has run.
    fn read_verification_key(&self) -> Result<Option<String>, Failure> {
        let Some(identity) = self.repository.find_token_service_identity()? else { return Ok(None) };
        match self.get_secret(identity.signing_key) {
            // EXPOSE: only its public half is written.
            Ok(key) => Ok(PrivateKey::from_der(key.expose()).ok().and_then(|key| key.p256_public_key_pem())),
            // The next start of the token service makes another one.
            Err(Failure::Keychain(SecretStoreError::Missing)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The current credentials of a portal, as the document that an API portal generates.
    pub(crate) fn render_current(&self, portal: PortalId) -> Result<SecretBytes, Failure> {
        let portal = self.get_portal(portal)?;
        let Some(current) = self.find_current(&portal)? else {
            return Err(Refusal::NoCredentials { portal: portal.name }.into());
        };
        let document = self.read_whole_document(&portal, &current)?;
        Ok(export(&portal.slug, &ExportChoice::CONNECTION).render(&document)?.bytes)
    }

    /// With what else the document held when it was imported.
    fn read_whole_document(&self, portal: &Portal, credential: &Credential) -> Result<CredentialDocument, Failure> {
        let mut document = self.read_document(portal, credential)?;
        if let CredentialOrigin::Imported(imported) = &credential.origin
            && let Some(extra) = imported.extra
        {
            document.extra = Some(Extra { json: self.get_secret(extra)? });
        }
        Ok(document.into_document())
    }
}

/// A preview asks no keychain, where the signing key is.
const HIDDEN_VERIFICATION_KEY: &str = "-----BEGIN PUBLIC KEY-----\n••••••••\n-----END PUBLIC KEY-----\n";

/// The members of a service key that clients of XSUAA read besides the credentials. Nothing of it is secret.
#[derive(Serialize)]
struct ServiceKeyMembers {
    /// The client id without `sb-`.
    xsappname: String,
    /// Where tokens are verified: clients ask `https://<uaadomain>/token_keys`.
    uaadomain: String,
    /// The tenant's name.
    identityzone: String,
    identityzoneid: String,
    zoneid: String,
    tenantid: String,
    tenantmode: &'static str,
    #[serde(rename = "serviceInstanceId")]
    service_instance_id: String,
    /// PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    verificationkey: Option<String>,
}

impl ServiceKeyMembers {
    fn to_extra(&self) -> Extra {
        Extra { json: SecretBytes::new(serde_json::to_vec(self).expect("texts can be written as JSON")) }
    }
}

fn export<'a>(name: &'a str, choice: &ExportChoice<'a>) -> Export<'a> {
    let ExportChoice { format, password, legacy, keystore } = *choice;
    Export { format, name, password, legacy, keystore }
}

/// Each once, where it came first.
fn distinct(ids: &[CredentialId]) -> Vec<CredentialId> {
    let mut seen = HashSet::new();
    ids.iter().copied().filter(|id| seen.insert(*id)).collect()
}

/// Names the credential in files, archives and destinations.
fn derive_name(portal: &Portal, credential: &Credential) -> String {
    let kind = match credential.kind {
        CredentialKind::ClientSecret(_) => "secret",
        CredentialKind::Certificate(_) => "certificate",
    };
    format!("{}-{kind}-{}", portal.slug, credential.created_at.format("%Y-%m-%d"))
}

pub(crate) fn must_not_be_retired(credential: &Credential) -> Result<crate::id::SecretId, Refusal> {
    credential.secret().ok_or_else(|| Refusal::Retired { client_id: credential.client_id.clone() })
}
