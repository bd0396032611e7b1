# Alle werden gefragt: Abstimmung, Ergebnis, Konsens, Einwände, Zusagen.

asked-terms = Wer, bis wann, und wie gezählt wird
asked-who = Wer
asked-everyone =
    { $count ->
        [one] Das 1 Mitglied
       *[other] Alle { $count } Mitglieder
    } vom Tag der Eröffnung
asked-settled =
    { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    }: alle, die beim Beginn nicht mehr neu waren
asked-drawn =
    { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    }, ausgelost
asked-until = Bis
asked-quorum = Wie viele es braucht
asked-quorum-count =
    { $count ->
        [one] Mindestens 1 muss
       *[other] Mindestens { $count } müssen
    } teilnehmen, sonst wird nichts entschieden
asked-how = Wie gezählt wird
asked-part-too_new = Du bist kurz vor dem Beginn dazugekommen; hier entscheiden die anderen. Beim nächsten Mal kannst du dabei sein.
asked-part-not_on_roll = Es wurde eröffnet, bevor du dazukamst; hier entscheiden die anderen. Beim nächsten Mal kannst du dabei sein.
asked-part-not_drawn = Hierfür wurde gelost, und du wurdest nicht gezogen. Lesen kannst du alles.
voices-agree =
    { $count ->
        [one] 1 stimmt zu
       *[other] { $count } stimmen zu
    }
voices-aside =
    { $count ->
        [one] 1 steht abseits
       *[other] { $count } stehen abseits
    }
voices-block =
    { $count ->
        [one] 1 hat ein Veto
       *[other] { $count } haben ein Veto
    }
voices-objections =
    { $count ->
        [one] 1 Einwand
       *[other] { $count } Einwände
    }
voices-none = Bisher niemand.
voices-more =
    { $count ->
        [one] Und 1 weitere Person.
       *[other] Und { $count } weitere.
    }
vote-title = Abstimmung
vote-cast = Dein Stimmzettel ist da. Du kannst ihn noch ändern:
vote-said-yes = Ja
vote-said-no = Nein
vote-said-abstain = Ich enthalte mich
vote-said-number = { $number }: { $option }
vote-none-of-these = Nichts davon
vote-legend-yes_no = Bist du einverstanden?
vote-legend-approval = Womit könntest du leben?
vote-legend-score = Wie gut ist jedes davon?
vote-legend-schulze = In welcher Reihenfolge?
vote-legend-runoff = In welcher Reihenfolge?
vote-legend-stv = In welcher Reihenfolge?
vote-hint-approval = Kreuze so viele an, wie du magst.
vote-hint-score = Gib jedem eine Zahl von 0 (gar nicht) bis { $max } (am besten). Ein leeres Feld zählt als 0.
vote-hint-schulze = Schreib 1 neben das Beste, 2 neben das Nächste und so weiter. Zweimal dieselbe Zahl heißt: gleich gut. Was du leer lässt, kommt hinter allen anderen.
vote-hint-ranked = Schreib 1 neben das Beste, 2 neben das Nächste und so weiter, jede Zahl einmal. Was du leer lässt, willst du nicht.
seen-vote = Vor dem Ende sieht niemand deinen Stimmzettel. Danach liegen alle offen, ohne Namen. Mitglieder können sehen, dass du teilgenommen hast, als Nummer.
vote-button = Stimmzettel abgeben
vote-abstain-button = Ich enthalte mich
vote-change = Du kannst ihn bis { $until } ändern. Nur der letzte zählt.
vote-receipt-stage = Die Abstimmung
vote-receipt-choice = Dein Stimmzettel, so wie er gezählt wird
method-yes_no = Es ist angenommen, wenn mehr Ja als Nein sagen und auf { $of } Stimmen mindestens { $over } Ja kommen. Enthaltungen zählen dabei nicht.
method-approval = Was die meisten Kreuze hat, gewinnt.
method-score = Die Zahlen werden zusammengezählt, 0 bis { $max } von allen. Die höchste Summe gewinnt.
method-schulze = Jedes wird mit jedem verglichen: Wie viele setzen dieses vor jenes? Was alle anderen schlägt, gewinnt; geht es im Kreis, entscheiden die deutlichsten Vergleiche (Methode von Schulze).
method-runoff = Jeder Stimmzettel zählt für sein Bestes. Was am wenigsten hat, scheidet aus, und diese Zettel gehen an ihr Nächstes, bis eines mehr als die Hälfte hat.
method-stv =
    { $winners ->
        [one] 1 gewinnt.
       *[other] { $winners } gewinnen.
    } Jeder Stimmzettel zählt für sein Bestes. Was genug hat, ist gewählt, und was zu viel ist, geht weiter an das Nächste auf diesen Zetteln; was am wenigsten hat, scheidet aus (übertragbare Einzelstimme).
fault-choice-empty = Wähle etwas, oder enthalte dich.
fault-places-equal = Derselbe Platz steht zweimal da. Hier darf jeder Platz einmal vergeben werden.
fault-places-number = Ein Platz ist eine ganze Zahl von 1 bis { $max }. Sieh dir deine Zahlen noch einmal an.
fault-score-number = Eine Wertung ist eine ganze Zahl von 0 bis { $max }. Sieh dir deine Zahlen noch einmal an.
result-title = Ergebnis
result-passed = Angenommen
result-failed = Nicht angenommen
result-undecided = Nichts entschieden: zu wenige haben teilgenommen
result-winners =
    { $count ->
        [one] Gewählt:
       *[other] Gewählt, in dieser Reihenfolge:
    }
