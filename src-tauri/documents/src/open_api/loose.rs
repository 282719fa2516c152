//! Values of whatever kind: documents in the wild write a number where a text belongs, and lists where one is enough.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

/// A text that a format may also write like a number.
pub(super) trait Text: DeserializeOwned {
    fn text(self) -> String;
}

/// YAML gives what stands there: `version: 1.10` is the text 1.10.
impl Text for String {
    fn text(self) -> String {
        self
    }
}

/// JSON has numbers: `"version": 2` is meant as the text 2.
pub(super) struct JsonText(String);

impl Text for JsonText {
    fn text(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <Loose>::deserialize(deserializer)? {
            Loose::Text(text) => Ok(Self(text)),
            Loose::Object(_) | Loose::List(_) | Loose::Nothing => Err(Error::custom("expected a text")),
        }
    }
}

/// A value of whatever kind. Of a list, its first entry.
#[derive(Default)]
pub(super) enum Loose<T = IgnoredAny, L = IgnoredAny> {
    Object(T),
    List(Option<L>),
    Text(String),
    #[default]
    Nothing,
}

impl<T, L> Loose<T, L> {
    pub fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'de, T: Deserialize<'de>, L: Deserialize<'de>> Deserialize<'de> for Loose<T, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor(PhantomData))
    }
}

struct LooseVisitor<T, L>(PhantomData<(T, L)>);

impl<'de, T: Deserialize<'de>, L: Deserialize<'de>> Visitor<'de> for LooseVisitor<T, L> {
    type Value = Loose<T, L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Loose::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let first = list.next_element()?;
        if first.is_some() {
            while let Some(IgnoredAny) = list.next_element()? {}
        }
        Ok(Loose::List(first))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Loose::Text(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Loose::Text(value.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose::Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Loose::Text(number.to_string()))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Self::Value, E> {
        Ok(Loose::Text(number.to_string()))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Self::Value, E> {
        Ok(Loose::Text(number.to_string()))
    }

    /// `swagger: 2.0` without quotes is "2.0", not "2".
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Loose::Text(format!("{number:?}")))
    }

    /// What YAML tags as binary is no text.
    fn visit_bytes<E: Error>(self, _bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Loose::deserialize(deserializer)
    }
}
