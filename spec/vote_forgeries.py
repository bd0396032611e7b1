"""What somebody with the group's key can try where everybody is asked, for make_vectors.py: everything fits, only the rules show it."""

import copy

import verify as v
from invented import root_of


NOBODY = "0" * 64
CAST = {"cover": NOBODY, "nonce_from": "browser", "attested": "server"}


def with_ballots(g, ballots, draw=None):
    """The documents of the group and other opened ballots, and the name of their index. They are sorted where `draw` is given."""
    if draw is not None:
        ballots = sorted(ballots, key=lambda ballot: v.commitment(draw, *ballot))
    index, lists = v.ballot_documents(ballots)
    texts = {v.sha256(text).hex(): text.decode() for text in (index, *lists)}
    return {**g.documents, **texts}, v.sha256(index).hex()


def ballots_of(g, index):
    """What was opened under this index."""
    return [ballot for name in g.documents[index].split() for ballot in v.decode(g.documents[name].encode())]


class At:
    """Where the entries of one proposal stand."""

    def __init__(self, g, number):
        self.g, self.number = g, number

    def __call__(self, event, nth=0, **fields):
        return self.g.find(event, nth, proposal=self.number, **fields)

    def leaf(self, seq):
        return self.g.replay.tree.levels[0][seq]


def forged_votes(f):
    g, entries = f.g, f.g.entries
    motion, ignored, lost, drinks, burn, council, message, quiet = (At(g, number) for number in (1, 2, 3, 4, 5, 9, 10, 11))
    forged_ballots(f, motion, ignored)
    forged_counts(f, drinks, burn, council)

    # Outcomes.
    closed = ignored("vote.closed")
    f.changed("an outcome that ignores the quorum", "verdict_wrong", closed, outcome="pass")
    f.changed("a stage that ends otherwise than its vote", "outcome_wrong", closed + 1, outcome="pass")
    f.changed("two thirds missed, but passed", "verdict_wrong", lost("vote.closed"), outcome="pass")
    f.changed("two thirds reached, but failed", "verdict_wrong", motion("vote.closed"), outcome="fail")
    f.changed("outcome of another kind", "entry_malformed", closed, outcome="lapsed")
    f.changed("fewer might have voted", "ballot_count", closed, eligible=20)
    f.changed("more have voted", "ballot_count", closed, cast=6)
    f.changed("closed too early", "rule_broken", closed, at=entries[closed]["at"] - 1)
    f.entries_are("closed twice", "rule_broken", [*entries[: closed + 1], entries[closed]])
    f.dropped("ended without a closing", "outcome_wrong", closed)
    f.dropped("ended without a vote", "rule_broken", closed + 1)
    f.changed("closed though it failed", "outcome_wrong", lost("proposal.closed"), ending="lapsed", after=0)
    f.changed("other winners recorded", "rule_broken", drinks("decision.recorded"), winners=[0])
    f.changed("winners forgotten in the register", "rule_broken", council("decision.recorded"), winners=[])
    f.changed("the decision of another number", "rule_broken", drinks("decision.recorded"), number=3)
    f.changed("recorded without the winners", "entry_malformed", drinks("decision.recorded"), without=["winners"])

    # What the text lists.
    opened = drinks("proposal.opened")
    f.changed("more options than the text lists", "document_mismatch", opened, subject=4)
    f.changed("no options for a method that needs them", "rule_broken", opened, subject=0)
    f.changed("one option", "rule_broken", opened, subject=1)
    f.changed("65 options", "rule_broken", opened, subject=65)
    f.changed("a subject left out", "rule_broken", opened, without=["subject"])
    f.changed("a hash for a number", "rule_broken", opened, subject=NOBODY)
    f.changed("a word for a subject", "entry_malformed", opened, subject="three")
    f.changed("options for a question of yes or no", "rule_broken", motion("proposal.opened"), subject=2)
    f.changed("a subject where there is none", "rule_broken", message("proposal.opened"), subject=1)
    f.changed("deadline moved", "charter_mismatch", drinks("stage.entered"), until=entries[drinks("stage.entered")]["until"] - 1)
    f.changed("deadline left out", "charter_mismatch", drinks("stage.entered"), until=0)
    f.changed("an assembly with a deadline of its own", "charter_mismatch", message("stage.entered"), until=entries[message("stage.entered")]["at"] + 2 * v.DAY)
    reminded = motion("reminder.called")
    f.changed("a third reminder of two", "rule_broken", reminded, nth=2)

    # A drawn assembly.
    called, made = message("draw.called"), message("draw.made")
    cast, seated = message("vote.cast"), entries[made]["seated"]
    outside = next(slot for slot in range(24) if slot not in seated and slot not in g.replay.left and slot != 2)
    f.changed("the vote of one who was not drawn", "ballot_not_allowed", cast, actor=outside)
    f.added("a vote before the draw", "ballot_not_allowed", made, seated[1], "vote.cast", proposal=10, step=0, **CAST)
    f.dropped("an assembly without a draw", "ballot_not_allowed", made)
    f.changed("an assembly that was picked", "draw_seats_wrong", made, seated=[outside, *seated[1:]])
    f.changed("a smaller assembly", "charter_mismatch", called, seats=8)
    f.changed("an assembly with a bar of its own", "charter_mismatch", called, agree=5)
    f.changed("an assembly with a summons", "charter_mismatch", called, answer_ms=v.HOUR)
    f.changed("an assembly in steps", "charter_mismatch", called, lead=2, cap=20)
    f.added("a seat of an assembly passed on", "rule_broken", cast + 1, "node", "seats.called", proposal=10, step=0, seated=[outside], released=[seated[0]], reason="silence")
    f.added("a juror's ballot in an assembly", "ballot_not_allowed", cast + 1, seated[0], "ballot.cast", proposal=10, step=0, **CAST)
    f.added("stepping aside from an assembly", "rule_broken", cast + 1, seated[0], "juror.aside", proposal=10, step=0)
    closed = message("vote.closed")
    f.changed("an assembly closed too early", "rule_broken", closed, at=entries[closed]["at"] - 1)
    f.changed("fewer seats counted", "ballot_count", closed, eligible=8)
    silent = quiet("vote.closed")
    f.changed("an assembly that said nothing passes", "verdict_wrong", silent, outcome="pass")
    f.changed("an assembly that said nothing declines", "verdict_wrong", silent, outcome="fail")
    ordered = entries[message("broadcast.ordered")]
    same = {field: ordered[field] for field in ("number", "previous", "version", "audience")}
    f.added("broadcast after the assembly alone", "broadcast_unfounded", closed + 2, "node", "broadcast.ordered", proposal=10, **same)
    refusal = quiet("stage.ended", 1)
    f.entries_are("broadcast after everybody said no", "broadcast_unfounded",
                  [*entries[: refusal + 1], {**ordered, "at": entries[refusal]["at"], "proposal": 11, "number": 2, "version": entries[quiet("proposal.opened")]["version"]}])  # fmt: skip


