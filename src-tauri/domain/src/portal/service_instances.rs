//! Service instances and service keys: create, delete. A key is the credential that it carries.

use documents::SecretBytes;
use messages::{Argument, Joined, message};

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, RequestStateKind},
    credential::{Credential, CredentialEnd, CredentialOrigin, CredentialState},
    drawbridge::{Drawbridge, ServiceInstanceOperations, work::Work},
    id::{CredentialId, PortalId, ServiceInstanceId},
    input::{InputProblem, check_confirmation, looks_alike},
    operation::Operation,
    person::{Action, Actor},
    portal::{
        Applied, CredentialOverview, Issuing, NewServiceKey, Portal, ServiceInstance, ServiceRole, must_be_local,
    },
    ports::SharedChange,
    refusal::{Failure, Refusal},
};

/// The service instances of a portal, and what the person may do with them.
#[derive(Debug)]
pub struct ServiceInstancesPage {
    /// Those that exist, oldest first; empty if the person may not see them.
    pub instances: Vec<InstanceOverview>,
    /// Whether the person may create and delete.
    pub may_manage: Result<(), Refusal>,
}

/// A service instance with its keys.
#[derive(Debug, Clone)]
pub struct InstanceOverview {
    /// The instance.
    pub instance: ServiceInstance,
    /// The credentials of its keys that exist, newest first.
    pub keys: Vec<CredentialOverview>,
    /// The request that deleting the instance would break.
    pub applied: Applied,
}

impl ServiceInstanceOperations<'_> {
    /// The service instances of a portal with their keys.
    pub fn list(&self, portal: PortalId) -> Result<ServiceInstancesPage, Failure> {
        let person = self.get_current_person()?;
        let portal = self.get_portal(portal)?;
        let may_manage = must_be_local(&portal, Action::ManageServiceInstances)
            .and_then(|()| person.may(Action::ManageServiceInstances));
        if person.may(Action::OpenConnectionTab).is_err() {
            return Ok(ServiceInstancesPage { instances: Vec::new(), may_manage });
        }
        let open = self.repository.list_open_requests_of_portal(&portal.key())?;
        let now = self.now();
        let mut keys: Vec<CredentialOverview> = self
            .repository
            .list_credentials(portal.id)?
            .into_iter()
            .filter(|credential| credential.secret().is_some())
            .map(|credential| self.credential_overview(credential, &open, now))
            .collect::<Result<_, _>>()?;
        let mut instances = Vec::new();
        for instance in self.list_existing_instances(&portal)? {
            let (own, others) = keys.into_iter().partition(|key| key.credential.instance_id() == Some(instance.id));
            keys = others;
            let own: Vec<CredentialOverview> = own;
            let used = own.iter().find(|key| key.applied != Applied::Nowhere);
            let applied = used.map_or(Applied::Nowhere, |key| key.applied.clone());
            instances.push(InstanceOverview { instance, keys: own, applied });
        }
        Ok(ServiceInstancesPage { instances, may_manage })
    }

    /// Creates a service instance by hand.
    pub fn create(&self, portal: PortalId, name: &str, role: ServiceRole) -> Result<ServiceInstance, Failure> {
        self.change(Operation::CreateServiceInstance, |work| {
            let portal = self.get_portal(portal)?;
            must_be_local(&portal, Action::ManageServiceInstances)?;
            let name = ServiceInstance::parse_name(name)?;
            let existing = self.list_existing_instances(&portal)?;
            if existing.iter().any(|other| looks_alike(&other.name, &name)) {
                return Err(InputProblem::NameTaken(name).into());
            }
            let instance = self.new_instance(&portal, name, role, work.actor());
            let detail = message!(
                "activity-instance",
                instance = &instance.name,
                plan = ServiceInstance::PLAN,
                role = role.name(),
            );
            work.record(AuditAction::ServiceInstanceCreated, portal.tagged_name(), detail);
            work.put(SharedChange::PutServiceInstance(instance.clone()));
            Ok(instance)
        })
    }

    /// Creates a service key by hand. Its credential exists beside the portal's current one.
    pub fn create_key(
        &self,
        instance: ServiceInstanceId,
        name: &str,
        key: NewServiceKey,
    ) -> Result<Credential, Failure> {
        self.look_at_clock();
        self.change(Operation::CreateServiceKey, |work| {
            let instance = self.get_existing_instance(instance)?;
            let portal = self.get_portal(instance.portal_id)?;
            let key_name = ServiceInstance::parse_name(name)?;
            let taken = |other: &Credential| other.secret().is_some() && is_key(other, &instance, &key_name);
            if self.repository.list_credentials(portal.id)?.iter().any(taken) {
                return Err(InputProblem::NameTaken(key_name).into());
            }
            if let NewServiceKey::ChosenSecret(secret) = &key {
                check_chosen_secret(secret)?;
            }
            let named = key_name.clone();
            let issuing = Issuing { instance: &instance, key_name, created_by: work.actor() };
            let (mut credential, secret) = self.issue(&portal, &key, issuing, work)?;
            credential.state = CredentialState::Additional { secret: secret.id };
            let detail =
                message!("activity-service-key", key = named, instance = &instance.name, what = credential.describe(),);
            work.record(AuditAction::ServiceKeyCreated, portal.tagged_name(), detail);
            work.store_secret(secret);
            work.put(SharedChange::PutCredential(credential.clone()));
            Ok(credential)
        })
    }

    /// Deletes a service key, which ends its credential at once; *Revoke* does the same. Of a portal in SAP, which goes
    /// on accepting it, it is removed here only. If a hub still holds a copy,
    /// that connection breaks; then `confirmation` has to be the alias of the request there.
    pub fn retire_credential(&self, id: CredentialId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::RetireCredential, |work| {
            let (portal, credential) = self.get_credential(id)?;
            if credential.secret().is_none() {
                return Err(Refusal::Retired { client_id: credential.client_id }.into());
            }
            let done =
                if portal.is_local() { AuditAction::CredentialsRetired } else { AuditAction::CredentialsRemoved };
            work.record(done, portal.tagged_name(), credential.describe());
            self.end_credentials(&portal, vec![credential], CredentialEnd::KeyDeleted, confirmation, work)
        })
    }

    /// Deletes a service instance with its keys, which ends their credentials at once; `confirmation` as for
    /// [`ServiceInstanceOperations::retire_credential`].
    pub fn delete(&self, id: ServiceInstanceId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeleteServiceInstance, |work| {
            let instance = self.get_existing_instance(id)?;
            let portal = self.get_portal(instance.portal_id)?;
            let mut alive = self.repository.list_credentials(portal.id)?;
            alive.retain(|credential| credential.instance_id() == Some(id) && credential.secret().is_some());
            let keys: Vec<&str> = alive.iter().map(|credential| credential.client_id.as_str()).collect();
            let detail = match keys.as_slice() {
                [] => message!("activity-instance-alone", instance = &instance.name),
                keys => message!(
                    "activity-instance-with-keys",
                    instance = &instance.name,
                    clients = Argument::list(keys.iter().copied(), Joined::ByComma),
                ),
            };
            work.record(AuditAction::ServiceInstanceDeleted, portal.tagged_name(), detail);
            work.put(SharedChange::PutServiceInstance(ServiceInstance { deleted_at: Some(self.now()), ..instance }));
            self.end_credentials(&portal, alive, CredentialEnd::InstanceDeleted, confirmation, work)
        })
    }
}

