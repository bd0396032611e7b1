# Proposals, their standing and history, broadcasts, refusals.

kind-message = Message to everyone
kind-admission = Invitation
proposal-number = proposal { $number }
proposal-unnamed = A person without a name yet
proposal-author = From
proposal-broadcast = To the message that everyone got
proposal-looking-back = This is an earlier version.
proposal-current = To the current one
proposal-way = Its way
standing-cosigning = { $have } of { $needed } co-signatures
standing-awaiting-draw = Co-signed. Lots are drawn { $at }
standing-awaiting-beacon = Waiting for the public random number. The draw is late, nothing is lost
standing-jury = With a jury of { $seats }
standing-author = With the author
standing-waiting = Waiting, as the rules say
standing-broadcast = Went to everyone as no. { $number }
standing-admitted = Admitted
standing-recorded = Recorded as decision { $number }
standing-declined = Declined by the jury
standing-undecided = The jury did not decide
standing-lapsed = Lapsed: the time was over
standing-withdrawn = Withdrawn by the author
cosigners-title = Co-signed by
cosigners-count = { $have } of { $needed }
cosigners-unnamed =
    { $count ->
        [one] 1 member
       *[other] { $count } members
    } without a shown name
cosign-about = To co-sign means: this exact text is ready to be judged. You need not agree with it. Co-signers cannot sit on its jury.
seen-cosign = all members see that you co-signed, by name if you show it.
cosign-button = Co-sign this version
vouch-about = To vouch means: I know this person, or I trust the one who does.
vouch-button = Vouch for this person
cosigned-about = You co-signed this version.
seen-takeback = all members see that a co-signature was taken back.
takeback-button = Take it back
part-juror = You are on the jury of this proposal.
part-juror-button = Answer the question
part-author = This is yours.
part-too-new = You joined recently and can co-sign from { $until }.
part-not-on-roll = It was opened before you joined, so others decide on this one.
part-answer = The jury has answered. You decide what comes next.
part-answer-button = See the answer
timeline-title = What happened
withdraw-link = Withdraw this proposal
happened-opened = Opened with version { $version }
happened-version = Version { $version } posted; co-signing starts again
happened-cosigned-by = { $name } co-signed
happened-cosigned = A member co-signed
happened-taken-back = A co-signature was taken back
happened-enough = Enough have co-signed
happened-reminded = Reminder sent
happened-draw-called = Draw fixed for { $at }, with random number { $round }
happened-draw-missed = That draw is void: its record was published too late. The next one is called
happened-drawn =
    { $seats ->
        [one] 1 member
       *[other] { $seats } members
    } drawn by lot
happened-no-one = Nobody could be drawn
happened-called =
    { $count ->
        [one] 1 seat
       *[other] { $count } seats
    } passed on to the next in the drawn order
happened-grown = It was close: { $added } more were seated
happened-extended = Too few had answered; the jury sits until { $until }
happened-jury-approved = The jury said yes: { $yes } yes, { $no } not now, { $seats } seats
happened-jury-declined = The jury said not now: { $yes } yes, { $no } not now, { $seats } seats
happened-jury-undecided = The jury did not decide: { $yes } yes, { $no } not now, { $seats } seats
happened-revised = The author revises the text
happened-appealed = The author asked a larger jury
happened-accepted = The author accepted the answer
happened-erased = The text was erased
happened-broadcast = Sent to everyone as no. { $number }
happened-recorded = Recorded as decision { $number }
happened-admitted = The person is a member
happened-withdrawn = Withdrawn by the author
happened-lapsed = The time was over
happened-closed = Closed
answer-title-approved = The jury said yes
answer-title-declined = The jury said: not now
answer-title-undecided = The jury did not decide
answer-counts =
    { $yes } yes, { $no } not now, of { $seats ->
        [one] 1 seat
       *[other] { $seats } seats
    }.
answer-reasons = What jurors wrote to you
answer-reasons-about = Only you see this. Nobody knows who wrote it.
answer-no-reasons = Nobody gave a reason.
answer-next = What now?
answer-silence = If you do nothing until then, the proposal is closed.
answer-revise = Revise the text
answer-revise-about = Once. It then needs co-signers and a jury again.
seen-revise = nobody, until you open the new version.
answer-revise-button = Revise
answer-appeal = Ask a larger jury
answer-appeal-about =
    Once. { $seats ->
        [one] One other member decides
       *[other] { $seats } other members, drawn anew, decide
    } on the same text.
seen-appeal = all members see that you asked a larger jury.
answer-appeal-button = Ask a larger jury
answer-accept = Let it rest
answer-accept-about = The proposal is closed. You can write a new one at any time.
seen-accept = all members see that the proposal is closed.
answer-accept-button = Let it rest
answer-text = Your text
broadcast-proof = Why you see this
broadcast-tally =
    Of { $seats ->
        [one] 1 member
       *[other] { $seats } members
    } drawn by lot, { $yes } said yes and { $no } not now.
broadcast-certificate = The certificate: how it was drawn and counted
broadcast-proposal = The proposal and its history
broadcast-delivered = Mailed to { $done } of { $all } so far
broadcast-recall = Recall this message
broadcast-nav = Messages before and after
broadcast-before = The one before
broadcast-after = The one after
broadcast-first = This is the first one.
refusal-clock-broken = The clock of this server is wrong. Tell the operator; nothing was changed.
refusal-no-such-group = There is no such group here. Check the link.
refusal-group-exists = This group exists already. Open it from the first page.
refusal-too-few-members =
    A group needs at least { $min ->
        [one] 1 member
       *[other] { $min } members
    }. Add people and send the form again.
