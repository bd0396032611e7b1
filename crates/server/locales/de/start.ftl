# Startseite, Versprechen, Gründung, Anmeldung, Störungen, Demo-Postfach.

landing-title = Niemandem gehört das Mikrofon
landing-lead = Jedes Mitglied kann allen schreiben. Zwei andere sagen: Der Text ist fertig. Einige Ausgeloste entscheiden, ob ihn jetzt alle sehen sollen. Und alle können nachprüfen, dass es genau so war.
landing-demo = Das ist eine Demo mit einer Gruppe von 40 Leuten. Neununddreißig spielt das Programm, du bist die vierzigste Person.
landing-demo-button = Als { $name } mitmachen
landing-groups = Deine Gruppen
landing-found = Eine Gruppe gründen
landing-how = Wie eine Nachricht ihren Weg nimmt
landing-write = Jemand schreibt
landing-write-about = Jedes Mitglied, wann immer es etwas gibt, das alle wissen sollten.
landing-cosign = Zwei andere zeichnen mit
landing-cosign-about = Sie sagen: Genau dieser Text ist fertig. Ändert sich ein Wort, beginnt das Mitzeichnen von vorn.
landing-jury = Einige werden ausgelost
landing-jury-about = Jedes Mal andere, nie die schreibende Person oder die Mitzeichnenden. Es kostet sie eine Minute.
landing-reach = Alle bekommen sie
landing-reach-about = Per Mail und im Netz, mit einer Urkunde, die zeigt, wie entschieden wurde.
landing-why = Warum so
landing-point-owner = Keine Verwaltung kann für die Gruppe sprechen, eine Nachricht stoppen oder jemanden hereinlassen. Wer den Server betreibt, hat darin keine Stimme.
landing-point-check = Jede Auslosung und jede Auszählung kann jede Person selbst nachrechnen.
landing-point-rules = Die Regeln sind ein Ablaufplan, den alle lesen können, und das Programm führt genau den aus. Nichts geht daran vorbei.
landing-point-plain = Es läuft auf alten Handys, ohne Skripte, ohne Überwachung, in deinem Postfach.
landing-name = Woher der Name
landing-name-about = „Mic check!“ ruft man in einer Versammlung ohne Lautsprecher: Wer es hört und will, wiederholt jeden Satz, und so hören ihn alle.
promises-title = Was wir versprechen und was nicht
promises-lead = Betrug ist hier nicht unmöglich. Er wird sichtbar.
promises-yes = Darauf kannst du dich verlassen
promise-draw = Niemand sucht aus, wer entscheidet. Gelost wird mit einer öffentlichen Zahl, die es noch nicht gab, als alles andere schon feststand.
promise-count = Jede Auszählung lässt sich nachrechnen. Nach dem Ende liegen alle Antworten offen, ohne Namen.
promise-journal = Was geschehen ist, bleibt geschrieben. Wird später eine Zeile des Protokolls geändert, kann es jede Person zeigen, die eine Kopie hat.
promise-secret = Andere Mitglieder erfahren nie, wie du in einer Jury geantwortet hast.
promise-equal = Wer den Server betreibt, hat keine Stimme, kein Veto und keine lautere Stimme.
promise-less = Wir speichern weder die Adresse deines Geräts noch, was du liest, und laden nichts von anderswo.
promises-no = Das können wir nicht versprechen
no-promise-beside = Schutz vor jemandem, der beim Antworten neben dir steht oder dem du deinen Beleg zeigst.
no-promise-operator = Geheimhaltung vor einem unehrlichen Betreiber, solange der Server läuft: Er könnte Antworten vor dem Ende ansehen.
no-promise-one = Dass hinter jedem Konto genau ein Mensch steht. Mitglieder bürgen füreinander; mehr ist es nicht.
no-promise-elsewhere = Dass sich ein Text aus Postfächern und von anderen Servern zurückholen lässt.
no-promise-phone = Sicherheit eines entsperrten Handys in fremden Händen.
no-promise-mail = Dass Mail geheim ist. Mailanbieter können lesen, was sie befördern.
promises-check = Prüf es selbst
promises-check-about = Lade das Protokoll deiner Gruppe in den Einstellungen herunter und lass deinen eigenen Rechner alles durchgehen:
found-title = Eine Gruppe gründen
found-lead = Alle, die hier stehen, sind von der ersten Minute an Mitglieder mit gleichen Rechten. Du hast nicht mehr als sie.
found-group = Die Gruppe
field-group-name = Name der Gruppe
field-purpose = Wofür sie da ist
field-purpose-hint = Ein oder zwei Sätze. Eingeladene lesen sie zuerst.
found-charter = Die Regeln
found-charter-hint = Alle Mitglieder können sie jederzeit lesen, als Zeichnung und als Liste.
found-charter-read = „{ $name }“ als Ablaufplan lesen (öffnet sich neben dieser Seite)
found-you = Du
field-your-name = Dein Name
field-your-email = Deine E-Mail-Adresse
found-members = Die anderen Gründungsmitglieder
field-members = Eine Person pro Zeile: Name, Adresse, Sprache
field-members-hint = Die Sprache darf fehlen. Zum Beispiel:
field-members-file = Oder eine Datei aus einer Tabelle (CSV)
field-members-file-hint = Dieselben drei Spalten, bis zu 10.000 Zeilen.
seen-found = Mitglieder sehen Namen und Zweck der Gruppe. Die Adressen sieht niemand, und jede Person entscheidet selbst, ob ihr Name gezeigt wird.
found-button = Gruppe gründen
rows-title = Einige Zeilen sind nicht lesbar
rows-about = Es wurde noch nichts gegründet. Korrigiere diese Zeilen und schick das Formular noch einmal; wähle auch die Datei neu aus.
rows-caption = Zeilen zum Korrigieren
rows-row = Zeile
rows-column = Spalte
rows-problem = Was nicht stimmt
rows-found = Was dort steht
rows-more =
    Und { $count ->
        [one] 1 weitere Zeile
       *[other] { $count } weitere Zeilen
    }.
