#!/usr/bin/env python3
"""Checks what a Mic Check group says about itself. Python 3.11 or newer, standard library only.

    verify.py BUNDLE                     a whole journal, as `mic export` writes it
    verify.py --certificate FILE         one certificate; with --text FILE also that it belongs to this version document
    verify.py --vectors DIRECTORY        every case of spec/vectors
    verify.py --key KEY ...              demand this group key (base64url), learnt from somewhere else

It prints one line per finding, `ok|bad|note CODE SEQ TEXT`, and exits 0 when nothing is bad, 1 when something is, and 2
when the file cannot be read as what it should be. It was written from the texts in this directory and from nothing else.

It does not check the BLS signature of a drand round (that takes a pairing, which the standard library lacks) and says so.
"""

import base64
import binascii
import functools
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

# Limits (each named in the text that it belongs to).
ENTRY_BYTES_MAX = 60_000
DEPTH_MAX = 16
INTEGER_MAX = 2**53 - 1
LINE_BYTES_MAX = 300_000
CHARTER_BYTES_MAX = 100_000
CERTIFICATE_BYTES_MAX = 1_000_000
JURY_SEATS_MAX = 500
NONCE_BYTES_MAX = 64
ATTEMPTS_MAX = 3
LINKS_MAX = 65_536
NOTE_BYTES_MAX = 8_000
NOTE_SIGNATURES_MAX = 16

SECOND, HOUR, DAY = 1_000, 3_600_000, 86_400_000  # in milliseconds
BEACON_DELAY = 60 * SECOND  # between the slot of a draw and the earliest randomness for it


class Bad(Exception):
    """A finding that refuses what was checked: a reason code and a sentence."""

    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


def need(condition, code, text):
    if not condition:
        raise Bad(code, text)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# ---------------------------------------------------------------------------------------------------------------------
# entry.md: canonical JSON


def encode(value):
    """The one encoding of a value: sorted keys, no white space, UTF-8, the escapes of RFC 8785."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def no_float(text):
    raise ValueError(f"not an integer: {text[:20]}")


DECODER = json.JSONDecoder(parse_float=no_float, parse_constant=no_float)


def decode(data, code="entry_not_canonical"):
    """Reads canonical JSON. Comparing with our own encoding catches duplicate and unsorted keys, white space and odd escapes."""
    try:
        value = DECODER.decode(data.decode("utf-8"))
        plain(value, 0)
        same = encode(value) == data
    except (ValueError, RecursionError) as error:
        raise Bad(code, f"not canonical JSON: {str(error)[:80]}") from None
    need(same, code, "the bytes are not the canonical encoding of what they say")
    return value


def plain(value, depth):
    """No null, no number out of range, no key outside ASCII, no more than DEPTH_MAX arrays and objects around a value."""
    kind = type(value)
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise ValueError("integer out of range")
        return
    if kind is not dict and kind is not list:
        raise ValueError("null")
    if depth == DEPTH_MAX:
        raise ValueError("too deep")
    if kind is dict:
        for key in value:
            if not key.isascii():
                raise ValueError("a key is not ASCII")
        value = value.values()
    for inner in value:
        plain(inner, depth + 1)


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


# ---------------------------------------------------------------------------------------------------------------------
# journal.md: tree


def leaf_hash(data):
    return sha256(b"\0", data)


def node_hash(left, right):
    return sha256(b"\1", left, right)


class Tree:
    """An RFC 6962 tree that keeps every complete subtree, so that the root of any earlier size costs a few hashes."""

    def __init__(self):
        self.levels = [[]]

    def __len__(self):
        return len(self.levels[0])

    def append(self, leaf):
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            if level + 1 == len(self.levels):
                self.levels.append([])
            self.levels[level + 1].append(node_hash(*self.levels[level][-2:]))
            level += 1

    def root(self, size):
        peaks, start = [], 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                peaks.append(self.levels[level][start >> level])
                start += 1 << level
        if not peaks:
            return sha256()
        return functools.reduce(lambda right, left: node_hash(left, right), reversed(peaks))


def check_inclusion(leaf, index, size, proof, root):
    """RFC 9162, section 2.1.3.2."""
    need(0 <= index < size, "proof_invalid", "the index lies outside the tree")
    at, last, value = index, size - 1, leaf
    for step in proof:
        need(last > 0, "proof_invalid", "the proof is too long")
        if at & 1 or at == last:
            value = node_hash(step, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, step)
        at, last = at >> 1, last >> 1
    need(last == 0 and value == root, "proof_invalid", "the proof does not lead to the root")


def check_consistency(old_size, new_size, old_root, new_root, proof):
    """RFC 9162, section 2.1.4.2."""
    need(0 < old_size <= new_size, "proof_invalid", "sizes are out of order")
    if old_size == new_size:
        return need(not proof and old_root == new_root, "proof_invalid", "equal sizes need equal roots and no proof")
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    need(path, "proof_invalid", "the proof is too short")
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        need(last > 0, "proof_invalid", "the proof is too long")
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    need(last == 0 and old == old_root and new == new_root, "proof_invalid", "the proof does not join the two roots")


# ---------------------------------------------------------------------------------------------------------------------
# journal.md: Ed25519 (RFC 8032), strict. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * D * a[3] * b[3] % P, 2 * a[2] * b[2]
    e, f, g, h = (f - e) % P, (h - g) % P, (h + g) % P, (f + e) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decompress(data):
    """A point from its 32 bytes, or None. Refuses y >= p and the encoding of -0."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def small_order(point):
    for _ in range(3):
        point = add(point, point)
    return same_point(point, NEUTRAL)


@functools.lru_cache(maxsize=64)
def window_table(point):
    """All j * 16^i * point, so that a multiplication is 64 additions."""
    table = []
    for _ in range(64):
        row = [NEUTRAL]
        for _ in range(15):
            row.append(add(row[-1], point))
        table.append(row)
        point = add(row[-1], point)
    return table


def multiply(scalar, point):
    result = NEUTRAL
    for row in window_table(point):
        result = add(result, row[scalar & 15])
        scalar >>= 4
    return result


BASE = decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_valid(key, message, signature):
    """Strict: canonical S, canonical points, no point of small order, and the equation without cofactor."""
    point, commitment = decompress(key), decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or commitment is None or scalar >= ORDER or small_order(point) or small_order(commitment):
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same_point(multiply(scalar, BASE), add(commitment, multiply(digest, point)))


# ---------------------------------------------------------------------------------------------------------------------
# journal.md: checkpoints (C2SP signed-note and tlog-checkpoint)


def key_id(origin, key):
    return sha256(origin.encode(), b"\n\1", key)[:4]


def unbase64(text):
    """Standard base64 with padding, or None. Only the one canonical spelling counts."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return data if base64.b64encode(data).decode() == text else None


def read_note(note):
    """The body of a checkpoint and its parts: (body, origin, size, root, signatures)."""
    code = "checkpoint_signature"
    need(len(note.encode()) <= NOTE_BYTES_MAX, code, "the note is too long")
    body, blank, tail = note.partition("\n\n")
    lines = body.split("\n")
    need(blank and len(lines) == 3 and tail.endswith("\n"), code, "not a checkpoint of three lines, a blank line and signatures")
    origin, size, root = lines[0], lines[1], unbase64(lines[2])
    need(re.fullmatch(r"0|[1-9][0-9]{0,15}", size) and int(size) <= INTEGER_MAX, code, "the size is not a plain number")
    need(root is not None and len(root) == 32, code, "the root is not 32 bytes of base64")
    need(ORIGIN(origin), code, "the origin is not a plain name")
    signatures = []
    for line in tail[:-1].split("\n"):
        match = re.fullmatch(r"— ([^ +\n]+) ([A-Za-z0-9+/=]+)", line)
        data = match and unbase64(match[2])
        need(data and len(data) > 4, code, "a signature line is malformed")
        signatures.append((match[1], data[:4], data[4:]))
    need(len(signatures) <= NOTE_SIGNATURES_MAX, code, "too many signatures")
    return body + "\n", origin, int(size), root, signatures


@functools.lru_cache(maxsize=100_000)
def check_note(note, origin, key):
    """The (size, root) of a checkpoint that the group signed. Other names and keys are witnesses and are passed over."""
    code = "checkpoint_signature"
    body, named, size, root, signatures = read_note(note)
    need(named == origin, code, "the checkpoint is of another journal")
    ours = [signature for name, identity, signature in signatures if (name, identity) == (origin, key_id(origin, key))]
    need(len(ours) == 1 and len(ours[0]) == 64, code, "the group's own signature must stand there exactly once")
    need(ed25519_valid(key, body.encode(), ours[0]), code, "the signature is not valid")
    return size, root


# ---------------------------------------------------------------------------------------------------------------------
# draw.md: beacon, order, exclusions

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_GENESIS, QUICKNET_PERIOD = 1_692_803_367 * SECOND, 3 * SECOND


def round_time(number):
    return QUICKNET_GENESIS + (number - 1) * QUICKNET_PERIOD


def round_after(instant):
    """The first quicknet round that does not exist before the instant."""
    return max(0, -(-(instant - QUICKNET_GENESIS) // QUICKNET_PERIOD)) + 1


def next_slot(at, every_minutes, offset_minutes):
    """The first instant of the charter's clock strictly after `at`."""
    every, offset = every_minutes * 60 * SECOND, offset_minutes * 60 * SECOND
    return ((at - offset) // every + 1) * every + offset


class LocalChain:
    """The server's own hash chain. Links that were checked are remembered, so a journal costs one hash per round."""

    def __init__(self, anchor):
        self.known = {0: anchor}

    def check(self, number, link):
        need(1 <= number <= LINKS_MAX and len(link) == 32, "beacon_invalid", "not a link of a chain")
        passed, value = {}, link
        while number not in self.known:
            passed[number] = value
            number, value = number - 1, sha256(value)
        need(self.known[number] == value, "beacon_invalid", "the link does not lead to the chain's anchor")
        self.known.update(passed)
        return sha256(link)


def draw_seed(inputs_hash, randomness):
    return sha256(b"mic-check/draw/v1\n", inputs_hash, randomness)


def words(seed):
    block = 0
    while True:
        digest = sha256(seed, block.to_bytes(8, "big"))
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")
        block += 1


def drawn_order(seed, roll):
    """All slots 0 … roll-1 in drawn order, made one by one (a sparse Fisher-Yates)."""
    moved, source = {}, words(seed)
    for i in range(roll):
        m = roll - i
        limit = 2**64 // m * m
        word = next(w for w in source if w < limit)
        j = i + word % m
        drawn = moved.get(j, j)
        moved[j] = moved.pop(i, i)
        yield drawn


def exclusions(roll, at, new_ms, rest_ms, author, cosigners, left, admitted, paused, served, rested, earlier):
    """Slot -> reason, ascending. `admitted` is a list of (slot, time) in journal order, the rest are sets and dicts by slot."""
    reasons = {}
    for slot in sorted(slot for slot in left if slot < roll):
        reasons[slot] = "left"
    if author is not None:
        reasons.setdefault(author, "author")
    for slot in cosigners:
        reasons.setdefault(slot, "cosigner")
    for slot, since in reversed(admitted):
        if at - since >= new_ms:
            break
        if slot < roll:
            reasons.setdefault(slot, "too_new")
    for slot, until in paused.items():
        if until > at and slot < roll:
            reasons.setdefault(slot, "paused")
    for slot in earlier:
        reasons.setdefault(slot, "served")
    resting = [
        slot
        for slot, seated_at in served.items()
        if slot < roll and slot not in reasons and at - seated_at < max(rest_ms, rested.get(slot, 0) * DAY)
    ]
    if len(resting) * 5 <= roll:
        reasons.update(dict.fromkeys(resting, "served"))
    return dict(sorted(reasons.items()))


def exclusion_text(reasons):
    return "".join(f"{slot} {reason}\n" for slot, reason in reasons.items())


# ---------------------------------------------------------------------------------------------------------------------
# jury.md: ballots and tally


def nonce_valid(nonce):
    """1 to 64 bytes, no control character, and neither of the two characters that JSON would have to escape."""
    return 1 <= len(nonce.encode()) <= NONCE_BYTES_MAX and not re.search(r'[\x00-\x1f\x7f-\x9f"\\]', nonce)


def commitment(draw, choice, nonce):
    return sha256(b"mic-check/ballot/v1\n", draw, choice.encode(), b"\n", nonce.encode())


def cover(committed, r):
    return sha256(b"mic-check/cover/v1\n", committed, r)


def sealed_hash(ballots):
    return sha256(encode(ballots))


def share(part, filled, seats):
    """part/seats of the filled seats, rounded up; a jury without seats needs one voice, which nobody can give."""
    return -(-part * filled // seats) if seats else 1


def decision(*, grown, filled, agree, quorum, seats, then, yes, no, turnout, eligible_left, extended, silent):
    """What the close of a round leads to. `grown` is None in the first round, else the number of seats added."""
    enough = share(agree, filled, seats) if grown is None else (filled + grown) // 2 + 1
    if yes >= enough:
        return "approved"
    if no >= enough:
        return "declined"
    if grown is None and then > 0 and turnout >= share(quorum, filled, seats) and eligible_left:
        return "grow"
    return "extend" if silent and not extended else "undecided"


def count_rounds(draw, rounds):
    """Checks the order of opened ballots and returns [(yes, no), …]. A commitment appears once in the whole draw."""
    seen, counts = set(), []
    for ballots in rounds:
        hashes = [commitment(draw, choice, nonce) for choice, nonce in ballots]
        need(hashes == sorted(hashes), "ballot_order", "the ballots do not stand in the order of their commitments")
        need(len(set(hashes)) == len(hashes) and not seen & set(hashes), "ballot_order", "the same ballot stands there twice")
        seen.update(hashes)
        yes = sum(choice == "yes" for choice, _ in ballots)
        counts.append((yes, len(ballots) - yes))
    return counts


class Jury:
    """One draw that was made, its seats and its rounds. The same for a journal, where every ballot is seen, and a
    certificate, where none is (`ballots_known` is False)."""

    def __init__(self, called, draw, excluded, ballots_known):
        self.called, self.draw, self.excluded, self.ballots_known = called, draw, excluded, ballots_known
        self.holders = {}  # slot -> when it was seated; the seats of the round that is open, in drawn order
        self.ballots = {}  # slot -> cover of its last ballot in this round
        self.vacant = set()  # slots that gave up a seat which nobody has taken over yet
        self.ever_seated = set()
        self.extended, self.filled, self.grown, self.turnout, self.sealed, self.until = False, 0, None, [], None, 0
        self.ahead = None

    # Seats, in drawn order.

    def start(self, randomness):
        self.order = drawn_order(draw_seed(self.draw, randomness), self.called["roll"])

    def peek(self, left):
        """The next eligible slot, or None. Slots that are passed over never come back."""
        while self.ahead is None or self.ahead in self.excluded or self.ahead in left:
            self.ahead = next(self.order, None)
            if self.ahead is None:
                return None
        return self.ahead

    def take(self, count, left):
        taken = []
        while len(taken) < count and self.peek(left) is not None:
            taken.append(self.ahead)
            self.ahead = None
        return taken

    def seat(self, slots, at):
        self.holders.update(dict.fromkeys(slots, at))
        self.ever_seated.update(slots)

    def give_up(self, slot):
        """Whoever steps aside or leaves loses the seat and the ballot in it."""
        del self.holders[slot]
        self.ballots.pop(slot, None)
        self.vacant.add(slot)

    def first_seats(self, entry, left):
        called = self.called
        expected = self.take(called["seats"], left)
        if len(expected) * 2 < called["seats"]:
            expected = []
        need(entry["seated"] == expected, "draw_seats_wrong", f"the draw seats {expected}, not {entry['seated']}")
        need(entry["until"] == entry["at"] + called["window_ms"], "rule_broken", "the jury does not sit for its window")
        self.filled, self.until = len(expected), entry["until"]
        self.seat(expected, entry["at"])

    def pass_on(self, entry, left):
        """seats.called: released seats go to the next slots in drawn order."""
        released, seated, reason = entry["released"], entry["seated"], entry["reason"]
        need(len(released) == len(seated) > 0, "rule_broken", "as many seats are released as are taken")
        need(entry["at"] < self.until, "rule_broken", "the round is over")
        for slot in released:
            if reason == "silence" or not self.ballots_known:
                need(slot in self.holders, "rule_broken", f"slot {slot} holds no seat")
            if reason == "silence":
                silent = entry["at"] >= self.holders[slot] + self.called["answer_ms"] and slot not in self.ballots
                need(silent, "rule_broken", f"slot {slot} has not been silent for long enough")
            elif self.ballots_known:
                need(slot in self.vacant, "rule_broken", f"slot {slot} has not given up a seat")
        self.need_next(seated, left)
        for slot in released:
            self.holders.pop(slot, None)
            self.vacant.discard(slot)
        self.seat(seated, entry["at"])

    def need_next(self, seated, left, count=None):
        expected = self.take(len(seated) if count is None else count, left)
        need(seated == expected, "draw_seats_wrong", f"the next in drawn order are {expected}, not {seated}")

    # Rounds.

    def silent(self):
        return [slot for slot in self.holders if slot not in self.ballots]

    def need_over(self, entry):
        over = entry["at"] >= self.until or (self.ballots_known and not self.silent())
        need(over or not self.ballots_known, "rule_broken", "the round is not over")

    def must_grow(self, left):
        called = self.called
        enough = len(self.ballots) >= share(called["quorum"], self.filled, called["seats"])
        return self.grown is None and called["then"] > 0 and enough and self.peek(left) is not None

    def grow(self, entry, left):
        called = self.called
        need(self.grown is None and called["then"] > 0, "rule_broken", "this jury does not grow, or has grown already")
        self.need_over(entry)
        if self.ballots_known:
            need(entry["turnout"] == len(self.ballots), "ballot_count", f"{len(self.ballots)} ballots were cast in this round")
        quorum = share(called["quorum"], self.filled, called["seats"])
        need(entry["turnout"] >= quorum and entry["seated"], "rule_broken", "too few ballots for the jury to grow, or nobody left")
        self.need_next(entry["seated"], left, called["then"])
        need(entry["until"] == entry["at"] + called["window_ms"], "rule_broken", "the round does not last for its window")
        self.turnout, self.sealed, self.until = [entry["turnout"]], entry["sealed"], entry["until"]
        self.holders, self.ballots, self.vacant, self.extended = {}, {}, set(), False
        self.grown = len(entry["seated"])
        self.seat(entry["seated"], entry["at"])

    def extend(self, entry, left):
        need(not self.extended, "rule_broken", "a round is extended once")
        self.need_over(entry)
        released = entry["released"]
        if self.ballots_known:
            silent = self.silent()
            need(silent and not self.must_grow(left), "rule_broken", "this round has no reason to be extended")
            before = self.take(len(silent), left)
            need(entry["seated"] == before, "draw_seats_wrong", f"the next in drawn order are {before}")
            need(released == silent[: len(before)], "rule_broken", f"the silent seats that pass on are {silent[: len(before)]}")
        else:
            need(len(released) == len(entry["seated"]), "rule_broken", "as many seats are released as are taken")
            need(all(slot in self.holders for slot in released), "rule_broken", "a released slot holds no seat")
            self.need_next(entry["seated"], left)
        need(entry["until"] == entry["at"] + self.called["window_ms"], "rule_broken", "the round does not last for its window")
        for slot in released:
            del self.holders[slot]
        self.seat(entry["seated"], entry["at"])
        self.until, self.extended = entry["until"], True

    def close(self, entry, left):
        called, rounds = self.called, entry["rounds"]
        self.need_over(entry)
        need(len(rounds) == (1 if self.grown is None else 2), "ballot_count", "a round is missing or too many")
        turnout = self.turnout + ([len(self.ballots)] if self.ballots_known else [len(rounds[-1])])
        opened = [len(ballots) for ballots in rounds]
        need(opened == turnout, "ballot_count", f"opened {opened} ballots, cast {turnout}")
        need(opened[-1] <= (self.filled if self.grown is None else self.grown), "ballot_count", "more ballots than seats")
        counts = count_rounds(self.draw, rounds)
        if self.sealed is not None:
            need(sealed_hash(rounds[0]).hex() == self.sealed, "tally_wrong", "the first round is not the one that was sealed")
        yes, no = (sum(column) for column in zip(*counts))
        total = self.filled + (self.grown or 0)
        need((entry["yes"], entry["no"], entry["seats"]) == (yes, no, total), "tally_wrong", f"{yes} yes and {no} no of {total} seats")
        rule = dict(filled=self.filled, agree=called["agree"], quorum=called["quorum"], seats=called["seats"], then=called["then"])
        if self.grown is not None:
            first = decision(**rule, grown=None, yes=counts[0][0], no=counts[0][1], turnout=opened[0],
                             eligible_left=True, extended=True, silent=0)  # fmt: skip
            need(first == "grow", "verdict_wrong", f"the first round was {first} and the jury had no reason to grow")
        if self.ballots_known:
            eligible_left, silent, extended = self.peek(left) is not None, len(self.silent()), self.extended
        else:  # a certificate: what depends on unseen ballots is taken as it must have been
            eligible_left, silent, extended = False, 0, True
        last = decision(**rule, grown=self.grown, yes=yes, no=no, turnout=opened[-1],
                        eligible_left=eligible_left, extended=extended, silent=silent)  # fmt: skip
        need(entry["verdict"] == last, "verdict_wrong", f"the rules say {last}, the entry says {entry['verdict']}")


# ---------------------------------------------------------------------------------------------------------------------
# entry.md and events.md: the shape of every entry

HASH = re.compile(r"[0-9a-f]{64}").fullmatch
GROUP = re.compile(r"[0-9a-f]{32}").fullmatch
BYTES_32 = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]").fullmatch
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]|[A-Za-z0-9_-]{64}").fullmatch
ID = re.compile(r"[a-z][a-z0-9_]{0,31}").fullmatch
ORIGIN = re.compile(r"[!-*,-~]{1,255}").fullmatch


