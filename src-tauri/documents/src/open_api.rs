//! Reads what an API proxy needs to know from an OpenAPI document.
//!
//! Swagger 2.0 and OpenAPI 3 differ in almost everything but the few things that are read here, and documents in the
//! wild keep to neither word for word. So nothing else is looked at: what is unknown, or wrong elsewhere, is skipped.

mod loose;

use std::collections::BTreeMap;

use messages::{Argument, Message, message};
use serde::{Deserialize, de::IgnoredAny};
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};

use self::loose::{JsonText, Loose, Text};
use crate::text::without_mark;

/// What an OpenAPI document (Swagger 2.0, OpenAPI 3.x; JSON or YAML) says about its API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenApiDocument {
    /// The name that follows from the title: letters, digits, dashes, dots and underscores.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`; may be empty.
    pub description: String,
    /// `basePath` (2.0), or the path of the first server (3.x); "/" where there is none.
    pub base_path: String,
    /// `swagger` or `openapi`.
    pub openapi_version: String,
}

impl OpenApiDocument {
    /// The largest document that is read, in bytes.
    pub const MAX_BYTES: usize = 5 * 1024 * 1024;
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;
    /// The longest title that is kept, in characters; a longer one is cut.
    pub const MAX_TITLE: usize = 200;
    /// The longest version that is kept, in characters; a longer one is cut.
    pub const MAX_VERSION: usize = 80;
    /// The longest description that is kept, in characters; a longer one is cut.
    pub const MAX_DESCRIPTION: usize = 4_000;
    /// The longest base path that is kept, in characters; a longer one is cut.
    pub const MAX_BASE_PATH: usize = 500;

    /// How deep a YAML document may be nested; as deep as JSON may be where it is read.
    const MAX_DEPTH: usize = 128;

    /// Reads a document. The error names line and column where the parser knows them, and never quotes the text:
    /// somebody may have chosen a file with secrets in it.
    pub fn parse(text: &str) -> Result<Self, NotOpenApi> {
        read(text).map_err(|reason| NotOpenApi { reason })
    }

    /// The name for an API called `title`: its ASCII letters, digits, dots and underscores, dashes for all else.
    fn derive_name(title: &str) -> String {
        let mut name = String::new();
        for c in title.chars() {
            if c.is_ascii_alphanumeric() || c == '.' || c == '_' {
                name.push(c);
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
            if name.len() >= Self::MAX_NAME {
                break;
            }
        }
        // Dots at an end would make a name of dots only possible, which is another place in a path.
        match name.trim_matches(['-', '.']) {
            "" => "API".to_owned(),
            name => name.to_owned(),
        }
    }
}

/// What was given is no OpenAPI document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub struct NotOpenApi {
    /// What is wrong, and where.
    pub reason: Message,
}

impl NotOpenApi {
    /// That it is none, and why, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        message!("refusal-not-open-api", reason = &self.reason)
    }
}

fn read(text: &str) -> Result<OpenApiDocument, Message> {
    if text.len() > OpenApiDocument::MAX_BYTES {
        let limit = OpenApiDocument::MAX_BYTES / (1024 * 1024);
        return Err(message!("open-api-too-large", bytes = text.len(), limit = limit));
    }
    let text = without_mark(text);
    match text.trim_start().as_bytes().first() {
        None => Err(message!("open-api-empty")),
        Some(b'<') => Err(message!("open-api-page")),
        Some(b'{' | b'[') => match read_json(text) {
            Ok(root) => root.understand(),
            // YAML has braces too; what is neither is more likely to be meant as JSON.
            Err(reason) => read_yaml(text).map_err(|_| reason)?.understand(),
        },
        Some(_) => read_yaml(text)?.understand(),
    }
}

fn read_json(text: &str) -> Result<Loose<Document<JsonText>>, Message> {
    serde_json::from_str(text).map_err(|error| {
        // What the parser says carries its place at the end, and nothing of the text.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let kind = if error.is_eof() { "eof" } else { "other" };
        let problem = match message.strip_suffix(&place) {
            Some(problem) => message!("open-api-json", kind = kind, problem = problem),
            None => message!("open-api-not-json"),
        };
        at(error.line(), error.column(), problem)
    })
}

