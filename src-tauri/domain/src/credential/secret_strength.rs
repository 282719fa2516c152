//! How hard a secret that a person chose is to guess. This is advice, not a rule: no secret is refused because of it.

use documents::SecretBytes;
use messages::{Language, message};
use zxcvbn::{
    feedback::{Suggestion, Warning},
    zxcvbn,
};

/// The estimate of zxcvbn for a secret. It holds nothing of the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretStrength {
    /// From 0, guessed at once, to [`Self::MAX_SCORE`].
    pub score: u8,
    /// What makes it easy to guess, if one thing does.
    pub warning: Option<StrengthWarning>,
    /// What would make it harder.
    pub suggestions: Vec<StrengthSuggestion>,
}

impl SecretStrength {
    /// The best score: very hard to guess.
    pub const MAX_SCORE: u8 = 4;

    /// Below this score a person is warned.
    pub const GOOD_SCORE: u8 = 3;

    /// How many characters are looked at. The limit is needed because the estimate's running time grows faster than
    /// linearly.
    const MAX_JUDGED: usize = 100;

    /// Judges `secret`. `known` are words that an attacker would try first, such as the client id.
    pub(crate) fn judge(secret: &SecretBytes, known: &[&str]) -> Self {
        // EXPOSE: the estimate is computed from the secret and leads back to no more than its kind.
        let text = std::str::from_utf8(secret.expose()).unwrap_or_default();
        let judged = text.char_indices().nth(Self::MAX_JUDGED).map_or(text, |(end, _)| &text[..end]);
        let estimate = zxcvbn(judged, known);
        let feedback = estimate.feedback();
        Self {
            score: u8::from(estimate.score()).min(Self::MAX_SCORE),
            warning: feedback.and_then(|feedback| feedback.warning()).map(StrengthWarning::from),
            suggestions: feedback
                .map(|feedback| feedback.suggestions().iter().copied().map(StrengthSuggestion::from).collect())
                .unwrap_or_default(),
        }
    }

    /// The score as a person reads it.
    pub fn word(&self, language: Language) -> &'static str {
        match self.score {
            0 => message!("strength-very-weak"),
            1 => message!("strength-weak"),
            2 => message!("strength-fair"),
            3 => message!("strength-strong"),
            _ => message!("strength-very-strong"),
        }
        .text(language)
    }

    /// Whether a person should think again.
    pub const fn is_weak(&self) -> bool {
        self.score < Self::GOOD_SCORE
    }
}

macro_rules! advice {
    ($(#[$doc:meta])* $name:ident from $foreign:ident { $($theirs:ident => $ours:ident, $code:literal, $text:expr;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each says what its text says")]
        pub enum $name {
            $($ours,)*
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$ours),*];

            /// Stable name for programs.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$ours => $code),* }
            }

            /// What a person reads: a complete sentence.
            pub fn text(self, language: Language) -> &'static str {
                match self { $(Self::$ours => $text.text(language)),* }
            }
        }

        impl From<$foreign> for $name {
            fn from(theirs: $foreign) -> Self {
                match theirs { $($foreign::$theirs => Self::$ours),* }
            }
        }
    };
}

advice! {
    /// What makes a secret easy to guess.
    StrengthWarning from Warning {
        StraightRowsOfKeysAreEasyToGuess => RowOfKeys, "row_of_keys", message!("strength-row-of-keys");
        ShortKeyboardPatternsAreEasyToGuess => KeyboardPattern, "keyboard_pattern", message!("strength-keyboard-pattern");
        RepeatsLikeAaaAreEasyToGuess => RepeatedCharacter, "repeated_character", message!("strength-repeated-character");
        RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => RepeatedPart, "repeated_part", message!("strength-repeated-part");
        ThisIsATop10Password => TopTen, "top_ten", message!("strength-top-ten");
        ThisIsATop100Password => TopHundred, "top_hundred", message!("strength-top-hundred");
        ThisIsACommonPassword => Common, "common", message!("strength-common");
        ThisIsSimilarToACommonlyUsedPassword => SimilarToCommon, "similar_to_common", message!("strength-similar-to-common");
        SequencesLikeAbcAreEasyToGuess => Sequence, "sequence", message!("strength-sequence");
        RecentYearsAreEasyToGuess => RecentYear, "recent_year", message!("strength-recent-year");
        AWordByItselfIsEasyToGuess => SingleWord, "single_word", message!("strength-single-word");
        DatesAreOftenEasyToGuess => Date, "date", message!("strength-date");
        NamesAndSurnamesByThemselvesAreEasyToGuess => SingleName, "single_name", message!("strength-single-name");
        CommonNamesAndSurnamesAreEasyToGuess => CommonName, "common_name", message!("strength-common-name");
    }
}

advice! {
    /// What would make a secret harder to guess.
    StrengthSuggestion from Suggestion {
        UseAFewWordsAvoidCommonPhrases => UseSeveralWords, "use_several_words", message!("strength-use-several-words");
        NoNeedForSymbolsDigitsOrUppercaseLetters => LengthCounts, "length_counts", message!("strength-length-counts");
        AddAnotherWordOrTwo => AddWords, "add_words", message!("strength-add-words");
        CapitalizationDoesntHelpVeryMuch => CapitalsHelpLittle, "capitals_help_little", message!("strength-capitals-help-little");
        AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => AllCapitalsHelpLittle, "all_capitals_help_little", message!("strength-all-capitals-help-little");
        ReversedWordsArentMuchHarderToGuess => ReversingHelpsLittle, "reversing_helps_little", message!("strength-reversing-helps-little");
        PredictableSubstitutionsDontHelpVeryMuch => SubstitutingHelpsLittle, "substituting_helps_little", message!("strength-substituting-helps-little");
        UseALongerKeyboardPatternWithMoreTurns => LongerPattern, "longer_pattern", message!("strength-longer-pattern");
        AvoidRepeatedWordsAndCharacters => AvoidRepeats, "avoid_repeats", message!("strength-avoid-repeats");
        AvoidSequences => AvoidSequences, "avoid_sequences", message!("strength-avoid-sequences");
        AvoidRecentYears => AvoidRecentYears, "avoid_recent_years", message!("strength-avoid-recent-years");
        AvoidYearsThatAreAssociatedWithYou => AvoidOwnYears, "avoid_own_years", message!("strength-avoid-own-years");
        AvoidDatesAndYearsThatAreAssociatedWithYou => AvoidOwnDates, "avoid_own_dates", message!("strength-avoid-own-dates");
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn judge(secret: &str) -> SecretStrength {
        SecretStrength::judge(&SecretBytes::new(secret.as_bytes().to_vec()), &["acme", "Acme Production"])
    }

    #[test]
    fn a_much_used_password_is_very_weak_and_says_why() {
        let strength = judge("password");
        assert_eq!((strength.score, strength.word(Language::English), strength.is_weak()), (0, "Very weak", true));
        assert_eq!(
            strength.warning.map(|warning| warning.text(Language::English)),
            Some("This is one of the ten most common passwords.")
        );
        assert!(!strength.suggestions.is_empty(), "somebody who is warned wants to know what to do");
    }

    #[test]
    fn a_generated_secret_is_very_strong_and_needs_no_advice() {
        let strength = judge("3uY+0qXb7Jv1mZr5Kc9LwT/2sNdF8hGe6PaQoIx4VkM=");
        let best = SecretStrength { score: SecretStrength::MAX_SCORE, warning: None, suggestions: Vec::new() };
        assert_eq!(strength, best);
        assert!(!strength.is_weak());
    }

    #[test]
    fn what_everybody_knows_of_the_account_makes_no_secret() {
        let unknown = SecretStrength::judge(&SecretBytes::new(b"Acme Production".to_vec()), &[]);
        assert!(judge("Acme Production").score < unknown.score, "{unknown:?}");
    }

    #[test]
    fn only_the_beginning_of_a_long_secret_is_judged_and_that_takes_a_moment() {
        let worst = ["a@4eE3i1!o0sS$5", "qwertyuiop", "password1", "19871987", "abcabcabd", "äöü€"];
        for part in worst {
            let start = Instant::now();
            let long = judge(&part.repeat(2_000));
            assert!(start.elapsed() < Duration::from_secs(2), "{part}: {:?}", start.elapsed());
            let beginning: String = part.repeat(100).chars().take(100).collect();
            assert_eq!(long, judge(&beginning), "{part}");
        }
    }

    #[test]
    fn no_two_warnings_or_suggestions_have_one_code() {
        let mut codes: Vec<&str> = StrengthWarning::ALL.iter().map(|warning| warning.code()).collect();
        codes.extend(StrengthSuggestion::ALL.iter().map(|suggestion| suggestion.code()));
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