impl Drawbridge {
    /// Ends credentials of a portal; a connection that one of them breaks is tested soon.
    fn end_credentials(
        &self,
        portal: &Portal,
        credentials: Vec<Credential>,
        end: CredentialEnd,
        confirmation: &str,
        work: &mut Work<'_>,
    ) -> Result<(), Failure> {
        let open = self.repository.list_open_requests_of_portal(&portal.key())?;
        let ended: Vec<CredentialId> = credentials.iter().map(|credential| credential.id).collect();
        let ends_current = credentials.iter().any(Credential::is_current);
        for credential in credentials {
            if let Applied::To { request, hub, alias, state, .. } = self.applied_credential(&credential, &open)? {
                // A portal in SAP goes on accepting a credential that is only removed here.
                if portal.is_local() {
                    if confirmation.trim().is_empty() {
                        return Err(Refusal::StillApplied { hub, alias, state }.into());
                    }
                    check_confirmation(confirmation, &alias)?;
                }
                self.demand_check(request, work)?;
            }
            if let Some((retired, secrets)) = credential.retire(self.now(), end) {
                work.put(SharedChange::PutCredential(retired));
                secrets.into_iter().for_each(|secret| work.drop_secret(secret));
            }
        }
        if ends_current {
            self.make_current_what_is_in_use(portal, &ended, &open, work)?;
        }
        Ok(())
    }