fn read_yaml(text: &str) -> Result<Loose<Document<String>>, Message> {
    let budget = serde_saphyr::budget! {
        max_depth: OpenApiDocument::MAX_DEPTH,
        // A document of the largest size has fewer; what is more comes from aliases.
        max_events: OpenApiDocument::MAX_BYTES,
        max_nodes: OpenApiDocument::MAX_BYTES,
        max_total_scalar_bytes: 4 * OpenApiDocument::MAX_BYTES,
        // One answer for errors that a hundred operations refer to is no attack.
        enforce_alias_anchor_ratio: false,
    };
    let options = serde_saphyr::options! {
        budget: budget,
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        // An example that is a picture, say, is nothing to decode.
        ignore_binary_tag_for_string: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let problem = describe_yaml_error(&error);
        match error.location() {
            Some(place) => at(place.line(), place.column(), problem),
            None => problem,
        }
    })
}

fn describe_yaml_error(error: &serde_saphyr::Error) -> Message {
    use serde_saphyr::Error as Yaml;
    if let Yaml::AliasError { error, .. } = error {
        describe_yaml_error(error)
    } else if let Yaml::ExternalMessage { msg, .. } | Yaml::Message { msg, .. } = error {
        // The scanner's sentences, and those below: neither quotes the text.
        Message::verbatim(msg.to_string())
    } else if let Yaml::Unexpected { expected, .. } = error {
        message!("open-api-expected", what = expected.to_string())
    } else if let Yaml::MultipleDocuments { .. } = error {
        message!("open-api-second")
    } else if let Yaml::Eof { .. } = error {
        message!("open-api-ends-early")
    } else if let Yaml::Budget { .. }
    | Yaml::AliasReplayLimitExceeded { .. }
    | Yaml::AliasExpansionLimitExceeded { .. }
    | Yaml::AliasReplayStackDepthExceeded { .. }
    | Yaml::RecursiveReferencesRequireWeakTypes { .. } = error
    {
        message!("open-api-too-deep")
    } else if let Yaml::UnknownAnchor { .. } = error {
        message!("open-api-anchor")
    } else {
        message!("open-api-not-yaml")
    }
}

fn at(line: impl Into<Argument>, column: impl Into<Argument>, problem: Message) -> Message {
    message!("placed", line = line, column = column, message = problem)
}

/// The document, as far as it is read. `T` is how its format gives a text that may be written like a number.
#[derive(Deserialize)]
#[serde(bound = "T: Text")]
struct Document<T> {
    #[serde(default)]
    swagger: Loose,
    #[serde(default, rename = "swaggerVersion")]
    swagger_1: Loose,
    #[serde(default)]
    openapi: Loose,
    #[serde(default)]
    asyncapi: Loose,
    #[serde(default)]
    info: Loose<Info<T>>,
    #[serde(default, rename = "basePath")]
    base_path: Loose,
    #[serde(default)]
    servers: Loose<IgnoredAny, Loose<Server>>,
}

#[derive(Deserialize)]
#[serde(bound = "T: Text")]
struct Info<T> {
    title: Option<T>,
    version: Option<T>,
    #[serde(default)]
    description: Loose,
}

#[derive(Deserialize)]
struct Server {
    #[serde(default)]
    url: Loose,
    #[serde(default)]
    variables: Loose<BTreeMap<String, Loose<Variable>>>,
}

#[derive(Deserialize)]
struct Variable {
    #[serde(default)]
    default: Loose,
}

impl<T: Text> Loose<Document<T>> {
    fn understand(self) -> Result<OpenApiDocument, Message> {
        match self {
            Self::Object(document) => document.understand(),
            Self::List(_) => Err(message!("open-api-list")),
            Self::Text(_) => Err(message!("open-api-text")),
            Self::Nothing => Err(message!("open-api-empty")),
        }
    }
}

