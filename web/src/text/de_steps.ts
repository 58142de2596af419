/** Deutsch: the steps of the lesson. */
import type { Lesson } from './table.ts'

export const steps: Lesson['steps'] = {
  snapshots: {
    title: 'Momentaufnahmen',
    text:
      'Wer eine Zelle misst, zerstört sie. Niemand sieht also eine Zelle zweimal. Es gibt nur ' +
      'Momentaufnahmen: zu ' +
      'wenigen Zeiten t, jedes Mal von anderen Zellen. Klicke auf ein kleines Bild, um zu seiner Zeit zu gehen.',
    figure: { label: 'Ein kleines Bild für jede Momentaufnahme', go: '{t}: dorthin gehen' },
    question: {
      ask: 'Welcher Punkt des zweiten Bildes ist dieselbe Zelle wie ein Punkt des ersten?',
      options: ['Der nächste', 'Keiner', 'Der mit derselben Farbe'],
      right: 1,
      why: 'Jede Zelle wird einmal gemessen. Die Bilder verbindet nur, wie viele Zellen wo sind.',
    },
  },
  guess: {
    title: 'Wohin geht diese Zelle?',
    text:
      'Der Ring bezeichnet eine Zelle. Aus allen Momentaufnahmen zusammen hat ein Modell gelernt, wie sich ' +
      'Zellen ' +
      'bewegen. Überlege, wohin, bevor du seine Antwort siehst. Die Linie, die das Modell dann zeichnet, ' +
      'heißt Pfad der Zelle.',
    figure: {
      pin: 'Tipp abgeben',
      pinning: 'Klicke die Stelle im Bild an',
      pinningKeys: 'oder verschiebe das Bild mit den Pfeiltasten, bis das Kreuz dort ist, und drücke Enter',
      reveal: 'Pfad zeigen',
      again: 'Andere Zelle',
      yours: 'dein Tipp',
      stays: 'bleibt, wo sie ist',
      middle: 'Mitte der letzten Momentaufnahme',
      away: 'Abstand vom Ende des Pfades, in Einheiten der Streuung aller Zellen:',
      won: 'Näher als beide einfachen Antworten.',
      lost: 'Eine einfache Antwort ist ebenso nah. Versuche eine andere Zelle.',
      tally: '{won} von {all} Tipps waren näher als beide einfachen Antworten.',
      chosenLast: 'Nach der letzten Zeit kommt nichts mehr: nimm eine andere Zelle.',
    },
  },
  oneGene: {
    title: 'Ein Gen',
    text:
      'Es sei x die Menge dessen, was ein Gen herstellt. Die Zelle macht davon b in jeder Zeiteinheit. Was da ' +
      'ist, ' +
      'wird außerdem mit der Zahl a vervielfacht: unter 0 geht es verloren, und je mehr da ist, desto mehr. ' +
      'Beides ' +
      'zusammen ist die Rate: wie schnell sich x ändert. Man schreibt dafür dx/dt.',
    formula: 'dx/dt = a x + b',
    figure: {
      label: 'Die Menge x mit der Zeit',
      a: 'a = {a}: {meaning}',
      loses: 'ein Teil geht verloren',
      keeps: 'nichts geht verloren',
      gains: 'es vermehrt sich selbst',
      b: 'b = {b}: was gemacht wird',
      x: 'x = {x} am Anfang',
      now: 'Am Anfang: {a} · {x} + {b} = {rate}',
      task: 'Aufgabe: x soll bei 1 zur Ruhe kommen, von jedem Anfang aus.',
      done: 'Geschafft: wo x ruht, geht so viel verloren, wie gemacht wird.',
    },
  },
  twoGenes: {
    title: 'Zwei Gene: Pfeile',
    text:
      'Mit zwei Genen ist eine Zelle ein Punkt: die erste Menge geht nach rechts, die zweite nach oben. Die ' +
      'beiden ' +
      'Raten ergeben an jedem Punkt einen Pfeil: wohin die Zelle als Nächstes geht. Wer den Pfeilen folgt, ' +
      'hat einen ' +
      'Pfad. Klicke, um anderswo zu beginnen.',
    figure: {
      label: 'Pfeile für zwei Gene und der Pfad einer Zelle',
      own: 'jedes auf sich selbst: {value}',
      onFirst: 'zweites Gen auf das erste: {value}',
      onSecond: 'erstes Gen auf das zweite: {value}',
      task: 'Aufgabe: der Pfad soll sich um die Mitte drehen.',
      done: 'Geschafft: eines hilft dem anderen und wird von ihm gebremst. Darum dreht sich der Pfad.',
      first: 'erstes Gen',
      second: 'zweites Gen',
    },
  },
  matrix: {
    title: 'Vier Zahlen in einer Tabelle',
    text:
      'Die Pfeile kamen aus vier Zahlen. In Zeilen und Spalten heißen sie Matrix, A. Die Zeile sagt, wer sich ' +
      'ändert, ' +
      'die Spalte, wer es bewirkt. Die Formel sieht damit aus wie zuvor und gilt für beliebig viele Gene.',
    formula: 'dx/dt = A x + b',
    figure: {
      label: 'Eine Matrix mit zwei Zeilen und zwei Spalten',
      pick: 'Wähle eine Zahl:',
      reads: 'Zeile {row}, Spalte {column}: Gen {column} {effect} Gen {row}.',
      raises: 'erhöht',
      lowers: 'senkt',
      leaves: 'ändert nicht',
      sum: 'Rate von Gen {row} = {first} · x1 + {second} · x2',
    },
    question: {
      ask: 'Gen 1 erhöht Gen 2. Wo steht diese Zahl?',
      options: ['Zeile 1, Spalte 2', 'Zeile 2, Spalte 1', 'Zeile 2, Spalte 2'],
      right: 1,
      why: 'Gen 2 ändert sich: Zeile 2. Gen 1 bewirkt es: Spalte 1.',
    },
  },
  components: {
    title: 'Bündel von Genen',
    text:
      'Eine Zelle hat Tausende von Genen, und viele steigen und fallen zusammen. Ein solches Bündel heißt ' +
      'Komponente: PC1 ist die stärkste. Die Achsen des Bildes sind Komponenten. Jede zählt in Einheiten ihrer ' +
      'eigenen Streuung über alle Zellen: standardisiert. Nun ist x eine kurze Liste von Zahlen und A eine ' +
      'kleine Matrix.',
    figure: {
      label: 'Die Matrix der gewählten Zelle',
      caption: 'A dieser Zelle: wie Komponente (Spalte) Komponente (Zeile) ändert, standardisiert',
    },
  },
  operator: {
    title: 'Eine Matrix für jede Zelle',
    text:
      'Eine Matrix für alle Zellen wäre zu einfach: Stammzelle und Nervenzelle ändern sich verschieden. Darum ' +
      'liest ein ' +
      'Netz, eine lange Formel mit gelernten Zahlen, wo eine Zelle ist und wann. Es antwortet mit einer ' +
      'Matrix A und ' +
      'mit b für diese Zelle allein: ihrem Operator. Wähle andere Zellen im Bild und vergleiche.',
    formula: 'dx/dt = A(x, t) x + b(x, t)',
    figure: { caption: 'A dieser Zelle: wie Komponente (Spalte) Komponente (Zeile) ändert, standardisiert' },
  },
  eigenvalues: {
    title: 'Wachsen, schrumpfen, drehen',
    text:
      'In manchen Richtungen tut eine Matrix etwas Einfaches: sie streckt nur, staucht nur, oder dreht. Wie ' +
      'schnell, ' +
      'sagt für jede Richtung eine Zahl, der Eigenwert λ. Re λ über 0: Zellen gehen auseinander. Unter 0: sie ' +
      'kommen ' +
      'zusammen. Ist Im λ nicht 0, so drehen sie sich.',
    figure: {
      label: 'Pfade von zehn Punkten unter einer Matrix',
      re: 'Re λ = {value}: {meaning}',
      im: 'Im λ = {value}: {meaning}',
      shrinks: 'schrumpft',
      keeps: 'behält seine Größe',
      grows: 'wächst',
      turns: 'dreht sich',
      straight: 'dreht sich nicht',
      own: 'Die der gewählten Zelle:',
      task: 'Aufgabe: die Punkte sollen sich drehen, ohne zu wachsen oder zu schrumpfen.',
      done: 'Geschafft: das ist eine Uhr, wie der Zellzyklus.',
    },
  },
  cloud: {
    title: 'Eine Linie allein wäre eine Lüge',
    text:
      'Der Pfad sieht sicher aus. Doch die Zelle wurde einmal gemessen, und niemand sah, wohin sie ging. Die ' +
      'Momentaufnahmen stützen eine Wolke: die gemessenen Zellen der nächsten Zeit, zu denen sie geworden ' +
      'sein kann. ' +
      'Es sind die Ringe im Bild. Wo sie weit auseinander liegen, sagt der Pfad wenig.',
    figure: { none: 'Diese Seite kann sie nicht berechnen: sie kam ohne Beschriftungen und Expression.' },
    question: {
      ask: 'Die Ringe füllen die ganze Momentaufnahme. Was wissen wir von der Zukunft der Zelle?',
      options: ['Den Pfad', 'Die Mitte der Ringe', 'Nicht mehr als von jeder Zelle ihrer Zeit'],
      right: 2,
      why: 'Wenn sie überall sein kann, ist der Pfad nur einer von vielen, die ebenso passen.',
    },
  },
  mmd: {
    title: 'Sehen zwei Wolken gleich aus?',
    text:
      'Um zu lernen, bewegt das Modell eine Momentaufnahme vorwärts und vergleicht die Wolke mit der ' +
      'nächsten. Nicht ' +
      'Zelle für Zelle: keine wurde zweimal gesehen. Es nimmt alle Paare. MMD² ist nahe 0, wenn beide Wolken ' +
      'dieselben ' +
      'Orte füllen. σ sagt, wie weit eine Zelle sieht.',
    formula: 'MMD² = nahe Paare in jeder Wolke − nahe Paare zwischen den Wolken',
    figure: {
      label: 'Zwei Wolken von Punkten; MMD² ist {value}',
      away: 'Abstand der Wolken: {value}',
      sigma: 'Breite σ = {value}',
    },
  },
  kinetic: {
    title: 'Keine Umwege',
    text:
      'Viele Wege führen von einer Wolke zur nächsten. Ein Umweg muss schnell sein, und schnelle Bewegung ' +
      'kostet: ' +
      'kinetische Energie. Ein wenig davon, mit Gewicht λ, kommt zu dem hinzu, was das Modell klein machen soll.',
    formula: 'MMD² + λ · Mittel |dx/dt|²',
    figure: {
      label: 'Ein Pfad mit Umweg; seine kinetische Energie ist das {value}-fache der des geraden',
      mean: 'Mittel |dx/dt|² = {value}',
      detour: 'Umweg',
      caption: 'Die Punkte liegen gleiche Zeiten auseinander. Der gerade Pfad hat 1,00.',
    },
    question: {
      ask: 'Was tut das Modell, wenn λ sehr groß ist?',
      options: ['Es bewegt die Zellen zu wenig', 'Es macht größere Umwege', 'Nichts ändert sich'],
      right: 0,
      why: 'Stillstehen kostet nichts. Versuche es unter Trainieren: setze λ auf 3.',
    },
  },
  score: {
    title: 'Taugt es etwas?',
    text:
      'Wer die Antworten gesehen hat, kann sie wiederholen. Darum wird eine Zeit zurückgehalten: das Modell ' +
      'lernt ohne ' +
      'sie und muss sagen, wo die Zellen dann sind. W1 misst, wie falsch es liegt: wie weit seine Zellen im ' +
      'Mittel gehen ' +
      'müssten, um die echten zu werden. Auch echte Zellen unterscheiden sich durch Zufall: das ist die ' +
      'Rauschgrenze.',
    figure: {
      label: 'W1 fällt, während sich die Zellen zur nächsten Momentaufnahme bewegen',
      to: 'W1 zu den Zellen der Zeit {t}',
      caption:
        'Die Zellen der Zeit {from} gehen zu denen der Zeit {to}, je {count}. Dieses Modell hat beide Zeiten ' +
        'gesehen. ' +
        'Bei einer Prüfung darf es das nicht.',
    },
    question: {
      ask: 'Ein Modell hat W1 = 0 zu einer Zeit, mit der es gelernt hat. Ist es gut?',
      options: ['Ja, vollkommen', 'Das lässt sich daraus nicht sagen'],
      right: 1,
      why:
        'Es kann die Antworten auswendig gelernt haben. Nur eine Zeit, die es nicht gesehen hat, ist eine ' +
        'Prüfung.',
    },
  },
}
