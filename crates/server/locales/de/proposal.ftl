# Vorschläge, ihr Stand und Verlauf, Nachrichten an alle, Absagen.

kind-message = Nachricht an alle
kind-admission = Einladung
proposal-number = Vorschlag { $number }
proposal-unnamed = Eine Person noch ohne Namen
proposal-author = Von
proposal-broadcast = Zur Nachricht, die alle bekommen haben
proposal-looking-back = Das ist eine frühere Fassung.
proposal-current = Zur aktuellen
proposal-way = Der Weg
standing-cosigning = { $have } von { $needed } Mitzeichnungen
standing-awaiting-draw = Mitgezeichnet. Ausgelost wird { $at }
standing-awaiting-beacon = Wartet auf die öffentliche Zufallszahl. Die Auslosung verspätet sich, nichts ist verloren
standing-jury = Bei einer Jury von { $seats }
standing-author = Bei der Person, die schreibt
standing-waiting = Wartet, wie die Regeln es sagen
standing-broadcast = Ging als Nr. { $number } an alle
standing-admitted = Aufgenommen
standing-recorded = Als Beschluss { $number } festgehalten
standing-declined = Von der Jury abgelehnt
standing-undecided = Die Jury hat nicht entschieden
standing-lapsed = Verfallen: Die Zeit war um
standing-withdrawn = Von der schreibenden Person zurückgezogen
cosigners-title = Mitgezeichnet von
cosigners-count = { $have } von { $needed }
cosigners-unnamed =
    { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    } ohne gezeigten Namen
cosign-about = Mitzeichnen heißt: Genau dieser Text ist reif für ein Urteil. Du musst ihm nicht zustimmen. Wer mitzeichnet, kann nicht in der Jury sitzen.
seen-cosign = Alle Mitglieder sehen, dass du mitgezeichnet hast, mit Namen, wenn du ihn zeigst.
cosign-button = Diese Fassung mitzeichnen
vouch-about = Bürgen heißt: Ich kenne diese Person oder vertraue der, die sie kennt.
vouch-button = Für diese Person bürgen
cosigned-about = Du hast diese Fassung mitgezeichnet.
seen-takeback = Alle Mitglieder sehen, dass eine Mitzeichnung zurückgenommen wurde.
takeback-button = Zurücknehmen
part-juror = Du sitzt in der Jury dieses Vorschlags.
part-juror-button = Die Frage beantworten
part-author = Das ist deiner.
part-too-new = Du bist neu dabei und kannst ab { $until } mitzeichnen.
part-not-on-roll = Er wurde geöffnet, bevor du dazukamst; über diesen entscheiden andere.
part-answer = Die Jury hat geantwortet. Du entscheidest, wie es weitergeht.
part-answer-button = Antwort ansehen
timeline-title = Was geschehen ist
withdraw-link = Diesen Vorschlag zurückziehen
happened-opened = Geöffnet mit Fassung { $version }
happened-version = Fassung { $version } eingestellt; das Mitzeichnen beginnt neu
happened-cosigned-by = { $name } hat mitgezeichnet
happened-cosigned = Ein Mitglied hat mitgezeichnet
happened-taken-back = Eine Mitzeichnung wurde zurückgenommen
happened-enough = Genug haben mitgezeichnet
happened-reminded = Erinnerung verschickt
happened-draw-called = Auslosung festgelegt auf { $at }, mit der Zufallszahl { $round }
happened-draw-missed = Diese Auslosung ist ungültig: Ihr Eintrag wurde zu spät veröffentlicht. Die nächste ist angesetzt
happened-drawn =
    { $seats ->
        [one] 1 Mitglied
       *[other] { $seats } Mitglieder
    } ausgelost
happened-no-one = Niemand konnte ausgelost werden
happened-called =
    { $count ->
        [one] 1 Platz ging
       *[other] { $count } Plätze gingen
    } an die Nächsten in der gelosten Reihenfolge
