# Changing the rules: the form, the comparison, the trial run, the history.

flow-new = New
flow-changed = Changed
flow-gone = Would be gone
unguarded-title = Not everything here is judged
unguarded-about = These rules let something reach everybody that neither a jury nor a vote has judged. The group chose it so.
charter-change = Change the rules
charter-what-if = What if? Try these rules with numbers
charter-history = All rules so far

history-title = All rules so far
history-lead = What was opened under earlier rules is still decided by them.
history-holds = In force since { $since }
history-held = In force from { $since } to { $until }.
history-old-about = Proposals that began under these rules finish under them.
history-by = Put forward by
history-changes = what changed
history-founded = The group was founded with them.
history-running =
    { $count ->
        [one] 1 proposal is still decided by them.
       *[other] { $count } proposals are still decided by them.
    }
history-fingerprint = fingerprint

amend-title = Change the rules
amend-lead = You work on a copy. It becomes a proposal when you open it, and the rules when the group has decided so.
amend-from = Begin with
amend-from-now = the rules in force
amend-begin = Begin
amend-impossible = These rules do not say how they are changed. The group would have to found itself again.
amend-drafts = Your drafts
amend-edit-lead = Nobody sees this draft but you. “Check” saves it and says what does not fit yet.
amend-field-title = What is it about?
amend-field-body = Why?
amend-processes = Ways to decide
amend-stages =
    { $count ->
        [one] 1 stage
       *[other] { $count } stages
    }
amend-add-process = Add a way to decide
amend-remove-process = Take one out
amend-text = The rules as text
amend-text-hint = For those who would rather write. The button below takes the text as it stands; all other buttons take the form.
amend-text-label = Text of the rules (TOML)
amend-text-button = Take the text and check it
amend-differences = What would be different
amend-no-difference = Nothing would be different.
amend-look = See it drawn, and tried on what was decided before
amend-way = By which way should it be decided?
amend-open-about = Ready? When you open it, the text of the rules stands still. It goes its way by the rules that hold now.
amend-open = Open this proposal
amend-not-yet = It can be opened as soon as the checks find nothing wrong.
amend-same = Nothing is different from the rules in force.
amend-charter-long = Rules have at most { $bytes } bytes. Please shorten them.

edit-check = Check and save
edit-complaints =
    { $count ->
        [one] 1 thing to look at
       *[other] { $count } things to look at
    }
