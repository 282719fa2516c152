//! How hard a secret is to guess.

use domain::{
    credential::{SecretStrength, StrengthSuggestion, StrengthWarning},
    messages::Language,
};

use crate::{IntoView, View, declare::wire};

wire! {
    /// How hard a secret is to guess.
    reply struct SecretStrengthView {
        /// From 0, guessed at once, to `maxScore`.
        pub score: u32,
        /// The best score.
        pub max_score: u32,
        /// The score in words.
        pub word: String,
        /// Whether the person should be warned.
        pub weak: bool,
        /// What makes it easy to guess, if one thing does.
        pub warning: Option<StrengthAdviceView>,
        /// What would make it harder.
        pub suggestions: Vec<StrengthAdviceView>,
    }

    /// A piece of advice about a secret.
    reply struct StrengthAdviceView {
        /// Stable name.
        pub code: String,
        /// A sentence.
        pub text: String,
    }
}

impl View<SecretStrength> for SecretStrengthView {
    fn of(strength: SecretStrength, language: Language) -> Self {
        let (word, weak) = (strength.word(language).to_owned(), strength.is_weak());
        let SecretStrength { score, warning, suggestions } = strength;
        Self {
            score: score.into(),
            max_score: SecretStrength::MAX_SCORE.into(),
            word,
            weak,
            warning: warning.into_view(language),
            suggestions: suggestions.into_view(language),
        }
    }
}

impl View<StrengthWarning> for StrengthAdviceView {
    fn of(warning: StrengthWarning, language: Language) -> Self {
        Self { code: warning.code().to_owned(), text: warning.text(language).to_owned() }
    }
}

impl View<StrengthSuggestion> for StrengthAdviceView {
    fn of(suggestion: StrengthSuggestion, language: Language) -> Self {
        Self { code: suggestion.code().to_owned(), text: suggestion.text(language).to_owned() }
    }
}
