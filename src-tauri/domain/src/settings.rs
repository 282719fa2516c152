//! The settings of this installation.

use crate::{InputProblem, TokenServiceSettings};

/// Everything on the page *Settings*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the token service listens.
    pub token_service: TokenServiceSettings,
    /// After how many hours an approved connection is tested again.
    pub check_interval_hours: u32,
    /// Whether the system asks the person before a secret is copied or revealed.
    pub asks_before_secrets: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_service: TokenServiceSettings::default(),
            check_interval_hours: Self::DEFAULT_CHECK_INTERVAL_HOURS,
            asks_before_secrets: true,
        }
    }
}

impl Settings {
    /// What holds until somebody changes it.
    pub const DEFAULT_CHECK_INTERVAL_HOURS: u32 = 6;

    /// The shortest interval, in hours.
    pub const MIN_CHECK_INTERVAL_HOURS: u32 = 1;

    /// The longest interval, in hours.
    pub const MAX_CHECK_INTERVAL_HOURS: u32 = 168;

    /// Checks an interval as typed.
    pub fn parse_check_interval(hours: u32) -> Result<u32, InputProblem> {
        let (least, most) = (Self::MIN_CHECK_INTERVAL_HOURS, Self::MAX_CHECK_INTERVAL_HOURS);
        if (least..=most).contains(&hours) { Ok(hours) } else { Err(InputProblem::NotAnInterval { least, most }) }
    }
}
