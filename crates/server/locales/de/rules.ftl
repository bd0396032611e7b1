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
