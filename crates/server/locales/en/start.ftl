# Landing, promises, founding, signing in, troubles, the demo's mailbox.

landing-title = Nobody owns the microphone
landing-lead = Any member can write to everyone. Two others say the text is ready, a few drawn by lot decide whether everybody should see it now. Everyone can check that it went exactly so.
landing-demo = This is a demo with a group of 40 people. Thirty-nine are played by the program; you are the fortieth.
landing-demo-button = Take part as { $name }
landing-groups = Your groups
landing-found = Found a group
landing-how = How a message travels
landing-write = Someone writes
landing-write-about = Any member, whenever there is something everyone should know.
landing-cosign = Two others co-sign
landing-cosign-about = They say: this exact text is ready. Change a word, and co-signing starts again.
landing-jury = A few are drawn by lot
landing-jury-about = Different ones each time, never the author or the co-signers. It takes them a minute.
landing-reach = Everyone gets it
landing-reach-about = By mail and on the web, with a certificate that shows how it was decided.
landing-why = Why like this
landing-point-owner = No administrator can speak for the group, stop a message, or let someone in. Whoever runs the server has no voice in it.
landing-point-check = Every draw and every count can be redone by anyone, on a computer of their own.
landing-point-rules = The rules are a flowchart that everyone can read, and the program runs exactly that. Nothing goes around it.
landing-point-plain = It works on an old phone, without scripts, without tracking, in your inbox.
landing-name = Why the name
landing-name-about = “Mic check!” is what a person calls in an assembly without loudspeakers: those who hear it repeat each sentence, if they choose to, and so everybody hears it.
promises-title = What we promise, and what not
promises-lead = Cheating here is not impossible. It is made visible.
promises-yes = You can count on this
promise-draw = Nobody chooses who decides. Lots are drawn from a public number that did not exist when everything else was fixed.
promise-count = Every count can be redone. After the close all answers lie open, without names.
promise-journal = What happened stays written. If a line of the record is changed later, anyone who kept a copy can show it.
promise-secret = Other members never learn how you answered as a juror.
promise-equal = Whoever runs the server has no vote, no veto and no louder voice.
promise-less = We store no addresses of your device, no record of what you read, and load nothing from elsewhere.
promises-no = We cannot promise this
no-promise-beside = Protection from someone who stands beside you while you answer, or to whom you show your receipt.
no-promise-operator = Secrecy from a dishonest operator while the server runs: it could look at answers before the close.
no-promise-one = That every account is one person. Members vouch for each other; that is all.
no-promise-elsewhere = That a text can be called back from inboxes and other servers.
no-promise-phone = Safety of a phone that is unlocked and in other hands.
no-promise-mail = That mail is secret. Mail providers can read what they carry.
promises-check = Check it yourself
promises-check-about = Download your group's record in the settings and let your own computer go through all of it:
found-title = Found a group
found-lead = All who are named here are members from the first minute, with equal rights. You have no more than they have.
found-group = The group
field-group-name = Name of the group
field-purpose = What it is for
field-purpose-hint = One or two sentences. Invited people read them first.
found-charter = The rules
found-charter-hint = Every member can read them at any time, as a drawing and as a list.
found-charter-read = Read “{ $name }” as a flowchart (opens beside this page)
found-you = You
field-your-name = Your name
field-your-email = Your email address
found-members = The other founding members
field-members = One person a line: name, address, language
field-members-hint = The language may be left out. For example:
field-members-file = Or a file from a spreadsheet (CSV)
field-members-file-hint = The same three columns, up to 10,000 rows.
seen-found = members of the group see its name and purpose. Nobody sees the addresses, and each person decides whether their name is shown.
found-button = Found the group
rows-title = Some rows cannot be read
rows-about = Nothing was founded yet. Correct these rows and send the form again; choose the file again, too.
rows-caption = Rows to correct
rows-row = Row
rows-column = Column
rows-problem = What is wrong
rows-found = What stands there
rows-more =
    And { $count ->
        [one] 1 more row
       *[other] { $count } more rows
    }.
row-source-typed = typed
row-source-file = file
row-column-row = whole row
row-column-name = name
row-column-email = address
row-column-language = language
row-problem-missing = It is missing.
row-problem-not_an_address = No complete email address.
row-problem-twice = Stands there twice.
row-problem-looks_like_another = Looks exactly like another name.
row-problem-forbidden_character = There is an invisible character in it.
row-problem-too_long = Too long.
row-problem-unknown_language = We have only en and de.
row-problem-bad_text = Not readable as UTF-8. Save the file as “CSV UTF-8”.
row-problem-too_many_columns = Too many columns: name, address, language.
founded-title = The group exists
founded-lead =
    { $name } has { $members ->
        [one] 1 member
       *[other] { $members } members
    }.