edit-warning = Only a warning:
edit-add = Add
edit-remove = Take out
edit-which = Which one?
edit-stages = Stages
edit-add-stage = Add a stage
edit-after = Where?
edit-at-start = at the beginning
edit-flow = As it would be drawn
edit-no-flow = It is drawn here as soon as the checks find nothing wrong.
edit-back-draft = Back to the whole draft
edit-back-process = Back to this way to decide
edit-row-hint = Rules for the size of the group: the first that fits counts; leave “up to” empty in the last one. A row left empty is taken out.
edit-up = Put it before “{ $stage }”
edit-change-kind = Another kind of stage
edit-change-kind-about = The numbers begin anew; the title stays.
edit-change-kind-button = Change the kind
edit-remove-stage = Take this stage out
edit-remove-stage-about = What led here leads on to where this stage led.
edit-name = Name of the rules
edit-clock-every-minutes = Lots are drawn every so many minutes
edit-clock-offset-minutes = so many minutes after the full step
edit-limits-open-proposals-per-member = Open proposals of one member at a time
edit-limits-open-invitations-per-member = Open invitations of one member at a time
edit-limits-new-days = Days until a new member co-signs and serves
edit-duty-rest-days = Days of rest after serving
edit-unguarded = Things may reach everybody that nobody has judged (shown in red to all)
edit-title = Title
edit-kind = Kind
edit-audience-members = May go to the members
edit-audience-public = May go to the public
edit-first = Begins with
edit-days = Days
edit-hours = or hours
edit-wait-hours = Hours to wait
fact-remind-days = Reminders after { $list } days
fact-remind-hours = Reminders after { $list } hours
edit-remind-days = Reminders after days
edit-remind-hours = Reminders after hours
edit-answer-hours = Hours until a silent juror’s seat passes on
edit-window-hours = Hours that the jury sits
edit-fresh = Nobody who sat before
edit-who = Who is asked?
edit-method = How is it counted?
edit-agree = Must agree (number, or a part such as 2/3)
edit-max-score = Most points
edit-winners = How many win
edit-quorum = Must answer (number, or a part such as 1/5)
edit-blocks = So many blocks stop it
edit-asides = At most this part may stand aside (such as 1/4)
edit-amendable = The author may change the text on the way
edit-objections = So many objections stop it
edit-at-least = So many must join in
edit-pass = If it passes
edit-fail = If not
edit-undecided = If it stays undecided
edit-revise = If the author revises
edit-appeal = If the author asks again
edit-lapsed = If the time is over
edit-row-sizes = Rule { $number }
edit-row-needed = Rule { $number }
edit-row = Rule { $number }
edit-members-up-to = Up to so many members
edit-count = Co-signatures
edit-seats-by = Seats by
edit-seats = Seats
edit-then = Join if undecided
edit-lead = In steps: lead that decides
edit-cap = In steps: most seats
edit-seats-number = a number
edit-seats-everyone = everybody
edit-seats-share = a part, such as 1/10
edit-seats-sample = a sample: sureness and margin, such as 95 5
edit-seats-largest = the largest of several, such as 9; 1/10; 95 5
edit-end = it ends
edit-nowhere = (not used)
edit-choice-message = a message to everybody
edit-choice-admission = admitting somebody
edit-choice-removal = removing somebody
edit-choice-recall = recalling a message
edit-choice-amendment = changing the rules
edit-choice-decision = a decision
edit-choice-action = an action
edit-choice-everyone = everybody
edit-choice-settled = everybody who is not new
edit-choice-drawn = an assembly drawn by lot
edit-choice-yes_no = yes or no
edit-choice-approval = ticking all one can live with
edit-choice-score = points
edit-choice-schulze = ranking (Schulze)
edit-choice-runoff = ranking, the weakest goes out
edit-choice-stv = ranking, several win in proportion


amendment-title = What would change
amendment-draft = Nobody sees this but you.
amendment-lead =
    { $members ->
        [one] The one member sees
       *[other] All { $members } members see
    } this page.
amendment-gone = The text of the proposed rules is not there any more.
amendment-older = This compares with the rules that the proposal began under. They are not in force any more.
amendment-checks = What the checks say
amendment-checked = The rules can be used: every way ends, and nothing reaches everybody unjudged. Leaving, exporting and checking are in no rules’ reach.
amendment-when = What happens when
amendment-now = Now
amendment-then = Then
amendment-process-new = This way to decide does not exist yet.
amendment-process-gone = This way to decide would be gone.
amendment-back = Back to the proposal
amendment-link = See what would change, drawn and tried on past cases
amend-when-decide = It is decided by the way “{ $title }” of the rules in force.
amend-when-wait =
    When it has passed, nothing happens for { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }. Whoever disagrees has time to leave.
amend-when-force = Then the new rules are in force for everything that is opened from there on.
amend-when-running = What is open then finishes under the rules it began with.

trial-title = Tried on past cases
trial-lead = What would have become of what this group has decided, under these rules?
trial-from = From
trial-to = to
trial-run = Try
trial-odd = That is no range of days; the usual one is shown.
trial-cases =
    { $count ->
        [0] Nothing was decided in this time.
        [one] 1 case was decided in this time.
       *[other] { $count } cases were decided in this time.
    }
trial-same =
    { $count ->
        [one] 1 would have gone exactly as it did.
       *[other] { $count } would have gone exactly as they did.
    }
trial-otherwise =
    { $count ->
        [one] 1 would have ended otherwise.
       *[other] { $count } would have ended otherwise.
    }
trial-perhaps =
    { $count ->
        [one] 1 could have ended otherwise by the luck of the draw.
       *[other] { $count } could have ended otherwise by the luck of the draw.
    }
