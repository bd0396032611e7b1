# Die Regeln ändern: das Formular, der Vergleich, der Probelauf, die Geschichte.

flow-new = Neu
flow-changed = Geändert
flow-gone = Fiele weg
unguarded-title = Hier wird nicht alles beurteilt
unguarded-about = Nach diesen Regeln kann etwas bei allen ankommen, das weder eine Jury noch eine Abstimmung beurteilt hat. Die Gruppe hat es so gewählt.
charter-change = Die Regeln ändern
charter-what-if = Was wäre wenn? Diese Regeln mit Zahlen ausprobieren
charter-history = Alle Regeln bisher

history-title = Alle Regeln bisher
history-lead = Was unter früheren Regeln begonnen hat, wird noch nach ihnen entschieden.
history-holds = In Kraft seit { $since }
history-held = In Kraft von { $since } bis { $until }.
history-old-about = Vorschläge, die unter diesen Regeln begonnen haben, enden nach ihnen.
history-by = Vorgeschlagen von
history-changes = was sich geändert hat
history-founded = Mit ihnen wurde die Gruppe gegründet.
history-running =
    { $count ->
        [one] 1 Vorschlag wird noch nach ihnen entschieden.
       *[other] { $count } Vorschläge werden noch nach ihnen entschieden.
    }
history-fingerprint = Fingerabdruck

amend-title = Die Regeln ändern
amend-lead = Du arbeitest an einer Kopie. Sie wird zum Vorschlag, wenn du sie eröffnest, und zu den Regeln, wenn die Gruppe so entschieden hat.
amend-from = Beginnen mit
amend-from-now = den Regeln, die gelten
amend-begin = Beginnen
amend-impossible = Diese Regeln sagen nicht, wie sie geändert werden. Die Gruppe müsste sich neu gründen.
amend-drafts = Deine Entwürfe
amend-edit-lead = Diesen Entwurf siehst nur du. „Prüfen“ speichert ihn und sagt, was noch nicht passt.
amend-field-title = Worum geht es?
amend-field-body = Warum?
amend-processes = Wege zu entscheiden
amend-stages =
    { $count ->
        [one] 1 Stufe
       *[other] { $count } Stufen
    }
amend-add-process = Einen Weg hinzufügen
amend-remove-process = Einen Weg herausnehmen
amend-text = Die Regeln als Text
amend-text-hint = Für alle, die lieber schreiben. Der Knopf darunter nimmt den Text, wie er dasteht; alle anderen Knöpfe nehmen das Formular.
amend-text-label = Text der Regeln (TOML)
amend-text-button = Den Text nehmen und prüfen
amend-differences = Was anders wäre
amend-no-difference = Nichts wäre anders.
amend-look = Gezeichnet ansehen und an früheren Entscheidungen ausprobieren
amend-way = Auf welchem Weg soll es entschieden werden?
amend-open-about = Fertig? Wenn du es eröffnest, steht der Text der Regeln fest. Es geht seinen Weg nach den Regeln, die jetzt gelten.
amend-open = Diesen Vorschlag eröffnen
amend-not-yet = Es kann eröffnet werden, sobald die Prüfung nichts mehr findet.
amend-same = Nichts ist anders als in den Regeln, die gelten.
amend-charter-long = Regeln haben höchstens { $bytes } Bytes. Bitte kürze sie.

edit-check = Prüfen und speichern
edit-complaints =
    { $count ->
        [one] 1 Sache zum Ansehen
       *[other] { $count } Sachen zum Ansehen
    }
