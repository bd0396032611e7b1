# Startseite der Gruppe, Mitglieder, Einladungen, öffentliche Seite, Schreiben.

home-title = Start
home-duty = Du bist dran
duty-jury = Du wurdest ausgelost: Sollen das jetzt alle sehen?
duty-jury_cast = Beantwortet. Du kannst es bis zum Ende ändern.
duty-answer = Dein Text kam zurück. Was nun?
duty-co_sign_again = Du hast eine frühere Fassung mitgezeichnet. Sieh nach, was sich geändert hat.
home-paused = Du pausierst bis { $until } und wirst nicht ausgelost.
home-write = Allen schreiben
home-invite = Jemanden einladen
home-broadcasts = Was alle bekommen haben
home-all = Alle, mit ihren Urkunden
broadcasts-count =
    { $count ->
        [one] Bisher 1 Nachricht.
       *[other] Bisher { $count } Nachrichten, die neueste zuerst.
    }
broadcasts-certificate = Urkunde zu Nr. { $number }
broadcasts-nav = Ältere und neuere Nachrichten
broadcasts-older = Ältere Nachrichten
broadcasts-newest = Die neuesten Nachrichten
home-older =
    { $count ->
        [one] 1 ältere
       *[other] { $count } ältere
    }; jede führt zu der vor ihr.
home-quiet = Noch ist es still hier.
home-quiet-about = Die erste Nachricht an alle kann deine sein.
home-quiet-charter = So geht das
home-yours = Deine
home-draft = Entwurf, gespeichert { $saved }
draft-untitled = Ohne Titel
home-open = Offene Vorschläge
home-open-none = Gerade ist nichts offen.
home-members =
    { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    }
broadcast-number = Nr. { $number }
broadcast-public = öffentlich
people-title = Mitglieder
people-count =
    { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitglieder
    }. Du siehst die, die gesehen werden wollen.
people-more =
    Und { $count ->
        [one] 1 weitere Person
       *[other] { $count } weitere Personen
    } mit Namen.
people-unnamed =
    { $count ->
        [one] 1 Mitglied zeigt
       *[other] { $count } Mitglieder zeigen
    } keinen Namen.
people-you-shown = Dein Name wird hier gezeigt.
people-you-hidden = Dein Name wird hier nicht gezeigt.
invite-title = Jemanden einladen
invite-lead =
    Du lädst ein, { $needed ->
        [one] ein anderes Mitglied bürgt
       *[other] { $needed } andere bürgen
    }, und dann ist die Person Mitglied wie alle anderen.
field-invite-email = E-Mail-Adresse der Person
field-invite-email-hint = Lass sie leer, dann bekommst du einen Link zum Zeigen.
field-statement = Warum diese Person?
field-statement-hint = Für die, die bürgen. Woher kennt ihr euch? Schreib nichts, was jemandem schaden könnte.
seen-invite = Alle Mitglieder sehen deine Begründung und dass du einlädst. Die Adresse sieht niemand.
invite-button = Einladen
invite-new =
    Neue Mitglieder können sofort schreiben. Mitzeichnen und in Jurys sitzen können sie nach { $days ->
        [one] 1 Tag
       *[other] { $days } Tagen
    }.
invite-show = Zeig das der Person
invite-show-about = Sie scannt es oder tippt den Link ab. Er gilt einmal.
invitation-title = Du bist eingeladen: { $group }
invitation-by = { $name } lädt dich ein.
invitation-members =
    Die Gruppe hat { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    }.
invitation-button = Einladung annehmen
invitation-what = In dieser Gruppe kann jedes Mitglied allen schreiben, und Ausgeloste entscheiden, was alle bekommen. Du kannst jederzeit gehen.
invitation-waiting = Danke. Jetzt muss ein Mitglied für dich bürgen. Wir schreiben dir.
invitation-admitted = Du bist Mitglied. Melde dich mit deiner Adresse an.
invitation-void = Diese Einladung gilt nicht mehr
invitation-void-about = Sie ist zu alt, benutzt oder zurückgezogen. Bitte die Person, die dich eingeladen hat, um eine neue.
field-my-name = Dein Name in dieser Gruppe
field-my-name-hint = So, wie du genannt werden willst. Darf leer bleiben.
field-show-name = Meinen Namen den Mitgliedern dieser Gruppe zeigen
seen-accept-invitation = Mitglieder sehen deinen Namen nur mit Häkchen. Deine Adresse sieht niemand.
public-title = Öffentlich
public-broadcasts = Nachrichten an die Öffentlichkeit
public-none = Diese Gruppe hat noch nichts öffentlich gesagt.
public-how = Jede dieser Nachrichten hat eine Jury aus ausgelosten Mitgliedern beschlossen.
public-feed = Als Atom-Feed abonnieren
write-lead =
    Wenn du sie öffnest, { $needed ->
        [one] zeichnet ein anderes Mitglied
       *[other] zeichnen { $needed } andere
    } mit; dann entscheidet eine ausgeloste Jury.
write-charter = Die Regeln
write-revise-title = Deinen Text überarbeiten
write-revise-lead = Das ist deine eine Überarbeitung. Das Mitzeichnen beginnt wieder bei null.
write-revise-link = Zum Vorschlag
write-preview = So wird es aussehen
field-title = Titel
field-body = Text
field-body-hint = Einfacher Text. **Fett**, Listen mit „-“ und Links gehen.
field-audience = Wer soll es bekommen?
field-warning = Inhaltswarnung, falls nötig
field-warning-hint = Ein paar Worte, die statt des Textes stehen, bis man ihn aufklappt.
fault-text-long = Ein Text hat höchstens { $bytes } Bytes. Bitte kürze ihn.
write-save = Speichern
write-preview-button = Speichern und ansehen
seen-draft = nur du, bis du es öffnest.
write-open-about =
    Fertig? Mit dem Öffnen steht fest, wer mitmachen kann. { $needed ->
        [one] Ein anderes Mitglied muss
       *[other] { $needed } andere müssen
    } genau diesen Text mitzeichnen.
seen-open =
    alle { $members ->
        [one] 1 Mitglied
       *[other] { $members } Mitglieder
    }, mit deinem Namen, wenn du ihn zeigst.
write-open = Zum Mitzeichnen öffnen
write-open-revision = Die neue Fassung öffnen
write-delete-summary = Diesen Entwurf löschen
write-delete-about = Der Entwurf und seine Fassungen sind endgültig weg.
write-delete = Löschen
versions-title = Fassungen
version-number = Fassung { $version }
version-current = aktuell
changes-title = Was sich von Fassung { $from } zu { $to } geändert hat
