vocabulary-label = Vokabular
vocabulary-hint = Welchem Design der Hersteller diese Seiten folgen. Die Daten bleiben dieselben.
