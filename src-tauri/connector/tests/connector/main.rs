//! Drives the connector against servers that behave, and against servers that misbehave in every way an admin meets:
//! real sockets, and TLS by two programs that are not the one under test.

mod toolkit {
    pub mod certificates;
    pub mod openssl;
    pub mod server;
    pub mod test_run;
}

mod answer;
mod cancelling;
mod client_certificate;
mod coding;
mod name_and_network;
mod portal_api;
mod proxy;
mod secrecy;
mod server_certificate;
mod token;
mod working;
