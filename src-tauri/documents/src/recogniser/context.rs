//! What is known around the credentials that are being read.

use super::{files::Files, places::Places};
use crate::{recognition::Options, work::Work};

/// What is known around the credentials.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub options: &'a Options<'a>,
    /// The lines of the text; `None` for a container.
    pub places: Option<&'a Places>,
    /// The other files of the archive.
    pub files: Files<'a>,
    /// What the document may still cost.
    pub work: &'a Work<'a>,
}
