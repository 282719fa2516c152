//! The texts, as they stand in the files.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumberOptions};
use unic_langid::LanguageIdentifier;

use crate::Language;

type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Each file by its name, in English and in German.
        pub(crate) const FILES: &[(&str, &str, &str)] = &[
            $(($name,
               include_str!(concat!("../../../messages/en/", $name)),
               include_str!(concat!("../../../messages/de/", $name))),)+
        ];
    };
}

files![
    "core-activity.ftl",
    "core-connections.ftl",
    "core-documents.ftl",
    "core-exports.ftl",
    "core-formats.ftl",
    "core-keychain.ftl",
    "core-people.ftl",
    "core-refusals.ftl",
    "core-shell.ftl",
    "core-token-service.ftl",
    "core-validity.ftl",
    "core-pingone.ftl"
];

struct Texts {
    bundle: Bundle,
    /// The id of an attribute is that of its message, a dot, and its name.
    ids: HashSet<String>,
    /// Those without arguments, by their ids.
    plain: HashMap<String, String>,
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(Language::English));
static GERMAN: LazyLock<Texts> = LazyLock::new(|| read(Language::German));

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

fn read(language: Language) -> Texts {
    let tag = LanguageIdentifier::from_bytes(language.tag().as_bytes()).unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // No marks of direction around what is inserted: both languages run from left to right, and texts are compared.
    bundle.set_use_isolating(false);
    if language == Language::German {
        bundle.set_formatter(Some(group_digits));
    }
    let mut ids = Vec::new();
    for (_, english, german) in FILES {
        let source = match language {
            Language::English => english,
            Language::German => german,
        };
        for line in source.lines() {
            if let Some(id) = id_of_line(line) {
                ids.push(id.to_owned());
            } else if let (Some(attribute), Some(id)) = (attribute_of_line(line), ids.last()) {
                let id = id.split('.').next().unwrap_or_default();
                ids.push(format!("{id}.{attribute}"));
            }
        }
        // What is damaged is left out, and found by the tests.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource(resource).unwrap_or_default();
    }
    let plain = ids.iter().filter_map(|id| Some((id.clone(), format(&bundle, id, None)?))).collect();
    Texts { bundle, ids: ids.into_iter().collect(), plain }
}

/// The id of the message that begins on a line of a file.
pub(crate) fn id_of_line(line: &str) -> Option<&str> {
    let (id, _) = line.split_once('=')?;
    let id = id.trim_end();
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (plain && id.starts_with(|first: char| first.is_ascii_lowercase())).then_some(id)
}

/// The name of the attribute that begins on a line of a file.
pub(crate) fn attribute_of_line(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start().strip_prefix('.')?.split_once('=')?;
    let name = name.trim_end();
    (line.starts_with(' ') && name.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(name)
}

/// The text of a message, or of the attribute after the dot, if there is one and nothing that it needs is missing.
fn format(bundle: &Bundle, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
    let (id, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// 1000 is 1.000 in German.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum; nothing but numbers has digits to group")]
fn group_digits<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 && number.value.abs() >= 1000.0 => {
            let plain = FluentNumberOptions::default();
            let digits = fluent_bundle::types::FluentNumber::new(number.value.abs(), plain).as_string().into_owned();
            let mut grouped = String::from(if number.value < 0.0 { "-" } else { "" });
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index).is_multiple_of(3) {
                    grouped.push('.');
                }
                grouped.push(digit);
            }
            Some(grouped)
        }
        _ => None,
    }
}

/// The text of a message; in English where that language has none, and the id where there is none at all. `arguments` gives
/// them in a language.
pub(crate) fn render<'a>(language: Language, id: &str, arguments: impl Fn(Language) -> FluentArgs<'a>) -> String {
    [language, Language::English]
        .into_iter()
        .find_map(|language| find_rendering(language, id, &arguments(language)))
        .unwrap_or_else(|| id.to_owned())
}

/// The text of a message in that language, if there is one and nothing that it needs is missing.
pub(crate) fn find_rendering(language: Language, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    format(&texts(language).bundle, id, Some(arguments))
}

/// The text of a message without arguments.
pub(crate) fn find_text(language: Language, id: &str) -> Option<&'static str> {
    [language, Language::English].into_iter().find_map(|language| texts(language).plain.get(id)).map(String::as_str)
}

/// The id of that attribute of the message, if it has it.
pub(crate) fn find_attribute(id: &str, attribute: &str) -> Option<&'static str> {
    ENGLISH.ids.get(&format!("{id}.{attribute}")).map(String::as_str)
}

#[cfg(test)]
mod tests;
