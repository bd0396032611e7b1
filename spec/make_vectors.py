#!/usr/bin/env python3
"""Writes spec/vectors/*.json. Python 3.11 or newer, standard library only; the same bytes on every run.

    make_vectors.py                       writes the files
    make_vectors.py --check               compares them with what would be written, and exits 1 when they differ
    make_vectors.py --bundle NAME FILE    writes the history `circle`, `union`, `forum`, `house`, `harbour` or `choir` as a bundle, for reading

Expected values are computed with verify.py, refusals are stated here.
"""

import base64
import copy
import difflib
import json
import sys
from pathlib import Path

import run_vectors
import verify as v
from elections import election_cases
from histories import UNGUARDED, choir, circle, crew, forum, harbour, house, megaphone, union
from vote_forgeries import CertificateForger, certificate_votes, forged_effects, forged_questions, forged_returns, forged_talks, forged_votes
from vote_vectors import charter_vote_cases, count_cases, pledge_cases, seats_cases, steps_cases
from invented import CHARTER, MINUTE, START, Group, Signer, consistency, fixed, inclusion, root_of

HERE = Path(__file__).parent
FILE_BYTES_MAX = 300_000


# ---------------------------------------------------------------------------------------------------------------------
# Cases


def refused(code):
    return {"refused": code}


def expecting(case, *fields):
    """Fills `expect` with what verify.py finds, or with the named fields of it."""
    found = getattr(run_vectors, "run_" + case["kind"])(case, case.get("lines", case.get("text")))
    return {**case, "expect": {field: found[field] for field in fields} if fields else found}


def encoding_cases():
    entry = v.encode(circle().entries[1])
    cases = []

    def good(name, data, **more):
        cases.append(expecting({"name": name, "kind": "encoding", "hex": data.hex(), **more}))

    def bad(name, data, code="entry_not_canonical", **more):
        cases.append({"name": name, "kind": "encoding", "hex": data.hex(), **more, "expect": refused(code)})

    for name, text in [("empty object", "{}"), ("nested", '{"a":[1,{"b":true}],"c":false}'), ("largest integers", "[-9007199254740991,9007199254740991]"),
                       ("sorted by bytes", '{"A":1,"_":2,"a":3,"aa":4,"b":5}'), ("escapes", '"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f"'),
                       ("slash, delete, line separator stand for themselves", '"/\x7f\u2028é€😀"'), ("not normalised", '"e\u0301"'),
                       ("text alone", '"x"'), ("number alone", "0"), ("deepest", "[" * 16 + "]" * 16), ("key with escape", '{"\\n":1}')]:  # fmt: skip
        good(name, text.encode())
    for name, text in [("space after colon", '{"a": 1}'), ("newline at the end", "{}\n"), ("space before", " {}"), ("keys unsorted", '{"b":1,"a":2}'),
                       ("key twice", '{"a":1,"a":1}'), ("key twice, once escaped", '{"a":1,"\\u0061":1}'), ("null", '{"a":null}'), ("fraction", "[1.0]"),
                       ("exponent", "[1e3]"), ("minus zero", "[-0]"), ("leading zero", "[01]"), ("plus", "[+1]"), ("too large", "[9007199254740992]"),
                       ("too small", "[-9007199254740992]"), ("far too large", "[" + "9" * 400 + "]"), ("NaN", "[NaN]"), ("Infinity", "[Infinity]"),
                       ("upper-case escape", '"\\u001F"'), ("escaped letter", '"\\u0061"'), ("escaped slash", '"\\/"'), ("long escape of newline", '"\\u000a"'),
                       ("raw newline in string", '"\n"'), ("lone surrogate, escaped", '"\\ud800"'), ("surrogate pair, escaped", '"\\ud83d\\ude00"'),
                       ("key outside ASCII", '{"é":1}'), ("too deep", "[" * 17 + "]" * 17), ("far too deep", "[" * 20000 + "]" * 20000), ("comma too many", "[1,]"),
                       ("two values", "{}{}"), ("nothing", ""), ("single quotes", "{'a':1}"), ("comment", "{}//"), ("byte order mark", "\ufeff{}")]:  # fmt: skip
        bad(name, text.encode())
    bad("broken UTF-8", b'"\xc3"')
    bad("overlong UTF-8", b'"\xc0\xaf"')
    bad("surrogate as bytes", b'"\xed\xa0\x80"')
    for name, count, expect in [("longest", 59_998, None), ("too long", 59_999, "entry_too_large")]:
        case = {"name": name, "kind": "encoding", "parts": [["22", 1], ["61", count], ["22", 1]]}
        cases.append({**case, "expect": refused(expect)} if expect else expecting(case))

    good("an entry", entry, entry=True)
    for name, old, new, code in [
        ("entry, one bit", b"paused", b"qaused", "unknown_type"), ("entry, unknown field", b'"until":', b'"umtil":', "entry_malformed"),
        ("entry, field left out", b',"until":1769817900000', b"", "entry_malformed"), ("entry, field too many", b',"v":1}', b',"v":1,"w":1}', "entry_malformed"),
        ("entry, other version", b'"v":1}', b'"v":2}', "entry_malformed"), ("entry, version as true", b'"v":1}', b'"v":true}', "entry_malformed"),
        ("entry, actor node", b'"actor":11', b'"actor":"node"', "entry_malformed"), ("entry, negative actor", b'"actor":11', b'"actor":-1', "entry_malformed"),
        ("entry, salt of 31 bytes", b"LNek", b"LN", "entry_malformed"), ("entry, salt with loose bits", b"LNek", b"LNel", "entry_malformed"),
        ("entry, salt padded", b"LNek", b"LNek=", "entry_malformed"), ("entry, until as text", b":1769817900000", b':"1769817900000"', "entry_malformed"),
        ("entry, until negative", b":1769817900000", b":-1", "entry_malformed"), ("entry, fields swapped", b'"seq":1,"type":"member.paused"', b'"type":"member.paused","seq":1', "entry_not_canonical"),
        ("entry, no type", b'"type":"member.paused",', b"", "entry_malformed"), ("entry, type a number", b'"member.paused"', b"1", "entry_malformed"),
    ]:  # fmt: skip
        assert old in entry, name
        bad(name, entry.replace(old, new), code, entry=True)
    bad("entry, an array", b"[]", "entry_malformed", entry=True)
    closed = v.encode(circle().entries[circle().find("jury.closed")])
    good("entry, opened ballots", closed, entry=True)
    for name, old, new in [("third choice", b'["no",', b'["abstain",'), ("nonce empty", b'"wir sind viele, 4711"', b'""'),
                           ("nonce with quote", b"wir sind viele, 4711", b'wir \\"sind\\" viele'), ("nonce too long", b"wir sind viele, 4711", b"a" * 65),
                           ("nonce too long in bytes", b"wir sind viele, 4711", "ä".encode() * 33), ("nonce with control character", b"wir sind", b"wir\\tsind"),
                           ("nonce with delete", b"wir sind", b"wir\x7fsind"), ("501 rounds", b'"rounds":[', b'"rounds":[' + b"[]," * 500),
                           ("no rounds", closed[closed.index(b'"rounds":') : closed.index(b',"salt"')], b'"rounds":[]')]:  # fmt: skip
        assert old in closed, name
        bad("entry, " + name, closed.replace(old, new, 1), "entry_malformed", entry=True)
    examples = {entry["type"]: entry for group in (house(), forum()) for entry in reversed(group.entries)}
    for event, cases_of in NEW_EVENTS.items():
        cases_of(examples[event], good, bad)
    return "Canonical JSON and the shape of entries (entry.md)", cases


def shapes(**changes):
    """Cases of one new event: as it is, without each of its own fields, with one more, and with each change."""

    def make(entry, good, bad):
        event = entry["type"]
        good(f"entry {event}", v.encode(entry), entry=True)
        for field in sorted(entry.keys() - v.COMMON - v.SHAPES[event][2]):
            bad(f"entry {event}, without {field}", v.encode({name: value for name, value in entry.items() if name != field}), "entry_malformed", entry=True)
        bad(f"entry {event}, other actor", v.encode({**entry, "actor": 1 if entry["actor"] == "node" else "node"}), "entry_malformed", entry=True)
        for field, values in {"also": [1], **changes}.items():
            for value in values:
                bad(f"entry {event}, {field} {str(value)[:30]}", v.encode({**entry, field: value}), "entry_malformed", entry=True)

    return make


NEW_EVENTS = {
    "member.removed": shapes(slot=["11", -1]), "statement.made": shapes(document=["x"]), "vote.cast": shapes(cover=["0" * 63], attested=["member"], nonce_from=["dice"]),
    "vote.closed": shapes(totals=[1, [-1], [True], ["1"], [1] * 66], winners=[0, [0, 0], [-1], list(range(66))], outcome=["lapsed", "approved"], ballots=[""], cast=[-1]),
    "position.taken": shapes(position=["", "yes", True]), "objection.raised": shapes(reason=["no", 1]), "objection.withdrawn": shapes(), "pledge.made": shapes(cover=["0" * 65]),
    "pledge.withdrawn": shapes(), "pledge.woken": shapes(count=["3"], standing=[True]), "deed.reported": shapes(done=[1, "true"], action=[-1], proposal=[6]),
    "broadcast.recalled": shapes(number=["1"]), "charter.amended": shapes(charter=["x"]), "action.called": shapes(version=["x"]), "decision.recorded": shapes(winners=[[0, 0], "0"]),
    "proposal.opened": shapes(subject=["", "1", -1, True, ["x"], "0" * 63]),
}  # fmt: skip


