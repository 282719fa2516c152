//! An API hub: the side that shows the APIs of its portals to developers.

use chrono::{DateTime, Utc};
use messages::{Message, message};

use crate::{
    hub::HubAddress,
    id::HubId,
    input::{Field, InputProblem, single_line},
    kind::Kind,
    portal::Subaccount,
    vocabulary::Vocabulary,
};

/// An API business hub enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// Identifies the hub for good.
    pub id: HubId,
    /// Its name, unique in this installation whatever its case.
    pub name: String,
    /// Whether it is local or in SAP, with what belongs to that.
    pub home: HubHome,
    /// Which of the vendor's screens its pages look like. The data is the same in each.
    pub vocabulary: Vocabulary,
    /// When it was created or recorded.
    pub created_at: DateTime<Utc>,
}

/// Where a hub is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubHome {
    /// In this installation, which keeps and decides its requests.
    Local {
        /// The subaccount it stands for.
        subaccount: Subaccount,
        /// Whether nobody may approve a request that he submitted himself. The vendor forbids it nowhere.
        four_eyes: bool,
    },
    /// In SAP. Its requests are records of what happens there.
    InSap {
        /// The region of its subaccount, such as "eu10"; empty if nobody has said it.
        region: String,
        /// Where it opens in the browser.
        address: HubAddress,
    },
}

impl Hub {
    /// How many portals can be connected to one hub.
    pub const MAX_PORTALS: usize = 3;

    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;

    /// The longest region, in characters.
    pub const MAX_REGION: usize = 40;

    /// Checks a name as typed; returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }

    /// Checks a region as typed. Where it is empty, `address` may tell.
    pub(crate) fn parse_region(region: &str, address: &HubAddress) -> Result<String, InputProblem> {
        if region.trim().is_empty() {
            return Ok(address.find_region().unwrap_or_default());
        }
        single_line(Field::Region, region, Self::MAX_REGION)
    }

    /// Whether it is local or in SAP.
    pub const fn kind(&self) -> Kind {
        match self.home {
            HubHome::Local { .. } => Kind::Local,
            HubHome::InSap { .. } => Kind::InSap,
        }
    }

    /// The subaccount of a local hub.
    pub const fn subaccount(&self) -> Option<&Subaccount> {
        match &self.home {
            HubHome::Local { subaccount, .. } => Some(subaccount),
            HubHome::InSap { .. } => None,
        }
    }

    /// Whether somebody else has to approve what a person submitted.
    pub const fn demands_four_eyes(&self) -> bool {
        match self.home {
            HubHome::Local { four_eyes, .. } => four_eyes,
            HubHome::InSap { .. } => false,
        }
    }

    /// The name with its tag, for the activity list.
    pub(crate) fn tagged_name(&self) -> Message {
        self.kind().tagged(&self.name)
    }

    /// Where something happened, for the activity list.
    pub(crate) fn describe(&self) -> Message {
        message!("activity-at-hub", hub = self.tagged_name())
    }

    /// The same with what it happened to.
    pub(crate) fn describe_with(&self, what: Message) -> Message {
        message!("activity-at-hub-with", hub = self.tagged_name(), what = what)
    }
}