    /// Once the current credential has ended, the former one that a hub uses is the current one again: what is in use is what
    /// is shown and watched.
    fn make_current_what_is_in_use(
        &self,
        portal: &Portal,
        ended: &[CredentialId],
        open: &[ConnectionRequest],
        work: &mut Work<'_>,
    ) -> Result<(), Failure> {
        let mut former = self.repository.list_credentials(portal.id)?;
        former.retain(|credential| credential.is_superseded() && !ended.contains(&credential.id));
        // Newest first; a connection counts more than a request.
        for state in [RequestStateKind::Approved, RequestStateKind::Pending] {
            let holds = |credential: &&Credential| {
                open.iter().any(|request| request.kind() == state && request.holds(credential))
            };
            let in_use = former.iter().find(holds);
            if let Some(in_use) = in_use {
                work.put(SharedChange::PutCredential(in_use.clone().make_current()));
                return Ok(());
            }
        }
        Ok(())
    }

    /// The instance that *Generate Credentials* puts its keys into; it is created if it does not exist.
    pub(crate) fn get_or_create_generated_instance(
        &self,
        portal: &Portal,
        created_by: &Actor,
        work: &mut Work<'_>,
    ) -> Result<ServiceInstance, Failure> {
        let existing = self.list_existing_instances(portal)?;
        let fitting = |instance: &&ServiceInstance| {
            instance.role == ServiceRole::CatalogIntegration && is_generated_name(&instance.name)
        };
        if let Some(instance) = existing.iter().find(fitting) {
            return Ok(instance.clone());
        }
        let taken = |name: &str| existing.iter().any(|other| looks_alike(&other.name, name));
        let mut name = ServiceInstance::GENERATED_NAME.to_owned();
        let mut number = 2_u32;
        while taken(&name) {
            name = format!("{}-{number}", ServiceInstance::GENERATED_NAME);
            number += 1;
        }
        let instance = self.new_instance(portal, name, ServiceRole::CatalogIntegration, created_by.clone());
        work.put(SharedChange::PutServiceInstance(instance.clone()));
        Ok(instance)
    }

    /// A name for the next key of `instance`.
    pub(crate) fn derive_key_name(&self, instance: &ServiceInstance) -> Result<String, Failure> {
        let mut keys = self.repository.list_credentials(instance.portal_id)?;
        keys.retain(|credential| credential.instance_id() == Some(instance.id));
        let mut number = keys.len() + 1;
        while keys.iter().any(|key| is_key(key, instance, &format!("key-{number}"))) {
            number += 1;
        }
        Ok(format!("key-{number}"))
    }

    fn new_instance(&self, portal: &Portal, name: String, role: ServiceRole, created_by: Actor) -> ServiceInstance {
        ServiceInstance {
            id: ServiceInstanceId(self.generate_id()),
            portal_id: portal.id,
            name,
            role,
            created_at: self.now(),
            created_by,
            deleted_at: None,
        }
    }

    fn list_existing_instances(&self, portal: &Portal) -> Result<Vec<ServiceInstance>, Failure> {
        let mut instances = self.repository.list_service_instances(portal.id)?;
        instances.retain(|instance| instance.deleted_at.is_none());
        Ok(instances)
    }

    fn get_existing_instance(&self, id: ServiceInstanceId) -> Result<ServiceInstance, Failure> {
        let instance = self.repository.find_service_instance(id)?.ok_or(Failure::NotFound("service instance"))?;
        if instance.deleted_at.is_some() {
            return Err(Refusal::InstanceDeleted { name: instance.name }.into());
        }
        Ok(instance)
    }
}

/// Whether the credential is that of the key of this name, or one that looks like it.
fn is_key(credential: &Credential, instance: &ServiceInstance, name: &str) -> bool {
    match &credential.origin {
        CredentialOrigin::ServiceKey { instance_id, key_name, .. } => {
            *instance_id == instance.id && looks_alike(key_name, name)
        }
        CredentialOrigin::Imported(_) => false,
    }
}

/// Whether *Generate Credentials* gives such names: the plain one, or with a number behind it where that was taken.
fn is_generated_name(name: &str) -> bool {
    let digits = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let rest = name.strip_prefix(ServiceInstance::GENERATED_NAME);
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
}

/// A secret that a person chose has to be long enough, and one line of printable ASCII characters (RFC 6749 §A.2).
fn check_chosen_secret(secret: &SecretBytes) -> Result<(), Refusal> {
    // EXPOSE: its characters are looked at; none goes anywhere.
    let bytes = secret.expose();
    if bytes.len() < NewServiceKey::MIN_CHOSEN_SECRET {
        return Err(Refusal::WeakSecret { least: NewServiceKey::MIN_CHOSEN_SECRET });
    }
    if bytes.iter().all(|byte| (0x21..=0x7e).contains(byte)) { Ok(()) } else { Err(Refusal::SecretCharacters) }
}
