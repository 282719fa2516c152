//! Connection requests.

use chrono::{DateTime, Utc};
use domain::{
    connection::{
        ConnectionRequest, Decision, HeldCredential, RecordDetails, Report, RequestOverview, RequestOverviewPage,
        RequestPermits, RequestState, RequestStateKind, Verdict,
    },
    id::HubId,
    messages::Language,
    ports::{RequestQuery, RequestSort},
    refusal::Confirmation,
};

use crate::{
    ConfirmationName, CredentialSummaryView, CredentialsRequest, HealthView, IntoView, KindName, Permit,
    RequestStateName, View, VocabularyName, declare::wire, numbers::count,
};

wire! {
    /// Which requests are wanted.
    request struct ListRequestsRequest {
        /// Id of the hub.
        pub hub_id: String,
        /// Their state; `null` for all of them.
        pub state: Option<RequestStateName>,
        /// Words that all have to occur; empty for all.
        pub search: String,
        /// What they are sorted by.
        pub sort: RequestSortName,
        /// Whether the last comes first.
        pub descending: bool,
        /// How many to leave out at the start.
        pub offset: u32,
        /// How many to return at most.
        pub limit: u32,
    }

    /// What requests are sorted by.
    request enum RequestSortName {
        /// The alias.
        Alias,
        /// The submitter's name.
        SubmittedBy,
        /// The time of submission.
        SubmittedAt,
        /// The end of the credentials' validity.
        ValidUntil,
    }

    /// A page of requests.
    reply struct RequestListView {
        /// How many match in all.
        pub matching: u32,
        /// The page.
        pub rows: Vec<RequestView>,
    }

    /// A connection request.
    reply struct RequestView {
        /// Identifies the request.
        pub id: String,
        /// Id of the hub.
        pub hub_id: String,
        /// Name of the hub.
        pub hub: String,
        /// Whether the hub, and so the request and the connection, is local or in SAP.
        pub kind: KindName,
        /// The vocabulary of the hub.
        pub vocabulary: VocabularyName,
        /// Id of the portal; `null` if it is not in this installation.
        pub portal_id: Option<String>,
        /// *API Portal Alias Name*.
        pub alias: String,
        /// *Comment*.
        pub comment: String,
        /// Who submitted it.
        pub submitted_by: String,
        /// When.
        pub submitted_at: DateTime<Utc>,
        /// What was reported about it, if its hub is in SAP.
        pub report: Option<ReportView>,
        /// Where it stands.
        pub state: RequestStateView,
        /// The hub's copy of the credentials, redacted.
        pub credentials: CredentialSummaryView,
        /// Whether its portal has other current credentials than the hub's copy, as far as the person may see.
        pub holds_former: bool,
        /// What is known about the connection; `null` while there is none.
        pub health: Option<HealthView>,
        /// What the person may do with it.
        pub permits: RequestPermitsView,
    }

    /// What was reported about a request in SAP.
    reply struct ReportView {
        /// Who made the record.
        pub recorded_by: String,
        /// Who decided it; may be empty.
        pub decided_by: String,
        /// A note of one's own.
        pub note: String,
        /// A ticket.
        pub ticket: String,
    }

    /// What a person types about a request in SAP.
    request struct RecordDetailsRequest {
        /// *API Portal Alias Name*.
        pub alias: String,
        /// *Comment*.
        pub comment: String,
        /// Who submitted it; empty for the person who records it.
        pub submitted_by: String,
        /// On which day, as its beginning by UTC.
        pub submitted_on: DateTime<Utc>,
        /// Who decided it; may be empty.
        pub decided_by: String,
        /// On which day; `null` while it is pending.
        pub decided_on: Option<DateTime<Utc>>,
        /// A note of one's own.
        pub note: String,
        /// A ticket.
        pub ticket: String,
        /// What the person has confirmed.
        pub confirmed: Vec<ConfirmationName>,
    }

    /// What was decided in SAP.
    request struct DecisionRequest {
        /// Why it was rejected; `null` if it was approved.
        pub rejected_because: Option<String>,
        /// By whom; may be empty.
        pub by: String,
        /// On which day, as its beginning by UTC.
        pub on: DateTime<Utc>,
    }

    /// Where a request stands, with what belongs to that state.
    #[serde(tag = "state", rename_all_fields = "camelCase")]
    reply enum RequestStateView {
        /// Waits for a hub admin.
        Pending {
            /// When the hub took the credentials.
            applied_at: DateTime<Utc>,
            /// Who gave them.
            applied_by: String,
        },
        /// Connected.
        Approved {
            /// Who approved it.
            approved_by: String,
            /// When.
            approved_at: DateTime<Utc>,
            /// When the hub took the credentials.
            applied_at: DateTime<Utc>,
            /// Who gave them.
            applied_by: String,
        },
        /// Turned down.
        Rejected {
            /// Who rejected it.
            rejected_by: String,
            /// When.
            rejected_at: DateTime<Utc>,
            /// Why.
            reason: String,
        },
    }

    /// What a person may do with a request.
    reply struct RequestPermitsView {
        /// *View*.
        pub view: Permit,
        /// *Edit Credentials*.
        pub edit_credentials: Permit,
        /// *Approve*.
        pub approve: Permit,
        /// *Reject*.
        pub reject: Permit,
        /// *Re-establish Connection*.
        pub reestablish: Permit,
        /// *Test Connection*.
        pub test: Permit,
        /// Record what was decided in SAP.
        pub record_decision: Permit,
        /// Correct a record.
        pub change_record: Permit,
        /// Forget a record.
        pub forget: Permit,
    }

    /// A request as typed.
    request struct SubmitRequestRequest {
        /// Id of the hub.
        pub hub_id: String,
        /// *API Portal Alias Name*.
        pub alias: String,
        /// *API Portal Access Credentials*.
        pub credentials: CredentialsRequest,
        /// *Comment*.
        pub comment: String,
        /// The mandatory checkbox.
        pub irrevocable: bool,
    }
}

