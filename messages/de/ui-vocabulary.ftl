vocabulary-label = Vokabular
vocabulary-hint = Welchem Design der Hersteller diese Seiten folgen. Die Daten bleiben dieselben.
vocabulary-classic-hint = Hier genügt AuthGroup.API.Admin allein, um Anfragen anzusehen, zu genehmigen und abzulehnen.
