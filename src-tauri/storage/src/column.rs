//! Columns of our own types.

use chrono::{DateTime, Utc};
use domain::vocabulary::Vocabulary;
use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A moment: milliseconds since 1970 in UTC, in a column as within JSON. Finer parts are cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "i64")]
pub(crate) struct Millis(pub(crate) DateTime<Utc>);

impl From<Millis> for i64 {
    fn from(Millis(at): Millis) -> Self {
        at.timestamp_millis()
    }
}

impl TryFrom<i64> for Millis {
    type Error = OutOfRange;

    fn try_from(millis: i64) -> Result<Self, OutOfRange> {
        DateTime::from_timestamp_millis(millis).map(Self).ok_or(OutOfRange(millis))
    }
}

/// A number that is no moment.
#[derive(Debug, thiserror::Error)]
#[error("{0} milliseconds since 1970 is no time")]
pub(crate) struct OutOfRange(i64);

impl ToSql for Millis {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(i64::from(*self)))
    }
}

impl FromSql for Millis {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::try_from(value.as_i64()?).map_err(FromSqlError::other)
    }
}

/// JSON text that is read as a `T`.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

impl FromSql for VocabularyColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let code = value.as_str()?;
        Vocabulary::find_code(code).map(Self).ok_or_else(|| unknown_word(code))
    }
}

/// A vocabulary by its code.
#[derive(Debug)]
pub(crate) struct VocabularyColumn(pub(crate) Vocabulary);

/// A word that a column holds instead of one of the words this program knows.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is unknown")]
pub(crate) struct UnknownWord(String);

/// The refusal of a word that this program does not know.
pub(crate) fn unknown_word(word: &str) -> FromSqlError {
    FromSqlError::other(UnknownWord(word.to_owned()))
}
