//! `mic serve`: opens the store, starts the app, puts the site in front of it, and stops all of it in order.
//! Knows no page and no rule.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use mic_store::contract::Upkeep as _;
use tokio::net::TcpListener;

use super::{ConfigFlags, Exit, Failure, Screen};
use crate::app::{
    App, LinkForOperator, LinkKind, Parts, Running, StartError, open_store, system_entropy,
};
use crate::clock::Clock;
use crate::config::{BeaconConfig, Config, Settings};
use crate::pages::{Origin, Route};
use crate::web::{Site, SiteOptions, router, serve as serve_site};

/// Requests under way when the server stops have this long.
const FINISH_WITHIN: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    config: ConfigFlags,
    /// Address and port to listen on; 127.0.0.1:8080 without it [MIC_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// How people reach the server, such as https://mic.example.org [MIC_ORIGIN]
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Where new groups draw lots from: drand or local [MIC_BEACON]
    #[arg(long, value_name = "KIND")]
    beacon: Option<String>,
}

pub(super) fn run(command: &Serve, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let mut flags = Settings {
        listen: command.listen.clone(),
        origin: command.origin.clone(),
        ..Settings::default()
    };
    flags.beacon.kind.clone_from(&command.beacon);
    let config = command.config.read(flags)?;
    runtime()?.block_on(serve(config, screen))
}

/// The runtime of everything that talks to networks.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::fault)
}

/// What goes wrong at start, by whose turn it is.
pub(crate) fn start_failure(error: &StartError) -> Failure {
    match error {
        StartError::Folder { .. } | StartError::Mail(_) | StartError::Beacon(_) => {
            Failure::unreadable(error)
        }
        StartError::Store(_) | StartError::Thread(_) => Failure::fault(error),
    }
}

/// Waits until the person or the system asks the program to stop.
pub(crate) async fn asked_from_outside() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _unusable = interrupt.await;
        }
    }
}

/// Serves a site until `stop` is done, then stops everything in order.
pub(crate) async fn serve_until(
    running: Running,
    listener: TcpListener,
    options: SiteOptions,
    stop: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let routes = router(Site::new(running.app().clone(), options));
    let mut site = tokio::task::JoinSet::new();
    site.spawn(serve_site(listener, routes, running.stopping()));
    tokio::select! {
        () = stop => {}
        ended = site.join_next() => {
            running.stop().await;
            return Err(match ended {
                Some(Ok(Err(error))) => Failure::fault(error),
                Some(Ok(Ok(())) | Err(_)) | None => Failure::fault("the site ended by itself"),
            });
        }
    }
    running.ask_to_stop();
    // A connection that a browser keeps open must not keep the server from stopping.
    let _late = tokio::time::timeout(FINISH_WITHIN, site.join_next()).await;
    running.stop().await;
    Ok(())
}

async fn serve(config: Config, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let entropy = system_entropy();
    let store = open_store(&config, &entropy).map_err(|error| start_failure(&error))?;
    for damage in store.check().map_err(Failure::fault)? {
        writeln!(screen.err, "mic: damaged: {damage:?}")?;
        tracing::error!(event = "serve.damage");
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| Failure::fault(format!("cannot listen on {}: {error}", config.listen)))?;
    let options = SiteOptions { proxies: config.proxies.clone(), demo: None };
    let parts = Parts {
        clock: Clock::fast(config.clock_factor),
        config,
        store: Arc::new(store),
        entropy,
        screen: Arc::new(print_link),
    };
    let running = App::start(parts).await.map_err(|error| start_failure(&error))?;
    let address = listener.local_addr()?;
    greet(running.app(), address, screen)?;
    serve_until(running, listener, options, asked_from_outside()).await?;
    Ok(Exit::Ok)
}

fn greet(app: &App, address: SocketAddr, screen: &mut Screen<'_>) -> Result<(), Failure> {
    let config = app.config();
    let origin = Origin::new(config.origin.as_str());
    let out = &mut *screen.out;
    writeln!(out, "Mic Check is at {origin}, listening on {address}", origin = config.origin)?;
    writeln!(out, "  groups  {}", app.groups().len())?;
    writeln!(out, "  data    {}", config.data.display())?;
    match &config.beacon {
        BeaconConfig::Local => writeln!(
            out,
            "  lots    from this server's own chain: you could foresee draws, and certificates say so.\n          \
             For real groups: --beacon drand"
        )?,
        BeaconConfig::Drand { relays, .. } => {
            writeln!(out, "  lots    from drand, {} relays", relays.len())?;
        }
    }
    if config.clock_factor > 1 {
        writeln!(
            out,
            "  clock   {} times as fast as real time: for trying it out",
            config.clock_factor
        )?;
    }
    match &config.mail {
        Some(mail) => writeln!(out, "  mail    by {}:{} as {}", mail.server, mail.port, mail.from)?,
        None => writeln!(
            out,
            "  mail    none: links of sign-ins and invitations are shown here and on\n          {}?token={}",
            origin.link(&Route::Operator {}),
            app.operator_token().0
        )?,
    }
    Ok(out.flush()?)
}

/// Shows a link that cannot be mailed, on the terminal of whoever runs the server.
#[expect(
    clippy::print_stdout,
    reason = "the operator's terminal is where it belongs; it is no log line"
)]
fn print_link(link: &LinkForOperator) {
    let what = match link.kind {
        LinkKind::SignIn => "Sign-in",
        LinkKind::Invitation => "Invitation",
        LinkKind::Notice => "Notice",
    };
    let code = link.code.as_ref().map(|code| format!("  code {code}")).unwrap_or_default();
    println!("{what} for {}: {}{code}", link.address, link.link);
}