def tree_cases():
    cases = [expecting({"name": f"root of {count}", "kind": "root", "count": count}) for count in (0, 1, 2, 3, 7, 8, 255, 256, 257, 1000)]
    cases.append(expecting({"name": "one empty entry", "kind": "root", "entries": [""]}))
    leaves = [v.leaf_hash(str(i).encode()) for i in range(100)]
    hexes = lambda hashes: [step.hex() for step in hashes]
    for size, index in [(1, 0), (2, 0), (2, 1), (7, 6), (8, 3), (13, 12), (100, 0), (100, 63), (100, 64), (100, 99)]:
        case = {"name": f"entry {index} of {size}", "kind": "inclusion", "leaf": leaves[index].hex(), "index": index, "size": size,
                "proof": hexes(inclusion(leaves[:size], index)), "root": root_of(leaves[:size]).hex()}  # fmt: skip
        cases.append(expecting(case))
        if size == 13:
            proof = case["proof"]
            for name, change in {
                "one bit of the leaf": {"leaf": one_bit(case["leaf"])}, "one bit of the proof": {"proof": [one_bit(proof[0]), *proof[1:]]},
                "one bit of the root": {"root": one_bit(case["root"])}, "other index": {"index": 11}, "other size": {"size": 14}, "index outside": {"index": 13},
                "proof too short": {"proof": proof[:-1]}, "proof too long": {"proof": [*proof, proof[0]]}, "proof swapped": {"proof": proof[::-1]},
                "no proof": {"proof": []}, "empty tree": {"size": 0, "index": 0},
            }.items():  # fmt: skip
                cases.append({**case, "name": f"entry 12 of 13, {name}", **change, "expect": refused("proof_invalid")})
    for old, new in [(1, 1), (1, 2), (3, 7), (4, 7), (6, 7), (8, 8), (8, 100), (63, 100), (64, 100), (99, 100)]:
        case = {"name": f"from {old} to {new}", "kind": "consistency", "old_size": old, "new_size": new, "old_root": root_of(leaves[:old]).hex(),
                "new_root": root_of(leaves[:new]).hex(), "proof": hexes(consistency(leaves[:new], old))}  # fmt: skip
        cases.append(expecting(case))
        if (old, new) in ((3, 7), (8, 100), (8, 8)):
            proof = case["proof"]
            forged = {"one bit of the old root": {"old_root": one_bit(case["old_root"])}, "one bit of the new root": {"new_root": one_bit(case["new_root"])},
                      "other old size": {"old_size": old + 1}, "proof too long": {"proof": [*proof, case["old_root"]]},
                      "sizes swapped": {"old_size": new, "new_size": old, "old_root": case["new_root"], "new_root": case["old_root"]}}  # fmt: skip
            if proof:
                forged |= {"proof too short": {"proof": proof[:-1]}, "one bit of the proof": {"proof": [*proof[:-1], one_bit(proof[-1])]},
                           "proof swapped": {"proof": proof[::-1]}}  # fmt: skip
            else:
                del forged["sizes swapped"]
            for name, change in forged.items():
                cases.append({**case, "name": f"from {old} to {new}, {name}", **change, "expect": refused("proof_invalid")})
    return "RFC 6962 roots and proofs (journal.md). Entries of `root` by count, and behind the leaves, are decimal numbers as text", cases


def one_bit(text):
    """The same hexadecimal text with the lowest bit of its last digit turned."""
    return text[:-1] + "0123456789abcdef"[int(text[-1], 16) ^ 1]


def note_cases():
    g = circle()
    root = g.replay.tree.root(3)
    note = g.signer.checkpoint(g.origin, 3, root)
    body, _, line = note.partition("\n\n")
    case = {"name": "checkpoint", "kind": "note", "note": note, "origin": g.origin, "key": v.base64url(g.signer.key)}
    cases = [expecting(case)]
    witness = f"— witness.example {base64.b64encode(fixed('witness', 76)).decode()}\n"
    cases.append(expecting({**case, "name": "with a witness", "note": note + witness}))
    cases.append(expecting({**case, "name": "of size 0", "note": g.signer.checkpoint(g.origin, 0, v.sha256())}))
    raw = base64.b64decode(line.split(" ")[2])
    signed = lambda data: f"{body}\n\n— {g.origin} {base64.b64encode(data).decode()}\n"
    scalar = int.from_bytes(raw[36:], "little")
    other = Signer("someone else")
    resign = lambda text: f"{text}\n— {g.origin} {base64.b64encode(v.key_id(g.origin, g.signer.key) + g.signer.sign(text.encode())).decode()}\n"
    identity = (1).to_bytes(32, "little")
    for name, change in {
        "one bit of the signature": {"note": signed(raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:])}, "size changed": {"note": note.replace("\n3\n", "\n4\n")},
        "root changed": {"note": note.replace("7ay", "7az")}, "S not below the order": {"note": signed(raw[:36] + (scalar + v.ORDER).to_bytes(32, "little"))},
        "other key id": {"note": signed(bytes([raw[0] ^ 1]) + raw[1:])}, "other origin expected": {"origin": "union.example/journal"},
        "other origin in the note": {"note": note.replace("circle.", "square.")}, "other key": {"key": v.base64url(other.key)},
        "signed by another": {"note": other.checkpoint(g.origin, 3, root)}, "no signature": {"note": body + "\n\n"}, "no empty line": {"note": body + "\n" + line},
        "last newline missing": {"note": note[:-1]}, "only a witness": {"note": body + "\n\n" + witness}, "signature twice": {"note": note + line},
        "malformed line of a witness": {"note": note + "— witness.example\n"}, "hyphen instead of dash": {"note": note.replace("—", "-")},
        "leading zero in the size": {"note": resign(f"{g.origin}\n03\n{body.split()[2]}\n")}, "fourth line": {"note": resign(body + "\nmore\n")},
        "root of 31 bytes": {"note": resign(f"{g.origin}\n3\n{base64.b64encode(root[:31]).decode()}\n")}, "CRLF": {"note": note.replace("\n", "\r\n")},
        "base64 with loose bits": {"note": resign(body.replace("hvs=", "hvt=") + "\n")},
        "key of small order": {"key": v.base64url(identity), "note": f"{body}\n\n— {g.origin} {base64.b64encode(v.key_id(g.origin, identity) + identity + bytes(32)).decode()}\n"},
        "17 signature lines": {"note": note + witness * 16},
    }.items():  # fmt: skip
        cases.append({**case, "name": name, **change, "expect": refused("checkpoint_signature")})
    cases.append(expecting({**case, "name": "16 signature lines", "note": note + witness * 15}))
    return "Checkpoints as signed notes (journal.md)", cases


QUICKNET_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
ROUNDS = {  # real rounds of drand quicknet, as published in several projects
    123: "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
    1002: "ab066f9c12dd6de1336fca0f925192fb0c72a771c3e4c82ede1fd362c1a770f9eb05843c6308ce2530b53a99c0281a6e",
    1003: "b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c8392fd5d45d88aeb76b56ccfcb0296d7",
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    12040883: "929906c959032ab363c9f26570d215d66f5c06cb0c44fe508c12bb5839f04ec895bb6868e5b9ff13ab289bdb5266b394",
}


def beacon_cases():
    cases = []
    randomness = {number: v.sha256(bytes.fromhex(signature)).hex() for number, signature in ROUNDS.items()}
    for number, signature in ROUNDS.items():
        cases.append(expecting({"name": f"round {number}", "kind": "beacon", "round": number, "signature": signature, "randomness": randomness[number]}))
    case = cases[1]
    for name, change in {
        "randomness of another round": {"randomness": randomness[1001]}, "one bit of the randomness": {"randomness": one_bit(randomness[1000])},
        "one bit of the signature": {"signature": one_bit(ROUNDS[1000])}, "signature cut": {"signature": ROUNDS[1000][:-2]},
        "signature of another round": {"signature": ROUNDS[1001], "randomness": randomness[1001], "bls": True},
        "one bit of signature, randomness recomputed": {"signature": one_bit(ROUNDS[1000]),
            "randomness": v.sha256(bytes.fromhex(one_bit(ROUNDS[1000]))).hex(), "bls": True},
    }.items():  # fmt: skip
        cases.append({**case, "name": f"round 1000, {name}", **change, "expect": refused("beacon_invalid")})
    g = circle()
    for number in (1, 2, 40):
        cases.append(expecting({"name": f"link {number}", "kind": "link", "anchor": g.links[0].hex(), "round": number, "link": g.links[number].hex()}))
    for name, change in {"one bit": {"link": one_bit(g.links[40].hex())}, "replayed for the next round": {"round": 41}, "for the round before": {"round": 39},
                         "round 0": {"round": 0, "link": g.links[0].hex()}, "other anchor": {"anchor": g.links[1].hex()},
                         "31 bytes": {"link": g.links[40].hex()[:-2]}}.items():  # fmt: skip
        cases.append({"name": f"link 40, {name}", "kind": "link", "anchor": g.links[0].hex(), "round": 40, "link": g.links[40].hex(), **change,
                      "expect": refused("beacon_invalid")})  # fmt: skip
    for at in (START, START + 10 * MINUTE - 1, START + 10 * MINUTE, START + 10 * MINUTE + 1, 0, 1_728_926_013_000):
        cases.append(expecting({"name": f"clock at {at}", "kind": "clock", "at": at, "every_minutes": 60, "offset_minutes": 10}))
    cases.append(expecting({"name": "clock every day", "kind": "clock", "at": START + 18 * v.HOUR, "every_minutes": 1440, "offset_minutes": 1080}))
    cases.append(expecting({"name": "clock every minute", "kind": "clock", "at": START, "every_minutes": 1, "offset_minutes": 0}))
    about = f"Rounds of drand quicknet, links of a local chain, and the clock (draw.md). The group key of quicknet is {QUICKNET_KEY}"
    return about, cases


