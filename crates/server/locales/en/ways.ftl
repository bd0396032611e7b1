# Everything a member can set going, what proposals are about, actions, decisions, and how all of it stands.

kind-removal = Removing a member
kind-recall = Recalling a message
kind-amendment = Changing the rules
kind-decision = Decision
kind-action = Action
ways-title = More ways to act
ways-lead = Everything here goes its way by the rules of your group; nobody does it alone.
ways-about-message = Something that everyone should know.
ways-about-admission = Somebody new.
ways-about-removal = Nobody is removed by one person. The member is told and heard.
ways-about-recall = Something that went to everyone was wrong. A correction goes the same ways.
ways-about-amendment = Other rules for this group.
ways-about-decision = A question that the group answers. The answer stands in the register.
ways-about-action = Something to do together: what, when, where, and how many are needed.
ways-none = The rules of this group know no ways to act.
home-ways = More ways to act
home-register = What we decided
write-title-message = Write to everyone
write-title-admission = Invite someone
write-title-removal = Ask to remove a member
write-title-recall = Recall a message
write-title-amendment = Change the rules
write-title-decision = Put a question to the group
write-title-action = Call for an action
write-lead-message = When you open it, it goes its way by the rules.
write-lead-admission = When you open it, it goes its way by the rules.
write-lead-removal = When you open it, the member is told, and can answer wherever it is decided.
write-lead-recall = If it passes, the message is marked as recalled and your correction goes to everyone who got it.
write-lead-amendment = When you open it, it goes its way by the rules.
write-lead-decision = When you open it, it goes its way by the rules. The answer is written into the register of decisions.
write-lead-action = If it comes about, everyone is told what, when and where.
write-open-plain = Ready? Once it is open, the text and who may take part stay as they are.
write-open-now = Open it
removal-warning = Nobody is removed by one person. The member will be told at once and heard, and what you write here is shown to everybody who decides, together with the answer.
field-choose = Please choose
field-member = Which member?
field-member-hint = The number of the member, as pages show it: for “Member 12” it is 12.
field-broadcast = Which message?
field-broadcast-none = There is no message that could be recalled.
field-body-removal = Why?
field-body-recall = The correction that everyone gets
field-body-decision = The question, and what speaks for and against
field-body-action = What, and why
field-options = The options
field-options-hint = One a line, 2 to 64 of them.
field-local-times = In your time zone: { $zone }.
field-wanted = How many are wanted?
field-erase = Erase the old text for good. Only its fingerprint stays.
fault-member = Choose a member of this group other than yourself.
fault-broadcast = Choose a message that was not recalled yet.
fault-options-few = Write at least 2 options, each on a line of its own.
fault-options-many = There are at most 64 options.
fault-option-long = An option has at most 200 characters: “{ $option }”.
fault-option-twice = An option stands twice: “{ $option }”.
fault-option-forbidden = There is an invisible character in an option. Please type it anew.
fault-moment = Write day and time like 2026-12-04T07:00.
fault-moment-past = This is in the past. Choose a later time.
fault-ends = The end is not after the beginning. Choose a later end.
fault-place = Say where, in at most 200 characters and one line.
fault-wanted = Write a whole number from 1 to 10,000,000.
about-decision = What is asked
about-yes-no = It is answered with yes or no.
about-action = What is planned
about-removal = Who it is about
about-member = It is about { $who }.
about-removal-rule = Nobody is removed by one person. The member was told and can answer here.
about-statement = What the member says
about-no-statement = Nothing so far.
about-recall = What would be recalled
about-correction = The text above is the correction. It goes to everyone who got that message.
about-erase = The old text would be erased for good; its fingerprint stays.
about-keep = The old text stays readable, marked as recalled.
juror-question-decision = Should the group decide this?
juror-question-action = Should this be called for now?
juror-question-removal = Should this member be removed?
juror-question-recall = Should this message be recalled?
action-starts = Begins
action-ends = Ends
action-place = Where
action-wanted = Wanted
action-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
action-number = Action { $number }
action-calendar = Put it into my calendar
action-deeds = Did we do it?
action-pledged =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    } pledged together.
action-later = You are asked after it has begun.
action-did = { $did } of { $of } say they did it.
action-did-not =
    { $count ->
        [one] 1 says they did not.
       *[other] { $count } say they did not.
    }
action-question = Did you do it?
action-said-did = You said: yes. You can change it.
action-said-did_not = You said: no. You can change it.
seen-deed = all members see how many did it. That you answered stands in the record, as a number.
action-yes = Yes, I did it
action-no = No, I did not
register-title = What we decided
register-lead = Every decision with its reasons, its result, and the way it went.
register-search = Search in titles and texts
register-button = Search
register-all = Show all
register-found =
    { $count ->
        [one] 1 decision on this page has
       *[other] { $count } decisions on this page have
    } “{ $search }” in it.
register-count =
    { $count ->
        [one] 1 decision so far.
       *[other] { $count } decisions so far.
    }
