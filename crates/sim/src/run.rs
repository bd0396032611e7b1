//! One seed, from its first moment to its last: the world is made, things go wrong, then nothing goes wrong any more and everything
//! must come to its end.

use mic_engine::charter::rules::for_replay;
use mic_proof::bundle::{Head, Line, Writer};
use mic_proof::hash::sha256;
use mic_proof::note::{Checkpoint, sign_checkpoint};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle_bytes;

use crate::canary::Canary;
use crate::chance::Chance;
use crate::faults::Swarm;
use crate::post::{Item, Standing};
use crate::safety;
use crate::trace::Trace;
use crate::world::{Counts, End, START_MS, Setup, World};

/// How long everything is given to come to its end.
const QUIET_DAYS: u64 = 200;
const DAY_MS: u64 = 86_400_000;

/// The rules that worlds live under.
pub const CHARTERS: [&str; 6] = [
    include_str!("../../../charters/default.toml"),
    include_str!("../../../charters/small_group.toml"),
    include_str!("../../../charters/two_juries.toml"),
    include_str!("../../../charters/consensus_assembly.toml"),
    include_str!("../../../charters/statistical_sample.toml"),
    include_str!("../../../charters/federation.toml"),
];

/// How a seed ended.
#[derive(Debug)]
pub struct Ending {
    pub broken: Option<String>,
    pub counts: Counts,
    pub entries: usize,
    pub trace: Trace,
}

/// The world of a seed.
pub fn setup(seed: u64, canary: Option<Canary>) -> Setup {
    let mut chance = Chance::new(seed, 0);
    let swarm = Swarm::of(&mut chance);
    let charter = chance.pick(&CHARTERS).copied().unwrap_or_default();
    Setup {
        seed,
        charter: charter.to_owned(),
        members: u32::try_from(chance.between(3, 30)).unwrap_or(3),
        machines: usize::try_from(chance.between(1, 5)).unwrap_or(1),
        swarm,
        canary,
        quiet: false,
    }
}

/// Runs one seed to its end.
pub fn seed(seed: u64, canary: Option<Canary>, trace: bool) -> Ending {
    let mut world = World::new(setup(seed, canary));
    if trace {
        world.trace = Trace::kept();
    }
    let days = Chance::new(seed, 3).between(3, 25);
    world.run_until(START_MS + days * DAY_MS);
    if world.broken.is_none() {
        world.rest();
        world.run_until(START_MS + (days + QUIET_DAYS) * DAY_MS);
    }
    finish(world)
}

/// A year of a large group in which little goes wrong.
pub fn year(members: u32, days: u64) -> Ending {
    let mut world = World::new(Setup {
        seed: 1,
        charter: CHARTERS[0].to_owned(),
        members,
        machines: 1,
        swarm: Swarm::none(),
        canary: None,
        quiet: true,
    });
    world.run_until(START_MS + days * DAY_MS);
    Ending {
        broken: world.broken.take(),
        counts: world.counts,
        entries: world.disk.entries.len(),
        trace: Trace::default(),
    }
}

fn finish(mut world: World) -> Ending {
    let broken = world.broken.take().or_else(|| at_the_end(&world).err());
    Ending {
        broken,
        counts: world.counts,
        entries: world.disk.entries.len(),
        trace: std::mem::take(&mut world.trace),
    }
}

/// Liveness, and what can only be said of a whole journal.
fn at_the_end(world: &World) -> Result<(), String> {
    let state = world.disk.reference().ok_or("no group")?;
    if let Some((number, open)) = state.open.iter().next() {
        return Err(format!("proposal {number} never ends: {:?}", open.stand));
    }
    if let Some((number, act)) = world.acts.iter().find(|(_, act)| act.end == End::Waiting) {
        return Err(format!("act {number} was never answered: {act:?}"));
    }
    if world.disk.post.unfinished() > 0 {
        return Err(format!(
            "{} mails neither went nor were given up",
            world.disk.post.unfinished()
        ));
    }
    for (item, standing) in &world.disk.post.items {
        let here = world.model.here.contains(&u64::from(item.1.0));
        if *standing == Standing::Served && here && !world.arrived.contains_key(item) {
            return Err(format!(
                "{} to {} counts as served and never came",
                item.0.to_text(),
                item.1
            ));
        }
    }
    for number in 1..=world.model.broadcasts.len() {
        let text = format!("broadcast/{number}");
        let parcels = world.disk.post.items.keys().filter(|(notice, _)| notice.to_text() == text);
        if parcels.count() == 0 {
            return Err(format!("{text} was ordered and has no parcels"));
        }
    }
    for (proposal, step, slot) in &world.model.summoned {
        // Jurors are summoned, a drawn assembly is asked.
        let texts = ["summons", "asked"].map(|kind| format!("{kind}/{proposal}/{step}"));
        let told = |item: &Item| texts.contains(&item.0.to_text()) && u64::from(item.1.0) == *slot;
        if !world.disk.post.items.keys().any(told) {
            return Err(format!("{slot} was drawn for {proposal}/{step} and never told"));
        }
    }
    safety::every_act_once(world)?;
    safety::nothing_unasked(world)?;
    verified(world)
}

/// The verifier that knows nothing of the engine draws, counts and decides everything again.
fn verified(world: &World) -> Result<(), String> {
    let state = world.disk.reference().ok_or("no group")?;
    let checkpoint = Checkpoint {
        origin: state.founded.origin.clone(),
        size: state.position.0,
        root: state.tree.root(),
    };
    let head = Head {
        group: state.founded.group.to_string(),
        origin: state.founded.origin.clone(),
        key: state.founded.key,
        size: state.position.0,
        checkpoint: sign_checkpoint(&checkpoint, &World::key()),
    };
    let fail = |error: std::io::Error| error.to_string();
    let mut writer = Writer::new(Vec::new(), head).map_err(fail)?;
    for (seq, bytes) in world.disk.entries.iter().enumerate() {
        let text = String::from_utf8_lossy(bytes).into_owned();
        writer.write(&Line::Entry { seq: seq as u64, text }).map_err(fail)?;
    }
    for bytes in world.disk.documents.values() {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let line = Line::Document { hash: sha256(bytes), text: Some(text) };
        writer.write(&line).map_err(fail)?;
    }
    for hash in &world.disk.erased {
        if !world.disk.documents.contains_key(hash) {
            writer.write(&Line::Document { hash: *hash, text: None }).map_err(fail)?;
        }
    }
    for published in &world.disk.published {
        writer.write(&Line::Checkpoint { text: published.note.clone() }).map_err(fail)?;
    }
    let bundle = writer.finish().map_err(fail)?;
    let check = |text: &str| for_replay(text);
    let options = Options { charter_check: Some(&check), ..Options::new() };
    let mut bad = None;
    let read = verify_bundle_bytes(&bundle, &options, &mut |finding| {
        let line = finding.to_string();
        if line.starts_with("bad") && bad.is_none() {
            bad = Some(line);
        }
    });
    match (read, bad) {
        (Err(error), _) => Err(format!("the bundle cannot be read: {error:?}")),
        (Ok(_), Some(line)) => Err(format!("the verifier says: {line}")),
        (Ok(_), None) => Ok(()),
    }
}
