# Asking everybody: voting, its result, consensus, objections, pledges.

asked-terms = Who, until when, and how it is counted
asked-who = Who
asked-everyone =
    { $count ->
        [one] The 1 member
       *[other] All { $count } members
    } of the day it was opened
asked-settled =
    { $count ->
        [one] 1 member
       *[other] { $count } members
    }: all who were not new when this began
asked-drawn =
    { $count ->
        [one] 1 member
       *[other] { $count } members
    }, drawn by lot
asked-until = Until
asked-quorum = How many it takes
asked-quorum-count =
    { $count ->
        [one] At least 1 has
       *[other] At least { $count } have
    } to take part, or nothing is decided
asked-how = How it is counted
asked-part-too_new = You joined shortly before this began, so others decide on this one. You can take part in the next.
asked-part-not_on_roll = It was opened before you joined, so others decide on this one. You can take part in the next.
asked-part-not_drawn = Lots were drawn for this one, and you were not drawn. You can read everything.
voices-agree =
    { $count ->
        [one] 1 agrees
       *[other] { $count } agree
    }
voices-aside =
    { $count ->
        [one] 1 stands aside
       *[other] { $count } stand aside
    }
voices-block =
    { $count ->
        [one] 1 blocks
       *[other] { $count } block
    }
voices-objections =
    { $count ->
        [one] 1 objection
       *[other] { $count } objections
    }
voices-none = Nobody so far.
voices-more =
    { $count ->
        [one] And 1 more.
       *[other] And { $count } more.
    }
vote-title = Vote
vote-cast = Your ballot is in. You can still change it:
vote-said-yes = Yes
vote-said-no = No
vote-said-abstain = I abstain
vote-said-number = { $number }: { $option }
vote-none-of-these = None of these
vote-legend-yes_no = Do you agree?
vote-legend-approval = Which of these could you live with?
vote-legend-score = How good is each of these?
vote-legend-schulze = In which order?
vote-legend-runoff = In which order?
vote-legend-stv = In which order?
vote-hint-approval = Tick as many as you like.
vote-hint-score = Give each a number from 0 (not at all) to { $max } (best). An empty field counts as 0.
vote-hint-schulze = Write 1 beside the best, 2 beside the next, and so on. The same number twice means: equally good. What you leave empty comes behind all the others.
vote-hint-ranked = Write 1 beside the best, 2 beside the next, and so on, each number once. What you leave empty you do not want.
seen-vote = nobody sees your ballot before the close. Afterwards all ballots lie open without names. Members can see that you took part, as a number.
vote-button = Hand in my ballot
vote-abstain-button = I abstain
vote-change = You can change it until { $until }. Only the last one counts.
vote-receipt-stage = The vote
vote-receipt-choice = Your ballot, as it is counted
method-yes_no = It passes when more say yes than no, and yes has at least { $over } of every { $of } votes. Abstentions do not count here.
method-approval = Who has the most ticks wins.
method-score = The numbers of each are added up, 0 to { $max } from everybody. The highest sum wins.
method-schulze = Each is compared with each: how many put this one before that one? Who beats all others wins; where it goes round in a circle, the strongest comparisons decide (Schulze’s method).
method-runoff = Every ballot counts for its best one. Who has the fewest goes out, and those ballots go to their next one, until one has more than half.
method-stv =
    { $winners ->
        [one] 1 wins.
       *[other] { $winners } win.
    } Every ballot counts for its best one. Who has enough is elected, and what is too much goes on to the next on those ballots; who has the fewest goes out (single transferable vote).
fault-choice-empty = Choose something, or abstain.
fault-places-equal = The same place stands twice. Here each place may be given once.
fault-places-number = A place is a whole number from 1 to { $max }. Look at your numbers again.
fault-score-number = A score is a whole number from 0 to { $max }. Look at your numbers again.
result-title = Result
result-passed = Passed
result-failed = Did not pass
result-undecided = Nothing was decided: too few took part
result-winners =
    { $count ->
        [one] Chosen:
       *[other] Chosen, in this order:
    }
result-cast = Took part
result-cast-of = { $cast } of { $eligible }
result-valid = Took a side
result-valid-count =
    { $valid }, and { $abstained ->
        [one] 1 abstained
       *[other] { $abstained } abstained
    }
result-totals = The numbers
result-option = What
result-total-yes_no = Votes
result-total-approval = Ticks
result-total-score = Sum
result-total-schulze = Ballots
result-total-runoff = Ballots
result-total-stv = Worth of ballots
result-won = won
result-out = out
result-round = Round { $number }
result-pairs = How many put the one on the left before the one on top
result-pairs-region = Each compared with each, a table
result-recheck = Check it yourself
result-recount-same = This page counted all opened ballots again, and they come to the same.
result-recount-other = This page counted all opened ballots again, and they do not come to the same. Show this to other members.
result-recount-missing = The opened ballots are not here any more, so they could not be counted again.
result-ballots = All ballots as a text, without names
result-verify = Look for your own words in the list. To check everything, export the group in the settings and run “mic verify” or “spec/verify.py” on the file.
consensus-title = Consensus
consensus-legend = Where do you stand?
position-agree = I agree
position-aside = I stand aside: not with me, but I do not stop it
position-block = I block: this would harm us, and I say why
position-none = I take back what I said
consensus-yours-agree = You agreed. You can change it until the close.
consensus-yours-aside = You stand aside. You can change it until the close.
consensus-yours-block = You block. You can change it until the close.
consensus-reason = Your reason
consensus-reason-hint = Needed if you block; you may give one if you stand aside. If you agree it is left out.
seen-position = all members see where you stand and your reason, by name if you show it, else by number.
consensus-button = Say where I stand
consensus-amend-about = You can change the text so that more can agree. All positions then start again, and the end stays the same.
consensus-amend-button = Offer a changed text
consensus-how =
    { $blocks ->
        [one] 1 block stops it.
       *[other] { $blocks } blocks stop it.
    } Nothing is decided when nobody agrees, or when more than { $asides } of every { $of } who say something stand aside. Otherwise it passes.
fault-position-empty = Choose where you stand.
fault-block-reason = Whoever blocks says why. Please write your reason.
fault-reason-empty = Please write something.
objection-title = Objections
objection-silence = If you have nothing against it, you need not do anything.
objection-yours = Your objection stands.
objection-reason = What do you object to?
objection-reason-hint = All members read it. Say what would have to change.
seen-objection = all members see your objection and its reason, by name if you show it, else by number.
objection-button = I object
objection-again-button = Replace my objection
objection-back-button = Take my objection back
objection-how =
    { $stop ->
        [one] 1 objection stops it
       *[other] { $stop } objections stop it
    } at once. With fewer it passes at the end.
pledge-title = Will you join in?
pledge-lapsed = Not enough pledged. Nobody is bound, and nothing is shown.
pledge-yours =
    You pledged: I will, if at least { $count ->
        [one] 1 of us does
       *[other] { $count } of us do
    }.
pledge-least = I will, if at least this many of us will:
pledge-least-hint =
    Count yourself. It comes about when { $count ->
        [one] 1 person
       *[other] { $count } people
    } can be sure of each other.
seen-pledge = nobody sees your number or how many have pledged before it comes about. Members can see that you handed something in. When it comes about, all numbers lie open without names.
pledge-button = I pledge
pledge-again-button = Change my number
pledge-back-button = Take my pledge back
pledge-how =
    As soon as at least { $count ->
        [one] 1 person
       *[other] { $count } people
    } can all have what they asked for, it comes about. If that never happens, all pledges stay closed.
fault-pledge-number = Write a whole number from 1 to 10,000,000.