def draw_cases():
    inputs, randomness = v.sha256(b"inputs").hex(), v.sha256(bytes.fromhex(ROUNDS[1000])).hex()
    draw = {"kind": "draw", "inputs_hash": inputs, "randomness": randomness}
    cases = []
    for roll, take in [(1, 1), (2, 2), (7, 5), (7, 7), (100, 5), (1000, 5), (1000, 1000), (40, 40), (10_000_000, 150), (2**32 + 1, 500)]:
        cases.append(expecting({**draw, "name": f"{take} of {roll}", "roll": roll, "take": take}))
    cases.append(expecting({**draw, "name": "7 of 7, one bit of the inputs", "roll": 7, "take": 7, "inputs_hash": one_bit(inputs)}))
    cases.append(expecting({**draw, "name": "7 of 7, other round", "roll": 7, "take": 7, "randomness": v.sha256(bytes.fromhex(ROUNDS[1001])).hex()}))
    cases.append(expecting({**draw, "name": "300 of 2^53-1", "roll": 2**53 - 1, "take": 300}))
    seating = {"kind": "seating", "inputs_hash": inputs, "randomness": randomness, "roll": 40, "seats": 9, "excluded": [3, 7, 21], "left": [], "next": 4}
    first = expecting({**seating, "name": "seats"})
    cases.append(first)
    seated, after = first["expect"]["seated"], first["expect"]["next"]
    cases.append(expecting({**seating, "name": "one of them left after the call", "left": [seated[2]]}))
    cases.append(expecting({**seating, "name": "nobody excluded", "excluded": []}))
    cases.append(expecting({**seating, "name": "just half of the seats", "seats": 10, "excluded": list(range(35))}))
    cases.append(expecting({**seating, "name": "less than half: no draw", "seats": 11, "excluded": list(range(35))}))
    cases.append(expecting({**seating, "name": "everyone excluded", "excluded": list(range(40))}))
    cases.append(expecting({**seating, "name": "no seats", "seats": 0, "next": 0}))
    for name, claimed in {
        "a juror replaced": [*seated[:4], after[0], *seated[5:]], "two swapped": [seated[1], seated[0], *seated[2:]], "one omitted": seated[:-1],
        "an excluded one seated": [21, *seated[:-1]], "one more": [*seated, after[0]], "one twice": [*seated[:-1], seated[0]],
    }.items():  # fmt: skip
        cases.append({**seating, "name": name, "claimed": claimed, "expect": refused("draw_seats_wrong")})
    return "The drawn order and the seats (draw.md)", cases


def exclusions_cases():
    day = v.DAY
    at = START + 100 * day
    base = {"kind": "exclusions", "roll": 40, "at": at, "new_ms": 14 * day, "rest_ms": 7 * day, "author": 5, "cosigners": [6, 2], "left": [30, 1],
            "earlier": [], "admitted": [[31, START], [32, at - 14 * day], [33, at - 14 * day + 1], [41, at]], "paused": [[8, at + 1], [9, at], [50, at + day]],
            "served": [[10, at - 7 * day], [11, at - 7 * day + 1], [12, at - 20 * day], [13, at - day], [45, at]], "rested": [[12, 21], [13, 1]]}  # fmt: skip
    cases = [expecting({**base, "name": "one of each"})]
    variants = {
        "nobody": {"cosigners": [], "left": [], "admitted": [], "paused": [], "served": [], "rested": [], "author": 0},
        "left before all else": {"left": [5, 6, 11, 33, 8]}, "author before co-signer": {"cosigners": [5, 6]}, "co-signer before too new": {"cosigners": [33, 11]},
        "too new before paused and served": {"paused": [[33, at + 1]], "served": [[33, at]]}, "paused before served": {"paused": [[11, at + 1]]},
        "a fifth rests: still excluded": {"served": [[slot, at] for slot in range(10, 18)]},
        "more than a fifth rests: nobody is": {"served": [[slot, at] for slot in range(10, 19)]},
        "who is excluded otherwise does not count": {"served": [[slot, at] for slot in (1, 2, 5, 6, 8, *range(10, 18))]},
        "earlier jurors are never suspended": {"earlier": list(range(10, 22)), "served": [[slot, at] for slot in range(10, 22)]},
        "earlier jurors do not count as resting": {"earlier": [10, 11, 12], "served": [[slot, at] for slot in range(10, 21)]},
        "subject": {"subject": 20}, "subject after co-signer": {"subject": 6}, "subject before too new": {"subject": 33}, "subject that left": {"subject": 30},
        "own rest longer than the charter's": {"rest_ms": 0}, "no new_days": {"new_ms": 0}, "roll of one": {"roll": 1, "author": 0, "cosigners": [], "left": [], "served": [], "paused": []},
    }  # fmt: skip
    for name, change in variants.items():
        cases.append(expecting({**base, **change, "name": name}))
    lines = cases[0]["expect"]["text"].splitlines(keepends=True)
    for name, claimed in {"one omitted": lines[1:], "one added": [*lines, "39 served\n"], "two swapped": [lines[1], lines[0], *lines[2:]],
                          "other reason": [lines[0].replace("left", "served"), *lines[1:]], "last newline missing": [*lines[:-1], lines[-1][:-1]],
                          "one twice": [lines[0], *lines]}.items():  # fmt: skip
        cases.append({**base, "name": f"claimed: {name}", "claimed": "".join(claimed), "expect": refused("draw_exclusions_wrong")})
    return "Exclusion lists (draw.md)", cases


def ballot_cases():
    draw, r = v.sha256(b"inputs").hex(), fixed("r").hex()
    base = {"kind": "ballot", "draw": draw, "choice": "yes", "nonce": "wir sind viele, 4711", "r": r}
    cases = [expecting({**base, "name": "yes"}), expecting({**base, "name": "no", "choice": "no"})]
    for name, nonce in {"one byte": "x", "64 bytes": "a" * 64, "64 bytes of UTF-8": "ä" * 32, "spaces count": " x ", "emoji": "🌻" * 16, "right to left": "\u202eabc"}.items():
        cases.append(expecting({**base, "name": f"nonce: {name}", "nonce": nonce}))
    for name, nonce in {"empty": "", "65 bytes": "a" * 65, "66 bytes of UTF-8": "ä" * 33, "newline": "a\nb", "NUL": "\0", "delete": "\x7f", "next line": "\x85",
                        "quote": 'a"b', "backslash": "a\\b"}.items():  # fmt: skip
        cases.append({**base, "name": f"nonce: {name}", "nonce": nonce, "expect": refused("entry_malformed")})
    for choice in ("Yes", "", "abstain", "yes\n"):
        cases.append({**base, "name": f"choice {choice!r}", "choice": choice, "expect": refused("entry_malformed")})
    claimed = cases[0]["expect"]["cover"]
    for name, change in {"other choice": {"choice": "no"}, "other nonce": {"nonce": "wir sind viele, 4712"}, "other draw": {"draw": one_bit(draw)},
                         "other r": {"r": one_bit(r)}, "one bit of the cover": {"claimed": one_bit(claimed)}}.items():  # fmt: skip
        cases.append({**base, "claimed": claimed, "name": f"receipt, {name}", **change, "expect": refused("ballot_not_allowed")})
    return "Ballots (jury.md)", cases


def tally_cases():
    draw = v.sha256(b"inputs")
    default = {"seats": 9, "agree": 6, "quorum": 6, "then": 12, "filled": 9, "grown": 0, "eligible_left": True, "extended": False}

    def rounds_of(*texts):
        rounds = []
        for number, text in enumerate(texts):
            ballots = [[{"y": "yes", "n": "no"}[choice], f"ballot {number} {i}"] for i, choice in enumerate(text)]
            rounds.append(sorted(ballots, key=lambda ballot: v.commitment(draw, *ballot)))
        return rounds

    def case(name, *texts, silent=None, **change):
        rounds = rounds_of(*texts)
        rule = {**default, **change}
        seats = rule["grown"] if len(texts) == 2 else rule["filled"]
        return {"name": name, "kind": "tally", "draw": draw.hex(), **rule, "rounds": rounds, "turnout": [len(ballots) for ballots in rounds],
                "sealed": v.sealed_hash(rounds[0]).hex(), "silent": seats - len(texts[-1]) if silent is None else silent}  # fmt: skip

    everyone = {"seats": 8, "agree": 5, "quorum": 5, "then": 0, "filled": 8, "eligible_left": False}
    cases = [expecting(one) for one in [
        case("six yes of nine: approved", "yyyyyynnn"), case("six yes, three silent: approved", "yyyyyy"), case("six no: declined", "nnnnnnyyy"),
        case("five to four: grow", "yyyyynnnn"), case("five to one, three silent: grow", "yyyyyn"), case("five yes alone: extend", "yyyyy"),
        case("five yes alone, extended before: undecided", "yyyyy", extended=True), case("extended before, quorum now: grow", "yyyyyn", extended=True),
        case("nobody left to grow: extend", "yyyyynn", eligible_left=False), case("nobody left to grow, nobody silent: undecided", "yyyyynnnn", eligible_left=False),
        case("no growth in the charter, split: undecided", "yyyyynnnn", then=0), case("no growth, one silent: extend", "yyyynnnn", then=0),
        case("no ballots: extend", ""), case("no ballots again: undecided", "", extended=True), case("every seat given up: undecided", "", silent=0),
        case("second round, eleven of 21: approved", "yyyyynnnn", "yyyyyynnnnnn", grown=12), case("second round, ten of 21: extend", "yyyyynnnn", "yyyyynn", grown=12),
        case("second round, ten to ten: extend", "yyyyynnnn", "yyyyynnnnnn", grown=12), case("second round, no: declined", "nnnnnyyyy", "nnnnnn", grown=12),
        case("second round, ten of 21, extended before: undecided", "yyyyynnnn", "yyyyynn", grown=12, extended=True),
        case("second round of three added seats: seven of twelve", "yyyyynnnn", "yyn", grown=3), case("second round, six of twelve, all voted: undecided", "yyyyynnnn", "ynn", grown=3),
        case("short roll: seven filled, five enough", "yyyyynn", filled=7), case("short roll: seven filled, four are not", "yyyynnn", filled=7),
        case("short roll: five filled, four enough", "yyyyn", filled=5), case("short roll: five filled, quorum four", "yyn", filled=5),
        case("one of two filled", "y", filled=1, seats=2, agree=2, quorum=1, then=1),
        case("appeal with 16 of 21 seats: nine enough", "yyyyyyyyynnnnnnn", seats=21, agree=11, quorum=14, then=0, filled=16),
        case("everyone: five of eight", "yyyyynnn", **everyone), case("everyone: four to four, undecided", "yyyynnnn", **everyone),
        case("everyone: four to one, three silent: extend", "yyyyn", **everyone), case("everyone: one", "y", **{**everyone, "seats": 1, "agree": 1, "quorum": 1, "filled": 1}),
    ]]  # fmt: skip
    one, two = case("", "yyyyyynnn"), case("", "yyyyynnnn", "yyyyyynnnnnn", grown=12)
    ballots = one["rounds"][0]
    rest = two["rounds"][0]
    for name, base, change, code in [
        ("two swapped", one, {"rounds": [[ballots[1], ballots[0], *ballots[2:]]]}, "ballot_order"),
        ("one omitted", one, {"rounds": [ballots[1:]]}, "ballot_count"), ("one added", one, {"turnout": [8]}, "ballot_count"),
        ("one twice", one, {"rounds": [[ballots[0], *ballots[:-1]]]}, "ballot_order"), ("verdict flipped", one, {"claimed": "declined"}, "verdict_wrong"),
        ("grown without need", one, {"claimed": "grow"}, "verdict_wrong"), ("closed without growing", case("", "yyyyynnnn"), {"claimed": "undecided"}, "verdict_wrong"),
        ("one ballot in both rounds", two, {"rounds": [rest, sorted([rest[0], *two["rounds"][1][:-1]], key=lambda b: v.commitment(draw, *b))]}, "ballot_order"),
        ("sealed otherwise", two, {"sealed": one_bit(two["sealed"])}, "tally_wrong"), ("second round left out", two, {"rounds": [rest]}, "ballot_count"),
    ]:  # fmt: skip
        cases.append({**base, **change, "name": f"forged: {name}", "expect": refused(code)})
    flipped = [["no" if ballot[0] == "yes" else "yes", ballot[1]] for ballot in ballots]
    if [v.commitment(draw, *ballot) for ballot in flipped] != sorted(v.commitment(draw, *ballot) for ballot in flipped):
        cases.append({**one, "rounds": [flipped], "name": "forged: choices flipped in place", "expect": refused("ballot_order")})
    return "Rounds, counts and verdicts (jury.md)", cases