row-source-typed = getippt
row-source-file = Datei
row-column-row = ganze Zeile
row-column-name = Name
row-column-email = Adresse
row-column-language = Sprache
row-problem-missing = Fehlt.
row-problem-not_an_address = Keine vollständige E-Mail-Adresse.
row-problem-twice = Steht doppelt da.
row-problem-looks_like_another = Sieht genauso aus wie ein anderer Name.
row-problem-forbidden_character = Enthält ein unsichtbares Zeichen.
row-problem-too_long = Zu lang.
row-problem-unknown_language = Wir haben nur en und de.
row-problem-bad_text = Nicht als UTF-8 lesbar. Speichere die Datei als „CSV UTF-8“.
row-problem-too_many_columns = Zu viele Spalten: Name, Adresse, Sprache.
founded-title = Die Gruppe ist gegründet
founded-lead =
    { $name } hat { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitglieder
    }.
founded-links = Ein Link für jede Person
founded-links-about = Dieser Server verschickt keine Mails. Gib jeder Person ihren eigenen Link, am besten persönlich. Die Links werden nur dieses eine Mal gezeigt.
founded-more =
    { $count ->
        [one] 1 weiterer Link steht
       *[other] { $count } weitere Links stehen
    } im Protokoll des Servers.
founded-mailed = Alle bekommen jetzt eine Mail mit einem Link.
founded-home = Zur Gruppe
signin-title = Anmelden
signin-lead = Wir schicken dir einen Link und einen Code. Kein Passwort.
seen-signin = niemand. Nicht einmal, ob eine Adresse zu einem Mitglied gehört.
signin-button = Link und Code schicken
linksent-title = Schau in deine Mails
linksent-lead = Wenn { $email } zu einem Mitglied gehört, sind ein Link und ein Code unterwegs. Öffne den Link in diesem Browser, oder tippe den Code hier ein.
linksent-no-mail = Dieser Server verschickt keine Mails. Da du ihn betreibst, ist hier der Link:
field-code = Sechsstelliger Code
linksent-button = Anmelden
linksent-until = Beide gelten bis { $until }, oder länger, wenn es in der Mail steht.
linksent-last = Kommt keine neue Mail, gilt die letzte, die du bekommen hast, auch hier.
linksent-again = Einen neuen Link anfordern
code-wrong = Dieser Code geht nicht: Vielleicht stimmt eine Ziffer nicht, oder er ist verbraucht oder zu alt. Nimm die neueste Mail, öffne ihren Link in diesem Browser oder bitte unten um einen neuen.
confirmlink-title = Hier anmelden?
confirmlink-lead = Du hast diesen Link in diesem Browser angefordert. Ein Klick, und du bist drin.
confirmlink-button = Ja, melde mich an
otherbrowser-title = Tippe diesen Code dort ein, wo du angefangen hast
otherbrowser-lead = Du hast den Link in einem anderen Browser oder auf einem anderen Gerät angefordert. Geh dorthin zurück und tippe:
otherbrowser-warning = Du hast nichts angefordert? Dann sag niemandem diesen Code und schließ die Seite.
otherbrowser-spent = Dieser Link ist verbraucht
otherbrowser-spent-about = Ein Link gilt einmal, zehn Minuten lang, und nur der neueste.
refused-title = Das geht gerade nicht
refused-back = Zurück
again-button = Noch einmal schicken
sendagain-title = Willkommen zurück
sendagain-lead = Was du vorher geschrieben hast, ist noch da. Schick es mit einem Klick, oder kopiere es von unten.
signin-kept = Du warst inzwischen abgemeldet. Was du geschrieben hast, kommt mit: Nach dem Anmelden schickst du es mit einem Klick.
trouble-start = Zur Startseite
trouble-reference = Wenn du dem Betrieb schreibst, nenn diese Nummer:
trouble-bad_text = Das war nicht lesbar
trouble-bad_text-about = Das Formular kam als etwas an, das kein Text ist. Es wurde nichts geändert. Kopiere, was du geschrieben hast, lade die Seite neu und schick es noch einmal; speichere Dateien als „CSV UTF-8“.
trouble-forbidden = Bitte schick es noch einmal
trouble-forbidden-about = Dieses Formular war zu lange offen oder kam von einer anderen Seite. Geh zurück, lade die Seite neu und schick es noch einmal. Es wurde nichts geändert.
trouble-not_found = Hier ist nichts
trouble-not_found-about = Entweder gibt es diese Seite nicht, oder sie ist nicht für dich. Wenn du Mitglied bist, melde dich zuerst an.
trouble-too_large = Das ist zu viel
trouble-too_large-about = Ein Text darf 64 KiB haben, eine Mitgliederliste 2 MiB. Geh zurück und schick weniger.
trouble-wrong_host = Das ist nicht unsere Adresse
trouble-wrong_host-about = Dieser Server hat einen anderen Namen. Nimm den Link aus deiner Mail.
trouble-too_many = Bitte etwas langsamer
trouble-too_many-about = Das waren sehr viele Anfragen. Warte eine Minute und versuch es noch einmal.
trouble-broken = Hier ist etwas kaputtgegangen
trouble-broken-about = Das liegt an uns, nicht an dir. Lade die Seite in einer Minute neu und sieh nach, ob deine Handlung da ist, bevor du sie wiederholst.
trouble-unknown = Wir wissen es noch nicht
trouble-unknown-about = Der Server wurde beim Speichern unterbrochen. Lade die Seite in einer Minute neu: Entweder ist deine Handlung da, oder du kannst sie gefahrlos wiederholen.
trouble-full = Der Server ist voll
trouble-full-about = Er kann gerade nichts speichern; lesen geht. Kopiere, was du geschrieben hast, und sag dem Betrieb Bescheid.
mailbox-title = Demo-Postfach
mailbox-lead = Mails an { $address } landen hier. Sie wurden mit demselben Code befördert, der mit echten Mailservern spricht.
mailbox-empty = Noch keine Mail.
invitation-sent = Danke. Ein Brief ist auf dem Weg zu { $email }: Öffne seinen Link, um die Einladung anzunehmen. Kommt in einigen Minuten keiner, geh zurück und sieh nach, ob die Adresse stimmt.
fault-long = Höchstens { $max } Zeichen. Bitte kürze es.
charter-default = Übliche Regeln
charter-default-about = Zwei andere zeichnen mit, dann entscheiden einige ausgeloste Mitglieder. Kleine Gruppen fragen alle.
charter-small_group = Kleine Gruppe
charter-small_group-about = Für bis zu dreißig Leute, die sich kennen: Eine Person zeichnet mit, dann entscheiden alle oder fünf von euch binnen Tagen.
charter-two_juries = Zwei Jurys
charter-two_juries-about = Ab hundert Mitgliedern, die lieber warten, als zu oft zu rufen: Zwei Jurys nacheinander müssen zustimmen.
operator-title = Dieser Server
operator-lead = Du hältst ihn am Laufen. In keiner Gruppe hast du eine Stimme, und nichts aus ihnen steht hier.
operator-groups =
    { $count ->
        [one] 1 Gruppe
       *[other] { $count } Gruppen
    }
operator-letters =
    { $count ->
        [one] 1 Brief wartet
       *[other] { $count } Briefe warten
    }
operator-parked =
    { $count ->
        [one] 1 Zustellung wurde aufgegeben
       *[other] { $count } Zustellungen wurden aufgegeben
    }
operator-rounds =
    { $count ->
        [one] 1 Auslosung wartet auf ihre öffentliche Zufallszahl
       *[other] { $count } Auslosungen warten auf ihre öffentlichen Zufallszahlen
    }
operator-links = Links zum Weitergeben
operator-links-about = Es ist keine Mail eingerichtet: Gib jeden Link selbst seiner Person, und sonst niemandem.
operator-link-sign_in = Anmeldung
operator-link-invitation = Einladung
operator-link-notice = Nachricht
