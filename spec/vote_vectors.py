"""The cases of votes, pledges, seats by rule and juries in steps, for make_vectors.py. Every number in them is invented."""

import verify as v
from invented import fixed


class Dice:
    """Numbers that look random and never change."""

    def __init__(self, label):
        self.words = v.words(fixed(f"dice {label}"))

    def below(self, limit):
        return next(self.words) % limit

    def shuffled(self, values):
        values = list(values)
        for i in range(len(values)):
            j = i + self.below(len(values) - i)
            values[i], values[j] = values[j], values[i]
        return values


def random_choice(method, options, dice, max_score):
    """A ballot that is neither uniform nor the same for all: low options are liked a little better."""
    count = v.places(method, options)
    liking = dice.shuffled(range(count))
    liking.sort(key=lambda option: dice.below(3 + option))
    some = liking[: 1 + dice.below(count)]
    if dice.below(20) == 0:
        return "abstain"
    if method == "yes_no":
        return ("yes", "yes", "no")[dice.below(3)]
    if method == "approval":
        return ",".join(map(str, sorted(some)))
    if method == "score":
        return ",".join(str(dice.below(max_score + 1)) for _ in range(count))
    if method != "schulze":
        return ">".join(map(str, some))
    groups = [[some[0]]]
    for option in some[1:]:
        groups.append([]) if dice.below(3) else None
        groups[-1].append(option)
    return ">".join("=".join(map(str, sorted(group))) for group in groups)


CAPITAL = {"ABCD": 42, "BCDA": 26, "CDBA": 15, "DCBA": 17}  # who would put the capital where


def by_letters(ballots):
    """Ballots written as options from best to worst, as choices."""
    return {">".join(str("ABCDE".index(letter)) for letter in text): times for text, times in ballots.items()}


def count_cases(expecting, refused):
    cases = []

    def case(name, method, options, choices, draw="count", quorum="0/1", eligible=None, **more):
        more = {"agree": "1/2", **more} if method == "yes_no" else {"max_score": 5, **more} if method == "score" else more
        choices = choices if isinstance(choices, dict) else {choice: 1 for choice in choices}
        cast = sum(choices.values())
        return {"name": f"{method}: {name}", "kind": "count", "method": method, "options": options, "draw": v.sha256(draw.encode()).hex(), "quorum": quorum,
                "eligible": cast if eligible is None else eligible, "choices": [[choice, times] for choice, times in choices.items()], **more}  # fmt: skip

    def good(*arguments, **more):
        cases.append(expecting(case(*arguments, **more)))
        return cases[-1]

    def bad(code, *arguments, **more):
        cases.append({**case(*arguments, **more), "expect": refused(code)})

    count_outcomes(good)
    count_ties(good)
    count_examples(good)
    count_transfers(good)
    count_dice(good)
    count_no_choices(bad)
    count_forged(cases, refused)
    return "Choices and counts of votes by every method (vote.md)", cases


def count_outcomes(good):
    """What a vote leads to."""
    good("three to two", "yes_no", 0, {"yes": 3, "no": 2})
    good("equal", "yes_no", 0, {"yes": 3, "no": 3})
    good("one yes", "yes_no", 0, {"yes": 1})
    good("two thirds exactly", "yes_no", 0, {"yes": 4, "no": 2}, agree="2/3")
    good("just below two thirds", "yes_no", 0, {"yes": 1_999_999, "no": 1_000_000}, agree="2/3")
    good("all must agree", "yes_no", 0, {"yes": 99, "no": 1}, agree="1/1")
    good("all agree, some abstain", "yes_no", 0, {"yes": 99, "abstain": 5}, agree="1/1")
    good("nobody", "yes_no", 0, {}, eligible=9)
    good("nobody was asked", "yes_no", 0, {})
    good("all abstain", "yes_no", 0, {"abstain": 4})
    good("quorum exactly", "yes_no", 0, {"yes": 2, "no": 1, "abstain": 2}, quorum="1/2", eligible=10)
    good("one short of the quorum", "yes_no", 0, {"yes": 2, "no": 1, "abstain": 2}, quorum="1/2", eligible=11)
    good("quorum of a third", "yes_no", 0, {"yes": 333_333, "no": 1}, quorum="1/3", eligible=1_000_000)
    good("quorum of a third, one short", "yes_no", 0, {"yes": 333_333}, quorum="1/3", eligible=1_000_000)
    for method, text in [("approval", "2"), ("score", "0,0,5"), ("schulze", "2>0=1"), ("runoff", "2>1")]:
        good("none of these wins", method, 2, {text: 3, {"approval": "0,1", "score": "1,0,0", "schulze": "0>1>2", "runoff": "0>1"}[method]: 1})
        good("nobody", method, 2, {}, eligible=4)
        good("all abstain", method, 2, {"abstain": 2})
        good("quorum missed", method, 2, {text: 1}, quorum="1/2", eligible=3)
        good("one ballot", method, 2, {{"approval": "0", "score": "5,0,0", "schulze": "0", "runoff": "0>1"}[method]: 1})
    good("nobody", "stv", 3, {}, eligible=4, elect=2)
    good("all abstain", "stv", 3, {"abstain": 3}, elect=2)