impl ListRequestsRequest {
    /// The most rows of one page.
    const MAX_LIMIT: u32 = 500;

    /// The query for `hub`.
    pub fn into_query(self, hub: HubId) -> RequestQuery {
        let Self { hub_id: _, state, search, sort, descending, offset, limit } = self;
        RequestQuery {
            hub,
            state: state.map(RequestStateKind::from),
            search,
            sort: match sort {
                RequestSortName::Alias => RequestSort::Alias,
                RequestSortName::SubmittedBy => RequestSort::SubmittedBy,
                RequestSortName::SubmittedAt => RequestSort::SubmittedAt,
                RequestSortName::ValidUntil => RequestSort::ValidUntil,
            },
            descending,
            offset: offset as usize,
            limit: limit.min(Self::MAX_LIMIT) as usize,
        }
    }
}

impl RecordDetailsRequest {
    /// What was typed, and what was confirmed.
    pub fn into_details(self) -> (RecordDetails, Vec<Confirmation>) {
        let Self { alias, comment, submitted_by, submitted_on, decided_by, decided_on, note, ticket, confirmed } = self;
        let details =
            RecordDetails { alias, comment, submitted_by, submitted_on, decided_by, decided_on, note, ticket };
        (details, confirmed.into_iter().map(Confirmation::from).collect())
    }
}

impl From<DecisionRequest> for Decision {
    fn from(request: DecisionRequest) -> Self {
        let DecisionRequest { rejected_because, by, on } = request;
        let verdict = rejected_because.map_or(Verdict::Approved, |reason| Verdict::Rejected { reason });
        Self { verdict, by, on }
    }
}

impl View<RequestOverviewPage> for RequestListView {
    fn of(page: RequestOverviewPage, language: Language) -> Self {
        let RequestOverviewPage { matching, rows } = page;
        Self { matching: count(matching), rows: rows.into_view(language) }
    }
}

impl View<RequestOverview> for RequestView {
    fn of(overview: RequestOverview, language: Language) -> Self {
        let RequestOverview { request, hub, vocabulary, portal_name, validity, holds_former, health, permits } =
            overview;
        let facts = request.facts().clone();
        let (kind, submitter) = (request.home().into(), request.submitter().to_owned());
        let ConnectionRequest {
            id,
            hub_id,
            alias,
            portal_key: _,
            portal_id,
            comment,
            submitted_by,
            submitted_at,
            report,
            state,
        } = request;
        Self {
            id: id.to_string(),
            hub_id: hub_id.to_string(),
            hub,
            kind,
            vocabulary: vocabulary.into(),
            portal_id: portal_id.map(|id| id.to_string()),
            alias,
            comment,
            submitted_by: submitter,
            submitted_at,
            report: report.map(|Report { submitted_by: _, decided_by, note, ticket }| ReportView {
                recorded_by: submitted_by.name().to_owned(),
                decided_by,
                note,
                ticket,
            }),
            state: state.into(),
            credentials: CredentialSummaryView::new(facts, validity, portal_name, language),
            holds_former,
            health: health.into_view(language),
            permits: permits.into_view(language),
        }
    }
}

impl From<RequestState> for RequestStateView {
    fn from(state: RequestState) -> Self {
        match state {
            RequestState::Pending { held: HeldCredential { facts: _, secret: _, applied_at, applied_by } } => {
                Self::Pending { applied_at, applied_by: applied_by.name().to_owned() }
            }
            RequestState::Approved {
                held: HeldCredential { facts: _, secret: _, applied_at, applied_by },
                approved_by,
                approved_at,
                destination: _,
            } => Self::Approved {
                approved_by: approved_by.name().to_owned(),
                approved_at,
                applied_at,
                applied_by: applied_by.name().to_owned(),
            },
            RequestState::Rejected { facts: _, rejected_by, rejected_at, reason } => {
                Self::Rejected { rejected_by: rejected_by.name().to_owned(), rejected_at, reason }
            }
        }
    }
}

impl View<RequestPermits> for RequestPermitsView {
    fn of(permits: RequestPermits, language: Language) -> Self {
        let RequestPermits {
            view,
            edit_credentials,
            approve,
            reject,
            reestablish,
            test,
            record_decision,
            change_record,
            forget,
        } = permits;
        Self {
            view: view.into_view(language),
            edit_credentials: edit_credentials.into_view(language),
            approve: approve.into_view(language),
            reject: reject.into_view(language),
            reestablish: reestablish.into_view(language),
            test: test.into_view(language),
            record_decision: record_decision.into_view(language),
            change_record: change_record.into_view(language),
            forget: forget.into_view(language),
        }
    }
}
