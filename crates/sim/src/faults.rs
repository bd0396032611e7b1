//! The fault model: everything that goes wrong in this world, and what we claim of it.
//!
//! | fault | what happens | what we claim |
//! |---|---|---|
//! | `AppendFails` | the store says no and wrote nothing (also: the disk is full for a while) | the asker is told "not saved"; nothing changed; the same act may be sent again |
//! | `AppendUnknownDone` | it is durable, the answer is lost | read back; answered as done; done once |
//! | `AppendUnknownNotDone` | it is not durable, the answer is lost | read back; asked again; done once |
//! | `Crash` | the process dies between any two outputs, before or after one is carried out, also with an append under way | what was answered is in the journal; what was not may be sent again under the same key |
//! | `CrashAtStart` | it dies again while it reads the journal back | the next start reads it |
//! | several writers | two to five processes write one journal | the position decides; the loser reads back; nothing is done twice |
//! | `StaleRead` | a process reads back an older journal than there is (a copy that lags) | its next append loses, it reads again |
//! | `ByteChanged` | one byte of the journal changes at rest | the process refuses the journal, and never repairs it; the true one is put back and all goes on |
//! | `ClockBack`, `ClockForward`, `ClockStill`, `ClockFast` | a process's clock is wrong by up to an hour, stands, or runs tenfold | log time never goes back; no ballot counts after a close; no draw before its inputs are out |
//! | `TimerLost`, `TimerDoubled` | a wake-up comes late, or twice | what is due is done once |
//! | `BeaconLate`, `BeaconSilent`, `BeaconLies` | a round comes late, never on this request, or with other bytes | the draw waits; a lie is refused; nothing weaker takes its place |
//! | `ReplyLost` | what was done is not said | the person asks again under the same key and is told where it stands |
//! | `MailLost` | accepted, and the connection breaks before the answer | sent again under the same id: at least once |
//! | `MailGreylisted`, `MailUnreachable` | "later"; nobody there for a while, or for a week | sent later, or given up after five days with a reason |
//! | `MailRefused` | "never" | given up, with the reason |
//! | `MailBounces` | accepted, sent back an hour later | counts as served: the server reads no bounces yet, and says so |
//! | `CarrierDies` | whoever carries mail dies between taking, sending and noting down | taken again when the claim runs out; repeated at most what was in flight |
//!
//! Not modelled: a journal that is lost whole with all its copies; people standing beside a juror; an operator who changes the program.
//! There are no snapshots in this program: every start reads the whole journal, so none can be lost or stale.

use crate::chance::Chance;

/// One kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    AppendFails,
    AppendUnknownDone,
    AppendUnknownNotDone,
    DiskFull,
    Crash,
    CrashAtStart,
    StaleRead,
    ByteChanged,
    ClockBack,
    ClockForward,
    ClockStill,
    ClockFast,
    TimerLost,
    TimerDoubled,
    BeaconLate,
    BeaconSilent,
    BeaconLies,
    ReplyLost,
    MailLost,
    MailGreylisted,
    MailUnreachable,
    MailRefused,
    MailBounces,
    CarrierDies,
}

impl Fault {
    pub const ALL: [Self; 24] = [
        Self::AppendFails,
        Self::AppendUnknownDone,
        Self::AppendUnknownNotDone,
        Self::DiskFull,
        Self::Crash,
        Self::CrashAtStart,
        Self::StaleRead,
        Self::ByteChanged,
        Self::ClockBack,
        Self::ClockForward,
        Self::ClockStill,
        Self::ClockFast,
        Self::TimerLost,
        Self::TimerDoubled,
        Self::BeaconLate,
        Self::BeaconSilent,
        Self::BeaconLies,
        Self::ReplyLost,
        Self::MailLost,
        Self::MailGreylisted,
        Self::MailUnreachable,
        Self::MailRefused,
        Self::MailBounces,
        Self::CarrierDies,
    ];
}

/// Which faults a world has, and how often, in thousandths of the occasions for each. Every seed switches on a subset of its own
/// (swarm testing: Groce and others, ISSTA 2012): a world in which everything fails a little shows less than many lopsided ones.
#[derive(Clone, Debug)]
pub struct Swarm {
    rates: [u32; Fault::ALL.len()],
    on: bool,
}

impl Swarm {
    pub fn of(chance: &mut Chance) -> Self {
        let mut rates = [0; Fault::ALL.len()];
        for rate in &mut rates {
            if chance.permille(400) {
                *rate = u32::try_from(1 << chance.between(1, 7)).unwrap_or(1);
            }
        }
        Self { rates, on: true }
    }

    /// A world in which nothing fails.
    pub fn none() -> Self {
        Self { rates: [0; Fault::ALL.len()], on: false }
    }

    /// From here on nothing fails any more.
    pub fn stop(&mut self) {
        self.on = false;
    }

    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Whether it happens now.
    pub fn strikes(&self, fault: Fault, chance: &mut Chance) -> bool {
        self.on && chance.permille(self.rates[fault as usize])
    }

    /// The faults that are switched on, with their rates.
    pub fn enabled(&self) -> impl Iterator<Item = (Fault, u32)> + '_ {
        Fault::ALL.into_iter().zip(self.rates).filter(|(_, rate)| *rate > 0)
    }
}
