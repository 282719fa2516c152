//! What a person can confirm, so that a refusal is lifted.

/// What a person can confirm, so that a rule that refused lets it pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confirmation {
    /// Other computers can reach the token service.
    Exposure,
    /// Requests hold credentials with addresses that the token service is about to leave.
    NewAddresses,
}
