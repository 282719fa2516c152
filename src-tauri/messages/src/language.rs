//! The languages, and the one that this process speaks.

use std::sync::atomic::{AtomicU8, Ordering};

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

static CURRENT: AtomicU8 = AtomicU8::new(Language::English as u8);

/// From now on messages become text in `language`, in the whole process.
pub fn set_language(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// The language that messages become text in.
pub fn current_language() -> Language {
    let current = CURRENT.load(Ordering::Relaxed);
    Language::ALL.into_iter().find(|language| *language as u8 == current).unwrap_or(Language::English)
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
