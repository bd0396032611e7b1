"""Runs the cases of spec/vectors for verify.py: one function for each `kind` of README.md, which returns what comes out or raises
what refuses."""

import json
from pathlib import Path

from verify import (
    ENTRY_BYTES_MAX, BEACON_DELAY, LIST_BALLOTS_MAX, Bad, Jury, LocalChain, Report, Tree, ballot_documents, check_bundle, check_certificate,
    check_consistency, check_drand, check_inclusion, check_note, commitment, count_rounds, count_votes, cover, decision, decision_in_steps, decode, draw_seed, drawn_order,
    encode, exclusion_text, exclusions, fraction, key_id, leaf_hash, need, next_slot, nonce_valid, places, pledged, read_bundle, read_charter,
    read_entry, read_index, read_lists, round_after, round_time, sealed_hash, seats_of, sha256, share, tallied, tie_order, unbase64url, vote_outcome,
)  # fmt: skip

h = bytes.fromhex


def case_bytes(case):
    return b"".join(h(part) * count for part, count in case["parts"]) if "parts" in case else h(case["hex"])


def run_encoding(case, _):
    data = case_bytes(case)
    if case.get("entry"):
        read_entry(data)
    else:
        need(len(data) <= ENTRY_BYTES_MAX, "entry_too_large", f"{len(data)} bytes")
        decode(data)
    return {"bytes": len(data), "leaf": leaf_hash(data).hex()}


def run_root(case, _):
    tree = Tree()
    for text in case.get("entries", map(str, range(case.get("count", 0)))):
        tree.append(leaf_hash(text.encode()))
    return {"root": tree.root(len(tree)).hex(), "size": len(tree)}


def run_inclusion(case, _):
    check_inclusion(h(case["leaf"]), case["index"], case["size"], list(map(h, case["proof"])), h(case["root"]))
    return {"valid": True}


def run_consistency(case, _):
    check_consistency(case["old_size"], case["new_size"], h(case["old_root"]), h(case["new_root"]), list(map(h, case["proof"])))
    return {"valid": True}


def run_note(case, _):
    size, root = check_note(case["note"], case["origin"], unbase64url(case["key"]))
    return {"size": size, "root": root.hex(), "key_id": key_id(case["origin"], unbase64url(case["key"])).hex()}


def run_beacon(case, _):
    randomness = check_drand(h(case["signature"])).hex()
    need(randomness == case["randomness"], "beacon_invalid", "the randomness is not the hash of the signature")
    return {"randomness": randomness, "time_ms": round_time(case["round"]), "round_at_time": round_after(round_time(case["round"]))}


def run_link(case, _):
    return {"randomness": LocalChain(h(case["anchor"])).check(case["round"], h(case["link"])).hex()}


def run_clock(case, _):
    slot_at = next_slot(case["at"], case["every_minutes"], case["offset_minutes"])
    return {"slot_at": slot_at, "round": round_after(slot_at + BEACON_DELAY)}


def run_draw(case, _):
    seed = draw_seed(h(case["inputs_hash"]), h(case["randomness"]))
    order = [slot for slot, _ in zip(drawn_order(seed, case["roll"]), range(case["take"]))]
    return {"seed": seed.hex(), "first": order[:10], "joined_sha256": sha256(",".join(map(str, order)).encode()).hex()}


def run_seating(case, _):
    called = {"roll": case["roll"], "seats": case["seats"], "window_ms": 0}
    jury = Jury(called, h(case["inputs_hash"]), set(case["excluded"]), ballots_known=True)
    jury.start(h(case["randomness"]))
    seated = jury.take(case["seats"], set(case["left"]))
    seated = [] if len(seated) * 2 < case["seats"] else seated
    need(case.get("claimed", seated) == seated, "draw_seats_wrong", f"the draw seats {seated}")
    return {"seated": seated, "next": jury.take(case["next"], set(case["left"]))}


