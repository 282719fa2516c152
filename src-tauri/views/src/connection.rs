//! Approved connections, destinations, and *Test Connection*.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    connection::{ConnectionOverview, Destination, DestinationOverview, DestinationState},
    connection_check::{
        ConnectionHealth, Doubt, FetchedApi, Finding, HealthOutcome, Postponed, Repair, Stage, StageReport, TestOutcome,
    },
    messages::Language,
    refusal::{Failure, Refusal},
};

use crate::{IntoView, Permit, View, declare::wire, user_error::sentence};

wire! {
    /// An approved connection.
    reply struct ConnectionView {
        /// What is known about it.
        pub health: HealthView,
        /// The APIs that the hub fetched last, by name.
        pub apis: Vec<FetchedApiView>,
        /// The hub's destination.
        pub destination: DestinationView,
    }

    /// What is known about an approved connection.
    reply struct HealthView {
        /// What the last test found that got to the portal.
        pub outcome: HealthOutcomeView,
        /// What prevented the last test, if anything did; then it is repeated soon.
        pub postponed: Option<PostponedView>,
        /// When it was last tested; `null` before the first time.
        pub checked_at: Option<DateTime<Utc>>,
        /// When the hub last fetched the portal's APIs.
        pub last_success: Option<DateTime<Utc>>,
        /// Whether something has changed since, so that it is about to be tested.
        pub due: bool,
        /// Why it is not known whether the connection works; `null` where that is known.
        pub doubt: Option<DoubtView>,
    }

    /// A test that did not get to the portal, or was asked to come back later.
    reply struct PostponedView {
        /// What was in the way.
        pub finding: FindingView,
        /// When it is made again.
        pub until: DateTime<Utc>,
    }

    /// What a test of a connection found.
    #[serde(tag = "outcome", rename_all_fields = "camelCase")]
    reply enum HealthOutcomeView {
        /// It was not tested yet.
        Unknown,
        /// The hub reaches the portal's APIs.
        Success,
        /// It did at its last test, which is longer ago than the interval between tests.
        Stale,
        /// It does not.
        Failing {
            /// What is wrong.
            finding: FindingView,
        },
    }

    /// Why it is not known whether a connection works.
    #[serde(tag = "doubt", rename_all_fields = "camelCase")]
    reply enum DoubtView {
        /// It was not tested yet.
        NeverTested,
        /// Something has changed since its last test.
        Changed,
        /// Its last test is older than the interval between tests.
        TooOld {
            /// When it was tested last.
            tested_at: Option<DateTime<Utc>>,
        },
        /// Its last test did not get to the portal.
        Postponed {
            /// What was in the way.
            finding: FindingView,
        },
    }

    /// What is wrong with a connection.
    reply struct FindingView {
        /// The stage that failed.
        pub stage: StageView,
        /// Code of the cause.
        pub code: String,
        /// What is wrong, as a sentence.
        pub message: String,
        /// The same in two or three words, for where the sentence does not fit.
        pub short: String,
        /// What to do.
        pub remedy: String,
        /// What was seen; may be empty.
        pub seen: String,
        /// What mends it.
        pub repair: RepairName,
    }

    /// What mends a connection that fails.
    reply enum RepairName {
        /// Other credentials.
        Reestablish,
        /// The settings of token service and proxy.
        Settings,
        /// Nothing here: waiting, or somebody else, and then another test.
        TestAgain,
    }

    /// A stage of the test.
    reply struct StageView {
        /// Identifies the stage.
        pub code: String,
        /// What a person reads.
        pub name: String,
    }

    /// An API of a portal, as the hub fetched it.
    reply struct FetchedApiView {
        /// Its name.
        pub name: String,
        /// Its title.
        pub title: String,
        /// Its version.
        pub version: String,
        /// Its description.
        pub description: String,
        /// The path below which it answers.
        pub base_path: String,
    }

    /// A destination of a hub.
    reply struct DestinationView {
        /// Id of the request whose connection it serves.
        pub request_id: String,
        /// Alias of that request.
        pub alias: String,
        /// Whether it is there.
        pub state: DestinationStateView,
        /// *URL*.
        pub url: String,
        /// *Token Service URL*.
        pub token_service_url: String,
        /// *Authentication*.
        pub authentication: String,
        /// The client id in it.
        pub client_id: String,
        /// Whether it proves itself with a certificate; with a client secret otherwise.
        pub certificate: bool,
        /// Whether the person may delete it.
        pub may_delete: Permit,
    }

    /// Whether a hub has the destination of a connection.
    #[serde(tag = "state", rename_all_fields = "camelCase")]
    reply enum DestinationStateView {
        /// It has.
        Present {
            /// Its name.
            name: String,
            /// When it was created.
            created_at: DateTime<Utc>,
            /// Who created it.
            created_by: String,
        },
        /// It was deleted.
        Deleted {
            /// When.
            at: DateTime<Utc>,
            /// Who.
            by: String,
        },
        /// The hub is in SAP: nothing about its destination is known here.
        InSap,
    }

    /// What happens during a test.
    #[serde(tag = "event", rename_all_fields = "camelCase")]
    reply enum TestEventView {
        /// These stages there will be.
        Planned {
            /// In their order.
            stages: Vec<StageView>,
        },
        /// A stage begins.
        Started {
            /// Code of the stage.
            stage: String,
        },
        /// A stage went well.
        Passed {
            /// Code of the stage.
            stage: String,
            /// What was found, in a few words.
            found: String,
            /// How long it took.
            milliseconds: u32,
        },
        /// A stage failed; the later ones are not attempted.
        Failed {
            /// Code of the stage.
            stage: String,
            /// What is wrong.
            finding: FindingView,
            /// How long it took.
            milliseconds: u32,
        },
    }

    /// What a test found.
    #[serde(tag = "outcome", rename_all_fields = "camelCase")]
    reply enum TestOutcomeView {
        /// Everything works.
        Passed {
            /// The portal's APIs.
            apis: Vec<FetchedApiView>,
        },
        /// Something is wrong.
        Failed {
            /// What.
            finding: FindingView,
        },
        /// The user cancelled it.
        Cancelled,
    }
}