result-cast = Teilgenommen
result-cast-of = { $cast } von { $eligible }
result-valid = Mit einer Wahl
result-valid-count =
    { $valid }, und { $abstained ->
        [one] 1 Enthaltung
       *[other] { $abstained } Enthaltungen
    }
result-totals = Die Zahlen
result-option = Was
result-total-yes_no = Stimmen
result-total-approval = Kreuze
result-total-score = Summe
result-total-schulze = Stimmzettel
result-total-runoff = Stimmzettel
result-total-stv = Wert der Stimmzettel
result-won = gewonnen
result-out = ausgeschieden
result-round = Runde { $number }
result-pairs = Wie viele das links vor das oben setzen
result-pairs-region = Jedes mit jedem verglichen, eine Tabelle
result-recheck = Selbst nachprüfen
result-recount-same = Diese Seite hat alle offenen Stimmzettel noch einmal gezählt; es kommt dasselbe heraus.
result-recount-other = Diese Seite hat alle offenen Stimmzettel noch einmal gezählt; es kommt nicht dasselbe heraus. Zeig das anderen Mitgliedern.
result-recount-missing = Die offenen Stimmzettel sind nicht mehr da; sie konnten nicht noch einmal gezählt werden.
result-ballots = Alle Stimmzettel als Text, ohne Namen
result-verify = Such in der Liste nach deinen eigenen Worten. Um alles zu prüfen, führe die Gruppe in den Einstellungen aus und lass „mic verify“ oder „spec/verify.py“ über die Datei laufen.
consensus-title = Konsens
consensus-legend = Wo stehst du?
position-agree = Ich stimme zu
position-aside = Ich stehe abseits: nicht mit mir, aber ich halte es nicht auf
position-block = Veto: das würde uns schaden, und ich sage warum
position-none = Ich nehme zurück, was ich gesagt habe
consensus-yours-agree = Du hast zugestimmt. Du kannst es bis zum Ende ändern.
consensus-yours-aside = Du stehst abseits. Du kannst es bis zum Ende ändern.
consensus-yours-block = Du hast ein Veto eingelegt. Du kannst es bis zum Ende ändern.
consensus-reason = Dein Grund
consensus-reason-hint = Nötig bei einem Veto; wenn du abseits stehst, kannst du einen nennen. Stimmst du zu, fällt er weg.
seen-position = Alle Mitglieder sehen, wo du stehst und warum, mit Namen, falls du ihn zeigst, sonst als Nummer.
consensus-button = Sagen, wo ich stehe
consensus-amend-about = Du kannst den Text ändern, damit mehr zustimmen können. Alle fangen dann von vorn an; das Ende bleibt, wo es ist.
consensus-amend-button = Geänderten Text anbieten
consensus-how =
    { $blocks ->
        [one] 1 Veto hält es auf.
       *[other] { $blocks } Vetos halten es auf.
    } Nichts ist entschieden, wenn niemand zustimmt oder wenn mehr als { $asides } von { $of }, die etwas sagen, abseits stehen. Sonst ist es angenommen.
fault-position-empty = Wähle, wo du stehst.
fault-block-reason = Wer ein Veto einlegt, sagt warum. Bitte schreib deinen Grund.
fault-reason-empty = Bitte schreib etwas.
objection-title = Einwände
objection-silence = Wenn du nichts dagegen hast, musst du nichts tun.
objection-yours = Dein Einwand steht.
objection-reason = Was wendest du ein?
objection-reason-hint = Alle Mitglieder lesen es. Sag, was sich ändern müsste.
seen-objection = Alle Mitglieder sehen deinen Einwand und den Grund, mit Namen, falls du ihn zeigst, sonst als Nummer.
objection-button = Einwand erheben
objection-again-button = Einwand ersetzen
objection-back-button = Einwand zurücknehmen
objection-how =
    { $stop ->
        [one] 1 Einwand hält es
       *[other] { $stop } Einwände halten es
    } sofort auf. Bei weniger ist es am Ende angenommen.
pledge-title = Bist du dabei?
pledge-lapsed = Es haben nicht genug zugesagt. Niemand ist gebunden, und nichts wird gezeigt.
pledge-yours =
    Du hast zugesagt: Ich bin dabei, wenn mindestens { $count ->
        [one] 1 von uns dabei ist
       *[other] { $count } von uns dabei sind
    }.
pledge-least = Ich bin dabei, wenn mindestens so viele von uns dabei sind:
pledge-least-hint =
    Zähl dich mit. Es kommt zustande, wenn { $count ->
        [one] 1 Person sich
       *[other] { $count } Leute sich
    } aufeinander verlassen können.
seen-pledge = Niemand sieht deine Zahl oder wie viele zugesagt haben, bevor es zustande kommt. Mitglieder können sehen, dass du etwas abgegeben hast. Kommt es zustande, liegen alle Zahlen offen, ohne Namen.
pledge-button = Ich sage zu
pledge-again-button = Zahl ändern
pledge-back-button = Zusage zurücknehmen
pledge-how =
    Sobald mindestens { $count ->
        [one] 1 Person
       *[other] { $count } Leute
    } alle bekommen, was sie verlangt haben, kommt es zustande. Geschieht das nie, bleiben alle Zusagen verschlossen.
fault-pledge-number = Schreib eine ganze Zahl von 1 bis 10.000.000.