def charter_cases():
    cases = [expecting({"name": "default charter", "kind": "charter", "text": CHARTER})]
    short = SHORT_CHARTER
    cases.append(expecting({"name": "short charter", "kind": "charter", "text": short}))
    for name, old, new in [
        ("unknown key", "[duty]", "[duty]\nrest_weeks = 1"), ("missing key", "rest_days = 7", ""), ("fraction", "rest_days = 7", "rest_days = 7.0"),
        ("out of range", "rest_days = 7", "rest_days = 91"), ("true for a number", "rest_days = 7", "rest_days = true"), ("not TOML", "[duty]", "[duty"),
        ("key twice", "rest_days = 7", "rest_days = 7\nrest_days = 7"), ("offset not below every", "offset_minutes = 10", "offset_minutes = 60"),
        ("other language version", "charter = 1", "charter = 2"), ("empty name", 'name = "Short"', 'name = ""'), ("first is no stage", 'first = "cosign"', 'first = "start"'),
        ("outcome leads nowhere", 'lapsed = "end"', 'lapsed = "nowhere"'), ("unknown effect", '"effect:broadcast"', '"effect:shout"'),
        ("admit in a message process", '"effect:broadcast"', '"effect:admit"'), ("unknown stage kind", 'kind = "jury"', 'kind = "council"'), ("stage kind a list", 'kind = "jury"', "kind = [1]"),
        ("outcome missing", 'fail = "end"\n', ""), ("broadcast without a jury", 'pass = "jury"', 'pass = "effect:broadcast"'),
        ("broadcast after a declined jury", 'fail = "end"', 'fail = "effect:broadcast"'), ("loop without end", 'undecided = "end"', 'undecided = "cosign"'),
        ("agree not more than half", "agree = 3", "agree = 2"), ("agree above seats", "agree = 3", "agree = 6"), ("quorum too low", "quorum = 3", "quorum = 1"),
        ("quorum above seats", "quorum = 3", "quorum = 6"), ("grown jury even", "quorum = 3 }", "quorum = 3, then = 3 }"), ("last size rule bounded", "{ seats = 5", "{ members_up_to = 99, seats = 5"),
        ("bounds do not ascend", "{ seats = 5", "{ members_up_to = 3, seats = 3, agree = 2, quorum = 2 }, { seats = 5"),
        ("everyone with agree", 'seats = "everyone"', 'seats = "everyone", agree = 2'), ("window shorter than answer", "window_hours = 72", "window_hours = 23"),
        ("reminder too late", "remind_hours = [12]", "remind_hours = [24]"), ("reminders do not ascend", "remind_days = [7]", "remind_days = [7, 7]"),
        ("six reminders", "remind_days = [7]", "remind_days = [1, 2, 3, 4, 5, 6]"), ("unknown audience", '["members", "public"]', '["members", "press"]'),
        ("no audience", '["members", "public"]', "[]"), ("recourse that leads nowhere", 'fail = "end"', 'fail = "answer"\n[process.message.stage.answer]\nkind = "recourse"\ntitle = "x"\ndays = 1\nlapsed = "end"'),
        ("stage that nothing reaches", "[process.message.stage.jury]", '[process.message.stage.idle]\nkind = "wait"\ntitle = "x"\nhours = 1\npass = "end"\n[process.message.stage.jury]'),
        ("id with capital", "[process.message.stage.jury]", '[process.message.stage.Idle]\nkind = "wait"\ntitle = "x"\nhours = 1\npass = "end"\n[process.message.stage.jury]'),
        ("text changes after the jury", '"effect:broadcast"', '"again"\n[process.message.stage.again]\nkind = "cosign"\ntitle = "x"\nneeded = [{ count = 1 }]\ndays = 1\nremind_days = []\npass = "effect:broadcast"\nlapsed = "end"'),
    ]:  # fmt: skip
        assert short.count(old) == 1, (name, short.count(old))
        cases.append({"name": name, "kind": "charter", "text": short.replace(old, new), "expect": refused("charter_mismatch")})
    return "Charters (charter.md)", cases


SHORT_CHARTER = """charter = 1
name = "Short"
[clock]
every_minutes = 60
offset_minutes = 10
[limits]
open_proposals_per_member = 3
open_invitations_per_member = 5
new_days = 14
[duty]
rest_days = 7
[process.message]
title = "Send a message"
kind = "message"
audiences = ["members", "public"]
first = "cosign"
[process.message.stage.cosign]
kind = "cosign"
title = "Two agree"
needed = [{ count = 2 }]
days = 14
remind_days = [7]
pass = "jury"
lapsed = "end"
[process.message.stage.jury]
kind = "jury"
title = "A few decide"
sizes = [{ members_up_to = 12, seats = "everyone" }, { seats = 5, agree = 3, quorum = 3 }]
answer_hours = 24
window_hours = 72
remind_hours = [12]
fail = "end"
undecided = "end"
pass = "effect:broadcast"
"""


# ---------------------------------------------------------------------------------------------------------------------
# Certificates and bundles, and what forgers do to them


