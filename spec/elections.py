"""Real public elections as cases of `count`, for make_vectors.py: whoever was elected there must be elected here. The ballots and where
they come from stand in crates/proof/tests/elections."""

import json

import verify as v
from invented import HERE

FOLDER = HERE.parent / "crates" / "proof" / "tests" / "elections"
WARDS = ("aberdeenshire", "eilean_siar", "almond")


def election_cases(expecting, refused):
    cases = [expecting(ward_case(name)) for name in WARDS]
    for name, ward in zip(WARDS, cases):
        published = read(name)
        assert ward["expect"]["winners"] == published["winners"], name
        assert stages(ward) == published["rounds"], name
    cases += burlington_cases(expecting)
    first = read("burlington")["first"]
    cases.append(forged(cases[4], "whom most put first, elected", [first.index(max(first))], refused))
    cases.append(forged(cases[3], "who won the runoff, elected by the method of Schulze", cases[4]["expect"]["winners"], refused))
    cases.append(forged(cases[0], "the same, in order of their first preferences", [2, 0, 1, 4], refused))
    cases.append(forged(cases[1], "who came fifth, in the place of the fourth", [7, 2, 4, 3], refused))
    return "Ballots of real public elections (vote.md). `source` says where they come from", cases


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_bytes())


def case_of(election, label, method, choices, **more):
    cast = sum(choices.values())
    return {"name": label, "kind": "count", "method": method, "options": election["options"], "draw": v.sha256(b"elections").hex(), "quorum": "0/1",
            "eligible": cast, "choices": [[choice, times] for choice, times in choices.items()], **more, "source": election["source"]}  # fmt: skip


def choices_of(election):
    return {choice: times for times, choice in election["ballots"]}


def ward_case(name):
    election = read(name)
    label = election["about"].split(". Totals")[0]
    return case_of(election, label, "stv", choices_of(election), elect=election["seats"])


def stages(ward):
    """The totals of every stage as a returning officer writes them down: who was elected keeps the quota."""
    ballots = [(v.read_choice("stv", ward["options"], None, choice), times) for choice, times in ward["choices"]]
    history = []
    v.transferable(ballots, ward["options"], v.tie_order(bytes.fromhex(ward["draw"]), ward["options"]), ward["elect"], history)
    quota = (ward["expect"]["valid"] // (ward["elect"] + 1) + 1) * v.WHOLE_VOTE
    result, elected = [], set()
    for totals in history:
        result.append([quota if option in elected and not total else total for option, total in enumerate(totals)])
        elected.update(option for option, total in enumerate(totals) if total >= quota)
    return result


def burlington_cases(expecting):
    """The method of Schulze and the runoff disagree about this election, which is why it is famous."""
    election = read("burlington")
    whole = choices_of(election)
    cut = {}  # a ballot ends where it names two at once, as the rules of Burlington have it
    for choice, times in whole.items():
        alone = choice.split("=")[0].rpartition(">")[0] if "=" in choice else choice
        if alone:
            cut[alone] = cut.get(alone, 0) + times
    label = "Mayoral election of Burlington, Vermont, 3 March 2009"
    found = [expecting(case_of(election, f"{label}, by {words}", method, choices)) for words, method, choices in
             [("the method of Schulze", "schulze", whole), ("instant runoff", "runoff", cut)]]  # fmt: skip
    assert [case["expect"]["winners"] for case in found] == [[election["schulze_winner"]], [election["runoff_winner"]]]
    assert [case["expect"]["valid"] for case in found] == [8_980, 8_976]
    return found


def forged(base, name, winners, refused):
    claimed = {"totals": [], "winners": winners, "outcome": "pass"}
    assert winners != base["expect"]["winners"]
    return {**base, "name": f"{base['name']}: {name}", "claimed": claimed, "expect": refused("tally_wrong")}
