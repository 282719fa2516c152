//! The words and layouts that the vendor's screens have had over the years. The data behind them is the same.

use messages::{Message, message};

/// Which of the vendor's screens a hub or portal looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Vocabulary {
    /// *[New Design]*: *Enterprise Manager* > *Manage Connections*.
    #[default]
    NewDesign,
    /// *[Classic Design]*: the tab *Manage* with its tiles.
    ClassicDesign,
    /// *Developer Hub*: *Admin Center* > *API Management Connections*.
    DeveloperHub,
}

impl Vocabulary {
    /// All of them, in the order of the screens.
    pub const ALL: [Self; 3] = [Self::NewDesign, Self::ClassicDesign, Self::DeveloperHub];

    /// The code it is stored under.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewDesign => "new_design",
            Self::ClassicDesign => "classic_design",
            Self::DeveloperHub => "developer_hub",
        }
    }

    /// What the vendor calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewDesign => "New Design",
            Self::ClassicDesign => "Classic Design",
            Self::DeveloperHub => "Developer Hub",
        }
    }

    /// What *Activity* says when the vocabulary is changed to this one.
    pub(crate) fn describe_change(self, former: Self) -> Message {
        message!("activity-vocabulary", vocabulary = self.name(), former = former.name())
    }

    /// The vocabulary stored under `code`.
    pub fn find_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vocabulary| vocabulary.code() == code)
    }
}
