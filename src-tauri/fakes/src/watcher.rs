//! Somebody who watches a test of a connection.

use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicBool, Ordering},
};

use domain::{
    connection_check::{Stage, StageObserver, StageReport},
    messages::Language,
};

/// Writes down what it is told, and cancels where the test says so.
#[derive(Default)]
pub struct Watcher {
    state: Mutex<State>,
    cancelled: AtomicBool,
    at: Option<(Stage, Act)>,
}

type Act = Box<dyn Fn(&Watcher) + Send + Sync>;

#[derive(Default)]
struct State {
    planned: Vec<Vec<Stage>>,
    reports: Vec<StageReport>,
}

impl Watcher {
    /// Does `act` when `stage` begins.
    pub fn at(stage: Stage, act: impl Fn(&Self) + Send + Sync + 'static) -> Self {
        Self { at: Some((stage, Box::new(act))), ..Self::default() }
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    pub fn reports(&self) -> Vec<StageReport> {
        self.state().reports.clone()
    }

    /// The stages that were announced, once a test.
    pub fn planned(&self) -> Vec<Vec<Stage>> {
        self.state().planned.clone()
    }

    /// Each stage that has ended, as a line that a person could read.
    pub fn lines(&self) -> Vec<String> {
        let line = |report: &StageReport| match &report.result {
            Ok(found) => format!("{}: {}", report.stage.name(Language::English), found.for_log()),
            Err(diagnosis) => {
                format!("{} FAILED: {}", report.stage.name(Language::English), diagnosis.cause.message().for_log())
            }
        };
        self.state().reports.iter().map(line).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the watcher")
    }
}

impl StageObserver for Watcher {
    fn planned(&self, stages: &[Stage]) {
        self.state().planned.push(stages.to_vec());
    }

    fn started(&self, stage: Stage) {
        if let Some((at, act)) = &self.at
            && *at == stage
        {
            act(self);
        }
    }

    fn finished(&self, report: &StageReport) {
        self.state().reports.push(report.clone());
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }
}