def certificate_files():
    cases = []
    for g in (circle(), union()):
        for which in range(2):
            cases.append(expecting({"name": f"{g.name} {which + 1}", "kind": "certificate", "text": v.encode(g.certificate(which)).decode()}))

    def forge(base, name, code, certificate, **more):
        whole = next(case["text"] for case in cases if case["name"] == base)
        text = certificate if isinstance(certificate, str) else v.encode(certificate).decode()
        cases.append({"name": f"{base}: {name}", "kind": "certificate", "base": base, "edits": text_edits(whole, text), **more, "expect": refused(code)})

    g = circle()
    own = g.certificate(0)

    def changed(**fields):
        return {**copy.deepcopy(own), **fields}

    def with_entry(position, **fields):
        result = copy.deepcopy(own)
        result["entries"][position] |= fields
        return result

    text = v.encode(own).decode()
    forge("circle 1", "white space", "certificate_invalid", text.replace('"beacon":', '"beacon": '))
    forge("circle 1", "cut", "certificate_invalid", text[:-1])
    forge("circle 1", "unknown field", "certificate_invalid", changed(also=1))
    forge("circle 1", "one bit of an entry", "certificate_invalid", with_entry(3, entry=own["entries"][3]["entry"].replace('"step":0', '"step":1')))
    forge("circle 1", "one bit of a proof", "certificate_invalid", with_entry(3, proof=[base64.b64encode(bytes(32)).decode(), *own["entries"][3]["proof"][1:]]))
    forge("circle 1", "other index", "certificate_invalid", with_entry(3, index=own["entries"][3]["index"] + 1))
    forge("circle 1", "two entries swapped", "certificate_invalid", changed(entries=[own["entries"][0], own["entries"][2], own["entries"][1], *own["entries"][3:]]))
    forge("circle 1", "an entry replayed", "certificate_invalid", changed(entries=[*own["entries"][:2], *own["entries"][1:]]))
    forge("circle 1", "founding omitted", "certificate_invalid", changed(entries=own["entries"][1:]))
    forge("circle 1", "broadcast omitted", "certificate_invalid", changed(entries=own["entries"][:-1]))
    kinds = [json.loads(item["entry"])["type"] for item in own["entries"]]
    without = lambda kind: changed(entries=[item for item, one in zip(own["entries"], kinds) if one != kind])
    one = kinds.index("proposal.cosigned") + 2
    forge("circle 1", "a co-signature omitted", "draw_exclusions_wrong", changed(entries=[*own["entries"][:one], *own["entries"][one + 1 :]]))
    forge("circle 1", "draw omitted", "rule_broken", without("draw.made"))
    forge("circle 1", "verdict omitted", "outcome_wrong", without("jury.closed"))
    forge("circle 1", "end of the stage omitted", "certificate_invalid", changed(entries=[item for i, item in enumerate(own["entries"]) if i != kinds.index("stage.ended")]))
    forge("circle 1", "signature of the checkpoint", "checkpoint_signature", changed(checkpoint=own["checkpoint"].replace("\n25\n", "\n26\n")))
    thief = Signer("thief")
    size, root = v.check_note(own["checkpoint"], g.origin, g.signer.key)
    stolen = changed(key=v.base64url(thief.key), checkpoint=thief.checkpoint(g.origin, size, root))
    forge("circle 1", "signed with another key", "key_mismatch", stolen)
    forge("circle 1", "another key expected", "key_mismatch", own, expected_key=v.base64url(thief.key))
    forge("circle 1", "other group", "key_mismatch", changed(group="0" * 32))
    forge("circle 1", "other beacon named", "certificate_invalid", changed(beacon="drand"))
    other = g.certificate(1)
    forge("circle 1", "version of another message", "certificate_other_message", changed(version=other["version"]))
    forge("circle 1", "another message expected", "certificate_other_message", own, expected_version=other["version"])
    forge("circle 1", "other number", "certificate_other_message", changed(number=2))
    forge("circle 1", "other proposal", "certificate_other_message", changed(proposal=5))
    lists = own["exclusions"]["1"]
    forge("circle 1", "exclusion list, one omitted", "draw_exclusions_wrong", changed(exclusions={"1": lists.replace("11 paused\n", "")}))
    forge("circle 1", "exclusion list, one replaced", "draw_exclusions_wrong", changed(exclusions={"1": lists.replace("11 paused", "10 paused")}))
    forge("circle 1", "exclusion list omitted", "draw_exclusions_wrong", changed(exclusions={}))
    forge("circle 1", "exclusion list too many", "certificate_invalid", changed(exclusions={"1": lists, "2": ""}))

    def resigned(name, code, event, change, lists=None, **where):
        """Someone with the key changes one entry, and signs a checkpoint under which every proof fits."""
        entries = copy.deepcopy(g.entries)
        change(entries[g.find(event, **where)])
        note = g.signer.checkpoint(g.origin, size, root_of([v.leaf_hash(v.encode(entry)) for entry in entries[:size]]))
        forge("circle 1", name, code, g.certificate(0, entries, note, lists), resigned=True)

    def sets(**fields):
        return lambda entry: entry.update(fields)

    seated = g.entries[g.find("draw.made")]["seated"]
    closed = g.entries[g.find("jury.closed")]
    ballots = closed["rounds"][0]
    resigned("juror replaced", "draw_seats_wrong", "draw.made", sets(seated=[*seated[:-1], 7]))
    resigned("two jurors swapped", "draw_seats_wrong", "draw.made", sets(seated=[seated[1], seated[0], *seated[2:]]))
    resigned("juror omitted", "draw_seats_wrong", "draw.made", sets(seated=seated[:-1]))
    resigned("link of another round", "beacon_invalid", "draw.made", sets(signature=v.base64url(g.links[2])))
    resigned("draw too early", "beacon_invalid", "draw.made", sets(at=g.entries[g.find("draw.called")]["slot_at"]))
    resigned("call replaced after the draw", "draw_seats_wrong", "draw.called", sets(salt=v.base64url(fixed("another salt"))))
    resigned("checkpoint before the call", "draw_not_covered", "draw.made", sets(checkpoint=g.checkpoints[0][1]))
    resigned("other chain", "draw_round_wrong", "draw.called", sets(chain="0" * 64))
    text = "0 author\n3 cosigner\n11 paused\n"
    resigned("a co-signer not excluded", "draw_exclusions_wrong", "draw.called", sets(excluded=3, exclusions=v.sha256(text.encode()).hex()), {"1": text})
    text = "3 cosigner\n7 cosigner\n11 paused\n"
    resigned("the author not excluded", "draw_exclusions_wrong", "draw.called", sets(excluded=3, exclusions=v.sha256(text.encode()).hex()), {"1": text})
    resigned("verdict flipped", "verdict_wrong", "jury.closed", sets(verdict="declined"))
    resigned("count changed", "tally_wrong", "jury.closed", sets(yes=6, no=1))
    resigned("ballots swapped", "ballot_order", "jury.closed", sets(rounds=[[ballots[1], ballots[0], *ballots[2:]]]))
    resigned("a ballot twice", "ballot_order", "jury.closed", sets(rounds=[[ballots[0], *ballots]], yes=6))
    more = sorted([*ballots, ["yes", "a"], ["yes", "b"]], key=lambda ballot: v.commitment(g.replay.tree.levels[0][g.find("draw.called")], *ballot))
    resigned("more ballots than seats", "ballot_count", "jury.closed", sets(rounds=[more], yes=7))
    resigned("stage ended otherwise", "outcome_wrong", "stage.ended", sets(outcome="fail"), step=1)
    resigned("another version broadcast", "broadcast_unfounded", "broadcast.ordered", sets(version=other["version"]))
    resigned("another audience", "broadcast_unfounded", "broadcast.ordered", sets(audience="public"))
    resigned("co-signed by the author", "cosign_not_allowed", "proposal.cosigned", sets(actor=0))
    resigned("entry of another place", "certificate_invalid", "proposal.cosigned", sets(seq=1))
    resigned("another charter named", "charter_mismatch", "proposal.opened", sets(charter="0" * 64))
    resigned("co-sign stage that ends as a jury does", "outcome_wrong", "stage.ended", sets(outcome="fail"), step=0)
    resigned("older than what came before", "time_went_back", "stage.ended", sets(at=START), step=1)
    resigned("entry malformed", "entry_malformed", "proposal.cosigned", sets(also=1))
    about = "Certificates (certificate.md), and what a reader without the journal can see of a forgery by someone {} the group's key"
    return {
        "certificate": (about.format("without"), [case for case in cases if "resigned" not in case]),
        "certificate_resigned": (about.format("with"), [case for case in cases if "resigned" in case or case["name"] == "circle 1"]),
        "certificate_votes": certificate_votes(CertificateForger(expecting, refused, text_edits), forum(), house()),
    }


def text_edits(old, new):
    """One edit that makes `new` of `old`."""
    start = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return [] if old == new else [[start, len(old) - end - start, new[start : len(new) - end]]]


def line_edits(old, new):
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [[a, b - a, new[c:d]] for word, a, b, c, d in blocks if word != "equal"]


class Forger:
    """Makes forged siblings of one history."""

    def __init__(self, group):
        self.g, self.lines = group, group.bundle()
        self.cases = [{"name": group.name, "kind": "bundle", "lines": self.lines, "expect": {"accepted": True, "entries": len(group.entries)}}]

    def lines_are(self, name, code, lines, **more):
        case = {"name": f"{self.g.name}: {name}", "kind": "bundle", "base": self.g.name, "edits": line_edits(self.lines, lines), **more}
        self.cases.append({**case, "expect": refused(code)})

    def counted(self, lines):
        """The same lines with numbers at both ends that fit."""
        entries = sum('"kind":"entry"' in line for line in lines)
        head = v.encode({**json.loads(lines[0]), "size": entries}).decode()
        return [head, *lines[1:-1], v.encode({"kind": "end", "lines": len(lines)}).decode()]

    def entries_are(self, name, code, entries, kept=(), **more):
        self.lines_are(name, code, self.g.bundle(self.g.signed_again(entries, kept), **more), resigned=True)

    def changed(self, name, code, seq, /, kept=(), after=1, without=(), texts=None, **fields):
        """One entry changed and signed again; what comes later is cut off, all but `after` entries."""
        entries = copy.deepcopy(self.g.entries[: seq + 1 + after])
        entries[seq].update(fields)
        for field in without:
            del entries[seq][field]
        self.entries_are(name, code, entries, kept, documents=texts)

    def dropped(self, name, code, seq, after=1):
        entries = copy.deepcopy(self.g.entries[: seq + 1 + after])
        self.entries_are(name, code, [*entries[:seq], *entries[seq + 1 :]])

    def made(self, name, seq, actor, event, /, at=None, **fields):
        """An invented entry, by default as old as the one before position `seq`."""
        at = self.g.entries[seq - 1]["at"] if at is None else at
        return {"actor": actor, "at": at, "salt": v.base64url(fixed(f"forged {name}")), "seq": seq, "type": event, "v": 1, **fields}

    def added(self, name, code, seq, actor, event, /, at=None, after=0, texts=None, **fields):
        """One entry more before position `seq`."""
        entry = self.made(name, seq, actor, event, at, **fields)
        self.entries_are(name, code, [*self.g.entries[:seq], entry, *self.g.entries[seq : seq + after]], documents=texts)

    def cut(self, name, code, seq, /, **fields):
        """The entry at `seq` changed, and everything behind it left out."""
        self.changed(name, code, seq, after=0, **fields)

    def accepted(self, name, lines):
        case = {"name": f"{self.g.name}: {name}", "kind": "bundle", "base": self.g.name, "edits": line_edits(self.lines, lines)}
        entries = sum('"kind":"entry"' in line for line in lines)
        self.cases.append({**case, "expect": {"accepted": True, "entries": entries}})


