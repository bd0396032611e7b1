# A group's home, people, invitations, its public page, writing.

home-title = Home
home-duty = Your turn
duty-jury = You were drawn: should everybody see this now?
duty-jury_cast = Answered. You can change it until the close.
duty-answer = Your text came back. What now?
duty-co_sign_again = You co-signed an earlier version. Look at what changed.
home-paused = You pause until { $until } and will not be drawn.
home-write = Write to everyone
home-invite = Invite someone
home-broadcasts = What everyone got
home-all = All of them, with their certificates
broadcasts-count =
    { $count ->
        [one] 1 message so far.
       *[other] { $count } messages so far, the newest first.
    }
broadcasts-certificate = certificate of no. { $number }
broadcasts-nav = Older and newer messages
broadcasts-older = Older messages
broadcasts-newest = The newest messages
home-older =
    { $count ->
        [one] 1 older one
       *[other] { $count } older ones
    }; each leads to the one before it.
home-quiet = It is still quiet here.
home-quiet-about = The first message to everyone can be yours.
home-quiet-charter = How that works
home-yours = Yours
home-draft = Draft, saved { $saved }
draft-untitled = Without a title
home-open = Open proposals
home-open-none = Nothing is open now.
home-members =
    { $count ->
        [one] 1 member
       *[other] { $count } members
    }
broadcast-number = No. { $number }
broadcast-public = public
people-title = People
people-count =
    { $members ->
        [one] 1 member
       *[other] { $members } members
    }. You see those who chose to be seen.
people-more =
    And { $count ->
        [one] 1 more person
       *[other] { $count } more people
    } with a name.
people-unnamed =
    { $count ->
        [one] 1 member does
       *[other] { $count } members do
    } not show a name.
people-you-shown = Your name is shown here.
people-you-hidden = Your name is not shown here.
invite-title = Invite someone
invite-lead =
    You invite; { $needed ->
        [one] one other member vouches
       *[other] { $needed } others vouch
    }; then the person is a member like everyone else.
field-invite-email = Their email address
field-invite-email-hint = Leave it empty to get a link that you show in person.
field-statement = Why this person?
field-statement-hint = For those who vouch. How do you know each other? Write nothing that could harm anybody.
seen-invite = all members see your statement and that you invite. Nobody sees the address.
invite-button = Invite
invite-new =
    New members can write at once. They co-sign and serve on juries after { $days ->
        [one] 1 day
       *[other] { $days } days
    }.
invite-show = Show this to the person
invite-show-about = They scan it or type the link. It works once.
invitation-title = You are invited: { $group }
invitation-by = { $name } invites you.
invitation-members =
    The group has { $count ->
        [one] 1 member
       *[other] { $count } members
    }.
invitation-button = Accept the invitation
invitation-what = In this group any member can write to everyone, and members drawn by lot decide what everybody gets. You may leave at any time.
invitation-waiting = Thank you. Now a member has to vouch for you. We will write to you.
invitation-admitted = You are a member. Sign in with your address.
invitation-void = This invitation is no longer valid
invitation-void-about = It is too old, was used, or was withdrawn. Ask the person who invited you for a new one.
field-my-name = Your name in this group
field-my-name-hint = As you want to be called. It may be left empty.
field-show-name = Show my name to the members of this group
seen-accept-invitation = members see your name only if you tick the box. Nobody sees your address.
public-title = In public
public-broadcasts = Messages to the public
public-none = This group has not spoken in public yet.
public-how = Each of these was passed by a jury of members drawn by lot.
public-feed = Follow by Atom feed
write-lead =
    When you open it, { $needed ->
        [one] one other member co-signs
       *[other] { $needed } others co-sign
    }; then a jury drawn by lot decides.
write-charter = The rules
write-revise-title = Revise your text
write-revise-lead = This is your one revision. Co-signing starts again at zero.
write-revise-link = To the proposal
write-preview = This is how it will look
field-title = Title
field-body = Text
field-body-hint = Plain text. **Bold**, lists with “-”, and links work.
field-audience = Who should get it?
field-warning = Content warning, if any
field-warning-hint = A few words shown instead of the text until it is opened.
fault-text-long = A text has at most { $bytes } bytes. Please shorten it.
write-save = Save
write-preview-button = Save and preview
seen-draft = only you, until you open it.
write-open-about =
    Ready? Opening freezes who may take part. { $needed ->
        [one] One other member has
       *[other] { $needed } others have
    } to co-sign exactly this text.
seen-open =
    all { $members ->
        [one] 1 member
       *[other] { $members } members
    }, with your name if you show it.
write-open = Open for co-signing
write-open-revision = Open the new version
write-delete-summary = Delete this draft
write-delete-about = The draft and its saved versions are gone for good.
write-delete = Delete
versions-title = Versions
version-number = Version { $version }
version-current = current
changes-title = What changed from version { $from } to { $to }