impl View<ConnectionOverview> for ConnectionView {
    fn of(overview: ConnectionOverview, language: Language) -> Self {
        let ConnectionOverview { health, apis, destination } = overview;
        Self {
            health: health.into_view(language),
            apis: apis.into_iter().map(FetchedApiView::from).collect(),
            destination: destination.into_view(language),
        }
    }
}

impl View<ConnectionHealth> for HealthView {
    fn of(health: ConnectionHealth, language: Language) -> Self {
        let doubt = health.find_doubt().into_view(language);
        let ConnectionHealth { request_id: _, outcome, checked_at, last_success, due, postponed } = health;
        let outcome = match outcome {
            HealthOutcome::Unknown => HealthOutcomeView::Unknown,
            HealthOutcome::Success => HealthOutcomeView::Success,
            HealthOutcome::Stale => HealthOutcomeView::Stale,
            HealthOutcome::Failing(finding) => HealthOutcomeView::Failing { finding: finding.into_view(language) },
        };
        let postponed = postponed.map(|Postponed { finding, attempts: _, until }| PostponedView {
            finding: finding.into_view(language),
            until,
        });
        Self { outcome, postponed, checked_at, last_success, due, doubt }
    }
}

impl View<Doubt> for DoubtView {
    fn of(doubt: Doubt, language: Language) -> Self {
        match doubt {
            Doubt::NeverTested => Self::NeverTested,
            Doubt::Changed => Self::Changed,
            Doubt::TooOld { tested_at } => Self::TooOld { tested_at },
            Doubt::Postponed(finding) => Self::Postponed { finding: finding.into_view(language) },
        }
    }
}

impl View<Finding> for FindingView {
    fn of(finding: Finding, language: Language) -> Self {
        let short = finding.short().render(language);
        let Finding { stage, code, message, remedy, seen, repair } = finding;
        let message = sentence(&message.render(language));
        let (remedy, seen) = (remedy.render(language), seen.render(language));
        Self { stage: stage.into_view(language), code, message, short, remedy, seen, repair: repair.into() }
    }
}

impl From<Repair> for RepairName {
    fn from(repair: Repair) -> Self {
        match repair {
            Repair::Reestablish => Self::Reestablish,
            Repair::Settings => Self::Settings,
            Repair::TestAgain => Self::TestAgain,
        }
    }
}

impl View<Stage> for StageView {
    fn of(stage: Stage, language: Language) -> Self {
        Self { code: stage.code().to_owned(), name: stage.name(language).to_owned() }
    }
}

impl From<FetchedApi> for FetchedApiView {
    fn from(api: FetchedApi) -> Self {
        let FetchedApi { name, title, version, description, base_path } = api;
        Self { name, title, version, description, base_path }
    }
}

impl View<DestinationOverview> for DestinationView {
    fn of(overview: DestinationOverview, language: Language) -> Self {
        let DestinationOverview {
            request_id,
            alias,
            state,
            url,
            token_service_url,
            client_id,
            certificate,
            may_delete,
        } = overview;
        let state = match state {
            DestinationState::Present(Destination { name, created_at, created_by }) => {
                DestinationStateView::Present { name, created_at, created_by: created_by.name().to_owned() }
            }
            DestinationState::Deleted { at, by } => DestinationStateView::Deleted { at, by: by.name().to_owned() },
            DestinationState::InSap => DestinationStateView::InSap,
        };
        Self {
            request_id: request_id.to_string(),
            alias,
            state,
            url,
            token_service_url,
            authentication: Destination::AUTHENTICATION.to_owned(),
            client_id,
            certificate,
            may_delete: may_delete.into_view(language),
        }
    }
}

impl TestEventView {
    /// The stages that there will be.
    pub fn planned(stages: &[Stage], language: Language) -> Self {
        Self::Planned { stages: stages.to_vec().into_view(language) }
    }

    /// A stage begins.
    pub fn started(stage: Stage) -> Self {
        Self::Started { stage: stage.code().to_owned() }
    }

    /// A stage has ended.
    pub fn finished(report: &StageReport, language: Language) -> Self {
        let StageReport { stage, duration, result } = report;
        let (code, milliseconds) = (stage.code().to_owned(), milliseconds(*duration));
        match result {
            Ok(found) => Self::Passed { stage: code, found: found.render(language), milliseconds },
            Err(diagnosis) => {
                Self::Failed { stage: code, finding: Finding::new(*stage, diagnosis).into_view(language), milliseconds }
            }
        }
    }
}

impl TestOutcomeView {
    /// The end of a test. That the user cancelled it is not an error.
    pub fn new(result: Result<TestOutcome, Failure>, language: Language) -> Result<Self, Failure> {
        match result {
            Ok(TestOutcome::Passed(apis)) => {
                Ok(Self::Passed { apis: apis.into_iter().map(FetchedApiView::from).collect() })
            }
            Ok(TestOutcome::Failed(finding)) => Ok(Self::Failed { finding: finding.into_view(language) }),
            Err(Failure::Refused(Refusal::Cancelled)) => Ok(Self::Cancelled),
            Err(failure) => Err(failure),
        }
    }
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
