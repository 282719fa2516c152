//! YAML in which every text is quoted: YAML 1.1 takes many bare words for something else.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::sink::Sink;

/// A text or an object.
pub(super) enum Value<'a> {
    Text(&'a str),
    Object(Vec<(&'a str, Value<'a>)>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// One document.
pub(super) fn write(sink: &mut Sink, value: &Value<'_>) {
    let options = serde_saphyr::ser_options! { quote_all: true };
    serde_saphyr::to_fmt_writer_with_options(sink, value, options).expect("texts can always be written to memory");
}