def count_ties(good):
    """Ties are broken by the draw alone."""
    for draw in ("a", "b", "c"):
        good(f"four equal, draw {draw}", "approval", 4, ["0", "1", "2", "3"], draw=draw)
        good(f"four equal, draw {draw}", "score", 3, ["3,3,3,3"], draw=draw)
        good(f"a circle, draw {draw}", "schulze", 3, ["0>1>2", "1>2>0", "2>0>1"], draw=draw)
        good(f"all equal, draw {draw}", "schulze", 4, ["0=1=2=3=4"], draw=draw)
        good(f"three equal, draw {draw}", "runoff", 3, ["0", "1", "2"], draw=draw)
        good(f"four equal, two wanted, draw {draw}", "stv", 4, ["0", "1", "2", "3"], draw=draw, elect=2)
        good(f"equal surpluses, draw {draw}", "stv", 6, {"0>2": 10, "1>3": 10, "4": 3, "5": 3}, draw=draw, elect=3)
    good("tie below the winner", "runoff", 4, {"0": 4, "1": 2, "2": 2, "3": 1})
    good("ballots that run out", "runoff", 4, {"0": 4, "1": 3, "2": 3, "3>2": 1})
    good("nobody's first choice never wins", "runoff", 3, {"0>2": 3, "1>2": 3})
    good("half is not more than half", "runoff", 3, {"0": 5, "1": 3, "2>1": 2})


def count_examples(good):
    """Examples from the literature, and what tells methods apart."""
    forty_five = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    for method in ("schulze", "runoff"):
        good("45 ballots, 5 options", method, 5, by_letters(forty_five))
    good("45 ballots, 5 options, two wanted", "stv", 5, by_letters(forty_five), elect=2)
    good("30 ballots in a circle", "schulze", 4, by_letters({"ACBD": 5, "ACDB": 2, "ADCB": 3, "BACD": 4, "CBDA": 3, "CDBA": 3, "DACB": 1, "DBAC": 5, "DCBA": 4}))
    for method in ("schulze", "runoff"):
        good("where the capital should be", method, 4, by_letters(CAPITAL))
    good("where the capital should be, two", "stv", 4, by_letters(CAPITAL), elect=2)
    good("left out means behind", "schulze", 3, {"0": 5, "1>2": 4, "2>1": 3})
    good("winning votes, not margins", "schulze", 3, {"0>1": 9, "1>2": 8, "2>0": 7, "1": 2})
    good("equals count for neither", "schulze", 3, {"0=1>2": 5, "2>0": 4, "1>0": 1})


def count_transfers(good):
    """The single transferable vote."""
    good("a surplus passes on", "stv", 3, {"0>1": 9, "1": 1, "2": 4}, elect=2)
    good("a surplus without a next one is lost", "stv", 3, {"0": 9, "1": 1, "2": 2}, elect=2)
    good("values are cut, never rounded up", "stv", 4, {"0>1": 7, "0>2>1": 3, "1": 3, "2>3": 3, "3": 4}, elect=2)
    good("surplus of a surplus", "stv", 4, {"0>1>2": 20, "1>3": 6, "2": 3, "3": 2}, elect=3)
    good("elected ones get nothing more", "stv", 4, {"0>1>2": 12, "1>0>3": 12, "2": 1, "3": 2}, elect=3)
    good("lowest goes out, its ballots keep their value", "stv", 5, {"0>4>1": 11, "1": 5, "2": 4, "3>2": 3, "4>3": 1}, elect=2)
    good("as many stand as are wanted", "stv", 3, {"0": 6, "1": 1}, elect=2)
    good("as many options as wanted", "stv", 3, {"1>0": 2, "2": 1}, elect=3)
    good("more wanted than options", "stv", 3, {"1>0": 2, "2": 1}, elect=7)
    good("one wanted", "stv", 4, by_letters(CAPITAL), elect=1)
    good("earlier rounds break a tie of the lowest", "stv", 5, {"0": 9, "1": 8, "2": 4, "3": 3, "4>3": 1}, elect=2)
    good("earlier rounds break a tie of surpluses", "stv", 6, {"0": 6, "1": 5, "2>1": 1, "3>4": 3, "5": 2, "4": 2}, elect=3)
    good("three million", "stv", 4, {"0>1>2": 1_499_999, "1>2": 700_001, "2>3": 500_000, "3>0": 300_000}, elect=3)