def forged_files(f):
    """Forgeries by someone without the key, and damage."""
    g, lines = f.g, f.lines
    first = next(i for i, line in enumerate(lines) if '"kind":"document"' in line)
    at = 1 + g.find("proposal.cosigned")
    f.lines_are("entry changed", "root_mismatch", [*lines[:2], lines[2].replace("17672259", "17672258", 1), *lines[3:]])
    f.lines_are("entry dropped", "seq_wrong", f.counted([*lines[:at], *lines[at + 1 :]]))
    f.lines_are("last entry dropped", "root_mismatch", f.counted([*lines[: first - 1], *lines[first:]]))
    f.lines_are("two entries swapped", "seq_wrong", [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]])
    f.lines_are("entry replayed", "seq_wrong", f.counted([*lines[: at + 1], lines[at], *lines[at + 1 :]]))
    f.lines_are("white space in an entry", "entry_not_canonical", [*lines[:at], lines[at].replace(':{', ': {').replace('{\\"', '{ \\"'), *lines[at + 1 :]])
    f.lines_are("end line missing", "bundle_truncated", lines[:-1])
    f.lines_are("cut in the middle", "bundle_truncated", lines[:at])
    f.lines_are("a line lost", "bundle_truncated", [*lines[:first], *lines[first + 1 :]])
    f.lines_are("an entry line lost", "bundle_truncated", [*lines[:at], *lines[at + 1 : -1], f.counted([*lines[:at], *lines[at + 1 :]])[-1]])
    f.lines_are("a line too many", "bundle_malformed", [*lines[: first + 1], lines[first], *lines[first + 1 :]])
    f.lines_are("nothing", "bundle_truncated", [])
    f.lines_are("lines out of order", "bundle_malformed", [*lines[: first - 1], lines[first], lines[first - 1], *lines[first + 1 :]])
    f.lines_are("unknown kind", "bundle_malformed", [*lines[:first], lines[first].replace('"document"', '"parchment"'), *lines[first + 1 :]])
    f.lines_are("white space", "bundle_malformed", [lines[0].replace(",", ", ", 1), *lines[1:]])
    f.lines_are("other version of the format", "bundle_malformed", [lines[0].replace('"v":1', '"v":2'), *lines[1:]])
    head = json.loads(lines[0])
    note = head["checkpoint"]
    signature = note.split(" ")[-1]
    broken = base64.b64decode(signature)
    broken = base64.b64encode(broken[:40] + bytes([broken[40] ^ 1]) + broken[41:]).decode() + "\n"
    f.lines_are("one bit of the signature", "checkpoint_signature", [v.encode({**head, "checkpoint": note.replace(signature, broken)}).decode(), *lines[1:]])
    thief = Signer("thief")
    size, root = v.check_note(note, g.origin, g.signer.key)
    stolen = {**head, "key": v.base64url(thief.key), "checkpoint": thief.checkpoint(g.origin, size, root)}
    kept = [line for line in lines[1:-1] if '"kind":"checkpoint"' not in line and '"kind":"certificate"' not in line]
    f.lines_are("signed with another key", "key_mismatch", f.counted([v.encode(stolen).decode(), *kept, lines[-1]]))
    f.lines_are("other group named", "key_mismatch", [v.encode({**head, "group": "0" * 32}).decode(), *lines[1:]])
    older = next(i for i, line in enumerate(lines) if '"kind":"checkpoint"' in line)
    fork = v.encode({"kind": "checkpoint", "text": g.signer.checkpoint(g.origin, 3, fixed("fork"))}).decode()
    f.lines_are("a published checkpoint of another journal", "checkpoint_root", [*lines[:older], fork, *lines[older + 1 :]], resigned=True)
    f.lines_are("a published checkpoint changed", "checkpoint_signature", [*lines[:older], lines[older].replace("\\n1\\n", "\\n2\\n"), *lines[older + 1 :]])
    charter = next(i for i, line in enumerate(lines) if json.loads(line).get("hash") == g.charter)
    f.lines_are("text changed", "document_mismatch", [*lines[:first], lines[first].replace("author", "served"), *lines[first + 1 :]])
    f.lines_are("charter's text swapped", "document_mismatch", [*lines[:charter], lines[charter].replace("count = 1", "count = 0"), *lines[charter + 1 :]])
    f.lines_are("charter missing", "charter_mismatch", f.counted([*lines[:charter], *lines[charter + 1 :]]))
    gone = v.encode({"kind": "document", "hash": g.charter, "erased": True}).decode()
    f.lines_are("charter erased", "charter_mismatch", [*lines[:charter], gone, *lines[charter + 1 :]])
    mine = next(i for i, line in enumerate(lines) if '"kind":"certificate"' in line)

    def with_certificate(name, code, change):
        certificate = g.certificate(0)
        change(certificate)
        line = v.encode({"kind": "certificate", "text": v.encode(certificate).decode()}).decode()
        f.lines_are(name, code, [*lines[:mine], line, *lines[mine + 1 :]])

    with_certificate("certificate of another message", "certificate_other_message", lambda c: c.update(version=g.certificate(1)["version"]))
    with_certificate("certificate with another entry", "certificate_invalid", lambda c: c["entries"][1].update(entry=c["entries"][1]["entry"].replace('"roll":', '"rolls":')))
    with_certificate("certificate signed anew", "checkpoint_signature", lambda c: c.update(checkpoint=thief.checkpoint(g.origin, size, root)))