def text_that(matches):
    return lambda value: type(value) is str and matches(value)


def one_of(*words_allowed):
    return lambda value: type(value) is str and value in words_allowed


def is_number(value):
    return type(value) is int and value >= 0


def is_slots(value):
    return type(value) is list and len(value) <= JURY_SEATS_MAX and all(map(is_number, value)) and len(set(value)) == len(value)


def is_rounds(value):
    return type(value) is list and 1 <= len(value) <= 2 and all(map(is_ballots, value))


def is_ballots(value):
    return type(value) is list and len(value) <= JURY_SEATS_MAX and all(map(is_opened, value))


def is_opened(value):
    return (
        type(value) is list and len(value) == 2 and value[0] in ("yes", "no") and type(value[1]) is str and nonce_valid(value[1])
    )


IS = {  # a field's name says its kind everywhere, so that no event can give it another one
    **dict.fromkeys("charter profile chain version document exclusions previous cover sealed".split(), text_that(HASH)),
    **dict.fromkeys("slot proposal step number roll members seats agree then quorum excluded slot_at round answer_ms window_ms new_ms "
                    "rest_ms until nth turnout yes no attempt".split(), is_number),
    **dict.fromkeys("seated released".split(), is_slots),
    **dict.fromkeys("process stage".split(), text_that(ID)),
    "group": text_that(GROUP),
    "origin": text_that(ORIGIN),
    "key": text_that(BYTES_32),
    "signature": text_that(SIGNATURE),
    "checkpoint": text_that(lambda value: 0 < len(value.encode()) <= NOTE_BYTES_MAX),
    "rounds": is_rounds,
    "beacon": one_of("drand", "local"),
    "audience": one_of("members", "public"),
    "kind": one_of("cosign", "jury", "recourse", "wait"),
    "outcome": one_of("pass", "fail", "undecided", "lapsed"),
    "ending": one_of("done", "declined", "undecided", "lapsed", "withdrawn"),
    "choice": one_of("revise", "appeal", "accept"),
    "verdict": one_of("approved", "declined", "undecided"),
    "nonce_from": one_of("browser", "words", "server"),
    "attested": one_of("server"),
    "days": lambda value: is_number(value) and value <= 90,
}  # fmt: skip
REASONS = {  # `reason` alone means something else in each event
    "document.erased": ("author", "member_erased"),
    "draw.missed": ("checkpoint_late",),
    "seats.called": ("silence", "aside", "left"),
}
EVENTS = {  # type -> who acts ("node" or "slot") and the fields of its own
    "group.founded": "node group origin key charter profile members beacon chain",
    "member.admitted": "node slot proposal",
    "member.left": "slot",
    "member.erased": "slot",
    "member.paused": "slot until",
    "member.resumed": "slot",
    "member.rested": "slot days",
    "document.erased": "node document reason",
    "proposal.opened": "slot proposal process version audience charter roll",
    "version.posted": "slot proposal version audience",
    "proposal.cosigned": "slot proposal step version",
    "cosign.withdrawn": "slot proposal step",
    "proposal.withdrawn": "slot proposal",
    "stage.entered": "node proposal step stage kind until",
    "stage.ended": "node proposal step outcome",
    "reminder.called": "node proposal step nth",
    "proposal.closed": "node proposal ending",
    "recourse.taken": "slot proposal step choice",
    "draw.called": "node proposal step attempt version roll seats agree then quorum excluded exclusions slot_at chain round "
    "answer_ms window_ms new_ms rest_ms",
    "draw.missed": "node proposal step attempt reason",
    "draw.made": "node proposal step attempt signature checkpoint seated until",
    "seats.called": "node proposal step seated released reason",
    "juror.aside": "slot proposal step",
    "ballot.cast": "slot proposal step cover nonce_from attested",
    "jury.grown": "node proposal step turnout sealed seated until",
    "jury.extended": "node proposal step released seated until",
    "jury.closed": "node proposal step rounds verdict yes no seats",
    "broadcast.ordered": "node proposal number previous version audience",
    "decision.recorded": "node proposal number version",
}
COMMON = {"actor", "at", "salt", "seq", "type", "v"}


