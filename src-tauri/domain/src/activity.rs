//! Who did what, and when.

mod activity;
mod audit_event;

pub use audit_event::{AuditAction, AuditEvent};