def forged_histories(f):
    """Forgeries by someone who holds the group's key: everything fits, only the rules show them."""
    g, entries = f.g, f.g.entries
    opened, cosigned, called, made = g.find("proposal.opened"), g.find("proposal.cosigned", 1), g.find("draw.called"), g.find("draw.made")
    closed, ordered, cast = g.find("jury.closed"), g.find("broadcast.ordered"), g.find("ballot.cast")
    seated, call, at_close = entries[made]["seated"], entries[called], entries[closed]["at"]
    ballots, draw = entries[closed]["rounds"][0], g.replay.tree.levels[0][called]
    in_order = lambda some: sorted(some, key=lambda ballot: v.commitment(draw, *ballot))

    # Entries dropped, swapped, replayed.
    f.dropped("a co-signature dropped", "cosign_short", g.find("proposal.cosigned", 2))
    f.dropped("the call of a draw dropped", "rule_broken", called)
    f.dropped("the broadcast dropped", "rule_broken", ordered)
    f.dropped("the last ballot dropped", "rule_broken", closed - 1)
    until = {**entries[closed], "at": entries[made]["until"]}
    f.entries_are("a ballot dropped, closed at the end of the time", "ballot_count", [*entries[: closed - 1], until])
    swapped = [*entries[:made], entries[cast], entries[made], *entries[cast + 1 : cast + 2]]
    swapped[made] = {**swapped[made], "at": entries[made]["at"]}
    f.entries_are("ballot and draw swapped", "ballot_not_allowed", swapped)
    f.added("a co-signature replayed", "cosign_not_allowed", cosigned + 1, entries[cosigned]["actor"], "proposal.cosigned", proposal=0, step=0, version=call["version"])
    f.added("the broadcast replayed", "rule_broken", ordered + 1, "node", "broadcast.ordered",
            **{field: entries[ordered][field] for field in ("proposal", "number", "previous", "version", "audience")})  # fmt: skip
    f.cases[-1]["expect"] = refused("broadcast_unfounded")
    f.changed("time goes back", "time_went_back", cosigned, at=entries[opened]["at"] - 1)
    f.changed("unknown type", "unknown_type", cosigned, type="proposal.blessed")
    f.changed("a name in an entry", "entry_malformed", cosigned, name="Rosa")
    f.changed("roll larger than the group", "rule_broken", opened, roll=13)

    # Co-signatures.
    f.changed("co-signed by the author", "cosign_not_allowed", cosigned, actor=0)
    f.changed("co-signed another version", "cosign_not_allowed", cosigned, version="0" * 64)
    late = g.find("stage.entered", 1, stage="cosign")
    f.added("co-signed by one who is too new", "cosign_not_allowed", late + 1, 12, "proposal.cosigned", proposal=2, step=0, version=entries[late - 1]["version"])
    f.added("co-signed by one outside the roll", "cosign_not_allowed", g.find("member.admitted") + 2, 12, "proposal.cosigned", proposal=0, step=0, version=call["version"])

    # The draw.
    text = "".join(line for line in g.lists[0, 1].splitlines(keepends=True) if "paused" not in line)
    f.changed("one who is excluded left off the list", "draw_exclusions_wrong", called, excluded=3, exclusions=v.sha256(text.encode()).hex())
    text = g.lists[0, 1].replace("11 paused", "10 served\n11 paused")
    f.changed("one too many on the list", "draw_exclusions_wrong", called, excluded=5, exclusions=v.sha256(text.encode()).hex(), seats=7, agree=4, quorum=4)
    f.changed("fewer need to agree", "charter_mismatch", called, agree=4)
    f.changed("shorter rest", "charter_mismatch", called, rest_ms=0)
    f.changed("other beacon round", "draw_round_wrong", called, round=2)
    f.changed("later slot", "draw_round_wrong", called, slot_at=call["slot_at"] + v.HOUR)
    f.changed("other chain", "draw_round_wrong", called, chain="0" * 64)
    f.changed("link of another round", "beacon_invalid", made, signature=v.base64url(g.links[2]))
    f.changed("one bit of the link", "beacon_invalid", made, signature=v.base64url(bytes.fromhex(one_bit(g.links[1].hex()))))
    f.changed("drawn too early", "beacon_invalid", made, at=call["slot_at"] + v.BEACON_DELAY - 1, until=call["slot_at"] + v.BEACON_DELAY - 1 + call["window_ms"])
    f.changed("checkpoint from before the call", "draw_not_covered", made, kept={made}, checkpoint=g.checkpoints[0][1])
    f.changed("checkpoint of another journal", "draw_not_covered", made, kept={made}, checkpoint=g.signer.checkpoint(g.origin, made, fixed("fork")))
    f.changed("checkpoint without signature", "draw_not_covered", made, kept={made}, checkpoint=Signer("thief").checkpoint(g.origin, made, g.replay.tree.root(made)))
    f.changed("juror replaced", "draw_seats_wrong", made, seated=[*seated[:-1], 11])
    f.changed("jurors in another order", "draw_seats_wrong", made, seated=[seated[1], seated[0], *seated[2:]])
    f.changed("excluded member seated", "draw_seats_wrong", made, seated=[3, *seated[1:]])
    f.changed("juror left out", "draw_seats_wrong", made, seated=seated[:-1])
    f.changed("call changed after the draw", "draw_seats_wrong", called, salt=v.base64url(fixed("ground salt")))
    f.changed("missed too early", "rule_broken", g.find("draw.missed"), at=entries[g.find("draw.missed") - 1]["at"])
    called_again = g.find("seats.called", reason="silence")
    f.changed("silent juror replaced too early", "rule_broken", called_again, at=entries[called_again - 1]["at"])
    f.changed("next in order passed over", "draw_seats_wrong", called_again, seated=entries[called_again]["seated"][::-1])
    f.changed("replaced before the time by nobody's wish", "rule_broken", g.find("seats.called", reason="aside"), reason="silence")

    # Ballots.
    f.added("ballot by one without a seat", "ballot_not_allowed", cast + 1, 7, "ballot.cast", proposal=0, step=1, cover="0" * 64, nonce_from="words", attested="server")
    f.added("late ballot", "ballot_not_allowed", cast + 1, seated[1], "ballot.cast", at=entries[made]["until"], proposal=0, step=1, cover="0" * 64, nonce_from="words", attested="server")
    f.added("ballot after the close", "ballot_not_allowed", closed + 3, seated[1], "ballot.cast", proposal=0, step=1, cover="0" * 64, nonce_from="words", attested="server")
    f.cases[-1]["name"] = "circle: ballot where the broadcast must stand"
    f.added("ballot of another draw", "ballot_not_allowed", cast + 1, seated[1], "ballot.cast", proposal=0, step=0, cover="0" * 64, nonce_from="words", attested="server")
    f.added("ballot of one who stepped aside", "ballot_not_allowed", closed, seated[2], "ballot.cast", proposal=0, step=1, cover="0" * 64, nonce_from="words", attested="server")
    f.changed("ballot added to the count", "ballot_count", closed, rounds=[in_order([*ballots, ["yes", "one more"]])], yes=6)
    f.changed("ballot left out of the count", "ballot_count", closed, rounds=[ballots[1:]], yes=4)
    flipped = in_order([["no", ballots[0][1]], *ballots[1:]])
    f.changed("ballot changed, count not", "tally_wrong", closed, rounds=[flipped])
    f.changed("ballots in another order", "ballot_order", closed, rounds=[[ballots[1], ballots[0], *ballots[2:]]])
    f.changed("a ballot twice, another left out", "ballot_order", closed, rounds=[[ballots[0], *ballots[:-1]]], yes=6, no=1)
    f.changed("count changed", "tally_wrong", closed, yes=4, no=3)
    f.changed("more seats claimed", "tally_wrong", closed, seats=9)
    f.changed("verdict flipped", "verdict_wrong", closed, verdict="declined")
    f.changed("outcome flipped", "outcome_wrong", closed + 1, outcome="fail")
    f.entries_are("closed before all answered", "rule_broken",
                  [*entries[: closed - 1], {**entries[closed], "rounds": [in_order(ballots[1:])], "yes": 4, "verdict": "undecided"}])  # fmt: skip

    # What follows.
    f.changed("broadcast of another version", "broadcast_unfounded", ordered, version=entries[-1].get("version", "0" * 64))
    f.changed("broadcast to another audience", "broadcast_unfounded", ordered, audience="public")
    f.changed("broadcast numbered 2", "broadcast_number", ordered, number=2)
    second = g.find("broadcast.ordered", 1)
    f.changed("broadcast that hides the one before", "broadcast_number", second, previous="0" * 64)
    fields = {field: entries[ordered][field] for field in ("number", "previous", "version", "audience")}
    f.added("broadcast without a jury", "broadcast_unfounded", called - 2, "node", "broadcast.ordered", proposal=0, **fields)
    declined = g.find("stage.ended", outcome="fail")
    f.entries_are("broadcast after a declined jury", "broadcast_unfounded",
                  [*entries[: declined + 1], {**entries[second], "at": entries[declined]["at"], "proposal": 2, "version": entries[g.find("draw.called", 1)]["version"]}])  # fmt: skip
    f.changed("closed as declined", "outcome_wrong", ordered + 1, ending="declined")
    f.changed("stage after stage skipped", "outcome_wrong", g.find("stage.entered", stage="jury"), stage="appeal")
    f.changed("deadline moved", "charter_mismatch", g.find("stage.entered"), until=entries[g.find("stage.entered")]["until"] + 1)
    f.changed("second answer by another", "rule_broken", g.find("recourse.taken"), actor=5)
    f.changed("slot skipped at an admission", "rule_broken", g.find("member.admitted"), slot=13)
    gone = g.find("member.left")
    f.dropped("the proposals of one who left stay", "rule_broken", gone + 1)
    f.dropped("the seat of one who left stays empty", "rule_broken", g.find("seats.called", reason="left"))
    f.added("one who left acts", "rule_broken", g.find("seats.called", reason="left") + 1, entries[gone]["actor"], "member.rested", days=1)
    f.entries_are("ends inside a batch", "rule_broken", entries[: closed + 1])

    # The charter.
    other = CHARTER.replace("new_days = 14", "new_days = 0")
    name = v.sha256(other.encode()).hex()
    texts = {**{key: text for key, text in g.documents.items() if key != g.charter}, name: other}
    founded = [{**entries[0], "charter": name}]
    f.entries_are("charter swapped at the founding", "charter_mismatch", [*founded, *entries[1 : opened + 3]], documents=texts)
    renamed = [{**entry, "charter": name} if "charter" in entry else entry for entry in entries[: called + 2]]
    f.entries_are("charter swapped everywhere", "charter_mismatch", renamed, documents=texts)


def forged_rounds(f):
    """Forgeries of a jury that grew, with the group's key."""
    g, entries = f.g, f.g.entries
    grown, closed, extended = g.find("jury.grown"), g.find("jury.closed"), g.find("jury.extended")
    first, second = entries[closed]["rounds"]
    draw = g.replay.tree.levels[0][g.find("draw.called")]
    more = copy.deepcopy(first)
    more[[ballot[0] for ballot in more].index("no")][0] = "yes"
    more.sort(key=lambda ballot: v.commitment(draw, *ballot))
    seated = entries[grown]["seated"]
    f.changed("grown by others", "draw_seats_wrong", grown, seated=[*seated[:-1], 3])
    f.changed("grown by fewer", "draw_seats_wrong", grown, seated=seated[:-1])
    f.changed("grown with other turnout", "ballot_count", grown, turnout=8)
    f.dropped("grown while one is silent and time is left", "rule_broken", grown - 1)
    f.added("ballot of the first round in the second", "ballot_not_allowed", grown + 1, entries[grown - 1]["actor"], "ballot.cast", proposal=0, step=1,
            cover="0" * 64, nonce_from="browser", attested="server")  # fmt: skip
    f.changed("first round opened otherwise than sealed", "tally_wrong", closed, rounds=[more, second], yes=entries[closed]["yes"] + 1, no=entries[closed]["no"] - 1)
    both = copy.deepcopy(entries[: closed + 1])
    both[grown]["sealed"] = v.sealed_hash(more).hex()
    both[closed].update(rounds=[more, second], yes=entries[closed]["yes"] + 1, no=entries[closed]["no"] - 1)
    f.entries_are("grown though the first round had decided", "verdict_wrong", both)
    f.changed("first round left out", "ballot_count", closed, rounds=[second])
    f.changed("rounds swapped", "ballot_count", closed, rounds=[second, first])
    f.changed("extended by others", "draw_seats_wrong", extended, seated=[7], released=entries[extended]["released"][:1])
    f.changed("extended, one seat kept back", "draw_seats_wrong", extended, seated=entries[extended]["seated"][:-1], released=entries[extended]["released"][:-1])
    f.changed("extended, other seats released", "rule_broken", extended, released=entries[extended]["released"][::-1])
    f.changed("extended before the time", "rule_broken", extended, at=entries[extended]["at"] - 1, until=entries[extended]["until"] - 1)
    last = g.find("jury.extended", -1)
    again = {**entries[last], "at": entries[last]["until"], "until": 2 * entries[last]["until"] - entries[last]["at"], "released": [], "seated": []}
    f.entries_are("extended twice", "rule_broken", [*entries[: last + 1], again])
    f.dropped("undecided without an extension", "verdict_wrong", last)
    fresh = g.find("draw.called", 2)
    text = "".join(line for line in g.lists[1, 3].splitlines(keepends=True) if "served" not in line)
    f.changed("earlier jurors may sit again", "draw_exclusions_wrong", fresh, excluded=text.count("\n"), exclusions=v.sha256(text.encode()).hex())
    f.changed("accepted by another", "rule_broken", g.find("recourse.taken", choice="accept"), actor=1)


def drand_case():
    """A journal with drand whose signature is invented: only the BLS check can see it."""
    g = Group("wire", 12, beacon="drand")
    first = g.open(0, "Hello")
    g.cosign(first, 1, 2)
    g.draw(first, fixed("no signature", 48))
    g.publish()
    return {"name": "wire: invented drand signature", "kind": "bundle", "lines": g.bundle(), "bls": True, "expect": refused("beacon_invalid")}


