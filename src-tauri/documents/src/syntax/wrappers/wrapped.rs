//! A value on the way to the credentials in it.

use crate::{Wrapper, tree::Node};

/// A value, and what was taken off around it.
pub(super) struct Wrapped {
    pub node: Node,
    /// Outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The name of what has none of its own.
    pub name: String,
}

impl Wrapped {
    /// A value that this one had under `wrapper`.
    pub fn inside(&self, node: Node, wrapper: Wrapper) -> Self {
        Self { node, wrappers: [self.wrappers.as_slice(), &[wrapper]].concat(), name: self.name.clone() }
    }
}

/// A value whose outermost wrapper was taken off.
pub(super) enum Opened {
    /// There was none: these may be credentials.
    Binding(Wrapped),
    /// What was under it; nothing, if nothing of it can be credentials.
    Inside(Vec<Wrapped>),
}