def forged_ballots(f, motion, ignored):
    """Who has voted."""
    g, entries = f.g, f.g.entries
    cast, closed = motion("vote.cast"), motion("vote.closed")
    late = motion("vote.cast", -1)
    f.dropped("a ballot dropped", "ballot_count", motion("vote.cast", 2), after=closed - motion("vote.cast", 2) + 1)
    joined = g.find("member.admitted")
    f.added("the vote of one who joined later", "ballot_not_allowed", joined + 2, 24, "vote.cast", proposal=1, step=0, **CAST)
    f.changed("the vote of one who is too new", "ballot_not_allowed", ignored("vote.cast"), actor=24)
    f.changed("the vote of one who is no member", "ballot_not_allowed", cast, actor=25)
    f.changed("the vote of one who left", "ballot_not_allowed", late, actor=13)
    f.changed("a late vote", "ballot_not_allowed", late, at=entries[motion("stage.entered")]["until"])
    f.added("a vote after the closing", "ballot_not_allowed", closed + 1, 20, "vote.cast", proposal=1, step=0, **CAST)
    f.added("a vote replayed in another proposal", "ballot_not_allowed", ignored("proposal.closed") + 1, 2, "vote.cast", proposal=2, step=0, **CAST)
    f.added("a vote in another step", "ballot_not_allowed", cast + 1, 3, "vote.cast", proposal=1, step=1, **CAST)
    f.added("a juror's ballot in a vote", "ballot_not_allowed", cast + 1, 3, "ballot.cast", proposal=1, step=0, **CAST)
    f.added("a pledge in a vote", "ballot_not_allowed", cast + 1, 3, "pledge.made", proposal=1, step=0, **CAST)
    f.added("a vote added", "ballot_count", closed, 20, "vote.cast", after=2, proposal=1, step=0, **CAST)
    f.added("a position in a vote", "rule_broken", cast + 1, 3, "position.taken", proposal=1, step=0, version=entries[motion("proposal.opened")]["version"], position="agree")
    f.added("an objection in a vote", "rule_broken", cast + 1, 3, "objection.raised", proposal=1, step=0, reason=NOBODY)
    f.added("a draw in a vote of everybody", "rule_broken", cast + 1, "node", "draw.missed", proposal=1, step=0, attempt=0, reason="checkpoint_late")


def forged_counts(f, drinks, burn, council):
    """Opened ballots, totals and winners."""
    g, entries = f.g, f.g.entries
    closed = drinks("vote.closed")
    said, draw = entries[closed], drinks.leaf(drinks("stage.entered"))
    ballots = ballots_of(g, said["ballots"])
    totals = said["totals"]
    f.changed("another winner", "tally_wrong", closed, winners=[0])
    f.changed("two winners", "tally_wrong", closed, winners=[1, 0])
    f.changed("no winner", "tally_wrong", closed, winners=[])
    f.changed("a winner twice", "entry_malformed", closed, winners=[1, 1])
    f.changed("other totals", "tally_wrong", closed, totals=[totals[0] + 1, *totals[1:]])
    f.changed("none of these left out of the totals", "tally_wrong", closed, totals=totals[:-1])
    f.changed("none of these ignored", "verdict_wrong", burn("vote.closed"), outcome="pass")
    f.changed("speakers in another order", "tally_wrong", council("vote.closed"), winners=[1, 0, 2])
    f.changed("another speaker", "tally_wrong", council("vote.closed"), winners=[0, 1, 3])
    f.changed("a fourth speaker", "tally_wrong", council("vote.closed"), winners=[0, 1, 2, 3])

    def opened(name, code, changed, sort=True, **fields):
        texts, index = with_ballots(g, changed, draw if sort else None)
        f.changed(name, code, closed, texts=texts, ballots=index, **fields)

    opened("a ballot left out of the lists", "ballot_count", ballots[1:])
    opened("a ballot left out of lists and count", "ballot_count", ballots[1:], cast=said["cast"] - 1)
    opened("a ballot added to the lists", "ballot_count", [*ballots, ["0", "one more"]])
    opened("an opened ballot altered", "tally_wrong", [["2", ballots[0][1]], *ballots[1:]])
    opened("an opened ballot that is no choice", "tally_wrong", [["4", ballots[0][1]], *ballots[1:]])
    opened("a yes among approvals", "tally_wrong", [["yes", ballots[0][1]], *ballots[1:]])
    opened("an opened ballot in the place of an abstention", "tally_wrong", [["0" if choice == "abstain" else choice, nonce] for choice, nonce in ballots])
    opened("opened ballots in another order", "ballot_order", [ballots[1], ballots[0], *ballots[2:]], sort=False)
    opened("an opened ballot twice, another left out", "ballot_order", [ballots[0], *ballots[:-1]], sort=False)
    opened("a nonce with a quote", "ballot_count", [[ballots[0][0], 'a"b'], *ballots[1:]])
    opened("a ballot of three parts", "ballot_count", [[*ballots[0], "x"], *ballots[1:]], sort=False)
    for name, text in [("an index of one word", "ballots\n"), ("an index without its last newline", g.documents[said["ballots"]][:-1]), ("an index with an empty line", g.documents[said["ballots"]] + "\n")]:
        label = v.sha256(text.encode()).hex()
        f.changed(name, "ballot_count", closed, texts={**g.documents, label: text}, ballots=label)
    name = g.documents[said["ballots"]].split()[0]
    spaced = g.documents[name].replace(",", ", ")
    index = v.sha256(spaced.encode()).hex() + "\n"
    texts = {**g.documents, v.sha256(spaced.encode()).hex(): spaced, v.sha256(index.encode()).hex(): index}
    f.changed("a list with white space", "ballot_count", closed, texts=texts, ballots=v.sha256(index.encode()).hex())

    # Lists that are not there: then the closing entry's word is taken, as far as it agrees with itself.
    for what, gone in [("its list", name), ("its index", said["ballots"])]:
        kept = {key: text for key, text in g.documents.items() if key != gone}
        f.accepted(f"{what} is missing", g.bundle(documents=kept))
    kept = {key: text for key, text in g.documents.items() if key != name}
    f.changed("without lists, none of these passes", "verdict_wrong", closed, texts=kept, winners=[3])
    f.changed("without lists, totals of another method", "tally_wrong", closed, texts=kept, totals=[5, 4])
    f.changed("without lists, a winner who is not there", "tally_wrong", closed, texts=kept, winners=[4])
    f.changed("without lists, fewer have voted", "ballot_count", closed, texts=kept, cast=8)
    for what, document in [("a ballot list", name), ("a ballot index", said["ballots"]), ("a charter", g.charter)]:
        f.added(f"{what} erased", "rule_broken", closed + 4, "node", "document.erased", document=document, reason="author")
    mine = next(i for i, line in enumerate(f.lines) if f'"hash":"{name}"' in line)
    f.lines_are("a ballot changed in its list", "document_mismatch", [*f.lines[:mine], f.lines[mine].replace('[\\"0', '[\\"1', 1), *f.lines[mine + 1 :]])


def house_at(f):
    numbers = dict(first=0, blocked=1, asides=2, silent=3, loud=4, urgent=5, action=6, lapsing=7, removal=8, taken=9, recall=10, water=11, later=12, rules=13, old=14, new=15)
    return {name: At(f.g, number) for name, number in numbers.items()}


def forged_talks(f):
    at = house_at(f)
    forged_consensus(f, at)
    forged_objections(f, at)
    forged_steps(f, at)
    forged_pledges(f, at)


def forged_effects(f):
    at = house_at(f)
    forged_removal(f, at)
    forged_recall(f, at)
    forged_rules(f, at)


def forged_consensus(f, at):
    g, entries = f.g, f.g.entries
    first, blocked, recall = at["first"], at["blocked"], at["recall"]
    ended, until = first("stage.ended"), entries[first("stage.entered")]["until"]
    f.changed("a block ignored", "outcome_wrong", blocked("stage.ended"), outcome="pass")
    f.changed("blocks taken for indecision", "outcome_wrong", blocked("stage.ended"), outcome="undecided")
    f.dropped("a block dropped", "outcome_wrong", blocked("position.taken", position="block"), after=blocked("stage.ended"))
    f.changed("too many stand aside, but passed", "outcome_wrong", at["asides"]("stage.ended"), outcome="pass")
    f.changed("one block is not enough to fail", "outcome_wrong", ended, outcome="fail")
    f.changed("a consensus that lapses", "outcome_wrong", ended, outcome="lapsed")
    f.changed("found too early", "outcome_wrong", ended, at=until - 1)
    f.cut("a late position", "rule_broken", first("position.taken", -1), at=until)
    posted = first("version.posted")
    versions = entries[first("proposal.opened")]["version"], entries[posted]["version"]
    f.changed("a position on the version before", "rule_broken", posted + 1, version=versions[0])
    f.dropped("a friendly amendment dropped", "rule_broken", posted)
    agreed = first("position.taken", position="agree", actor=4)
    f.entries_are("agreement to the version before counts", "outcome_wrong", [*entries[: posted + 1], entries[ended]])
    f.changed("a friendly amendment by another", "rule_broken", posted, actor=1)
    f.cut("a late amendment", "rule_broken", posted, at=until)
    f.changed("an amendment with a subject", "rule_broken", posted, subject=1)
    position = recall("position.taken")
    f.added("an amendment where the charter wants none", "rule_broken", position + 1, 6, "version.posted", proposal=10, version=entries[recall("proposal.opened")]["version"],
            audience="members", subject=1)  # fmt: skip
    f.changed("a position of one who is no member", "rule_broken", agreed, actor=12)
    f.changed("a block without a reason", "entry_malformed", first("position.taken", position="block"), without=["reason"])
    f.changed("a reason to agree", "entry_malformed", agreed, reason=NOBODY)
    f.changed("a fifth position", "entry_malformed", agreed, position="abstain")
    f.added("an objection in a consensus", "rule_broken", agreed, 7, "objection.raised", proposal=0, step=0, reason=NOBODY)
    f.added("a vote in a consensus", "ballot_not_allowed", agreed, 7, "vote.cast", proposal=0, step=0, **CAST)
    f.added("a position after the end", "rule_broken", first("proposal.closed") + 1, 7, "position.taken", proposal=0, step=0, version=versions[1], position="agree")
    f.changed("the version before is broadcast", "broadcast_unfounded", first("broadcast.ordered"), version=versions[0])
    f.changed("a reminder too many", "rule_broken", first("reminder.called"), nth=1)
    f.changed("a shorter time to talk", "charter_mismatch", first("stage.entered"), until=until - v.DAY)
    third = g.find("proposal.opened", proposal=2)
    again = {field: entries[third][field] for field in ("process", "version", "audience", "charter", "roll")}
    two = [f.made("many", third + 2 + 2 * i, 1, "proposal.opened", at=entries[third + 1]["at"], **again, proposal=3 + i) for i in range(2)]
    step = f.made("many", third + 3, "node", "stage.entered", at=entries[third + 1]["at"], proposal=3, step=0, stage="consensus", kind="consensus", until=entries[third + 1]["until"])
    f.entries_are("a third open proposal of two allowed", "rule_broken", [*entries[: third + 2], two[0], step, two[1]])


def forged_objections(f, at):
    entries = f.g.entries
    silent, loud = at["silent"], at["loud"]
    ended = loud("stage.ended")
    f.changed("objections ignored", "outcome_wrong", ended, outcome="pass")
    f.dropped("an objection dropped", "outcome_wrong", loud("objection.raised", 2))
    f.dropped("an objection too many for silence", "rule_broken", ended)
    f.changed("one who objects twice is one", "outcome_wrong", loud("objection.raised", 2), actor=5)
    f.changed("consent too early", "outcome_wrong", silent("stage.ended"), at=entries[silent("stage.ended")]["at"] - 1)
    f.changed("one objection is not enough", "outcome_wrong", silent("stage.ended"), outcome="fail")
    f.changed("an objection taken back by another", "rule_broken", silent("objection.withdrawn"), actor=7)
    back = silent("objection.withdrawn")
    f.entries_are("an objection taken back twice", "rule_broken", [*entries[: back + 1], entries[back]])
    f.changed("a late objection", "rule_broken", silent("objection.raised", -1), at=entries[silent("stage.entered")]["until"])
    f.changed("an objection without a reason", "entry_malformed", silent("objection.raised"), without=["reason"])
    f.changed("an objection for a word", "entry_malformed", silent("objection.raised"), reason="no")
    f.changed("winners of a silence", "rule_broken", silent("decision.recorded"), winners=[0])


