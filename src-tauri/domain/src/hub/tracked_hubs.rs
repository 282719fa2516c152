//! Hubs in SAP: recorded, corrected, forgotten. Nothing changes there.

use messages::message;

use crate::{
    activity::AuditAction,
    drawbridge::HubOperations,
    hub::{Hub, HubAddress, HubHome},
    id::HubId,
    kind::Kind,
    operation::Operation,
    ports::SharedChange,
    refusal::{Failure, Refusal},
    vocabulary::Vocabulary,
};

/// What a person types about a hub in SAP.
#[derive(Debug, Clone)]
pub struct HubDetails {
    /// Its name here.
    pub name: String,
    /// Its region; where it is empty, the address may tell.
    pub region: String,
    /// Where it opens in the browser.
    pub address: String,
    /// Which of the vendor's screens it shows.
    pub vocabulary: Vocabulary,
}

impl HubOperations<'_> {
    /// Records a hub in SAP.
    pub fn track(&self, details: &HubDetails) -> Result<Hub, Failure> {
        self.change(Operation::TrackHub, |work| {
            let hub = Hub {
                id: HubId(self.generate_id()),
                name: self.parse_free_name(&details.name, None)?,
                home: parse_home(details)?,
                vocabulary: details.vocabulary,
                created_at: self.now(),
            };
            work.record(AuditAction::HubTracked, hub.tagged_name(), describe(&hub));
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Corrects what is recorded about a hub in SAP.
    pub fn change_tracked(&self, id: HubId, details: &HubDetails) -> Result<Hub, Failure> {
        self.change(Operation::ChangeTrackedHub, |work| {
            let former = self.get_hub(id)?;
            must_be_in_sap(&former)?;
            let name = self.parse_free_name(&details.name, Some(id))?;
            let hub = Hub { name, home: parse_home(details)?, vocabulary: details.vocabulary, ..former };
            work.record(AuditAction::HubChanged, hub.tagged_name(), describe(&hub));
            work.put(SharedChange::PutHub(hub.clone()));
            Ok(hub)
        })
    }

    /// Forgets a hub in SAP with all its records. In SAP nothing changes.
    pub fn forget(&self, id: HubId) -> Result<(), Failure> {
        self.change(Operation::ForgetHub, |work| {
            let hub = self.get_hub(id)?;
            must_be_in_sap(&hub)?;
            for secret in self.list_held_secrets(id)? {
                work.drop_secret(secret);
            }
            work.record(AuditAction::HubForgotten, hub.tagged_name(), describe(&hub));
            work.put(SharedChange::RemoveHub(id));
            Ok(())
        })
    }
}

fn parse_home(details: &HubDetails) -> Result<HubHome, Failure> {
    let address = HubAddress::parse(&details.address)?;
    let region = Hub::parse_region(&details.region, &address)?;
    Ok(HubHome::InSap { region, address })
}

/// What is decided in SAP is recorded; what is decided here is submitted.
pub(crate) fn must_be_in_sap(hub: &Hub) -> Result<(), Refusal> {
    match hub.kind() {
        Kind::InSap => Ok(()),
        Kind::Local => Err(Refusal::HubLocal { hub: hub.name.clone() }),
    }
}

/// Its address, for the activity list.
fn describe(hub: &Hub) -> messages::Message {
    match &hub.home {
        HubHome::InSap { region, address } if region.is_empty() => {
            message!("activity-hub-in-sap", address = address.as_str())
        }
        HubHome::InSap { region, address } => {
            message!("activity-hub-in-sap-region", address = address.as_str(), region = region)
        }
        HubHome::Local { subaccount, .. } => message!("activity-subaccount", subaccount = subaccount.as_str()),
    }
}
