//! Who may do what.

use crate::{
    person::{Action, Person, Role},
    refusal::Refusal,
    vocabulary::Vocabulary,
};

impl Person {
    /// Whether this person has every role that `action` needs.
    pub fn may(&self, action: Action) -> Result<(), Refusal> {
        self.must_have(action.roles(), action)
    }

    /// The same for what is done in a hub of that vocabulary.
    pub fn may_at(&self, action: Action, vocabulary: Vocabulary) -> Result<(), Refusal> {
        self.must_have(action.roles_at(vocabulary), action)
    }

    fn must_have(&self, roles: &[Role], action: Action) -> Result<(), Refusal> {
        let missing: Vec<Role> = roles.iter().copied().filter(|role| !self.roles.contains(role)).collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Refusal::RoleMissing { action, missing, person: Box::new(self.clone()) })
        }
    }
}
