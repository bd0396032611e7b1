# Mails.

mail-signin-subject = Anmelden bei Mic Check
mail-signin-text = Du willst dich anmelden. Link und Code gelten bis { $until }.
mail-signin-link = Anmelden
mail-signin-code = Oder tippe diesen Code in den Browser, in dem du angefragt hast:
mail-signin-other = Du hast nichts angefordert? Dann tu nichts und sag niemandem den Code.
mail-invitation-subject = Du bist eingeladen
mail-invitation-text = Ein Mitglied von { $group } lädt dich ein. In dieser Gruppe kann jedes Mitglied allen schreiben, und Ausgeloste entscheiden, was alle bekommen.
mail-invitation-link = Einladung ansehen
mail-invitation-until = Sie gilt bis { $until }.
mail-invitation-ignore = Du weißt davon nichts? Dann tu nichts: Du hörst nichts mehr davon.
mail-welcome-subject = Willkommen
mail-welcome-text = Du bist jetzt Mitglied von { $group }.
mail-welcome-read = Du bekommst jede Nachricht, die Ausgeloste durchlassen. Sonst geht nichts an alle.
mail-welcome-write = Du kannst selbst allen schreiben.
mail-welcome-serve = Ab und zu wirst du ausgelost: eine Frage, eine Minute.
mail-welcome-new =
    Mitzeichnen und ausgelost werden kannst du nach { $days ->
        [one] 1 Tag
       *[other] { $days } Tagen
    }.
mail-welcome-link = Zur Gruppe
mail-welcome-leave = Du kannst jederzeit gehen:
mail-summons-subject = Eine Frage an dich
mail-summons-text =
    Du wurdest ausgelost: Du bist eine von { $seats ->
        [one] 1 Person
       *[other] { $seats } Personen
    } für { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitglieder
    }. Es dauert eine Minute.
mail-summons-question = Die Frage: Sollen das jetzt alle sehen?
mail-summons-link = Antworten
mail-summons-until = Bitte antworte bis { $answer_by } ({ $left }); danach geht dein Platz weiter. Die Jury endet { $until }.
mail-summons-aside = Du darfst den Platz ohne Grund abgeben. Bitte leite diese Mail nicht weiter.
mail-jury-reminder-subject = Die Frage wartet noch auf dich
mail-jury-reminder-text = Du wurdest ausgelost und hast noch nicht geantwortet. Dein Platz geht { $answer_by } weiter ({ $left }).
mail-cosign-reminder-subject = Dein Vorschlag braucht Mitzeichnende
mail-cosign-reminder-text = „{ $title }“ hat { $have } von { $needed } Mitzeichnungen. Bitte jemanden, den du kennst, hineinzuschauen.
mail-until = Zeit bis { $until } ({ $left }).
mail-open-proposal = Vorschlag öffnen
mail-version-subject = Ein Text, den du mitgezeichnet hast, wurde geändert
mail-version-text = „{ $title }“ hat eine neue Fassung. Deine Mitzeichnung galt der alten und zählt nicht mehr. Das hat sich geändert:
mail-version-link = Ansehen und neu mitzeichnen
mail-verdict-subject = Die Jury hat geantwortet
mail-verdict-approved = Die Jury sagte ja zu „{ $title }“: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze. Der Text geht jetzt an alle.
mail-verdict-declined = Die Jury sagte „nicht jetzt“ zu „{ $title }“: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze.
mail-verdict-undecided = Die Jury hat über „{ $title }“ nicht entschieden: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze.
mail-verdict-reasons = Aus der Jury schrieb man dir, ohne Namen:
mail-verdict-answer = Du kannst den Text überarbeiten, eine größere Jury fragen oder es dabei belassen, bis { $until } ({ $left }).
mail-verdict-link = Entscheiden
mail-closed-subject = Ein Vorschlag ist zu Ende
mail-closed-text = „{ $title }“ ist zu Ende.
mail-broadcast-subject = Nr. { $number }: { $title }
mail-broadcast-why = Du bekommst das, weil ausgeloste Mitglieder gesagt haben, dass es alle sehen sollen: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze.
mail-broadcast-certificate = Wie entschieden wurde
mail-broadcast-number = Das ist Nachricht Nr. { $number }. Fingerabdruck der Nachricht davor: { $previous }
mail-broadcast-settings = Einstellungen oder Gruppe verlassen:
mail-unsubscribe = Keine Mails dieser Art mehr:
