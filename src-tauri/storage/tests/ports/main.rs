//! The ports of the domain, against real files.

#[path = "../../examples/seeding/mod.rs"]
mod seeding;

mod accounts;
mod atomicity;
mod clients;
mod connections;
mod damage;
mod migration;
mod opening;
mod removal;
mod round_trip;
mod samples;
mod search;
mod several_processes;
mod uniqueness;
