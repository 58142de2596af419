/** Deutsch: simulated cells with questions. */
import type { Lesson } from './table.ts'

export const cases: Lesson['cases'] = {
  switch: {
    title: 'Ein Schalter',
    story:
      'Die Gene A und B bremsen einander, und jedes hilft sich selbst. Alle Zellen beginnen gleich, mit wenig ' +
      'von ' +
      'beiden. Sieh nach, wo sie enden.',
    questions: [
      {
        ask: 'Alle Zellen beginnen gleich. Warum enden sie in zwei Gruppen?',
        options: [
          'Sie hatten verschiedene Gene',
          'Kleine Zufälle werden groß gemacht',
          'Das Modell zieht sie auseinander',
        ],
        right: 1,
        why: 'Das Gen, das zufällig vorn liegt, bremst das andere. Der Vorsprung wächst, bis eines aus ist.',
      },
      {
        ask: 'Schalte Gen A aus. Wo enden die Zellen?',
        options: ['Die Hälfte mit viel B', 'Fast alle mit viel B', 'Nirgends: beide bleiben niedrig'],
        right: 1,
        why: 'Nichts bremst B mehr. Versuche es: wähle unten A.',
      },
    ],
  },
  repressilator: {
    title: 'Eine Uhr: der Repressilator',
    story:
      'Drei Gene im Kreis: A bremst B, B bremst C, C bremst A. Jede Zelle läuft rundherum. Gemessen wurde zu ' +
      'fünf Zeiten.',
    questions: [
      {
        ask: 'In welche Richtung laufen die Zellen? Kann man es sehen?',
        options: [
          'Ja: die Farben folgen einander im Kreis, wenn die Zeiten dicht liegen',
          'Ja, an einem einzigen Bild',
          'Nein, nie',
        ],
        right: 0,
        why:
          'Ein Bild eines Kreises hat keine Richtung. Mehrere zeigen sie, wenn dazwischen keine ganze ' +
          'Runde liegt.',
      },
      {
        ask: 'Zellen beginnen nicht ganz zugleich. Was wird aus der Menge nach vielen Runden?',
        options: ['Sie bleibt zusammen', 'Sie verteilt sich über den ganzen Kreis', 'Sie bleibt stehen'],
        right: 1,
        why:
          'Jede Zelle hat ihre eigene Zeit. Ist der Kreis voll, sehen alle Bilder gleich aus: die Bewegung ' +
          'ist verborgen.',
      },
    ],
  },
  branching: {
    title: 'Verzweigung',
    story:
      'Stammzellen reifen und nehmen eines von zwei Schicksalen: 24 Gene, eine Uhr, die das Stammsein ' +
      'beendet, und ein ' +
      'Schalter. Wähle links als Farbe die Beschriftung, um Schicksale zu sehen.',
    questions: [
      {
        ask: 'Wann sieht man zum ersten Mal, welches Schicksal eine Zelle nimmt?',
        options: ['Zur ersten Zeit', 'Wenn sich die zwei Gruppen zu trennen beginnen', 'Erst zur letzten Zeit'],
        right: 1,
        why: 'Davor liegen Zellen beider Schicksale an denselben Orten. Ein Pfad durch sie hindurch ist geraten.',
      },
    ],
  },
  convergence: {
    title: 'Zusammenlauf',
    story: 'Zwei Arten von Zellen beginnen weit auseinander und werden gleich. Die Beschriftung sagt, woher sie kamen.',
    questions: [
      {
        ask: 'Gegeben ist eine Zelle der letzten Zeit ohne Beschriftung. Sieht man, woher sie kam?',
        options: ['Ja, ihr Pfad führt zurück', 'Nein: beide Arten liegen dann an denselben Orten'],
        right: 1,
        why:
          'Die Zukunft kann sicher sein, während es die Vergangenheit nicht ist. Eine Linie sieht trotzdem ' +
          'sicher aus.',
      },
    ],
  },
  decay: {
    title: 'Zerfall, der wie Hemmung aussieht',
    story: 'Das Produkt von Gen Old fällt, während das von Gen New steigt. Wer wirkt auf wen?',
    questions: [
      {
        ask: 'New steigt, wo Old fällt. Bremst New das Gen Old?',
        options: ['Ja', 'Nicht unbedingt: Old kann einfach verloren gehen', 'Ja, wenn die Wirkung stark ist'],
        right: 1,
        why:
          'Old wird nicht mehr gemacht, also zerfällt es. Nichts wirkt darauf. Die Wahrheit zeigt eine ' +
          'leere Liste.',
      },
      {
        ask: 'Welcher Versuch würde es zeigen?',
        options: ['Mehr Zellen', 'New ausschalten und auf Old sehen', 'Ein anderes Bild derselben Zellen'],
        right: 1,
        why: 'Ohne New fällt Old genauso. Mehr von denselben Zellen wiederholte nur die Frage.',
      },
    ],
  },
  growth: {
    title: 'Wachstum ohne Tod',
    story: 'Es gibt zwei Arten von Zellen, am Anfang je zur Hälfte. Am Ende sind fast alle von einer Art.',
    questions: [
      {
        ask: 'Am Ende haben fast alle Zellen A. Wurden Zellen mit B zu solchen mit A?',
        options: [
          'Ja, die meisten',
          'Nein: die mit A haben sich öfter geteilt',
          'In den Bildern sieht beides gleich aus',
        ],
        right: 2,
        why:
          'Hier teilt sich A, und keine Zelle ändert sich. Die Bilder zeigen nur Anteile: man braucht ' +
          'markierte Zellen ' +
          'oder ihre Zahl. Zeige die Wahrheit: keine Linie führt von einer Art zur anderen.',
      },
    ],
  },
  'two-times': {
    title: 'Nur zwei Zeiten',
    story: 'Diese Zellen wurden am Anfang und am Ende gemessen, dazwischen nicht.',
    questions: [
      {
        ask: 'Das Gen Pulse ist zu beiden Zeiten niedrig. Hat es je gewirkt?',
        options: ['Nein, es war immer niedrig', 'Aus den zwei Zeiten lässt es sich nicht sagen', 'Ja, sicher'],
        right: 1,
        why: 'Miss öfter, mit dem Knopf unten: Pulse steigt und fällt zwischen den beiden Zeiten.',
      },
      {
        ask: 'Ein Modell, das aus den zwei Zeiten lernt, zeichnet einen Weg. Welchen?',
        options: ['Den kürzesten', 'Den wahren', 'Einen zufälligen'],
        right: 0,
        why: 'Nichts in den Daten spricht für einen Umweg. Wo nichts gemessen wurde, ist ein Pfad eine Annahme.',
      },
    ],
  },
  confounder: {
    title: 'Ein Gen, das niemand gemessen hat',
    story: 'Gen Early steigt zuerst, Gen Late folgt. Über alle Zellen gehen sie zusammen auf und ab.',
    questions: [
      {
        ask: 'Schaltet Early das Gen Late ein?',
        options: ['Ja: es kommt zuerst', 'Ja: sie gehen zusammen', 'Vielleicht wirkt ein anderes Gen auf beide'],
        right: 2,
        why:
          'Ein nicht gemessenes Gen wirkt auf beide, auf Early schneller. Zuerst kommen ist kein Beweis ' +
          'einer Ursache.',
      },
      {
        ask: 'Schalte Early aus. Was tut Late?',
        options: ['Es bleibt niedrig', 'Es steigt wie zuvor'],
        right: 1,
        why: 'Versuche es unten: ein Gen ändern und auf das andere sehen, so findet man eine Ursache.',
      },
    ],
  },
}