def forged_steps(f, at):
    g, entries = f.g, f.g.entries
    urgent = at["urgent"]
    called, grown, again, closed = urgent("draw.called"), urgent("jury.grown"), urgent("jury.grown", 1), urgent("jury.closed")
    draw, said = urgent.leaf(called), entries[closed]
    in_order = lambda ballots: sorted(ballots, key=lambda ballot: v.commitment(draw, *ballot))
    f.changed("in steps, a smaller lead", "charter_mismatch", called, lead=3)
    f.changed("in steps, a lower cap", "charter_mismatch", called, cap=5)
    f.changed("in steps, a bar for one side", "charter_mismatch", called, agree=2)
    f.changed("in steps, lead without cap", "entry_malformed", called, without=["cap"])
    f.changed("in steps, neither lead nor cap", "charter_mismatch", called, without=["lead", "cap"])
    f.changed("in steps, grown by one", "draw_seats_wrong", again, seated=entries[again]["seated"][:1])
    f.changed("in steps, grown by others", "draw_seats_wrong", again, seated=entries[again]["seated"][::-1])
    f.changed("in steps, other turnout", "ballot_count", again, turnout=2)
    f.changed("in steps, closed as declined", "verdict_wrong", closed, verdict="declined")
    f.changed("in steps, undecided by one vote", "verdict_wrong", closed, verdict="undecided")
    f.changed("in steps, a round left out", "ballot_count", closed, rounds=said["rounds"][1:])
    f.changed("in steps, rounds swapped", "ballot_count", closed, rounds=[said["rounds"][1], said["rounds"][0], said["rounds"][2]])
    early = {**said, "at": entries[again]["at"], "rounds": said["rounds"][:2], "yes": 2, "no": 1, "seats": 5}
    f.entries_are("in steps, closed before it is clear", "verdict_wrong", [*entries[:again], early])
    more = entries[again] | {"at": said["at"], "seated": [], "turnout": 1, "until": said["at"] + 12 * v.HOUR}
    f.entries_are("in steps, grown above the cap", "rule_broken", [*entries[:closed], more])
    first = in_order([["yes", nonce] for _, nonce in said["rounds"][0]])
    clear = copy.deepcopy(entries[: closed + 1])
    clear[grown]["sealed"] = v.sealed_hash(first).hex()
    clear[closed].update(rounds=[first, *said["rounds"][1:]], yes=4, no=1)
    f.entries_are("in steps, grown though it was clear", "verdict_wrong", clear)
    f.changed("in steps, sealed otherwise", "tally_wrong", again, sealed=NOBODY, after=closed - again)
    extended = urgent("jury.extended")
    third = [ballot for ballot in said["rounds"][2] if ballot[0] == "no"]
    early = {**said, "at": entries[extended]["at"], "rounds": [*said["rounds"][:2], third], "yes": 2, "no": 2, "verdict": "undecided"}
    f.entries_are("in steps, not extended", "verdict_wrong", [*entries[:extended], early])


def forged_pledges(f, at):
    g, entries = f.g, f.g.entries
    action, lapsing = at["action"], at["lapsing"]
    woken, last = action("pledge.woken"), action("pledge.made", -1)
    said, draw, step = entries[woken], action.leaf(action("stage.entered", kind="pledge")), entries[woken]["step"]
    ballots = ballots_of(g, said["ballots"])
    f.changed("a pledge counted too high", "tally_wrong", woken, count=5)
    f.changed("a pledge counted too low", "tally_wrong", woken, count=3)
    f.changed("fewer pledges stand", "ballot_count", woken, standing=3)
    texts, index = with_ballots(g, [["7" if nonce == "vier genügen" else number, nonce] for number, nonce in ballots], draw)
    early = {**said, "at": entries[last - 1]["at"], "ballots": index, "count": 3}
    f.entries_are("woken too early", "tally_wrong", [*entries[:last], early], documents=texts)
    f.entries_are("woken too early, counted as it is", "tally_wrong", [*entries[:last], {**early, "count": 0}], documents=texts)
    texts, index = with_ballots(g, [["0", ballots[0][1]], *ballots[1:]], draw)
    f.changed("a pledge of nobody", "tally_wrong", woken, texts=texts, ballots=index)
    texts, index = with_ballots(g, ballots[1:], draw)
    f.changed("a pledge left out of the lists", "ballot_count", woken, texts=texts, ballots=index)
    texts, index = with_ballots(g, ballots[::-1])
    f.changed("opened pledges in another order", "ballot_order", woken, texts=texts, ballots=index)
    missing = {key: text for key, text in g.documents.items() if key != said["ballots"]}
    f.changed("without lists, fewer than the charter wants", "tally_wrong", woken, texts=missing, count=2)
    f.dropped("a pledge dropped", "ballot_count", action("pledge.made", 1), after=woken - action("pledge.made", 1))
    between = f.made("between", woken, 9, "member.rested", days=1)
    f.entries_are("something between pledge and waking", "rule_broken", [*entries[: last + 1], between, entries[woken]])
    f.dropped("passed without waking", "outcome_wrong", woken)
    f.changed("woken and lapsed", "outcome_wrong", woken + 1, outcome="lapsed")
    f.changed("woken after its time", "rule_broken", woken, at=entries[action("stage.entered", kind="pledge")]["until"], after=0)
    ended, until = lapsing("stage.ended", 1), entries[lapsing("stage.entered", kind="pledge")]["until"]
    f.changed("lapsed and passed", "outcome_wrong", ended, outcome="pass")
    f.changed("lapsed too early", "outcome_wrong", ended, at=until - 1)
    f.cut("a late pledge", "ballot_not_allowed", lapsing("pledge.made", -1), at=until)
    f.changed("a pledge of one who is no member", "ballot_not_allowed", lapsing("pledge.made"), actor=12)
    f.changed("a pledge taken back by another", "rule_broken", lapsing("pledge.withdrawn"), actor=9)
    f.added("a vote in a pledge", "ballot_not_allowed", lapsing("pledge.withdrawn"), 9, "vote.cast", proposal=7, step=step, **CAST)
    f.added("without lists, more will than have pledged", "tally_wrong", ended, "node", "pledge.woken", proposal=7, step=step, standing=2, ballots=NOBODY, count=3)
    f.added("woken without a pledge", "rule_broken", lapsing("pledge.made"), "node", "pledge.woken", proposal=7, step=step, standing=0, ballots=NOBODY, count=3)

    # Actions and deeds.
    called, deed = action("action.called"), g.find("deed.reported")
    f.changed("the action of another number", "rule_broken", called, number=2)
    f.changed("an action of another version", "rule_broken", called, version=NOBODY)
    f.added("an action that nobody pledged for", "rule_broken", ended + 1, "node", "action.called", proposal=7, number=2, version=entries[lapsing("proposal.opened")]["version"])
    f.added("an action before its pledge", "rule_broken", action("pledge.made"), "node", "action.called", proposal=6, number=1, version=entries[called]["version"])
    f.changed("a deed of one who did not pledge", "rule_broken", deed, actor=5)
    f.changed("a deed of no action", "rule_broken", deed, action=2)
    f.changed("a deed that is a number", "entry_malformed", deed, done=1)
    f.changed("a deed after ninety days", "rule_broken", deed, at=entries[called]["at"] + 90 * v.DAY + 1, after=0)
    f.added("a deed before the action", "rule_broken", called - 2, 0, "deed.reported", action=1, done=True)
    f.changed("a deed of one who took the pledge back", "rule_broken", deed, actor=8)
    opened = action("proposal.opened")
    for name, field, value in [("an action that ends before it starts", "ends", 1_771_000_000_000), ("an action that nobody is wanted for", "wanted", 0), ("a place of a whole page", "place", "x" * 201)]:
        changed_version(f, name, opened, {field: value})


