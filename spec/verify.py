#!/usr/bin/env python3
"""Checks what a Mic Check group says about itself. Python 3.11 or newer, standard library only.

    verify.py BUNDLE                     a whole journal, as `mic export` writes it
    verify.py --certificate FILE         one certificate; with --text FILE also that it belongs to this version document
    verify.py --vectors DIRECTORY        every case of spec/vectors (with run_vectors.py beside this file)
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
LIST_BALLOTS_MAX = 800
PLEDGE_NUMBER_MAX = 10_000_000
DEED_DAYS_MAX = 90
REOPEN_DAYS = 30
OPTIONS_MAX = 64
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
    return ENCODER.encode(value).encode()


ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def local_randomness(link):
    """The prefix matters: without it the randomness of a link would be the link before, which everybody has seen."""
    return sha256(b"mic-check/local/v1\n", link)


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
        return local_randomness(link)


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


def exclusions(roll, at, new_ms, rest_ms, author, cosigners, left, admitted, paused, served, rested, earlier, subject=None):
    """Slot -> reason, ascending. `admitted` is a list of (slot, time) in journal order, the rest are sets and dicts by slot."""
    reasons = {}
    for slot in sorted(slot for slot in left if slot < roll):
        reasons[slot] = "left"
    if author is not None:
        reasons.setdefault(author, "author")
    for slot in cosigners:
        reasons.setdefault(slot, "cosigner")
    if subject is not None:
        reasons.setdefault(subject, "subject")
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


def decision_in_steps(*, lead, cap, quorum, seats, filled, total, yes, no, first_turnout, eligible_left, extended, silent):
    """The same for a jury in steps. `total` are the seats so far; the counts are those of all rounds."""
    if abs(yes - no) >= lead:
        return "approved" if yes > no else "declined"
    enough = first_turnout >= share(quorum, filled, seats)
    if enough and total < cap and eligible_left:
        return "grow"
    if silent and not extended:
        return "extend"
    return "undecided" if not enough or yes == no else "approved" if yes > no else "declined"


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
        self.extended, self.filled, self.until = False, 0, 0
        self.added, self.turnout, self.sealed = [], [], []  # of each growth: seats added, ballots and seal of the round before
        self.ahead = None

    # Seats, in drawn order.

    def start(self, randomness):
        self.seed = draw_seed(self.draw, randomness)
        self.order = drawn_order(self.seed, self.called["roll"])

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

    def give_up(self, slot, at):
        """Whoever steps aside or leaves loses the seat and the ballot in it. While the round lasts, the seat passes on."""
        del self.holders[slot]
        self.ballots.pop(slot, None)
        if at < self.until:
            self.vacant.add(slot)

    def need_passed_on(self, left):
        waiting = self.ballots_known and self.vacant and self.peek(left) is not None
        need(not waiting, "rule_broken", "a seat that was given up passes on first")

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

    def need_over(self, entry, left):
        self.need_passed_on(left)
        over = entry["at"] >= self.until or (self.ballots_known and not self.silent())
        need(over or not self.ballots_known, "rule_broken", "the round is not over")

    def seats_to_add(self):
        """How many the jury grows by, if it grows: 0 when it may not any more."""
        called, total = self.called, self.filled + sum(self.added)
        if "cap" in called:
            return min(called["then"], max(called["cap"] - total, 0))
        return 0 if self.added else called["then"]

    def enough_for_growth(self, turnout):
        return (self.turnout + [turnout])[0] >= share(self.called["quorum"], self.filled, self.called["seats"])

    def must_grow(self, left):
        return self.seats_to_add() > 0 and self.enough_for_growth(len(self.ballots)) and self.peek(left) is not None

    def grow(self, entry, left):
        adding = self.seats_to_add()
        need(adding > 0, "rule_broken", "this jury does not grow, or has grown already")
        self.need_over(entry, left)
        if self.ballots_known:
            need(entry["turnout"] == len(self.ballots), "ballot_count", f"{len(self.ballots)} ballots were cast in this round")
        enough = self.enough_for_growth(entry["turnout"])
        need(enough and entry["seated"], "rule_broken", "too few ballots for the jury to grow, or nobody left")
        self.need_next(entry["seated"], left, adding)
        need(entry["until"] == entry["at"] + self.called["window_ms"], "rule_broken", "the round does not last for its window")
        self.turnout.append(entry["turnout"])
        self.sealed.append(entry["sealed"])
        self.added.append(len(entry["seated"]))
        self.holders, self.ballots, self.vacant, self.extended, self.until = {}, {}, set(), False, entry["until"]
        self.seat(entry["seated"], entry["at"])

    def extend(self, entry, left):
        need(not self.extended, "rule_broken", "a round is extended once")
        self.need_over(entry, left)
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
        rounds = entry["rounds"]
        self.need_over(entry, left)
        need(len(rounds) == 1 + len(self.added), "ballot_count", "a round is missing or too many")
        opened = [len(ballots) for ballots in rounds]
        turnout = self.turnout + ([len(self.ballots)] if self.ballots_known else opened[-1:])
        need(opened == turnout, "ballot_count", f"opened {opened} ballots, cast {turnout}")
        need(opened[-1] <= [self.filled, *self.added][-1], "ballot_count", "more ballots than seats")
        counts = count_rounds(self.draw, rounds)
        for ballots, sealed in zip(rounds, self.sealed):
            need(sealed_hash(ballots).hex() == sealed, "tally_wrong", "a round is not the one that was sealed")
        yes, no = (sum(column) for column in zip(*counts))
        total = self.filled + sum(self.added)
        need((entry["yes"], entry["no"], entry["seats"]) == (yes, no, total), "tally_wrong", f"{yes} yes and {no} no of {total} seats")
        for number in range(len(self.added)):
            before = self.decided(counts, opened, number, eligible_left=True, extended=True, silent=0)
            need(before == "grow", "verdict_wrong", f"an earlier round was {before} and the jury had no reason to grow")
        if self.ballots_known:
            unseen = dict(eligible_left=self.peek(left) is not None, extended=self.extended, silent=len(self.silent()))
        else:  # a certificate: what depends on unseen ballots is taken as it must have been
            somebody = "lead" in self.called and self.peek(left) is not None
            unseen = dict(eligible_left=somebody, extended=True, silent=0)
        last = self.decided(counts, opened, len(self.added), **unseen)
        need(entry["verdict"] == last, "verdict_wrong", f"the rules say {last}, the entry says {entry['verdict']}")

    def decided(self, counts, opened, number, **unseen):
        """What the close of round `number` leads to, by the ballots opened in it and before it."""
        called, added = self.called, self.added[:number]
        yes, no = (sum(column) for column in zip(*counts[: number + 1]))
        rule = dict(filled=self.filled, quorum=called["quorum"], seats=called["seats"], yes=yes, no=no, **unseen)
        if "lead" in called:
            return decision_in_steps(**rule, lead=called["lead"], cap=called["cap"], total=self.filled + sum(added), first_turnout=opened[0])
        grown = added[0] if added else None
        return decision(**rule, agree=called["agree"], then=called["then"], grown=grown, turnout=opened[number])


# ---------------------------------------------------------------------------------------------------------------------
# vote.md: choices and counting. Equal ballots are counted together, so that a count costs what its different ballots cost.

RANKED, WITH_NONE = ("schulze", "runoff", "stv"), ("approval", "score", "schulze", "runoff")
METHODS = ("yes_no", *WITH_NONE, "stv")
WHOLE_VOTE = 100_000  # the value of a ballot in `stv`, in hundred-thousandths
DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}").fullmatch
FRACTION = re.compile(r"(0|[1-9][0-9]{0,6})/([1-9][0-9]{0,6})").fullmatch
FRACTION_MAX = 1_000_000


def fraction(text):
    """(a, b) of a text "a/b", or None."""
    match = FRACTION(text) if type(text) is str else None
    part = (int(match[1]), int(match[2])) if match else (1, 0)
    return part if part[0] <= part[1] <= FRACTION_MAX else None


def reaches(part, number, whole):
    """number / whole is at least the fraction, without dividing."""
    return number * part[1] >= part[0] * whole


def places(method, options):
    """How many options a ballot may name, with the one behind them: none of these."""
    return options + (method in WITH_NONE)


def decimals(texts):
    need(all(map(DECIMAL, texts)), "tally_wrong", "not a number in plain decimal")
    return list(map(int, texts))


def read_choice(method, options, max_score, choice):
    """What a ballot says, or None if it abstains: yes or no, a list of numbers, or for `schulze` a list of lists."""
    code, count = "tally_wrong", places(method, options)
    if choice == "abstain":
        return None
    if method == "yes_no":
        need(choice in ("yes", "no"), code, f"neither yes nor no: {choice[:40]}")
        return choice
    if method == "score":
        scores = decimals(choice.split(","))
        need(len(scores) == count and max(scores) <= max_score, code, f"not a score for each option: {choice[:40]}")
        return scores
    if method == "approval":
        approved = decimals(choice.split(","))
        need(all(a < b for a, b in zip(approved, [*approved[1:], count])), code, f"not approved options in order: {choice[:40]}")
        return approved
    groups = [decimals(group.split("=")) for group in choice.split(">")]
    named = [option for group in groups for option in group]
    need(len(set(named)) == len(named) and max(named) < count, code, f"an option that is not there, or twice: {choice[:40]}")
    if method == "schulze":
        need(all(group == sorted(group) for group in groups), code, f"equals out of order: {choice[:40]}")
        return groups
    need(len(named) == len(groups), code, f"equals where there are none: {choice[:40]}")
    return named


def tie_order(draw, count):
    """Option -> its place in the order that breaks ties."""
    order = sorted(range(count), key=lambda option: sha256(b"mic-check/tie/v1\n", draw, option.to_bytes(8, "big")))
    return {option: place for place, option in enumerate(order)}


def count_votes(method, options, draw, choices, max_score=None, elect=None):
    """(totals, winners, how many ballots are valid) of choices with how often each occurs."""
    ballots = [(read_choice(method, options, max_score, choice), times) for choice, times in choices.items()]
    ballots = [(said, times) for said, times in ballots if said is not None]
    valid, count = sum(times for _, times in ballots), places(method, options)
    if method == "yes_no":
        return [sum(times for said, times in ballots if said == word) for word in ("yes", "no")], [], valid
    totals = [0] * count if method in ("approval", "score") else []
    for said, times in ballots if totals else ():
        for option, points in enumerate(said) if method == "score" else ((option, 1) for option in said):
            totals[option] += points * times
    if not valid:
        return totals, [], 0
    ties = tie_order(draw, count)
    if totals:
        return totals, [min(range(count), key=lambda option: (-totals[option], ties[option]))], valid
    if method == "stv":
        return [], transferable(ballots, count, ties, min(elect, count)), valid
    return [], [(schulze if method == "schulze" else runoff)(ballots, count, ties)], valid


def schulze(ballots, count, ties):
    """Schulze 2011 by winning votes: the strongest paths, and the earliest option that nobody beats by one."""
    every = range(count)
    beats = [[0] * count for _ in every]
    for groups, times in ballots:
        behind = set(every)
        for group in groups:
            behind.difference_update(group)
            for i in group:
                for j in behind:
                    beats[i][j] += times
    paths = [[beats[i][j] if beats[i][j] > beats[j][i] else 0 for j in every] for i in every]
    for k in every:
        for i in every:
            for j in every if i != k else ():
                if j != i and j != k:
                    paths[i][j] = max(paths[i][j], min(paths[i][k], paths[k][j]))
    possible = [i for i in every if all(paths[i][j] >= paths[j][i] for j in every)]
    return min(possible, key=ties.get)


def runoff(ballots, count, ties):
    standing = set(range(count))
    while True:
        totals = dict.fromkeys(standing, 0)
        for named, times in ballots:
            first = next((option for option in named if option in standing), None)
            if first is not None:
                totals[first] += times
        best = min(standing, key=lambda option: (-totals[option], ties[option]))
        if totals[best] * 2 > sum(totals.values()) or len(standing) == 1:
            return best
        standing.remove(max(standing, key=lambda option: (-totals[option], ties[option])))


def transferable(ballots, count, ties, elect, history=None):
    """The single transferable vote, weighted inclusive Gregory, as the Scottish order has it: who is elected, in order. The totals of
    every round are appended to `history`; who passed a surplus on has 0 from then on."""
    quota = (sum(times for _, times in ballots) // (elect + 1) + 1) * WHOLE_VOTE
    standing, elected, to_transfer, history = set(range(count)), [], set(), [] if history is None else history
    held = {option: [] for option in standing}  # option -> [what its ballots name, how many they are, the value of each]

    def pass_on(piles, value_of):
        for named, times, value in piles:
            following = next((option for option in named if option in standing and option not in elected), None)
            if following is not None:
                held[following].append((named, times, value_of(value)))

    def before(option, sign):
        """The totals of earlier rounds, the latest first, for breaking ties. That those of this round, which are equal, stand before
        them makes no difference."""
        return [sign * totals[option] for totals in reversed(history)]

    pass_on([(named, times, WHOLE_VOTE) for named, times in ballots], lambda value: value)
    while True:
        totals = [sum(times * value for _, times, value in held[option]) for option in range(count)]
        history.append(totals)
        by_total = sorted(standing - set(elected), key=lambda option: (-totals[option], ties[option]))
        reached = [option for option in by_total if totals[option] >= quota]
        elected += reached[: elect - len(elected)]
        to_transfer.update(option for option in reached if totals[option] > quota)
        if len(elected) == elect:
            return elected
        if len(standing) == elect:
            return elected + [option for option in by_total if option not in elected]
        if to_transfer:
            source = min(to_transfer, key=lambda option: (-totals[option], before(option, -1), ties[option]))
            to_transfer.remove(source)
            total = totals[source]
            value_of = lambda value, total=total: (total - quota) * value // total
        else:
            source = min(standing - set(elected), key=lambda option: (totals[option], before(option, 1), -ties[option]))
            standing.remove(source)
            value_of = lambda value: value
        piles, held[source] = held[source], []
        pass_on(piles, value_of)


def vote_outcome(*, options, quorum, eligible, cast, agree, totals, winners):
    """pass, fail or undecided. Whether a ballot was valid shows in the totals of `yes_no` and in the winners otherwise."""
    valid = winners if agree is None else sum(totals)
    if not valid or not reaches(quorum, cast, eligible):
        return "undecided"
    if agree is not None:
        yes, no = totals
        return "pass" if yes > no and reaches(agree, yes, yes + no) else "fail"
    return "fail" if winners == [options] else "pass"


# vote.md: ballot lists, pledges


def ballot_documents(ballots):
    """The index and the lists of opened ballots, as texts."""
    lists = [encode(ballots[at : at + LIST_BALLOTS_MAX]) for at in range(0, len(ballots), LIST_BALLOTS_MAX)]
    return "".join(sha256(text).hex() + "\n" for text in lists).encode(), lists


def read_index(index):
    """The names of the lists in a ballot index."""
    names = index.decode("utf-8", "replace").split("\n")
    need(names.pop() == "" and all(map(HASH, names)), "ballot_count", "not a ballot index")
    return names


def read_lists(lists):
    """The opened ballots of all lists, in order. Every list but the last one is full."""
    code, opened = "ballot_count", []
    for position, data in enumerate(lists):
        ballots = decode(data, code)
        need(type(ballots) is list and 0 < len(ballots) <= LIST_BALLOTS_MAX, code, "not a ballot list")
        need(len(ballots) == LIST_BALLOTS_MAX or position == len(lists) - 1, code, "a list before the last one is not full")
        for pair in ballots:
            good = type(pair) is list and len(pair) == 2 and type(pair[0]) is str and type(pair[1]) is str and nonce_valid(pair[1])
            need(good, code, "a ballot is a choice and a nonce")
        opened += ballots
    return opened


def tallied(draw, opened, cast):
    """Checks number and order of opened ballots, and returns how often each choice occurs."""
    need(len(opened) == cast, "ballot_count", f"{len(opened)} ballots opened, {cast} cast")
    last, choices = b"", {}
    for choice, nonce in opened:
        committed = commitment(draw, choice, nonce)
        need(committed > last, "ballot_order", "the ballots do not stand in the order of their commitments, each once")
        last = committed
        choices[choice] = choices.get(choice, 0) + 1
    return choices


def pledged(choices):
    """How many have pledged numbers that all hold: the largest s such that the s lowest numbers are at most s."""
    total, count = 0, 0
    for number, times in sorted((read_pledge(choice), times) for choice, times in choices.items()):
        # The numbers up to this one: with all of them the condition of each holds, if there are enough.
        total += times
        count = total if total >= number else count
    return count


def read_pledge(choice):
    need(DECIMAL(choice) and 1 <= int(choice) <= PLEDGE_NUMBER_MAX, "tally_wrong", f"not a number of people: {choice[:40]}")
    return int(choice)


# vote.md: who takes part


class Asked:
    """A stage that asks everybody, or a few drawn by lot, and the last thing that each of them has handed in. `draw` is
    the leaf hash of its `stage.entered`."""

    def __init__(self, draw, roll, until, settled_by=None):
        self.draw, self.roll, self.until, self.settled_by = draw, roll, until, settled_by
        self.eligible, self.seated, self.handed_in, self.woken = 0, None, {}, False

    def count_eligible(self, left, admitted):
        """`left` are the slots that are empty, `admitted` is a list of (slot, time) in journal order."""
        self.eligible = self.roll - sum(slot < self.roll for slot in left)
        for slot, since in reversed(admitted if self.settled_by is not None else ()):
            if since <= self.settled_by:
                break
            self.eligible -= slot < self.roll and slot not in left

    def seat(self, seated, until):
        self.seated, self.eligible, self.until = set(seated), len(seated), until

    def need_part(self, entry, code, since):
        """The actor may take part and is in time. `since` is when they were admitted, None for a founding member."""
        slot = entry["actor"]
        need(slot < self.roll, code, f"slot {slot} is not in the frozen roll")
        need(self.seated is None or slot in self.seated, code, f"slot {slot} was not drawn")
        need(self.settled_by is None or since is None or since <= self.settled_by, code, f"slot {slot} is too new")
        need(entry["at"] < self.until, code, "the time is over")

    def positions(self):
        """How many agree, stand aside and block."""
        said = list(self.handed_in.values())
        return [said.count(position) for position in ("agree", "aside", "block")]


def consensus_outcome(stage, eligible, agree, aside, block):
    spoken = agree + aside + block
    if block >= stage["blocks"]:
        return "fail"
    a, b = fraction(stage["asides"])
    if not agree or not reaches(fraction(stage["quorum"]), spoken, eligible) or aside * b > a * spoken:
        return "undecided"
    return "pass"


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
    return type(value) is list and 1 <= len(value) <= JURY_SEATS_MAX and all(map(is_ballots, value))


def is_ballots(value):
    return type(value) is list and len(value) <= JURY_SEATS_MAX and all(map(is_opened, value))


def is_counts(value):
    return type(value) is list and len(value) <= OPTIONS_MAX + 1 and all(map(is_number, value))


def is_opened(value):
    return (
        type(value) is list and len(value) == 2 and value[0] in ("yes", "no") and type(value[1]) is str and nonce_valid(value[1])
    )


IS = {  # a field's name says its kind everywhere, so that no event can give it another one
    **dict.fromkeys("charter profile chain version document exclusions previous cover sealed ballots".split(), text_that(HASH)),
    **dict.fromkeys("slot proposal step number roll members seats agree then quorum excluded slot_at round answer_ms window_ms new_ms "
                    "rest_ms until nth turnout yes no attempt lead cap eligible cast standing count action".split(), is_number),
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
    "kind": one_of("cosign", "jury", "recourse", "wait", "vote", "consensus", "objection", "pledge"),
    "position": one_of("agree", "aside", "block", "none"),
    "done": lambda value: type(value) is bool,
    "subject": lambda value: is_number(value) or (type(value) is str and HASH(value)),
    "totals": is_counts,
    "winners": lambda value: is_counts(value) and len(set(value)) == len(value),
    "outcome": one_of("pass", "fail", "undecided", "lapsed"),
    "ending": one_of("done", "declined", "undecided", "lapsed", "withdrawn"),
    "choice": one_of("revise", "appeal", "accept"),
    "verdict": one_of("approved", "declined", "undecided"),
    "nonce_from": one_of("browser", "words", "server"),
    "attested": one_of("server"),
    "days": lambda value: is_number(value) and value <= 90,
}  # fmt: skip
IN_EVENT = {  # fields that mean something else in each event
    ("document.erased", "reason"): one_of("author", "member_erased", "recalled"),
    ("draw.missed", "reason"): one_of("checkpoint_late"),
    ("seats.called", "reason"): one_of("silence", "aside", "left"),
    ("position.taken", "reason"): text_that(HASH),
    ("objection.raised", "reason"): text_that(HASH),
    ("vote.closed", "outcome"): one_of("pass", "fail", "undecided"),
}
EVENTS = {  # type -> who acts ("node" or "slot") and the fields of its own; `?` marks those that may be absent
    "group.founded": "node group origin key charter profile members beacon chain",
    "member.admitted": "node slot proposal",
    "member.left": "slot",
    "member.erased": "slot",
    "member.paused": "slot until",
    "member.resumed": "slot",
    "member.rested": "slot days",
    "member.removed": "node slot proposal",
    "document.erased": "node document reason",
    "proposal.opened": "slot proposal process version audience charter roll subject?",
    "version.posted": "slot proposal version audience subject?",
    "statement.made": "slot proposal document",
    "proposal.cosigned": "slot proposal step version",
    "cosign.withdrawn": "slot proposal step",
    "proposal.withdrawn": "slot proposal",
    "stage.entered": "node proposal step stage kind until",
    "stage.ended": "node proposal step outcome",
    "reminder.called": "node proposal step nth",
    "proposal.closed": "node proposal ending",
    "recourse.taken": "slot proposal step choice",
    "draw.called": "node proposal step attempt version roll seats agree then quorum excluded exclusions slot_at chain round "
    "answer_ms window_ms new_ms rest_ms lead? cap?",
    "draw.missed": "node proposal step attempt reason",
    "draw.made": "node proposal step attempt signature checkpoint seated until",
    "seats.called": "node proposal step seated released reason",
    "juror.aside": "slot proposal step",
    "ballot.cast": "slot proposal step cover nonce_from attested",
    "jury.grown": "node proposal step turnout sealed seated until",
    "jury.extended": "node proposal step released seated until",
    "jury.closed": "node proposal step rounds verdict yes no seats",
    "vote.cast": "slot proposal step cover nonce_from attested",
    "vote.closed": "node proposal step eligible cast ballots totals winners outcome",
    "position.taken": "slot proposal step version position reason?",
    "objection.raised": "slot proposal step reason",
    "objection.withdrawn": "slot proposal step",
    "pledge.made": "slot proposal step cover nonce_from attested",
    "pledge.withdrawn": "slot proposal step",
    "pledge.woken": "node proposal step standing ballots count",
    "deed.reported": "slot action done",
    "broadcast.ordered": "node proposal number previous version audience",
    "broadcast.recalled": "node proposal number",
    "decision.recorded": "node proposal number version winners",
    "charter.amended": "node proposal charter",
    "action.called": "node proposal number version",
}
COMMON = {"actor", "at", "salt", "seq", "type", "v"}


def shape_of(event, line):
    actor, *words = line.split()
    fields = {word.rstrip("?") for word in words}
    optional = {word.rstrip("?") for word in words if word.endswith("?")}
    checks = {field: IN_EVENT.get((event, field)) or IS[field] for field in fields}
    return actor == "node", COMMON | fields - optional, optional, checks


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
    by_node, fields, optional, checks = SHAPES[event]
    need(entry.keys() - optional == fields, code, f"fields missing or unknown: {sorted(entry.keys() - optional ^ fields)}")
    need(type(entry["v"]) is int and entry["v"] == 1, code, "v is not 1")
    need(is_number(entry["seq"]) and is_number(entry["at"]), code, "seq or at is not a number")
    need(type(entry["salt"]) is str and BYTES_32(entry["salt"]), code, "salt is not 32 bytes")
    need(entry["actor"] == "node" if by_node else is_number(entry["actor"]), code, "the wrong kind of actor")
    for field, check in checks.items():
        need((field in optional and field not in entry) or check(entry[field]), code, f"{field} is not what it should be")
    if event == "position.taken":
        reasons = {"block": (True,), "aside": (True, False)}.get(entry["position"], (False,))
        need(("reason" in entry) in reasons, code, f"a reason, or none, for {entry['position']}")
    if event == "draw.called":
        need(("lead" in entry) == ("cap" in entry), code, "lead without cap, or cap without lead")
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


DECIDED = ("pass", "fail", "undecided")
LEADS = {"cosign": ("pass", "lapsed"), "jury": DECIDED, "recourse": ("revise", "appeal", "lapsed"), "wait": ("pass",), "vote": DECIDED,
         "consensus": DECIDED, "objection": ("pass", "fail"), "pledge": ("pass", "lapsed")}  # fmt: skip
JUDGING = ("jury", "vote", "consensus")  # whose outcome says yes or no to the version
is_list = lambda value: type(value) is list
is_fraction = lambda value: fraction(value) is not None
is_flag = lambda value: type(value) is bool
WHO = one_of("everyone", "settled")
STAGE_KEYS = {  # kind -> the keys it must have, and those it may have
    "cosign": ({"needed": is_list, "days": integer(1, 365), "remind_days": is_list}, {}),
    "jury": ({"sizes": is_list, "answer_hours": integer(1, 720), "window_hours": integer(1, 2160), "remind_hours": is_list}, {"fresh": is_flag}),
    "recourse": ({"days": integer(1, 365)}, {}),
    "wait": ({"hours": integer(1, 8760)}, {}),
    "vote": ({"who": one_of("everyone", "settled", "drawn"), "method": one_of(*METHODS), "quorum": is_fraction},
             {"agree": lambda value: is_fraction(value) and reaches((1, 2), *fraction(value)), "max_score": integer(1, 10), "winners": integer(1, OPTIONS_MAX),
              "sizes": is_list, "fresh": is_flag}),
    "consensus": ({"who": WHO, "blocks": integer(1, 100), "asides": is_fraction, "quorum": is_fraction}, {"amendable": is_flag}),
    "objection": ({"who": WHO, "objections": integer(1, 1_000)}, {}),
    "pledge": ({"who": WHO, "at_least": integer(1, PLEDGE_NUMBER_MAX)}, {}),
}  # fmt: skip
LASTING = {"days": integer(1, 365), "hours": integer(1, 8760)}  # one of the two, in stages that ask everybody
METHOD_KEYS = {"yes_no": "agree", "score": "max_score", "stv": "winners"}
EFFECTS = {"broadcast": "broadcast.ordered", "admit": "member.admitted", "remove": "member.removed", "recall": "broadcast.recalled",
           "amend": "charter.amended", "action": "action.called", "record": "decision.recorded"}  # fmt: skip
EFFECTS_OF = {"message": ("broadcast", "record"), "admission": ("admit",), "removal": ("remove",), "recall": ("recall",), "amendment": ("amend",),
              "decision": ("record",), "action": ("action", "record")}  # fmt: skip
AMEND_WAIT_HOURS_MIN = 24


def read_charter(data):
    """The charter as data, or charter_mismatch."""
    code = "charter_mismatch"
    need(len(data) <= CHARTER_BYTES_MAX, code, "the charter is too long")
    try:
        charter = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Bad(code, f"not TOML: {error}") from None
    table(charter, "charter", {"charter": integer(1, 1), "name": lambda v: is_text(v) and 1 <= len(v) <= 80, "clock": is_table,
                               "limits": is_table, "duty": is_table, "process": is_table}, {"unguarded": is_flag})  # fmt: skip
    table(charter["clock"], "clock", {"every_minutes": integer(1, 10_080), "offset_minutes": integer(0, 10_079)})
    need(charter["clock"]["offset_minutes"] < charter["clock"]["every_minutes"], code, "clock.offset_minutes is too large")
    table(charter["limits"], "limits", {"open_proposals_per_member": integer(1, 100), "open_invitations_per_member": integer(1, 100),
                                        "new_days": integer(0, 365)})  # fmt: skip
    table(charter["duty"], "duty", {"rest_days": integer(0, 90)})
    need(1 <= len(charter["process"]) <= 20, code, "1 to 20 processes")
    for name, process in charter["process"].items():
        check_process(name, process)
        Flow(name, process).check(charter.get("unguarded", False))
    return charter


def need_amendable(charter):
    """What a charter must have that a group amends itself to: a way to change it again."""
    ways = (Flow(name, process) for name, process in charter["process"].items() if process["kind"] == "amendment")
    need(any("effect:amend" in flow.reach([flow.first]) for flow in ways), "charter_mismatch", "rules that nobody could change any more")


def is_table(value):
    return type(value) is dict


def check_process(name, process):
    code = "charter_mismatch"
    need(ID(name), code, f"process id {name}")
    audiences = lambda v: type(v) is list and v and len(set(map(str, v))) == len(v) and set(map(str, v)) <= {"members", "public"}
    table(process, name, {"title": is_text, "kind": one_of(*EFFECTS_OF), "audiences": audiences, "first": is_text, "stage": is_table})
    stages = process["stage"]
    need(1 <= len(stages) <= 20 and process["first"] in stages, code, f"{name}: 1 to 20 stages, and `first` is one of them")
    for stage_id, stage in stages.items():
        check_stage(f"{name}.{stage_id}", stage_id, stage, process)
    methods = methods_of(process)
    need("yes_no" not in methods or len(methods) == 1, code, f"{name} has votes with options and votes of yes or no")
    need(methods <= {"yes_no"} or process["kind"] == "decision", code, f"{name} has votes with options, but its texts have none")


def methods_of(process):
    return {stage["method"] for stage in process["stage"].values() if stage["kind"] == "vote"}


def check_stage(where, stage_id, stage, process):
    code = "charter_mismatch"
    need(ID(stage_id) and type(stage) is dict and str(stage.get("kind")) in STAGE_KEYS, code, f"{where} is no stage")
    kind = stage["kind"]
    leads = dict.fromkeys(LEADS[kind], lambda v: leads_somewhere(v, process))
    required, optional = STAGE_KEYS[kind]
    optional = optional | {key: leads.pop(key) for key in ("revise", "appeal") if key in leads}
    asks = kind in ("vote", "consensus", "objection", "pledge")
    if asks:
        required, optional = required | {"remind_hours": is_list}, optional | LASTING
    table(stage, where, {"kind": is_text, "title": is_text, **required, **leads}, optional)
    if asks:
        need(("days" in stage) != ("hours" in stage), code, f"{where} lasts days or hours, one of the two")
        need(ascending(stage["remind_hours"], lasting_ms(stage) // HOUR), code, f"{where}.remind_hours")
    if kind == "vote":
        check_vote(where, stage)
    if kind == "cosign":
        need(ascending(stage["remind_days"], stage["days"]), code, f"{where}.remind_days")
        check_sizes(where, stage["needed"], lambda at, rule: table(rule, at, {"count": integer(1, 1000)}, UP_TO))
    if kind == "jury":
        need(ascending(stage["remind_hours"], stage["answer_hours"]), code, f"{where}.remind_hours")
        need(stage["window_hours"] >= stage["answer_hours"], code, f"{where}.window_hours")
        check_sizes(where, stage["sizes"], check_jury_size)
    if kind == "recourse":
        need("revise" in stage or "appeal" in stage, code, f"{where} leads nowhere")


def lasting_ms(stage):
    return stage.get("days", 0) * DAY + stage.get("hours", 0) * HOUR


def check_vote(where, stage):
    """The keys that only some methods have, and those of a drawn assembly."""
    code = "charter_mismatch"
    for method, key in METHOD_KEYS.items():
        need((key in stage) == (stage["method"] == method), code, f"{where}.{key} belongs to {method}, and only there")
    drawn = stage["who"] == "drawn"
    need(("sizes" in stage) == drawn and (drawn or "fresh" not in stage), code, f"{where}: who are drawn?")
    if drawn:
        check_sizes(where, stage["sizes"], lambda at, rule: table(rule, at, {"seats": lambda v: integer(1, 500)(v) or is_seats_rule(v)}, UP_TO))


UP_TO = {"members_up_to": integer(1, INTEGER_MAX)}


def leads_somewhere(value, process):
    if type(value) is not str:
        return False
    if value.startswith("effect:"):
        return value.removeprefix("effect:") in EFFECTS_OF[process["kind"]]
    return value == "end" or value in process["stage"]


def check_sizes(where, rules, check_rule):
    code = "charter_mismatch"
    need(rules, code, f"{where} has no rule for any size")
    bounds = []
    for rule in rules:
        check_rule(where, rule)
        bounds.append(rule.get("members_up_to"))
    need(bounds[-1] is None and None not in bounds[:-1], code, f"{where}: only the last rule has no members_up_to")
    need(all(a < b for a, b in zip(bounds[:-1], bounds[1:-1])), code, f"{where}: bounds do not ascend")


def is_seats_rule(value, inside=False):
    """A share of the roll, a sample of it, or the largest of some."""
    if inside and integer(1, 500)(value):
        return True
    if type(value) is not dict or len(value) != 1:
        return False
    ((key, rule),) = value.items()
    if key == "largest":
        return not inside and type(rule) is list and 2 <= len(rule) <= 5 and all(is_seats_rule(one, True) for one in rule)
    if key == "sample":
        known = type(rule) is dict and rule.keys() == {"confidence", "margin"} and type(rule["confidence"]) is int
        return known and rule["confidence"] in Z_MILLIONTHS and integer(1, 20)(rule["margin"])
    return key == "share" and is_fraction(rule)


def check_jury_size(where, rule):
    code = "charter_mismatch"
    need(type(rule) is dict, code, f"{where}.sizes")
    if rule.get("seats") == "everyone":
        return table(rule, where, {"seats": is_text}, UP_TO)
    if type(rule.get("seats")) is dict:
        table(rule, where, {"seats": is_seats_rule, "agree": is_fraction, "quorum": is_fraction}, UP_TO)
        (a, b), (c, d) = fraction(rule["agree"]), fraction(rule["quorum"])
        return need(c * 4 > d and c * b * 2 >= a * d, code, f"{where}.quorum is more than a quarter and at least half of agree")
    part = lambda value: integer(1, 500)(value) or is_fraction(value)
    if "lead" in rule or "cap" in rule:
        table(rule, where, {"seats": integer(1, 499), "lead": integer(2, 100), "cap": integer(2, 500), "quorum": part, "then": integer(1, 499)}, UP_TO)
        need(rule["seats"] + rule["then"] <= rule["cap"], code, f"{where}.cap")
        return need(1 <= part_of(rule["quorum"], rule["seats"]) <= rule["seats"], code, f"{where}.quorum")
    table(rule, where, {"seats": integer(1, 500), "agree": part, "quorum": part}, UP_TO | {"then": integer(1, 499)})
    seats, then = rule["seats"], rule.get("then", 0)
    agree, quorum = needed_agree(rule["agree"], seats), part_of(rule["quorum"], seats)
    need(seats < agree * 2 <= seats * 2, code, f"{where}.agree is more than half of the seats")
    need(agree <= quorum * 2 and quorum <= seats, code, f"{where}.quorum")
    need(not then or (seats + then <= JURY_SEATS_MAX and (seats + then) % 2), code, f"{where}.then")


class Flow:
    """The arrows of one process. Every stage can be reached and can end, nothing loops for ever, and nothing that
    reaches everybody or changes what the group is happens without somebody who judged exactly this version."""

    def __init__(self, name, process):
        self.name, self.first, self.stages = name, process["first"], process["stage"]

    def arrows(self, stage_id, skip=lambda stage, key: False):
        stage = self.stages.get(stage_id, {"kind": "end"})
        return [stage[key] for key in LEADS.get(stage["kind"], ()) if key in stage and not skip(stage, key)]

    def reach(self, starts, skip=lambda stage, key: False):
        found, todo = set(), list(starts)
        while todo:
            place = todo.pop()
            if place not in found:
                found.add(place)
                todo.extend(self.arrows(place, skip))
        return found

    def check(self, unguarded):
        code, name, stages = "charter_mismatch", self.name, self.stages
        recourse_arrow = lambda stage, key: key in ("revise", "appeal")
        reachable = self.reach([self.first])
        need(set(stages) <= reachable, code, f"{name}: a stage cannot be reached")
        need(any(place.startswith("effect:") for place in reachable), code, f"{name}: can never pass")
        for stage_id in stages:
            need(not self.reach([stage_id]) <= set(stages), code, f"{name}.{stage_id}: no path leads to an end")
            need(stage_id not in self.reach(self.arrows(stage_id, recourse_arrow), recourse_arrow), code, f"{name}.{stage_id}: a loop without end")
        self.check_guards(unguarded)

    def check_guards(self, unguarded):
        code, name = "charter_mismatch", self.name
        guarded = lambda stage, key: key == "pass" and is_guard(stage)
        bare = self.reach(self.unjudged(), guarded)
        reaching = {"effect:broadcast", "effect:recall", "effect:action"}
        need(unguarded or not bare & reaching, code, f"{name}: something reaches everybody that nobody judged")
        need(not bare & {"effect:remove", "effect:amend"}, code, f"{name}: a removal or new rules that nobody judged")
        vouched = self.reach(self.unjudged(), lambda stage, key: guarded(stage, key) or (key == "pass" and stage["kind"] == "cosign"))
        need("effect:admit" not in vouched, code, f"{name}: an admission that nobody else wants")
        for stage_id, stage in self.stages.items():
            for key in LEADS[stage["kind"]]:
                waited = stage["kind"] == "wait" and stage["hours"] >= AMEND_WAIT_HOURS_MIN
                need(stage.get(key) != "effect:amend" or waited, code, f"{name}.{stage_id}: new rules without time to leave")

    def unjudged(self):
        """From where on a version stands before everybody without a yes: the beginning, where the text may change, and behind a no."""
        places_of = [self.first]
        for stage_id, stage in self.stages.items():
            if stage["kind"] == "cosign" or stage.get("amendable"):
                places_of.append(stage_id)
            if "revise" in stage:
                places_of.append(stage["revise"])
            if stage["kind"] in JUDGING:
                places_of += [stage["fail"], stage["undecided"]]
        return places_of


def is_guard(stage):
    return stage["kind"] in ("jury", "vote") or (stage["kind"] == "consensus" and fraction(stage["quorum"])[0] > 0)


def by_size(rules, roll):
    return next(rule for rule in rules if rule.get("members_up_to", INTEGER_MAX) >= roll)


def jury_size(rules, roll, eligible):
    """The fields of a call that follow from the charter's list of rules by size."""
    return seats_of(by_size(rules, roll), roll, eligible)


