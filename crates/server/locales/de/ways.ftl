# Alles, was ein Mitglied anstoßen kann, worum es in Vorschlägen geht, Aktionen, Beschlüsse, und wie alles steht.

kind-removal = Ausschluss
kind-recall = Rückruf
kind-amendment = Änderung der Regeln
kind-decision = Beschluss
kind-action = Aktion
ways-title = Mehr Wege
ways-lead = Alles hier geht seinen Weg nach den Regeln deiner Gruppe; niemand tut es allein.
ways-about-message = Etwas, das alle wissen sollten.
ways-about-admission = Jemand Neues.
ways-about-removal = Niemand wird von einer Person ausgeschlossen. Das Mitglied erfährt es und wird gehört.
ways-about-recall = Etwas, das an alle ging, war falsch. Eine Richtigstellung geht dieselben Wege.
ways-about-amendment = Andere Regeln für diese Gruppe.
ways-about-decision = Eine Frage, die die Gruppe beantwortet. Die Antwort steht im Verzeichnis der Beschlüsse.
ways-about-action = Etwas zusammen tun: was, wann, wo, und wie viele es braucht.
ways-none = Die Regeln dieser Gruppe kennen keine Wege.
home-ways = Mehr Wege
home-register = Was wir beschlossen haben
write-title-message = Allen schreiben
write-title-admission = Jemanden einladen
write-title-removal = Einen Ausschluss vorschlagen
write-title-recall = Eine Nachricht zurückrufen
write-title-amendment = Die Regeln ändern
write-title-decision = Der Gruppe eine Frage stellen
write-title-action = Zu einer Aktion aufrufen
write-lead-message = Wenn du ihn eröffnest, geht er seinen Weg nach den Regeln.
write-lead-admission = Wenn du ihn eröffnest, geht er seinen Weg nach den Regeln.
write-lead-removal = Wenn du ihn eröffnest, erfährt es das Mitglied und kann überall antworten, wo darüber entschieden wird.
write-lead-recall = Wird er angenommen, ist die Nachricht als zurückgerufen gekennzeichnet, und deine Richtigstellung geht an alle, die sie bekommen haben.
write-lead-amendment = Wenn du ihn eröffnest, geht er seinen Weg nach den Regeln.
write-lead-decision = Wenn du ihn eröffnest, geht er seinen Weg nach den Regeln. Die Antwort steht dann im Verzeichnis der Beschlüsse.
write-lead-action = Kommt sie zustande, erfahren alle, was, wann und wo.
write-open-plain = Fertig? Mit dem Eröffnen stehen der Text und die, die mitreden, fest.
write-open-now = Eröffnen
removal-warning = Niemand wird von einer Person ausgeschlossen. Das Mitglied erfährt es sofort und wird gehört, und was du hier schreibst, sehen alle, die entscheiden, zusammen mit der Antwort.
field-choose = Bitte wählen
field-member = Welches Mitglied?
field-member-hint = Die Nummer des Mitglieds, wie die Seiten sie zeigen: bei „Mitglied 12“ ist es 12.
field-broadcast = Welche Nachricht?
field-broadcast-none = Es gibt keine Nachricht, die zurückgerufen werden könnte.
field-body-removal = Warum?
field-body-recall = Die Richtigstellung, die alle bekommen
field-body-decision = Die Frage, und was dafür und dagegen spricht
field-body-action = Was und warum
field-options = Die Möglichkeiten
field-options-hint = Eine pro Zeile, 2 bis 64.
field-local-times = In deiner Zeitzone: { $zone }.
field-wanted = Wie viele werden gebraucht?
field-erase = Den alten Text endgültig löschen. Nur sein Fingerabdruck bleibt.
fault-member = Wähle ein Mitglied dieser Gruppe, nicht dich selbst.
fault-broadcast = Wähle eine Nachricht, die noch nicht zurückgerufen wurde.
fault-options-few = Schreib mindestens 2 Möglichkeiten, jede auf eine eigene Zeile.
fault-options-many = Es gibt höchstens 64 Möglichkeiten.
fault-option-long = Eine Möglichkeit hat höchstens 200 Zeichen: „{ $option }“.
fault-option-twice = Eine Möglichkeit steht zweimal da: „{ $option }“.
fault-option-forbidden = In einer Möglichkeit steht ein unsichtbares Zeichen. Bitte tippe sie neu.
fault-moment = Schreib Tag und Zeit wie 2026-12-04T07:00.
fault-moment-past = Das ist vorbei. Wähle eine spätere Zeit.
fault-ends = Das Ende liegt nicht nach dem Beginn. Wähle ein späteres Ende.
fault-place = Sag wo, in höchstens 200 Zeichen und einer Zeile.
fault-wanted = Schreib eine ganze Zahl von 1 bis 10.000.000.
about-decision = Was gefragt wird
about-yes-no = Geantwortet wird mit Ja oder Nein.
about-action = Was geplant ist
about-removal = Um wen es geht
about-member = Es geht um { $who }.
about-removal-rule = Niemand wird von einer Person ausgeschlossen. Das Mitglied weiß davon und kann hier antworten.
about-statement = Was das Mitglied sagt
about-no-statement = Bisher nichts.
about-recall = Was zurückgerufen würde
about-correction = Der Text oben ist die Richtigstellung. Er geht an alle, die jene Nachricht bekommen haben.
about-erase = Der alte Text würde endgültig gelöscht; sein Fingerabdruck bleibt.
about-keep = Der alte Text bleibt lesbar, als zurückgerufen gekennzeichnet.
juror-question-decision = Soll die Gruppe das beschließen?
juror-question-action = Soll jetzt dazu aufgerufen werden?
juror-question-removal = Soll dieses Mitglied ausgeschlossen werden?
juror-question-recall = Soll diese Nachricht zurückgerufen werden?
action-starts = Beginn
action-ends = Ende
action-place = Wo
action-wanted = Gebraucht
action-people =
    { $count ->
        [one] 1 Person
       *[other] { $count } Leute
    }