def count_dice(good):
    """Many ballots without a plan."""
    for method, options, number in [("approval", 7, 60), ("approval", 64, 40), ("score", 6, 60), ("score", 40, 30), ("schulze", 6, 80), ("schulze", 64, 40), ("schulze", 12, 100),
                                    ("runoff", 6, 80), ("runoff", 64, 60), ("runoff", 12, 120)]:  # fmt: skip
        dice = Dice(f"{method} {options} {number}")
        choices = {random_choice(method, options, dice, 10): 1 + dice.below(9) for _ in range(number)}
        good(f"{number} ballots, {options} options", method, options, choices, **({"max_score": 10} if method == "score" else {}))
    for options, number, elect in [(5, 40, 2), (6, 60, 3), (8, 100, 4), (10, 120, 5), (12, 120, 7), (20, 100, 6), (64, 90, 9), (64, 60, 63), (9, 150, 8), (7, 80, 3), (7, 81, 3), (7, 82, 3)]:
        dice = Dice(f"stv {options} {number} {elect}")
        choices = {random_choice("stv", options, dice, 0): 1 + dice.below(9) for _ in range(number)}
        good(f"{number} ballots, {options} options, {elect} wanted", "stv", options, choices, elect=elect)


def count_no_choices(bad):
    """Choices that are none."""
    for method, texts in {
        "yes_no": ["Yes", "", "0", "yes ", "yes,no"], "approval": ["", "1,0", "0,0", "4", "0,", "00", "+1", "yes", "0>1", "-1", "٣"],
        "score": ["", "1,2,3", "1,2,3,4,5", "1,2,3,6", "1,2,3,-1", "01,2,3,4", "1, 2,3,4"], "schulze": ["", "0>0", "0>", ">0", "1=0", "0=0", "4", "0,1", "0>1=0", "0==1"],
        "runoff": ["", "0>0", "0>", "0=1", "4", "0>1>2>3>0", "0,1"], "stv": ["", "3", "0>0", "0=1", "01", "0>1>3", "0 >1"],
    }.items():  # fmt: skip
        for text in texts:
            bad("tally_wrong", f"no choice: {text!r}", method, 0 if method == "yes_no" else 3, {text: 1}, **({"elect": 2} if method == "stv" else {}))


def count_forged(cases, refused):
    """Forged results."""
    for base in [one for one in cases if one["name"] in ("schulze: 45 ballots, 5 options", "stv: 45 ballots, 5 options, two wanted", "yes_no: three to two",
                                                       "approval: four equal, draw a", "score: none of these wins", "runoff: where the capital should be")]:  # fmt: skip
        found = base["expect"]
        forged = {"outcome": ("verdict_wrong", "undecided")}
        if found["winners"]:
            forged["winners"] = ("tally_wrong", [(found["winners"][0] + 1) % 3, *found["winners"][1:]])
        if found["totals"]:
            forged["totals"] = ("tally_wrong", [found["totals"][0] + 1, *found["totals"][1:]])
        for field, (code, value) in forged.items():
            claimed = {**{name: found[name] for name in ("totals", "winners", "outcome")}, field: value}
            cases.append({**{key: value for key, value in base.items() if key != "expect"}, "name": f"{base['name']}, other {field}", "claimed": claimed, "expect": refused(code)})


def pledge_cases(expecting, refused):
    cases = []

    def good(name, numbers, at_least):
        cases.append(expecting({"name": name, "kind": "pledge", "numbers": [[str(number), times] for number, times in numbers], "at_least": at_least}))
        return cases[-1]

    good("nobody", [], 1)
    good("one who needs nobody", [(1, 1)], 1)
    good("one who needs another", [(2, 1)], 1)
    good("two who need each other", [(2, 2)], 2)
    good("a chain that falls one by one", [(number, 1) for number in range(1, 21)], 20)
    good("a chain without its first", [(number, 1) for number in range(2, 22)], 1)
    good("a gap that stops", [(1, 3), (10, 5)], 3)
    good("a gap that many leap over", [(1, 3), (10, 7)], 10)
    good("those with higher numbers stay out", [(5, 10), (100, 30)], 10)
    good("one short of what the charter wants", [(5, 10), (100, 30)], 11)
    good("the higher set holds though a lower one does not", [(2, 1), (3, 2)], 1)
    good("a million", [(1_000_000, 999_999), (1, 1)], 1_000_000)
    good("one short of a million", [(1_000_000, 999_998), (1, 1)], 1)
    good("ten million is the highest number", [(10_000_000, 5), (5, 1)], 1)
    for name, claimed in {"one more": 11, "one fewer": 9, "all": 40}.items():
        cases.append({"name": f"claimed: {name}", "kind": "pledge", "numbers": [["5", 10], ["100", 30]], "at_least": 5, "claimed": claimed, "expect": refused("tally_wrong")})
    for text in ("0", "10000001", "", "-1", "05", "5 ", "yes", "abstain", "99999999999999999"):
        cases.append({"name": f"no number: {text!r}", "kind": "pledge", "numbers": [[text, 1]], "at_least": 1, "expect": refused("tally_wrong")})

    def lists(name, count, **more):
        return {"name": name, "kind": "lists", "draw": v.sha256(b"inputs").hex(), "count": count, **more}

    for count in (0, 1, 2, 799, 800, 801, 1_600, 1_601, 10_000):
        cases.append(expecting(lists(f"lists of {count}", count)))
    for name, code, cast, edits in [
        ("one omitted", "ballot_count", 2_000, {"drop": 5}), ("one more counted than opened", "ballot_count", 2_001, {}), ("two swapped", "ballot_order", 2_000, {"swap": 5}),
        ("one replayed in the place of the next", "ballot_order", 2_000, {"repeat": 5}), ("a list that is not full", "ballot_count", 2_000, {"split": [800, 400, 800]}),
        ("a list that is too long", "ballot_count", 2_000, {"split": [801, 1_199]}), ("an empty list", "ballot_count", 2_000, {"split": [800, 800, 400, 0]}),
    ]:  # fmt: skip
        cases.append(lists(f"lists of 2000, {name}", 2_000, cast=cast, **edits) | {"expect": refused(code)})
    return "Pledges and ballot lists (vote.md). The ballots of `lists` are `yes` with the nonces 0, 1, … in decimal, sorted by commitment", cases


