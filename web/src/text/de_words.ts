/** Deutsch: what terms mean, and what stands on buttons. */
import type { Lesson } from './table.ts'

export const glossary: Lesson['glossary'] = {
  snapshot: {
    forms: 'Momentaufnahmen?|snapshots?',
    says: 'Alle Zellen, die zu einer Zeit gemessen wurden. Sie werden dabei zerstört.',
  },
  model: {
    forms: 'Modelle?|Modells|models?',
    says: 'Eine Formel mit Zahlen, die aus Daten gelernt sind. Sie sagt, wie sich Zellen bewegen.',
  },
  path: { forms: 'Pfade?n?s?|paths?', says: 'Die Linie, auf der das Modell eine Zelle von ihrer Zeit an bewegt.' },
  rate: { forms: 'Raten?|rates?', says: 'Um wie viel sich eine Menge in einer Zeiteinheit ändert.' },
  matrix: {
    forms: 'Matrix|Matrizen|matrices',
    says: 'Eine Tabelle von Zahlen: jede sagt, wie das, wofür die Spalte steht, das der Zeile ändert.',
  },
  component: {
    forms: 'Komponenten?|components?|PC\\d+',
    says: 'Eine gewichtete Summe von Genen, die zusammen steigen und fallen.',
  },
  whitened: {
    forms: 'standardisiert|whitened|whitening',
    says: 'Gezählt in Einheiten der Streuung über alle Zellen, damit jede Komponente gleich viel gilt.',
  },
  network: {
    forms: 'Netze?s?|(?:neural )?networks?',
    says: 'Eine lange Formel mit vielen gelernten Zahlen; bei Genen: welches auf welches wirkt.',
  },
  operator: {
    forms: 'Operator(?:en|s)?|operators',
    says: 'Die Matrix A mit dem Zusatz b, die für eine Zelle zu ihrer Zeit gilt.',
  },
  eigenvalue: {
    forms: 'Eigenwerte?s?|eigenvalues?',
    says:
      'Sagt von einer Richtung, wie schnell Zellen auseinander gehen (über 0), zusammen (unter 0), oder ' + 'drehen.',
  },
  cloud: { forms: 'Wolken?|clouds?', says: 'Viele Zellen zusammen: wo sie sind, und wie viele wo.' },
  mmd: {
    forms: 'MMD²?|maximum mean discrepancy',
    says: 'Eine Zahl, die zwei Wolken über alle Paare von Zellen vergleicht; 0 heißt, sie sehen gleich aus.',
  },
  kinetic: {
    forms: 'kinetische?r?|kinetic',
    says: 'Der Bewegung: das Quadrat der Geschwindigkeit der Zellen, im Mittel.',
  },
  w1: {
    forms: 'W1|Wasserstein distance',
    says: 'Wie weit Zellen im Mittel gehen müssen, um aus einer Wolke die andere zu machen. Weniger ist besser.',
  },
  heldOut: {
    forms: 'zurückgehalten|held[- ]out',
    says: 'Dem Modell beim Lernen nicht gezeigt, damit man es danach fragen kann.',
  },
  noiseFloor: {
    forms: 'Rauschgrenze|noise floor',
    says: 'Der Wert, den der Zufall allein gibt: zwei Hälften derselben echten Zellen, miteinander verglichen.',
  },
}

export const words: Lesson['words'] = {
  lesson: 'Lektion',
  why: 'Warum geht diese Zelle dorthin?',
  cases: 'Simulierte Zellen mit einer Frage',
  stepOf: 'Schritt {step} von {all}',
  back: 'Zurück',
  next: 'Weiter',
  step: 'Schritt {step}',
  doTheTest: 'Zur Prüfung',
  right: 'Richtig.',
  wrong: 'Nicht ganz.',
  noModel: 'Dafür braucht es ein Modell: trainiere eines unter Trainieren, oder geh weiter.',
  making: 'wird simuliert …',
  madeOf: '{cells} Zellen zu {times} Zeiten, hier in {ms} ms simuliert.',
  train: 'Hier ein Modell von ihnen trainieren',
  training: 'Schritt {step} von {all} …',
  stop: 'Anhalten',
  knockOut: 'Ausgeschaltet',
  nothing: 'nichts',
  showTruth: 'Die Wahrheit zeigen',
  trueNetwork: 'Wer wirklich auf wen wirkt',
  noEdge: 'Nichts wirkt auf etwas.',
  hiddenGene: 'nicht gemessen',
  acts: 'hilft',
  represses: 'bremst',
  found: 'gefunden',
  notFound: 'nicht gefunden',
  foundWrong: 'gefunden, aber nicht wahr: ',
  foundBy:
    'Die Linien im Bild sind ganze wahre Wege anderer Zellen, die kein Versuch sieht. ‚Gefunden‘ ist, was das ' +
    'Netz der ' +
    'Gene aus diesen Zellen liest.',
  ownCells: 'Zurück zu den Zellen dieser Seite',
  moreTimes: 'Zu fünf Zeiten messen',
  teacher: 'Für Lehrende',
  hide: 'Verbergen',
  'part-explore': 'Reiter Erkunden',
  'part-fates': 'Reiter Schicksale',
  'part-genes': 'Reiter Gene',
  'part-evaluate': 'Reiter Wie gut ist es?',
  'part-train': 'Reiter Trainieren',
  'part-tour': 'Reiter Tour',
  'part-controls': 'was über dem Bild steht',
  'part-timeline': 'die Zeitleiste',
  'part-files': 'Öffnen und Sichern',
  'part-panel': 'diese Tafel',
  'part-teacher': 'diesen Abschnitt',
  large: 'Große Schrift',
  freeze: 'Einfrieren',
  goOn: 'Weitermachen',
  keepView: 'Diese Ansicht merken',
  dropViews: 'Ansichten vergessen',
  views: 'Ansichten der Lektion',
  view: 'Ansicht',
  copyLink: 'Link kopieren',
  copied: 'Kopiert.',
}
