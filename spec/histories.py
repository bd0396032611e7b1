"""The invented groups of the vectors, as scripts of what their members do."""

import verify as v
from invented import HERE, MINUTE, Group


def circle():
    """Twelve members and the default charter: a message that everyone else judges, one declined, revised and appealed, an
    admission, a pause, a leaving."""
    g = Group("circle", 12)
    g.publish()
    g.wait(5 * MINUTE)
    g.act(11, "member.paused", until=g.now + 30 * v.DAY)
    g.act(10, "member.rested", days=30)

    # 0: approved by everyone who may judge it, and broadcast.
    first = g.open(0, "The hall is ours again")
    g.cosign(first, 5)
    g.act(5, "cosign.withdrawn", first)
    g.cosign(first, 3, 7)
    g.draw(first)
    seated = list(g.replay.proposals[first].jury.holders)
    g.wait(20 * MINUTE)
    g.act(seated[2], "juror.aside", first)
    g.vote(first, seated[0], "no")
    g.vote(first, seated[0], "yes", "wir sind viele, 4711")
    for slot, choice in zip([seated[1], *seated[3:]], "yynyny"):
        g.vote(first, slot, {"y": "yes", "n": "no"}[choice])
    g.close(first)

    # 1: a new member.
    g.wait(v.HOUR)
    invited = g.open(1, "", process="admission", candidate="00112233445566778899aabbccddeeff")
    g.cosign(invited, 2)

    # 2: declined, revised, declined, appealed; the appeal finds too few who have not judged it yet.
    g.wait(v.DAY)
    second = g.open(4, "No more early meetings", audience="public")
    g.cosign(second, 6, 8)
    g.draw(second)
    seated = list(g.replay.proposals[second].jury.holders)
    g.vote(second, seated[0], "no")
    g.wait(MINUTE)
    g.act(seated[1], "juror.aside", second)
    g.silence(second)
    g.votes_in(second, "nyn")
    g.wait(MINUTE)
    g.act(g.replay.proposals[second].jury.silent()[0], "juror.aside", second)
    g.close(second)
    g.wait(v.DAY)
    better = g.version("Early meetings only when it must be", audience="public")
    g.add(4, "recourse.taken", proposal=second, step=g.replay.proposals[second].step, choice="revise")
    g.act(4, "version.posted", second, version=better, audience="public")
    g.cosign(second, 0, 2)
    g.miss(second)
    g.draw(second)
    g.votes_in(second, "nn")
    g.close(second)
    g.votes_in(second, "nnnnn")
    g.close(second)
    g.wait(v.HOUR)
    g.act(4, "recourse.taken", second, choice="appeal")
    g.draw(second)

    # 3 lapses, 4 is withdrawn.
    lapsing = g.open(2, "A choir")
    g.wait(7 * v.DAY)
    g.node("reminder.called", lapsing, step=0, nth=0)
    taken_back = g.open(3, "A mistake")
    g.wait(MINUTE)
    g.act(3, "proposal.withdrawn", taken_back)
    g.wait(7 * v.DAY)
    g.make_stage_ended(lapsing, g.replay.proposals[lapsing])
    g.follow()

    # 5: a second broadcast, with a juror who leaves.
    third = g.open(0, "Open day on Sunday", audience="public")
    g.cosign(third, 1, 6)
    g.draw(third)
    seated = list(g.replay.proposals[third].jury.holders)
    g.wait(MINUTE)
    waiting = g.open(seated[0], "What I wanted to say")
    g.wait(MINUTE)
    g.add(seated[0], "member.left")
    g.add(seated[0], "proposal.withdrawn", proposal=waiting)
    g.follow()
    g.make_seats_called(third, g.replay.proposals[third], "left")
    g.votes_in(third, "yyyy")
    g.close(third)

    # Someone leaves for good, and what they wrote and never sent goes too.
    g.wait(v.DAY)
    draft = g.open(8, "Not for everyone")
    g.add(8, "member.erased")
    g.add(8, "proposal.withdrawn", proposal=draft)
    g.follow()
    version = g.replay.proposals[draft].version
    g.add("node", "document.erased", document=version, reason="member_erased")
    g.erased.add(version)
    g.act(11, "member.resumed")
    g.publish()
    return g


