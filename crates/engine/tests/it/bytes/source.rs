//! Entries of every type with whatever fields, from one number. Knows nothing of what is tested with them.

use mic_engine::charter::{Audience, Id, Outcome};
use mic_engine::event::{
    Actor, BeaconKind, BroadcastOrdered, DrawCalled, DrawMade, Ending, Entry, ErasureReason, Event,
    Founded, JuryClosed, JuryExtended, JuryGrown, Lead, NonceFrom, OpenBallot, Opened, PledgeWoken,
    Position, PositionTaken, RecourseChoice, SeatsCalled, SeatsReason, StageEntered, StageKind,
    Subject, Verdict, VoteClosed,
};
use mic_engine::ids::{
    GroupId, LOG_TIME_MAX, LogTime, Number, ProposalNumber, Seq, Slot, Span, Step,
};
use mic_proof::hash::{Hash, sha256};

/// Numbers that look random and follow from one.
pub(super) struct Source(pub(super) u64);

impl Source {
    fn next(&mut self) -> u64 {
        let bytes = sha256(&self.0.to_be_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&bytes.as_bytes()[..8]);
        self.0 = u64::from_be_bytes(first);
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn small(&mut self) -> u32 {
        let shift = self.below(32);
        u32::try_from(self.next() >> 32).expect("32 bits") >> shift
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = usize::try_from(self.below(all.len() as u64)).expect("small");
        all[at]
    }

    fn hash(&mut self) -> Hash {
        sha256(&self.next().to_be_bytes())
    }

    fn time(&mut self) -> LogTime {
        LogTime(self.below(LOG_TIME_MAX.0 + 1))
    }

    fn span(&mut self) -> Span {
        Span(self.below(1 << 53))
    }

    fn slots(&mut self) -> Vec<Slot> {
        (0..self.below(30)).map(|_| Slot(self.small())).collect()
    }

    fn text(&mut self) -> String {
        let letters = ['a', 'Z', '9', ' ', '"', '\\', '\n', '\u{1}', 'é', '😀', '/', '\u{2028}'];
        (0..self.below(40)).map(|_| self.of(&letters)).collect()
    }

    fn id(&mut self) -> Id {
        let letters = ['a', 'z', '0', '9', '_'];
        let rest: String = (0..self.below(31)).map(|_| self.of(&letters)).collect();
        Id::parse(&format!("b{rest}")).expect("an id")
    }

    fn audience(&mut self) -> Audience {
        self.of(&[Audience::Members, Audience::Public])
    }

    pub(super) fn entry(mut self, kind: u8) -> Entry {
        let actor =
            if self.below(2) == 0 { Actor::Node } else { Actor::Member(Slot(self.small())) };
        Entry {
            seq: Seq(self.below(1 << 53)),
            at: self.time(),
            actor,
            salt: *self.hash().as_bytes(),
            event: self.event(kind),
        }
    }

    fn event(&mut self, kind: u8) -> Event {
        let (proposal, step) = (ProposalNumber(self.small()), Step(self.small()));
        match kind {
            0 => Event::Left,
            1 => Event::Erased,
            2 => Event::Resumed,
            3 => Event::Paused { until: self.time() },
            4 => Event::Rested { days: self.small() },
            5 => Event::Admitted { slot: Slot(self.small()), proposal },
            6 => Event::DocumentErased {
                document: self.hash(),
                reason: self.of(&[
                    ErasureReason::Author,
                    ErasureReason::MemberErased,
                    ErasureReason::Recalled,
                ]),
            },
            7 => self.founded(),
            8 => Event::VersionPosted {
                proposal,
                version: self.hash(),
                audience: self.audience(),
                subject: self.subject(),
            },
            9 => Event::Cosigned { proposal, step, version: self.hash() },
            10 => Event::CosignWithdrawn { proposal, step },
            11 => Event::Withdrawn { proposal },
            12 => Event::StageEnded { proposal, step, outcome: self.of(&Outcome::ALL) },
            13 => Event::ReminderCalled { proposal, step, nth: self.small() },
            14 => self.closed(proposal),
            15 => Event::RecourseTaken {
                proposal,
                step,
                choice: self.of(&[
                    RecourseChoice::Revise,
                    RecourseChoice::Appeal,
                    RecourseChoice::Accept,
                ]),
            },
            16 => Event::DrawMissed { proposal, step, attempt: self.small() },
            17 => Event::JurorAside { proposal, step },
            18 => Event::BallotCast {
                proposal,
                step,
                cover: self.hash(),
                nonce_from: self.of(&[NonceFrom::Browser, NonceFrom::Words, NonceFrom::Server]),
            },
            19 => Event::DecisionRecorded {
                proposal,
                number: Number(self.small()),
                version: self.hash(),
                winners: self.numbers(),
            },
            29.. => self.asking(kind, proposal, step),
            _ => self.larger(kind, proposal, step),
        }
    }

    fn larger(&mut self, kind: u8, proposal: ProposalNumber, step: Step) -> Event {
        match kind {
            20 => Event::Opened(Opened {
                proposal,
                process: self.id(),
                version: self.hash(),
                audience: self.audience(),
                charter: self.hash(),
                subject: self.subject(),
                roll: self.small(),
            }),
            21 => Event::StageEntered(StageEntered {
                proposal,
                step,
                stage: self.id(),
                kind: self.of(&[
                    StageKind::Cosign,
                    StageKind::Jury,
                    StageKind::Recourse,
                    StageKind::Wait,
                    StageKind::Vote,
                    StageKind::Consensus,
                    StageKind::Objection,
                    StageKind::Pledge,
                ]),
                until: self.time(),
            }),
            22 => self.draw_called(proposal, step),
            23 => Event::DrawMade(DrawMade {
                proposal,
                step,
                attempt: self.small(),
                signature: self.text().into_bytes(),
                checkpoint: self.text(),
                seated: self.slots(),
                until: self.time(),
            }),
            24 => Event::SeatsCalled(SeatsCalled {
                proposal,
                step,
                seated: self.slots(),
                released: self.slots(),
                reason: self.of(&[SeatsReason::Silence, SeatsReason::Aside, SeatsReason::Left]),
            }),
            25 => Event::JuryGrown(JuryGrown {
                proposal,
                step,
                turnout: self.small(),
                sealed: self.hash(),
                seated: self.slots(),
                until: self.time(),
            }),
            26 => Event::JuryExtended(JuryExtended {
                proposal,
                step,
                released: self.slots(),
                seated: self.slots(),
                until: self.time(),
            }),
            27 => self.jury_closed(proposal, step),
            _ => Event::BroadcastOrdered(BroadcastOrdered {
                proposal,
                number: Number(self.small()),
                previous: self.hash(),
                version: self.hash(),
                audience: self.audience(),
            }),
        }
    }

    fn asking(&mut self, kind: u8, proposal: ProposalNumber, step: Step) -> Event {
        let nonce_from = self.of(&[NonceFrom::Browser, NonceFrom::Words, NonceFrom::Server]);
        let number = Number(self.small());
        match kind {
            29 => Event::Removed { slot: Slot(self.small()), proposal },
            30 => Event::StatementMade { proposal, document: self.hash() },
            31 => Event::VoteCast { proposal, step, cover: self.hash(), nonce_from },
            32 => Event::VoteClosed(VoteClosed {
                proposal,
                step,
                eligible: self.small(),
                cast: self.small(),
                ballots: self.hash(),
                totals: (0..self.below(5)).map(|_| self.below(1 << 53)).collect(),
                winners: self.numbers(),
                outcome: self.of(&[Outcome::Pass, Outcome::Fail, Outcome::Undecided]),
            }),
            33 => Event::PositionTaken(PositionTaken {
                proposal,
                step,
                version: self.hash(),
                position: self.of(&[
                    Position::Agree,
                    Position::Aside,
                    Position::Block,
                    Position::None,
                ]),
                reason: (self.below(2) == 0).then(|| self.hash()),
            }),
            34 => Event::ObjectionRaised { proposal, step, reason: self.hash() },
            35 => Event::ObjectionWithdrawn { proposal, step },
            36 => Event::PledgeMade { proposal, step, cover: self.hash(), nonce_from },
            37 => Event::PledgeWithdrawn { proposal, step },
            38 => Event::PledgeWoken(PledgeWoken {
                proposal,
                step,
                standing: self.small(),
                ballots: self.hash(),
                count: self.small(),
            }),
            39 => Event::DeedReported { action: number, done: self.below(2) == 0 },
            40 => Event::BroadcastRecalled { proposal, number },
            41 => Event::CharterAmended { proposal, charter: self.hash() },
            _ => Event::ActionCalled { proposal, number, version: self.hash() },
        }
    }

    fn numbers(&mut self) -> Vec<u32> {
        (0..self.below(5)).map(|_| self.small()).collect()
    }

    fn subject(&mut self) -> Option<Subject> {
        match self.below(3) {
            0 => None,
            1 => Some(Subject::Number(self.small())),
            _ => Some(Subject::Charter(self.hash())),
        }
    }

    fn founded(&mut self) -> Event {
        Event::Founded(Founded {
            group: GroupId([self.of(&[0, 7, 255]); 16]),
            origin: self.text(),
            key: *self.hash().as_bytes(),
            charter: self.hash(),
            profile: self.hash(),
            members: self.small(),
            beacon: self.of(&[BeaconKind::Drand, BeaconKind::Local]),
            chain: self.hash(),
        })
    }

    fn closed(&mut self, proposal: ProposalNumber) -> Event {
        let endings =
            [Ending::Done, Ending::Declined, Ending::Undecided, Ending::Lapsed, Ending::Withdrawn];
        Event::Closed { proposal, ending: self.of(&endings) }
    }

    fn draw_called(&mut self, proposal: ProposalNumber, step: Step) -> Event {
        Event::DrawCalled(DrawCalled {
            proposal,
            step,
            attempt: self.small(),
            version: self.hash(),
            roll: self.small(),
            seats: self.small(),
            agree: self.small(),
            then: self.small(),
            quorum: self.small(),
            excluded: self.small(),
            exclusions: self.hash(),
            slot_at: self.time(),
            chain: self.hash(),
            round: self.below(1 << 53),
            answer: self.span(),
            window: self.span(),
            new: self.span(),
            rest: self.span(),
            lead: (self.below(2) == 0).then(|| Lead { lead: self.small(), cap: self.small() }),
        })
    }

    fn jury_closed(&mut self, proposal: ProposalNumber, step: Step) -> Event {
        let round = |source: &mut Self| -> Vec<OpenBallot> {
            (0..source.below(9))
                .map(|_| OpenBallot { yes: source.below(2) == 0, nonce: source.text() })
                .collect()
        };
        Event::JuryClosed(JuryClosed {
            proposal,
            step,
            rounds: (0..self.below(3)).map(|_| round(self)).collect(),
            verdict: self.of(&[Verdict::Approved, Verdict::Declined, Verdict::Undecided]),
            yes: self.small(),
            no: self.small(),
            seats: self.small(),
        })
    }
}
