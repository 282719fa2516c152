//! Which of the vendor's screens a hub or portal looks like.

use domain::vocabulary::Vocabulary;

use crate::declare::wire;

wire! {
    /// Which of the vendor's screens a hub or portal looks like.
    #[derive(Copy)]
    both enum VocabularyName {
        /// *[New Design]*.
        NewDesign,
        /// *[Classic Design]*.
        ClassicDesign,
        /// *Developer Hub*.
        DeveloperHub,
    }
}

impl From<Vocabulary> for VocabularyName {
    fn from(vocabulary: Vocabulary) -> Self {
        match vocabulary {
            Vocabulary::NewDesign => Self::NewDesign,
            Vocabulary::ClassicDesign => Self::ClassicDesign,
            Vocabulary::DeveloperHub => Self::DeveloperHub,
        }
    }
}

impl From<VocabularyName> for Vocabulary {
    fn from(name: VocabularyName) -> Self {
        match name {
            VocabularyName::NewDesign => Self::NewDesign,
            VocabularyName::ClassicDesign => Self::ClassicDesign,
            VocabularyName::DeveloperHub => Self::DeveloperHub,
        }
    }
}