def union():
    """Forty members: a jury that grows, an appeal that a larger jury grants after an extension, and one that stays undecided."""
    g = Group("union", 40)
    g.publish()

    # 0: five to four is not enough for six; twelve more are seated.
    first = g.open(7, "Strike vote on Friday", audience="public")
    g.cosign(first, 3, 30)
    g.draw(first)
    g.votes_in(first, "yyyyynnnn")
    g.close(first)
    g.votes_in(first, "yyyyyynnnnn.")
    g.silence(first)
    g.votes_in(first, "yyyyyynnnnnn")
    g.close(first)

    # 1: declined, then asked a larger, fresh jury, which is extended and approves.
    g.wait(8 * v.DAY)
    second = g.open(20, "We should also talk about rents")
    g.cosign(second, 21, 22)
    g.draw(second)
    g.votes_in(second, "nnnnnnyyy")
    g.close(second)
    g.wait(v.HOUR)
    g.act(20, "recourse.taken", second, choice="appeal")
    g.draw(second)
    g.votes_in(second, "yyyyyyyyy............")
    g.close(second)
    g.votes_in(second, "yyyyyyyyyyynnnnnnnnnn")
    g.close(second)

    # 2: nobody has time; the author accepts that.
    g.wait(30 * v.DAY)
    third = g.open(9, "New colours")
    g.cosign(third, 10, 11)
    g.draw(third)
    g.votes_in(third, "yn.......")
    g.close(third)
    g.close(third)
    g.wait(v.HOUR)
    g.act(9, "recourse.taken", third, choice="accept")
    g.publish()
    return g