def shape_of(event, line):
    actor, *fields = line.split()
    checks = [(field, one_of(*REASONS[event]) if field == "reason" else IS[field]) for field in fields]
    return actor == "node", COMMON | set(fields), checks


SHAPES = {event: shape_of(event, line) for event, line in EVENTS.items()}


def read_entry(data):
    """One entry from its exact bytes, checked for everything that needs no other entry."""
    need(len(data) <= ENTRY_BYTES_MAX, "entry_too_large", f"{len(data)} bytes")
    entry = decode(data)
    code = "entry_malformed"
    need(type(entry) is dict, code, "not an object")
    event = entry.get("type")
    need(type(event) is str, code, "no type")
    need(event in SHAPES, "unknown_type", event[:40])
    by_node, fields, checks = SHAPES[event]
    need(entry.keys() == fields, code, f"fields missing or unknown: {sorted(entry.keys() ^ fields)}")
    need(type(entry["v"]) is int and entry["v"] == 1, code, "v is not 1")
    need(is_number(entry["seq"]) and is_number(entry["at"]), code, "seq or at is not a number")
    need(type(entry["salt"]) is str and BYTES_32(entry["salt"]), code, "salt is not 32 bytes")
    need(entry["actor"] == "node" if by_node else is_number(entry["actor"]), code, "the wrong kind of actor")
    for field, check in checks:
        need(check(entry[field]), code, f"{field} is not what it should be")
    return entry


