//! What all handlers share: the app, the limits that count across requests, and how the site is run. Also how it is put on a socket.
//! Knows no route and no page.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use mic_engine::ids::{GroupId, Slot};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::gate::Gate;
use super::sign_in::Asks;
use crate::app::App;
use crate::pages::Origin;
use crate::words::Moment;

/// Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    app: App,
    options: SiteOptions,
    gate: Gate,
    origin: Origin,
    loopback: bool,
    letters: Arc<Mutex<()>>,
    asks: Arc<Asks>,
}

/// How the site is run, beyond the configuration.
#[derive(Clone, Default)]
pub struct SiteOptions {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Set in the demonstration only.
    pub demo: Option<Demo>,
}

/// The person whom a visitor of the demonstration becomes by one click, and that person's mailbox.
#[derive(Clone)]
pub struct Demo {
    pub name: String,
    pub address: String,
    pub group: GroupId,
    pub slot: Slot,
    /// The newest first.
    pub mails: Arc<dyn Fn() -> Vec<DemoMail> + Send + Sync>,
}

/// A mail in the mailbox of the demonstration.
#[derive(Clone)]
pub struct DemoMail {
    pub id: u64,
    pub subject: String,
    pub from: String,
    pub at: Moment,
    /// The plain half.
    pub text: String,
}

impl Site {
    pub fn new(app: App, options: SiteOptions) -> Self {
        let origin = Origin::new(app.config().origin.as_str());
        let host = app.config().origin.host();
        let loopback = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
        let gate = Gate::new(app.clone());
        let (letters, asks) = (Arc::default(), Arc::default());
        Self(Arc::new(Inner { app, options, gate, origin, loopback, letters, asks }))
    }

    pub fn app(&self) -> &App {
        &self.0.app
    }

    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    pub(crate) fn demo(&self) -> Option<&Demo> {
        self.0.options.demo.as_ref()
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// Held while it is looked up how many letters an address had and one more is written: two that come together are one.
    pub(crate) fn letters(&self) -> Arc<Mutex<()>> {
        self.0.letters.clone()
    }

    /// Those who asked for a link and wait to be answered.
    pub(in crate::web) fn asks(&self) -> Arc<Asks> {
        self.0.asks.clone()
    }

    pub(crate) fn is_proxy(&self, address: IpAddr) -> bool {
        self.0.options.proxies.contains(&address)
    }

    /// Whether the site is reached by TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.app().config().origin.is_secure()
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.0.loopback
    }

    /// Real time as the store and the pages count it.
    pub(crate) fn wall(&self) -> Moment {
        Moment(self.app().wall().0)
    }
}

/// Serves the site until it is to stop; requests under way are finished.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            // A sender that is gone means that the server is going as well.
            let _gone = stopping.wait_for(|stop| *stop).await;
        })
        .await
}