def forum():
    """Twenty-four members who vote by every method, with a drawn assembly in front of what reaches everybody."""
    g = Group("forum", 24, charter=(HERE / "forum-charter.toml").read_text())
    g.publish()

    # 0: one more member, who came after 1 was opened and is too new for 2. 1: yes by two thirds exactly; who leaves has voted, who abstains has answered.
    invited = g.open(3, "", process="admission", candidate="ffeeddccbbaa99887766554433221100")
    motion = g.open(0, "We meet in the park", process="motion", options=[])
    g.cosign(invited, 4)
    g.hand_in_all(motion, {1: "yes", 2: "no", 5: "yes", 6: "no", 7: "abstain"})
    g.hand_in(motion, 2, "yes", "im Park, ja!")
    g.hand_in(motion, 9, "yes")
    g.wait(v.DAY)
    g.node("reminder.called", motion, step=0, nth=0)
    g.hand_in_all(motion, {10: "no", 11: "no", 12: "yes", 13: "yes", 14: "no"})
    g.wait(MINUTE)
    g.add(13, "member.left")
    g.hand_in(motion, 8, "yes")
    g.hand_in(motion, 15, "yes")
    g.close_vote(motion)

    # 2: too few answer. 3: two thirds are missed by one.
    g.wait(v.HOUR)
    ignored = g.open(1, "We meet at six in the morning", process="motion", options=[])
    g.hand_in_all(ignored, {slot: "yes" for slot in range(2, 7)})
    g.close_vote(ignored)
    g.wait(v.HOUR)
    lost = g.open(1, "We never meet", process="motion", options=[])
    g.hand_in_all(lost, {slot: "yes" if slot < 7 else "no" for slot in range(2, 10)})
    g.close_vote(lost)

    # 4 to 8: every method, one time each none of these.
    tea = ["Tea", "Coffee", "Water"]
    drinks = g.open(5, "What we drink", process="approval", options=tea)
    g.hand_in_all(drinks, {0: "0,1", 1: "1", 2: "0", 3: "2,3", 4: "abstain", 6: "0,2", 7: "1,2", 8: "3", 9: "0,1,2"})
    g.close_vote(drinks)
    none = g.open(6, "What we burn", process="approval", options=["Books", "Bridges"])
    g.hand_in_all(none, {slot: "2" for slot in range(14, 23)})
    g.close_vote(none)
    points = g.open(5, "Where we go", process="score", options=["Lake", "Hill", "Town"])
    g.hand_in_all(points, {0: "5,3,0,0", 1: "0,4,5,1", 2: "5,5,0,0", 3: "1,4,2,0", 4: "abstain"})
    g.close_vote(points)
    ranks = g.open(6, "Which colour", process="ranking", options=["Red", "Green", "Blue", "Grey"])
    g.hand_in_all(ranks, {slot: "0>1>2" for slot in range(5)} | {slot: "1>2>0=3" for slot in range(5, 9)} | {slot: "2>0>1" for slot in range(9, 12)} | {12: "3"})
    g.close_vote(ranks)
    again = g.open(7, "Which song", process="ranking", options=["One", "Two", "Three"])
    g.hand_in_all(again, {0: "0>1", 1: "1"})
    g.close_vote(again)
    g.hand_in_all(again, {0: "0>1", 1: "1>2", 2: "2>1", 3: "2>1", 4: "0", 5: "1", 6: "3>0"})
    g.close_vote(again)
    council = g.open(8, "Our speakers", audience="public", process="council", options=["Ada", "Ben", "Cem", "Dina", "Eva"])
    choices = ["0>1>2"] * 8 + ["1>2"] * 3 + ["2>3"] * 3 + ["3>4", "4>3", "4"]
    g.hand_in_all(council, dict(zip([slot for slot in range(24) if slot != 13], choices)))
    g.close_vote(council)

    # 9: an assembly drawn by lot, then everybody, then a broadcast. 10: nobody in the assembly answers, everybody says no.
    g.wait(v.DAY)
    message = g.open(2, "The park is open", audience="public", process="message")
    g.draw(message)
    seated = sorted(g.replay.proposals[message].asked.seated)
    g.hand_in_all(message, dict(zip(seated, ["yes", "yes", "no", "yes", "no", "abstain"])))
    g.wait(MINUTE)
    g.add(seated[0], "member.left")
    g.close_vote(message)
    g.wait(MINUTE)
    g.hand_in_all(message, {slot: "yes" if slot % 4 else "no" for slot in range(2, 13) if slot not in g.replay.left})
    g.close_vote(message)
    g.wait(v.DAY)
    quiet = g.open(2, "Nothing to say", process="message")
    g.draw(quiet)
    g.close_vote(quiet)
    g.hand_in_all(quiet, {slot: "no" for slot in range(14, 22) if slot not in g.replay.left})
    g.close_vote(quiet)
    g.publish()
    return g


ACTION = {"starts": 1_772_000_000_000, "ends": 1_772_010_000_000, "place": "In front of the hall", "wanted": 5}


