//! What is to be said about a document: how grave, where, what, and what to do. No finding carries anything of a
//! document's values except public ones: dates, key sizes, the names of parts.

mod code;
mod kind;
mod severity;
mod words;

use messages::{Message, message};

use crate::{Part, Place, Shape};

pub use self::{kind::FindingKind, severity::Severity};

/// Something to be said about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands; `None` where the document has no lines, such as a PKCS#12 container.
    pub place: Option<Place>,
    /// What it is.
    pub kind: FindingKind,
}

impl Finding {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Whether it says that a URL is missing in a file of a shape that has no room for any: nobody can copy it once more.
    pub const fn is_url_missing_in(&self, shape: Shape) -> bool {
        let FindingKind::MissingPart { part: Part::Url | Part::CertUrl } = self.kind else { return false };
        !shape.carries_urls()
    }

    /// Where it stands and what it says, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self.place {
            Some(Place { line, column }) => {
                let message = self.kind.message();
                let (remedy, cli) = (message.remedy(), message.command_line_remedy());
                message!("finding-placed", line = line, column = column, remedy = remedy, cli = cli, message = message)
            }
            None => self.kind.message(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().for_log())
    }
}

impl std::error::Error for Finding {}
