# The rules as flowchart and list.

charter-title = The rules of this group
charter-lead = The program runs exactly this. Nobody can go around it, not even whoever runs the server.
ready-title = The rules “{ $name }”
ready-how = This is how a group that is founded with them decides. Its members can change them later.
ready-found = Found a group
charter-limits = What holds everywhere
charter-file = The rules as text
charter-name = { $name }, fingerprint
limit-clock =
    Lots are drawn at fixed times, every { $minutes ->
        [one] minute
       *[other] { $minutes } minutes
    }, so that nobody chooses the moment.
limit-proposals =
    Each member may have { $count ->
        [one] 1 proposal
       *[other] { $count } proposals
    } open.
limit-invitations =
    And { $count ->
        [one] 1 invitation
       *[other] { $count } invitations
    }.
limit-new =
    New members co-sign and serve after { $days ->
        [one] 1 day
       *[other] { $days } days
    }.
limit-rest =
    After serving, nobody is drawn for { $days ->
        [one] 1 day
       *[other] { $days } days
    }.
flow-drawing = Boxes from top to bottom; the list beside it says the same in words.
flow-here = You are here
flow-done = Done
stage-cosign = Others co-sign
stage-jury = A jury decides
stage-recourse = The author answers
stage-wait = Waiting
stage-broadcast = Everybody gets it
stage-admit = The person is a member
stage-record = The decision is recorded
exit-cosign-pass = enough
exit-cosign-lapsed = time over
exit-jury-pass = yes
exit-jury-fail = not now
exit-jury-undecided = undecided
exit-recourse-revise = revise
exit-recourse-appeal = ask a larger jury
exit-recourse-lapsed = let it rest
exit-end = { $label }: it ends
exit-wait-pass = time over
fact-needed =
    { $count ->
        [one] 1 co-signature
       *[other] { $count } co-signatures
    } needed
fact-needed-up-to =
    Up to { $members } members: { $count ->
        [one] 1 co-signature
       *[other] { $count } co-signatures
    }
fact-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    } of time
fact-seats = { $seats } seats; { $agree } must agree, at least { $quorum } must answer
fact-seats-up-to = Up to { $members } members: { $seats } seats; { $agree } must agree, at least { $quorum } must answer
fact-grows = If they do not agree, { $more } more are drawn
fact-everyone = Everyone is asked; more than half decide
fact-everyone-up-to = Up to { $members } members: everyone is asked; more than half decide
fact-answer-hours =
    { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } to answer, then the next person is called
fact-window-hours =
    The jury sits for { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }
fact-fresh = Nobody who sat on the jury before
fact-wait-hours =
    { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }
