//! The *Activity* page.

use super::Drawbridge;
use crate::{ActivityPage, ActivityQuery, Failure};

impl Drawbridge {
    /// One page of what was done, newest first. Everybody may read it.
    pub fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, Failure> {
        Ok(self.repository.search_activity(query)?)
    }
}
