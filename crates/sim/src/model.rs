//! The naive model: what each person should see, told from the journal's lines alone with as little cleverness as possible. It reads
//! them as plain JSON, shares no code with the engine, and complains about what may never stand there. Knows nothing of charters.

use std::collections::{BTreeMap, BTreeSet};

use mic_proof::encode::Value;
use mic_proof::encode::decode;

/// What there is to see.
#[derive(Default)]
pub struct Model {
    pub here: BTreeSet<u64>,
    gone: BTreeSet<u64>,
    pub cases: BTreeMap<u64, Case>,
    pub broadcasts: Vec<(u64, String)>,
    /// Who was drawn or called, by proposal and step: nobody else may get a summons.
    pub summoned: BTreeSet<(u64, u64, u64)>,
    pub admitted: BTreeSet<u64>,
    last_at: u64,
    slots: u64,
    length: u64,
}

/// A proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    pub author: u64,
    pub version: String,
    pub cosigners: BTreeSet<u64>,
    pub seats: BTreeSet<u64>,
    pub answered: BTreeSet<u64>,
    pub until: u64,
    pub step: u64,
    pub over: bool,
    finished: BTreeSet<u64>,
    /// Position and round of the call for the draw.
    call: Option<(u64, u64)>,
    decided: bool,
}

/// What is true outside the journal.
#[derive(Default)]
pub struct Outside {
    /// How many lines a head covers, and since when it was out.
    pub heads: Vec<(u64, u64)>,
    /// When each round of the beacon was first told to anybody.
    pub told: BTreeMap<u64, u64>,
    /// Whether every clock has been right so far: only then can "before" be asked of one process about another.
    pub clocks_right: bool,
    pub now: u64,
}

/// What one person sees on the first page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    pub member: bool,
    /// Open proposals: number, version, who co-signed.
    pub open: Vec<(u64, String, BTreeSet<u64>)>,
    /// Juries on which an answer is missing.
    pub duties: Vec<u64>,
    pub broadcasts: u64,
}

impl Model {
    /// Takes the next line.
    pub fn take(&mut self, bytes: &[u8], outside: &Outside) -> Result<(), String> {
        let line = decode(bytes).map_err(|error| format!("no JSON: {error:?}"))?;
        let (seq, at) = (number(&line, "seq"), number(&line, "at"));
        if seq != self.length {
            return Err(format!("line {seq} stands at {}", self.length));
        }
        if at < self.last_at {
            return Err(format!("time goes back at line {seq}"));
        }
        (self.length, self.last_at) = (seq + 1, at);
        let actor = line.field("actor").and_then(Value::as_natural);
        let kind = text(&line, "type");
        if let Some(actor) = actor
            && !self.here.contains(&actor)
            && !(kind == "member.erased" && self.gone.contains(&actor))
            && kind != "proposal.withdrawn"
        {
            return Err(format!("{actor} acts in line {seq} and is no member"));
        }
        match kind.split_once('.').map(|(noun, _)| noun) {
            Some("group" | "member") => self.people(&line, &kind, actor.unwrap_or(0)),
            _ => self.case(&line, &kind, actor.unwrap_or(0), outside),
        }
        .map_err(|why| format!("line {seq} ({kind}): {why}"))
    }

    /// What a person should see.
    pub fn sight(&self, slot: u64) -> Sight {
        let open = self.cases.iter().filter(|(_, case)| !case.over);
        Sight {
            member: self.here.contains(&slot),
            open: open
                .clone()
                .map(|(number, case)| (*number, case.version.clone(), case.cosigners.clone()))
                .collect(),
            duties: open
                .filter(|(_, case)| case.seats.contains(&slot) && !case.answered.contains(&slot))
                .map(|(number, _)| *number)
                .collect(),
            broadcasts: self.broadcasts.len() as u64,
        }
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    fn people(&mut self, line: &Value, kind: &str, actor: u64) -> Result<(), String> {
        match kind {
            "group.founded" => {
                self.slots = number(line, "members");
                self.here = (0..self.slots).collect();
            }
            "member.admitted" => {
                let slot = number(line, "slot");
                if slot != self.slots {
                    return Err(format!("{slot} is not the next place"));
                }
                self.slots += 1;
                self.here.insert(slot);
                self.admitted.insert(slot);
            }
            "member.left" | "member.erased" | "member.removed" => {
                let slot = if kind == "member.removed" { number(line, "slot") } else { actor };
                self.here.remove(&slot);
                self.gone.insert(slot);
                for case in self.cases.values_mut() {
                    if case.seats.remove(&slot) {
                        case.answered.remove(&slot);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn case(
        &mut self,
        line: &Value,
        kind: &str,
        actor: u64,
        outside: &Outside,
    ) -> Result<(), String> {
        let number_of = number(line, "proposal");
        if kind == "proposal.opened" {
            let case = Case { author: actor, version: text(line, "version"), ..Case::default() };
            let new = self.cases.insert(number_of, case).is_none();
            return if new { Ok(()) } else { Err("opened twice".to_owned()) };
        }
        if kind == "document.erased" || kind == "deed.reported" {
            return Ok(());
        }
        let Some(mut case) = self.cases.remove(&number_of).filter(|case| !case.over) else {
            return Err(format!("proposal {number_of} is not open"));
        };
        let taken = match kind.split_once('.').map(|(noun, _)| noun) {
            Some("draw" | "seats" | "juror" | "ballot" | "jury") => {
                self.jury(&mut case, line, kind, actor, outside)
            }
            _ => self.text(&mut case, line, kind, actor),
        };
        self.cases.insert(number_of, case);
        taken
    }

    /// What is said and signed, and what becomes of it.
    fn text(
        &mut self,
        case: &mut Case,
        line: &Value,
        kind: &str,
        actor: u64,
    ) -> Result<(), String> {
        let (number_of, at) = (number(line, "proposal"), number(line, "at"));
        match kind {
            "version.posted" => {
                case.version = text(line, "version");
                case.cosigners.clear();
            }
            "vote.cast" | "pledge.made" | "position.taken" | "objection.raised" => {
                if at >= case.until && case.until > 0 {
                    return Err(format!("{actor} takes part after the close"));
                }
                // Of an assembly that was drawn it is a duty.
                if case.seats.contains(&actor) {
                    case.answered.insert(actor);
                }
            }
            "proposal.cosigned" => {
                if actor == case.author || text(line, "version") != case.version {
                    return Err("signed by its author, or another text".to_owned());
                }
                if !case.cosigners.insert(actor) {
                    return Err(format!("{actor} co-signed twice"));
                }
            }
            "cosign.withdrawn" => {
                case.cosigners.remove(&actor);
            }
            "stage.entered" => {
                let fresh = Case {
                    author: case.author,
                    version: case.version.clone(),
                    cosigners: case.cosigners.clone(),
                    step: number(line, "step"),
                    until: number(line, "until"),
                    ..Case::default()
                };
                *case = fresh;
            }
            "broadcast.ordered" => {
                let next = self.broadcasts.len() as u64 + 1;
                if number(line, "number") != next || text(line, "version") != case.version {
                    return Err("another number or text than was decided".to_owned());
                }
                self.broadcasts.push((number_of, case.version.clone()));
            }
            "proposal.closed" => case.over = true,
            _ => {}
        }
        Ok(())
    }

    /// Who is drawn, who answers, and when it is over.
    fn jury(
        &mut self,
        case: &mut Case,
        line: &Value,
        kind: &str,
        actor: u64,
        outside: &Outside,
    ) -> Result<(), String> {
        let (number_of, at) = (number(line, "proposal"), number(line, "at"));
        match kind {
            "draw.called" => case.call = Some((number(line, "seq"), number(line, "round"))),
            "draw.made" => {
                let (call, round) = case.call.ok_or("drawn without a call")?;
                let told = outside.told.get(&round).copied().unwrap_or(outside.now);
                let by = if outside.clocks_right { told } else { outside.now };
                if !outside.heads.iter().any(|(size, since)| *size > call && *since <= by) {
                    return Err("drawn before its call was published".to_owned());
                }
                self.seat(case, number_of, &slots(line, "seated"))?;
                case.until = number(line, "until");
            }
            "seats.called" | "jury.extended" => {
                for slot in slots(line, "released") {
                    case.seats.remove(&slot);
                    case.answered.remove(&slot);
                }
                self.seat(case, number_of, &slots(line, "seated"))?;
                if kind == "jury.extended" {
                    case.until = number(line, "until");
                }
            }
            "jury.grown" => {
                case.finished.extend(std::mem::take(&mut case.seats));
                case.answered.clear();
                self.seat(case, number_of, &slots(line, "seated"))?;
                case.until = number(line, "until");
            }
            "juror.aside" => {
                case.seats.remove(&actor);
                case.answered.remove(&actor);
            }
            "ballot.cast" => {
                if at >= case.until || case.decided || !case.seats.contains(&actor) {
                    return Err(format!("a ballot of {actor} after the close, or without a seat"));
                }
                case.answered.insert(actor);
            }
            "jury.closed" => {
                case.decided = true;
                case.answered.extend(case.seats.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn seat(&mut self, case: &mut Case, proposal: u64, slots: &[u64]) -> Result<(), String> {
        for slot in slots {
            let signed = case.cosigners.contains(slot) || case.author == *slot;
            if self.gone.contains(slot) || signed || case.finished.contains(slot) {
                return Err(format!("{slot} is seated, who has gone, written, signed or sat"));
            }
            case.seats.insert(*slot);
            self.summoned.insert((proposal, case.step, *slot));
        }
        Ok(())
    }
}

fn number(line: &Value, field: &str) -> u64 {
    line.field(field).and_then(Value::as_natural).unwrap_or(0)
}

fn text(line: &Value, field: &str) -> String {
    line.field(field).and_then(Value::as_text).unwrap_or_default().to_owned()
}

fn slots(line: &Value, field: &str) -> Vec<u64> {
    let list = line.field(field).and_then(Value::as_list).unwrap_or_default();
    list.iter().filter_map(Value::as_natural).collect()
}
