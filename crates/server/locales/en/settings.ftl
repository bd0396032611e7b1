# Settings, pause, leaving, and the pages that ask once more.

settings-title = Settings
settings-you = You
settings-slot = In the record of the group you are member { $number }. The record never holds your name.
field-zone = Time zone
fault-zone = We do not know this zone. Write it like Europe/Berlin.
settings-mail = Mail
mail-kind-broadcasts = Messages that everyone gets
mail-kind-duty = When I am drawn, and reminders of it
mail-kind-activity = What happens to my proposals and co-signatures
settings-duty = Serving on juries
field-rest = Days of rest between two duties
field-rest-hint =
    0 to 90. The rules give { $days ->
        [one] 1 day
       *[other] { $days } days
    } at least.
fault-date = Choose a day in the future, at most a year from now.
seen-settings = members see your name if you tick the box; nobody sees the rest. Your rest days stand in the record, under your number.
settings-save = Save
pause-title = Pause
pause-about = While you pause you are not drawn. You still get the messages.
field-pause = Last day of the pause
seen-pause = the pause stands in the record, under your number.
pause-button = Begin a pause
pause-resume = End the pause now
export-title = Take everything with you
export-about = One file with the whole record that members may read, to keep, to check, or to found the group anew elsewhere.
seen-export = nobody sees that you downloaded it.
export-button = Download the record
go-title = Go
go-about = At once and without asking anybody.
go-leave = Leave the group
go-erase = Erase my data
confirm-sure = Yes, I am sure
confirm-back = No, go back
confirm-leave-title = Leave the group?
confirm-leave-about = You are out at once. To come back you need a new invitation.
confirm-leave-stays = What you wrote stays, with your name where it was shown.
confirm-leave-goes = You get no more mail from this group and are not drawn any more.
seen-leave = members see that someone left, as a number.
confirm-leave-button = Leave
confirm-erase-title = Erase your data?
confirm-erase-about = You leave the group, and name and address are destroyed on this server. This cannot be undone.
confirm-erase-stays = Your number stays in the record, and copies in other people's mail.
confirm-erase-goes = Name, address, settings, drafts and the texts of your proposals are gone.
seen-erase = members see that someone erased their data, as a number.
confirm-erase-button = Erase everything of mine
confirm-withdraw-title = Withdraw this proposal?
confirm-withdraw-about = It ends now. Co-signatures and answers do not count any more. You can write a new one.
seen-withdraw = all members see that you withdrew it.
confirm-withdraw-button = Withdraw
confirm-unsubscribe-title = Stop these mails?
confirm-unsubscribe-about = You stay a member and see everything on the web. You can turn the mails on again in your settings.
seen-unsubscribe = nobody.
confirm-unsubscribe-button = Stop these mails
