//! Table `settings`, which has one row at most.

use std::net::IpAddr;

use domain::{Endpoints, Settings, TokenServiceSettings};
use rusqlite::{
    Connection, Row, params,
    types::{FromSql, FromSqlError, FromSqlResult, ValueRef},
};

use crate::{error::Error, query};

const TABLE: &str = "settings";

struct Address(IpAddr);

impl FromSql for Address {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Settings> {
    Ok(Settings {
        token_service: TokenServiceSettings {
            enabled: row.get("token_service_enabled")?,
            address: row.get::<_, Address>("token_service_address")?.0,
            endpoints: Endpoints {
                host: row.get("token_service_host")?,
                port: row.get("token_service_port")?,
                mutual_tls_port: row.get("mutual_tls_port")?,
            },
        },
        check_interval_hours: row.get("check_interval_hours")?,
        asks_before_secrets: row.get("asks_before_secrets")?,
    })
}

pub(crate) fn put(connection: &Connection, settings: &Settings) -> Result<(), Error> {
    let Settings { token_service, check_interval_hours, asks_before_secrets } = settings;
    let TokenServiceSettings { enabled, address, endpoints } = token_service;
    let Endpoints { host, port, mutual_tls_port } = endpoints;
    query::execute(
        connection,
        "INSERT OR REPLACE INTO settings
            (only_row, token_service_enabled, token_service_address, token_service_host, token_service_port,
             mutual_tls_port, check_interval_hours, asks_before_secrets)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![enabled, address.to_string(), host, port, mutual_tls_port, check_interval_hours, asks_before_secrets],
    )?;
    Ok(())
}

/// The settings; the defaults where nobody has changed them.
pub(crate) fn get(connection: &Connection) -> Result<Settings, Error> {
    Ok(query::find(connection, TABLE, "SELECT * FROM settings", [], read)?.unwrap_or_default())
}
