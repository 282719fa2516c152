//! One connection: the TLS hand-shake, then HTTP/1.1.

use std::{convert::Infallible, pin::pin, sync::Arc, time::Duration};

use axum::{body::Body, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::{net::TcpStream, sync::watch, time::timeout};
use tokio_rustls::TlsAcceptor;

use crate::{
    activity::{Activity, Watched},
    peer::Peer,
    routes::Routes,
    tls::{ClientCertificate, ListenerKind},
};

/// How long a TLS hand-shake may take.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
/// How large a request's head may be, in bytes.
const MAX_HEAD: usize = 16 * 1024;

/// Answers the requests of one connection until it ends, takes too long, or the service stops.
pub(crate) async fn serve(
    stream: TcpStream,
    peer: Arc<Peer>,
    tls: Arc<ServerConfig>,
    kind: ListenerKind,
    routes: Routes,
    mut stopped: watch::Receiver<bool>,
) {
    // Without it the answer would wait for the peer's delayed acknowledgement. If a socket refuses the option, it is
    // only slower.
    let _ = stream.set_nodelay(true);
    let stream = tokio::select! {
        handshake = timeout(HANDSHAKE_LIMIT, TlsAcceptor::from(tls).accept(stream)) => match handshake {
            Ok(Ok(stream)) => stream,
            Ok(Err(_)) | Err(_) => {
                tracing::debug!(?kind, "TLS hand-shake failed");
                return;
            }
        },
        () = wait_for_stop(&mut stopped) => return,
    };
    let certificate = match kind {
        ListenerKind::Plain => None,
        ListenerKind::MutualTls => ClientCertificate::of(stream.get_ref().1),
    };
    let activity = Activity::new();
    let requests = Arc::clone(&activity);
    let service = service_fn(move |request: Request<Incoming>| {
        let open = requests.begin_request();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Arc::clone(&peer));
        if let Some(certificate) = &certificate {
            request.extensions_mut().insert(certificate.clone());
        }
        let answer = routes.clone().answer(request);
        async move {
            let answer: Response = answer.await;
            drop(open);
            Ok::<_, Infallible>(answer)
        }
    });
    let stream = TokioIo::new(Watched { stream, activity: Arc::clone(&activity) });
    let mut connection = pin!(
        http1::Builder::new()
            // Its limit would count the rest between two requests too; `Activity` keeps both.
            .header_read_timeout(None)
            .max_buf_size(MAX_HEAD)
            .serve_connection(stream, service)
    );
    let mut overdue = pin!(activity.overdue());
    let mut stopping = false;
    loop {
        tokio::select! {
            result = connection.as_mut() => {
                if result.is_err() {
                    tracing::debug!(?kind, "connection ended early");
                }
                return;
            }
            () = overdue.as_mut() => {
                tracing::debug!(?kind, "connection took too long");
                return;
            }
            () = wait_for_stop(&mut stopped), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Returns once the service is to stop, or no longer exists.
pub(crate) async fn wait_for_stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the service was dropped.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