edit-warning = Nur ein Hinweis:
edit-add = Hinzufügen
edit-remove = Herausnehmen
edit-which = Was?
edit-stages = Stufen
edit-add-stage = Eine Stufe hinzufügen
edit-after = Wo?
edit-at-start = am Anfang
edit-flow = So würde es gezeichnet
edit-no-flow = Es wird hier gezeichnet, sobald die Prüfung nichts mehr findet.
edit-back-draft = Zurück zum ganzen Entwurf
edit-back-process = Zurück zu diesem Weg
edit-row-hint = Regeln nach der Größe der Gruppe: Die erste, die passt, gilt; bei der letzten bleibt „bis“ leer. Eine leere Zeile fällt weg.
edit-up = Vor „{ $stage }“ stellen
edit-change-kind = Eine andere Art von Stufe
edit-change-kind-about = Die Zahlen fangen neu an; der Titel bleibt.
edit-change-kind-button = Art ändern
edit-remove-stage = Diese Stufe herausnehmen
edit-remove-stage-about = Was hierher geführt hat, führt dann dorthin, wohin diese Stufe führt.
edit-name = Name der Regeln
edit-clock-every-minutes = Gelost wird alle so viele Minuten
edit-clock-offset-minutes = so viele Minuten nach dem vollen Schritt
edit-limits-open-proposals-per-member = Offene Vorschläge eines Mitglieds zugleich
edit-limits-open-invitations-per-member = Offene Einladungen eines Mitglieds zugleich
edit-limits-new-days = Tage, bis ein neues Mitglied mitzeichnet und dran sein kann
edit-duty-rest-days = Tage Ruhe nach einem Dienst
edit-unguarded = Es darf etwas bei allen ankommen, das niemand beurteilt hat (steht für alle in Rot da)
edit-title = Titel
edit-kind = Art
edit-audience-members = Darf an die Mitglieder gehen
edit-audience-public = Darf an die Öffentlichkeit gehen
edit-first = Beginnt mit
edit-days = Tage
edit-hours = oder Stunden
edit-wait-hours = Stunden Wartezeit
fact-remind-days = Erinnert wird nach { $list } Tagen
fact-remind-hours = Erinnert wird nach { $list } Stunden
edit-remind-days = Erinnerungen nach Tagen
edit-remind-hours = Erinnerungen nach Stunden
edit-answer-hours = Stunden, bis ein stiller Platz weitergegeben wird
edit-window-hours = Stunden, die die Jury tagt
edit-fresh = Niemand, der schon dran war
edit-who = Wer wird gefragt?
edit-method = Wie wird gezählt?
edit-agree = Müssen sich einig sein (Zahl oder Anteil wie 2/3)
edit-max-score = Höchste Punktzahl
edit-winners = Wie viele gewinnen
edit-quorum = Müssen antworten (Zahl oder Anteil wie 1/5)
edit-blocks = So viele Blocks halten es auf
edit-asides = Höchstens dieser Anteil darf beiseitetreten (wie 1/4)
edit-amendable = Der Text darf unterwegs geändert werden
edit-objections = So viele Einwände halten es auf
edit-at-least = So viele müssen mitmachen
edit-pass = Wenn es durchkommt
edit-fail = Wenn nicht
edit-undecided = Wenn es unentschieden bleibt
edit-revise = Wenn der Text überarbeitet wird
edit-appeal = Wenn noch einmal gefragt wird
edit-lapsed = Wenn die Zeit um ist
edit-row-sizes = Regel { $number }
edit-row-needed = Regel { $number }
edit-row = Regel { $number }
edit-members-up-to = Bis so viele Mitglieder
edit-count = Mitzeichnungen
edit-seats-by = Plätze nach
edit-seats = Plätze
edit-then = Kommen sonst dazu
edit-lead = In Schritten: entscheidender Vorsprung
edit-cap = In Schritten: höchstens Plätze
edit-seats-number = einer Zahl
edit-seats-everyone = allen
edit-seats-share = einem Anteil, wie 1/10
edit-seats-sample = einer Stichprobe: Sicherheit und Spielraum, wie 95 5
edit-seats-largest = dem größten von mehreren, wie 9; 1/10; 95 5
edit-end = es endet
edit-nowhere = (nicht benutzt)
edit-choice-message = eine Nachricht an alle
edit-choice-admission = jemanden aufnehmen
edit-choice-removal = jemanden ausschließen
edit-choice-recall = eine Nachricht zurückrufen
edit-choice-amendment = die Regeln ändern
edit-choice-decision = ein Beschluss
edit-choice-action = eine Aktion
edit-choice-everyone = alle
edit-choice-settled = alle, die nicht neu sind
edit-choice-drawn = eine ausgeloste Versammlung
edit-choice-yes_no = ja oder nein
edit-choice-approval = ankreuzen, womit man leben kann
edit-choice-score = Punkte
edit-choice-schulze = ordnen (Schulze)
edit-choice-runoff = ordnen, die schwächste scheidet aus
edit-choice-stv = ordnen, mehrere gewinnen im Verhältnis


amendment-title = Was sich ändern würde
amendment-draft = Das siehst nur du.
amendment-lead =
    { $members ->
        [one] Das eine Mitglied sieht
       *[other] Alle { $members } Mitglieder sehen
    } diese Seite.
amendment-gone = Der Text der vorgeschlagenen Regeln ist nicht mehr da.
amendment-older = Verglichen wird mit den Regeln, unter denen der Vorschlag begonnen hat. Sie gelten nicht mehr.
amendment-checks = Was die Prüfung sagt
amendment-checked = Die Regeln sind brauchbar: Jeder Weg endet, und nichts kommt unbeurteilt bei allen an. Gehen, mitnehmen und nachprüfen kann keine Regel verbieten.
amendment-when = Was wann geschieht
amendment-now = Jetzt
amendment-then = Dann
amendment-process-new = Diesen Weg gibt es noch nicht.
amendment-process-gone = Diesen Weg gäbe es nicht mehr.
amendment-back = Zurück zum Vorschlag
amendment-link = Ansehen, was sich ändern würde: gezeichnet und an früheren Fällen ausprobiert
amend-when-decide = Entschieden wird auf dem Weg „{ $title }“ der Regeln, die jetzt gelten.
amend-when-wait =
    Ist es durchgekommen, geschieht { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    } lang nichts. Wer nicht einverstanden ist, hat Zeit zu gehen.
amend-when-force = Dann gelten die neuen Regeln für alles, was ab da eröffnet wird.
amend-when-running = Was dann offen ist, endet nach den Regeln, unter denen es begonnen hat.

trial-title = An früheren Fällen ausprobiert
trial-lead = Was wäre unter diesen Regeln aus dem geworden, was diese Gruppe entschieden hat?
trial-from = Von
trial-to = bis
trial-run = Ausprobieren
trial-odd = Das ist keine Spanne von Tagen; gezeigt wird die übliche.
trial-cases =
    { $count ->
        [0] In dieser Zeit wurde nichts entschieden.
        [one] 1 Fall wurde in dieser Zeit entschieden.
       *[other] { $count } Fälle wurden in dieser Zeit entschieden.
    }
trial-same =
    { $count ->
        [one] 1 wäre genau so verlaufen.
       *[other] { $count } wären genau so verlaufen.
    }
trial-otherwise =
    { $count ->
        [one] 1 wäre anders ausgegangen.
       *[other] { $count } wären anders ausgegangen.
    }
trial-perhaps =
    { $count ->
        [one] 1 hätte durch das Los anders ausgehen können.
       *[other] { $count } hätten durch das Los anders ausgehen können.
    }
trial-effort =
    { $count ->
        [one] 1 wäre gleich ausgegangen, mit anderem Aufwand.
       *[other] { $count } wären gleich ausgegangen, mit anderem Aufwand.
    }
trial-unknown =
    { $count ->
        [one] Bei 1 kann man es nicht wissen.
       *[other] Bei { $count } kann man es nicht wissen.
    }
trial-running =
    { $count ->
        [one] 1 ist noch offen und nicht gezählt.
       *[other] { $count } sind noch offen und nicht gezählt.
    }
trial-left-out =
    { $count ->
        [one] 1 älterer Fall ist weggelassen.
       *[other] { $count } ältere Fälle sind weggelassen.
    }
trial-summoned-all = Rufe zu Jurys, wo der Ausgang bekannt ist: { $was } waren es, { $would } wären es.
trial-length-all = Stunden vom Eröffnen bis zum Ende, zusammen: { $was } waren es, { $would } wären es.
trial-was = Es endete so:
trial-more =
    { $count ->
        [one] Und 1 weiterer Fall, der anders wäre.
       *[other] Und { $count } weitere Fälle, die anders wären.
    }
