# Die Regeln als Ablaufplan und Liste.

charter-title = Die Regeln dieser Gruppe
charter-lead = Das Programm führt genau das aus. Niemand kommt daran vorbei, auch nicht, wer den Server betreibt.
ready-title = Die Regeln „{ $name }“
ready-how = So entscheidet eine Gruppe, die mit ihnen gegründet wird. Ihre Mitglieder können sie später ändern.
ready-found = Eine Gruppe gründen
charter-limits = Was überall gilt
charter-file = Die Regeln als Text
charter-name = { $name }, Fingerabdruck
limit-clock =
    Gelost wird zu festen Zeiten, alle { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }, damit niemand den Moment aussucht.
limit-proposals =
    Jedes Mitglied darf { $count ->
        [one] 1 Vorschlag
       *[other] { $count } Vorschläge
    } offen haben.
limit-invitations =
    Und { $count ->
        [one] 1 Einladung
       *[other] { $count } Einladungen
    }.
limit-new =
    Neue Mitglieder zeichnen nach { $days ->
        [one] 1 Tag
       *[other] { $days } Tagen
    } mit und können dann ausgelost werden.
limit-rest =
    Wer dran war, wird { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    } lang nicht ausgelost.
flow-drawing = Kästen von oben nach unten; die Liste daneben sagt dasselbe in Worten.
flow-here = Hier steht er
flow-done = Erledigt
stage-cosign = Andere zeichnen mit
stage-jury = Eine Jury entscheidet
stage-recourse = Die schreibende Person antwortet
stage-wait = Warten
stage-broadcast = Alle bekommen es
stage-admit = Die Person ist Mitglied
stage-record = Der Beschluss wird festgehalten
exit-cosign-pass = genug
exit-cosign-lapsed = Zeit um
exit-jury-pass = ja
exit-jury-fail = nicht jetzt
exit-jury-undecided = unentschieden
exit-recourse-revise = überarbeiten
exit-recourse-appeal = größere Jury fragen
exit-recourse-lapsed = dabei belassen
exit-end = { $label }: Ende
exit-wait-pass = Zeit um
fact-needed =
    { $count ->
        [one] 1 Mitzeichnung
       *[other] { $count } Mitzeichnungen
    } nötig
fact-needed-up-to =
    Bis { $members } Mitglieder: { $count ->
        [one] 1 Mitzeichnung
       *[other] { $count } Mitzeichnungen
    }
fact-days =
    { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    } Zeit
fact-seats = { $seats } Plätze; { $agree } müssen sich einig sein, mindestens { $quorum } antworten
fact-seats-up-to = Bis { $members } Mitglieder: { $seats } Plätze; { $agree } müssen sich einig sein, mindestens { $quorum } antworten
fact-grows = Sind sie sich nicht einig, kommen { $more } weitere dazu
fact-everyone = Alle werden gefragt; mehr als die Hälfte entscheidet
fact-everyone-up-to = Bis { $members } Mitglieder: Alle werden gefragt; mehr als die Hälfte entscheidet
fact-answer-hours =
    { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    } zum Antworten, dann wird die nächste Person gerufen
fact-window-hours =
    Die Jury tagt { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }
fact-fresh = Niemand aus der Jury davor
fact-wait-hours =
    { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }
