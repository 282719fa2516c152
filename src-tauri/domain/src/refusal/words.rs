//! What a refusal says.

use messages::{Argument, Joined, Message, Moment, message};

use crate::{
    connection::RequestStateKind,
    hub::Hub,
    person::{Action, Role},
    refusal::Refusal,
};

impl Refusal {
    /// What cannot be done, in a few words: the title above [`Self::message`].
    pub fn title(&self) -> Message {
        match self.action() {
            Some(action) if self.is_about_one_request() => message!(
                "refusal-cannot-request",
                action = action.phrase_message(),
                what = if matches!(action, Action::EditCredentials) {
                    "edit"
                } else if matches!(action, Action::ApproveRequest) {
                    "approve"
                } else if matches!(action, Action::RejectRequest) {
                    "reject"
                } else if matches!(action, Action::ReestablishConnection) {
                    "reestablish"
                } else {
                    "other"
                }
            ),
            Some(action) => message!("refusal-cannot", action = action.phrase_message()),
            None => message!("refusal-not-possible"),
        }
    }

    /// What is wrong, as a sentence without its beginning and end, with what to do instead ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::NoPerson => message!("refusal-no-person"),
            Self::PersonExists => message!("refusal-person-exists"),
            Self::RoleMissing { action, missing, person } => message!(
                "refusal-role-missing",
                person = &person.name,
                action = action.phrase_message(),
                roles = list_roles(missing),
                count = missing.len()
            ),
            Self::NotSubmitter { alias, submitter } => {
                message!("refusal-not-submitter", alias = alias, submitter = submitter)
            }
            Self::FourEyes { alias } => message!("refusal-four-eyes", alias = alias),
            Self::WrongState { alias, state, action } => message!(
                "refusal-wrong-state",
                alias = alias,
                state = state.word(),
                action = action.phrase_message(),
                instead = match (state, action) {
                    (RequestStateKind::Pending, Action::DeleteDestination) => "destination",
                    (RequestStateKind::Pending, _) => "edit",
                    (RequestStateKind::Approved, Action::EditCredentials) => "reestablish",
                    (RequestStateKind::Approved, _) => "nothing",
                    (RequestStateKind::Rejected, _) => "submit",
                }
            ),
            Self::HubFull { hub } => message!("refusal-hub-full", hub = hub, most = Hub::MAX_PORTALS),
            Self::PortalInUse { hub, alias, state } => {
                message!("refusal-portal-in-use", hub = hub, alias = alias, state = state.word())
            }
            Self::SameSubaccount { portal, hub } => message!("refusal-same-subaccount", portal = portal, hub = hub),
            Self::BoundToOwnHub { portal, hub } => message!("refusal-bound-to-own-hub", portal = portal, hub = hub),
            Self::AliasTaken { alias } => message!("refusal-alias-taken", alias = alias),
            Self::IrrevocableNotConfirmed => message!("refusal-irrevocable"),
            Self::OtherPortal { alias, found } => message!("refusal-other-portal", alias = alias, found = found),
            Self::SubaccountTaken { subaccount, thing, name } => {
                message!("refusal-subaccount-taken", subaccount = subaccount, thing = *thing, name = name)
            }
            Self::CredentialsExist { portal } => message!("refusal-credentials-exist", portal = portal),
            Self::NoCredentials { portal } => message!("refusal-no-credentials", portal = portal),
            Self::Retired { client_id } => message!("refusal-retired", client = client_id),
            Self::UnknownCredential { portal } => message!("refusal-unknown-credential", portal = portal),
            Self::DestinationDeleted { alias } => message!("refusal-destination-deleted", alias = alias),
            Self::InstanceDeleted { name } => message!("refusal-instance-deleted", name = name),
            Self::WeakSecret { least } => message!("refusal-weak-secret", least = *least),
            Self::SecretCharacters => message!("refusal-secret-characters"),
            Self::AddressesInUse { connections } => {
                let aliases = Argument::list(connections, Joined::ByComma);
                message!("refusal-addresses-in-use", count = connections.len(), aliases = aliases)
            }
            Self::NotLoopback { address } => message!("refusal-not-loopback", address = address),
            Self::NoAuthority => message!("refusal-no-authority"),
            Self::KeychainIsKnown => message!("refusal-keychain-known"),
            Self::ClockBehind { not_before } => message!("refusal-clock-behind", start = Moment(*not_before)),
            Self::ClockAhead { from, to } => {
                message!("refusal-clock-ahead", from = Moment(*from), to = Moment(*to))
            }
            Self::NotOpenApi(problem) => problem.message(),
            Self::Cancelled => message!("refusal-cancelled"),
            Self::SameCredential { alias } => message!("refusal-same-credential", alias = alias),
            Self::StillApplied { hub, alias, state } => {
                message!("refusal-still-applied", hub = hub, alias = alias, state = state.word())
            }
            Self::Input(problem) => problem.message(),
            Self::Document(finding) => finding.message(),
            Self::PortalInSap { portal, action } => message!(
                "refusal-portal-in-sap",
                portal = portal,
                action = action.phrase_message(),
                then = if *action == Action::ManageApis { "nothing" } else { "import" }
            ),
            Self::PortalLocal { portal } => message!("refusal-portal-local", portal = portal),
            Self::PortalKnown { url, portal } => message!("refusal-portal-known", url = url, portal = portal),
            Self::WrongPortal { portal, found } => message!("refusal-wrong-portal", portal = portal, found = found),
            Self::SameImport { portal } => message!("refusal-same-import", portal = portal),
            Self::ExportCancelled => message!("refusal-export-cancelled"),
            Self::LifetimeNeeded => message!("refusal-lifetime-needed"),
            Self::LifetimeKnown { reason } => message!("refusal-lifetime-known", reason = reason),
            Self::GeneratedInFuture => message!("refusal-generated-in-future"),
            Self::NotExportable(error) => error.message(),
            Self::PingOne(problem) => problem.message(),
            Self::HubInSap { hub } => message!("refusal-hub-in-sap", hub = hub),
            Self::HubLocal { hub } => message!("refusal-hub-local", hub = hub),
            Self::RequestInSap { alias, action } => {
                message!("refusal-request-in-sap", alias = alias, action = action.phrase_message())
            }
            Self::RequestLocal { alias, action } => {
                message!("refusal-request-local", alias = alias, action = action.phrase_message())
            }
            Self::SapWillRefuse { doubts } => {
                message!("refusal-sap-will-refuse", doubts = Argument::list(doubts, Joined::BySemicolon))
            }
            Self::WillBeConnected { portal, hub } => {
                message!("refusal-will-be-connected", portal = portal, hub = hub)
            }
            Self::SubaccountFixed { portal } => message!("refusal-subaccount-fixed", portal = portal),
            Self::PersonInUse { name } => message!("refusal-person-in-use", name = name),
        }
    }
}

fn list_roles(roles: &[Role]) -> Argument {
    Argument::list(roles.iter().map(|role| role.name()), Joined::ByAnd)
}