def run_exclusions(case, _):
    by_slot = {field: dict(case[field]) for field in ("paused", "served", "rested")}
    found = exclusions(case["roll"], case["at"], case["new_ms"], case["rest_ms"], case["author"], set(case["cosigners"]), set(case["left"]),
                       case["admitted"], by_slot["paused"], by_slot["served"], by_slot["rested"], set(case["earlier"]), case.get("subject"))  # fmt: skip
    text = exclusion_text(found)
    need(case.get("claimed", text) == text, "draw_exclusions_wrong", "the rules exclude others")
    return {"excluded": len(found), "text": text, "hash": sha256(text.encode()).hex()}


def run_ballot(case, _):
    need(case["choice"] in ("yes", "no") and nonce_valid(case["nonce"]), "entry_malformed", "not a ballot")
    committed = commitment(h(case["draw"]), case["choice"], case["nonce"])
    covered = cover(committed, h(case["r"])).hex()
    need(case.get("claimed", covered) == covered, "ballot_not_allowed", "the cover does not hide this ballot")
    return {"commitment": committed.hex(), "cover": covered}


def run_tally(case, _):
    rounds, turnout = case["rounds"], case["turnout"]
    need([len(ballots) for ballots in rounds] == turnout, "ballot_count", "more or fewer opened than cast")
    counts = count_rounds(h(case["draw"]), rounds)
    need(len(rounds) == 1 or sealed_hash(rounds[0]).hex() == case["sealed"], "tally_wrong", "the first round was sealed otherwise")
    grown, yes, no = case["grown"] if len(rounds) == 2 else None, sum(c[0] for c in counts), sum(c[1] for c in counts)
    found = decision(grown=grown, yes=yes, no=no, turnout=turnout[-1],
                     **{field: case[field] for field in "filled agree quorum seats then eligible_left extended silent".split()})  # fmt: skip
    need(case.get("claimed", found) == found, "verdict_wrong", f"the rules say {found}")
    return {"decision": found, "yes": yes, "no": no, "total": case["filled"] + (grown or 0), "sealed": sealed_hash(rounds[0]).hex(),
            "agree_needed": share(case["agree"], case["filled"], case["seats"]) if grown is None else (case["filled"] + grown) // 2 + 1,
            "quorum_needed": share(case["quorum"], case["filled"], case["seats"])}  # fmt: skip


def run_count(case, _):
    draw, choices = h(case["draw"]), {}
    for choice, times in case["choices"]:
        choices[choice] = choices.get(choice, 0) + times
    totals, winners, valid = count_votes(case["method"], case["options"], draw, choices, case.get("max_score"), case.get("elect"))
    cast, agree = sum(choices.values()), fraction(case["agree"]) if "agree" in case else None
    outcome = vote_outcome(options=case["options"], quorum=fraction(case["quorum"]), eligible=case["eligible"], cast=cast, agree=agree,
                           totals=totals, winners=winners)  # fmt: skip
    claimed = case.get("claimed", {"totals": totals, "winners": winners, "outcome": outcome})
    need((claimed["totals"], claimed["winners"]) == (totals, winners), "tally_wrong", f"the count gives {totals} and {winners}")
    need(claimed["outcome"] == outcome, "verdict_wrong", f"the rules say {outcome}")
    order = list(tie_order(draw, places(case["method"], case["options"]))) if case["options"] else []
    return {"totals": totals, "winners": winners, "outcome": outcome, "cast": cast, "valid": valid, "order": order}


def run_pledge(case, _):
    count = pledged(dict(case["numbers"]))
    need(case.get("claimed", count) == count, "tally_wrong", f"the largest set has {count}")
    return {"count": count, "wakes": count >= case["at_least"]}


def run_lists(case, _):
    """Ballot lists and their index, made and read again; `drop`, `swap`, `repeat` and `split` forge them in between."""
    draw = h(case["draw"])
    ballots = sorted((["yes", str(i)] for i in range(case["count"])), key=lambda ballot: commitment(draw, *ballot))
    if "drop" in case:
        del ballots[case["drop"]]
    if "swap" in case:
        at = case["swap"]
        ballots[at : at + 2] = ballots[at + 1], ballots[at]
    if "repeat" in case:
        ballots[case["repeat"] + 1] = ballots[case["repeat"]]
    index, lists = ballot_documents(ballots)
    if "split" in case:
        ends = [sum(case["split"][:i]) for i in range(len(case["split"]) + 1)]
        lists = [encode(ballots[start:end]) for start, end in zip(ends, ends[1:])]
        index = "".join(sha256(text).hex() + "\n" for text in lists).encode()
    need(read_index(index) == [sha256(text).hex() for text in lists], "ballot_count", "the index names other lists")
    tallied(draw, read_lists(lists), case.get("cast", case["count"]))
    return {"index": sha256(index).hex(), "lists": len(lists), "first": sha256(lists[0]).hex() if lists else "", "longest": min(case["count"], LIST_BALLOTS_MAX)}


def run_seats(case, _):
    found = seats_of(case["rule"], case["roll"], case["eligible"])
    need(case.get("claimed", found) == found, "charter_mismatch", f"the rule gives {found}")
    return found


def run_steps(case, _):
    rounds, added = case["rounds"], case["added"]
    need(len(rounds) == 1 + len(added), "ballot_count", "a round is missing or too many")
    counts = count_rounds(h(case["draw"]), rounds)
    rule = {field: case[field] for field in "seats quorum lead cap filled".split()} | {"first_turnout": len(rounds[0])}
    for number in range(len(rounds)):
        yes, no = (sum(column) for column in zip(*counts[: number + 1]))
        last = number == len(added)
        unseen = {field: case[field] for field in ("eligible_left", "extended", "silent")} if last else dict(eligible_left=True, extended=True, silent=0)
        found = decision_in_steps(**rule, **unseen, yes=yes, no=no, total=case["filled"] + sum(added[:number]))
        need(last or found == "grow", "verdict_wrong", f"round {number} was {found}")
    need(case.get("claimed", found) == found, "verdict_wrong", f"the rules say {found}")
    return {"decision": found, "yes": yes, "no": no, "total": case["filled"] + sum(added), "quorum_needed": share(case["quorum"], case["filled"], case["seats"])}


def run_charter(case, _):
    data = case["text"].encode()
    read_charter(data)
    return {"hash": sha256(data).hex()}


def run_certificate(case, body):
    expected_key = unbase64url(case["expected_key"]) if "expected_key" in case else None
    certificate, _, _ = check_certificate(body.encode(), expected_key, case.get("expected_version"))
    return {field: certificate[field] for field in ("beacon", "number", "proposal", "version")}


def run_bundle(case, body):
    report = Report(quiet=True)
    parts = read_bundle("".join(line + "\n" for line in body).encode())
    check_bundle(parts, report)
    need(report.first_bad is None, report.first_bad, "refused")
    return {"accepted": True, "entries": len(parts["entry"])}


def spliced(base, edits):
    """A forged sibling: some runs of the base (lines or characters) replaced. Positions are those of the base."""
    for at, removed, inserted in sorted(edits, key=lambda edit: edit[0], reverse=True):
        base = base[:at] + inserted + base[at + removed :]
    return base


def run_vectors(directory):
    passed = failed = 0
    for path in sorted(Path(directory).glob("*.json")):
        whole = {}
        for case in json.loads(path.read_bytes())["cases"]:
            body = case.get("lines", case.get("text"))
            whole[case["name"]] = spliced(whole[case["base"]], case["edits"]) if "base" in case else body
            if case.get("bls"):
                print("note beacon_unchecked -", path.name, case["name"], "needs the BLS signature, which is not checked here")
                continue
            try:
                found = globals()["run_" + case["kind"]](case, whole[case["name"]])
                expected = case["expect"]
                good = "refused" not in expected and all(found.get(field) == value for field, value in expected.items())
            except Bad as bad:
                found, good = {"refused": bad.code, "text": bad.text}, case["expect"] == {"refused": bad.code}
            passed, failed = passed + good, failed + (not good)
            if not good:
                print("bad vector -", path.name, case["name"], "expected", case["expect"], "found", found)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
