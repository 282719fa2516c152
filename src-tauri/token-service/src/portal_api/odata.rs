//! The part of OData version 2 that clients of the portal API use: what a request asks for, and the answer to it.

use std::cmp::Ordering;

use domain::portal::ApiProxy;
use serde_json::{Map, Value, json};

use super::{
    filter::{Filter, literal},
    odata_error::ODataError,
    property::Property,
};
use crate::form_encoding::decode;

/// What a path below the service asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resource {
    ServiceDocument,
    Metadata,
    Entries,
    Count,
    Entry(String),
}

const ENTITY_SET: &str = "APIProxies";

impl Resource {
    /// `path` is decoded, without a slash at its beginning.
    pub(super) fn parse(path: &str) -> Result<Self, ODataError> {
        let end = path.find(['(', '/']).unwrap_or(path.len());
        let (name, rest) = path.split_at(end);
        match (name, rest) {
            ("", "") => Ok(Self::ServiceDocument),
            ("$metadata", "") => Ok(Self::Metadata),
            (ENTITY_SET, "" | "()") => Ok(Self::Entries),
            (ENTITY_SET, "/$count" | "()/$count") => Ok(Self::Count),
            (ENTITY_SET, rest) if rest.starts_with('(') => parse_key(&rest[1..]).map(Self::Entry),
            (ENTITY_SET, _) => Err(ODataError::not_there("Below APIProxies the path", &rest[1..])),
            _ => Err(ODataError::not_there("The resource", name)),
        }
    }
}

/// `'name')` or `name='name')`.
fn parse_key(text: &str) -> Result<String, ODataError> {
    let key = text.strip_prefix("name=").unwrap_or(text);
    let mut rest = key.char_indices().peekable();
    if rest.next_if(|(_, c)| *c == '\'').is_none() {
        return Err(ODataError::NoSuchEntry);
    }
    let name = literal(&mut rest).map_err(|_| ODataError::NoSuchEntry)?;
    let after: String = rest.map(|(_, c)| c).collect();
    match after.as_str() {
        ")" => Ok(name),
        after => match after.strip_prefix(")/") {
            Some(path) => Err(ODataError::not_there("Below an entry the path", path)),
            None => Err(ODataError::NoSuchEntry),
        },
    }
}

/// The query options of OData version 2 that are there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    filter: Option<Filter>,
    order: Vec<(Property, Direction)>,
    skip: usize,
    top: Option<usize>,
    select: Option<Vec<Property>>,
    counts: bool,
    /// Whether `$format` names a form; it is one that is there.
    pub(super) names_format: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
}

impl Options {
    /// Options that begin with a dollar sign belong to OData, and unsupported ones are refused. Other options are the
    /// client's own and are ignored (OData version 2, URI conventions §4.10).
    pub(super) fn parse(query: Option<&str>, resource: &Resource) -> Result<Self, ODataError> {
        let mut options = Self::default();
        let mut seen = Vec::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let [Some(name), Some(value)] = [name, value].map(decode_text) else {
                return Err(ODataError::BadOption("in the query"));
            };
            if !name.starts_with('$') {
                continue;
            }
            let known = KNOWN.into_iter().find(|known| *known == name);
            let known = known.ok_or_else(|| ODataError::not_there("The query option", &name))?;
            if seen.contains(&known) {
                return Err(ODataError::RepeatedOption);
            }
            seen.push(known);
            if !resource.takes(known) {
                return Err(ODataError::NotHere(known));
            }
            options.take(known, value.trim(), resource)?;
        }
        Ok(options)
    }

    fn take(&mut self, option: &'static str, value: &str, resource: &Resource) -> Result<(), ODataError> {
        let number = || value.parse::<usize>().map_err(|_| ODataError::BadOption(option));
        match option {
            "$filter" => self.filter = Some(Filter::parse(value)?),
            "$orderby" => self.order = value.split(',').map(parse_order).collect::<Result<_, _>>()?,
            "$skip" => self.skip = number()?,
            "$top" => self.top = Some(number()?),
            "$select" if value == "*" => {}
            "$select" => {
                let properties = value.split(',').map(|name| {
                    let name = name.trim();
                    Property::parse(name).ok_or_else(|| ODataError::not_there("The property", name))
                });
                self.select = Some(properties.collect::<Result<_, _>>()?);
            }
            "$inlinecount" => {
                self.counts = match value {
                    "allpages" => true,
                    "none" => false,
                    _ => return Err(ODataError::BadOption(option)),
                }
            }
            _ => {
                let format = value.split(';').next().unwrap_or_default().trim();
                let is_json = ["json", "application/json"].contains(&format);
                let is_metadata_as_xml =
                    *resource == Resource::Metadata && ["xml", "application/xml"].contains(&format);
                if !is_json && !is_metadata_as_xml || is_json && *resource == Resource::Metadata {
                    return Err(ODataError::not_there("The format", value));
                }
                self.names_format = true;
            }
        }
        Ok(())
    }
}

