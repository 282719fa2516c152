vocabulary-label = Vokabular
vocabulary-hint = Wie welches Design der Hersteller diese Seiten aussehen. Die Daten bleiben dieselben.