founded-links = A link for each person
founded-links-about = This server sends no mail. Give each person their own link, best in person. The links are shown only this once.
founded-more =
    { $count ->
        [one] 1 more link stands
       *[other] { $count } more links stand
    } in the log of the server.
founded-mailed = Everyone gets a mail with a link now.
founded-home = To the group
signin-title = Sign in
signin-lead = We send you a link and a code. No password.
seen-signin = nobody. Not even whether an address belongs to a member.
signin-button = Send link and code
linksent-title = Look into your mail
linksent-lead = If { $email } belongs to a member, a link and a code are on their way. Open the link in this browser, or type the code here.
linksent-no-mail = This server sends no mail. Since you run it, here is the link:
field-code = Six-digit code
linksent-button = Sign in
linksent-until = Both are valid until { $until }, or longer if the mail says so.
linksent-last = If no new mail comes, the last one you got still works here.
linksent-again = Ask for a new link
code-wrong = This code does not work: a digit may be wrong, or it is used up or too old. Try the newest mail, open its link in this browser, or ask for a new one below.
confirmlink-title = Sign in here?
confirmlink-lead = You asked for this link in this browser. One click, and you are in.
confirmlink-button = Yes, sign me in
otherbrowser-title = Type this code where you started
otherbrowser-lead = You asked for the link in another browser or on another device. Go back there and type:
otherbrowser-warning = Did you not ask for it? Then tell nobody this code and close the page.
otherbrowser-spent = This link is used up
otherbrowser-spent-about = A link works once, for ten minutes, and only the newest one.
refused-title = This does not work now
refused-back = Back
again-button = Send it again
sendagain-title = Welcome back
sendagain-lead = What you typed before is still here. Send it with one click, or copy it from below.
signin-kept = You were signed out in the meantime. What you typed comes along: after signing in, one click sends it.
trouble-start = To the first page
trouble-reference = If you tell the operator, name this reference:
trouble-bad_text = This could not be read
trouble-bad_text-about = The form came as something that is not text. Nothing was changed. Copy what you wrote, load the page anew and send it again; save files as “CSV UTF-8”.
trouble-forbidden = Please send it once more
trouble-forbidden-about = This form was open too long or came from another page. Go back, load the page anew, and send it again. Nothing was changed.
trouble-not_found = There is nothing here
trouble-not_found-about = Either this page does not exist or it is not for you. If you are a member, sign in first.
trouble-too_large = This is too much
trouble-too_large-about = A text may have 64 KiB, a member list 2 MiB. Go back and send less.
trouble-wrong_host = This is not our address
trouble-wrong_host-about = This server is known under another name. Use the link from your mail.
trouble-too_many = A little slower, please
trouble-too_many-about = There were very many requests. Wait a minute and try again.
trouble-broken = Something broke here
trouble-broken-about = It is our fault, not yours. Load the page again in a minute and look whether your act is there before you repeat it.
trouble-unknown = We do not know yet
trouble-unknown-about = The server was interrupted while it saved. Load the page again in a minute: either your act is there, or you can safely repeat it.
trouble-full = The server is full
trouble-full-about = It cannot save anything now; reading works. Copy what you typed and tell the operator.
mailbox-title = Demo mailbox
mailbox-lead = Mail to { $address } lands here. It was carried by the same code that talks to real mail servers.
mailbox-empty = No mail yet.
invitation-sent = Thank you. A letter is on its way to { $email }: open its link to accept the invitation. If none comes within some minutes, go back and look whether the address is right.
fault-long = At most { $max } characters. Please shorten it.
charter-default = Default rules
charter-default-about = Two others co-sign, then a few members drawn by lot decide. Small groups ask everybody.
charter-small_group = Small group
charter-small_group-about = For up to thirty people who know each other: one co-signer, then everybody or five of you decide within days.
charter-two_juries = Two juries
charter-two_juries-about = For a hundred members and more who would rather wait than shout too often: two juries in a row have to agree.
operator-title = This server
operator-lead = You keep it running. You have no voice in any group, and nothing of them is shown here.
operator-groups =
    { $count ->
        [one] 1 group
       *[other] { $count } groups
    }
operator-letters =
    { $count ->
        [one] 1 letter waits
       *[other] { $count } letters wait
    }
operator-parked =
    { $count ->
        [one] 1 delivery was given up
       *[other] { $count } deliveries were given up
    }
operator-rounds =
    { $count ->
        [one] 1 draw waits for its public random number
       *[other] { $count } draws wait for their public random numbers
    }
operator-links = Links to hand over
operator-links-about = No mail is configured, so give each link to its person yourself, and to nobody else.
operator-link-sign_in = Sign-in
operator-link-invitation = Invitation
operator-link-notice = Notice
