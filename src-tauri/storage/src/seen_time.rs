//! Table `seen_time`, which has one row at most.

use domain::time::{ClockJump, SeenTime};
use rusqlite::{Connection, Row, params};

use crate::{column::Millis, error::Error, query};

const TABLE: &str = "seen_time";

fn read(row: &Row<'_>) -> rusqlite::Result<SeenTime> {
    let jump = |from: &str, to: &str| -> rusqlite::Result<Option<ClockJump>> {
        let (from, to) = (row.get::<_, Option<Millis>>(from)?, row.get::<_, Option<Millis>>(to)?);
        Ok(from.zip(to).map(|(from, to)| ClockJump { from: from.0, to: to.0 }))
    };
    Ok(SeenTime {
        at: row.get::<_, Millis>("at")?.0,
        jump: jump("jumped_from", "jumped_to")?,
        back: jump("back_from", "back_to")?,
    })
}

pub(crate) fn put(connection: &Connection, seen: &SeenTime) -> Result<(), Error> {
    let SeenTime { at, jump, back } = seen;
    let ends = |jump: &Option<ClockJump>| (jump.map(|jump| Millis(jump.from)), jump.map(|jump| Millis(jump.to)));
    let ((jumped_from, jumped_to), (back_from, back_to)) = (ends(jump), ends(back));
    query::execute(
        connection,
        "INSERT OR REPLACE INTO seen_time (only_row, at, jumped_from, jumped_to, back_from, back_to)
         VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![Millis(*at), jumped_from, jumped_to, back_from, back_to],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<SeenTime>, Error> {
    query::find(connection, TABLE, "SELECT * FROM seen_time", [], read)
}