# ---------------------------------------------------------------------------------------------------------------------
# charter.md


def integer(low, high):
    return lambda value: type(value) is int and low <= value <= high


def is_text(value):
    return type(value) is str


def ascending(values, below):
    return (
        type(values) is list
        and len(values) <= 5
        and all(type(value) is int for value in values)
        and all(a < b for a, b in zip([-1, *values], [*values, below]))
    )


def table(value, where, required, optional=()):
    """A TOML table with exactly these keys."""
    need(type(value) is dict, "charter_mismatch", f"{where} is not a table")
    for key in value:
        need(key in required or key in optional, "charter_mismatch", f"{where}.{key} is unknown")
    for key, check in required.items():
        need(key in value and check(value[key]), "charter_mismatch", f"{where}.{key} is missing or out of range")
    for key, check in dict(optional).items():
        need(key not in value or check(value[key]), "charter_mismatch", f"{where}.{key} is out of range")


LEADS = {"cosign": ("pass", "lapsed"), "jury": ("pass", "fail", "undecided"), "recourse": ("revise", "appeal", "lapsed"), "wait": ("pass",)}
STAGE_KEYS = {
    "cosign": {"needed": lambda v: type(v) is list, "days": integer(1, 365), "remind_days": lambda v: type(v) is list},
    "jury": {"sizes": lambda v: type(v) is list, "answer_hours": integer(1, 720), "window_hours": integer(1, 2160),
             "remind_hours": lambda v: type(v) is list},
    "recourse": {"days": integer(1, 365)},
    "wait": {"hours": integer(1, 8760)},
}  # fmt: skip
EFFECTS = {"broadcast": "broadcast.ordered", "admit": "member.admitted", "record": "decision.recorded"}


