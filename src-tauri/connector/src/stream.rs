//! What bytes go over.

use tokio::io::{AsyncRead, AsyncWrite};

/// What bytes go over: a socket, or a tunnel through a proxy.
pub trait Bytes: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Bytes for T {}

/// A connection, by whatever way.
pub type Stream = Box<dyn Bytes>;
