//! The rules of Drawbridge: portals, credentials, hubs, connection requests, and who may do what with them.
//!
//! This crate knows no window, no database, no keychain and no network, and it has neither a clock nor randomness of
//! its own (documents are read and written by the crate `documents`, which does no I/O either): they come in through the ports [`Repository`], [`SecretStore`], [`CertificateIssuer`], [`Clock`] and
//! [`Entropy`]. [`Drawbridge`] carries out every operation of the screens.

#![cfg_attr(test, allow(clippy::unwrap_used))]

// The fakes, which unit tests use too, name this crate as any other does.
#[cfg(test)]
extern crate self as domain;

mod access;
mod actor;
mod api_proxy;
mod area;
mod audit_event;
mod authority;
mod clock;
mod connection_api_credential;
mod connection_request;
mod connection_test;
mod credential;
mod destination;
mod drawbridge;
mod given_document;
mod health;
mod hub;
pub mod id;
mod input;
mod keychain_standing;
mod operation;
mod person;
mod pingone_account;
mod pingone_problem;
mod portal;
mod refusal;
mod repository;
mod role;
mod secret_item;
mod secret_store;
mod secret_strength;
mod secret_verifier;
mod seen_time;
mod service_instance;
mod settings;
mod token_service;
mod vocabulary;

pub use access::{AccessDocument, AccessFacts, Lifetime};
pub use actor::Actor;
pub use api_proxy::ApiProxy;
pub use area::Area;
pub use audit_event::{AuditAction, AuditEvent};
pub use authority::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssueError, IssuedCertificate};
pub use clock::{Clock, Entropy};
pub use connection_api_credential::{ConnectionApiCredential, FormerSecret};
pub use connection_request::{ConnectionRequest, HeldCredential, PortalIdentity, RequestState, RequestStateKind};
pub use connection_test::{
    Cause, ConnectionTarget, Connector, Diagnosis, FetchedApi, Stage, StageObserver, StageReport, TestEnd,
};
pub use credential::{
    CLIENT_SECRET_BYTES, Credential, CredentialKind, CredentialOrigin, CredentialState, GenerateKind,
    ImportedCredential, KeyAlgorithm, VALIDITY_DAYS, derive_days_left,
};
pub use destination::{Destination, DestinationState};
pub use documents;
pub use documents::{
    CertUrl, CertificateChain, CertificateProblem, NotOpenApi, OpenApiDocument, OutsideValidity, PortalUrl, PrivateKey,
    SecretBytes, TokenEndpoint, derive_fingerprint,
};
pub use drawbridge::{
    AccountPage, AccountSummary, ApiProxiesPage, Applied, Attention, ConnectionCredentialOverview, ConnectionName,
    ConnectionOverview, CredentialOverview, DestinationOverview, Drawbridge, ExportChoice, ExportProgress, Exportable,
    HandOverFailure, HubCreated, HubPage, HubSummary, InspectedCandidate, InspectedDocument, Inspection,
    InstanceOverview, Launchpad, Left, Matter, NewServiceKey, Outlet, OutletError, OwnHub, PortalAddresses,
    PortalConnection, PortalCreated, PortalSummary, Ports, ProxyChange, Reconciled, RequestOverview,
    RequestOverviewPage, RequestPermits, SecretReplacement, ServerAuthority, ServiceInstancesPage, Session,
    SettingsPage, TakeOver, TestOutcome, TokenServiceChange, TokenServicePlan, TokenServiceSeen, Unfollowed, Urgency,
    complete_document,
};
pub use given_document::{GivenContent, GivenDocument, GivenLifetime};
pub use health::{ConnectionHealth, Doubt, Finding, HealthOutcome, Postponed, Significance};
pub use hub::Hub;
pub use input::{Field, InputProblem, invisible_characters};
pub use keychain_standing::{KeychainStanding, OtherKeychain};
pub use messages;
pub use operation::{Operation, Permission, Recording, SecretUse};
pub use person::{Person, role_request_text};
pub use pingone_account::PingOneAccount;
pub use pingone_problem::PingOneProblem;
pub use portal::{Endpoints, Portal, PortalHome, Subaccount, derive_url_key};
pub use refusal::{Failure, Refusal};
pub use repository::{
    Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, DatabaseNotice, Hubs, People,
    Portals, Repository, RepositoryError, RepositoryReader, RequestCounts, RequestPage, RequestQuery, RequestRow,
    RequestSort, Requests, Secrets,
};
pub use role::{Action, Role, RoleError};
pub use secret_item::{SecretItem, SecretItemState, SetAside};
pub use secret_store::{SecretStore, SecretStoreError};
pub use secret_strength::{SecretStrength, StrengthSuggestion, StrengthWarning};
pub use secret_verifier::SecretVerifier;
pub use seen_time::{ClockJump, SeenTime};
pub use service_instance::{ServiceInstance, ServiceRole};
pub use settings::{ProxyChoice, ProxyUrl, Settings};
pub use token_service::{
    ClientPortal, ClientProof, ClientRegistry, CredentialEnd, OwnService, RegisteredClient, Standing,
    TokenServiceIdentity, TokenServiceKeys, TokenServiceSettings,
};
pub use vocabulary::Vocabulary;
