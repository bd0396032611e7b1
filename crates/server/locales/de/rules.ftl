# Was die Regeln einer Satzung sagen, in Worten: Arten von Schritten, was jeder verlangt, was zwei Satzungen unterscheidet.

stage-vote = Eine Abstimmung
stage-consensus = Suche nach Konsens
stage-objection = Wenn niemand widerspricht
stage-pledge = Wer macht mit
stage-remove = Die Person ist nicht mehr Mitglied
stage-recall = Die Nachricht wird zurückgerufen
stage-amend = Die Regeln werden geändert
stage-action = Die Aktion steht
exit-vote-pass = angenommen
exit-vote-fail = nicht angenommen
exit-vote-undecided = unentschieden
exit-consensus-pass = Konsens
exit-consensus-fail = Veto
exit-consensus-undecided = unentschieden
exit-objection-pass = zu wenig Widerspruch
exit-objection-fail = Widerspruch
exit-pledge-pass = genug
exit-pledge-lapsed = Zeit um

# Was ein Schritt verlangt. { $members } ist 0, wo eine Regel für Gruppen jeder Größe gilt.
fact-steps =
    { $members ->
        [0] { $seats } Plätze
       *[other] Bis { $members } Mitglieder: { $seats } Plätze
    }; mindestens { $quorum } müssen antworten. Sobald eine Seite um { $lead } vorn liegt, entscheidet das; sonst kommen { $then } dazu, bis zu { $cap } Plätzen, und dann entscheidet die Mehrheit
fact-rule-share =
    { $members ->
        [0] Dieser Teil aller Mitglieder wird ausgelost: { $part }
       *[other] Bis { $members } Mitglieder wird dieser Teil aller ausgelost: { $part }
    }
fact-rule-sample =
    { $members ->
        [0] So viele werden ausgelost, wie eine Umfrage für { $confidence } Prozent Sicherheit und { $margin } Prozent Abweichung braucht
       *[other] Bis { $members } Mitglieder werden so viele ausgelost, wie eine Umfrage für { $confidence } Prozent Sicherheit und { $margin } Prozent Abweichung braucht
    }
fact-rule-largest =
    { $members ->
        [0] So viele werden ausgelost, wie das Größte hiervon verlangt: { $rules }
       *[other] Bis { $members } Mitglieder werden so viele ausgelost, wie das Größte hiervon verlangt: { $rules }
    }
fact-rule-decides = Dieser Teil der Plätze muss sich einig sein, und immer mehr als die Hälfte: { $agree }; dieser Teil muss antworten: { $quorum }
fact-assembly =
    { $members ->
        [0] { $seats ->
            [one] 1 ausgelostes Mitglied stimmt ab
           *[other] { $seats } ausgeloste Mitglieder stimmen ab
        }
       *[other] Bis { $members } Mitglieder: { $seats ->
            [one] 1 ausgelostes Mitglied stimmt ab
           *[other] { $seats } ausgeloste Mitglieder stimmen ab
        }
    }
fact-who-everyone = Alle werden gefragt
fact-who-settled = Alle werden gefragt, die nicht neu sind
fact-who-everyone-of = Alle werden gefragt: { $members } Mitglieder
fact-method-yes_no = Ja oder Nein, geheim; mehr Ja als Nein, und mindestens dieser Teil von beiden: { $agree }
fact-method-approval = Alle kreuzen an, womit sie leben können; was die meisten annehmen, gewinnt
fact-method-score =
    Alle geben jedem Weg 0 bis { $points } Punkte; die meisten Punkte gewinnen
fact-method-schulze = Alle ordnen die Wege; der gegen jeden anderen gewinnt, gewinnt
fact-method-runoff = Alle ordnen die Wege; der schwächste scheidet aus, bis einer mehr als die Hälfte hat
fact-method-stv =
    Alle ordnen die Namen; { $winners ->
        [one] 1 Person ist gewählt
       *[other] { $winners } sind gewählt
    }, sodass jeder Teil der Gruppe gehört wird
