//! What a connection is doing, so that its time limits can be kept without a timer for every request.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, sleep_until},
};

/// How long a request's head may take, from its first byte; also how long a new connection may say nothing.
const HEAD_LIMIT: Duration = Duration::from_secs(10);
/// How long a request may take, from its head to its answer.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);
/// How long a connection may rest between two requests.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

/// What a connection is doing and since when.
pub(crate) struct Activity {
    began: Instant,
    /// Milliseconds after `began`, and in the lowest two bits the phase. One task uses it; it is atomic only because that
    /// task may move between threads.
    state: AtomicU64,
}

const HEAD: u64 = 0;
const REQUEST: u64 = 1;
const IDLE: u64 = 2;

impl Activity {
    /// A connection that has just been opened, and now has to send a head.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), state: AtomicU64::new(HEAD) })
    }

    fn enter(&self, phase: u64) {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX >> 2);
        self.state.store(millis << 2 | phase, Ordering::Relaxed);
    }

    /// Bytes have arrived.
    fn arrived(&self) {
        if self.state.load(Ordering::Relaxed) & 3 == IDLE {
            self.enter(HEAD);
        }
    }

    /// A request begins; it ends when what is returned is dropped.
    pub(crate) fn begin_request(self: &Arc<Self>) -> OpenRequest {
        self.enter(REQUEST);
        OpenRequest(Arc::clone(self))
    }

    fn deadline(&self) -> Instant {
        let state = self.state.load(Ordering::Relaxed);
        let limit = match state & 3 {
            HEAD => HEAD_LIMIT,
            REQUEST => REQUEST_LIMIT,
            _ => IDLE_LIMIT,
        };
        self.began + Duration::from_millis(state >> 2) + limit
    }

    /// Returns when what the connection is doing has taken too long.
    pub(crate) async fn overdue(&self) {
        loop {
            let (now, deadline) = (Instant::now(), self.deadline());
            if deadline <= now {
                return;
            }
            // What begins while this sleeps has at least the shortest limit before it.
            sleep_until(deadline.min(now + HEAD_LIMIT)).await;
        }
    }
}

/// A request that has not been answered yet.
pub(crate) struct OpenRequest(Arc<Activity>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.enter(IDLE);
    }
}

/// A stream that tells when bytes arrive.
pub(crate) struct Watched<T> {
    pub(crate) stream: T,
    pub(crate) activity: Arc<Activity>,
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let before = buf.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(cx, buf));
        if buf.filled().len() > before {
            self.activity.arrived();
        }
        Poll::Ready(result)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many seconds it takes until the connection is cut off.
    async fn seconds_until_cut_off(activity: &Activity) -> u64 {
        let began = Instant::now();
        activity.overdue().await;
        began.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn each_phase_has_its_own_limit() {
        let activity = Activity::new();
        assert_eq!(seconds_until_cut_off(&activity).await, 10, "a new connection has to send a head");
        let open = activity.begin_request();
        assert_eq!(seconds_until_cut_off(&activity).await, 30);
        activity.arrived();
        assert_eq!(seconds_until_cut_off(&activity).await, 0, "bytes of a body gain no time");
        drop(open);
        assert_eq!(seconds_until_cut_off(&activity).await, 60);
        activity.arrived();
        assert_eq!(seconds_until_cut_off(&activity).await, 10, "the next head has begun");
        activity.arrived();
        assert_eq!(seconds_until_cut_off(&activity).await, 0, "a head byte by byte gains no time");
    }

    #[tokio::test(start_paused = true)]
    async fn a_phase_that_begins_meanwhile_is_cut_off_in_time() {
        let activity = Activity::new();
        drop(activity.begin_request());
        let began = Instant::now();
        let meanwhile = async {
            tokio::time::sleep(Duration::from_secs(25)).await;
            activity.arrived();
        };
        tokio::join!(activity.overdue(), meanwhile);
        assert_eq!(began.elapsed().as_secs(), 35);
    }
}
