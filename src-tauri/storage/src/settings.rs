//! Table `settings`, which has one row at most.

use std::net::IpAddr;

use domain::{
    portal::Endpoints,
    settings::{ProxyChoice, ProxyUrl, Settings},
    token_service::TokenServiceSettings,
};
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

/// A [`ProxyChoice`] as the column has it.
struct Proxy(ProxyChoice);

impl FromSql for Proxy {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let choice = match value.as_str()? {
            "system" => ProxyChoice::System,
            "never" => ProxyChoice::Never,
            url => ProxyChoice::Url(ProxyUrl::parse(url).map_err(FromSqlError::other)?),
        };
        Ok(Self(choice))
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
        proxy: row.get::<_, Proxy>("proxy")?.0,
    })
}

pub(crate) fn put(connection: &Connection, settings: &Settings) -> Result<(), Error> {
    let Settings { token_service, check_interval_hours, asks_before_secrets, proxy } = settings;
    let TokenServiceSettings { enabled, address, endpoints } = token_service;
    let Endpoints { host, port, mutual_tls_port } = endpoints;
    let proxy = match proxy {
        ProxyChoice::System => "system",
        ProxyChoice::Never => "never",
        ProxyChoice::Url(url) => url.as_str(),
    };
    query::execute(
        connection,
        "INSERT OR REPLACE INTO settings
            (only_row, token_service_enabled, token_service_address, token_service_host, token_service_port,
             mutual_tls_port, check_interval_hours, asks_before_secrets, proxy)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            enabled,
            address.to_string(),
            host,
            port,
            mutual_tls_port,
            check_interval_hours,
            asks_before_secrets,
            proxy
        ],
    )?;
    Ok(())
}

/// The settings; the defaults until somebody has changed them.
pub(crate) fn get(connection: &Connection) -> Result<Settings, Error> {
    Ok(query::find(connection, TABLE, "SELECT * FROM settings", [], read)?.unwrap_or_default())
}