refusal-too-many-members = A group can be founded with at most { $max } members. Invite the others later.
refusal-charter-invalid = These rules cannot be run. Choose others, or check them with “mic charter check”.
refusal-profile-invalid = Name and purpose of the group cannot be used like this. Shorten them or type them anew.
refusal-not-member = Only members can do this. Sign in, or ask a member to invite you.
refusal-already-gone = You have left this group already. There is nothing more to do.
refusal-no-such-process = The rules of this group do not know this. Look at the rules for what is possible.
refusal-wrong-kind = This way is meant for something else. Look at the rules for the right one.
refusal-audience-not-allowed = The rules do not allow this audience. Choose another one.
refusal-text-empty = Title and text must not be empty. Please write something.
refusal-text-too-long = A text has at most { $bytes_max } bytes. Please shorten it.
refusal-title-too-long = A title has at most { $chars_max } characters. Please shorten it.
refusal-text-has-controls = There are invisible control characters in it. Paste it as plain text, or type it anew.
refusal-too-many-open = You have { $max } open proposals already, which is the limit. Wait until one is closed, or withdraw one.
refusal-no-such-proposal = There is no such proposal. Go back to the group.
refusal-proposal-closed = This proposal is closed. You can write a new one.
refusal-not-author = Only the person who wrote it can do this.
refusal-wrong-stage = The proposal has moved on since you opened the page. Go back and look where it stands.
refusal-same-text = This is the same text as before. Change something, or keep it as it is.
refusal-author-may-not-cosign = This is your own proposal. Ask others to co-sign it.
refusal-already-cosigned = You have co-signed this version already. All is well.
refusal-not-cosigned = You have not co-signed this, so there is nothing to take back.
refusal-other-version = The text was changed while you read it. Go back, look at what changed, and decide anew.
refusal-not-on-roll = It was opened before you joined, so others decide on this one. You can take part in the next.
refusal-too-new = You joined recently. You can do this from { $until }.
refusal-revision-used = The one revision was used already. You may still ask a larger jury or let it rest.
refusal-appeal-used = A larger jury was asked already. Its answer stands.
refusal-not-offered = The rules do not offer this here. Go back and choose something else.
refusal-no-seat = You are not on this jury, or it is not drawn yet. Nothing to do for you.
refusal-seat-passed-on = Your seat has passed on to the next person, because the time was over or you stepped aside. Nothing is left to do.
refusal-jury-closed = The jury has closed. Your last answer before the close counts.
refusal-nonce-invalid = Your own words are too long or hold invisible characters: at most { $bytes_max } bytes. Choose others, or leave the field empty.
refusal-nonce-taken = These words are taken. Choose others, or leave the field empty.
refusal-reason-too-long = A reason has at most { $chars_max } characters. Please shorten it.
refusal-other-draw = This page belongs to an earlier draw. Go back and load it anew.
refusal-other-stage = This page belongs to an earlier stage. Go back and load it anew.
refusal-choice-invalid = This cannot be counted. Go back and choose anew.
refusal-too-many-voters = At most { $max } people can take part in a secret vote. There is no room for more.
refusal-reason-missing = Say why, in a few words that all can read.
refusal-reason-not-wanted = A reason belongs to a block or to standing aside. Leave it empty here.
refusal-nothing-to-take-back = Nothing of yours stands here. There is nothing to take back.
refusal-no-such-member = Nobody is a member under this number. Choose another member.
refusal-not-yourself = Nobody proposes their own removal. If you want to go, leave the group in your settings.
refusal-not-concerned = Only the member whom this is about makes a statement here.
refusal-already-invited = This person is invited already. Co-sign that invitation instead.
refusal-no-such-broadcast = There is no such message. Look at the list of messages.
refusal-already-recalled = This message was recalled already. There is nothing more to do.
refusal-charter-refused = These rules cannot be run as they stand. Check them, correct what is named, and send them again.
refusal-options-not-wanted = This is a question to be answered with yes or no. Leave the options out.
refusal-options-invalid = List 2 to { $max } different options of at most 200 characters each.
refusal-action-invalid = An action begins before it ends, has a place of at most 200 characters, and wants at least one person. Correct that and send it again.
refusal-subject-fixed = A new version stays about the same. Put something else forward as a proposal of its own.
refusal-turned-down = This text was declined, or taken back after lots were called for. You can put it forward again from { $until } on, or change it.
refusal-no-such-action = There is no such action. Look at the list of actions.
refusal-not-pledged = You did not pledge for this action. There is nothing to report.
refusal-deed-too-late = Reports are taken for { $days_max } days. That time is over.
refusal-pause-out-of-range = A pause ends in the future and lasts at most { $days_max } days. Choose another date.
refusal-not-paused = You are not pausing. There is nothing to end.
refusal-rest-out-of-range = A rest lasts at most { $days_max } days. Choose a smaller number.
refusal-no-draw-waiting = No draw waits for this. Nothing was changed.
refusal-round-too-early = This random number cannot exist yet. Nothing was changed.
refusal-beacon-invalid = This random number is not genuine. It was not used.
refusal-key-reused = This was sent already, with another content. Go back, load the page anew, and try again.
refusal-queue-full = Very many people act at this moment. Wait a little and send it again.
change-about = You may still change the text. Co-signatures start again at zero, and those who co-signed are told what changed.
change-button = Change the text