trial-end-done = es kam durch
trial-end-declined = es wurde abgelehnt
trial-end-undecided = es blieb unentschieden
trial-end-lapsed = seine Zeit lief ab
trial-end-withdrawn = es wurde zurückgezogen
trial-sure-done = Es wäre durchgekommen.
trial-sure-declined = Es wäre abgelehnt worden.
trial-sure-undecided = Es wäre unentschieden geblieben.
trial-sure-lapsed = Seine Zeit wäre abgelaufen.
trial-sure-withdrawn = Es wäre ebenso zurückgezogen worden.
trial-chance-done = Mit einer Chance von { $percent } zu 100 wäre es durchgekommen.
trial-chance-declined = Mit einer Chance von { $percent } zu 100 wäre es abgelehnt worden.
trial-chance-undecided = Mit einer Chance von { $percent } zu 100 wäre es unentschieden geblieben.
trial-chance-lapsed = Mit einer Chance von { $percent } zu 100 wäre seine Zeit abgelaufen.
trial-chance-withdrawn = Mit einer Chance von { $percent } zu 100 wäre es zurückgezogen worden.
trial-impossible = Es hätte nicht eröffnet werden können.
trial-unknown-never-asked =
    Nicht bekannt ({ $percent } von 100): Die neue Regel hätte { $count ->
        [one] 1 Person gefragt, die nie gefragt wurde.
       *[other] { $count } Menschen gefragt, die nie gefragt wurden.
    }
trial-unknown-nobody-asked = Nicht bekannt ({ $percent } von 100): Die neue Regel hätte alle gefragt, und niemand wurde gefragt.
trial-unknown-cosigners =
    Nicht bekannt ({ $percent } von 100): { $count ->
        [one] 1 Mitzeichnung mehr wäre
       *[other] { $count } Mitzeichnungen mehr wären
    } nötig gewesen, und sonst wurde niemand gefragt.
trial-unknown-author = Nicht bekannt ({ $percent } von 100): Es wäre zurückgekommen, und niemand weiß, was die schreibende Person getan hätte.
trial-unknown-method = Nicht bekannt ({ $percent } von 100): Wird anders gezählt, stimmen Menschen anders ab.
trial-unknown-people = Nicht bekannt ({ $percent } von 100): Andere wären gefragt worden.
trial-unknown-sealed = Nicht bekannt ({ $percent } von 100): Die Zahlen von Zusagen, die nie galten, bleiben versiegelt.
trial-length = Stunden vom Eröffnen bis zum Ende: { $would } statt { $was }
trial-summoned = Rufe zu Jurys: { $would } statt { $was }
trial-why-no-process = Diesen Weg gibt es in diesen Regeln nicht.
trial-why-no-audience = In diesen Regeln erreicht er nicht, für wen es war.
trial-why-cosigners = „{ $stage }“: { $would } Mitzeichnungen sind nötig; { $was } gab es.
trial-why-seats = „{ $stage }“: { $would } Plätze statt { $was }
trial-why-agree = „{ $stage }“: { $would } müssen sich einig sein statt { $was }
trial-why-rule = „{ $stage }“: nach einer anderen Regel entschieden
trial-why-outcome-pass = „{ $stage }“ könnte ja sagen
trial-why-outcome-fail = „{ $stage }“ könnte nein sagen
trial-why-outcome-undecided = „{ $stage }“ könnte unentschieden bleiben
trial-why-outcome-lapsed = „{ $stage }“ könnte die Zeit ausgehen
trial-why-added = „{ $stage }“ kommt dazu.
trial-why-dropped = „{ $stage }“ gäbe es nicht.
trial-limits-title = Was dabei angenommen ist
trial-limit-same = Alle antworten, wie sie geantwortet haben, und so schnell. Wer nichts gesagt hat, hätte nichts gesagt. Niemand hätte anders geschrieben.
trial-limit-chance = Eine kleinere Jury ist irgendein Teil der Jury, die getagt hat, jeder mit der gleichen Chance; die Chancen sind genau.
trial-limit-unknown = Wo andere gefragt worden wären oder Menschen anders gehandelt hätten, steht, dass man es nicht weiß; es wird nicht geraten.

notice-draft-checked = Gespeichert und geprüft.
