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
