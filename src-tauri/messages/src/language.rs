//! The languages, and the one that a person has chosen.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// A language that there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English; every text exists in it.
    English,
    /// German, with *Sie*.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language of a tag such as `de-AT` or `en_GB.UTF-8` (BCP 47, or as POSIX writes it); `None` for one without
    /// texts.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// The language that a person has chosen, which can change while the program runs. Its clones share the
/// choice. The program's shell holds it; what makes text for that person asks it or gets its value.
#[derive(Debug, Clone, Default)]
pub struct ChosenLanguage(Arc<AtomicU8>);

impl ChosenLanguage {
    /// The choice of `language`.
    pub fn new(language: Language) -> Self {
        let chosen = Self::default();
        chosen.set(language);
        chosen
    }

    /// The language at this moment; English until somebody chooses.
    pub fn get(&self) -> Language {
        let current = self.0.load(Ordering::Relaxed);
        Language::ALL.into_iter().find(|language| *language as u8 == current).unwrap_or(Language::English)
    }

    /// Chooses `language`, for all clones.
    pub fn set(&self, language: Language) {
        self.0.store(language as u8, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_recognised_whatever_the_country() {
        for tag in ["de", "de-AT", "DE_ch", "de_DE.UTF-8", "de@euro", "de-Latn-DE"] {
            assert_eq!(Language::parse(tag), Some(Language::German), "{tag}");
        }
        assert_eq!(Language::parse("en-GB"), Some(Language::English));
        for tag in ["fr", "", "deu", "C", "-de"] {
            assert_eq!(Language::parse(tag), None, "{tag}");
        }
    }
}
