# What the rules of a charter say, in words: kinds of stages, what each asks, what differs between two charters.

stage-vote = A vote
stage-consensus = Looking for consensus
stage-objection = Unless somebody objects
stage-pledge = Who joins in
stage-remove = The person is a member no more
stage-recall = The message is recalled
stage-amend = The rules are changed
stage-action = The action stands
exit-vote-pass = passed
exit-vote-fail = not passed
exit-vote-undecided = undecided
exit-consensus-pass = consensus
exit-consensus-fail = blocked
exit-consensus-undecided = undecided
exit-objection-pass = nobody objects enough
exit-objection-fail = objections
exit-pledge-pass = enough
exit-pledge-lapsed = time over

# What a stage asks. { $members } is 0 where a rule counts for groups of every size.
fact-steps =
    { $members ->
        [0] { $seats } seats
       *[other] Up to { $members } members: { $seats } seats
    }; at least { $quorum } must answer. As soon as one side leads by { $lead }, that decides; otherwise { $then } more join, up to { $cap } seats, and then the majority decides
fact-rule-share =
    { $members ->
        [0] This part of all members is drawn: { $part }
       *[other] Up to { $members } members this part of all is drawn: { $part }
    }
fact-rule-sample =
    { $members ->
        [0] As many are drawn as a survey needs for { $confidence } percent certainty and { $margin } percent either way
       *[other] Up to { $members } members as many are drawn as a survey needs for { $confidence } percent certainty and { $margin } percent either way
    }
fact-rule-largest =
    { $members ->
        [0] As many are drawn as the largest of these says: { $rules }
       *[other] Up to { $members } members as many are drawn as the largest of these says: { $rules }
    }
fact-rule-decides = This part of the seats must agree, and always more than half: { $agree }; this part must answer: { $quorum }
fact-assembly =
    { $members ->
        [0] { $seats ->
            [one] 1 member, drawn by lot, votes
           *[other] { $seats } members, drawn by lot, vote
        }
       *[other] Up to { $members } members: { $seats ->
            [one] 1 member, drawn by lot, votes
           *[other] { $seats } members, drawn by lot, vote
        }
    }
fact-who-everyone = Everyone is asked
fact-who-settled = Everyone who is not new is asked
fact-who-everyone-of = Everyone is asked: { $members } members
fact-method-yes_no = Yes or no, in secret; more yes than no, and at least this part of both: { $agree }
fact-method-approval = Everybody ticks what is acceptable; what most can accept wins
fact-method-score =
    Everybody gives points from 0 to { $points } to each way; the most points win
fact-method-schulze = Everybody puts the ways in order; the one that beats each other one wins
fact-method-runoff = Everybody puts the ways in order; the weakest drops out until one has more than half
fact-method-stv =
    Everybody puts names in order; { $winners ->
        [one] 1 is elected
       *[other] { $winners } are elected
    }, so that each part of the group is heard
fact-quorum = At least this part must take part: { $part }
fact-quorum-none = However few take part, it counts
fact-quorum-of = At least { $count } of { $members } must take part
fact-blocks =
    { $count ->
        [one] One block stops it
       *[other] { $count } blocks stop it
    }; whoever blocks says why
fact-asides = If more than this part stands aside, it is no consensus: { $part }
fact-asides-none = If anybody stands aside, it is no consensus
fact-amendable = The author may post a better version; then all positions start again
fact-objections =
    { $count ->
        [one] One objection stops it
       *[other] { $count } objections stop it
    }; silence is consent
fact-at-least =
    { $count ->
        [one] It stands when 1 person will
       *[other] It stands when { $count } will
    }, each from the number on that they named
fact-reminders =
    { $unit ->
        [days] Reminders after days: { $list }
       *[other] Reminders after hours: { $list }
    }

# What a charter says, sentence by sentence, and what is different in another one.
explain-members =
    Numbers for a group of { $members ->
        [one] 1 member
       *[other] { $members } members
    }
explain-kind-message = A message; it may go to: { $audiences }
explain-kind-admission = Somebody becomes a member
explain-kind-removal = Somebody is a member no more; they are heard first
explain-kind-recall = A message is taken back, and everybody gets a correction
explain-kind-amendment = These rules are changed
explain-kind-decision = A decision, written down for all
explain-kind-action = An action: what, when and where
explain-audience-members = all members
explain-audience-public = everybody who wants to read it
explain-next-stage = { $label }: on to { $stage }
explain-next-effect = { $label }: { $effect }
explain-unguarded = Careful: under these rules something may reach everybody that nobody judged.
rules-difference-none = Nothing is different for members.
rules-difference-everywhere = What holds everywhere
rules-difference-added = New: { $what }
rules-difference-gone = No longer: { $what }
rules-difference-instead = { $after } (before: { $before })
rules-difference-name = It is called { $after } (before: { $before })
rules-difference-unguarded-on = Something may now reach everybody that nobody judged
rules-difference-unguarded-off = Nothing reaches everybody any more that nobody judged
rules-difference-process-added = New: all of this
rules-difference-process-gone = No longer possible
rules-difference-first = It begins with { $after } (before: { $before })
rules-difference-stage-added = New stage
rules-difference-stage-gone = This stage is gone
rules-difference-kind = It is now: { $after } (before: { $before })

# The charters that come with the program.
charter-consensus_assembly = Consensus assembly
charter-consensus_assembly-about = For ten to a hundred and fifty people who look for what all can live with: everybody agrees, stands aside or blocks, in the open.
charter-statistical_sample = Statistical sample
charter-statistical_sample-about = For a hundred members and more: as many are drawn by lot as a survey would ask, and half of them decide.
charter-federation = Federation
charter-federation-about = For delegates of groups, who ask at home first: larger juries, longer times, a day between a yes and the message.