def seats_cases(expecting, refused):
    cases = []

    def good(name, rule, *rolls, **more):
        for roll in rolls:
            cases.append(expecting({"name": f"{name}, roll {roll}", "kind": "seats", "rule": rule, "roll": roll, "eligible": roll, **more}))

    part = {"agree": "2/3", "quorum": "1/2"}
    good("number", {"seats": 9, "agree": 6, "quorum": 5, "then": 12}, 1, 40)
    good("number, fractions", {"seats": 9, "agree": "2/3", "quorum": "1/2", "then": 12}, 40)
    good("number, agree no less than a majority", {"seats": 10, "agree": "1/3", "quorum": "3/10"}, 40)
    good("number, all agree", {"seats": 10, "agree": "1/1", "quorum": "1/1"}, 40)
    good("everyone", {"seats": "everyone"}, 1, 2, 12, 499, 500, 501, 10_000)
    good("a tenth", {"seats": {"share": "1/10"}, **part}, 1, 9, 10, 11, 99, 100, 101, 4_999, 5_000, 5_001, 3_000_000)
    good("nothing is one", {"seats": {"share": "0/1"}, **part}, 1, 100)
    good("all", {"seats": {"share": "1/1"}, **part}, 1, 7, 500, 501)
    for confidence in (90, 95, 99):
        for margin in (1, 5, 10, 20):
            rolls = (1, 2, 10, 100, 1_000, 10_000, 3_000_000) if margin in (5, 20) else (50, 777)
            good(f"sample {confidence}/{margin}", {"seats": {"sample": {"confidence": confidence, "margin": margin}}, **part}, *rolls)
    largest = {"largest": [{"share": "1/20"}, {"sample": {"confidence": 90, "margin": 10}}, 15]}
    good("largest", {"seats": largest, **part}, 1, 14, 15, 16, 40, 1_000, 1_500, 20_000)
    good("steps", {"seats": 9, "lead": 4, "quorum": "1/2", "then": 6, "cap": 27}, 40)
    good("assembly", {"seats": {"share": "1/7"}}, 40)
    for name, change in {"one seat more": {"seats": 11}, "one fewer agree": {"agree": 6}, "another quorum": {"quorum": 6}}.items():
        base = {"kind": "seats", "rule": {"seats": {"share": "1/10"}, **part}, "roll": 100, "eligible": 100}
        cases.append({"name": f"claimed: {name}", **base, "claimed": {"seats": 10, "agree": 7, "quorum": 5, "then": 0, **change}, "expect": refused("charter_mismatch")})
    return "Seats by rule, and parts of them (charter.md)", cases


HEAD = """charter = 1
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
"""
UNGUARDED_HEAD = HEAD.replace("[clock]", "unguarded = true\n[clock]")
SAY, RECORD, VOTE = "effect:broadcast", "effect:record", ("vote", "a")
STAGES = {
    "vote": 'kind = "vote"\ntitle = "v"\nwho = "everyone"\nmethod = "yes_no"\nagree = "1/2"\nquorum = "1/4"\ndays = 3\nremind_hours = [24]\n',
    "drawn": 'kind = "vote"\ntitle = "d"\nwho = "drawn"\nsizes = [{ members_up_to = 9, seats = 3 }, { seats = { share = "1/3" } }]\nmethod = "yes_no"\nagree = "2/3"\nquorum = "1/2"\nhours = 48\nremind_hours = []\n',
    "consensus": 'kind = "consensus"\ntitle = "c"\nwho = "settled"\nblocks = 1\nasides = "1/4"\nquorum = "1/2"\ndays = 3\nremind_hours = []\n',
    "objection": 'kind = "objection"\ntitle = "o"\nwho = "everyone"\nobjections = 2\nhours = 72\nremind_hours = [24, 48]\n',
    "pledge": 'kind = "pledge"\ntitle = "p"\nwho = "everyone"\nat_least = 5\ndays = 30\nremind_hours = []\n',
    "jury": 'kind = "jury"\ntitle = "j"\nsizes = [{ seats = 9, agree = 6, quorum = 5, then = 12 }]\nanswer_hours = 24\nwindow_hours = 72\nremind_hours = []\n',
    "cosign": 'kind = "cosign"\ntitle = "s"\nneeded = [{ count = 2 }]\ndays = 9\nremind_days = []\n',
    "wait": 'kind = "wait"\ntitle = "w"\nhours = 24\n',
    "recourse": 'kind = "recourse"\ntitle = "r"\ndays = 9\n',
}