def changed_version(f, name, opened, fields, code="document_mismatch", after=1, **entry):
    """Another version document under the same entry."""
    document = {**v.decode(f.g.documents[f.g.entries[opened]["version"]].encode()), **fields}
    text = v.encode(document).decode()
    label = v.sha256(text.encode()).hex()
    f.changed(name, code, opened, after=after, texts={**f.g.documents, label: text}, version=label, **entry)


def forged_removal(f, at):
    g, entries = f.g, f.g.entries
    removal, taken, custom = at["removal"], at["taken"], at["silent"]
    opened, called, removed = removal("proposal.opened"), removal("draw.called"), removal("member.removed")
    f.added("removed without a guard's pass", "rule_broken", called + 1, "node", "member.removed", proposal=8, slot=11)
    f.changed("another is removed", "rule_broken", removed, slot=10)
    f.dropped("nobody is removed", "rule_broken", removed)
    f.dropped("a proposal of one who was removed stays", "rule_broken", removed + 1)
    f.changed("a proposal of one who was removed is declined", "outcome_wrong", removed + 1, ending="declined")
    f.entries_are("the removal is closed first", "rule_broken", [*entries[: removed + 1], entries[removed + 2], entries[removed + 1]])
    f.added("one who was removed acts", "rule_broken", removed + 3, 11, "member.rested", days=1)
    f.added("one who was removed leaves", "rule_broken", removed + 3, 11, "member.left")
    f.accepted("one who was removed is erased",
               g.bundle(g.signed_again([*entries, f.made("erased", len(entries), 11, "member.erased")])))  # fmt: skip
    f.changed("one removes oneself", "rule_broken", opened, subject=5)
    f.changed("one who is no member is removed", "rule_broken", opened, subject=12)
    f.changed("the text is about another", "document_mismatch", opened, subject=10)
    f.changed("nobody is meant", "rule_broken", opened, without=["subject"])
    f.changed("a statement by another", "rule_broken", removal("statement.made"), actor=10)
    f.changed("a statement to something else", "rule_broken", removal("statement.made"), proposal=9)
    statement = {"proposal": 8, "document": entries[removal("statement.made")]["document"]}
    f.added("a statement after the end", "rule_broken", removed + 3, 10, "statement.made", **statement)
    text = g.lists[8, 0].replace("11 subject\n", "")
    f.changed("the one concerned may judge", "draw_exclusions_wrong", called, excluded=1, exclusions=v.sha256(text.encode()).hex(), seats=11, agree=6, quorum=6)
    text = g.lists[8, 0].replace("subject", "paused")
    f.changed("the one concerned is excluded for something else", "draw_exclusions_wrong", called, exclusions=v.sha256(text.encode()).hex())
    closed = removal("jury.closed")
    ended = removal("stage.ended")
    f.changed("removed though the jury declined", "verdict_wrong", closed, verdict="declined")
    f.changed("removed after a fail", "outcome_wrong", ended, outcome="fail")
    f.added("a statement in a custom", "rule_broken", custom("objection.raised"), 2, "statement.made", proposal=3, document=NOBODY)


