//! The table of everything that changes something or hands out a secret.

use crate::person::Action;

/// Who may carry out an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The current person, with the roles for this action.
    Action(Action),
    /// The current person, if the state of what is changed allows it. The operation checks that itself, and cannot be
    /// completed before it has.
    Subject,
    /// The current person, whatever the roles.
    Person,
    /// The operation says in whose name it is done: there may be no person yet, or another one from now on.
    Named,
    /// The program by itself.
    System,
}

/// Whether an operation belongs into the activity list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// It cannot be completed without an entry.
    Always,
    /// It is the program's own bookkeeping. It adds an entry only where there is something to report.
    Bookkeeping,
}

/// Whether an operation stores secrets in the keychain or deletes them there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretUse {
    /// Keychain and database change together.
    Moved,
    /// Only the database changes.
    Untouched,
}

macro_rules! operations {
    ($($(#[$about:meta])* $name:ident: $permission:expr, $recording:ident, $secrets:ident;)*) => {
        /// An operation that changes something or hands out a secret. Nothing is changed outside of one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $($(#[$about])* $name,)*
        }

        impl Operation {
            /// Every operation there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Who may carry it out.
            pub const fn permission(self) -> Permission {
                match self {
                    $(Self::$name => $permission,)*
                }
            }

            /// Whether it belongs into the activity list.
            pub const fn recording(self) -> Recording {
                match self {
                    $(Self::$name => Recording::$recording,)*
                }
            }

            /// Whether it stores or deletes secrets.
            pub const fn secrets(self) -> SecretUse {
                match self {
                    $(Self::$name => SecretUse::$secrets,)*
                }
            }
        }
    };
}

use Permission::{Named, Person, Subject, System};

const fn role(action: Action) -> Permission {
    Permission::Action(action)
}

operations! {
    /// The welcome: the first person.
    CreateFirstPerson: Named, Always, Untouched;
    /// *People & Roles*: another person.
    AddPerson: Person, Always, Untouched;
    /// *People & Roles*: name, e-mail and role collections.
    ChangePerson: Person, Always, Untouched;
    /// Another person uses the installation.
    SwitchPerson: Named, Always, Untouched;
    /// Somebody who does not use the installation any more.
    RemovePerson: Person, Always, Untouched;

    /// A portal of this installation.
    CreatePortal: role(Action::ManagePortal), Always, Untouched;
    /// A portal in SAP, by its credentials.
    TrackPortal: role(Action::ManagePortal), Always, Moved;
    /// Which of the vendor's screens a portal's page looks like.
    SetPortalVocabulary: role(Action::ManagePortal), Always, Untouched;
    /// Another name or subaccount for a portal.
    RenamePortal: role(Action::ManagePortal), Always, Untouched;
    /// A portal in SAP with its credentials here.
    ForgetPortal: role(Action::ManagePortal), Always, Moved;
    /// A local portal with everything in it.
    DeletePortal: role(Action::ManagePortal), Always, Moved;
    /// An OpenAPI document as an API proxy.
    ImportApi: role(Action::ManageApis), Always, Untouched;
    /// An API proxy is removed.
    RemoveApi: role(Action::ManageApis), Always, Untouched;

    /// *Generate Credentials*.
    GenerateCredentials: role(Action::GenerateCredentials), Always, Moved;
    /// *Regenerate Credentials*.
    RegenerateCredentials: role(Action::GenerateCredentials), Always, Moved;
    /// Further credentials of a portal in SAP.
    ImportCredentials: role(Action::ImportCredentials), Always, Moved;
    /// When imported credentials were generated.
    SetLifetime: role(Action::ImportCredentials), Always, Untouched;
    /// *Retire*, or a service key is deleted.
    RetireCredential: role(Action::GenerateCredentials), Always, Moved;
    /// A service instance by hand.
    CreateServiceInstance: role(Action::ManageServiceInstances), Always, Untouched;
    /// A service key by hand.
    CreateServiceKey: role(Action::ManageServiceInstances), Always, Moved;
    /// A service instance with its keys.
    DeleteServiceInstance: role(Action::ManageServiceInstances), Always, Moved;
    /// *Copy* and *Export…* of a portal's credentials.
    HandOverCredentials: role(Action::HandOverCredentials), Always, Untouched;

    /// A hub.
    CreateHub: role(Action::ManageHub), Always, Untouched;
    /// Whether a request needs a second pair of eyes.
    SetFourEyes: role(Action::ManageHub), Always, Untouched;
    /// Which of the vendor's screens a hub's pages look like.
    SetHubVocabulary: role(Action::ManageHub), Always, Untouched;
    /// Another name for a hub.
    RenameHub: role(Action::ManageHub), Always, Untouched;
    /// A local hub with everything in it.
    DeleteHub: role(Action::ManageHub), Always, Moved;
    /// A hub in SAP. Of what is recorded about SAP, everybody may write the record: SAP checks who does what there.
    TrackHub: Person, Always, Untouched;
    /// What is recorded about a hub in SAP.
    ChangeTrackedHub: Person, Always, Untouched;
    /// A hub in SAP with its records.
    ForgetHub: Person, Always, Moved;

    /// A request that was submitted in SAP.
    RecordRequest: Person, Always, Moved;
    /// What was decided in SAP.
    RecordDecision: Person, Always, Moved;
    /// What is recorded about a request in SAP.
    ChangeRecord: Person, Always, Untouched;
    /// A record of a request in SAP.
    ForgetRecord: Person, Always, Moved;

    /// *Submit Connection Request*.
    SubmitRequest: role(Action::SubmitRequest), Always, Moved;
    /// *Edit Credentials*.
    EditCredentials: Subject, Always, Moved;
    /// *Approve*.
    ApproveRequest: Subject, Always, Untouched;
    /// *Reject*.
    RejectRequest: Subject, Always, Moved;
    /// *Re-establish Connection*.
    ReestablishConnection: Subject, Always, Moved;
    /// A hub's destination.
    DeleteDestination: Subject, Always, Untouched;
    /// The hub and the portal of one subaccount.
    ConnectOwnPair: System, Always, Moved;
    /// What a test found.
    KeepHealth: Named, Bookkeeping, Untouched;
    /// Connections are to be tested soon.
    DemandChecks: System, Bookkeeping, Untouched;

    /// A PingOne account.
    CreateAccount: Person, Always, Untouched;
    /// Another name for a PingOne account.
    RenameAccount: Person, Always, Untouched;
    /// A PingOne account with its credentials.
    RemoveAccount: Person, Always, Moved;
    /// *Add Secret*.
    AddConnectionCredential: Person, Always, Moved;
    /// Connection API Credentials that PingOne has.
    RecordConnectionCredential: Person, Always, Moved;
    /// The client id that PingOne shows.
    EnterClientId: Person, Always, Untouched;
    /// Connection API Credentials are deleted here.
    ForgetConnectionCredential: Person, Always, Moved;
    /// *Edit* of Connection API Credentials.
    EditConnectionCredential: Person, Always, Moved;
    /// A former secret is the current one again.
    UndoReplacement: Person, Always, Untouched;
    /// A former secret before its time is over.
    DropFormerSecret: Person, Always, Moved;
    /// *Reveal*.
    RevealClientSecret: Person, Always, Untouched;
    /// *Copy* and *Export…* of Connection API Credentials.
    HandOverConnectionCredential: Person, Always, Untouched;
    /// A former secret whose time is over.
    EndFormerSecret: System, Always, Moved;
    /// Since when the time of a former secret is seen to be over.
    NoteFormerSecretOver: System, Bookkeeping, Untouched;

    /// Where the token service listens.
    ChangeTokenService: role(Action::ManageTokenService), Always, Untouched;
    /// *Take Over Now*: the token service shows a certificate by the present authority.
    TakeOverAuthority: role(Action::ManageTokenService), Always, Moved;
    /// *Export CA Certificate*.
    ExportAuthority: role(Action::ManageTokenService), Always, Untouched;
    /// The token service's own keys.
    PrepareTokenService: System, Bookkeeping, Moved;
    /// How often connections are tested.
    ChangeCheckInterval: role(Action::ManageChecks), Always, Untouched;
    /// By which proxy connections are tested.
    ChangeProxy: role(Action::ManageChecks), Always, Untouched;
    /// Whether the system asks before a secret is copied or revealed.
    ChangeAsking: Person, Always, Untouched;

    /// What the clock shows.
    NoteTime: System, Bookkeeping, Untouched;
    /// What an interruption left over is set aside.
    SetAsideSecrets: System, Always, Untouched;
    /// Since when the period of what was set aside is seen to be over.
    NoteSetAsideOver: System, Bookkeeping, Untouched;
    /// What was set aside is deleted.
    DeleteSetAside: System, Always, Moved;
    /// The item by which the keychain is known.
    StoreWitness: System, Bookkeeping, Moved;
    /// Another keychain from now on.
    TakeOverKeychain: Named, Always, Moved;
}