action-number = Aktion { $number }
action-calendar = In meinen Kalender
action-deeds = Haben wir es getan?
action-pledged =
    { $count ->
        [one] 1 Person hat
       *[other] { $count } Leute haben
    } gemeinsam zugesagt.
action-later = Du wirst gefragt, wenn es begonnen hat.
action-did = { $did } von { $of } sagen, dass sie es getan haben.
action-did-not =
    { $count ->
        [one] 1 sagt: nein.
       *[other] { $count } sagen: nein.
    }
action-question = Hast du es getan?
action-said-did = Du hast gesagt: ja. Du kannst es ändern.
action-said-did_not = Du hast gesagt: nein. Du kannst es ändern.
seen-deed = Alle Mitglieder sehen, wie viele es getan haben. Dass du geantwortet hast, steht im Verzeichnis, als Nummer.
action-yes = Ja, ich habe es getan
action-no = Nein, habe ich nicht
register-title = Was wir beschlossen haben
register-lead = Jeder Beschluss mit seinen Gründen, seinem Ergebnis und seinem Weg.
register-search = In Titeln und Texten suchen
register-button = Suchen
register-all = Alle zeigen
register-found =
    { $count ->
        [one] 1 Beschluss auf dieser Seite enthält
       *[other] { $count } Beschlüsse auf dieser Seite enthalten
    } „{ $search }“.
register-count =
    { $count ->
        [one] Bisher 1 Beschluss.
       *[other] Bisher { $count } Beschlüsse.
    }
register-none = Noch wurde nichts beschlossen.
register-number = Beschluss { $number }
register-result = Das Ergebnis
register-nav = Ältere und neuere Beschlüsse
register-newest = Die neuesten Beschlüsse
register-older = Ältere Beschlüsse
statement-title = Es geht um dich
statement-lead = Jemand möchte, dass du kein Mitglied mehr bist. Entschieden ist nichts. Was du hier schreibst, steht überall, wo darüber entschieden wird.
statement-said = Du hast etwas gesagt ({ $when }). Was du jetzt schickst, tritt an seine Stelle.
statement-field = Was sagst du dazu?
statement-hint = So, wie du es allen sagen würdest. Bis zu 2.000 Zeichen.
seen-statement = Alle Mitglieder sehen, was du hier schreibst, beim Vorschlag. Es geht mit, wenn du deine Daten löschst.
statement-button = Das sagen
proposal-action = Zur Aktion
proposal-result = Was die Abstimmung ergab
part-subject = Es geht um dich: Jemand möchte, dass du kein Mitglied mehr bist. Entschieden ist nichts, und du wirst gehört.
part-subject-button = Etwas dazu sagen
part-asked-vote = Deine Stimme ist gefragt.
part-asked-consensus = Du wirst gefragt, wo du stehst.
part-asked-objection = Hast du etwas dagegen, sag es vor dem Ende. Sonst musst du nichts tun.
part-asked-pledge = Du wirst gefragt, ob du dabei bist.
part-asked-button-vote = Zu meinem Stimmzettel
part-asked-button-consensus = Sagen, wo ich stehe
part-asked-button-objection = Lesen und, wenn nötig, einwenden
part-asked-button-pledge = Zur Zusage
part-asked-look-vote = Zur Abstimmung
part-asked-look-consensus = Wer wo steht
part-asked-look-objection = Die Einwände
part-asked-look-pledge = Zur Zusage
standing-voting = Abstimmung: { $cast } von { $eligible } haben teilgenommen
standing-consensus = Konsens: { $agree } dafür, { $block } mit Veto
standing-objecting =
    { $have ->
        [one] 1 Einwand
       *[other] { $have } Einwände
    }; { $stop } würden es aufhalten
standing-pledging = Zusagen werden gesammelt; es kommt zustande mit { $least }
standing-removed = Das Mitglied wurde ausgeschlossen
standing-recalled = Nachricht Nr. { $number } wurde zurückgerufen
standing-amended = Die Regeln wurden geändert
standing-called = Aufgerufen als Aktion { $number }
happened-vote-passed = Die Abstimmung ging durch; { $cast } von { $eligible } haben teilgenommen
happened-vote-failed = Die Abstimmung ging nicht durch; { $cast } von { $eligible } haben teilgenommen
happened-vote-undecided = Die Abstimmung hat nichts entschieden; { $cast } von { $eligible } haben teilgenommen
happened-position-agree-by = { $name } stimmt zu
happened-position-agree = Mitglied { $number } stimmt zu
happened-position-aside-by = { $name } steht abseits
happened-position-aside = Mitglied { $number } steht abseits
happened-position-block-by = { $name } legt ein Veto ein
happened-position-block = Mitglied { $number } legt ein Veto ein
happened-position-none-by = { $name } hat die eigene Position zurückgenommen
happened-position-none = Mitglied { $number } hat die eigene Position zurückgenommen
happened-consensus-passed = Der Konsens ist da
happened-consensus-failed = Es wurde durch Veto aufgehalten
happened-consensus-undecided = Kein Konsens: zu wenige dafür, oder zu viele abseits
happened-objected-by = { $name } wendet etwas ein
happened-objected = Mitglied { $number } wendet etwas ein
happened-objection-back-by = { $name } hat den Einwand zurückgenommen
happened-objection-back = Mitglied { $number } hat den Einwand zurückgenommen
happened-objections-stopped = Einwände haben es aufgehalten
happened-objections-none = Zu wenige Einwände: es ist angenommen
happened-woken =
    Es kommt zustande: { $count ->
        [one] 1 Person ist dabei
       *[other] { $count } Leute sind dabei
    }, gemeinsam
happened-statement = Das Mitglied, um das es geht, hat etwas dazu gesagt
happened-removed = Das Mitglied wurde ausgeschlossen
happened-recalled = Nachricht Nr. { $number } wurde zurückgerufen
happened-amended = Die Regeln wurden geändert
happened-action = Aufgerufen als Aktion { $number }
duty-vote = Deine Stimme ist gefragt.
duty-consensus = Du wirst gefragt, wo du stehst.
duty-objection = Es gilt, wenn niemand etwas einwendet. Lies es.
duty-pledge = Bist du dabei?
duty-subject = Es geht um dich. Du kannst etwas dazu sagen.
broadcast-by-rules = Entschieden wurde es auf dem Weg, den die Regeln der Gruppe dafür vorsehen; gelost wurde nicht.
broadcast-recalled = Diese Nachricht wurde zurückgerufen.
broadcast-recalled-link = Zur Richtigstellung, Nr. { $number }
notice-position-taken = Alle Mitglieder sehen jetzt, wo du stehst.
notice-position-back = Du hast deine Position zurückgenommen.
notice-objected = Dein Einwand steht.
notice-objection-back = Dein Einwand ist zurückgenommen.
notice-pledged = Deine Zusage ist da. Niemand sieht sie, bevor es zustande kommt.
notice-pledge-back = Deine Zusage ist zurückgenommen.
notice-statement-made = Alle, die entscheiden, können es jetzt lesen.
notice-deed-reported = Danke, dass du es gesagt hast.
mail-asked-subject = Du wirst gefragt
mail-asked-again-subject = Deine Antwort fehlt noch
mail-asked-vote = Alle werden um ihre Stimme zu „{ $title }“ gebeten. Sie ist geheim bis zum Ende.
mail-asked-consensus = Alle werden gefragt, wo sie bei „{ $title }“ stehen. Alle Mitglieder können es lesen.
mail-asked-objection = „{ $title }“ gilt, wenn niemand etwas einwendet. Hast du nichts dagegen, musst du nichts tun.
mail-asked-pledge = „{ $title }“: Bist du dabei, wenn genug andere es sind? Niemand sieht deine Antwort, bevor genug sich aufeinander verlassen können.
mail-asked-link = Lesen und antworten
mail-removal-subject = Es geht um dich
mail-removal-text = Jemand möchte, dass du kein Mitglied mehr bist. Entschieden ist nichts, und niemand entscheidet es allein.
mail-removal-heard = Du wirst gehört: Was du dazu sagst, sehen alle, die entscheiden.
mail-removal-link = Lesen und antworten
mail-action-subject = Eine Aktion
mail-action-text = Die Gruppe ruft dazu auf:
mail-action-when = Beginn { $starts }, Ende { $ends }.
mail-action-place = Wo: { $place }. Gebraucht: { $wanted }.
mail-action-link = Zur Aktion mit Kalenderdatei
mail-amended-subject = Die Regeln haben sich geändert
mail-amended-text = Jetzt gelten andere Regeln. Was vorher eröffnet wurde, geht nach den alten weiter.
mail-amended-link = Die Regeln lesen
mail-amended-proposal = So wurde es entschieden:
