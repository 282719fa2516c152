//! The language of the command line.

use domain::messages::Language;

/// English, whatever language the window uses: scripts compare these words.
pub const LANGUAGE: Language = Language::English;