const KNOWN: [&str; 7] = ["$filter", "$orderby", "$skip", "$top", "$select", "$inlinecount", "$format"];

impl Resource {
    fn takes(&self, option: &str) -> bool {
        match self {
            Self::ServiceDocument | Self::Metadata => option == "$format",
            Self::Entries => true,
            Self::Count => ["$filter", "$orderby", "$skip", "$top"].contains(&option),
            Self::Entry(_) => ["$select", "$format"].contains(&option),
        }
    }
}

fn decode_text(encoded: &str) -> Option<String> {
    String::from_utf8(decode(encoded.as_bytes())?.to_vec()).ok()
}

fn parse_order(text: &str) -> Result<(Property, Direction), ODataError> {
    let mut words = text.split_whitespace();
    let name = words.next().unwrap_or_default();
    let property = Property::parse(name).ok_or_else(|| ODataError::not_there("The property", name))?;
    let direction = match (words.next(), words.next()) {
        (None | Some("asc"), None) => Direction::Ascending,
        (Some("desc"), None) => Direction::Descending,
        _ => return Err(ODataError::BadOption("$orderby")),
    };
    Ok((property, direction))
}

/// The entries that the options ask for, in their order, and how many there are without `$skip` and `$top`.
fn choose<'p>(proxies: &'p [ApiProxy], options: &Options) -> (Vec<&'p ApiProxy>, usize) {
    let is_meant = |proxy: &'p ApiProxy| {
        options.filter.as_ref().is_none_or(|filter| filter.holds(&|property: Property| property.of(proxy)))
    };
    let mut chosen: Vec<&'p ApiProxy> = proxies.iter().filter(|proxy| is_meant(proxy)).collect();
    chosen.sort_by(|a, b| {
        options.order.iter().fold(Ordering::Equal, |ordering, (property, direction)| {
            let next = property.of(a).cmp(property.of(b));
            ordering.then(match direction {
                Direction::Ascending => next,
                Direction::Descending => next.reverse(),
            })
        })
    });
    let all = chosen.len();
    let chosen = chosen.into_iter().skip(options.skip).take(options.top.unwrap_or(usize::MAX)).collect();
    (chosen, all)
}

/// The entity set with its options. `service` is the URL of the service, without a slash at its end.
pub(super) fn entries(proxies: &[ApiProxy], options: &Options, service: &str) -> Value {
    let (chosen, all) = choose(proxies, options);
    let results: Vec<Value> = chosen.into_iter().map(|proxy| entry(proxy, options, service)).collect();
    let mut d = Map::new();
    if options.counts {
        // A text, as all numbers of 64 bits in the JSON of this version.
        d.insert("__count".into(), all.to_string().into());
    }
    d.insert("results".into(), results.into());
    json!({"d": d})
}

/// How many entries there are.
pub(super) fn count(proxies: &[ApiProxy], options: &Options) -> usize {
    choose(proxies, options).0.len()
}

/// One entry by its name.
pub(super) fn single(proxies: &[ApiProxy], name: &str, options: &Options, service: &str) -> Result<Value, ODataError> {
    let proxy = proxies.iter().find(|proxy| proxy.name == name).ok_or(ODataError::NoSuchEntry)?;
    Ok(json!({"d": entry(proxy, options, service)}))
}

fn entry(proxy: &ApiProxy, options: &Options, service: &str) -> Value {
    let mut members = Map::new();
    let key: String = url_encode(&proxy.name.replace('\'', "''"));
    let uri = format!("{service}/{ENTITY_SET}('{key}')");
    members.insert("__metadata".into(), json!({"uri": uri, "type": "apiportal.APIProxy"}));
    let wanted = options.select.as_deref().unwrap_or(&Property::ALL);
    for property in wanted {
        members.insert(property.name().into(), property.of(proxy).into());
    }
    Value::Object(members)
}

/// A path segment (RFC 3986 §3.3), with everything escaped that is not plain.
fn url_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~'".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// The names of the entity sets.
pub(super) fn service_document() -> Value {
    json!({"d": {"EntitySets": [ENTITY_SET]}})
}

/// The schema (CSDL version 2), which clients read to learn what there is.
pub(super) fn metadata() -> String {
    let properties: String = Property::ALL
        .map(|property| {
            format!(r#"        <Property Name="{}" Type="Edm.String" Nullable="false"/>{}"#, property.name(), "\n")
        })
        .concat();
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">
  <edmx:DataServices m:DataServiceVersion="2.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
    <Schema Namespace="apiportal" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
      <EntityType Name="APIProxy">
        <Key>
          <PropertyRef Name="name"/>
        </Key>
{properties}      </EntityType>
      <EntityContainer Name="Management" m:IsDefaultEntityContainer="true">
        <EntitySet Name="{ENTITY_SET}" EntityType="apiportal.APIProxy"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#
    )
}
