# The juror's page and its receipt.

juror-title = You were drawn
juror-eyebrow =
    You are one of { $seats ->
        [one] 1 juror
       *[other] { $seats } jurors
    } for { $members ->
        [one] 1 member
       *[other] { $members } members
    }
juror-question = Should everybody see this now?
juror-cast-yes = You answered: yes, now. You can still change it.
juror-cast-no = You answered: not now. You can still change it.
juror-receipt = Your receipt
juror-answer-by = Please answer until { $when }
juror-until = Closes { $when }
juror-by = From
juror-cosigned = Co-signed by
juror-reach = It would reach
reach-members =
    { $members ->
        [one] 1 member
       *[other] all { $members } members
    }, { $mail } of them by mail, the others on the web.
reach-public = And everybody else, by the public page and feed.
juror-rule = The rule
rule-agree = If { $agree } of { $seats } agree, it is decided.
rule-grows = If not, { $more } more are drawn.
juror-week = This week
juror-week-count =
    { $count ->
        [one] 1 message
       *[other] { $count } messages
    } went to everyone in the last seven days.
juror-reason = A reason, if not now (you may leave it empty)
juror-reason-hint = Only the author reads it, without your name.
juror-words-summary = Recognise your answer later: add words of your own
juror-words = Your own words
juror-words-hint = Any few words nobody would guess, such as “pears at dusk 7”. They will stand beside your answer in the public count, without your name, so you can see that it was counted right. If you leave this empty, the server makes up some for you. Do not use your name.
seen-ballot = nobody sees your answer before the close. Afterwards all answers lie open without names. Members can see that you took part, as a number.
juror-yes = Yes, now
juror-no = Not now
juror-aside = I step aside
juror-change = You can change your answer until { $until }. Only the last one counts.
juror-why = Why you?
juror-drawn = By lot: { $eligible } members could be drawn { $at }, and all had the same chance.
juror-reserve = You are next in the drawn order, because another seat became free.
juror-aside-about = To step aside costs you nothing and needs no reason. The next person in the drawn order is called.
juror-secret = Whoever runs this server could break the secrecy before the close; that is not promised yet.
juror-proposal = The proposal and its history
receipt-title = Your answer is in
receipt-lead-yes = You said: yes, now. Thank you.
receipt-lead-no = You said: not now. Thank you.
receipt-change = You can change it until { $until }.
receipt-change-link = Change the answer
receipt-home = Done
receipt-keep = Keep this, if you like
receipt-keep-about = With these two lines you can see in the record that your answer was taken in. They say nothing about what you answered.
receipt-cover = Your sealed answer
receipt-draw = The draw
receipt-secret = The secret part: opens the seal
receipt-secret-about = Whoever has these lines can see how you answered. Keep them to yourself; you need them only if your answer was counted wrongly.
receipt-nonce-browser = Words made by your browser
receipt-nonce-words = Your own words
receipt-nonce-server = Words made by the server
receipt-opening = What opens the seal
receipt-position = Place in the record