def forged_recall(f, at):
    g, entries = f.g, f.g.entries
    recall, water, later = at["recall"], at["water"], at["later"]
    opened, recalled = recall("proposal.opened"), recall("broadcast.recalled")
    erased, ordered = recalled + 1, recall("broadcast.ordered")
    f.changed("another broadcast is recalled", "rule_broken", recalled, number=2)
    f.dropped("destroyed without a recall", "rule_broken", recalled, after=2)
    f.entries_are("nothing is recalled", "broadcast_unfounded", [*entries[:recalled], entries[ordered]])
    f.dropped("recalled without a correction", "rule_broken", ordered)
    f.changed("the correction is another text", "broadcast_unfounded", ordered, version=entries[erased]["document"])
    f.changed("the correction goes elsewhere", "broadcast_unfounded", ordered, audience="public")
    f.changed("the correction has the number of what it corrects", "broadcast_number", ordered, number=1)
    f.changed("another text is destroyed", "rule_broken", erased, document=entries[ordered]["version"])
    f.changed("destroyed for another reason", "rule_broken", erased, reason="author")
    second = g.find("broadcast.ordered", 1)
    f.added("destroyed though the text says otherwise", "rule_broken", water("broadcast.recalled") + 1, "node", "document.erased", document=entries[second]["version"],
            reason="recalled")  # fmt: skip
    f.entries_are("destroyed twice", "rule_broken", [*entries[: erased + 1], entries[erased]])
    f.added("destroyed at some time", "rule_broken", ordered + 2, "node", "document.erased", document=entries[second]["version"], reason="recalled")
    f.added("recalled twice", "rule_broken", later("broadcast.ordered"), "node", "broadcast.recalled", proposal=12, number=2)
    f.changed("a broadcast that does not exist", "rule_broken", opened, subject=3)
    f.changed("a broadcast of number 0", "rule_broken", opened, subject=0)
    f.changed("the text recalls another one", "document_mismatch", opened, subject=2)
    again = {field: entries[opened][field] for field in ("process", "version", "audience", "charter", "roll")}
    f.added("recalled before", "rule_broken", ordered + 2, 7, "proposal.opened", proposal=11, subject=1, **again)
    changed_version(f, "destroying is yes or no", opened, {"erase": 1})
    changed_version(f, "a recall with options", opened, {"options": []})


def forged_rules(f, at):
    g, entries = f.g, f.g.entries
    rules, old, new = at["rules"], at["old"], at["new"]
    opened, posted, amended = rules("proposal.opened"), rules("version.posted"), rules("charter.amended")
    strict, mild = entries[opened]["subject"], entries[amended]["charter"]
    waited = rules("stage.ended", 1)
    f.changed("another charter than the one decided", "rule_broken", amended, charter=strict)
    f.changed("the old charter again", "rule_broken", amended, charter=entries[0]["charter"])
    f.changed("no time to leave", "outcome_wrong", waited, at=entries[waited]["at"] - 1)
    f.changed("a shorter time to leave", "charter_mismatch", rules("stage.entered", 1), until=entries[rules("stage.entered", 1)]["until"] - v.HOUR)
    f.added("new rules right away", "rule_broken", rules("stage.entered", 1), "node", "charter.amended", proposal=13, charter=mild)
    f.added("new rules without a decision", "rule_broken", posted, "node", "charter.amended", proposal=13, charter=strict)
    f.dropped("new rules forgotten", "rule_broken", amended)
    f.entries_are("new rules without their text", "charter_mismatch", copy.deepcopy(entries[: amended + 2]), documents={k: t for k, t in g.documents.items() if k != mild})
    f.changed("opened under the rules before", "charter_mismatch", new("proposal.opened"), charter=entries[0]["charter"])
    f.changed("opened under rules to come", "charter_mismatch", old("proposal.opened"), charter=mild)
    f.changed("new rules for what was opened before", "outcome_wrong", old("stage.ended"), outcome="fail")
    back = new("position.taken", -1)
    f.dropped("old rules for what was opened later", "outcome_wrong", back, after=new("stage.ended") - back + 1)
    f.changed("new rules are a number", "rule_broken", opened, subject=1)
    f.changed("the text proposes another charter", "document_mismatch", opened, subject=mild)
    f.changed("a version with the charter before", "document_mismatch", posted, subject=strict)
    f.added("a charter that was in force erased", "rule_broken", amended + 2, "node", "document.erased", document=entries[0]["charter"], reason="author")
    f.added("the charter in force erased", "rule_broken", amended + 2, "node", "document.erased", document=mild, reason="member_erased")
    fixed_rules = g.documents[mild]
    start, end = fixed_rules.index("[process.rules]"), fixed_rules.index("[process.action]")
    for name, text in [("rules that nobody could change again", fixed_rules[:start] + fixed_rules[end:]), ("rules with a mistyped key", fixed_rules.replace("blocks = 1\n", "block = 1\n", 1)),
                       ("rules that are no rules", "charter = 1\n")]:  # fmt: skip
        label = v.sha256(text.encode()).hex()
        document = {**v.decode(g.documents[entries[opened]["version"]].encode()), "charter": label}
        version = v.encode(document).decode()
        texts = {**g.documents, label: text, v.sha256(version.encode()).hex(): version}
        f.changed(name, "charter_mismatch", opened, texts=texts, subject=label, version=v.sha256(version.encode()).hex())


def forged_questions(f):
    """A question of yes and no about a number: the number is no count of options."""
    g, entries = f.g, f.g.entries
    removal, spared, recall, rules, last = (At(g, number) for number in (1, 2, 3, 4, 6))
    closed, panel = removal("vote.closed", 1), removal("vote.closed")
    said, draw = entries[closed], removal.leaf(removal("stage.entered", 1))
    ballots = ballots_of(g, said["ballots"])
    f.changed("the member who is to go has won", "tally_wrong", closed, winners=[7])
    f.changed("an option has won", "tally_wrong", closed, winners=[0])
    f.changed("totals for as many options as the slot says", "tally_wrong", closed, totals=[*said["totals"], 0, 0, 0, 0, 0, 0])
    f.changed("no totals", "tally_wrong", closed, totals=[])
    f.changed("yes and no swapped", "tally_wrong", closed, totals=said["totals"][::-1])
    f.changed("removed by a vote that failed", "outcome_wrong", closed + 1, outcome="fail")
    f.changed("a vote that nobody lost failed", "verdict_wrong", closed, outcome="fail")
    f.changed("two thirds missed, but removed", "verdict_wrong", spared("vote.closed", 1), outcome="pass")
    f.changed("one no is enough under the new rules", "verdict_wrong", last("vote.closed", 1), outcome="pass")
    for name, choice in {"an option": "0", "none of these": "7", "a ranking": "0>1", "points": "1,0"}.items():
        texts, index = with_ballots(g, [[choice, ballots[0][1]], *ballots[1:]], draw)
        f.changed(f"{name} for yes or no", "tally_wrong", closed, texts=texts, ballots=index)
    missing = {key: text for key, text in g.documents.items() if key != said["ballots"]}
    f.accepted("the index of a removal is missing", g.bundle(documents=missing))
    f.changed("without lists, the member who is to go has won", "tally_wrong", closed, texts=missing, winners=[7])
    f.changed("without lists, totals for as many options as the slot says", "tally_wrong", closed, texts=missing, totals=[*said["totals"], 0, 0, 0, 0, 0, 0])

    # The one concerned votes with all, but is not drawn to judge.
    called, made = removal("draw.called"), removal("draw.made")
    seated = entries[made]["seated"]
    text = g.lists[1, 0].replace("7 subject\n", "")
    f.changed("the one concerned may be drawn", "draw_exclusions_wrong", called, excluded=1, exclusions=v.sha256(text.encode()).hex())
    f.changed("the one concerned is drawn", "draw_seats_wrong", made, seated=[7, *seated[1:]])
    f.changed("the one concerned votes in the panel", "ballot_not_allowed", removal("vote.cast"), actor=7)
    f.dropped("the vote of the one concerned dropped", "ballot_count", removal("vote.cast", actor=7), after=closed - removal("vote.cast", actor=7) + 1)
    f.added("removed by the panel alone", "rule_broken", panel + 2, "node", "member.removed", proposal=1, slot=7)
    f.changed("another is removed", "rule_broken", removal("member.removed"), slot=2)
    f.added("one who was removed votes", "ballot_not_allowed", spared("vote.cast", -1), 7, "vote.cast", proposal=2, step=1, **CAST)
    f.added("removed though a vote was lost", "rule_broken", spared("stage.ended", 1) + 1, "node", "member.removed", proposal=2, slot=1)

    # Other numbers, and a hash.
    closed = recall("vote.closed")
    f.changed("the broadcast that is recalled has won", "tally_wrong", closed, winners=[1])
    f.changed("a recall that passed has failed", "verdict_wrong", closed, outcome="fail")
    f.changed("totals of one option more", "tally_wrong", closed, totals=[*entries[closed]["totals"], 0])
    f.changed("another broadcast is recalled", "rule_broken", recall("broadcast.recalled"), number=2)
    f.changed("the proposed charter has won", "tally_wrong", rules("vote.closed"), winners=[0])
    f.changed("two thirds exactly are not enough", "verdict_wrong", rules("vote.closed"), outcome="fail")
    f.added("new rules right after the vote", "rule_broken", rules("stage.entered", 1), "node", "charter.amended", proposal=4, charter=entries[rules("charter.amended")]["charter"])


def forged_returns(f):
    """Texts that were turned down and come again too early."""
    g, entries = f.g, f.g.entries
    first, called, missed, revised, panel, loud, soft, third, fourth = (At(g, number) for number in (0, 3, 5, 6, 8, 10, 11, 12, 13))
    versions = lambda at: [entries[seq]["version"] for event in ("proposal.opened", "version.posted") for seq in [g.find(event, proposal=at.number)]]
    common = {field: entries[0].get(field, "message") for field in ("process", "charter")} | {"audience": "members", "roll": 8}

    def again(name, behind, author, version, code="rule_broken", **more):
        """Opened once more by `author`, right behind the end of a proposal."""
        closed = behind("proposal.closed")
        number = 1 + max(entry["proposal"] for entry in entries[:closed] if entry["type"] == "proposal.opened")
        fields = {**common, "proposal": number, "version": version, **more}
        opened = f.made(name, closed + 1, author, "proposal.opened", **fields)
        stage, kind, lasting = ("talk", "consensus", v.DAY) if fields["process"] == "talk" else ("sign", "cosign", 14 * v.DAY)
        entered = f.made(f"{name}, entered", closed + 2, "node", "stage.entered", at=opened["at"], proposal=number, step=0, stage=stage, kind=kind, until=opened["at"] + lasting)
        changed = [*entries[: closed + 1], opened, entered]
        if code is None:
            return f.accepted(name, g.bundle(g.signed_again(changed)))
        return f.entries_are(name, code, changed)

    noon, one = versions(first)
    again("what a jury declined", first, 0, one)
    again("what was a version of what a jury declined", first, 0, noon)
    again("what a jury declined, by another", first, 2, one, code=None)
    again("what was withdrawn after the call of a draw", called, 1, noon)
    again("what was withdrawn after the call of a draw, by another", called, 3, noon, code=None)
    again("what was withdrawn after draws that were missed", missed, 2, entries[missed("proposal.opened")]["version"])
    again("what was declined and revised", revised, 0, versions(revised)[0])
    again("what was withdrawn after a draw of the version before", revised, 0, versions(revised)[1])
    again("what a panel declined", panel, 3, entries[panel("proposal.opened")]["version"], process="panel", subject=0)
    again("what was blocked", loud, 4, versions(loud)[1], process="talk")
    again("what was the version before what was blocked", loud, 4, versions(loud)[0], process="talk")
    again("what was blocked, by who blocked it", loud, 5, versions(loud)[1], process="talk", code=None)
    again("what was broadcast", soft, 4, versions(soft)[1], process="talk", code=None)

    # To the millisecond.
    opened, posted = fourth("proposal.opened"), third("version.posted")
    limit = entries[opened]["at"]
    assert limit == entries[posted]["at"] == entries[first("proposal.closed")]["at"] + v.REOPEN_DAYS * v.DAY
    until = entries[opened + 1]["until"]
    early = [{**entry, "at": limit - 1} | ({"until": until - 1} if "until" in entry else {}) for entry in (entries[opened], entries[opened + 1])]
    f.entries_are("opened one millisecond too early", "rule_broken", [*entries[:posted], *({**entry, "proposal": 13} for entry in early)])
    f.changed("posted one millisecond too early", "rule_broken", posted, at=limit - 1, after=0)
    f.changed("the version before, posted one millisecond too early", "rule_broken", posted, at=limit - 1, after=0, version=noon)
    f.accepted("another version, posted one millisecond before", g.bundle(g.signed_again([*entries[:posted], {**entries[posted], "at": limit - 1, "version": v.sha256(b"another").hex()}])))

    # In the place of a new version.
    revision = revised("version.posted")
    f.changed("revised to what was declined before", "rule_broken", revision, version=one)
    f.changed("amended to what was blocked before", "rule_broken", soft("version.posted"), version=versions(loud)[1])
    f.changed("amended to the version before what was blocked", "rule_broken", soft("version.posted"), version=versions(loud)[0])


