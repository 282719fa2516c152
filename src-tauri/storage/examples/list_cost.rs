//! What the list of requests costs with 100,000 of them in one hub: opening it, a keystroke in its filter, a page of
//! scrolling. Standard output gets one line of JSON a figure, standard error the same to read. Fails over the budget.
//!
//! `list_cost [number of requests]`, in a release build.

use std::{
    error::Error,
    io::Write,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use domain::{
    activity::{AuditAction, AuditEvent},
    connection::RequestStateKind,
    id::{EventId, HubId},
    messages::Language,
    person::Actor,
    ports::{Activity, ActivityQuery, Repository, RequestQuery, RequestSort, Requests, SharedChange},
};
use storage::SqliteRepository;
use uuid::Uuid;

const PAGE: usize = 50;
const OPEN: Duration = Duration::from_millis(50);
const KEYSTROKE: Duration = Duration::from_millis(16);

/// Typed letter by letter. They match everything, some or nothing, and contain what SQL would take for more than text.
const TYPED: [&str; 7] =
    ["sales eu", "müller prod", "apiportal.cfapps", "0042", "100% ops_4711", "\"hub", "zürich o'neill sandbox x"];

const SORTS: [RequestSort; 4] =
    [RequestSort::Alias, RequestSort::SubmittedBy, RequestSort::SubmittedAt, RequestSort::ValidUntil];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("drawbridge.sqlite");
    let start = Instant::now();
    // All of them in one state, which is the longest list there can be.
    let hub = fakes::seed(&SqliteRepository::open(&path)?, chrono::Utc::now(), count, 0)?;
    let mut report = Report { over_budget: false };
    let size = std::fs::metadata(&path)?.len() / 1_000_000;
    writeln!(std::io::stderr(), "{count} requests seeded in {:.1?}, {size} MB\n", start.elapsed())?;

    report.figure("open the list for the first time", OPEN, open_first(&path, hub)?)?;
    report.figure("open the list after a commit", OPEN, open_after_commit(&path, hub)?)?;
    for sort in SORTS {
        for descending in [false, true] {
            let list = RequestQuery {
                hub,
                state: Some(RequestStateKind::Pending),
                search: String::new(),
                sort,
                descending,
                offset: 0,
                limit: PAGE,
            };
            let direction = if descending { "descending" } else { "ascending" };
            let repository = SqliteRepository::open(&path)?;
            report.figure(&format!("filter by {sort:?} {direction}"), KEYSTROKE, keystrokes(&repository, &list)?)?;
            report.figure(&format!("scroll by {sort:?} {direction}"), KEYSTROKE, pages(&repository, &list, count)?)?;
            let filtered = RequestQuery { search: "e".into(), ..list };
            let what = format!("scroll filtered by {sort:?} {direction}");
            report.figure(&what, KEYSTROKE, pages(&repository, &filtered, count)?)?;
        }
    }
    let repository = SqliteRepository::open(&path)?;
    report.figure("filter the activity", KEYSTROKE, activity_keystrokes(&repository)?)?;
    report.figure("scroll the activity", KEYSTROKE, activity_pages(&repository, count)?)?;
    Ok(if report.over_budget { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

struct Report {
    over_budget: bool,
}

impl Report {
    fn figure(&mut self, what: &str, budget: Duration, mut samples: Vec<Duration>) -> Result<(), Box<dyn Error>> {
        samples.sort();
        let at = |percent: usize| samples[(samples.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
        let budget = budget.as_secs_f64() * 1000.0;
        let ok = at(95) <= budget;
        self.over_budget |= !ok;
        let name = format!("storage: {what}");
        let line = serde_json::json!({
            "what": name, "budget": budget, "measured": (at(95) * 100.0).round() / 100.0, "unit": "ms (p95)", "ok": ok,
        });
        writeln!(std::io::stdout(), "{line}")?;
        writeln!(
            std::io::stderr(),
            "{what:<45} p50 {:>6.2} ms   p95 {:>6.2} ms   worst {:>6.2} ms   budget {budget} ms{}",
            at(50),
            at(95),
            at(100),
            if ok { "" } else { "   OVER" },
        )?;
        Ok(())
    }
}

fn time<T, E>(call: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let start = Instant::now();
    call()?;
    Ok(start.elapsed())
}

fn first_page(hub: HubId) -> RequestQuery {
    RequestQuery {
        hub,
        state: Some(RequestStateKind::Pending),
        search: String::new(),
        sort: RequestSort::SubmittedAt,
        descending: true,
        offset: 0,
        limit: PAGE,
    }
}

fn open_list(repository: &SqliteRepository, hub: HubId) -> Result<(), domain::ports::RepositoryError> {
    repository.count_requests(hub)?;
    repository.search_requests(&first_page(hub))?;
    Ok(())
}

fn open_first(path: &Path, hub: HubId) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for _ in 0..40 {
        let repository = SqliteRepository::open(path)?;
        samples.push(time(|| open_list(&repository, hub))?);
    }
    Ok(samples)
}

fn open_after_commit(path: &Path, hub: HubId) -> Result<Vec<Duration>, Box<dyn Error>> {
    let repository = SqliteRepository::open(path)?;
    let mut samples = Vec::new();
    for number in 1..=40 {
        repository.commit(&[SharedChange::Record(AuditEvent {
            id: EventId(Uuid::from_u128(number)),
            at: chrono::DateTime::UNIX_EPOCH,
            actor: Actor::System,
            action: AuditAction::HubChanged,
            subject: "Hub".into(),
            detail: "".into(),
        })
        .into()])?;
        samples.push(time(|| open_list(&repository, hub))?);
    }
    Ok(samples)
}

/// The very first keystroke, which reads all texts, is one of them.
fn keystrokes(repository: &SqliteRepository, list: &RequestQuery) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for typed in TYPED {
        for (end, letter) in typed.char_indices() {
            let search = typed[..end + letter.len_utf8()].to_owned();
            let query = RequestQuery { search, ..list.clone() };
            samples.push(time(|| repository.search_requests(&query))?);
        }
    }
    Ok(samples)
}

fn pages(repository: &SqliteRepository, list: &RequestQuery, count: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for offset in (0..count).step_by(count.div_ceil(100)) {
        let query = RequestQuery { offset, ..list.clone() };
        samples.push(time(|| repository.search_requests(&query))?);
    }
    Ok(samples)
}

fn activity_keystrokes(repository: &SqliteRepository) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for typed in TYPED {
        for (end, letter) in typed.char_indices() {
            let search = typed[..end + letter.len_utf8()].to_owned();
            samples.push(time(|| {
                repository.search_activity(&ActivityQuery {
                    language: Language::English,
                    search,
                    offset: 0,
                    limit: PAGE,
                })
            })?);
        }
    }
    Ok(samples)
}

fn activity_pages(repository: &SqliteRepository, count: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for offset in (0..count).step_by(count.div_ceil(100)) {
        let query = ActivityQuery { language: Language::English, search: String::new(), offset, limit: PAGE };
        samples.push(time(|| repository.search_activity(&query))?);
    }
    Ok(samples)
}