def process(kind, *stages):
    """A charter of one process. Each stage is (what it is, its id, where it leads, and perhaps what is written instead of what)."""
    text = f'{HEAD}[process.it]\ntitle = "It"\nkind = "{kind}"\naudiences = ["members"]\nfirst = "{stages[0][1]}"\n'
    for what, name, leads, *changes in stages:
        lines = STAGES[what]
        for old, new in changes:
            assert lines.count(old) == 1, (what, old)
            lines = lines.replace(old, new)
        for outcome, target in zip(("pass", "lapsed") if what in ("cosign", "pledge") else ("pass",) if what == "wait" else ("lapsed", "revise", "appeal") if what == "recourse"
                                   else ("pass", "fail") if what == "objection" else ("pass", "fail", "undecided"), [*leads.split(), "end", "end"]):  # fmt: skip
            if target != "-":
                lines += f'{outcome} = "{target}"\n'
        text += f"[process.it.stage.{name}]\n{lines}"
    return text


def charter_vote_cases(expecting, refused):
    cases = []

    def good(name, kind, *stages, head=HEAD):
        cases.append(expecting({"name": name, "kind": "charter", "text": process(kind, *stages).replace(HEAD, head)}))

    def bad(name, kind, *stages, head=HEAD):
        cases.append({"name": name, "kind": "charter", "text": process(kind, *stages).replace(HEAD, head), "expect": refused("charter_mismatch")})

    charters_of_every_kind(good, bad)
    charters_with_parameters(good, bad)
    charters_with_seats(good, bad)
    charters_with_guards(good, bad)
    charters_that_flow(good, bad)
    return "Charters with votes, consensus, objections, pledges, seats by rule and juries in steps (charter.md)", cases


def charters_of_every_kind(good, bad):
    """Every kind and every effect."""
    good("a vote before a broadcast", "message", ("vote", "a", SAY))
    good("a drawn assembly before a broadcast", "message", ("drawn", "a", SAY))
    good("a consensus before a broadcast", "message", ("consensus", "a", SAY))
    good("an objection to a decision", "decision", ("objection", "a", RECORD))
    good("an action that waits for pledges", "action", ("vote", "a", "b"), ("pledge", "b", "effect:action"))
    good("an action that is only recorded", "action", ("pledge", "a", RECORD))
    good("a removal by vote", "removal", ("vote", "a", "effect:remove"))
    good("a recall by jury", "recall", ("jury", "a", "effect:recall"))
    good("new rules, and time to leave", "amendment", ("vote", "a", "b"), ("wait", "b", "effect:amend"))
    good("new rules after two guards and a wait between", "amendment", ("vote", "a", "b"), ("wait", "b", "c"), ("jury", "c", "d"), ("wait", "d", "effect:amend"))
    good("an admission that everybody votes on", "admission", ("vote", "a", "effect:admit"))
    good("an admission that nobody objects to, after a co-signature", "admission", ("cosign", "a", "b"), ("objection", "b", "effect:admit"))
    good("two votes, one after the other", "message", ("vote", "a", "b end b"), ("vote", "b", SAY))
    good("a consensus, or else a vote", "message", ("consensus", "a", f"{SAY} b b"), ("vote", "b", SAY))
    good("revised until a vote passes", "message", ("vote", "a", f"{SAY} b b"), ("recourse", "b", "end a -"))
    for method, more in {"approval": "", "score": "max_score = 10\n", "schulze": "", "runoff": "", "stv": "winners = 64\n"}.items():
        good(f"a decision by {method}", "decision", (*VOTE, RECORD, ('"yes_no"', f'"{method}"'), ('agree = "1/2"\n', more)))
    for effect, kinds in {"broadcast": "admission removal recall amendment decision action", "admit": "message removal", "remove": "message admission", "recall": "message removal",
                          "amend": "message decision", "action": "message decision", "record": "admission removal recall amendment", "ally": "message"}.items():  # fmt: skip
        for kind in kinds.split():
            bad(f"{effect} in a process of kind {kind}", kind, ("vote", "a", "b"), ("wait", "b", f"effect:{effect}"))
    bad("kind that does not exist", "festival", ("vote", "a", RECORD))