class CertificateForger:
    """Certificates of several groups, and what somebody with the key makes of them."""

    def __init__(self, expecting, refused, text_edits):
        self.expecting, self.refused, self.text_edits, self.cases = expecting, refused, text_edits, []

    def of(self, group, which):
        """The certificate that the next forgeries are made of."""
        self.g, self.which, self.base = group, which, f"{group.name} {which + 1}"
        self.number = group.certificates[which][0]
        self.at = At(group, self.number)
        self.text = v.encode(group.certificate(which)).decode()
        self.cases.append(self.expecting({"name": self.base, "kind": "certificate", "text": self.text}))

    def forged(self, name, code, certificate, **more):
        edits = self.text_edits(self.text, v.encode(certificate).decode())
        self.cases.append({"name": f"{self.base}: {name}", "kind": "certificate", "base": self.base, "edits": edits, **more, "expect": self.refused(code)})

    def without(self, name, code, *seqs):
        """Entries left out, which takes no key."""
        certificate = self.g.certificate(self.which)
        certificate["entries"] = [item for item in certificate["entries"] if item["index"] not in seqs]
        self.forged(name, code, certificate)

    def changed(self, name, code, seq, /, **fields):
        """One entry changed, under a checkpoint that fits."""
        entries = copy.deepcopy(self.g.entries)
        entries[seq].update(fields)
        size = self.g.certificates[self.which][1]
        note = self.g.signer.checkpoint(self.g.origin, size, root_of([v.leaf_hash(v.encode(entry)) for entry in entries[:size]]))
        self.forged(name, code, self.g.certificate(self.which, entries, note), resigned=True)

    def rebuilt(self, name, code, entries):
        """Another journal, whose last entry is the broadcast."""
        entries = self.g.signed_again(entries)
        note = self.g.signer.checkpoint(self.g.origin, len(entries), root_of([v.leaf_hash(v.encode(entry)) for entry in entries]))
        other = copy.copy(self.g)
        other.certificates = [(self.number, len(entries), note)]
        self.forged(name, code, other.certificate(0, entries, note), resigned=True)

    def with_more(self, name, code, seq):
        """An entry of the journal carried, too, that does not belong there. This takes no key."""
        self.forged(name, code, self.g.certificate(self.which, also=[seq]))


def certificate_votes(f, forum, house):
    f.of(forum, 0)
    closed, last = f.at("vote.closed"), f.at("vote.closed", 1)
    ended, seated = f.at("stage.ended", 1), forum.entries[f.at("draw.made")]["seated"]
    f.without("the closing left out", "outcome_wrong", last)
    f.without("the closing of the assembly left out", "outcome_wrong", closed)
    f.without("the draw left out", "rule_broken", f.at("draw.made"))
    f.without("the call left out", "rule_broken", f.at("draw.called"))
    f.without("the end left out", "broadcast_unfounded", ended)
    f.with_more("a ballot carried, too", "certificate_invalid", f.at("vote.cast"))
    f.changed("the vote said no", "outcome_wrong", last, outcome="fail")
    f.changed("the stage says no", "outcome_wrong", ended, outcome="fail")
    f.changed("a majority of noes", "verdict_wrong", last, totals=[3, 8])
    f.changed("as many noes", "verdict_wrong", last, totals=[5, 5])
    f.changed("nobody voted", "verdict_wrong", last, cast=0)
    f.changed("more voted than may", "ballot_count", last, cast=99)
    f.changed("closed too early", "rule_broken", last, at=forum.entries[last]["at"] - 1)
    f.changed("a larger assembly", "ballot_count", closed, eligible=10)
    f.changed("an assembly that was picked", "draw_seats_wrong", f.at("draw.made"), seated=[seated[1], seated[0], *seated[2:]])
    f.changed("a stage of another kind", "rule_broken", f.at("stage.entered"), kind="consensus")
    f.changed("a vote that lapses", "outcome_wrong", ended, outcome="lapsed")
    f.changed("another version", "broadcast_unfounded", f.at("broadcast.ordered"), version=NOBODY)

    f.of(house, 0)
    agreed = [f.at("position.taken", nth, position="agree") for nth in range(1, 5)]
    f.without("nobody agrees", "outcome_wrong", *agreed)
    f.without("the friendly amendment left out", "rule_broken", f.at("version.posted"))
    f.changed("a position on the version before", "rule_broken", agreed[0], version=house.entries[f.at("proposal.opened")]["version"])
    f.changed("a late position", "rule_broken", agreed[-1], at=house.entries[f.at("stage.entered")]["until"])
    f.changed("a position from outside the roll", "rule_broken", agreed[0], actor=12)
    f.changed("a consensus that failed", "broadcast_unfounded", f.at("stage.ended"), outcome="fail")
    f.changed("another charter", "charter_mismatch", f.at("proposal.opened"), charter=NOBODY)

    f.of(house, 1)
    closed = f.at("jury.closed")
    f.changed("in steps, another call after the draw", "draw_seats_wrong", f.at("draw.called"), cap=9)
    again, said = f.at("jury.grown", 1), house.entries[closed]
    early = {**said, "at": house.entries[again]["at"], "rounds": said["rounds"][:2], "yes": 2, "no": 1, "seats": 5}
    f.rebuilt("in steps, closed before it is clear", "verdict_wrong", [*house.entries[:again], early, house.entries[closed + 1], house.entries[closed + 2]])
    f.changed("in steps, declined", "verdict_wrong", closed, verdict="declined")
    f.changed("in steps, count changed", "tally_wrong", closed, yes=4, no=1)
    f.without("in steps, a growth left out", "rule_broken", again)

    f.of(house, 2)
    recalled, ordered = f.at("broadcast.recalled"), f.at("broadcast.ordered")
    f.without("the recall left out", "broadcast_unfounded", recalled)
    f.with_more("the erasing carried, too", "certificate_other_message", recalled + 1)
    f.changed("another broadcast recalled", "rule_broken", recalled, number=2)
    f.changed("recalled after a no", "broadcast_unfounded", f.at("stage.ended"), outcome="fail")
    f.changed("the correction is another text", "broadcast_unfounded", ordered, version=house.entries[recalled + 1]["document"])

    f.of(house, 6)
    amended = house.find("charter.amended")
    f.without("the amendment left out", "charter_mismatch", amended)
    f.changed("the charter of the founding", "charter_mismatch", f.at("proposal.opened"), charter=house.entries[0]["charter"])
    f.changed("another amendment", "charter_mismatch", amended, charter=NOBODY)
    f.with_more("an amendment's vote carried, too", "certificate_other_message", amended - 1)
    return "Certificates of what votes, a consensus and a jury in steps let through, and of recalls (certificate.md)", f.cases
