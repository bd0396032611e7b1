# Der Rahmen jeder Seite, Zeiten, Hinweise, gemeinsame Wörter.

frame-skip = Zum Inhalt springen
frame-group-nav = Gruppe
frame-write = Schreiben
frame-people = Mitglieder
frame-charter = Regeln
frame-settings = Einstellungen
frame-promises = Was wir versprechen und was nicht
frame-mailbox = Dein Demo-Postfach
frame-sign-in = Anmelden
frame-sign-out = Abmelden
frame-language = Sprache:
frame-duties =
    { $count ->
        [one] 1 Aufgabe
       *[other] { $count } Aufgaben
    }
time-when =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[other] Sonntag
    }, { $date }, { $clock } Uhr { $zone }
time-date =
    { $day }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[other] Dezember
    } { $year }
time-over = Zeit abgelaufen
time-left-moment = noch weniger als eine Minute
time-left-minutes =
    noch { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }
time-left-hours =
    noch { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    } und { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }
time-left-days =
    noch { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    } und { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }
time-left-hours-sharp =
    noch { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }
time-left-days-sharp =
    noch { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    }
until = Endet { $when }
seen-by = Wer das sieht:
person-you = (du)
member-number = Mitglied { $number }
audience-members = Für alle Mitglieder
audience-public = Für alle Mitglieder und die Öffentlichkeit
message-erased = Dieser Text wurde gelöscht. Sein Fingerabdruck bleibt im Protokoll.
message-warning = Inhaltswarnung:
faults-title = Bitte schau dir das noch einmal an
field-language = Sprache
field-email = E-Mail-Adresse
fault-address = Das ist keine vollständige E-Mail-Adresse. Schreib sie wie name@example.org.
name-empty = Bitte schreib einen Namen.
name-too-long = Ein Name oder Titel hat höchstens 80 Zeichen. Bitte kürze ihn.
name-forbidden = Darin steckt ein unsichtbares Zeichen oder ein Zeilenumbruch. Bitte tippe es neu.
kept-title = Was du geschrieben hast
kept-about = Nichts ist verloren: Kopiere es von hier.
difference-removed = entfernt
difference-added = neu
local-chain = Dieser Server lost mit eigenen Zahlen, nicht mit einer öffentlichen Quelle: Wer ihn betreibt, hätte die Auslosung vorhersehen können.
notice-signed-in = Du bist angemeldet.
notice-signed-out = Du bist abgemeldet.
notice-draft-saved = Gespeichert. Nur du siehst es.
notice-draft-deleted = Der Entwurf ist gelöscht.
notice-opened = Dein Vorschlag ist offen. Andere können ihn jetzt mitzeichnen.
notice-cosigned = Du hast diese Fassung mitgezeichnet.
notice-taken-back = Deine Mitzeichnung ist zurückgenommen.
notice-withdrawn = Der Vorschlag ist zurückgezogen.
notice-stepped-aside = Du hast deinen Platz abgegeben. Die nächste Person wurde gerufen. Danke, dass du Bescheid sagst.
notice-revised = Die neue Fassung ist offen. Das Mitzeichnen beginnt wieder bei null.
notice-appealed = Eine größere Jury wird ausgelost.
notice-accepted = Der Vorschlag ist abgeschlossen.
notice-invited = Die Einladung ist unterwegs.
notice-joined = Danke. Jetzt muss ein Mitglied für dich bürgen; wir schreiben dir.
notice-settings-saved = Deine Einstellungen sind gespeichert.
notice-paused = Deine Pause hat begonnen. Du wirst nicht ausgelost.
notice-resumed = Willkommen zurück. Du kannst wieder ausgelost werden.
notice-left-group = Du hast die Gruppe verlassen.
notice-erased = Deine persönlichen Daten sind gelöscht.
notice-mails-stopped = Du bekommst keine Mails dieser Art mehr.
