//! The activity list.

use chrono::{DateTime, Utc};
use domain::{
    activity::AuditEvent,
    messages::Language,
    ports::{ActivityPage, ActivityQuery},
};

use crate::{IntoView, View, declare::wire, numbers::count};

wire! {
    /// Which entries are wanted.
    request struct ListActivityRequest {
        /// Words that all have to occur; empty for all.
        pub search: String,
        /// How many to leave out at the start.
        pub offset: u32,
        /// How many to return at most.
        pub limit: u32,
    }

    /// A page of the activity list, newest first.
    reply struct ActivityListView {
        /// How many match in all.
        pub matching: u32,
        /// The page.
        pub rows: Vec<ActivityView>,
    }

    /// An entry of the activity list.
    reply struct ActivityView {
        /// Identifies the entry.
        pub id: String,
        /// When.
        pub at: DateTime<Utc>,
        /// Who.
        pub person: String,
        /// What, in words.
        pub action: String,
        /// To which portal, request, hub or person.
        pub subject: String,
        /// More about it; may be empty.
        pub detail: String,
    }
}

impl ListActivityRequest {
    /// The most rows of one page.
    const MAX_LIMIT: u32 = 500;

    /// The query of somebody who reads `language`.
    pub fn into_query(self, language: Language) -> ActivityQuery {
        let Self { search, offset, limit } = self;
        ActivityQuery { search, language, offset: offset as usize, limit: limit.min(Self::MAX_LIMIT) as usize }
    }
}

impl View<ActivityPage> for ActivityListView {
    fn of(page: ActivityPage, language: Language) -> Self {
        let ActivityPage { matching, rows } = page;
        Self { matching: count(matching), rows: rows.into_view(language) }
    }
}

impl View<AuditEvent> for ActivityView {
    fn of(event: AuditEvent, language: Language) -> Self {
        let AuditEvent { id, at, actor, action, subject, detail } = event;
        Self {
            id: id.to_string(),
            at,
            person: actor.name().to_owned(),
            action: action.phrase(language).to_owned(),
            subject: subject.render(language),
            detail: detail.render(language),
        }
    }
}