def read_charter(data):
    """The charter as data, or charter_mismatch."""
    code = "charter_mismatch"
    need(len(data) <= CHARTER_BYTES_MAX, code, "the charter is too long")
    try:
        charter = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise Bad(code, f"not TOML: {error}") from None
    table(charter, "charter", {"charter": integer(1, 1), "name": lambda v: is_text(v) and 1 <= len(v) <= 80, "clock": is_table,
                               "limits": is_table, "duty": is_table, "process": is_table})  # fmt: skip
    table(charter["clock"], "clock", {"every_minutes": integer(1, 10_080), "offset_minutes": integer(0, 10_079)})
    need(charter["clock"]["offset_minutes"] < charter["clock"]["every_minutes"], code, "clock.offset_minutes is too large")
    table(charter["limits"], "limits", {"open_proposals_per_member": integer(1, 100), "open_invitations_per_member": integer(1, 100),
                                        "new_days": integer(0, 365)})  # fmt: skip
    table(charter["duty"], "duty", {"rest_days": integer(0, 90)})
    need(1 <= len(charter["process"]) <= 20, code, "1 to 20 processes")
    for name, process in charter["process"].items():
        check_process(name, process)
    return charter


def is_table(value):
    return type(value) is dict


def check_process(name, process):
    code = "charter_mismatch"
    need(ID(name), code, f"process id {name}")
    audiences = lambda v: type(v) is list and v and len(set(map(str, v))) == len(v) and set(map(str, v)) <= {"members", "public"}
    table(process, name, {"title": is_text, "kind": one_of("message", "admission"), "audiences": audiences, "first": is_text,
                          "stage": is_table})  # fmt: skip
    stages = process["stage"]
    need(1 <= len(stages) <= 20 and process["first"] in stages, code, f"{name}: 1 to 20 stages, and `first` is one of them")
    for stage_id, stage in stages.items():
        check_stage(f"{name}.{stage_id}", stage_id, stage, process)
    check_flow(name, process, stages)


def check_stage(where, stage_id, stage, process):
    code = "charter_mismatch"
    need(ID(stage_id) and type(stage) is dict and stage.get("kind") in STAGE_KEYS, code, f"{where} is no stage")
    kind = stage["kind"]
    leads = dict.fromkeys(LEADS[kind], lambda v: leads_somewhere(v, process))
    free = {key: leads.pop(key) for key in ("revise", "appeal") if key in leads}
    if kind == "jury":
        free["fresh"] = lambda v: type(v) is bool
    table(stage, where, {"kind": is_text, "title": is_text, **STAGE_KEYS[kind], **leads}, free)
    if kind == "cosign":
        need(ascending(stage["remind_days"], stage["days"]), code, f"{where}.remind_days")
        check_sizes(where, stage["needed"], lambda at, rule: table(rule, at, {"count": integer(1, 1000)}, UP_TO))
    if kind == "jury":
        need(ascending(stage["remind_hours"], stage["answer_hours"]), code, f"{where}.remind_hours")
        need(stage["window_hours"] >= stage["answer_hours"], code, f"{where}.window_hours")
        check_sizes(where, stage["sizes"], check_jury_size)
    if kind == "recourse":
        need("revise" in stage or "appeal" in stage, code, f"{where} leads nowhere")


UP_TO = {"members_up_to": integer(1, INTEGER_MAX)}


def leads_somewhere(value, process):
    if type(value) is not str:
        return False
    effect = value.removeprefix("effect:") if value.startswith("effect:") else None
    if effect == "admit":
        return process["kind"] == "admission"
    return effect in EFFECTS or value == "end" or value in process["stage"]


def check_sizes(where, rules, check_rule):
    code = "charter_mismatch"
    need(rules, code, f"{where} has no rule for any size")
    bounds = []
    for rule in rules:
        check_rule(where, rule)
        bounds.append(rule.get("members_up_to"))
    need(bounds[-1] is None and None not in bounds[:-1], code, f"{where}: only the last rule has no members_up_to")
    need(all(a < b for a, b in zip(bounds[:-1], bounds[1:-1])), code, f"{where}: bounds do not ascend")


def check_jury_size(where, rule):
    code = "charter_mismatch"
    if type(rule) is dict and rule.get("seats") == "everyone":
        return table(rule, where, {"seats": is_text}, UP_TO)
    table(rule, where, {"seats": integer(1, 500), "agree": integer(1, 500), "quorum": integer(1, 500)}, UP_TO | {"then": integer(1, 499)})
    seats, agree, quorum, then = rule["seats"], rule["agree"], rule["quorum"], rule.get("then", 0)
    need(seats < agree * 2 <= seats * 2, code, f"{where}.agree is more than half of the seats")
    need(agree <= quorum * 2 and quorum <= seats, code, f"{where}.quorum")
    need(not then or (seats + then <= JURY_SEATS_MAX and (seats + then) % 2), code, f"{where}.then")


def check_flow(name, process, stages):
    """Every stage can be reached and can end, nothing loops for ever, and no text is broadcast that no jury approved."""
    code = "charter_mismatch"

    def arrows(stage_id, skip=lambda stage, key: False):
        stage = stages.get(stage_id, {"kind": "end"})
        return [stage[key] for key in LEADS.get(stage["kind"], ()) if key in stage and not skip(stage, key)]

    def reach(starts, skip=lambda stage, key: False):
        found, todo = set(), list(starts)
        while todo:
            place = todo.pop()
            if place not in found:
                found.add(place)
                todo.extend(arrows(place, skip))
        return found

    recourse_arrow = lambda stage, key: key in ("revise", "appeal")
    jury_pass = lambda stage, key: stage["kind"] == "jury" and key == "pass"
    need(set(stages) <= reach([process["first"]]), code, f"{name}: a stage cannot be reached")
    for stage_id in stages:
        need(not reach([stage_id]) <= set(stages), code, f"{name}.{stage_id}: no path leads to an end")
        need(stage_id not in reach(arrows(stage_id, recourse_arrow), recourse_arrow), code, f"{name}.{stage_id}: a loop without end")
    # A text may change where co-signatures are collected and after a revision: from there a jury must pass it.
    changes = [process["first"], *(i for i in stages if stages[i]["kind"] == "cosign"), *(s["revise"] for s in stages.values() if "revise" in s)]
    need("effect:broadcast" not in reach(changes, jury_pass), code, f"{name}: a broadcast that no jury approved")


def by_size(rules, roll):
    return next(rule for rule in rules if rule.get("members_up_to", INTEGER_MAX) >= roll)