impl<T: Text> Document<T> {
    fn understand(self) -> Result<OpenApiDocument, Message> {
        let (openapi_version, base_path) = match (self.openapi.text(), self.swagger.text()) {
            (Some(version), _) if is_version(&version, "3") => {
                let path = match self.servers {
                    Loose::List(Some(Loose::Object(server))) => server.path(),
                    Loose::List(_) | Loose::Object(_) | Loose::Text(_) | Loose::Nothing => String::new(),
                };
                (version, path)
            }
            (None, Some(version)) if is_version(&version, "2") => (version, self.base_path.text().unwrap_or_default()),
            (Some(_), _) => return Err(message!("open-api-version")),
            (None, Some(_)) => {
                return Err(message!("open-api-swagger-version"));
            }
            (None, None) if self.asyncapi.text().is_some() => {
                return Err(message!("open-api-async"));
            }
            (None, None) if self.swagger_1.text().is_some() => {
                return Err(message!("open-api-swagger-1"));
            }
            (None, None) => return Err(message!("open-api-no-version")),
        };
        let info = match self.info {
            Loose::Object(info) => info,
            Loose::Nothing => return Err(message!("open-api-no-info")),
            Loose::Text(_) | Loose::List(_) => return Err(message!("open-api-info")),
        };
        let title = line(info.title.map(T::text).unwrap_or_default(), OpenApiDocument::MAX_TITLE);
        let version = line(info.version.map(T::text).unwrap_or_default(), OpenApiDocument::MAX_VERSION);
        if title.is_empty() {
            return Err(message!("open-api-no-title"));
        }
        if version.is_empty() {
            return Err(message!("open-api-no-info-version"));
        }
        Ok(OpenApiDocument {
            name: OpenApiDocument::derive_name(&title),
            title,
            version,
            description: lines(&info.description.text().unwrap_or_default()),
            base_path: derive_path(&base_path),
            openapi_version,
        })
    }
}

impl Server {
    /// Its URL with the default of every variable.
    fn path(&self) -> String {
        let Loose::Text(url) = &self.url else { return String::new() };
        // A reference without scheme (RFC 3986 §4.2); two slashes that come of a default are none.
        let mut path = String::from(if url.starts_with("//") { "https:" } else { "" });
        let mut rest = url.as_str();
        // A variable may stand in the URL as often as one likes, and its default be as long as one likes.
        while path.len() < 4 * OpenApiDocument::MAX_BASE_PATH {
            let Some((before, (name, after))) =
                rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
            else {
                break;
            };
            path.push_str(before);
            match self.find_default(name) {
                Some(default) => path.extend(default.chars().take(OpenApiDocument::MAX_BASE_PATH)),
                None => path.extend(["{", name, "}"]),
            }
            rest = after;
        }
        path + rest
    }

    fn find_default(&self, name: &str) -> Option<&str> {
        let Loose::Object(variables) = &self.variables else { return None };
        let Loose::Object(Variable { default: Loose::Text(default) }) = variables.get(name)? else { return None };
        Some(default)
    }
}

/// Whether a version is `major`, or `major` and something behind a dot.
fn is_version(version: &str, major: &str) -> bool {
    let rest = version.strip_prefix(major).unwrap_or("x");
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    version.len() <= 20 && (rest.is_empty() || rest.starts_with('.')) && rest.chars().all(plain)
}

/// The path of a URL, or of what is given without host: with one slash at its start and none at its end.
fn derive_path(url: &str) -> String {
    let url = url.trim().split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((scheme, behind)) if !scheme.contains('/') => behind.find('/').map_or("", |slash| &behind[slash..]),
        Some(_) | None => url,
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment.trim() {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    line(format!("/{}", segments.join("/")), OpenApiDocument::MAX_BASE_PATH)
}

/// One line without control characters, cut where it is too long.
fn line(text: String, limit: usize) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    cut(spaced.chars().filter(|c| !c.is_control()).collect::<String>().trim(), limit)
}

/// Several lines without other control characters, cut where they are too long.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect();
    cut(kept.trim(), OpenApiDocument::MAX_DESCRIPTION)
}

fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => text.chars().take(limit - 1).collect::<String>() + "…",
    }
}

#[cfg(test)]
mod tests;
