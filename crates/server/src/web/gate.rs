//! How often: limits by where a request comes from and over all, kept in memory alone. What is counted is a hash of the network's
//! prefix under a key that changes every day and is never stored, so that nobody can be read out of it.
//! Knows no route.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::InMemoryState;
use governor::state::NotKeyed;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use mic_proof::hash::Hasher;

use crate::app::App;

/// What is limited. Each has a limit for one network and one over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GateKind {
    /// Asking for a link.
    SignIn,
    /// Typing a code or using a link.
    Code,
    Found,
    Invite,
    Accept,
    /// Calls of the API with a token that is none.
    Token,
    /// Trying rules: each question costs some of a processor.
    Forecast,
}

/// Requests of one kind in a time.
struct Rate {
    count: u32,
    within: Duration,
}

const MINUTES_10: Duration = Duration::from_secs(600);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY_MS: u64 = 86_400_000;
/// Networks that are remembered at once; then those that have been quiet are forgotten.
const NETWORKS_MAX: usize = 100_000;

impl GateKind {
    const ALL: [Self; 7] = [
        Self::SignIn,
        Self::Code,
        Self::Found,
        Self::Invite,
        Self::Accept,
        Self::Token,
        Self::Forecast,
    ];

    const fn of_one_network(self) -> Rate {
        match self {
            Self::SignIn => Rate { count: 20, within: MINUTES_10 },
            Self::Code => Rate { count: 40, within: MINUTES_10 },
            Self::Found => Rate { count: 10, within: HOUR },
            Self::Invite => Rate { count: 60, within: HOUR },
            Self::Accept => Rate { count: 60, within: HOUR },
            Self::Token => Rate { count: 60, within: MINUTES_10 },
            Self::Forecast => Rate { count: 120, within: MINUTES_10 },
        }
    }

    const fn over_all(self) -> Rate {
        match self {
            Self::SignIn => Rate { count: 5_000, within: MINUTES_10 },
            Self::Code => Rate { count: 20_000, within: MINUTES_10 },
            Self::Found => Rate { count: 200, within: HOUR },
            Self::Invite => Rate { count: 5_000, within: HOUR },
            Self::Accept => Rate { count: 5_000, within: HOUR },
            Self::Token => Rate { count: 20_000, within: MINUTES_10 },
            Self::Forecast => Rate { count: 2_000, within: MINUTES_10 },
        }
    }
}

type Networks =
    RateLimiter<[u8; 16], HashMapStateStore<[u8; 16]>, WallClock, NoOpMiddleware<Nanos>>;
type All = RateLimiter<NotKeyed, InMemoryState, WallClock, NoOpMiddleware<Nanos>>;

/// All limits of a site.
pub(crate) struct Gate {
    app: App,
    secret: [u8; 32],
    limits: Vec<(GateKind, Networks, All)>,
}

/// The app's clock in the form the limiter wants.
#[derive(Clone, Debug)]
struct WallClock(App);

impl Clock for WallClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(self.0.wall().0))
    }
}

impl Gate {
    pub(crate) fn new(app: App) -> Self {
        let clock = WallClock(app.clone());
        let limits = GateKind::ALL
            .into_iter()
            .map(|kind| {
                let networks = RateLimiter::new(
                    quota(&kind.of_one_network()),
                    HashMapStateStore::default(),
                    clock.clone(),
                );
                let all = RateLimiter::new(
                    quota(&kind.over_all()),
                    InMemoryState::default(),
                    clock.clone(),
                );
                (kind, networks, all)
            })
            .collect();
        Self { secret: app.random(), app, limits }
    }

    /// Counts one request; `false` when it is one too many.
    pub(crate) fn admits(&self, kind: GateKind, from: IpAddr) -> bool {
        let Some((_, networks, all)) = self.limits.iter().find(|(known, ..)| *known == kind) else {
            return false;
        };
        if networks.len() > NETWORKS_MAX {
            networks.retain_recent();
        }
        // The network's own limit comes first, so that one network cannot use up everybody's.
        networks.check_key(&self.name_of(from)).is_ok() && all.check().is_ok()
    }

    fn name_of(&self, from: IpAddr) -> [u8; 16] {
        let day = self.app.wall().0 / DAY_MS;
        let hash = Hasher::new("mic-check/network/v1\n")
            .chain(self.secret)
            .chain(day.to_be_bytes())
            .chain(prefix(from))
            .finish();
        let mut name = [0; 16];
        name.copy_from_slice(&hash.as_bytes()[..16]);
        name
    }
}

/// Who holds one address of IPv6 usually holds a whole /56; of IPv4, the one address.
fn prefix(address: IpAddr) -> [u8; 8] {
    let mut bytes = [0; 8];
    match address.to_canonical() {
        IpAddr::V4(address) => bytes[..4].copy_from_slice(&address.octets()),
        IpAddr::V6(address) => bytes[..7].copy_from_slice(&address.octets()[..7]),
    }
    bytes[7] = u8::from(address.to_canonical().is_ipv6());
    bytes
}

fn quota(rate: &Rate) -> Quota {
    let count = NonZeroU32::new(rate.count).expect("no limit is zero");
    Quota::with_period(rate.within / rate.count)
        .expect("no limit is without time")
        .allow_burst(count)
}

/// The address a request comes from: that of the connection, or, where that is a proxy of ours, the rightmost address in
/// `X-Forwarded-For` that is not. What stands further left anybody may have written.
pub(super) fn source(
    peer: Option<IpAddr>,
    forwarded: &[&str],
    is_proxy: impl Fn(IpAddr) -> bool,
) -> IpAddr {
    let mut source = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let hops = forwarded.iter().rev().flat_map(|line| line.rsplit(','));
    for hop in hops {
        if !is_proxy(source) {
            return source;
        }
        match hop.trim().parse() {
            Ok(address) => source = address,
            Err(_) => return source,
        }
    }
    source
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{prefix, source};

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn case_07_only_the_hop_before_our_proxy_counts() {
        let proxy = address("10.0.0.1");
        let is_proxy = |hop| hop == proxy;
        let from =
            |peer: &str, forwarded: &[&str]| source(Some(address(peer)), forwarded, is_proxy);
        assert_eq!(from("203.0.113.9", &["1.1.1.1"]), address("203.0.113.9"));
        assert_eq!(from("10.0.0.1", &["1.1.1.1, 203.0.113.9"]), address("203.0.113.9"));
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "203.0.113.9, 10.0.0.1"]), address("203.0.113.9"));
        assert_eq!(from("10.0.0.1", &["nonsense"]), address("10.0.0.1"));
        assert_eq!(from("10.0.0.1", &[]), address("10.0.0.1"));
    }

    #[test]
    fn case_07_a_whole_56_is_one_network() {
        assert_eq!(prefix(address("2001:db8:1:200::1")), prefix(address("2001:db8:1:2ff:ffff::9")));
        assert_ne!(prefix(address("2001:db8:1:200::1")), prefix(address("2001:db8:1:300::1")));
        assert_eq!(prefix(address("::ffff:192.0.2.1")), prefix(address("192.0.2.1")));
        assert_ne!(prefix(address("192.0.2.1")), prefix(address("192.0.2.2")));
    }
}