def forged_seat(f):
    """The seat of a member who is removed while the jury sits."""
    g, entries = f.g, f.g.entries
    removed, called, closed = g.find("member.removed"), g.find("seats.called"), g.find("jury.closed", proposal=0)
    slot = entries[removed]["slot"]
    f.changed("the one concerned judges", "draw_seats_wrong", g.find("draw.made", proposal=1), seated=[slot, *entries[g.find("draw.made", proposal=1)]["seated"][1:]])
    f.dropped("the seat of one who was removed stays empty", "rule_broken", called)
    f.changed("the seat of one who was removed goes to another", "draw_seats_wrong", called, seated=[8 if entries[called]["seated"] != [8] else 7])
    f.changed("the seat of another passes on", "rule_broken", called, released=[entries[g.find("draw.made")]["seated"][1]])
    f.changed("removed is not silent", "rule_broken", called, reason="silence")
    early = f.made("early", removed, "node", "seats.called", proposal=0, step=0, seated=entries[called]["seated"], released=[slot], reason="left")
    f.entries_are("the seat passes on before the removal", "rule_broken", [*entries[:removed], early])
    f.added("one who was removed votes", "ballot_not_allowed", called + 1, slot, "ballot.cast", proposal=0, step=0, cover="0" * 64, nonce_from="words", attested="server")
    ended = g.find("stage.ended", proposal=2)
    f.added("removed twice", "rule_broken", ended + 1, "node", "member.removed", proposal=2, slot=slot)
    f.changed("gone meanwhile, closed as declined", "outcome_wrong", ended + 1, after=0, ending="declined")
    rounds = copy.deepcopy(entries[closed]["rounds"])
    mine = g.votes[0, 0, slot]
    draw = g.replay.tree.levels[0][g.find("draw.called")]
    rounds[0] = sorted([*rounds[0], mine], key=lambda ballot: v.commitment(draw, *ballot))
    f.changed("the ballot of one who was removed counts", "ballot_count", closed, rounds=rounds, yes=entries[closed]["yes"] + 1)


def forged_loudness(f):
    """A charter that lets things reach everybody that nobody judged still lets nothing else through."""
    g, entries = f.g, f.g.entries
    ordered = g.find("broadcast.ordered")
    f.changed("another version is broadcast", "broadcast_unfounded", ordered, version="0" * 64)
    empty = g.find("draw.made")
    closing = f.made("nobody seated", empty + 1, "node", "vote.closed", proposal=2, step=0, eligible=0, cast=0, ballots=v.sha256(b"").hex(), totals=[0, 0, 0], winners=[], outcome="undecided")
    f.entries_are("a closing by nobody", "rule_broken", [*entries[: empty + 1], closing])
    f.changed("a panel of nobody passes", "outcome_wrong", empty + 1, outcome="pass")
    f.changed("too few are seated nevertheless", "draw_seats_wrong", empty, seated=[1, 2])
    last = g.find("draw.missed", 2)
    f.changed("a fourth attempt", "rule_broken", last, attempt=3)
    f.changed("a panel missed three times passes", "outcome_wrong", last + 1, outcome="pass")
    f.changed("broadcast to another audience", "broadcast_unfounded", ordered, audience="public")
    objected = g.find("stage.ended", outcome="fail")
    said = {field: entries[ordered][field] for field in ("number", "previous", "audience")}
    f.added("broadcast though somebody objects", "broadcast_unfounded", objected + 1, "node", "broadcast.ordered", proposal=1, **said,
            version=entries[g.find("proposal.opened", 1)]["version"])  # fmt: skip
    guarded = UNGUARDED.replace("unguarded = true\n", "")
    name = v.sha256(guarded.encode()).hex()
    renamed = [{**entry, "charter": name} if "charter" in entry else entry for entry in entries]
    f.entries_are("under a charter that does not say unguarded", "charter_mismatch", renamed, documents={**g.documents, name: guarded})


def bundle_files():
    keys = Forger(circle())
    forged_histories(keys)
    damage = Forger(circle())
    forged_files(damage)
    rounds = Forger(union())
    forged_rounds(rounds)
    rounds.cases.append(drand_case())
    votes, talks, effects = Forger(forum()), Forger(house()), Forger(house())
    sailing = Forger(crew())
    forged_seat(sailing)
    rounds.cases += sailing.cases
    forged_votes(votes)
    loud = Forger(megaphone())
    forged_loudness(loud)
    votes.cases += loud.cases
    forged_talks(talks)
    forged_effects(effects)
    questions = Forger(harbour())
    forged_questions(questions)
    returns = Forger(choir())
    forged_returns(returns)
    about = "A group of {} and its forged siblings (bundle.md); {}"
    return {
        "bundle_circle": (about.format("twelve", "what someone without the group's key can do"), damage.cases),
        "bundle_circle_resigned": (about.format("twelve", "what someone with the group's key can do"), keys.cases),
        "bundle_union": (about.format("forty", "a jury that grew, forged with the group's key"), rounds.cases),
        "bundle_forum": (about.format("twenty-four", "votes by every method, forged with the group's key"), votes.cases),
        "bundle_house": (about.format("twelve", "consensus, objections, a jury in steps, pledges, forged with the group's key"), talks.cases),
        "bundle_house_effects": (about.format("twelve", "removal, recall, new rules, forged with the group's key"), effects.cases),
        "bundle_harbour": (about.format("nine", "removal, recall, new rules and an admission by yes and no, forged with the group's key"), questions.cases),
        "bundle_choir": (about.format("eight", "texts that were turned down and come again, forged with the group's key"), returns.cases),
    }


# ---------------------------------------------------------------------------------------------------------------------


def files():
    makers = {"encoding": encoding_cases, "tree": tree_cases, "note": note_cases, "beacon": beacon_cases, "draw": draw_cases,
              "exclusions": exclusions_cases, "ballot": ballot_cases, "tally": tally_cases, "charter": charter_cases}  # fmt: skip
    asked = {"count": count_cases, "elections": election_cases, "pledge": pledge_cases, "seats": seats_cases, "steps": steps_cases, "charter_votes": charter_vote_cases}
    made = {name: maker() for name, maker in makers.items()} | {name: maker(expecting, refused) for name, maker in asked.items()} | certificate_files() | bundle_files()
    for name, (about, cases) in made.items():
        assert len({case["name"] for case in cases}) == len(cases), name
        lines = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)
        text = f'{{"about":{json.dumps(about, ensure_ascii=False)},"cases":[\n{lines}\n]}}\n'
        assert len(text.encode()) <= FILE_BYTES_MAX, (name, len(text.encode()))
        yield HERE / "vectors" / f"{name}.json", text.encode()


def vote_example():
    """The runoff of the third history."""
    g = forum()
    closed = g.entries[g.find("vote.closed", 1, proposal=8)]
    entered = g.find("stage.entered", 1, proposal=8)
    draw, step = g.replay.tree.levels[0][entered], closed["step"]
    choice, nonce = g.votes[8, step, 0]
    r = fixed(f"r forum {g.find('vote.cast', 0, proposal=8, step=step, actor=0)}")
    committed, name = v.commitment(draw, choice, nonce), g.documents[closed["ballots"]].strip()
    assert v.cover(committed, r).hex() == g.entries[g.find("vote.cast", 0, proposal=8, step=step, actor=0)]["cover"]
    return {"DRAW": draw.hex(), "TIES": ", ".join(map(str, v.tie_order(draw, 4))), "NONCE": nonce, "RANDOM": r.hex(), "COMMITMENT": committed.hex(),
            "COVER": v.cover(committed, r).hex(), "LISTHASH": name, "LIST": g.documents[name], "INDEX": closed["ballots"], "WINNER": f"option {closed['winners'][0]}"}


def examples():
    """What the examples in the texts must say, by file."""
    g = circle()
    tree, short = g.replay.tree, lambda data: v.sha256(data).hex()
    called, made, closed = g.find("draw.called"), g.entries[g.find("draw.made")], g.entries[g.find("jury.closed")]
    draw, link = tree.levels[0][called], v.unbase64url(made["signature"])
    seed = v.draw_seed(draw, v.local_randomness(link))
    order, ballots = v.drawn_order(seed, 12), closed["rounds"][0]
    certificate = v.encode(g.certificate(0))
    bundle = g.bundle()
    whole = "".join(line + "\n" for line in bundle).encode()
    r = fixed(f"r circle {g.find('ballot.cast', 1)}")
    committed = v.commitment(draw, *closed["rounds"][0][ballots.index(["yes", "wir sind viele, 4711"])])
    spaced = lambda values: " ".join(map(str, values))
    return {
        "entry.md": [v.encode(g.entries[1]).decode(), tree.levels[0][1].hex()],
        "journal.md": [tree.levels[0][i].hex() for i in range(3)] + [tree.root(i + 1).hex() for i in range(3)] + [g.signer.checkpoint(g.origin, 3, tree.root(3))],
        "draw.md": [draw.hex(), g.lists[0, 1], link.hex(), v.local_randomness(link).hex(), seed.hex(), spaced(order), spaced(made["seated"]),
                    ", ".join(str(word) for word, _ in zip(v.words(seed), range(4)))],
        "jury.md": [r.hex(), committed.hex(), v.cover(committed, r).hex(), v.encode(ballots).decode(), v.sealed_hash(ballots).hex(),
                    ", ".join(v.commitment(draw, *ballot).hex()[:6] for ballot in ballots)],
        "vote.md": list(vote_example().values()),
        "certificate.md": [f"{len(certificate):,} bytes", short(certificate), certificate.decode()[:304], certificate.decode()[-300:]],
        "bundle.md": [f"{len(bundle)} lines, {len(whole):,} bytes", short(whole), bundle[0], bundle[2], bundle[-1]],
        "vectors/beacon.json": [QUICKNET_KEY],
    }  # fmt: skip


def main(arguments):
    if arguments[:1] == ["--bundle"] and len(arguments) == 3:
        lines = {"circle": circle, "union": union, "forum": forum, "house": house, "harbour": harbour, "choir": choir}[arguments[1]]().bundle()
        Path(arguments[2]).write_text("".join(line + "\n" for line in lines))
        return 0
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = 0
    for path, data in files():
        if arguments == ["--check"]:
            same = path.exists() and path.read_bytes() == data
            stale += not same
            print("ok " if same else "bad", path.name, len(data))
        else:
            path.write_bytes(data)
    for name, texts in examples().items():
        for text in texts:
            if text not in (HERE / name).read_text():
                stale += 1
                print("bad", name, "does not say", text)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
