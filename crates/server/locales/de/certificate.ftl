# Die Urkunde.

certificate-title = Urkunde zu Nr. { $number }
certificate-lead = Wie es dazu kam, dass alle diese Nachricht bekamen, Schritt für Schritt.
certificate-jury = Die Jury
certificate-first-jury = Die erste Jury
certificate-appeal-jury = Die größere Jury
certificate-pool = Wer ausgelost werden konnte
certificate-pool-about =
    Als der Vorschlag geöffnet wurde, standen { $roll ->
        [one] 1 Mitglied
       *[other] { $roll } Mitglieder
    } auf der Liste. { $eligible } davon konnten ausgelost werden.
excluded-left =
    { $count ->
        [one] 1 hatte
       *[other] { $count } hatten
    } die Gruppe verlassen
excluded-author =
    { $count ->
        [one] 1 hat
       *[other] { $count } haben
    } den Text geschrieben
excluded-cosigner =
    { $count ->
        [one] 1 hat
       *[other] { $count } haben
    } mitgezeichnet
excluded-too_new =
    { $count ->
        [one] 1 war
       *[other] { $count } waren
    } zu neu
excluded-paused =
    { $count ->
        [one] 1 hat
       *[other] { $count } haben
    } pausiert
excluded-served =
    { $count ->
        [one] 1 war
       *[other] { $count } waren
    } vor Kurzem in einer Jury
certificate-draw = Wie gelost wurde
certificate-called = Alles, wovon die Auslosung abhängt, wurde { $at } aufgeschrieben, bevor es die Zufallszahl gab.
certificate-drand = { $at } gab die öffentliche Zufallsquelle drand ihre Zahl aus; aus ihr folgt die Reihenfolge, die alle nachrechnen können.
certificate-local = { $at } öffnete der Server seine eigene Zahl, die er lange vorher festgelegt hatte. Wer ihn betreibt, hätte sie kennen können.
certificate-seats = Wer in der Jury saß
certificate-seats-about =
    { $seats ->
        [one] 1 Platz
       *[other] { $seats } Plätze
    }, vergeben in der gelosten Reihenfolge.
certificate-replaced =
    { $count ->
        [one] 1 Platz ging
       *[other] { $count } Plätze gingen
    } wegen Schweigen oder Abgeben weiter.
certificate-grown = Es war knapp, darum kamen { $count } weitere dazu.
certificate-count = Wie gezählt wurde
certificate-count-approved = { $turnout } haben geantwortet: { $yes } ja, { $no } nicht jetzt. { $agree } Ja waren nötig: angenommen.
certificate-count-declined = { $turnout } haben geantwortet: { $yes } ja, { $no } nicht jetzt. { $agree } mussten sich einig sein: abgelehnt.
certificate-count-undecided = { $turnout } haben geantwortet: { $yes } ja, { $no } nicht jetzt. { $agree } mussten sich einig sein: nicht entschieden.
certificate-closed = Ausgezählt { $at }.
certificate-attested =
    Bei { $count ->
        [one] 1 Antwort
       *[other] { $count } Antworten
    } bürgt nur der Server dafür, dass sie von der richtigen Person kam.
certificate-numbers = Die Zahlen zum Nachrechnen
certificate-seated = In geloster Reihenfolge berufen
certificate-seated-about = Die Zahlen sind Plätze auf der Liste.
certificate-ballots = Alle Antworten, offen
certificate-ballots-about = In einer Reihenfolge, die nicht verrät, wer wann geantwortet hat. Jede Person findet ihre an ihren Worten.
ballot-yes = ja
ballot-no = nicht jetzt
certificate-recheck = Selbst nachrechnen
certificate-recheck-about = Das Programm und ein zweites, unabhängiges gehen das ganze Protokoll durch und sagen, ob alles stimmt:
certificate-file = Die Urkunde als Datei
certificate-none = Diese Nachricht hat keine Urkunde als Datei: Niemand musste über sie urteilen, oder die Datei wäre zu groß. Wie es zu ihr kam, zeigt das Protokoll der Gruppe.
certificate-more-numbers = Zahlen zu Text und Protokoll
figure-version = Fingerabdruck des Textes
figure-charter = Fingerabdruck der Regeln
figure-previous = Fingerabdruck der Nachricht davor
figure-entry = Zeile des Protokolls
figure-draw = Fingerabdruck der Auslosungsdaten
figure-exclusions = Fingerabdruck der Liste der Übergangenen
figure-chain = Zufallsquelle
figure-round = Nummer ihrer Runde
figure-signature = Ihre Signatur
figure-randomness = Die Zufallszahl
figure-seed = Startwert der Reihenfolge
figure-checkpoint = Unterschriebener Stand des Protokolls vor der Auslosung
