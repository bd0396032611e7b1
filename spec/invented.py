"""A group that writes its journal, for the vectors. Standard library only.

What is here is what a verifier does not need: a signer, a server's own chain of links, proofs, and a node that asks the replay of
verify.py what must follow."""

import base64
import hashlib
from pathlib import Path

import verify as v

HERE = Path(__file__).parent
CHARTER = (HERE / "example-charter.toml").read_text()
START = 1_767_225_600_000  # 2026-01-01T00:00:00Z
MINUTE = 60_000


def fixed(label, size=32):
    """Bytes that look random and never change."""
    return hashlib.shake_256(f"mic-check vectors {label}".encode()).digest(size)


# ---------------------------------------------------------------------------------------------------------------------
# Signing (RFC 8032). For test data only: it takes no care about timing.


def compressed(point):
    inverse = pow(point[2], -1, v.P)
    x, y = point[0] * inverse % v.P, point[1] * inverse % v.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Signer:
    def __init__(self, label):
        digest = hashlib.sha512(fixed(f"key {label}")).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.prefix = digest[32:]
        self.key = compressed(v.multiply(self.scalar % v.ORDER, v.BASE))

    def sign(self, message):
        nonce = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % v.ORDER
        commitment = compressed(v.multiply(nonce, v.BASE))
        challenge = int.from_bytes(hashlib.sha512(commitment + self.key + message).digest(), "little") % v.ORDER
        return commitment + ((nonce + challenge * self.scalar) % v.ORDER).to_bytes(32, "little")

    def checkpoint(self, origin, size, root):
        body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
        signature = v.key_id(origin, self.key) + self.sign(body.encode())
        return f"{body}\n— {origin} {base64.b64encode(signature).decode()}\n"


# ---------------------------------------------------------------------------------------------------------------------
# Proofs (RFC 9162, sections 2.1.3.1 and 2.1.4.1), by the recursive definitions.


def split(size):
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves):
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    return v.node_hash(root_of(leaves[:middle]), root_of(leaves[middle:]))


def inclusion(leaves, index):
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if index < middle:
        return [*inclusion(leaves[:middle], index), root_of(leaves[middle:])]
    return [*inclusion(leaves[middle:], index - middle), root_of(leaves[:middle])]


def consistency(leaves, old_size, whole=True):
    if old_size == len(leaves):
        return [] if whole else [root_of(leaves)]
    middle = split(len(leaves))
    if old_size <= middle:
        return [*consistency(leaves[:middle], old_size, whole), root_of(leaves[middle:])]
    return [*consistency(leaves[middle:], old_size - middle, False), root_of(leaves[:middle])]


# ---------------------------------------------------------------------------------------------------------------------
# A group that writes its journal. The replay of verify.py runs along and says what must follow.


