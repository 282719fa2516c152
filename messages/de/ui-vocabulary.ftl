vocabulary-label = SAP-Bezeichnungen
vocabulary-hint = Wählen Sie die Bezeichnungen des SAP-Produkts, das Sie verwenden. Die Daten bleiben dieselben.
vocabulary-classic-hint = Hier genügt AuthGroup.API.Admin allein, um Anfragen anzusehen, zu genehmigen und abzulehnen.
