//! What a person can confirm, so that a refusal is lifted.

/// What a person can confirm, so that a rule that refused lets it pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confirmation {
    /// Other computers can reach the token service.
    Exposure,
    /// Requests hold credentials with addresses that the token service is about to leave.
    NewAddresses,
    /// SAP will refuse what is recorded, as far as its rules are known.
    VendorRules,
    /// A portal and a hub of one subaccount are connected for good.
    OwnPair,
}
