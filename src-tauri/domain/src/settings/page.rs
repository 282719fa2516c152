//! *Settings*: the token service's addresses, how connections are tested, the CA certificate.

use chrono::{DateTime, Utc};
use documents::SecretBytes;
use messages::message;
use tracing::warn;

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, SettingsOperations},
    input::{Field, InputProblem},
    operation::Operation,
    person::Action,
    portal::{Endpoints, Portal, derive_url_key},
    ports::{HandOverFailure, LocalChange, Outlet},
    refusal::{Confirmation, Failure, Refusal},
    settings::{ProxyChoice, ProxyUrl, Settings},
    token_service::{RENEW_BEFORE, TokenServiceSettings},
};

/// The settings, as the person may change them.
#[derive(Debug)]
pub struct SettingsPage {
    /// The settings.
    pub settings: Settings,
    /// The CA certificate that can be exported, once there is one.
    pub authority: Option<ServerAuthority>,
    /// Whether the person may change the token service and export the CA certificate.
    pub may_manage_token_service: Result<(), Refusal>,
    /// Whether the person may set how connections are tested.
    pub may_manage_checks: Result<(), Refusal>,
}

/// The authority of the token service, as *Settings* shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerAuthority {
    /// The host names and addresses that it can certify.
    pub names: Vec<String>,
    /// Since when it is the present one.
    pub since: DateTime<Utc>,
    /// Until when the token service still shows a certificate by a former authority, so that programs that trust only
    /// that one go on working; `None` where it shows one by this authority.
    pub takes_over_at: Option<DateTime<Utc>>,
}

/// The settings of the token service as typed, with what was confirmed.
#[derive(Debug, Clone)]
pub struct TokenServiceChange {
    /// Whether it is to run.
    pub enabled: bool,
    /// The address to listen at.
    pub address: String,
    /// Host name in the URLs.
    pub host: String,
    /// Port for client secrets and the portal API.
    pub port: u32,
    /// Port that demands a client certificate.
    pub mutual_tls_port: u32,
    /// What the person was asked and has confirmed; see [`Refusal::confirmation`].
    pub confirmed: Vec<Confirmation>,
}

/// By which proxy connections are to be tested, as typed.
#[derive(Debug, Clone)]
pub enum ProxyChange {
    /// The one that the system names.
    System,
    /// None.
    Never,
    /// The one at this URL.
    Url(String),
}

