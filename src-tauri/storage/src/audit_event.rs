//! Table `audit_event`.

use domain::{
    activity::{AuditAction, AuditEvent},
    id::EventId,
    messages::{Language, Message},
    ports::{ActivityPage, ActivityQuery},
};
use rusqlite::{Connection, Row, params};

use crate::{
    actor::ActorRow,
    column::{Json, Millis, unknown_word},
    error::Error,
    ordered_list::{OrderedList, Source, Texts, Window, fold},
    query,
};

const TABLE: &str = "audit_event";

fn read(row: &Row<'_>) -> rusqlite::Result<AuditEvent> {
    let code = row.get_ref("action")?.as_str()?;
    Ok(AuditEvent {
        id: EventId(row.get("id")?),
        at: row.get::<_, Millis>("at")?.0,
        actor: row.get::<_, Json<ActorRow>>("actor")?.0.into(),
        action: AuditAction::find_code(code).ok_or_else(|| unknown_word(code))?,
        subject: row.get::<_, Json<Message>>("subject")?.0,
        detail: row.get::<_, Json<Message>>("detail")?.0,
    })
}

pub(crate) fn insert(connection: &Connection, event: &AuditEvent) -> Result<(), Error> {
    let AuditEvent { id, at, actor, action, subject, detail } = event;
    query::execute(
        connection,
        "INSERT INTO audit_event (id, at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id.0,
            Millis(*at),
            query::json(TABLE, &ActorRow::from(actor))?,
            action.code(),
            query::json(TABLE, subject)?,
            query::json(TABLE, detail)?
        ],
    )?;
    Ok(())
}

/// The activity list, as it was kept since the last page.
#[derive(Debug)]
pub(crate) struct ActivityList {
    list: OrderedList<Language>,
    /// The language of its texts.
    language: Language,
}

impl ActivityList {
    pub(crate) const fn new() -> Self {
        Self { list: OrderedList::new(), language: Language::English }
    }
}

/// Entries have one order: the one in which things happened, whatever the clock showed then.
struct ByNumber;

impl Source for ByNumber {
    /// The language of the words: the search finds what the person reads.
    type Key = Language;

    fn read_order(connection: &Connection, _: Language) -> Result<Vec<i64>, Error> {
        query::list(connection, TABLE, "SELECT number FROM audit_event ORDER BY number", [], |row| row.get(0))
    }

    fn read_texts(connection: &Connection, language: Language, last: i64, texts: &mut Texts) -> Result<(), Error> {
        let sql = "SELECT * FROM audit_event WHERE number > ?1 ORDER BY number";
        query::each(connection, TABLE, sql, [last], |row| {
            let number: i64 = row.get("number")?;
            // The words of an action are the program's own, so they are not stored.
            let AuditEvent { id: _, at: _, actor, action, subject, detail } = read(row)?;
            let (subject, detail) = (subject.render(language), detail.render(language));
            let words = [actor.name(), action.phrase(language), &subject, &detail].join("\n");
            texts.push(number, &fold(&words));
            Ok(())
        })
    }
}

/// One page; `kept` is what was kept since the last one.
pub(crate) fn search(
    snapshot: &Connection,
    kept: &mut ActivityList,
    query: &ActivityQuery,
) -> Result<ActivityPage, Error> {
    let ActivityQuery { search, language, offset, limit } = query;
    if kept.language != *language {
        *kept = ActivityList { list: OrderedList::new(), language: *language };
    }
    let window = Window { descending: true, offset: *offset, limit: *limit };
    let (matching, numbers) = kept.list.page::<ByNumber>(snapshot, *language, search, window)?;
    let sql = "SELECT * FROM audit_event WHERE number = ?1";
    let rows = numbers.into_iter().map(|number| query::get(snapshot, TABLE, sql, [number], read));
    Ok(ActivityPage { matching, rows: rows.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn the_schema_knows_every_action_of_the_domain() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let mut statement = connection.prepare("SELECT code FROM audit_action ORDER BY code").unwrap();
        let known: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut codes: Vec<&str> = AuditAction::ALL.iter().map(|action| action.code()).collect();
        codes.sort_unstable();
        assert_eq!(
            known, codes,
            "append a migration that inserts the new code: then an older version refuses the database as too new"
        );
    }
}