class Group:
    link_count = 64

    def __init__(self, name, members, beacon="local", charter=CHARTER):
        self.name, self.now, self.signer = name, START, Signer(name)
        self.origin, self.id = f"{name}.example/journal", fixed(f"group {name}", 16).hex()
        self.entries, self.checkpoints, self.certificates, self.lists = [], [], [], {}
        self.documents, self.erased = {}, set()
        self.links = [fixed(f"chain {name}")]
        for _ in range(self.link_count):
            self.links.append(v.sha256(self.links[-1]))
        self.links.reverse()  # links[r] is link r, links[0] the anchor
        self.report = v.Report(quiet=True)
        self.replay = v.Replay(v.Tree(), {}, self.report)
        self.votes = {}
        charter = self.document(charter)
        profile = self.document(v.encode({"language": "en", "name": name.title(), "purpose": "To try the rules."}).decode())
        self.add("node", "group.founded", group=self.id, origin=self.origin, key=v.base64url(self.signer.key), charter=charter,
                 profile=profile, members=members, beacon=beacon, chain=self.links[0].hex() if beacon == "local" else v.QUICKNET)  # fmt: skip

    @property
    def charter(self):
        return self.replay.charter_name

    def document(self, text):
        name = v.sha256(text.encode()).hex()
        self.documents[name] = text
        self.replay.documents[name] = text.encode()
        return name

    def version(self, title, audience="members", process="message", **more):
        kind = self.replay.charter["process"][process]["kind"]
        body = "I have known this person for years." if kind == "admission" else f"{title}. This is the whole text."
        shown = {"audience": audience, "body": body, "kind": kind, "process": process, "title": "" if kind == "admission" else title, "warning": "", **more}
        return self.document(v.encode(shown).decode())

    def subject(self, process, more):
        """What the entry says of what the version is about."""
        kind = self.replay.charter["process"][process]["kind"]
        named = {"removal": "member", "recall": "broadcast", "amendment": "charter", "decision": "options"}.get(kind)
        return {} if named is None else {"subject": len(more[named]) if named == "options" else more[named]}

    def paper(self, kind, body):
        """A reason or a statement."""
        return self.document(v.encode({"body": body, "kind": kind}).decode())

    def raw(self, actor, event, **fields):
        seq = len(self.entries)
        return {"actor": actor, "at": self.now, "salt": v.base64url(fixed(f"salt {self.name} {seq}")), "seq": seq, "type": event, "v": 1, **fields}

    def add(self, actor, event, **fields):
        entry = self.raw(actor, event, **fields)
        self.entries.append(entry)
        data = v.encode(entry)
        assert v.read_entry(data) == entry
        self.replay.tree.append(v.leaf_hash(data))
        self.replay.apply(entry)
        return entry

    def act(self, actor, event, proposal=None, **fields):
        """What a member does, and then what the rules make of it."""
        if proposal is not None:
            fields["proposal"] = proposal
            if "step" in v.EVENTS[event].split():
                fields["step"] = self.replay.proposals[proposal].step
        self.add(actor, event, **fields)
        self.follow()

    def follow(self):
        while self.replay.due:
            number, (event, *_) = self.replay.due
            getattr(self, "make_" + event.replace(".", "_"))(number, self.replay.proposals[number])

    # What follows from the rules.

    def node(self, event, number, /, **fields):
        return self.add("node", event, proposal=number, **fields)

    def make_stage_entered(self, number, p):
        stage = p.process["stage"][p.leads]
        drawn = stage["kind"] == "jury" or stage.get("who") == "drawn"
        until = 0 if drawn else self.now + v.lasting_ms(stage)
        self.node("stage.entered", number, step=p.step + 1, stage=p.leads, kind=stage["kind"], until=until)

    def make_stage_ended(self, number, p):
        self.node("stage.ended", number, step=p.step, outcome=self.replay.outcome_of(p, self.now))

    def make_proposal_closed(self, number, p):
        self.node("proposal.closed", number, ending=p.ending)

    def make_broadcast_ordered(self, number, p):
        replay = self.replay
        self.node("broadcast.ordered", number, number=replay.broadcasts + 1, previous=replay.last_broadcast.hex(), version=p.version, audience=p.audience)
        if p.approved == p.version:
            self.certify(number)

    def make_member_admitted(self, number, p):
        self.node("member.admitted", number, slot=self.replay.slots)

    def make_member_removed(self, number, p):
        self.node("member.removed", number, slot=p.subject)

    def make_broadcast_recalled(self, number, p):
        self.node("broadcast.recalled", number, number=p.subject)
        if v.decode(self.replay.documents[p.version])["erase"]:
            gone = self.replay.versions_by_broadcast[p.subject]
            self.add("node", "document.erased", document=gone, reason="recalled")
            self.erased.add(gone)

    def make_decision_recorded(self, number, p):
        self.node("decision.recorded", number, number=self.replay.decisions + 1, version=p.version, winners=p.winners)

    def make_charter_amended(self, number, p):
        self.node("charter.amended", number, charter=p.subject)

    def make_action_called(self, number, p):
        self.node("action.called", number, number=len(self.replay.actions) + 1, version=p.version)

    def make_draw_called(self, number, p):
        replay, charter, stage = self.replay, p.charter, p.stage
        new_ms, rest_ms = charter["limits"]["new_days"] * v.DAY, charter["duty"]["rest_days"] * v.DAY
        excluded = v.exclusions(p.roll, self.now, new_ms, rest_ms, p.author, p.cosigners, replay.left, replay.admitted, replay.paused,
                                replay.served, replay.rested, p.jurors if stage.get("fresh") else (), p.removed())  # fmt: skip
        text = v.exclusion_text(excluded)
        self.lists[number, p.step] = text
        slot_at = v.next_slot(self.now, charter["clock"]["every_minutes"], charter["clock"]["offset_minutes"])
        local = replay.group["beacon"] == "local"
        self.node("draw.called", number, step=p.step, attempt=p.attempt, version=p.version, roll=p.roll, excluded=len(excluded),
                  exclusions=self.document(text), slot_at=slot_at, chain=replay.group["chain"],
                  round=replay.calls + 1 if local else v.round_after(slot_at + v.BEACON_DELAY), new_ms=new_ms, rest_ms=rest_ms,
                  **v.call_times(stage), **v.jury_size(stage["sizes"], p.roll, p.roll - len(excluded)))  # fmt: skip

    def make_seats_called(self, number, p, reason="aside"):
        released = sorted(p.jury.vacant)[:1]
        self.node("seats.called", number, step=p.step, seated=[p.jury.peek(self.replay.left)], released=released, reason=reason)

    # What members and the node do.

    def wait(self, ms):
        self.now += ms

    def publish(self):
        size = len(self.replay.tree)
        note = self.signer.checkpoint(self.origin, size, self.replay.tree.root(size))
        self.checkpoints.append((size, note))
        return note

    def open(self, author, title, audience="members", process="message", **more):
        number = len(self.replay.proposals)
        version = self.version(title, audience, process, **more)
        self.act(author, "proposal.opened", number, process=process, version=version, audience=audience, charter=self.charter, roll=self.replay.slots,
                 **self.subject(process, more))  # fmt: skip
        return number

    def post(self, number, title, **more):
        """A new version by the author."""
        p = self.replay.proposals[number]
        self.wait(MINUTE)
        version = self.version(title, p.audience, p.process_id, **more)
        self.act(p.author, "version.posted", number, version=version, audience=p.audience, **self.subject(p.process_id, more))

    def cosign(self, number, *slots):
        for slot in slots:
            self.wait(7 * MINUTE)
            self.act(slot, "proposal.cosigned", number, version=self.replay.proposals[number].version)

    def draw(self, number, signature=None):
        p = self.replay.proposals[number]
        called = p.call[0]
        note = self.publish()
        self.now = self.replay.beacon_time(called) + 2_500
        seated = self.drawn(p, signature)
        self.node("draw.made", number, step=p.step, attempt=p.attempt, signature=v.base64url(signature or self.links[called["round"]]), checkpoint=note,
                  seated=seated, until=self.now + called["window_ms"])  # fmt: skip
        self.follow()

    def drawn(self, p, signature):
        called, draw, excluded = p.call
        jury = v.Jury(called, draw, excluded, True)
        jury.start(v.sha256(signature) if signature else v.local_randomness(self.links[called["round"]]))
        seated = jury.take(called["seats"], self.replay.left)
        return seated if len(seated) * 2 >= called["seats"] else []

    def miss(self, number):
        p = self.replay.proposals[number]
        self.now = self.replay.beacon_time(p.call[0]) + 30_000
        self.node("draw.missed", number, step=p.step, attempt=p.attempt, reason="checkpoint_late")
        self.follow()

    def vote(self, number, slot, choice, words=None):
        p = self.replay.proposals[number]
        self.wait(3 * MINUTE)
        nonce = words or v.base64url(fixed(f"nonce {self.name} {number} {p.step} {slot} {choice}", 16))
        r = fixed(f"r {self.name} {len(self.entries)}")
        covered = v.cover(v.commitment(p.jury.draw, choice, nonce), r).hex()
        self.votes[number, p.step, slot] = [choice, nonce]
        self.act(slot, "ballot.cast", number, cover=covered, nonce_from="words" if words else "browser", attested="server")

    def hand_in(self, number, slot, choice, words=None):
        """A secret ballot of a vote, or a pledge."""
        p = self.replay.proposals[number]
        self.wait(MINUTE)
        nonce = words or v.base64url(fixed(f"nonce {self.name} {number} {p.step} {slot} {choice}", 16))
        covered = v.cover(v.commitment(p.asked.draw, str(choice), nonce), fixed(f"r {self.name} {len(self.entries)}")).hex()
        self.votes[number, p.step, slot] = [str(choice), nonce]
        event = "vote.cast" if p.stage["kind"] == "vote" else "pledge.made"
        self.act(slot, event, number, cover=covered, nonce_from="words" if words else "browser", attested="server")

    def hand_in_all(self, number, choices):
        """`choices` by slot."""
        for slot, choice in choices.items():
            self.hand_in(number, slot, choice)

    def opened_lists(self, number, p):
        """The name of the index of everything handed in, and how often each choice occurs. Lists and index are documents now."""
        ballots = [self.votes[number, p.step, slot] for slot in p.asked.handed_in]
        ballots.sort(key=lambda ballot: v.commitment(p.asked.draw, *ballot))
        index, lists = v.ballot_documents(ballots)
        for text in lists:
            self.document(text.decode())
        return self.document(index.decode()), v.tallied(p.asked.draw, ballots, len(ballots))

    def close_vote(self, number):
        p = self.replay.proposals[number]
        stage, asked = p.stage, p.asked
        self.now = max(self.now + MINUTE, asked.until)
        ballots, choices = self.opened_lists(number, p)
        options = p.subject if p.process["kind"] == "decision" else 0
        totals, winners, _ = v.count_votes(stage["method"], options, asked.draw, choices, stage.get("max_score"), stage.get("winners"))
        agree, cast = v.fraction(stage["agree"]) if "agree" in stage else None, len(asked.handed_in)
        outcome = v.vote_outcome(options=options, quorum=v.fraction(stage["quorum"]), eligible=asked.eligible, cast=cast, agree=agree,
                                 totals=totals, winners=winners)  # fmt: skip
        self.node("vote.closed", number, step=p.step, eligible=asked.eligible, cast=cast, ballots=ballots, totals=totals, winners=winners, outcome=outcome)
        self.follow()

    def wake(self, number):
        p = self.replay.proposals[number]
        ballots, choices = self.opened_lists(number, p)
        self.node("pledge.woken", number, step=p.step, standing=len(p.asked.handed_in), ballots=ballots, count=v.pledged(choices))
        self.follow()

    def position(self, number, slot, position, why=None):
        self.wait(MINUTE)
        reason = {"reason": self.paper("reason", why)} if why else {}
        self.act(slot, "position.taken", number, version=self.replay.proposals[number].version, position=position, **reason)

    def object(self, number, slot, why):
        self.wait(MINUTE)
        self.act(slot, "objection.raised", number, reason=self.paper("reason", why))

    def time_is_over(self, number):
        """The stage ends because its time is over."""
        p = self.replay.proposals[number]
        self.now = max(self.now, p.until)
        self.make_stage_ended(number, p)
        self.follow()

    def votes_in(self, number, choices):
        """Those who have not answered yet do, in drawn order: `y`, `n`, or `.` for silence."""
        for slot, choice in zip(self.replay.proposals[number].jury.silent(), choices):
            if choice != ".":
                self.vote(number, slot, {"y": "yes", "n": "no"}[choice])

    def opened(self, number, p):
        ballots = [self.votes[number, p.step, slot] for slot in p.jury.ballots]
        return sorted(ballots, key=lambda ballot: v.commitment(p.jury.draw, *ballot))

    def silence(self, number):
        """Those silent for too long lose their seats to the next ones, as many as there are."""
        p = self.replay.proposals[number]
        called = p.jury.called
        self.now = max(p.jury.holders[slot] for slot in p.jury.silent()) + called["answer_ms"]
        due = p.jury.silent()
        self.node("seats.called", number, step=p.step, **self.next_seats(p, due), reason="silence")

    def next_seats(self, p, silent):
        probe = v.Jury(p.jury.called, p.jury.draw, {*p.jury.excluded, *p.jury.ever_seated}, True)
        probe.order = v.drawn_order(p.jury.seed, p.roll)
        seated = probe.take(len(silent), self.replay.left)
        return {"seated": seated, "released": silent[: len(seated)]}

    def close(self, number):
        """The close of a round: the jury closes, grows or is extended, as the rules say."""
        p = self.replay.proposals[number]
        jury, called = p.jury, p.jury.called
        self.now = max(self.now + MINUTE, jury.until if jury.silent() else 0)
        p.rounds = [*getattr(p, "rounds", [])[: len(jury.added)], self.opened(number, p)]
        counts = v.count_rounds(jury.draw, p.rounds)
        yes, no = (sum(column) for column in zip(*counts))
        found = jury.decided(counts, [len(ballots) for ballots in p.rounds], len(jury.added), eligible_left=jury.peek(self.replay.left) is not None,
                             extended=jury.extended, silent=len(jury.silent()))  # fmt: skip
        until = self.now + called["window_ms"]
        if found == "grow":
            self.node("jury.grown", number, step=p.step, turnout=len(p.rounds[-1]), sealed=v.sealed_hash(p.rounds[-1]).hex(),
                      seated=self.next_seats(p, [0] * jury.seats_to_add())["seated"], until=until)  # fmt: skip
        elif found == "extend":
            self.node("jury.extended", number, step=p.step, **self.next_seats(p, jury.silent()), until=until)
        else:
            self.node("jury.closed", number, step=p.step, rounds=p.rounds, verdict=found, yes=yes, no=no, seats=jury.filled + sum(jury.added))
            self.follow()
        return found

    # What is handed out.

    def certify(self, number):
        """The certificate of the broadcast just ordered. Its checkpoint is published at once."""
        self.certificates.append((number, len(self.replay.tree), self.publish()))

    def certificate(self, which, entries=None, note=None, lists=None, also=()):
        number, size, published = self.certificates[which]
        entries = entries or self.entries
        texts = [v.encode(entry) for entry in entries[:size]]
        leaves = [v.leaf_hash(text) for text in texts]
        ordered = entries[size - 1]
        carried, called_at, used = [], None, {}
        opened = next(entry["seq"] for entry in entries if entry["type"] == "proposal.opened" and entry["proposal"] == number)
        amended = [entry["seq"] for entry in entries[:opened] if entry["type"] == "charter.amended"]
        for entry in entries[:size]:
            if entry["seq"] in amended[-1:] or entry["seq"] in also:
                carried.append(entry["seq"])
            if entry.get("proposal") == number and entry["type"] not in v.NOT_CARRIED or entry["type"] == "group.founded":
                carried.append(entry["seq"])
            if entry.get("proposal") == number and entry["type"] == "draw.called":
                called_at = entry["seq"]
            if entry.get("proposal") == number and entry["type"] == "draw.made":
                used[str(entry["step"])] = self.lists[number, entry["step"]]
            if entry["type"] in v.LEAVINGS and called_at is not None and entry["seq"] not in carried:
                carried.append(entry["seq"])
        proven = [{"entry": texts[seq].decode(), "index": seq,
                   "proof": [base64.b64encode(step).decode() for step in inclusion(leaves, seq)]} for seq in carried]  # fmt: skip
        return {"beacon": entries[0]["beacon"], "checkpoint": note or published, "entries": proven, "exclusions": lists or used,
                "group": self.id, "key": v.base64url(self.signer.key), "number": ordered["number"], "origin": self.origin,
                "proposal": number, "v": 1, "version": ordered["version"]}  # fmt: skip

    def bundle(self, entries=None, certificates=True, documents=None, note=None, key=None):
        """The lines of the export. Checkpoints are signed again where the entries are not the group's own."""
        entries, forged = entries or self.entries, entries is not None
        tree = v.Tree()
        for entry in entries:
            tree.append(v.leaf_hash(v.encode(entry)))
        size = len(entries)
        signed = lambda at: self.signer.checkpoint(self.origin, at, tree.root(at))
        lines = [{"kind": "bundle", "v": 1, "group": self.id, "origin": self.origin, "key": key or v.base64url(self.signer.key), "size": size,
                  "checkpoint": note or signed(size)}]  # fmt: skip
        lines += [{"kind": "entry", "seq": entry["seq"], "text": v.encode(entry).decode()} for entry in entries]
        texts = dict(sorted((documents or self.documents).items()))
        lines += [{"kind": "document", "hash": name, "erased": True} if name in self.erased else {"kind": "document", "hash": name, "text": text}
                  for name, text in texts.items()]  # fmt: skip
        for at, published in self.checkpoints:
            if at <= size:
                lines.append({"kind": "checkpoint", "text": signed(at) if forged else published})
        if certificates and not forged:
            lines += [{"kind": "certificate", "text": v.encode(self.certificate(which)).decode()} for which in range(len(self.certificates))]
        lines.append({"kind": "end", "lines": len(lines) + 1})
        return [v.encode(line).decode() for line in lines]

    def signed_again(self, entries, kept=()):
        """The same entries under fresh positions and checkpoints, as someone with the group's key would forge them. The
        checkpoints of the draws at the positions `kept` stay as they are."""
        tree, result = v.Tree(), []
        for seq, entry in enumerate(entries):
            entry = dict(entry, seq=seq)
            if entry["type"] == "draw.made" and seq not in kept:
                size = min(v.read_note(entry["checkpoint"])[2], seq)
                entry["checkpoint"] = self.signer.checkpoint(self.origin, size, tree.root(size))
            result.append(entry)
            tree.append(v.leaf_hash(v.encode(entry)))
        return result

    def find(self, event, nth=0, **fields):
        found = [entry["seq"] for entry in self.entries if entry["type"] == event and all(entry.get(k) == w for k, w in fields.items())]
        return found[nth]