register-none = Nothing has been decided yet.
register-number = Decision { $number }
register-result = The result
register-nav = Older and newer decisions
register-newest = The newest decisions
register-older = Older decisions
statement-title = This is about you
statement-lead = Somebody asks that you should no longer be a member. Nothing has been decided. What you write here is shown wherever it is decided.
statement-said = You said something { $when }. What you send now takes its place.
statement-field = What do you say to it?
statement-hint = As you would say it to everybody. Up to 2,000 characters.
seen-statement = all members see what you write here, with the proposal. It goes when you erase your data.
statement-button = Say this
proposal-action = To the action
proposal-result = What the vote came to
part-subject = This is about you: somebody asks that you should no longer be a member. Nothing has been decided, and you are heard.
part-subject-button = Say something to it
part-asked-vote = You are asked for your vote.
part-asked-consensus = You are asked where you stand.
part-asked-objection = If you have something against it, say so before the close. Otherwise you need not do anything.
part-asked-pledge = You are asked whether you join in.
part-asked-button-vote = To my ballot
part-asked-button-consensus = Say where I stand
part-asked-button-objection = Read it and object, if need be
part-asked-button-pledge = To the pledge
part-asked-look-vote = To the vote
part-asked-look-consensus = Who stands where
part-asked-look-objection = The objections
part-asked-look-pledge = To the pledge
standing-voting = Voting: { $cast } of { $eligible } have taken part
standing-consensus = Consensus: { $agree } agree, { $block } block
standing-objecting =
    { $have ->
        [one] 1 objection
       *[other] { $have } objections
    }; { $stop } would stop it
standing-pledging = Pledges are gathered; it comes about with { $least }
standing-removed = The member was removed
standing-recalled = Message no. { $number } was recalled
standing-amended = The rules were changed
standing-called = Called for as action { $number }
happened-vote-passed = The vote passed; { $cast } of { $eligible } took part
happened-vote-failed = The vote did not pass; { $cast } of { $eligible } took part
happened-vote-undecided = The vote decided nothing; { $cast } of { $eligible } took part
happened-position-agree-by = { $name } agrees
happened-position-agree = Member { $number } agrees
happened-position-aside-by = { $name } stands aside
happened-position-aside = Member { $number } stands aside
happened-position-block-by = { $name } blocks
happened-position-block = Member { $number } blocks
happened-position-none-by = { $name } took their position back
happened-position-none = Member { $number } took their position back
happened-consensus-passed = Consensus was reached
happened-consensus-failed = It was blocked
happened-consensus-undecided = No consensus: too few agreed, or too many stood aside
happened-objected-by = { $name } objects
happened-objected = Member { $number } objects
happened-objection-back-by = { $name } took their objection back
happened-objection-back = Member { $number } took their objection back
happened-objections-stopped = Objections stopped it
happened-objections-none = Too few objected: it passed
happened-woken =
    It comes about: { $count ->
        [one] 1 person will
       *[other] { $count } people will
    }, together
happened-statement = The member it is about said something to it
happened-removed = The member was removed
happened-recalled = Message no. { $number } was recalled
happened-amended = The rules were changed
happened-action = Called for as action { $number }
duty-vote = You are asked for your vote.
duty-consensus = You are asked where you stand.
duty-objection = It passes unless somebody objects. Read it.
duty-pledge = Will you join in?
duty-subject = This is about you. You can say something to it.
broadcast-by-rules = It was decided by the way that the rules of the group give it; no lots were drawn.
broadcast-recalled = This message was recalled.
broadcast-recalled-link = To the correction, no. { $number }
notice-position-taken = All members can see now where you stand.
notice-position-back = You took your position back.
notice-objected = Your objection stands.
notice-objection-back = Your objection is taken back.
notice-pledged = Your pledge is in. Nobody sees it before it comes about.
notice-pledge-back = Your pledge is taken back.
notice-statement-made = Everybody who decides can read it now.
notice-deed-reported = Thank you for saying so.
mail-asked-subject = You are asked
mail-asked-again-subject = Your answer is still missing
mail-asked-vote = Everybody is asked for a vote on “{ $title }”. It is secret until the close.
mail-asked-consensus = Everybody is asked where they stand on “{ $title }”. All members can read it.
mail-asked-objection = “{ $title }” passes unless members object. If you have nothing against it, you need not do anything.
mail-asked-pledge = “{ $title }”: will you join in, if enough others do? Nobody sees your answer before enough can be sure of each other.
mail-asked-link = Read and answer
mail-removal-subject = This is about you
mail-removal-text = Somebody asks that you should no longer be a member. Nothing has been decided, and no single person can decide it.
mail-removal-heard = You are heard: what you say to it is shown to everybody who decides.
mail-removal-link = Read it and answer
mail-action-subject = An action
mail-action-text = The group calls for this:
mail-action-when = Begins { $starts }, ends { $ends }.
mail-action-place = Where: { $place }. Wanted: { $wanted }.
mail-action-link = To the action and its calendar file
mail-amended-subject = The rules have changed
mail-amended-text = Other rules are in force now. What was opened before goes on by the old ones.
mail-amended-link = Read the rules
mail-amended-proposal = How it was decided:
