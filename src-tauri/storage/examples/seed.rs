//! Makes a database with many requests, to try the app and to measure it: `seed <database path> <number of requests>`.

use std::{error::Error, path::Path};

use fakes::seed;
use storage::SqliteRepository;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(count), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: seed <database path> <number of requests>".into());
    };
    let repository = SqliteRepository::open(Path::new(&path))?;
    seed(&repository, chrono::Utc::now(), count.parse()?, 40)?;
    Ok(())
}
