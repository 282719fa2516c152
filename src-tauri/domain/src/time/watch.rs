//! This computer's clock, and how far it can be believed.

use messages::Language;
use tracing::warn;

use crate::{
    drawbridge::{Drawbridge, TimeOperations},
    operation::Operation,
    ports::{ActivityQuery, LocalChange},
    refusal::Failure,
    time::SeenTime,
};

impl TimeOperations<'_> {
    /// Looks at the clock, and remembers what it shows. To be called once a minute while a process runs.
    pub fn watch(&self) -> Result<(), Failure> {
        let known = self.repository.find_seen_time()?;
        if known.is_some_and(|known| !known.is_worth_keeping(&known.note(self.now()))) {
            return Ok(());
        }
        self.change(Operation::NoteTime, |work| {
            let known = self.repository.find_seen_time()?;
            let seen = self.judge_time(known)?;
            if known.is_none_or(|known| known.is_worth_keeping(&seen)) {
                work.put(LocalChange::PutSeenTime(seen));
            }
            Ok(())
        })
    }
}

impl Drawbridge {
    /// The same before an operation that depends on the clock. Where it cannot be stored, the operation cannot change
    /// anything either.
    pub(crate) fn look_at_clock(&self) {
        if let Err(error) = self.time().watch() {
            warn!(%error, "what the clock shows cannot be remembered");
        }
    }

    /// What is known about the clock at this moment. Stores nothing.
    pub(crate) fn see_time(&self) -> Result<SeenTime, Failure> {
        self.judge_time(self.repository.find_seen_time()?)
    }

    fn judge_time(&self, known: Option<SeenTime>) -> Result<SeenTime, Failure> {
        let now = self.now();
        if let Some(known) = known {
            return Ok(known.note(now));
        }
        let server = self.repository.find_server_authority()?.map(|authority| authority.created_at);
        let clients = self.repository.find_client_authority()?.map(|authority| authority.created_at);
        let identity = self.repository.find_token_service_identity()?.map(|identity| identity.not_before);
        let newest = ActivityQuery { search: String::new(), language: Language::English, offset: 0, limit: 1 };
        let newest = self.repository.search_activity(&newest)?;
        let recorded = newest.rows.first().map(|event| event.at);
        Ok(SeenTime::first(now, [server, clients, identity, recorded].into_iter().flatten().max()))
    }
}
