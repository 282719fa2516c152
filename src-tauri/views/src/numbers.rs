//! Numbers that JavaScript holds exactly.

/// A count.
pub(crate) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