impl SettingsOperations<'_> {
    /// The settings, for the parts of the app that work by them.
    pub fn get(&self) -> Result<Settings, Failure> {
        Ok(self.repository.get_settings()?)
    }

    /// The page *Settings*.
    pub fn get_page(&self) -> Result<SettingsPage, Failure> {
        let person = self.get_current_person()?;
        let identity = self.repository.find_token_service_identity()?;
        let authority = self.repository.find_server_authority()?.map(|authority| {
            let former = identity.filter(|identity| !identity.is_issued_by(&authority));
            let takes_over_at = former.map(|identity| identity.not_after - RENEW_BEFORE);
            ServerAuthority { since: authority.created_at, names: authority.purpose.into_names(), takes_over_at }
        });
        Ok(SettingsPage {
            settings: self.repository.get_settings()?,
            authority,
            may_manage_token_service: person.may(Action::ManageTokenService),
            may_manage_checks: person.may(Action::ManageChecks),
        })
    }

    /// Changes where the token service listens, and whether it runs.
    pub fn change_token_service(&self, change: TokenServiceChange) -> Result<Settings, Failure> {
        self.change(Operation::ChangeTokenService, |work| {
            let address = TokenServiceSettings::parse_address(&change.address)?;
            let endpoints = Endpoints {
                host: TokenServiceSettings::parse_host(&change.host)?,
                port: TokenServiceSettings::parse_port(Field::Port, change.port)?,
                mutual_tls_port: TokenServiceSettings::parse_port(Field::MutualTlsPort, change.mutual_tls_port)?,
            };
            if endpoints.port == endpoints.mutual_tls_port {
                return Err(InputProblem::SamePort.into());
            }
            let former = self.repository.get_settings()?;
            let token_service = TokenServiceSettings { enabled: change.enabled, address, endpoints };
            let is_confirmed = |what| change.confirmed.contains(&what);
            if !token_service.is_loopback()
                && former.token_service.address != address
                && !is_confirmed(Confirmation::Exposure)
            {
                return Err(Refusal::NotLoopback { address: address.to_string() }.into());
            }
            if token_service.endpoints != former.token_service.endpoints && !is_confirmed(Confirmation::NewAddresses) {
                let connections = self.list_requests_with_other_addresses(&token_service.endpoints)?;
                if !connections.is_empty() {
                    return Err(Refusal::AddressesInUse { connections }.into());
                }
            }
            let Endpoints { host, port, mutual_tls_port } = &token_service.endpoints;
            let state = if token_service.enabled { message!("activity-on") } else { message!("activity-off") };
            // Ports are names, not amounts: their digits are not grouped.
            let detail = message!(
                "activity-token-service",
                state = state,
                address = address.to_string(),
                first = format!("{host}:{port}"),
                second = format!("{host}:{mutual_tls_port}"),
            );
            let subject = message!("activity-of-token-service");
            work.record(AuditAction::TokenServiceChanged, subject, detail);
            let settings = Settings { token_service, ..former };
            work.put(LocalChange::PutSettings(settings.clone()));
            Ok(settings)
        })
    }

    /// Changes how often connections are tested.
    pub fn change_check_interval(&self, hours: u32) -> Result<Settings, Failure> {
        self.change(Operation::ChangeCheckInterval, |work| {
            let check_interval_hours = Settings::parse_check_interval(hours)?;
            let settings = Settings { check_interval_hours, ..self.repository.get_settings()? };
            let detail = message!("activity-every-hours", hours = hours);
            let subject = message!("activity-of-connections");
            work.record(AuditAction::CheckIntervalChanged, subject, detail);
            work.put(LocalChange::PutSettings(settings.clone()));
            Ok(settings)
        })
    }

    /// Changes whether the system asks before a secret is copied or revealed. This protects the person at this
    /// computer, so it needs no role.
    pub fn change_asking(&self, asks_before_secrets: bool) -> Result<Settings, Failure> {
        self.change(Operation::ChangeAsking, |work| {
            let settings = Settings { asks_before_secrets, ..self.repository.get_settings()? };
            let detail = if asks_before_secrets { message!("activity-on") } else { message!("activity-off") };
            let subject = message!("activity-of-secrets");
            work.record(AuditAction::AskingChanged, subject, detail);
            work.put(LocalChange::PutSettings(settings.clone()));
            Ok(settings)
        })
    }

    /// Changes through which proxy connections are tested. All of them are then tested again soon.
    pub fn change_proxy(&self, change: &ProxyChange) -> Result<Settings, Failure> {
        self.change(Operation::ChangeProxy, |work| {
            let (proxy, detail) = match change {
                ProxyChange::System => (ProxyChoice::System, message!("activity-proxy-system")),
                ProxyChange::Never => (ProxyChoice::Never, message!("activity-proxy-never")),
                ProxyChange::Url(url) => {
                    let url = ProxyUrl::parse(url)?;
                    let detail = message!("activity-proxy-url", url = url.as_str());
                    (ProxyChoice::Url(url), detail)
                }
            };
            let settings = Settings { proxy, ..self.repository.get_settings()? };
            let subject = message!("activity-of-connections");
            work.put(LocalChange::PutSettings(settings.clone()));
            for request in self.repository.list_approved_requests(None)? {
                self.demand_check(request.id, work)?;
            }
            work.record(AuditAction::ProxyChanged, subject, detail);
            Ok(settings)
        })
    }

    /// Whether the person may export the CA certificate, and there is one; asked before a file is chosen.
    pub fn may_export_authority(&self) -> Result<(), Failure> {
        self.get_person_who_may(Action::ManageTokenService)?;
        self.repository.find_server_authority()?.map(drop).ok_or_else(|| Refusal::NoAuthority.into())
    }

    /// *Export CA Certificate*: other programs that trust it trust the token service. It is public.
    pub fn export_authority(&self, file: &dyn Outlet) -> Result<(), HandOverFailure> {
        self.settings().may_export_authority()?;
        let authority = self.repository.find_server_authority().map_err(Failure::from)?;
        let authority = authority.ok_or_else(|| Failure::from(Refusal::NoAuthority))?;
        // Not a secret; an outlet takes documents in this form.
        file.deliver(&SecretBytes::new(authority.certificate_pem.into_bytes()))?;
        let detail = message!("activity-written-to", destination = file.destination());
        let recorded = self.change(Operation::ExportAuthority, |work| {
            work.record(AuditAction::AuthorityExported, message!("activity-of-server-authority"), detail.clone());
            Ok(())
        });
        if let Err(error) = recorded {
            warn!(%error, "that the CA certificate was exported could not be recorded");
        }
        Ok(())
    }
}

impl Drawbridge {
    /// Aliases of the open requests whose credentials lead to a portal of this installation at other addresses.
    fn list_requests_with_other_addresses(&self, endpoints: &Endpoints) -> Result<Vec<String>, Failure> {
        let mut aliases = Vec::new();
        for portal in self.repository.list_portals()?.into_iter().filter(Portal::is_local) {
            for request in self.repository.list_open_requests_of_portal(&portal.key())? {
                let facts = request.facts();
                let same = derive_url_key(&facts.url) == derive_url_key(&endpoints.portal_url(&portal))
                    && facts.cert_url.as_ref().is_none_or(|url| *url == endpoints.cert_url(&portal));
                if !same {
                    aliases.push(request.alias);
                }
            }
        }
        Ok(aliases)
    }
}
