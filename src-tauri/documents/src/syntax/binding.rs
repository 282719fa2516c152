//! What a text is read into: objects that may be credentials, and defects with their places.

use crate::{FindingKind, Wrapper, tree::Node};

/// An object that may be credentials.
#[derive(Debug)]
pub(crate) struct Binding {
    /// As in [`crate::Candidate::name`].
    pub name: String,
    /// What was taken off, outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The object.
    pub node: Node,
}

/// What is wrong, and where: bytes from the start of the text as it was given.
#[derive(Debug)]
pub(super) struct Defect {
    pub at: usize,
    pub kind: FindingKind,
}

/// How places in a piece of text become places in the text as it was given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// The piece stands there as it is, from that byte on.
    Verbatim(usize),
    /// The piece was unescaped or decoded from the value at that byte.
    Inside(usize),
}

impl Origin {
    pub fn at(self, offset: usize) -> usize {
        match self {
            Self::Verbatim(start) => start + offset,
            Self::Inside(at) => at,
        }
    }
}