happened-grown = Es war knapp: { $added } weitere kamen dazu
happened-extended = Zu wenige hatten geantwortet; die Jury tagt bis { $until }
happened-jury-approved = Die Jury sagte ja: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze
happened-jury-declined = Die Jury sagte nicht jetzt: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze
happened-jury-undecided = Die Jury hat nicht entschieden: { $yes } ja, { $no } nicht jetzt, { $seats } Plätze
happened-revised = Der Text wird überarbeitet
happened-appealed = Eine größere Jury wurde angerufen
happened-accepted = Die Antwort wurde angenommen
happened-erased = Der Text wurde gelöscht
happened-broadcast = Als Nr. { $number } an alle gesendet
happened-recorded = Als Beschluss { $number } festgehalten
happened-admitted = Die Person ist Mitglied
happened-withdrawn = Zurückgezogen
happened-lapsed = Die Zeit war um
happened-closed = Abgeschlossen
answer-title-approved = Die Jury sagte ja
answer-title-declined = Die Jury sagte: nicht jetzt
answer-title-undecided = Die Jury hat nicht entschieden
answer-counts =
    { $yes } ja, { $no } nicht jetzt, von { $seats ->
        [one] 1 Platz
       *[other] { $seats } Plätzen
    }.
answer-reasons = Was dir die Jury schrieb
answer-reasons-about = Nur du siehst das. Niemand weiß, wer es geschrieben hat.
answer-no-reasons = Niemand hat einen Grund genannt.
answer-next = Wie weiter?
answer-silence = Wenn du bis dahin nichts tust, ist der Vorschlag abgeschlossen.
answer-revise = Den Text überarbeiten
answer-revise-about = Einmal. Danach braucht er wieder Mitzeichnende und eine Jury.
seen-revise = niemand, bis du die neue Fassung öffnest.
answer-revise-button = Überarbeiten
answer-appeal = Eine größere Jury fragen
answer-appeal-about =
    Einmal. { $seats ->
        [one] Ein anderes Mitglied entscheidet
       *[other] { $seats } andere, neu ausgeloste Mitglieder entscheiden
    } über denselben Text.
seen-appeal = Alle Mitglieder sehen, dass du eine größere Jury fragst.
answer-appeal-button = Größere Jury fragen
answer-accept = Es dabei belassen
answer-accept-about = Der Vorschlag ist abgeschlossen. Du kannst jederzeit einen neuen schreiben.
seen-accept = Alle Mitglieder sehen, dass der Vorschlag abgeschlossen ist.
answer-accept-button = Dabei belassen
answer-text = Dein Text
broadcast-proof = Warum du das siehst
broadcast-tally =
    Von { $seats ->
        [one] 1 ausgelosten Mitglied
       *[other] { $seats } ausgelosten Mitgliedern
    } sagten { $yes } ja und { $no } nicht jetzt.
broadcast-certificate = Die Urkunde: wie ausgelost und gezählt wurde
broadcast-proposal = Der Vorschlag und sein Verlauf
broadcast-delivered = Bisher an { $done } von { $all } gemailt
broadcast-recall = Diese Nachricht zurückrufen
broadcast-nav = Nachrichten davor und danach
broadcast-before = Davor
broadcast-after = Danach
broadcast-first = Das ist die erste.
refusal-clock-broken = Die Uhr dieses Servers geht falsch. Sag dem Betrieb Bescheid; es wurde nichts geändert.
refusal-no-such-group = Diese Gruppe gibt es hier nicht. Prüf den Link.
refusal-group-exists = Diese Gruppe gibt es schon. Öffne sie von der Startseite aus.
refusal-too-few-members =
    Eine Gruppe braucht mindestens { $min ->
        [one] 1 Mitglied
       *[other] { $min } Mitglieder
    }. Trag weitere ein und schick das Formular noch einmal.
