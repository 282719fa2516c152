# What the roles are for.

role-purpose-portal-administrator = Öffnet die Registerkarte Connection eines Portals; generiert, kopiert, exportiert und widerruft seine Zugangsdaten.
role-purpose-portal-registration = Reicht Verbindungsanfragen ein, bearbeitet die Zugangsdaten eigener Anfragen, stellt Verbindungen wieder her.
role-purpose-hub-administrator = Sieht Verbindungsanfragen an, genehmigt sie und lehnt sie ab; außer im Classic Design zusammen mit AuthGroup.APIPortalRegistration.
role-technical = { $role } gehört dem technischen Benutzer der generierten Zugangsdaten und wird nie an Personen vergeben
    .remedy = Wählen Sie eine davon: { $roles }.
role-unknown = es gibt keine Rollensammlung namens { $name }
    .remedy = { role-technical.remedy }

# What the roles of service instances are for.

role-purpose-catalog-integration = Für die Verbindung mit einem API-Hub: Der Hub liest die APIs des Portals.
role-purpose-administrator = Für Programme, die das Portal verwalten; sie können auch seine APIs lesen.
role-purpose-self-service = Für die Einrichtung des Portals; die APIs des Portals lassen sich damit nicht lesen.

# What a person does; it reads after "may not", "in order to" and "it is not possible to".

action-manage-portal = API-Portale zu verwalten
action-open-connection-tab = die Registerkarte Connection zu öffnen
action-generate-credentials = Zugangsdaten zu generieren
action-import-credentials = Zugangsdaten zu importieren
action-hand-over-credentials = Zugangsdaten zu kopieren oder zu exportieren
action-test-credentials = die Verbindung eines Portals zu testen
action-manage-service-instances = Serviceinstanzen und -schlüssel zu verwalten
action-manage-apis = die APIs eines Portals zu verwalten
action-manage-token-service = den Token-Service zu verwalten
action-manage-hub = API-Hubs zu verwalten
action-submit-request = Verbindungsanfragen einzureichen
action-edit-credentials = die Zugangsdaten einer Anfrage zu bearbeiten
action-view-request = Verbindungsanfragen anzusehen
action-approve-request = Verbindungsanfragen zu genehmigen
action-reject-request = Verbindungsanfragen abzulehnen
action-reestablish = Verbindungen wiederherzustellen
action-test-document = Zugangsdaten zu testen, bevor sie eingereicht werden
action-test-request = Verbindungen zu testen
action-delete-destination = Destinations zu löschen
action-manage-checks = festzulegen, wie Verbindungen getestet werden
action-record-decision = festzuhalten, was in SAP entschieden wurde
action-change-record = den Eintrag zu berichtigen
action-forget-record = den Eintrag zu vergessen

# The text by which a person asks for roles.

role-request =
    Betreff: Bitte um { $count ->
        [one] eine Rollensammlung
       *[other] Rollensammlungen
    }

    Guten Tag,

    um { $action }, benötige ich { $count ->
        [one] diese Rollensammlung
       *[other] diese Rollensammlungen
    }:

    { $roles }

    Bitte weisen Sie sie meinem Benutzer { $email } zu (Security > Users > Role Collections).

    Vielen Dank
    { $name }
