# Mails.

mail-signin-subject = Sign in to Mic Check
mail-signin-text = You asked to sign in. Link and code are valid until { $until }.
mail-signin-link = Sign in
mail-signin-code = Or type this code in the browser where you asked:
mail-signin-other = Did you not ask for this? Then do nothing, and tell nobody the code.
mail-invitation-subject = You are invited
mail-invitation-text = A member of { $group } invites you to join. In this group any member can write to everyone, and members drawn by lot decide what everybody gets.
mail-invitation-link = Look at the invitation
mail-invitation-until = It is valid until { $until }.
mail-invitation-ignore = Do you know nothing of this? Then do nothing: you will hear no more of it.
mail-welcome-subject = Welcome
mail-welcome-text = You are a member of { $group } now.
mail-welcome-read = You get every message that members drawn by lot let through. Nothing else goes to everyone.
mail-welcome-write = You can write to everyone yourself.
mail-welcome-serve = Now and then you will be drawn: one question, one minute.
mail-welcome-new =
    You co-sign and serve after { $days ->
        [one] 1 day
       *[other] { $days } days
    }.
mail-welcome-link = To the group
mail-welcome-leave = You can leave at any time:
mail-summons-subject = One question for you
mail-summons-text =
    You were drawn by lot: you are one of { $seats ->
        [one] 1 juror
       *[other] { $seats } jurors
    } for { $members ->
        [one] 1 member
       *[other] { $members } members
    }. It takes a minute.
mail-summons-question = The question: should everybody see this now?
mail-summons-link = Answer
mail-summons-until = Please answer until { $answer_by } ({ $left }); then your seat passes on. The jury closes { $until }.
mail-summons-aside = You may step aside without a reason. Please pass this mail on to nobody.
mail-jury-reminder-subject = The question still waits for you
mail-jury-reminder-text = You were drawn and have not answered yet. Your seat passes on { $answer_by } ({ $left }).
mail-cosign-reminder-subject = Your proposal needs co-signers
mail-cosign-reminder-text = “{ $title }” has { $have } of { $needed } co-signatures. Ask somebody you know to look at it.
mail-until = Time until { $until } ({ $left }).
mail-open-proposal = Open the proposal
mail-version-subject = A text you co-signed was changed
mail-version-text = “{ $title }” has a new version. Your co-signature was for the old one and does not count any more. This changed:
mail-version-link = Look at it and co-sign again
mail-verdict-subject = The jury has answered
mail-verdict-approved = The jury said yes to “{ $title }”: { $yes } yes, { $no } not now, { $seats } seats. It goes to everyone now.
mail-verdict-declined = The jury said “not now” to “{ $title }”: { $yes } yes, { $no } not now, { $seats } seats.
mail-verdict-undecided = The jury did not decide on “{ $title }”: { $yes } yes, { $no } not now, { $seats } seats.
mail-verdict-reasons = Jurors wrote to you, without names:
mail-verdict-answer = You can revise the text, ask a larger jury, or let it rest, until { $until } ({ $left }).
mail-verdict-link = Decide
mail-closed-subject = A proposal has ended
mail-closed-text = “{ $title }” has ended.
mail-broadcast-subject = No. { $number }: { $title }
mail-broadcast-why = You get this because members drawn by lot said everybody should see it: { $yes } yes, { $no } not now, { $seats } seats.
mail-broadcast-certificate = How it was decided
mail-broadcast-number = This is message no. { $number }. Fingerprint of the one before: { $previous }
mail-broadcast-settings = Settings, or leave the group:
mail-unsubscribe = No more mails of this kind:
