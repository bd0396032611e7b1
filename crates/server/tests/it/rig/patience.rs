//! Asking again until there is an answer, within a limit. For things outside this process only, which cannot tell us: a file
//! that another program writes, a port that it opens.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Time between two questions.
const TICK: Duration = Duration::from_millis(20);

/// The answer, or nothing when the limit is over. The limit counts the pauses, not the time that asking takes.
pub(crate) fn ask_until<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let (_held, ticks) = channel::<()>();
    let mut waited = Duration::ZERO;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if waited >= limit {
            return None;
        }
        assert_eq!(ticks.recv_timeout(TICK), Err(RecvTimeoutError::Timeout));
        waited += TICK;
    }
}

/// A port of loopback that nobody listens on at this moment.
pub(crate) fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether somebody listens there before the limit is over.
pub(crate) fn opens(address: SocketAddr, limit: Duration) -> bool {
    ask_until(limit, || TcpStream::connect(address).ok()).is_some()
}