def house():
    """Twelve members who talk until they agree: blocks, friendly amendments, objections, pledges, a removal, a recall, new rules."""
    g = Group("house", 12, charter=(HERE / "house-charter.toml").read_text())
    g.publish()

    # 0: agreed after a friendly amendment, with one block and one who stands aside. 1: blocked. 2: too many stand aside.
    first = g.open(0, "The kitchen is for everybody")
    g.position(first, 1, "agree")
    g.position(first, 2, "block", "Not at night.")
    g.position(first, 3, "block", "I sleep next door.")
    g.wait(v.HOUR)
    g.post(first, "The kitchen is for everybody until ten")
    for slot, position in {0: "agree", 1: "agree", 4: "agree", 5: "aside", 6: "aside"}.items():
        g.position(first, slot, position)
    g.position(first, 2, "block", "Still not at night.")
    g.position(first, 6, "none")
    g.position(first, 6, "agree")
    g.wait(2 * v.DAY)
    g.node("reminder.called", first, step=0, nth=0)
    g.time_is_over(first)
    g.wait(v.HOUR)
    blocked = g.open(1, "The kitchen is for nobody")
    for slot in (1, 2, 3, 4, 5, 6):
        g.position(blocked, slot, "agree")
    g.position(blocked, 0, "block", "I cook.")
    g.position(blocked, 7, "aside", "I do not mind.")
    g.position(blocked, 8, "block", "I eat.")
    g.time_is_over(blocked)
    asides = g.open(1, "The kitchen is blue")
    for slot, position in {1: "agree", 2: "aside", 3: "agree", 4: "agree", 5: "aside"}.items():
        g.position(asides, slot, position)
    g.time_is_over(asides)

    # 3: one objects, then takes it back; silence consents. 4: two object.
    g.wait(v.HOUR)
    silent = g.open(2, "Shoes stay outside", process="custom", options=[])
    g.object(silent, 3, "In winter, too?")
    g.wait(MINUTE)
    g.act(3, "objection.withdrawn", silent)
    g.object(silent, 4, "I have none.")
    g.time_is_over(silent)
    loud = g.open(2, "Music after midnight", process="custom", options=[])
    g.object(loud, 5, "No.")
    g.object(loud, 5, "Please, no.")
    g.object(loud, 6, "I have a child.")

    # 5: a jury in steps: one to one and a silent one, then two more, then the last two, of whom one is silent; a majority of the cap decides.
    g.wait(v.DAY)
    urgent = g.open(3, "The water is off", audience="public", process="news")
    g.draw(urgent)
    g.votes_in(urgent, "yn.")
    g.close(urgent)
    g.votes_in(urgent, "y")
    g.close(urgent)
    g.votes_in(urgent, "n")
    g.close(urgent)
    g.votes_in(urgent, "y")
    g.close(urgent)

    # 6: an action with a pledge that wakes. 7: one that lapses.
    g.wait(v.DAY)
    action = g.open(4, "We paint the hall", process="action", **ACTION)
    for slot in (4, 5):
        g.position(action, slot, "agree")
    g.time_is_over(action)
    g.hand_in_all(action, {0: 4, 1: 2, 2: 7, 3: 3, 8: 9})
    g.wait(MINUTE)
    g.act(8, "pledge.withdrawn", action)
    g.hand_in(action, 2, 4, "vier genügen")
    g.wake(action)
    g.wait(10 * v.DAY)
    for slot, done in [(0, True), (1, False), (3, True), (1, True)]:
        g.wait(MINUTE)
        g.add(slot, "deed.reported", action=1, done=done)
    lapsing = g.open(4, "We paint the street", process="action", **ACTION)
    for slot in (4, 5):
        g.position(lapsing, slot, "agree")
    g.time_is_over(lapsing)
    g.hand_in_all(lapsing, {0: 2, 1: 5, 2: 9})
    g.wait(MINUTE)
    g.act(2, "pledge.withdrawn", lapsing)
    g.time_is_over(lapsing)

    # 8: somebody is asked to go, says something to it, and goes, with an own proposal (9).
    g.wait(v.HOUR)
    removal = g.open(5, "We cannot go on like this", process="removal", member=11)
    taken = g.open(11, "I want to stay", process="custom", options=[])
    g.wait(MINUTE)
    g.act(11, "statement.made", removal, document=g.paper("statement", "I see it otherwise."))
    g.wait(MINUTE)
    g.act(11, "statement.made", removal, document=g.paper("statement", "I see it otherwise, and I am sorry."))
    g.draw(removal)
    g.votes_in(removal, "yyyyyyynnn")
    g.close(removal)
    assert g.replay.proposals[taken].ending == "withdrawn"

    # 10: the first message is recalled, its text destroyed. 11: the second one is recalled; 12, opened before, only corrects it.
    g.wait(v.HOUR)
    recall = g.open(6, "The kitchen was never closed", process="recall", broadcast=1, erase=True)
    for slot in (0, 1, 2):
        g.position(recall, slot, "agree")
    g.time_is_over(recall)
    g.wait(v.HOUR)
    water = g.open(6, "The water is on again", audience="public", process="recall", broadcast=2, erase=False)
    g.wait(v.HOUR)
    later = g.open(7, "The water is really on again", audience="public", process="recall", broadcast=2, erase=True)
    for slot in (0, 1, 2):
        g.position(water, slot, "agree")
        g.position(later, slot, "agree")
    g.time_is_over(water)
    g.time_is_over(later)

    # 13: new rules, amended on the way, and 14 under them, while 15 goes on under the old ones.
    g.wait(v.HOUR)
    text = (HERE / "house-charter.toml").read_text()
    strict, mild = (g.document(text.replace("blocks = 2\n", f"blocks = {blocks}\n").replace('name = "House"', f'name = "House {blocks}"')) for blocks in (9, 1))
    rules = g.open(8, "Nobody can block", process="rules", charter=strict)
    g.position(rules, 1, "block", "Then we would be a parliament.")
    g.wait(v.HOUR)
    g.post(rules, "One can block", charter=mild)
    for slot in (0, 1, 2, 3, 4, 5):
        g.position(rules, slot, "agree")
    g.time_is_over(rules)
    old = g.open(0, "What the old rules let through")
    g.time_is_over(rules)
    g.wait(v.HOUR)
    new = g.open(1, "The house has new rules")
    for number in (old, new):
        for slot in (2, 3, 4, 5):
            g.position(number, slot, "agree")
        g.position(number, 6, "block", "I would rather not.")
    g.position(new, 6, "none")
    g.time_is_over(old)
    g.time_is_over(new)
    g.publish()
    return g


