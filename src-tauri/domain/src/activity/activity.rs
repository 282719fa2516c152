//! The *Activity* page.

use crate::{
    drawbridge::ActivityOperations,
    ports::{ActivityPage, ActivityQuery},
    refusal::Failure,
};

impl ActivityOperations<'_> {
    /// One page of what was done, newest first. Everybody may read it.
    pub fn search(&self, query: &ActivityQuery) -> Result<ActivityPage, Failure> {
        Ok(self.repository.search_activity(query)?)
    }
}
