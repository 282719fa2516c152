//! The OAuth 2.0 token service and the portal API.