fact-quorum = Mindestens dieser Teil muss mitmachen: { $part }
fact-quorum-none = Es gilt, wie wenige auch mitmachen
fact-quorum-of = Mindestens { $count } von { $members } müssen mitmachen
fact-blocks =
    { $count ->
        [one] Ein Veto hält es auf
       *[other] { $count } Vetos halten es auf
    }; jedes Veto sagt, warum
fact-asides = Wenn mehr als dieser Teil beiseitesteht, ist es kein Konsens: { $part }
fact-asides-none = Wenn jemand beiseitesteht, ist es kein Konsens
fact-amendable = Wer es geschrieben hat, darf eine bessere Fassung vorlegen; dann beginnen alle von vorn
fact-objections =
    { $count ->
        [one] Ein Einspruch hält es auf
       *[other] { $count } Einsprüche halten es auf
    }; Schweigen ist Zustimmung
fact-at-least =
    { $count ->
        [one] Es gilt, wenn 1 Person mitmacht
       *[other] Es gilt, wenn { $count } mitmachen
    }, alle ab der Zahl, die sie genannt haben
fact-reminders =
    { $unit ->
        [days] Erinnerungen nach Tagen: { $list }
       *[other] Erinnerungen nach Stunden: { $list }
    }

# Was eine Satzung sagt, Satz für Satz, und was in einer anderen anders ist.
explain-members =
    Zahlen für eine Gruppe von { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitgliedern
    }
explain-kind-message = Eine Nachricht; sie kann gehen an: { $audiences }
explain-kind-admission = Jemand wird Mitglied
explain-kind-removal = Jemand ist nicht mehr Mitglied und wird vorher gehört
explain-kind-recall = Eine Nachricht wird zurückgenommen, und alle bekommen eine Berichtigung
explain-kind-amendment = Diese Regeln werden geändert
explain-kind-decision = Ein Beschluss, für alle aufgeschrieben
explain-kind-action = Eine Aktion: was, wann und wo
explain-audience-members = alle Mitglieder
explain-audience-public = alle, die es lesen wollen
explain-next-stage = { $label }: weiter zu { $stage }
explain-next-effect = { $label }: { $effect }
explain-unguarded = Vorsicht: Nach diesen Regeln kann etwas alle erreichen, das niemand beurteilt hat.
rules-difference-none = Für Mitglieder ist nichts anders.
rules-difference-everywhere = Was überall gilt
rules-difference-added = Neu: { $what }
rules-difference-gone = Nicht mehr: { $what }
rules-difference-instead = { $after } (bisher: { $before })
rules-difference-name = Sie heißt { $after } (bisher: { $before })
rules-difference-unguarded-on = Jetzt kann etwas alle erreichen, das niemand beurteilt hat
rules-difference-unguarded-off = Nichts erreicht mehr alle, das niemand beurteilt hat
rules-difference-process-added = Neu: all das hier
rules-difference-process-gone = Nicht mehr möglich
rules-difference-first = Es beginnt mit { $after } (bisher: { $before })
rules-difference-stage-added = Neuer Schritt
rules-difference-stage-gone = Diesen Schritt gibt es nicht mehr
rules-difference-kind = Es ist jetzt: { $after } (bisher: { $before })

# Die Satzungen, die mitkommen.
charter-consensus_assembly = Konsensversammlung
charter-consensus_assembly-about = Für zehn bis hundertfünfzig Leute, die suchen, womit alle leben können: Alle stimmen zu, stehen beiseite oder legen offen ein Veto ein.
charter-statistical_sample = Stichprobe
charter-statistical_sample-about = Ab hundert Mitgliedern: So viele werden ausgelost, wie eine Umfrage fragen würde, und die Hälfte von ihnen entscheidet.
charter-federation = Föderation
charter-federation-about = Für Delegierte von Gruppen, die erst zu Hause fragen: größere Jurys, mehr Zeit, ein Tag zwischen dem Ja und der Nachricht.