def charters_with_parameters(good, bad):
    """Parameters."""
    for name, stage, changes in [
        ("who is nobody", "vote", [('"everyone"', '"nobody"')]), ("drawn, but from what", "vote", [('"everyone"', '"drawn"')]), ("agree below a half", "vote", [("1/2", "4/9")]),
        ("agree above one", "vote", [("1/2", "3/2")]), ("agree missing", "vote", [('agree = "1/2"\n', "")]), ("agree a number", "vote", [('"1/2"', "1")]), ("agree of zero", "vote", [("1/2", "0/0")]),
        ("a fraction with white space", "vote", [("1/4", "1 / 4")]), ("a fraction with leading zeros", "vote", [("1/4", "01/4")]), ("a fraction too fine", "vote", [("1/4", "1/1000001")]),
        ("a negative fraction", "vote", [("1/4", "-1/4")]), ("a decimal", "vote", [('"1/4"', "0.25")]), ("quorum missing", "vote", [('quorum = "1/4"\n', "")]),
        ("days and hours", "vote", [("days = 3", "days = 3\nhours = 3")]), ("neither days nor hours", "vote", [("days = 3\n", "")]), ("366 days", "vote", [("days = 3", "days = 366")]),
        ("reminded at the end", "vote", [("[24]", "[72]")]), ("reminded backwards", "vote", [("[24]", "[24, 12]")]), ("reminders missing", "vote", [("remind_hours = [24]\n", "")]),
        ("a method that nobody knows", "vote", [('"yes_no"', '"borda"')]), ("points in a vote of yes and no", "vote", [("days = 3", "days = 3\nmax_score = 5")]),
        ("winners in a vote of yes and no", "vote", [("days = 3", "days = 3\nwinners = 1")]), ("sizes for everybody", "vote", [("days = 3", "days = 3\nsizes = [{ seats = 3 }]")]),
        ("fresh for everybody", "vote", [("days = 3", "days = 3\nfresh = true")]), ("an assembly of everybody", "drawn", [('{ share = "1/3" }', '"everyone"')]),
        ("an assembly with agree", "drawn", [('"1/3" } }', '"1/3" }, agree = "1/2" }')]), ("an assembly of nobody", "drawn", [("seats = 3", "seats = 0")]),
        ("a share of nothing known", "drawn", [('"1/3"', '"1/x"')]), ("a rule with two", "drawn", [('share = "1/3"', 'share = "1/3", sample = { confidence = 95, margin = 5 }')]),
        ("a sample of odd confidence", "drawn", [('share = "1/3"', "sample = { confidence = 97, margin = 5 }")]), ("a sample of margin 0", "drawn", [('share = "1/3"', "sample = { confidence = 95, margin = 0 }")]),
        ("the largest of one", "drawn", [('share = "1/3"', "largest = [5]")]), ("the largest of six", "drawn", [('share = "1/3"', "largest = [1, 2, 3, 4, 5, 6]")]),
        ("the largest of the largest", "drawn", [('share = "1/3"', "largest = [5, { largest = [1, 2] }]")]), ("drawn consensus", "consensus", [('"settled"', '"drawn"')]),
        ("no blocks", "consensus", [("blocks = 1", "blocks = 0")]), ("101 blocks", "consensus", [("blocks = 1", "blocks = 101")]), ("asides missing", "consensus", [('asides = "1/4"\n', "")]),
        ("amendable perhaps", "consensus", [("days = 3", 'days = 3\namendable = "perhaps"')]), ("a consensus with a method", "consensus", [("days = 3", 'days = 3\nmethod = "yes_no"')]),
    ]:  # fmt: skip
        bad(name, "message", (stage, "a", SAY, *changes))
    for name, change in [("no options at all", ('method = "yes_no"\nagree = "1/2"', 'method = "approval"'))]:
        bad(f"{name}: a message by approval", "message", (*VOTE, SAY, change))
    bad("agree in a vote by approval", "decision", (*VOTE, RECORD, ('"yes_no"', '"approval"')))
    bad("points missing", "decision", (*VOTE, RECORD, ('method = "yes_no"\nagree = "1/2"', 'method = "score"')))
    bad("eleven points", "decision", (*VOTE, RECORD, ('method = "yes_no"\nagree = "1/2"', 'method = "score"\nmax_score = 11')))
    bad("65 winners", "decision", (*VOTE, RECORD, ('method = "yes_no"\nagree = "1/2"', 'method = "stv"\nwinners = 65')))
    bad("options and yes or no", "decision", (*VOTE, "b", ('method = "yes_no"\nagree = "1/2"', 'method = "approval"')), ("vote", "b", RECORD))
    for name, stage, change in [("no objections", "objection", ("objections = 2", "objections = 0")), ("1001 objections", "objection", ("objections = 2", "objections = 1001")),
                                ("an objection that is undecided", "objection", ("hours = 72", 'hours = 72\nundecided = "end"')), ("pledge of nobody", "pledge", ("at_least = 5", "at_least = 0")),
                                ("pledge of eleven million", "pledge", ("at_least = 5", "at_least = 11000000")), ("a pledge that fails", "pledge", ("days = 30", 'days = 30\nfail = "end"'))]:  # fmt: skip
        bad(name, "action", (stage, "a", RECORD, change))