trial-effort =
    { $count ->
        [one] 1 would have ended the same, with another effort.
       *[other] { $count } would have ended the same, with another effort.
    }
trial-unknown =
    { $count ->
        [one] 1 cannot be known.
       *[other] { $count } cannot be known.
    }
trial-running =
    { $count ->
        [one] 1 is still open and is not counted.
       *[other] { $count } are still open and are not counted.
    }
trial-left-out =
    { $count ->
        [one] 1 older case is left out.
       *[other] { $count } older cases are left out.
    }
trial-summoned-all = Calls to juries where the end is known: { $was } as it was, { $would } under these rules.
trial-length-all = Hours from opening to end, together: { $was } as it was, { $would } under these rules.
trial-was = It ended so:
trial-more =
    { $count ->
        [one] And 1 more that differs.
       *[other] And { $count } more that differ.
    }
trial-end-done = it passed
trial-end-declined = it was declined
trial-end-undecided = it stayed undecided
trial-end-lapsed = its time ran out
trial-end-withdrawn = it was withdrawn
trial-sure-done = It would have passed.
trial-sure-declined = It would have been declined.
trial-sure-undecided = It would have stayed undecided.
trial-sure-lapsed = Its time would have run out.
trial-sure-withdrawn = It would have been withdrawn all the same.
trial-chance-done = With a chance of { $percent } in 100 it would have passed.
trial-chance-declined = With a chance of { $percent } in 100 it would have been declined.
trial-chance-undecided = With a chance of { $percent } in 100 it would have stayed undecided.
trial-chance-lapsed = With a chance of { $percent } in 100 its time would have run out.
trial-chance-withdrawn = With a chance of { $percent } in 100 it would have been withdrawn.
trial-impossible = It could not have been opened.
trial-unknown-never-asked =
    Not known ({ $percent } in 100): the new rule would have asked { $count ->
        [one] 1 person who was never asked.
       *[other] { $count } people who were never asked.
    }
trial-unknown-nobody-asked = Not known ({ $percent } in 100): the new rule would have asked everybody, and nobody was asked.
trial-unknown-cosigners =
    Not known ({ $percent } in 100): { $count ->
        [one] 1 more co-signature
       *[other] { $count } more co-signatures
    } would have been needed, and nobody else was asked.
trial-unknown-author = Not known ({ $percent } in 100): it would have come back to its author, and nobody knows what they would have done.
trial-unknown-method = Not known ({ $percent } in 100): counted otherwise, people would have voted otherwise.
trial-unknown-people = Not known ({ $percent } in 100): other people would have been asked.
trial-unknown-sealed = Not known ({ $percent } in 100): the numbers of pledges that never counted stay sealed.
trial-length = Hours from opening to end: { $would } instead of { $was }
trial-summoned = Calls to juries: { $would } instead of { $was }
trial-why-no-process = This way to decide does not exist in these rules.
trial-why-no-audience = In these rules it does not reach those whom this was for.
trial-why-cosigners = “{ $stage }”: { $would } co-signatures are needed; { $was } were given.
trial-why-seats = “{ $stage }”: { $would } seats instead of { $was }
trial-why-agree = “{ $stage }”: { $would } must agree instead of { $was }
trial-why-rule = “{ $stage }”: decided by another rule
trial-why-outcome-pass = “{ $stage }” could pass
trial-why-outcome-fail = “{ $stage }” could say no
trial-why-outcome-undecided = “{ $stage }” could stay undecided
trial-why-outcome-lapsed = “{ $stage }” could run out of time
trial-why-added = “{ $stage }” comes in addition.
trial-why-dropped = “{ $stage }” would not be there.
trial-limits-title = What this takes for granted
trial-limit-same = Everybody answers as they did and as fast. Who said nothing would have said nothing. Nobody would have written otherwise.
trial-limit-chance = A smaller jury is any part of the jury that sat, each with the same chance; the chances are exact.
trial-limit-unknown = Where other people would have been asked, or people would have acted otherwise, it is said to be unknown and not guessed.

notice-draft-checked = Saved and checked.
