# Die Seite für Ausgeloste und ihr Beleg.

juror-title = Du wurdest ausgelost
juror-eyebrow =
    Du bist eine von { $seats ->
        [one] 1 ausgelosten Person
       *[other] { $seats } ausgelosten Personen
    } für { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitglieder
    }
juror-question = Sollen das jetzt alle sehen?
juror-cast-yes = Du hast geantwortet: ja, jetzt. Du kannst es noch ändern.
juror-cast-no = Du hast geantwortet: nicht jetzt. Du kannst es noch ändern.
juror-receipt = Dein Beleg
juror-answer-by = Bitte antworte bis { $when }
juror-until = Endet { $when }
juror-by = Von
juror-cosigned = Mitgezeichnet von
juror-reach = Es würde erreichen
reach-members =
    { $members ->
        [one] 1 Mitglied
       *[other] alle { $members } Mitglieder
    }, { $mail } davon per Mail, die anderen im Netz.
reach-public = Und alle anderen, über die öffentliche Seite und den Feed.
juror-rule = Die Regel
rule-agree = Wenn { $agree } von { $seats } sich einig sind, ist es entschieden.
rule-grows = Wenn nicht, kommen { $more } weitere dazu.
juror-week = Diese Woche
juror-week-count =
    { $count ->
        [one] 1 Nachricht ging
       *[other] { $count } Nachrichten gingen
    } in den letzten sieben Tagen an alle.
juror-reason = Ein Grund, falls nicht jetzt (darf leer bleiben)
juror-reason-hint = Nur die schreibende Person liest ihn, ohne deinen Namen.
juror-words-summary = Deine Antwort später wiedererkennen: eigene Worte dazu
juror-words = Deine eigenen Worte
juror-words-hint = Ein paar Worte, die niemand errät, etwa „Birnen im Abendlicht 7“. Sie stehen in der öffentlichen Auszählung neben deiner Antwort, ohne deinen Namen, damit du siehst, dass sie richtig gezählt wurde. Lässt du das Feld leer, denkt sich der Server welche aus. Nimm nicht deinen Namen.
seen-ballot = Vor dem Ende sieht niemand deine Antwort. Danach liegen alle Antworten offen, ohne Namen. Mitglieder können sehen, dass du teilgenommen hast, als Nummer.
juror-yes = Ja, jetzt
juror-no = Nicht jetzt
juror-aside = Ich gebe den Platz ab
juror-change = Du kannst deine Antwort bis { $until } ändern. Nur die letzte zählt.
juror-why = Warum du?
juror-drawn = Durch das Los: { $eligible } Mitglieder konnten ausgelost werden ({ $at }), alle mit derselben Chance.
juror-reserve = Du bist die nächste Person in der gelosten Reihenfolge, weil ein Platz frei wurde.
juror-aside-about = Den Platz abzugeben kostet dich nichts und braucht keinen Grund. Die nächste Person in der gelosten Reihenfolge wird gerufen.
juror-secret = Wer diesen Server betreibt, könnte das Geheimnis vor dem Ende brechen; das versprechen wir noch nicht.
juror-proposal = Der Vorschlag und sein Verlauf
receipt-title = Deine Antwort ist da
receipt-lead-yes = Du hast gesagt: ja, jetzt. Danke.
receipt-lead-no = Du hast gesagt: nicht jetzt. Danke.
receipt-change = Du kannst sie bis { $until } ändern.
receipt-change-link = Antwort ändern
receipt-home = Fertig
receipt-keep = Heb das auf, wenn du magst
receipt-keep-about = Mit diesen zwei Zeilen siehst du im Protokoll, dass deine Antwort aufgenommen wurde. Sie verraten nicht, was du geantwortet hast.
receipt-cover = Deine versiegelte Antwort
receipt-draw = Die Auslosung
receipt-secret = Der geheime Teil: öffnet das Siegel
receipt-secret-about = Wer diese Zeilen hat, kann sehen, wie du geantwortet hast. Behalt sie für dich; du brauchst sie nur, wenn deine Antwort falsch gezählt wurde.
receipt-nonce-browser = Worte, die dein Browser gemacht hat
receipt-nonce-words = Deine eigenen Worte
receipt-nonce-server = Worte, die der Server gemacht hat
receipt-opening = Was das Siegel öffnet
receipt-position = Platz im Verzeichnis
