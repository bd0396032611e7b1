//! 64 clients act at once through the real driver and the real store on a real disk: how many acts are acknowledged as durable a
//! second, and how many share one sync. Knows nothing of HTTP.

use std::sync::Arc;
use std::time::Instant;

use mic::app::{App, Parts, open_store, system_entropy};
use mic::clock::Clock;
use mic::config::Config;
use mic_engine::command::MemberAct;
use mic_engine::ids::Slot;

use crate::Outcome;
use crate::history::{self, GROUP};

const CLIENTS: u32 = 64;
const ACTS_PER_CLIENT: u32 = 400;

pub(crate) fn measure() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), 1_000, 100)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(run(folder.path()))
}

async fn run(folder: &std::path::Path) -> Outcome {
    let config = Config { data: folder.to_owned(), ..Config::default() };
    let entropy = system_entropy();
    let store = Arc::new(open_store(&config, &entropy)?);
    let screen = Arc::new(|_: &mic::app::LinkForOperator| {});
    let parts = Parts { config, clock: Clock::system(), store, entropy, screen };
    let running = App::start(parts).await?;
    let app = running.app().clone();
    let before = app.syncs();
    let since = Instant::now();
    let clients: Vec<_> =
        (0..CLIENTS).map(|slot| tokio::spawn(client(app.clone(), slot))).collect();
    for client in clients {
        client.await?.map_err(|error| format!("{error:?}"))?;
    }
    let seconds = since.elapsed().as_secs_f64();
    let syncs = app.syncs() - before;
    running.stop().await;
    let acts = f64::from(CLIENTS * ACTS_PER_CLIENT);
    #[expect(clippy::cast_precision_loss, reason = "a count of syncs is small")]
    let per_sync = acts / syncs as f64;
    Ok(format!("{:.0} acts/s, {per_sync:.0} a sync", acts / seconds))
}

async fn client(app: App, slot: u32) -> Result<(), mic::app::ActError> {
    for days in 0..ACTS_PER_CLIENT {
        app.act(GROUP, Slot(slot), None, MemberAct::Rest { days: days % 90 }).await?;
    }
    Ok(())
}