def charters_with_seats(good, bad):
    """Seats by rule, parts, and steps."""
    rule = "seats = 9, agree = 6, quorum = 5, then = 12"
    jury = lambda new: ("jury", "a", SAY, (rule, new))
    for name, new in {
        "parts of a number": 'seats = 9, agree = "2/3", quorum = "1/2", then = 12', "a share": 'seats = { share = "1/10" }, agree = "1/2", quorum = "26/100"', "a share of all": 'seats = { share = "1/1" }, agree = "1/1", quorum = "1/2"',
        "a part that is just enough": 'seats = 9, agree = "2/3", quorum = "1/3"',

        "a sample": 'seats = { sample = { confidence = 90, margin = 20 } }, agree = "2/3", quorum = "1/2"', "the largest": 'seats = { largest = [9, { share = "1/10" }, { sample = { confidence = 99, margin = 10 } }] }, agree = "1/1", quorum = "1/1"',
        "steps": "seats = 5, lead = 2, cap = 6, quorum = 3, then = 1", "large steps": 'seats = 101, lead = 100, cap = 500, quorum = "1/2", then = 399',
    }.items():  # fmt: skip
        good(f"jury by {name}", "message", jury(new))
    for name, new in {
        "share with a number": 'seats = { share = "1/10" }, agree = 6, quorum = "1/2"', "share without agree": 'seats = { share = "1/10" }, quorum = "1/2"',
        "share that grows": 'seats = { share = "1/10" }, agree = "1/2", quorum = "1/2", then = 2', "share in steps": 'seats = { share = "1/10" }, lead = 2, cap = 99, quorum = "1/2", then = 2',
        "steps with agree": "seats = 5, agree = 3, lead = 2, cap = 9, quorum = 3, then = 2", "steps without cap": "seats = 5, lead = 2, quorum = 3, then = 2",
        "steps without lead": "seats = 5, cap = 9, quorum = 3, then = 2", "steps without then": "seats = 5, lead = 2, cap = 9, quorum = 3", "steps with a lead of one": "seats = 5, lead = 1, cap = 9, quorum = 3, then = 2",
        "steps above the cap at once": "seats = 5, lead = 2, cap = 9, quorum = 3, then = 5", "steps with no room": "seats = 9, lead = 2, cap = 9, quorum = 3, then = 1", "steps with a cap of 501": "seats = 9, lead = 2, cap = 501, quorum = 3, then = 1",
        "steps with a quorum above the seats": "seats = 5, lead = 2, cap = 9, quorum = 6, then = 2", "steps of everybody": 'seats = "everyone", lead = 2, cap = 9, quorum = 3, then = 2',
        "a quorum of a quarter": 'seats = { share = "1/10" }, agree = "1/2", quorum = "1/4"', "a quorum less than half of agree": 'seats = { share = "1/10" }, agree = "2/3", quorum = "33/100"',
        "a part that is one too few": 'seats = 9, agree = "2/3", quorum = "2/9"', "steps with a quorum of nobody": 'seats = 5, lead = 2, cap = 9, quorum = "0/1", then = 2',
        "a part above one": 'seats = 9, agree = "4/3", quorum = "1/2"', "a quorum too low beside a part": 'seats = 9, agree = "1/1", quorum = 4',
    }.items():  # fmt: skip
        bad(f"jury by {name}", "message", jury(new))


def charters_with_guards(good, bad):
    """Guards."""
    bad("a broadcast that nobody objects to", "message", ("objection", "a", SAY))
    bad("a broadcast that two co-sign", "message", ("cosign", "a", SAY))
    bad("a broadcast by a consensus of nobody", "message", ("consensus", "a", SAY, ('quorum = "1/2"', 'quorum = "0/1"')))
    bad("an action that some pledge", "action", ("pledge", "a", "effect:action"))
    bad("a recall that waits", "recall", ("wait", "a", "effect:recall"))
    bad("a broadcast after a no", "message", ("vote", "a", f"{SAY} {SAY} end"))
    bad("a broadcast after no decision", "message", ("vote", "a", f"{SAY} end {SAY}"))
    bad("a broadcast after a second no", "message", ("vote", "a", "b"), ("vote", "b", f"{SAY} {SAY} end"))
    bad("a broadcast after an undecided second jury", "message", ("vote", "a", "b"), ("jury", "b", f"{SAY} end {SAY}"))
    bad("an amendable consensus behind the vote", "message", ("vote", "a", "b"), ("consensus", "b", f"{SAY} {SAY} {SAY}", ("days = 3", "days = 3\namendable = true")))
    bad("text collected behind the vote", "message", ("vote", "a", "b"), ("cosign", "b", SAY))
    bad("text revised behind the vote", "message", ("vote", "a", "b"), ("recourse", "b", "end c -"), ("wait", "c", SAY))
    good("unguarded: a broadcast that nobody objects to", "message", ("objection", "a", SAY), head=UNGUARDED_HEAD)
    good("unguarded: an action that some pledge", "action", ("pledge", "a", "effect:action"), head=UNGUARDED_HEAD)
    bad("unguarded is a word", "message", ("objection", "a", SAY), head=HEAD.replace("[clock]", 'unguarded = "yes"\n[clock]'))
    for head, name in [(HEAD, "guarded"), (UNGUARDED_HEAD, "unguarded")]:
        bad(f"{name}: a removal that nobody objects to", "removal", ("objection", "a", "effect:remove"), head=head)
        bad(f"{name}: a removal that two co-sign", "removal", ("cosign", "a", "effect:remove"), head=head)
        bad(f"{name}: an admission that nobody objects to", "admission", ("objection", "a", "effect:admit"), head=head)
        bad(f"{name}: an admission by waiting", "admission", ("wait", "a", "effect:admit"), head=head)
        bad(f"{name}: new rules that two co-sign", "amendment", ("cosign", "a", "b"), ("wait", "b", "effect:amend"), head=head)
        bad(f"{name}: new rules at once", "amendment", ("vote", "a", "effect:amend"), head=head)
        bad(f"{name}: new rules after 23 hours", "amendment", ("vote", "a", "b"), ("wait", "b", "effect:amend", ("24", "23")), head=head)
        bad(f"{name}: new rules, time to leave before the vote", "amendment", ("wait", "b", "a"), ("vote", "a", "effect:amend"), head=head)
    bad("an admission that lapses into one", "admission", ("cosign", "a", "end effect:admit"))


def charters_that_flow(good, bad):
    """Where the arrows lead."""
    bad("nothing ever passes", "message", ("vote", "a", "end"))
    bad("two votes in a circle", "message", ("vote", "a", "b"), ("vote", "b", f"{SAY} a end"))
    bad("a consensus that never ends", "message", ("consensus", "a", f"{SAY} a end"))
    bad("a pledge without an outcome", "action", ("pledge", "a", f"{RECORD} -"))
    bad("an objection without an outcome", "decision", ("objection", "a", f"{RECORD} -"))


def steps_cases(expecting, refused):
    draw = v.sha256(b"inputs")
    default = {"seats": 5, "quorum": 3, "lead": 3, "cap": 9, "filled": 5, "added": [], "eligible_left": True, "extended": False, "silent": 0}

    def case(name, *texts, **change):
        rounds = []
        for number, text in enumerate(texts):
            ballots = [[{"y": "yes", "n": "no"}[choice], f"step {number} {i}"] for i, choice in enumerate(text)]
            rounds.append(sorted(ballots, key=lambda ballot: v.commitment(draw, *ballot)))
        return {"name": name, "kind": "steps", "draw": draw.hex(), **default, "rounds": rounds, **change}

    grown, full = {"added": [2]}, {"added": [2, 2]}
    cases = [expecting(one) for one in [
        case("three more yes: approved", "yyyyn"), case("three more no: declined", "nnnny"), case("three yes alone: approved", "yyy", silent=2), case("two more: grow", "yyyn", silent=1),
        case("three to two: grow", "yyynn"), case("too few for the quorum: extend", "yn", silent=3), case("too few again: undecided", "yn", silent=3, extended=True),
        case("too few, but one side leads: declined", "nnn", silent=2, quorum=5), case("nobody left: the majority", "yyynn", eligible_left=False), case("nobody left, equal: undecided", "yynn", eligible_left=False, extended=True),
        case("nobody left, one silent: extend", "yynn", eligible_left=False, silent=1), case("nobody left, too few: undecided", "yy", eligible_left=False, extended=True, silent=3),
        case("second round, four to three: grow", "yyynn", "yn", **grown), case("second round, five to two: approved", "yyynn", "yy", **grown), case("second round, nobody came: grow", "yyynn", "", silent=2, **grown),
        case("third round, five to four: approved", "yyynn", "yn", "yn", **full), case("third round, four to five: declined", "yyynn", "nn", "yn", **full), case("third round, equal and silent: extend", "yynn", "yn", "y n".replace(" ", ""), silent=1, **full),
        case("third round, equal: undecided", "yynn", "yn", "yn", extended=True, silent=1, **full), case("third round, silent before the majority", "yyynn", "yn", "y", silent=1, **full),
        case("third round, silent again: the majority", "yyynn", "yn", "y", silent=1, extended=True, **full), case("a lead of eleven", "yyyyyyyyyyy", seats=11, filled=11, lead=11, cap=12, quorum=1),
        case("ten are no lead of eleven", "yyyyyyyyyy", seats=11, filled=11, lead=11, cap=12, quorum=1, silent=1), case("fewer found: the quorum shrinks", "yn", filled=3, silent=1),
        case("at the cap at once", "yyynn", cap=5),
    ]]  # fmt: skip
    one, two = case("", "yyyyn"), case("", "yyynn", "yn", **grown)
    ballots, more = one["rounds"][0], two["rounds"]
    for name, base, change, code in [
        ("two swapped", one, {"rounds": [[ballots[1], ballots[0], *ballots[2:]]]}, "ballot_order"), ("one twice", one, {"rounds": [[ballots[0], *ballots[:-1]]]}, "ballot_order"),
        ("one in both rounds", two, {"rounds": [more[0], sorted([more[0][0], more[1][0]], key=lambda b: v.commitment(draw, *b))]}, "ballot_order"),
        ("closed before it is clear", two, {"claimed": "approved"}, "verdict_wrong"), ("grown though it was clear", one, {"claimed": "grow"}, "verdict_wrong"),
        ("a round left out", two, {"rounds": more[:1]}, "ballot_count"), ("the first round had decided", case("", "yyyyn", "yn", **grown), {}, "verdict_wrong"),
        ("the first round had too few", case("", "yn", "yn", **grown), {}, "verdict_wrong"),
    ]:  # fmt: skip
        cases.append({**base, **change, "name": f"forged: {name}", "expect": refused(code)})
    return "Juries in steps (jury.md)", cases