UNGUARDED = """charter = 1
name = "Open microphone"
unguarded = true
[clock]
every_minutes = 60
offset_minutes = 0
[limits]
open_proposals_per_member = 1
open_invitations_per_member = 1
new_days = 0
[duty]
rest_days = 0
[process.message]
title = "Say something"
kind = "message"
audiences = ["members"]
first = "silence"
[process.message.stage.silence]
kind = "objection"
title = "Unless somebody objects"
who = "everyone"
objections = 1
hours = 1
remind_hours = []
pass = "effect:broadcast"
fail = "end"
[process.panel]
title = "Ask a panel"
kind = "decision"
audiences = ["members"]
first = "panel"
[process.panel.stage.panel]
kind = "vote"
title = "Five drawn by lot"
who = "drawn"
sizes = [{ seats = 5 }]
method = "approval"
quorum = "0/1"
hours = 12
remind_hours = []
pass = "effect:record"
fail = "end"
undecided = "end"
"""


def megaphone():
    """Three members whose charter lets everybody speak to all: a broadcast that nobody judged, which has no certificate. And a
    panel that finds too few, and one whose draw is missed three times."""
    g = Group("megaphone", 3, charter=UNGUARDED)
    g.time_is_over(g.open(1, "I am here"))
    g.object(g.open(2, "I am louder"), 0, "Not now.")
    g.draw(g.open(0, "Who is loudest", process="panel", options=["Ada", "Ben"]))
    missed = g.open(1, "Who is quietest", process="panel", options=["Ada", "Ben"])
    for _ in range(3):
        g.miss(missed)
    return g


def crew():
    """Nine members under the rules of the house: somebody who sits on a jury is asked to go while it sits, twice."""
    g = Group("crew", 9, charter=(HERE / "house-charter.toml").read_text())
    news = g.open(0, "The boat leaves at nine", process="news")
    g.draw(news)
    seated = list(g.replay.proposals[news].jury.holders)
    g.vote(news, seated[0], "yes")
    g.vote(news, seated[1], "no")
    removal = g.open(0, "We cannot sail with you", process="removal", member=seated[0])
    g.draw(removal)
    again = g.open(next(slot for slot in range(1, 9) if slot not in seated), "Nor with me", process="removal", member=seated[0])
    g.draw(again)
    g.votes_in(removal, "yyyyyyy")
    g.close(removal)
    g.make_seats_called(news, g.replay.proposals[news], "left")
    g.votes_in(news, "nn")
    g.close(news)
    g.votes_in(again, "yyyyynn")
    g.close(again)
    g.publish()
    return g


def vote_stage(name, leads, who='who = "everyone"', agree="1/2", fail="end"):
    """A vote by yes and no, as a stage of a charter."""
    return f"""[process.{name}]
kind = "vote"
title = "Yes or no"
{who}
method = "yes_no"
agree = "{agree}"
quorum = "1/4"
hours = 24
remind_hours = []
pass = "{leads}"
fail = "{fail}"
undecided = "end"
"""


