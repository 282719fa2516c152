//! The operations, by what they are about.

use std::ops::Deref;

use crate::drawbridge::Drawbridge;

/// For each concept a type with its operations, and the method of [`Drawbridge`] that returns it.
macro_rules! operations {
    ($($(#[$doc:meta])+ $accessor:ident: $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy)]
        pub struct $name<'a>(&'a Drawbridge);

        impl Deref for $name<'_> {
            type Target = Drawbridge;

            fn deref(&self) -> &Drawbridge {
                self.0
            }
        }

        impl Drawbridge {
            $(#[$doc])+
            pub const fn $accessor(&self) -> $name<'_> {
                $name(self)
            }
        }
    )+};
}

operations! {
    /// Who did what.
    activity: ActivityOperations;
    /// The APIs that a portal publishes.
    apis: ApiOperations;
    /// *Test Connection*.
    checks: CheckOperations;
    /// Approved connections and their destinations.
    connections: ConnectionOperations;
    /// Documents that a person gives.
    documents: DocumentOperations;
    /// *Copy* and *Export…* of the credentials of portals.
    exports: ExportOperations;
    /// API hubs.
    hubs: HubOperations;
    /// Which keychain is the one of this installation.
    keychain: KeychainOperations;
    /// What is not well.
    overview: OverviewOperations;
    /// People and their roles.
    people: PersonOperations;
    /// PingOne accounts and their Connection API Credentials.
    pingone: PingOneOperations;
    /// Portals, here and elsewhere: create, connect, generate and import credentials, delete.
    portals: PortalOperations;
    /// Connection requests: submit, edit, approve, reject, re-establish.
    requests: RequestOperations;
    /// The repair after an interruption.
    secrets: SecretOperations;
    /// Service instances and service keys of a portal.
    service_instances: ServiceInstanceOperations;
    /// *Settings*.
    settings: SettingsOperations;
    /// This computer's clock.
    time: TimeOperations;
    /// The keys of the token service.
    token_service: TokenServiceOperations;
}
