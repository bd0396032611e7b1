# The frame of every page, times, notices, words that several pages share.

frame-skip = Skip to the content
frame-group-nav = Group
frame-write = Write
frame-people = People
frame-charter = Rules
frame-settings = Settings
frame-promises = What we promise, and what not
frame-mailbox = Your demo mailbox
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-language = Language:
frame-duties =
    { $count ->
        [one] 1 task
       *[other] { $count } tasks
    }
time-when =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }, { $date }, { $clock } { $zone }
time-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    } { $year }
time-over = time is over
time-left-moment = less than a minute left
time-left-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } left
time-left-hours =
    { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } and { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } left
time-left-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    } and { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } left
time-left-hours-sharp =
    { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } left
time-left-days-sharp =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    } left
until = Closes { $when }
seen-by = Who will see this:
person-you = (you)
member-number = Member { $number }
audience-members = For all members
audience-public = For all members and the public
message-erased = This text was erased. Its fingerprint stays in the record.
message-warning = Content warning:
faults-title = Please look at this again
field-language = Language
field-email = Email address
fault-address = This is not a complete email address. Write it like name@example.org.
name-empty = Please write a name.
name-too-long = A name or title has at most 80 characters. Please shorten it.
name-forbidden = There is an invisible character or a line break in it. Please type it anew.
kept-title = What you typed
kept-about = Nothing is lost: copy it from here.
difference-removed = removed
difference-added = added
local-chain = This server draws lots from numbers of its own, not from a public source: the operator could have foreseen the draw.
notice-signed-in = You are signed in.
notice-signed-out = You are signed out.
notice-draft-saved = Saved. Only you see it.
notice-draft-deleted = The draft is deleted.
notice-opened = Your proposal is open. Others can co-sign it now.
notice-cosigned = You co-signed this version.
notice-taken-back = Your co-signature is taken back.
notice-withdrawn = The proposal is withdrawn.
notice-stepped-aside = You stepped aside. The next person was called. Thank you for saying so.
notice-revised = The new version is open. Co-signing starts again at zero.
notice-appealed = A larger jury will be drawn.
notice-accepted = The proposal is closed.
notice-invited = The invitation is on its way.
notice-joined = Thank you. Now a member has to vouch for you; we will write to you.
notice-settings-saved = Your settings are saved.
notice-paused = Your pause has begun. You will not be drawn.
notice-resumed = Welcome back. You can be drawn again.
notice-left-group = You have left the group.
notice-erased = Your personal data is erased.
notice-mails-stopped = You will get no more mails of this kind.