def sign_stage(name, leads):
    """A single co-signature, as a stage of a charter."""
    return f"""[process.{name}]
kind = "cosign"
title = "One other member signs"
needed = [{{ count = 1 }}]
days = 14
remind_days = []
pass = "{leads}"
lapsed = "end"
"""


DRAWN = 'who = "drawn"\nsizes = [{ seats = 3 }]'
SHORT_HEAD = """charter = 1
name = "NAME"
[clock]
every_minutes = 60
offset_minutes = 0
[limits]
open_proposals_per_member = 3
open_invitations_per_member = 3
new_days = 0
[duty]
rest_days = 0
"""


def process_head(name, kind, first):
    return f'[process.{name}]\ntitle = "{name.title()}"\nkind = "{kind}"\naudiences = ["members", "public"]\nfirst = "{first}"\n'


HARBOUR = "".join(
    [
        SHORT_HEAD.replace("NAME", "Harbour"),
        process_head("message", "message", "all"), vote_stage("message.stage.all", "effect:broadcast"),
        process_head("removal", "removal", "panel"), vote_stage("removal.stage.panel", "all", DRAWN), vote_stage("removal.stage.all", "effect:remove", agree="2/3"),
        process_head("recall", "recall", "all"), vote_stage("recall.stage.all", "effect:recall"),
        process_head("rules", "amendment", "all"), vote_stage("rules.stage.all", "wait", agree="2/3"),
        '[process.rules.stage.wait]\nkind = "wait"\ntitle = "Time to leave"\nhours = 24\npass = "effect:amend"\n',
        process_head("admission", "admission", "all"), vote_stage("admission.stage.all", "effect:admit"),
    ]
)  # fmt: skip


def harbour():
    """Nine members who decide everything by yes or no: what a proposal is about is a number or a hash, and never how many options it has."""
    g = Group("harbour", 9, charter=HARBOUR)

    def everybody(number, yes, no):
        g.hand_in_all(number, {slot: "yes" for slot in yes} | {slot: "no" for slot in no})
        g.close_vote(number)

    def panel(number, choices):
        g.draw(number)
        g.hand_in_all(number, dict(zip(g.replay.proposals[number].asked.seated, choices)))
        g.close_vote(number)

    # 0 is broadcast. 1: slot 7 is removed; 2: slot 1 is not, by one vote.
    everybody(g.open(0, "High water"), yes=(1, 2, 3), no=(4,))
    removal = g.open(2, "You left the gate open", process="removal", member=7)
    panel(removal, ["yes", "yes", "no"])
    everybody(removal, yes=(0, 1, 3, 4), no=(5, 7))
    spared = g.open(3, "You never help", process="removal", member=1)
    panel(spared, ["yes", "abstain"])
    everybody(spared, yes=(0, 2, 4), no=(1, 5))

    # 3: the broadcast is recalled. 4: new rules. 5: a new member, who takes the next slot.
    g.wait(v.HOUR)
    everybody(g.open(4, "The water was not that high", process="recall", broadcast=1, erase=False), yes=(0, 1, 2), no=(3,))
    rules = g.open(5, "All must agree", process="rules", charter=g.document(HARBOUR.replace('"2/3"', '"1/1"')))
    everybody(rules, yes=(0, 1, 2, 3), no=(4, 6))
    g.time_is_over(rules)
    everybody(g.open(6, "", process="admission", candidate="0123456789abcdef0123456789abcdef"), yes=(0, 1), no=())

    # 6: under the new rules one no is enough to stay.
    last = g.open(2, "You are new here", process="removal", member=9)
    panel(last, ["yes", "yes", "yes"])
    everybody(last, yes=(0, 1, 3, 4, 5, 6), no=(9,))
    g.publish()
    return g