refusal-too-many-members = Gründen können höchstens { $max } Mitglieder. Lade die anderen später ein.
refusal-charter-invalid = Diese Regeln lassen sich nicht ausführen. Wähl andere, oder prüf sie mit „mic charter check“.
refusal-profile-invalid = Name und Zweck der Gruppe gehen so nicht. Kürze sie oder tippe sie neu.
refusal-not-member = Das können nur Mitglieder. Melde dich an, oder bitte ein Mitglied um eine Einladung.
refusal-already-gone = Du hast diese Gruppe schon verlassen. Es ist nichts mehr zu tun.
refusal-no-such-process = Das kennen die Regeln dieser Gruppe nicht. Sieh in den Regeln nach, was möglich ist.
refusal-wrong-kind = Dieser Weg ist für etwas anderes gedacht. Sieh in den Regeln nach dem richtigen.
refusal-audience-not-allowed = Dieses Publikum lassen die Regeln nicht zu. Wähl ein anderes.
refusal-text-empty = Titel und Text dürfen nicht leer sein. Bitte schreib etwas.
refusal-text-too-long = Ein Text hat höchstens { $bytes_max } Bytes. Bitte kürze ihn.
refusal-title-too-long = Ein Titel hat höchstens { $chars_max } Zeichen. Bitte kürze ihn.
refusal-text-has-controls = Darin stecken unsichtbare Steuerzeichen. Füg den Text unformatiert ein, oder tippe ihn neu.
refusal-too-many-open = Du hast schon { $max } offene Vorschläge, mehr gehen nicht. Warte, bis einer abgeschlossen ist, oder zieh einen zurück.
refusal-no-such-proposal = Diesen Vorschlag gibt es nicht. Geh zurück zur Gruppe.
refusal-proposal-closed = Dieser Vorschlag ist abgeschlossen. Du kannst einen neuen schreiben.
refusal-not-author = Das kann nur die Person, die ihn geschrieben hat.
refusal-wrong-stage = Der Vorschlag ist weiter, seit du die Seite geöffnet hast. Geh zurück und sieh nach, wo er steht.
refusal-same-text = Das ist derselbe Text wie zuvor. Ändere etwas, oder lass ihn, wie er ist.
refusal-author-may-not-cosign = Das ist dein eigener Vorschlag. Bitte andere, ihn mitzuzeichnen.
refusal-already-cosigned = Du hast diese Fassung schon mitgezeichnet. Alles ist gut.
refusal-not-cosigned = Du hast das nicht mitgezeichnet, also gibt es nichts zurückzunehmen.
refusal-other-version = Der Text wurde geändert, während du ihn gelesen hast. Geh zurück, sieh nach, was sich geändert hat, und entscheide neu.
refusal-not-on-roll = Er wurde geöffnet, bevor du dazukamst; über diesen entscheiden andere. Beim nächsten bist du dabei.
refusal-too-new = Du bist neu dabei. Ab { $until } kannst du das.
refusal-revision-used = Die eine Überarbeitung ist schon verbraucht. Du kannst noch eine größere Jury fragen oder es dabei belassen.
refusal-appeal-used = Eine größere Jury wurde schon gefragt. Ihre Antwort gilt.
refusal-not-offered = Das bieten die Regeln hier nicht an. Geh zurück und wähl etwas anderes.
refusal-no-seat = Du sitzt nicht in dieser Jury, oder sie ist noch nicht ausgelost. Für dich ist nichts zu tun.
refusal-seat-passed-on = Dein Platz ist an die nächste Person gegangen, weil die Zeit um war oder du ihn abgegeben hast. Es ist nichts mehr zu tun.
refusal-jury-closed = Die Jury ist zu Ende. Deine letzte Antwort davor zählt.
refusal-nonce-invalid = Deine eigenen Worte sind zu lang oder enthalten unsichtbare Zeichen: höchstens { $bytes_max } Bytes. Wähl andere, oder lass das Feld leer.
refusal-nonce-taken = Diese Worte sind vergeben. Wähl andere, oder lass das Feld leer.
refusal-reason-too-long = Ein Grund hat höchstens { $chars_max } Zeichen. Bitte kürze ihn.
refusal-other-draw = Diese Seite gehört zu einer früheren Auslosung. Geh zurück und lade sie neu.
refusal-other-stage = Diese Seite gehört zu einem früheren Schritt. Geh zurück und lade sie neu.
refusal-choice-invalid = Das lässt sich nicht zählen. Geh zurück und wähle noch einmal.
refusal-too-many-voters = An einer geheimen Abstimmung können höchstens { $max } Menschen teilnehmen. Mehr passen nicht hinein.
refusal-reason-missing = Sag in wenigen Worten, die alle lesen können, warum.
refusal-reason-not-wanted = Eine Begründung gehört zu einem Veto oder zum Beiseitestehen. Lass sie hier leer.
refusal-nothing-to-take-back = Von dir steht hier nichts. Es gibt nichts zurückzunehmen.
refusal-no-such-member = Unter dieser Nummer ist niemand Mitglied. Wähle ein anderes Mitglied.
refusal-not-yourself = Niemand schlägt den eigenen Ausschluss vor. Wenn du gehen willst, tritt in den Einstellungen aus.
refusal-not-concerned = Nur das Mitglied, um das es geht, nimmt hier Stellung.
refusal-already-invited = Diese Person ist schon eingeladen. Unterzeichne stattdessen jene Einladung mit.
refusal-no-such-broadcast = Diese Nachricht gibt es nicht. Schau in die Liste der Nachrichten.
refusal-already-recalled = Diese Nachricht wurde schon zurückgerufen. Es ist nichts mehr zu tun.
refusal-charter-refused = Diese Regeln lassen sich so nicht ausführen. Prüfe sie, berichtige, was genannt ist, und schick sie noch einmal.
refusal-options-not-wanted = Das ist eine Frage, auf die mit Ja oder Nein geantwortet wird. Lass die Möglichkeiten weg.
refusal-options-invalid = Nenne 2 bis { $max } verschiedene Möglichkeiten mit je höchstens 200 Zeichen.
refusal-action-invalid = Eine Aktion beginnt, bevor sie endet, hat einen Ort mit höchstens 200 Zeichen und braucht mindestens einen Menschen. Berichtige das und schick es noch einmal.
refusal-subject-fixed = Eine neue Fassung handelt vom selben. Schlag etwas anderes eigens vor.
refusal-turned-down = Dieser Text wurde abgelehnt oder nach dem Aufruf zum Losen zurückgezogen. Ab { $until } kannst du ihn wieder vorschlagen, oder du änderst ihn.
refusal-no-such-action = Diese Aktion gibt es nicht. Schau in die Liste der Aktionen.
refusal-not-pledged = Du hast für diese Aktion nichts zugesagt. Es gibt nichts zu melden.
refusal-deed-too-late = Gemeldet wird { $days_max } Tage lang. Diese Zeit ist vorbei.
refusal-pause-out-of-range = Eine Pause endet in der Zukunft und dauert höchstens { $days_max } Tage. Wähl ein anderes Datum.
refusal-not-paused = Du pausierst nicht. Es gibt nichts zu beenden.
refusal-rest-out-of-range = Eine Ruhezeit dauert höchstens { $days_max } Tage. Wähl eine kleinere Zahl.
refusal-no-draw-waiting = Darauf wartet keine Auslosung. Es wurde nichts geändert.
refusal-round-too-early = Diese Zufallszahl kann es noch nicht geben. Es wurde nichts geändert.
refusal-beacon-invalid = Diese Zufallszahl ist nicht echt. Sie wurde nicht verwendet.
refusal-key-reused = Das wurde schon einmal gesendet, mit anderem Inhalt. Geh zurück, lade die Seite neu und versuch es noch einmal.
refusal-queue-full = Gerade handeln sehr viele zugleich. Warte kurz und schick es noch einmal.
change-about = Du kannst den Text noch ändern. Die Mitzeichnungen beginnen wieder bei null, und wer mitgezeichnet hat, erfährt, was anders ist.
change-button = Text ändern