def seats_of(rule, roll, eligible):
    """Seats, agree, quorum and then by one rule, and lead and cap of a jury in steps. A rule of an assembly has seats alone."""
    if rule["seats"] == "everyone":
        seats = min(eligible, JURY_SEATS_MAX)
        return {"seats": seats, "agree": seats // 2 + 1, "quorum": seats // 2 + 1, "then": 0}
    seats = rule["seats"] if type(rule["seats"]) is int else min(max(wanted_seats(rule["seats"], roll), 1), JURY_SEATS_MAX, roll)
    size = {"seats": seats, "agree": needed_agree(rule.get("agree", 0), seats), "quorum": part_of(rule.get("quorum", 0), seats), "then": rule.get("then", 0)}
    return size | {field: rule[field] for field in ("lead", "cap") if field in rule}


def part_of(part, seats):
    """A number as it is, a fraction as that part of the seats, rounded up."""
    if type(part) is int:
        return part
    a, b = fraction(part)
    return -(-a * seats // b)


def needed_agree(part, seats):
    return part if type(part) is int else max(part_of(part, seats), seats // 2 + 1)


Z_MILLIONTHS = {90: 1_644_854, 95: 1_959_964, 99: 2_575_829}  # how many standard deviations a confidence takes


def wanted_seats(rule, roll):
    """Seats by rule, before they are cut to what is allowed."""
    if type(rule) is int:
        return rule
    if "share" in rule:
        return part_of(rule["share"], roll)
    if "largest" in rule:
        return max(wanted_seats(one, roll) for one in rule["largest"])
    sample = rule["sample"]
    a = Z_MILLIONTHS[sample["confidence"]] ** 2 * 2_500
    d = roll * sample["margin"] ** 2 * 10**12 + a
    return (2 * a * roll + d) // (2 * d)


# ---------------------------------------------------------------------------------------------------------------------
# events.md: the replay. It decides every entry again from the entries before it.

STRANGER = {  # what an entry is called that stands where the rules do not allow it
    "ballot.cast": "ballot_not_allowed",
    "vote.cast": "ballot_not_allowed",
    "pledge.made": "ballot_not_allowed",
    "proposal.cosigned": "cosign_not_allowed",
    "cosign.withdrawn": "cosign_not_allowed",
    "broadcast.ordered": "broadcast_unfounded",
}
FOLLOWS = {"stage.entered", "draw.called", "proposal.closed", *EFFECTS.values()}  # only right after another entry of the same batch
VERDICT_OUTCOME = {"approved": "pass", "declined": "fail", "undecided": "undecided"}
VERSION_FIELDS = {  # more fields of the version document, by kind of process
    "message": set(), "admission": {"candidate"}, "removal": {"member"}, "recall": {"broadcast", "erase"}, "amendment": {"charter"},
    "decision": {"options"}, "action": {"starts", "ends", "place", "wanted"},
}  # fmt: skip


class Proposal:
    """Where one proposal stands. It keeps the charter that was in force when it was opened."""

    def __init__(self, entry, process, charter):
        self.author, self.process, self.process_id, self.charter = entry["actor"], process, entry["process"], charter
        self.version, self.audience, self.roll, self.subject = entry["version"], entry["audience"], entry["roll"], entry.get("subject")
        self.versions, self.lots_called = {entry["version"]}, False  # every version that it had; whether a draw was ever called
        self.leads, self.step, self.stage, self.running, self.until = process["first"], -1, None, False, 0
        self.cosigners = set()  # of the current version
        self.jurors = set()  # everyone who was ever seated for this proposal
        self.pledgers = set()  # everyone whose pledge stands, or stood when its stage ended
        self.used, self.chosen, self.last_outcome, self.approved, self.winners = set(), None, None, None, []
        self.ending, self.closed, self.broken = None, False, False
        self.attempt, self.call, self.jury, self.verdict, self.asked = 0, None, None, None, None

    def enter(self, entry):
        self.step, self.stage, self.running, self.until = entry["step"], self.process["stage"][entry["stage"]], True, entry["until"]
        self.attempt, self.call, self.jury, self.verdict, self.asked, self.chosen = 0, None, None, None, None, None

    def ways(self):
        return [way for way in ("revise", "appeal") if way in self.stage and way not in self.used]

    def needed(self):
        return by_size(self.stage["needed"], self.roll)["count"]

    def ready(self):
        return len(self.cosigners) >= self.needed()

    def drawn(self):
        return self.stage["kind"] == "jury" or self.stage.get("who") == "drawn"

    def awaits_draw(self):
        return self.call is not None and self.jury is None and (self.asked is None or self.asked.seated is None)

    def removed(self):
        """The slot that this proposal would remove."""
        return self.subject if self.process["kind"] == "removal" else None

    def new_ms(self):
        return self.charter["limits"]["new_days"] * DAY


class Replay:
    def __init__(self, tree, documents, report):
        self.tree, self.documents, self.report = tree, documents, report
        self.group, self.charter, self.slots, self.due = None, None, 0, None
        self.charter_name, self.kept = None, set()  # `kept` are documents that are never erased
        self.left, self.erased, self.admitted, self.admitted_at = {}, set(), [], {}
        self.paused, self.served, self.rested = {}, {}, {}
        self.proposals, self.open, self.leaving, self.closing, self.last = [], set(), [], [], None
        self.broadcasts, self.last_broadcast, self.decisions, self.calls = 0, bytes(32), 0, 0
        self.versions_by_broadcast, self.recalled, self.recalling, self.actions = {}, set(), None, {}
        self.turned_down = {}  # (member, version) -> from when on this member may put this version forward again

    def run(self, entries):
        for entry in entries:
            try:
                self.apply(entry)
            except Bad as bad:
                self.report.bad(bad.code, entry["seq"], f"{entry['type']}: {bad.text}")
                self.due, self.leaving, self.closing = None, [], []
                if entry["seq"] == 0:
                    return self.report.note("replay", "-", "without a founding that holds nothing more is replayed")
                self.give_up_on(entry)
        if self.due is not None or self.leaving:
            self.report.bad("rule_broken", "-", "the journal ends inside a batch")

    def give_up_on(self, entry):
        """After one bad entry of a proposal its later ones say nothing more and are passed over."""
        if entry["type"] == "proposal.opened":
            self.proposals.append(Proposal(entry, {"first": None}, None))
            self.proposals[-1].broken = True
        if entry.get("proposal", len(self.proposals)) < len(self.proposals):
            self.proposals[entry["proposal"]].broken = True
            self.open.discard(entry["proposal"])

    def apply(self, entry):
        event, number = entry["type"], entry.get("proposal")
        need((event == "group.founded") == (entry["seq"] == 0), "rule_broken", "the first entry, and only it, founds the group")
        code = STRANGER.get(event, "rule_broken")
        if number is not None and number < len(self.proposals) and self.proposals[number].broken:
            return
        due, self.due = self.due, None
        self.recalling = due[0] if due is not None and event == "document.erased" else None
        if due is not None:
            need(number in (due[0], None) and event in due[1], code, f"{' or '.join(due[1])} must stand here")
        else:
            need(event not in FOLLOWS, code, "nothing before it leads here")
        actor, takes_along = entry["actor"], False
        if self.leaving and due is None:  # whoever leaves takes the own open proposals along, in the same batch
            takes_along = event == "proposal.withdrawn" and number == self.leaving[0]
            need(takes_along or event in ("document.erased", "seats.called"), code, f"proposal {self.leaving[0]} is to be withdrawn here")
            self.leaving = self.leaving[takes_along:]
        if actor != "node" and not takes_along:
            need(actor < self.slots and actor not in self.erased, code, f"slot {actor} is no member")
            need(actor not in self.left or event == "member.erased", code, f"slot {actor} has left")
        proposal = None
        if number is not None and event != "proposal.opened":
            need(number < len(self.proposals) and not self.proposals[number].closed, code, f"proposal {number} is not open")
            proposal = self.proposals[number]
            if event == "stage.entered":
                need(entry["step"] == proposal.step + 1, code, f"step {proposal.step + 1} comes next")
            elif "step" in entry:
                need(proposal.running and entry["step"] == proposal.step, code, f"step {entry['step']} is not running")
        handler = getattr(self, "on_" + event.replace(".", "_"))
        handler(entry) if proposal is None else handler(entry, proposal)
        self.last = entry

    def must_follow(self, entry, *events):
        self.due = (entry["proposal"], events)

    # The group and its members.

    def on_group_founded(self, entry):
        self.group, self.slots = entry, entry["members"]
        need(self.slots > 0, "rule_broken", "a group has members")
        self.put_in_force(entry["charter"], amended=False)
        if entry["beacon"] == "drand":
            need(entry["chain"] == QUICKNET, "beacon_invalid", "a drand chain that this verifier does not know")
        self.chain = LocalChain(bytes.fromhex(entry["chain"]))

    def put_in_force(self, name, amended):
        data = self.documents.get(name)
        need(data is not None, "charter_mismatch", "the charter's text is not in the bundle")
        charter = read_charter(data)
        if amended:
            need_amendable(charter)
        self.charter, self.charter_name = charter, name
        self.kept.add(name)

    def on_member_admitted(self, entry, proposal):
        need(proposal.leads == "effect:admit" and entry["slot"] == self.slots, "rule_broken", f"slot {self.slots} is the next one")
        self.slots += 1
        self.admitted.append((entry["slot"], entry["at"]))
        self.admitted_at[entry["slot"]] = entry["at"]
        self.done(entry, proposal)

    def on_member_left(self, entry):
        self.vacate(entry["actor"], entry)
        self.leaving = self.open_by(entry["actor"])

    def vacate(self, slot, entry):
        """The slot is empty for ever, and a seat on a jury that it held is free."""
        self.left.setdefault(slot, entry["seq"])
        for number in self.open:
            jury = self.proposals[number].jury
            if jury is not None and slot in jury.holders:
                jury.give_up(slot, entry["at"])

    def open_by(self, slot):
        return [number for number in sorted(self.open) if self.proposals[number].author == slot]

    def on_member_erased(self, entry):
        self.on_member_left(entry)
        self.erased.add(entry["actor"])

    def on_member_removed(self, entry, proposal):
        slot = entry["slot"]
        need(proposal.leads == "effect:remove" and slot == proposal.subject, "rule_broken", f"the proposal is about slot {proposal.subject}")
        self.vacate(slot, entry)
        self.closing = self.open_by(slot)
        for number in self.closing:
            taken = self.proposals[number]
            taken.running, taken.ending, taken.jury = False, "withdrawn", None
        proposal.ending = "done"
        self.closing.append(entry["proposal"])
        self.due = (self.closing.pop(0), ("proposal.closed",))

    def on_member_paused(self, entry):
        self.paused[entry["actor"]] = entry["until"]

    def on_member_resumed(self, entry):
        self.paused.pop(entry["actor"], None)

    def on_member_rested(self, entry):
        self.rested[entry["actor"]] = entry["days"]

    def on_document_erased(self, entry):
        need(entry["document"] not in self.kept, "rule_broken", "charters in force and opened ballots are not erased")
        need((entry["reason"] == "recalled") == (self.recalling is not None), "rule_broken", "no broadcast is being recalled here")
        if self.recalling is not None:
            proposal = self.proposals[self.recalling]
            need(entry["document"] == self.versions_by_broadcast[proposal.subject], "rule_broken", "another text than that of the recalled broadcast")
            asked = self.documents.get(proposal.version)
            need(asked is None or decode(asked)["erase"], "rule_broken", "the text was not to be erased")
            self.due = (self.recalling, ("broadcast.ordered",))

    # Proposals and stages.

    def on_proposal_opened(self, entry):
        number, process = entry["proposal"], self.charter["process"].get(entry["process"])
        need(number == len(self.proposals), "rule_broken", f"proposal {len(self.proposals)} is the next one")
        need(entry["charter"] == self.charter_name, "charter_mismatch", "not the charter in force")
        need(process is not None, "charter_mismatch", f"the charter has no process {entry['process']}")
        need(entry["roll"] == self.slots, "rule_broken", f"the roll is {self.slots}")
        limits, invites = self.charter["limits"], process["kind"] == "admission"
        mine = sum(self.proposals[n].author == entry["actor"] and (self.proposals[n].process["kind"] == "admission") == invites for n in self.open)
        most = limits["open_invitations_per_member" if invites else "open_proposals_per_member"]
        need(mine < most, "rule_broken", f"slot {entry['actor']} has {mine} open proposals of this kind")
        self.need_not_turned_down(entry)
        proposal = Proposal(entry, process, self.charter)
        self.check_subject(entry, proposal)
        self.check_version(entry, proposal)
        self.proposals.append(proposal)
        self.open.add(number)
        self.must_follow(entry, "stage.entered")

    def need_not_turned_down(self, entry):
        again = self.turned_down.get((entry["actor"], entry["version"]), 0)
        need(entry["at"] >= again, "rule_broken", f"slot {entry['actor']} may not put this version forward again before {again}")

    def check_subject(self, entry, proposal):
        """What the proposal is about must be something that its kind of process can do something about."""
        code, kind, subject = "rule_broken", proposal.process["kind"], entry.get("subject")
        wanted = {"removal": int, "recall": int, "decision": int, "amendment": str}.get(kind, type(None))
        need(type(subject) is wanted, code, f"another subject than a proposal of kind {kind} has")
        if kind == "removal":
            need(subject < self.slots and subject not in self.left and subject != proposal.author, code, f"slot {subject} cannot be removed")
        if kind == "recall":
            need(1 <= subject <= self.broadcasts and subject not in self.recalled, code, f"broadcast {subject} cannot be recalled")
        if kind == "decision":
            methods = methods_of(proposal.process)
            fits = 2 <= subject <= OPTIONS_MAX if methods - {"yes_no"} else subject == 0
            need(fits, code, f"{subject} options do not fit the votes of the process")
        if kind == "amendment" and self.documents.get(subject) is not None:
            need_amendable(read_charter(self.documents[subject]))

    def check_version(self, entry, proposal):
        process = proposal.process
        need(entry["audience"] in process["audiences"], "charter_mismatch", "the process does not know this audience")
        data = self.documents.get(entry["version"])
        if data is None:
            return
        code, document = "document_mismatch", decode(data, "document_mismatch")
        more = VERSION_FIELDS[process["kind"]]
        texts = {"audience", "body", "kind", "process", "title", "warning"}
        need(type(document) is dict and document.keys() == texts | more, code, "not a version document")
        need(all(is_text(document[field]) for field in texts), code, "not a version document")
        need(extras_fit(process["kind"], document, entry.get("subject")), code, "it is about something else than the entry says, or about nothing")
        same = (document["audience"], document["kind"], document["process"]) == (entry["audience"], process["kind"], proposal.process_id)
        need(same, code, "the version document says otherwise than the entry")

    def on_version_posted(self, entry, proposal):
        need(entry["actor"] == proposal.author, "rule_broken", "only the author posts a version")
        revising, stage = proposal.chosen == "revise", proposal.stage
        amending = stage["kind"] == "consensus" and stage.get("amendable", False) and entry["at"] < proposal.until
        need(revising or (proposal.running and (stage["kind"] == "cosign" or amending)), "rule_broken", "the text cannot change here")
        self.need_not_turned_down(entry)
        if proposal.process["kind"] in ("amendment", "decision"):
            self.check_subject(entry, proposal)
        else:
            need(entry.get("subject") == proposal.subject, "rule_broken", "a new version is about the same")
        self.check_version(entry, proposal)
        proposal.version, proposal.audience, proposal.subject = entry["version"], entry["audience"], entry.get("subject")
        proposal.versions.add(entry["version"])
        proposal.cosigners = set()
        if amending and not revising:
            proposal.asked.handed_in = {}
        if revising:
            self.must_follow(entry, "stage.entered")

    def on_statement_made(self, entry, proposal):
        need(entry["actor"] == proposal.removed() is not None, "rule_broken", "only the member whom the proposal would remove makes a statement")

    def on_proposal_cosigned(self, entry, proposal):
        code, actor = "cosign_not_allowed", entry["actor"]
        need(proposal.stage["kind"] == "cosign", code, "no co-signatures are asked for")
        need(entry["at"] < proposal.until, code, "the time is over")
        need(actor != proposal.author, code, "an author does not co-sign")
        need(actor < proposal.roll, code, f"slot {actor} is not in the frozen roll")
        need(entry["version"] == proposal.version, code, "not the current version")
        need(actor not in proposal.cosigners, code, f"slot {actor} has co-signed this version")
        admitted = self.admitted_at.get(actor)
        need(admitted is None or entry["at"] - admitted >= proposal.new_ms(), code, f"slot {actor} is too new")
        proposal.cosigners.add(actor)
        if proposal.ready():
            self.must_follow(entry, "stage.ended")

    def on_cosign_withdrawn(self, entry, proposal):
        there = entry["actor"] in proposal.cosigners and proposal.stage["kind"] == "cosign"
        need(there, "cosign_not_allowed", "there is no co-signature to take back")
        proposal.cosigners.discard(entry["actor"])

    def on_proposal_withdrawn(self, entry, proposal):
        need(entry["actor"] == proposal.author, "rule_broken", "only the author withdraws")
        proposal.running, proposal.ending, proposal.jury = False, "withdrawn", None
        self.must_follow(entry, "proposal.closed")

    def on_stage_entered(self, entry, proposal):
        need(entry["stage"] == proposal.leads, "outcome_wrong", f"{proposal.leads} comes next")
        proposal.enter(entry)
        stage, kind = proposal.stage, proposal.stage["kind"]
        until = 0 if proposal.drawn() else entry["at"] + lasting_ms(stage)
        need((entry["kind"], entry["until"]) == (kind, until), "charter_mismatch", "another kind or deadline than the charter's")
        if "who" in stage:
            settled_by = entry["at"] - proposal.new_ms() if stage["who"] == "settled" else None
            proposal.asked = Asked(self.leaf(entry), proposal.roll, until, settled_by)
            proposal.asked.count_eligible(self.left, self.admitted)
        if proposal.drawn():
            self.must_follow(entry, "draw.called")
        if (kind == "recourse" and not proposal.ways()) or (kind == "cosign" and proposal.ready()):
            self.must_follow(entry, "stage.ended")

    def on_stage_ended(self, entry, proposal):
        kind, outcome = proposal.stage["kind"], entry["outcome"]
        if kind == "cosign":
            count, needed = len(proposal.cosigners), proposal.needed()
            need(count >= needed or outcome != "pass", "cosign_short", f"{count} of {needed} co-signatures")
        expected = self.outcome_of(proposal, entry["at"])
        need(outcome == expected, "outcome_wrong", f"the stage ends {expected}" if expected else "the stage is not over")
        proposal.running, proposal.jury, proposal.asked = False, None, None
        if kind in JUDGING:
            proposal.approved = proposal.version if outcome == "pass" else None
        if kind in JUDGING or kind == "objection":
            proposal.last_outcome = outcome
        proposal.leads = proposal.stage[outcome]
        self.lead_on(entry, proposal)

    def outcome_of(self, proposal, at):
        """What the entries of the step lead to at this time, or None while it is not over."""
        stage, over, asked = proposal.stage, at >= proposal.until, proposal.asked
        match stage["kind"]:
            case "cosign":
                return "pass" if proposal.ready() else "lapsed" if over else None
            case "jury" | "vote":
                return VERDICT_OUTCOME.get(proposal.verdict, proposal.verdict)
            case "recourse":
                return "lapsed" if over or proposal.chosen == "accept" or not proposal.ways() else None
            case "consensus":
                return consensus_outcome(stage, asked.eligible, *asked.positions()) if over else None
            case "objection":
                return "fail" if len(asked.handed_in) >= stage["objections"] else "pass" if over else None
            case "pledge":
                return "pass" if asked.woken else "lapsed" if over else None
            case "wait":
                return "pass" if over else None

    def lead_on(self, entry, proposal):
        """What must follow the end of a stage."""
        leads, follows = proposal.leads, "stage.entered"
        if leads.startswith("effect:"):
            follows = EFFECTS[leads.removeprefix("effect:")]
        if leads == "end":
            proposal.ending, follows = {"fail": "declined", "undecided": "undecided"}.get(proposal.last_outcome, "lapsed"), "proposal.closed"
        elif leads == "effect:remove" and proposal.subject in self.left:
            proposal.ending, follows = "done", "proposal.closed"
        elif leads == "effect:recall" and proposal.subject in self.recalled:
            follows = "broadcast.ordered"
        self.must_follow(entry, follows)

    def on_reminder_called(self, entry, proposal):
        stage = proposal.stage
        # Seats of a jury that are called later are reminded later: there the charter's list says when, not how often.
        reminders = len(stage.get("remind_days", stage.get("remind_hours", ())))
        has = reminders > 0 if stage["kind"] == "jury" else entry["nth"] < reminders
        need(has, "rule_broken", "the charter has no such reminder")

    def on_proposal_closed(self, entry, proposal):
        need(entry["ending"] == proposal.ending, "outcome_wrong", f"the proposal ends {proposal.ending}")
        proposal.closed = True
        self.open.discard(entry["proposal"])
        if entry["ending"] == "declined" or (entry["ending"] == "withdrawn" and proposal.lots_called):
            again = entry["at"] + REOPEN_DAYS * DAY
            self.turned_down |= {(proposal.author, version): again for version in proposal.versions}
        if self.closing:  # a member was removed, with the own proposals
            self.due = (self.closing.pop(0), ("proposal.closed",))

    def on_recourse_taken(self, entry, proposal):
        choice = entry["choice"]
        need(entry["actor"] == proposal.author, "rule_broken", "only the author may")
        need(proposal.stage["kind"] == "recourse" and entry["at"] < proposal.until, "rule_broken", "there is no recourse now")
        need(choice == "accept" or choice in proposal.ways(), "rule_broken", f"{choice} is not open any more")
        proposal.chosen = choice
        proposal.used.add(choice)
        if choice == "accept":
            return self.must_follow(entry, "stage.ended")
        proposal.leads, proposal.running = proposal.stage[choice], False
        self.must_follow(entry, "version.posted" if choice == "revise" else "stage.entered")

    # Draws.

    def on_draw_called(self, entry, proposal):
        stage, group, at = proposal.stage, self.group, entry["at"]
        need(entry["attempt"] == proposal.attempt, "rule_broken", f"attempt {proposal.attempt} is the next one")
        charter, new_ms = proposal.charter, proposal.new_ms()
        rest_ms = charter["duty"]["rest_days"] * DAY
        everyone = by_size(stage["sizes"], proposal.roll)["seats"] == "everyone"
        earlier = proposal.jurors if stage.get("fresh") and not everyone else ()
        excluded = exclusions(proposal.roll, at, new_ms, rest_ms, proposal.author, proposal.cosigners, self.left, self.admitted,
                              self.paused, self.served, self.rested, earlier, proposal.removed())  # fmt: skip
        listed = sha256(exclusion_text(excluded).encode()).hex()
        need((entry["excluded"], entry["exclusions"]) == (len(excluded), listed), "draw_exclusions_wrong",
             f"the rules exclude {len(excluded)} slots: {' '.join(exclusion_text(excluded).split())[:200]}")  # fmt: skip
        expected = {"version": proposal.version, "roll": proposal.roll, "new_ms": new_ms, "rest_ms": rest_ms, "lead": None, "cap": None,
                    **call_times(stage), **jury_size(stage["sizes"], proposal.roll, proposal.roll - len(excluded))}  # fmt: skip
        for field, value in expected.items():
            need(entry.get(field) == value, "charter_mismatch", f"{field} is {value} by the charter, {entry.get(field)} in the entry")
        clock = charter["clock"]
        slot_at, local = next_slot(at, clock["every_minutes"], clock["offset_minutes"]), group["beacon"] == "local"
        self.calls += 1
        number = self.calls if local else round_after(slot_at + BEACON_DELAY)
        need((entry["slot_at"], entry["chain"], entry["round"]) == (slot_at, group["chain"], number), "draw_round_wrong",
             f"the draw belongs to round {number} after {slot_at}")  # fmt: skip
        need(not local or number <= LINKS_MAX, "draw_round_wrong", "the local chain is used up")
        proposal.call, proposal.lots_called = (entry, self.leaf(entry), excluded), True

    def leaf(self, entry):
        return self.tree.levels[0][entry["seq"]]

    def beacon_time(self, called):
        """From when on the randomness of a call can exist."""
        return called["slot_at"] + BEACON_DELAY if self.group["beacon"] == "local" else round_time(called["round"])

    def on_draw_missed(self, entry, proposal):
        need(proposal.awaits_draw(), "rule_broken", "no draw is waiting")
        called = proposal.call[0]
        need(entry["attempt"] == called["attempt"] and entry["at"] >= self.beacon_time(called), "rule_broken", "the draw is not missed yet")
        proposal.attempt, proposal.call = proposal.attempt + 1, None
        if proposal.attempt == ATTEMPTS_MAX:
            proposal.verdict = "undecided"
            self.must_follow(entry, "stage.ended")
        else:
            self.must_follow(entry, "draw.called")

    def on_draw_made(self, entry, proposal):
        need(proposal.awaits_draw(), "rule_broken", "no draw is waiting")
        called, draw, excluded = proposal.call
        need(entry["attempt"] == called["attempt"], "rule_broken", "another attempt")
        self.check_cover(entry, called)
        need(entry["at"] >= self.beacon_time(called), "beacon_invalid", "earlier than its randomness can exist")
        signature = unbase64url(entry["signature"])
        if self.group["beacon"] == "local":
            randomness = self.chain.check(called["round"], signature)
        else:
            randomness = check_drand(signature)
            self.report.note("beacon_unchecked", entry["seq"], "beacon signature not checked here")
        jury = Jury(called, draw, excluded, ballots_known=True)
        jury.start(randomness)
        jury.first_seats(entry, self.left)
        if proposal.asked is None:
            proposal.jury = jury
        else:
            proposal.asked.seat(entry["seated"], entry["until"])
        self.serve(entry, proposal)
        if not entry["seated"]:
            proposal.verdict = "undecided"
            self.must_follow(entry, "stage.ended")
        self.report.ok("draw", entry["seq"], f"proposal {entry['proposal']}: seats {entry['seated']} of {called['roll']} slots")

    def check_cover(self, entry, called):
        code = "draw_not_covered"
        try:
            size, root = check_note(entry["checkpoint"], self.group["origin"], unbase64url(self.group["key"]))
        except Bad as bad:
            raise Bad(code, bad.text) from None
        need(called["seq"] < size <= entry["seq"], code, f"a checkpoint of size {size} does not stand between call and draw")
        need(self.tree.root(size) == root, code, "the checkpoint is of another journal")

    def serve(self, entry, proposal):
        proposal.jurors.update(entry["seated"])
        self.served.update(dict.fromkeys(entry["seated"], entry["at"]))

    # Juries.

    def sitting(self, proposal, code="rule_broken"):
        need(proposal.jury is not None and proposal.verdict is None, code, "no jury is sitting")
        return proposal.jury

    def on_seats_called(self, entry, proposal):
        self.sitting(proposal).pass_on(entry, self.left)
        self.serve(entry, proposal)

    def on_juror_aside(self, entry, proposal):
        jury = self.sitting(proposal)
        need(entry["actor"] in jury.holders and entry["at"] < jury.until, "rule_broken", f"slot {entry['actor']} holds no seat now")
        jury.give_up(entry["actor"], entry["at"])
        if jury.peek(self.left) is not None:
            self.must_follow(entry, "seats.called")

    def on_ballot_cast(self, entry, proposal):
        jury, actor = self.sitting(proposal, "ballot_not_allowed"), entry["actor"]
        jury.need_passed_on(self.left)
        need(actor in jury.holders, "ballot_not_allowed", f"slot {actor} holds no seat in this round")
        need(entry["at"] < jury.until, "ballot_not_allowed", "the round is over")
        jury.ballots[actor] = entry["cover"]

    def on_jury_grown(self, entry, proposal):
        self.sitting(proposal).grow(entry, self.left)
        self.serve(entry, proposal)

    def on_jury_extended(self, entry, proposal):
        self.sitting(proposal).extend(entry, self.left)
        self.serve(entry, proposal)

    def on_jury_closed(self, entry, proposal):
        self.sitting(proposal).close(entry, self.left)
        proposal.verdict = entry["verdict"]
        self.must_follow(entry, "stage.ended")
        self.report.ok("verdict", entry["seq"], f"proposal {entry['proposal']}: {entry['verdict']}, {entry['yes']} yes, "
                       f"{entry['no']} no, {entry['seats']} seats")  # fmt: skip

    # Asking everybody.

    def asked(self, entry, proposal, kind, code="rule_broken"):
        """The stage of this kind, in which the actor of the entry may take part now."""
        need(proposal.asked is not None and proposal.stage["kind"] == kind, code, f"this is no stage of kind {kind}")
        proposal.asked.need_part(entry, code, self.admitted_at.get(entry["actor"]))
        return proposal.asked

    def on_vote_cast(self, entry, proposal):
        self.asked(entry, proposal, "vote", "ballot_not_allowed").handed_in[entry["actor"]] = entry["cover"]

    def on_vote_closed(self, entry, proposal):
        asked, stage = proposal.asked, proposal.stage
        due = stage["kind"] == "vote" and proposal.verdict is None and not (stage["who"] == "drawn" and asked.seated is None)
        need(due and entry["at"] >= asked.until, "rule_broken", "no vote is over here")
        found = (asked.eligible, len(asked.handed_in))
        need((entry["eligible"], entry["cast"]) == found, "ballot_count", f"{found[0]} may vote, {found[1]} have")
        options, method = proposal.subject if proposal.process["kind"] == "decision" else 0, stage["method"]
        choices = self.opened(entry, asked.draw, entry["cast"])
        if choices is not None:
            totals, winners, _ = count_votes(method, options, asked.draw, choices, stage.get("max_score"), stage.get("winners"))
            need((entry["totals"], entry["winners"]) == (totals, winners), "tally_wrong", f"the count gives {totals} and {winners}")
        listed = {"yes_no": 2, "approval": options + 1, "score": options + 1}.get(method, 0)
        most = {"yes_no": 0, "stv": stage.get("winners")}.get(method, 1)
        possible = len(entry["winners"]) <= most and all(option < places(method, options) for option in entry["winners"])
        need(len(entry["totals"]) == listed and possible, "tally_wrong", "totals or winners of another method")
        agree = fraction(stage["agree"]) if "agree" in stage else None
        outcome = vote_outcome(options=options, quorum=fraction(stage["quorum"]), eligible=entry["eligible"], cast=entry["cast"], agree=agree,
                               totals=entry["totals"], winners=entry["winners"])  # fmt: skip
        need(entry["outcome"] == outcome, "verdict_wrong", f"the rules say {outcome}, the entry says {entry['outcome']}")
        proposal.verdict, proposal.winners = outcome, entry["winners"]
        self.must_follow(entry, "stage.ended")
        self.report.ok("vote", entry["seq"], f"proposal {entry['proposal']}: {outcome}, {entry['cast']} of {entry['eligible']} voted, winners {winners_text(entry)}")

    def opened(self, entry, draw, cast):
        """How often each choice was handed in, from the ballot lists that the entry names; None where they are not there."""
        self.kept.add(entry["ballots"])
        index = self.documents.get(entry["ballots"])
        names = read_index(index) if index is not None else []
        self.kept.update(names)
        lists = [self.documents.get(name) for name in names]
        if index is None or None in lists:
            self.report.note("document_missing", entry["seq"], f"the count could not be repeated: ballots {entry['ballots']}")
            return None
        return tallied(draw, read_lists(lists), cast)

    def on_position_taken(self, entry, proposal):
        asked = self.asked(entry, proposal, "consensus")
        need(entry["version"] == proposal.version, "rule_broken", "not the current version")
        asked.handed_in[entry["actor"]] = entry["position"]

    def on_objection_raised(self, entry, proposal):
        asked = self.asked(entry, proposal, "objection")
        asked.handed_in[entry["actor"]] = entry["reason"]
        if len(asked.handed_in) >= proposal.stage["objections"]:
            self.must_follow(entry, "stage.ended")

    def on_objection_withdrawn(self, entry, proposal):
        asked = self.asked(entry, proposal, "objection")
        need(asked.handed_in.pop(entry["actor"], None) is not None, "rule_broken", "there is no objection to take back")

    def on_pledge_made(self, entry, proposal):
        self.asked(entry, proposal, "pledge", "ballot_not_allowed").handed_in[entry["actor"]] = entry["cover"]
        proposal.pledgers.add(entry["actor"])

    def on_pledge_withdrawn(self, entry, proposal):
        asked = self.asked(entry, proposal, "pledge")
        need(asked.handed_in.pop(entry["actor"], None) is not None, "rule_broken", "there is no pledge to take back")
        proposal.pledgers.discard(entry["actor"])

    def on_pledge_woken(self, entry, proposal):
        follows = self.last["type"] in ("pledge.made", "pledge.withdrawn") and self.last["proposal"] == entry["proposal"]
        asked, at_least = proposal.asked, proposal.stage.get("at_least")
        in_time = follows and self.last["seq"] + 1 == entry["seq"] and entry["at"] < asked.until
        need(in_time, "rule_broken", "a pledge wakes by the last one that it needed, in time")
        need(entry["standing"] == len(asked.handed_in), "ballot_count", f"{len(asked.handed_in)} pledges stand")
        choices = self.opened(entry, asked.draw, entry["standing"])
        found = entry["count"] if choices is None else pledged(choices)
        enough = at_least <= entry["count"] == found <= entry["standing"]
        need(enough, "tally_wrong", f"the largest set has {found} of {entry['standing']}, {at_least} are needed")
        asked.woken = True
        self.must_follow(entry, "stage.ended")
        self.report.ok("pledge", entry["seq"], f"proposal {entry['proposal']}: {entry['count']} will, {entry['standing']} have pledged")

    def on_deed_reported(self, entry):
        need(entry["action"] in self.actions, "rule_broken", f"there is no action {entry['action']}")
        number, called_at = self.actions[entry["action"]]
        proposal = self.proposals[number]
        pledging = any(stage["kind"] == "pledge" for stage in proposal.process["stage"].values())
        asked = entry["actor"] in proposal.pledgers if pledging else entry["actor"] < proposal.roll
        need(asked and entry["at"] <= called_at + DEED_DAYS_MAX * DAY, "rule_broken", "who did not pledge is not asked, and nobody for ever")

    # Effects.

    def done(self, entry, proposal):
        proposal.ending = "done"
        self.must_follow(entry, "proposal.closed")

    def need_effect(self, entry, proposal, effect, number):
        said = entry["number"] == number and entry.get("version", proposal.version) == proposal.version
        need(said and proposal.leads == "effect:" + effect, "rule_broken", f"the proposal does not lead to this {effect}")

    def on_broadcast_ordered(self, entry, proposal):
        leads = proposal.leads in ("effect:broadcast", "effect:recall")
        approved = leads and (proposal.approved == proposal.version or proposal.charter.get("unguarded", False))
        said = (entry["version"], entry["audience"]) == (proposal.version, proposal.audience)
        need(approved and said, "broadcast_unfounded", "nobody approved this version for this audience")
        follows = (entry["number"], entry["previous"]) == (self.broadcasts + 1, self.last_broadcast.hex())
        need(follows, "broadcast_number", f"number {self.broadcasts + 1} after {self.last_broadcast.hex()} comes next")
        self.broadcasts, self.last_broadcast = entry["number"], self.leaf(entry)
        self.versions_by_broadcast[entry["number"]] = entry["version"]
        self.report.ok("broadcast", entry["seq"], f"number {entry['number']}, version {entry['version']}")
        self.done(entry, proposal)

    def on_broadcast_recalled(self, entry, proposal):
        self.need_effect(entry, proposal, "recall", proposal.subject)
        self.recalled.add(entry["number"])
        self.must_follow(entry, "broadcast.ordered", "document.erased")

    def on_decision_recorded(self, entry, proposal):
        self.need_effect(entry, proposal, "record", self.decisions + 1)
        need(entry["winners"] == proposal.winners, "rule_broken", f"the winners are {proposal.winners}")
        self.decisions += 1
        self.done(entry, proposal)

    def on_charter_amended(self, entry, proposal):
        led = proposal.leads == "effect:amend" and entry["charter"] == proposal.subject
        need(led, "rule_broken", "another charter than the one that was decided")
        self.put_in_force(entry["charter"], amended=True)
        self.report.ok("charter", entry["seq"], f"in force from here on: {entry['charter']}")
        self.done(entry, proposal)

    def on_action_called(self, entry, proposal):
        self.need_effect(entry, proposal, "action", len(self.actions) + 1)
        self.actions[entry["number"]] = (entry["proposal"], entry["at"])
        self.done(entry, proposal)


def winners_text(entry):
    return " ".join(map(str, entry["winners"])) or "none"


def call_times(stage):
    """Those fields of a call that say how long things last. An assembly has no summons: silence is counted by its quorum."""
    if stage["kind"] == "vote":
        return {"answer_ms": 0, "window_ms": lasting_ms(stage)}
    return {"answer_ms": stage["answer_hours"] * HOUR, "window_ms": stage["window_hours"] * HOUR}


def extras_fit(kind, document, subject):
    """The fields that only versions of this kind have, and the one of them that the entry names."""
    match kind:
        case "admission":
            return is_text(document["candidate"]) and GROUP(document["candidate"])
        case "removal":
            return is_number(document["member"]) and document["member"] == subject
        case "recall":
            return is_number(document["broadcast"]) and document["broadcast"] == subject and type(document["erase"]) is bool
        case "amendment":
            return document["charter"] == subject
        case "decision":
            options = document["options"]
            texts = type(options) is list and all(is_text(option) and 1 <= len(option) <= 200 for option in options)
            return texts and len(set(options)) == len(options) == subject
        case "action":
            times = is_number(document["starts"]) and is_number(document["ends"]) and document["starts"] < document["ends"]
            place = is_text(document["place"]) and len(document["place"]) <= 200
            return times and place and integer(1, 10_000_000)(document["wanted"])
    return True


def check_drand(signature):
    need(len(signature) == 48, "beacon_invalid", "a quicknet signature has 48 bytes")
    return sha256(signature)


# ---------------------------------------------------------------------------------------------------------------------
# certificate.md

CERTIFICATE_FIELDS = {"beacon", "checkpoint", "entries", "exclusions", "group", "key", "number", "origin", "proposal", "v", "version"}
OUTCOMES = {kind: [outcome for outcome in leads if outcome not in ("revise", "appeal")] for kind, leads in LEADS.items()}
LEAVINGS = ("member.left", "member.erased", "member.removed")
NOT_CARRIED = {  # of its proposal
    "ballot.cast", "juror.aside", "vote.cast", "pledge.made", "pledge.withdrawn", "objection.raised", "objection.withdrawn", "statement.made",
    "reminder.called", "proposal.closed", "proposal.withdrawn", "member.admitted", "decision.recorded", "action.called",
}  # fmt: skip


def check_certificate(data, key=None, version=None):
    """Checks one certificate offline and returns it with its entries read. `key` and `version` are what the reader expects."""
    code = "certificate_invalid"
    need(len(data) <= CERTIFICATE_BYTES_MAX, code, "too long")
    certificate = decode(data, code)
    check_certificate_shape(certificate)
    key_bytes = unbase64url(certificate["key"])
    need(key is None or key == key_bytes, "key_mismatch", "signed with another key than the one expected")
    size, root = check_note(certificate["checkpoint"], certificate["origin"], key_bytes)
    entries, before = [], -1
    for item in certificate["entries"]:
        text, index, proof = item["entry"].encode(), item["index"], [unbase64(step) for step in item["proof"]]
        need(before < index and None not in proof, code, "entries out of order, or a proof that is not base64")
        before = index
        try:
            check_inclusion(leaf_hash(text), index, size, proof, root)
        except Bad as bad:
            raise Bad(code, f"entry {index}: {bad.text}") from None
        entries.append(read_entry(text))
        need(entries[-1]["seq"] == index, code, f"entry {index} carries another seq")
        need(len(entries) == 1 or entries[-2]["at"] <= entries[-1]["at"], "time_went_back", f"entry {index} is older than the one before")
    founded = entries[0]
    need(founded["type"] == "group.founded" and founded["seq"] == 0, code, "does not begin with the founding of the group")
    for field in ("key", "group", "origin"):
        need(founded[field] == certificate[field], "key_mismatch", f"{field} is not that of the founding")
    need(founded["beacon"] == certificate["beacon"], code, "names another beacon than the founding")
    replay = CertificateReplay(certificate, founded)
    for item, entry in zip(certificate["entries"][1:], entries[1:]):
        replay.apply(entry, leaf_hash(item["entry"].encode()))
    replay.finish(version)
    return certificate, entries, (size, root)


def check_certificate_shape(certificate):
    code = "certificate_invalid"
    need(type(certificate) is dict and certificate.keys() == CERTIFICATE_FIELDS, code, "fields missing or unknown")
    for field in ("beacon", "group", "key", "number", "origin", "proposal", "version", "checkpoint"):
        need(IS[field](certificate[field]), code, f"{field} is not what it should be")
    need(certificate["v"] == 1 and type(certificate["v"]) is int, code, "v is not 1")
    entries, lists = certificate["entries"], certificate["exclusions"]
    need(type(entries) is list and entries and type(lists) is dict and all(map(is_text, lists.values())), code, "no entries or no lists")
    for item in entries:
        need(type(item) is dict and item.keys() == {"entry", "index", "proof"}, code, "an entry without index or proof")
        need(is_text(item["entry"]) and is_number(item["index"]) and type(item["proof"]) is list, code, "an entry without index or proof")
        need(len(item["proof"]) <= 63 and all(is_text(step) and len(unbase64(step) or b"") == 32 for step in item["proof"]), code, "a proof")


class CertificateReplay:
    """What a certificate can prove alone: the right jury, drawn as it must be, opened ballots, a verdict; that a vote was
    closed or a consensus found with this outcome; a broadcast."""

    def __init__(self, certificate, founded):
        self.certificate, self.founded = certificate, founded
        self.version = self.audience = self.author = self.approved = self.jury = self.call = self.verdict = self.last = self.subject = None
        self.charter, self.until, self.assembly, self.positions = founded["charter"], 0, None, {}
        self.cosigners, self.left, self.used_lists = set(), {}, set()
        self.step, self.attempt, self.running, self.chain = -1, 0, None, LocalChain(bytes.fromhex(founded["chain"]))

    def apply(self, entry, leaf):
        event, code = entry["type"], "certificate_invalid"
        need(event not in NOT_CARRIED and event != "group.founded", code, f"{event} does not belong into a certificate")
        need(self.last is None or self.last["type"] != "broadcast.ordered", code, "nothing follows the broadcast")
        if event in LEAVINGS:
            need(self.version is not None, code, f"{event} before the proposal was opened")
            self.left.setdefault(entry["slot"] if event == "member.removed" else entry["actor"], entry["seq"])
            return
        if event == "charter.amended":
            need(self.version is None and self.charter == self.founded["charter"], code, "more than the charter in force")
            self.charter = entry["charter"]
            return
        need(entry.get("proposal") == self.certificate["proposal"], "certificate_other_message", f"{event} of another proposal")
        need((event == "proposal.opened") == (self.version is None), code, "the proposal is opened once, first of all")
        if "step" in entry and event != "stage.entered":
            need(self.running and entry["step"] == self.step, code, f"step {entry['step']} is not running")
        getattr(self, "on_" + event.replace(".", "_"))(entry, leaf)
        self.last = entry

    def on_proposal_opened(self, entry, _leaf):
        need(entry["charter"] == self.charter, "charter_mismatch", "not the charter of the group")
        self.version, self.audience, self.author, self.roll = entry["version"], entry["audience"], entry["actor"], entry["roll"]
        self.subject = entry.get("subject")

    def on_version_posted(self, entry, _leaf):
        need(entry["actor"] == self.author, "rule_broken", "only the author posts a version")
        self.version, self.audience, self.cosigners, self.positions = entry["version"], entry["audience"], set(), {}

    def on_proposal_cosigned(self, entry, _leaf):
        allowed = entry["actor"] != self.author and entry["actor"] < self.roll and entry["version"] == self.version
        need(allowed and entry["actor"] not in self.cosigners, "cosign_not_allowed", "this co-signature is not allowed")
        self.cosigners.add(entry["actor"])

    def on_cosign_withdrawn(self, entry, _leaf):
        self.cosigners.discard(entry["actor"])

    def on_recourse_taken(self, entry, _leaf):
        need(entry["actor"] == self.author, "rule_broken", "only the author may")
        self.running = None if entry["choice"] != "accept" else self.running

    def on_stage_entered(self, entry, _leaf):
        need(entry["step"] == self.step + 1 and not self.running, "certificate_invalid", f"step {self.step + 1} comes next")
        self.step, self.running, self.attempt, self.call, self.jury, self.verdict = entry["step"], entry["kind"], 0, None, None, None
        self.until, self.assembly, self.positions = entry["until"], None, {}
        self.drawn = entry["kind"] == "jury" or (entry["kind"] == "vote" and entry["until"] == 0)

    def on_stage_ended(self, entry, _leaf):
        kind, outcome, verdict = self.running, entry["outcome"], VERDICT_OUTCOME.get(self.verdict, self.verdict)
        need(outcome in OUTCOMES[kind], "outcome_wrong", f"a stage of kind {kind} does not end so")
        need(kind not in ("jury", "vote") or outcome == verdict, "outcome_wrong", "the stage did not end as its jury or its vote said")
        need(outcome != "pass" or kind != "consensus" or "agree" in self.positions.values(), "outcome_wrong", "nobody agrees")
        need(outcome != "pass" or kind != "pledge" or verdict == "woken", "outcome_wrong", "the pledge did not wake")
        if kind in JUDGING:
            self.approved = self.version if outcome == "pass" else None
        self.running = None

    def on_vote_closed(self, entry, _leaf):
        open_vote = self.running == "vote" and self.verdict is None and not (self.drawn and self.assembly is None)
        need(open_vote and entry["at"] >= self.until, "rule_broken", "no vote is over here")
        seated = len(self.assembly) if self.drawn else entry["eligible"]
        need(entry["cast"] <= entry["eligible"] == seated, "ballot_count", "more have voted than may")
        totals = entry["totals"]
        won = entry["winners"] or (len(totals) == 2 and totals[0] > totals[1])
        need(entry["outcome"] != "pass" or (entry["cast"] and won), "verdict_wrong", "what passed has no majority")
        self.verdict = entry["outcome"]

    def on_position_taken(self, entry, _leaf):
        allowed = self.running == "consensus" and entry["at"] < self.until and entry["version"] == self.version and entry["actor"] < self.roll
        need(allowed, "rule_broken", "no position can be taken here")
        self.positions[entry["actor"]] = entry["position"]

    def on_pledge_woken(self, _entry, _leaf):
        need(self.running == "pledge", "rule_broken", "no pledge can wake here")
        self.verdict = "woken"

    def on_draw_called(self, entry, leaf):
        need(self.running and self.drawn and self.call is None, "rule_broken", "no draw can be called here")
        need(entry["attempt"] == self.attempt and entry["version"] == self.version and entry["roll"] == self.roll, "rule_broken",
             "another attempt, version or roll")  # fmt: skip
        need(entry["chain"] == self.founded["chain"], "draw_round_wrong", "another chain than the group's")
        if self.founded["beacon"] == "drand":
            need(entry["chain"] == QUICKNET, "beacon_invalid", "a drand chain that this verifier does not know")
            need(entry["round"] == round_after(entry["slot_at"] + BEACON_DELAY), "draw_round_wrong", "another round than the slot's")
        self.call = (entry, leaf)

    def on_draw_missed(self, entry, _leaf):
        waiting = self.call is not None and self.jury is None and self.assembly is None
        need(waiting and entry["attempt"] == self.attempt, "rule_broken", "no draw is waiting")
        self.attempt, self.call = self.attempt + 1, None
        self.verdict = "undecided" if self.attempt == ATTEMPTS_MAX else None

    def on_draw_made(self, entry, _leaf):
        waiting = self.call is not None and self.jury is None and self.assembly is None
        need(waiting and entry["attempt"] == self.attempt, "rule_broken", "no draw is waiting")
        called, leaf = self.call
        try:
            size, _ = check_note(entry["checkpoint"], self.founded["origin"], unbase64url(self.founded["key"]))
        except Bad as bad:
            raise Bad("draw_not_covered", bad.text) from None
        need(called["seq"] < size <= entry["seq"], "draw_not_covered", "the checkpoint does not stand between call and draw")
        signature, local = unbase64url(entry["signature"]), self.founded["beacon"] == "local"
        ready = called["slot_at"] + BEACON_DELAY if local else round_time(called["round"])
        need(entry["at"] >= ready, "beacon_invalid", "earlier than its randomness can exist")
        randomness = self.chain.check(called["round"], signature) if local else check_drand(signature)
        jury = Jury(called, leaf, self.excluded(called), ballots_known=False)
        jury.start(randomness)
        jury.first_seats(entry, self.left)
        self.verdict = None if entry["seated"] else "undecided"
        if self.running == "vote":
            self.assembly, self.until = entry["seated"], entry["until"]
        else:
            self.jury = jury

    def excluded(self, called):
        """The exclusion list that the certificate carries for this step, checked as far as the certificate reaches."""
        code, step = "draw_exclusions_wrong", str(called["step"])
        text = self.certificate["exclusions"].get(step)
        need(text is not None and sha256(text.encode()).hex() == called["exclusions"], code, "not the list that the call names")
        self.used_lists.add(step)
        reasons = {}
        for line in text.splitlines():
            match = re.fullmatch(r"(0|[1-9][0-9]{0,15}) (left|author|cosigner|subject|too_new|paused|served)", line)
            need(match and int(match[1]) < called["roll"], code, f"a line that says nothing: {line[:40]}")
            reasons[int(match[1])] = match[2]
        reasons = dict(sorted(reasons.items()))
        need(exclusion_text(reasons) == text and len(reasons) == called["excluded"], code, "the list is out of order or of another length")
        need(reasons.get(self.author) in ("left", "author"), code, "the author is not on it")
        need(all(reasons.get(slot) in ("left", "cosigner") for slot in self.cosigners), code, "a co-signer is not on it")
        named = {slot for slot, reason in reasons.items() if reason == "cosigner"}
        need(named <= self.cosigners, code, "it names a co-signer whose co-signature is missing")
        return reasons

    def sitting(self):
        need(self.jury is not None and self.verdict is None, "rule_broken", "no jury is sitting")
        return self.jury

    def on_seats_called(self, entry, _leaf):
        self.sitting().pass_on(entry, self.left)

    def on_jury_grown(self, entry, _leaf):
        self.sitting().grow(entry, self.left)

    def on_jury_extended(self, entry, _leaf):
        self.sitting().extend(entry, self.left)

    def on_jury_closed(self, entry, _leaf):
        self.sitting().close(entry, self.left)
        self.verdict = entry["verdict"]

    def on_broadcast_ordered(self, entry, _leaf):
        behind = entry["seq"] - self.last["seq"]
        ended = self.last["type"] == "stage.ended" and self.last["outcome"] == "pass" and behind == 1
        recalled = self.last["type"] == "broadcast.recalled" and behind in (1, 2)
        approved = self.approved == self.version == entry["version"] and self.audience == entry["audience"]
        need((ended or recalled) and approved, "broadcast_unfounded", "nobody approved this version for this audience")

    def on_broadcast_recalled(self, entry, _leaf):
        need(entry["number"] == self.subject, "rule_broken", "another broadcast is recalled than the proposal is about")
        follows = self.last["type"] == "stage.ended" and entry["seq"] == self.last["seq"] + 1
        need(follows, "broadcast_unfounded", "nothing leads to this recall")

    def finish(self, version):
        last, certificate = self.last, self.certificate
        need(last is not None and last["type"] == "broadcast.ordered", "certificate_invalid", "does not end with a broadcast")
        need(self.used_lists == set(certificate["exclusions"]), "certificate_invalid", "a list for a step that had no draw")
        same = (last["version"], last["number"]) == (certificate["version"], certificate["number"])
        need(same, "certificate_other_message", "the broadcast in it is another one than it names")
        need(version in (None, certificate["version"]), "certificate_other_message", "it belongs to another message")


# ---------------------------------------------------------------------------------------------------------------------
# bundle.md

SECTIONS = ["bundle", "entry", "document", "checkpoint", "certificate", "end"]
LINE_FIELDS = {
    "bundle": {"kind", "v", "group", "origin", "key", "size", "checkpoint"},
    "entry": {"kind", "seq", "text"},
    "document": {"kind", "hash", "text"},
    "checkpoint": {"kind", "text"},
    "certificate": {"kind", "text"},
    "end": {"kind", "lines"},
}


class Report:
    """The findings, printed as they come unless `quiet`."""

    def __init__(self, quiet=False):
        self.quiet, self.first_bad = quiet, None

    def say(self, word, code, seq, text):
        if not self.quiet:
            print(word, code, seq, text)

    def ok(self, code, seq, text):
        self.say("ok", code, seq, text)

    def note(self, code, seq, text):
        self.say("note", code, seq, text)

    def bad(self, code, seq, text):
        self.first_bad = self.first_bad or code
        self.say("bad", code, seq, text)

    def try_to(self, seq, check, *arguments):
        """Runs a check and reports what it refuses."""
        try:
            return check(*arguments)
        except Bad as bad:
            self.bad(bad.code, seq, bad.text)


def read_bundle(data):
    """The lines of a bundle by kind. Raises bundle_malformed or bundle_truncated: then there is nothing to check."""
    code = "bundle_malformed"
    parts = {kind: [] for kind in SECTIONS}
    lines = data.split(b"\n")
    need(lines.pop() == b"" and lines, "bundle_truncated", "the last line is not whole")
    del data
    section, count = 0, len(lines)
    lines.reverse()
    for number in range(1, count + 1):  # a long journal is not held in memory twice
        line = lines.pop()
        need(len(line) <= LINE_BYTES_MAX, code, f"line {number} is too long")
        value = decode(line, code)
        need(type(value) is dict and value.get("kind") in SECTIONS, code, f"line {number} has no kind")
        kind, fields = value["kind"], set(value)
        erased = kind == "document" and value.get("erased") is True and fields == {"kind", "hash", "erased"}
        need(fields == LINE_FIELDS[kind] or erased, code, f"line {number}: fields missing or unknown")
        for field in fields - {"kind", "erased"}:
            fits = is_number if field in ("v", "seq", "size", "lines") else text_that(HASH) if field == "hash" else IS.get(field, is_text)
            need(fits(value[field]), code, f"line {number}: {field} is not what it should be")
        need(SECTIONS.index(kind) >= section, code, f"line {number}: {kind} after {SECTIONS[section]}")
        section = SECTIONS.index(kind)
        parts[kind].append(value)
    need(len(parts["bundle"]) == 1 and parts["bundle"][0]["v"] == 1, code, "not a bundle of version 1")
    need(parts["end"], "bundle_truncated", "there is no end line")
    need(len(parts["end"]) == 1 and parts["end"][0]["lines"] >= count, code, "more lines than the end line says")
    need(parts["end"][0]["lines"] == count, "bundle_truncated", "fewer lines than the end line says")
    need(len(parts["entry"]) >= parts["bundle"][0]["size"], "bundle_truncated", "fewer entries than the first line says")
    need(len(parts["entry"]) == parts["bundle"][0]["size"] > 0, code, "more entries than the first line says, or none")
    need(len({document["hash"] for document in parts["document"]}) == len(parts["document"]), code, "a document stands there twice")
    return parts


def check_bundle(parts, report, key=None):
    """Everything about a bundle, in the order that bundle.md fixes."""
    head = parts["bundle"][0]
    key_bytes = unbase64url(head["key"])
    tree, entries, readable = Tree(), [], True
    before = 0
    for position, line in enumerate(parts["entry"]):
        data = line.pop("text").encode()
        tree.append(leaf_hash(data))
        try:
            entry = read_entry(data)
            need(line["seq"] == position == entry["seq"], "seq_wrong", f"entry {entry['seq']} stands at position {position}")
            need(entry["at"] >= before, "time_went_back", f"{entry['at']} after {before}")
            before = entry["at"]
            entries.append(shared(entry))
        except Bad as bad:
            readable = False
            report.bad(bad.code, position, bad.text)
    report.try_to("-", check_head, head, key_bytes, tree, entries, report, key)
    documents = check_documents(parts["document"], report)
    for line in parts["checkpoint"]:
        report.try_to("-", check_older, line["text"], head["origin"], key_bytes, tree)
    report.ok("checkpoint", "-", f"{len(parts['checkpoint'])} older checkpoints read")
    if not readable:
        return report.note("replay", "-", "not replayed, because not every entry can be read")
    replay = Replay(tree, documents, report)
    replay.run(entries)
    report_missing(entries, documents, report)
    for line in parts["certificate"]:
        report.try_to("-", check_own_certificate, line["text"].encode(), key_bytes, parts, tree, replay, report)
    report.ok("journal", "-", f"{len(entries)} entries, {replay.slots} slots, {len(replay.proposals)} proposals, {replay.broadcasts} broadcasts")


def shared(entry):
    """The same entry with one copy of each word that many entries share, which halves the memory of a long journal."""
    return {sys.intern(field): sys.intern(value) if type(value) is str and len(value) < 20 else value for field, value in entry.items()}


def check_head(head, key, tree, entries, report, expected_key):
    _, _, size, root, _ = read_note(head["checkpoint"])
    if (size, root) != (len(tree), tree.root(len(tree))):
        report.bad("root_mismatch", "-", f"the entries give size {len(tree)} and root {tree.root(len(tree)).hex()}, not what was signed")
    check_note(head["checkpoint"], head["origin"], key)
    need(expected_key in (None, key), "key_mismatch", "signed with another key than the one expected")
    if entries and entries[0]["type"] == "group.founded":
        for field in ("key", "origin", "group"):
            need(entries[0][field] == head[field], "key_mismatch", f"{field} is not that of the founding")
    report.ok("root", "-", f"size {size}, root {root.hex()}, signed by {head['key']}")


def check_documents(lines, report):
    """Hash -> bytes, or None where the text was erased."""
    documents = {}
    for line in lines:
        documents[line["hash"]] = data = None if "erased" in line else line["text"].encode()
        if data is not None and sha256(data).hex() != line["hash"]:
            report.bad("document_mismatch", "-", f"the text named {line['hash']} has another hash")
            documents[line["hash"]] = None
    return documents


def check_older(note, origin, key, tree):
    size, root = check_note(note, origin, key)
    need(size <= len(tree) and tree.root(size) == root, "checkpoint_root", f"a published checkpoint of size {size} does not fit")


NAMING = {"profile", "version", "exclusions", "reason", "document", "subject"}  # fields with the hash of a document


def report_missing(entries, documents, report):
    hashes = lambda entry: (entry[field] for field in NAMING & entry.keys() if type(entry[field]) is str and HASH(entry[field]))
    named = {name for entry in entries if entry["type"] != "document.erased" for name in hashes(entry)}
    for name in sorted(named - documents.keys()):
        report.note("document_missing", "-", name)


def check_own_certificate(data, key, parts, tree, replay, report):
    certificate, entries, (size, root) = check_certificate(data, key)
    need(size <= len(tree) and tree.root(size) == root, "certificate_invalid", "its checkpoint is not of this journal")
    number = certificate["number"]
    need(replay.versions_by_broadcast.get(number) == certificate["version"], "certificate_other_message", f"broadcast {number} is another")
    report.ok("certificate", entries[-1]["seq"], f"broadcast {number}")


def report_certificate(data, report, key=None, version=None):
    certificate, entries, (size, _) = check_certificate(data, key, version)
    report.ok("certificate", entries[-1]["seq"], f"broadcast {certificate['number']} of group {certificate['group']}, version {certificate['version']}")
    if certificate["beacon"] == "local":
        report.note("beacon_local", "-", "drawn with the server's own chain: the operator could have foreseen it")
    else:
        report.note("beacon_unchecked", "-", "beacon signature not checked here")
    report.note("not_checked", "-", f"needs the whole journal (checkpoint of size {size}): how many ballots were cast, who had to be "
                "excluded, and that numbers and deadlines are those of the charter")  # fmt: skip
    more = {"vote.closed": "the ballots of the vote, their count and its quorum", "charter.amended": "that no later charter was in force",
            "position.taken": "how many blocks and asides the charter bears"}  # fmt: skip
    for event in sorted(more.keys() & {entry["type"] for entry in entries}):
        report.note("not_checked", "-", "needs the journal, too: " + more[event])


# ---------------------------------------------------------------------------------------------------------------------


def main(arguments):
    options, files, rest = {}, [], list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("--certificate", "--vectors", "--key", "--text") and rest:
            options[word] = rest.pop(0)
        elif word.startswith("--"):
            files = []
            break
        else:
            files.append(word)
    report = Report()
    try:
        key = unbase64url(options["--key"]) if "--key" in options else None
        if "--vectors" in options and not files:
            from run_vectors import run_vectors  # beside this file; nothing else needs it

            return run_vectors(options["--vectors"])
        if "--certificate" in options and not files:
            version = sha256(Path(options["--text"]).read_bytes()).hex() if "--text" in options else None
            report.try_to("-", report_certificate, Path(options["--certificate"]).read_bytes(), report, key, version)
        elif len(files) == 1:
            check_bundle(read_bundle(Path(files[0]).read_bytes()), report, key)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except Bad as bad:
        report.bad(bad.code, "-", bad.text)
        return 2
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if report.first_bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