CHOIR = "".join(
    [
        SHORT_HEAD.replace("NAME", "Choir"),
        process_head("message", "message", "sign"), sign_stage("message.stage.sign", "jury"),
        """[process.message.stage.jury]
kind = "jury"
title = "Three decide"
sizes = [{ seats = 3, agree = 2, quorum = 2 }]
answer_hours = 6
window_hours = 12
remind_hours = []
pass = "effect:broadcast"
fail = "answer"
undecided = "answer"
[process.message.stage.answer]
kind = "recourse"
title = "The author may try again once"
days = 3
revise = "sign"
lapsed = "end"
""",
        process_head("talk", "message", "talk"),
        """[process.talk.stage.talk]
kind = "consensus"
title = "We talk until we agree"
who = "everyone"
blocks = 1
asides = "1/1"
quorum = "1/8"
amendable = true
hours = 24
remind_hours = []
pass = "effect:broadcast"
fail = "end"
undecided = "end"
""",
        process_head("panel", "decision", "sign"), sign_stage("panel.stage.sign", "panel"), vote_stage("panel.stage.panel", "effect:record", DRAWN),
    ]
)  # fmt: skip


def choir():
    """Eight members, and texts that were turned down: who may put them forward again, and when."""
    g = Group("choir", 8, charter=CHOIR)
    step = lambda number: g.replay.proposals[number].step

    def withdraw(number):
        g.wait(MINUTE)
        g.act(g.replay.proposals[number].author, "proposal.withdrawn", number)

    # 0: a first version that somebody signs no more, a second one that a jury declines; the author accepts. Both are turned down.
    first = g.open(0, "We sing at noon")
    g.post(first, "We sing at one")
    g.cosign(first, 1)
    g.draw(first)
    g.votes_in(first, "nn.")
    g.close(first)
    g.act(0, "recourse.taken", first, choice="accept")
    declined_at = g.now

    # 1: somebody else asks the same at once, and withdraws it before a draw; 2: so that the same may be asked again; 3: withdrawn after the call of a draw.
    # 4: to the public is another text.
    withdraw(g.open(1, "We sing at noon"))
    withdraw(g.open(1, "We sing at noon"))
    called = g.open(1, "We sing at noon")
    g.cosign(called, 2)
    withdraw(called)
    withdraw(g.open(0, "We sing at noon", audience="public"))

    # 5: a draw that was missed three times, withdrawn in the stage behind it.
    missed = g.open(2, "We sing at two")
    g.cosign(missed, 3)
    for _ in range(3):
        g.miss(missed)
    withdraw(missed)

    # 6: declined, revised, withdrawn before a draw of the new version: both are turned down.
    revised = g.open(0, "We hum")
    g.cosign(revised, 4)
    g.draw(revised)
    g.votes_in(revised, "nn.")
    g.close(revised)
    g.wait(MINUTE)
    softer = g.version("We hum softly")
    g.add(0, "recourse.taken", proposal=revised, step=step(revised), choice="revise")
    g.act(0, "version.posted", revised, version=softer, audience="members")
    withdraw(revised)

    # 7: nobody answers in a panel: undecided, and asked again at once (8), declined; what it was in another process is another text (9).
    for choices in ((), ("no", "no")):
        panel = g.open(3, "We need a piano", process="panel", options=[])
        g.cosign(panel, 4)
        g.draw(panel)
        g.hand_in_all(panel, dict(zip(g.replay.proposals[panel].asked.seated, choices)))
        g.close_vote(panel)
    withdraw(g.open(3, "We need a piano"))

    # 10: blocked, with a version that came in between. 11: another text, amended in a way that was not turned down.
    loud = g.open(4, "Louder", process="talk")
    g.post(loud, "Much louder")
    g.position(loud, 5, "block", "No.")
    g.time_is_over(loud)
    soft = g.open(4, "Softer", process="talk")
    g.post(soft, "Much softer")
    g.position(soft, 5, "agree")
    g.time_is_over(soft)

    # 12: the author of 0 collects signatures for another text; on the day, to the millisecond, one of the versions of 0 follows on it, and the other is opened (13).
    g.now = declined_at + v.REOPEN_DAYS * v.DAY - MINUTE
    third = g.open(0, "We sing at three")
    g.post(third, "We sing at one")
    fourth = g.open(0, "We sing at noon")
    g.cosign(fourth, 1)
    g.draw(fourth)
    g.votes_in(fourth, "yy.")
    g.close(fourth)
    g.publish()
    return g
