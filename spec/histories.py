"""The two invented groups of the vectors, as scripts of what their members do."""

import verify as v
from invented import MINUTE, Group


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
    invited = g.open(1, "", process="admission", kind="admission", candidate="00112233445566778899aabbccddeeff")
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
