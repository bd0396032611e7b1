# Einstellungen, Pause, Austritt und die Seiten, die noch einmal fragen.

settings-title = Einstellungen
settings-you = Du
settings-slot = Im Protokoll der Gruppe bist du Mitglied { $number }. Dein Name steht dort nie.
field-zone = Zeitzone
fault-zone = Diese Zone kennen wir nicht. Schreib sie wie Europe/Berlin.
settings-mail = Mails
mail-kind-broadcasts = Nachrichten, die alle bekommen
mail-kind-duty = Wenn ich ausgelost werde, und Erinnerungen daran
mail-kind-activity = Was mit meinen Vorschlägen und Mitzeichnungen geschieht
settings-duty = Dienst in Jurys
field-rest = Ruhetage zwischen zwei Diensten
field-rest-hint =
    0 bis 90. Die Regeln geben mindestens { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    }.
fault-date = Wähl einen Tag in der Zukunft, höchstens in einem Jahr.
seen-settings = Mitglieder sehen deinen Namen, wenn du das Häkchen setzt; den Rest sieht niemand. Deine Ruhetage stehen im Protokoll, unter deiner Nummer.
settings-save = Speichern
pause-title = Pause
pause-about = In einer Pause wirst du nicht ausgelost. Die Nachrichten bekommst du weiter.
field-pause = Letzter Tag der Pause
seen-pause = Die Pause steht im Protokoll, unter deiner Nummer.
pause-button = Pause beginnen
pause-resume = Pause jetzt beenden
export-title = Alles mitnehmen
export-about = Eine Datei mit dem ganzen Protokoll, das Mitglieder lesen dürfen: zum Aufheben, zum Prüfen oder um die Gruppe anderswo neu zu gründen.
seen-export = Niemand sieht, dass du es herunterlädst.
export-button = Protokoll herunterladen
go-title = Gehen
go-about = Sofort und ohne jemanden zu fragen.
go-leave = Gruppe verlassen
go-erase = Meine Daten löschen
confirm-sure = Ja, ich bin sicher
confirm-back = Nein, zurück
confirm-leave-title = Gruppe verlassen?
confirm-leave-about = Du bist sofort draußen. Um zurückzukommen, brauchst du eine neue Einladung.
confirm-leave-stays = Was du geschrieben hast, bleibt, mit deinem Namen, wo er gezeigt wurde.
confirm-leave-goes = Du bekommst keine Mails dieser Gruppe mehr und wirst nicht mehr ausgelost.
seen-leave = Mitglieder sehen, dass jemand gegangen ist, als Nummer.
confirm-leave-button = Verlassen
confirm-erase-title = Deine Daten löschen?
confirm-erase-about = Du verlässt die Gruppe, und Name und Adresse werden auf diesem Server vernichtet. Das lässt sich nicht rückgängig machen.
confirm-erase-stays = Deine Nummer bleibt im Protokoll, ebenso Kopien in den Mails anderer.
confirm-erase-goes = Name, Adresse, Einstellungen, Entwürfe und die Texte deiner Vorschläge sind weg.
seen-erase = Mitglieder sehen, dass jemand seine Daten gelöscht hat, als Nummer.
confirm-erase-button = Alles von mir löschen
confirm-withdraw-title = Diesen Vorschlag zurückziehen?
confirm-withdraw-about = Er endet jetzt. Mitzeichnungen und Antworten zählen nicht mehr. Du kannst einen neuen schreiben.
seen-withdraw = Alle Mitglieder sehen, dass du ihn zurückgezogen hast.
confirm-withdraw-button = Zurückziehen
confirm-unsubscribe-title = Diese Mails abbestellen?
confirm-unsubscribe-about = Du bleibst Mitglied und siehst alles im Netz. In den Einstellungen kannst du die Mails wieder einschalten.
seen-unsubscribe = niemand.
confirm-unsubscribe-button = Mails abbestellen
