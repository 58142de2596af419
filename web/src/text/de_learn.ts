/** Deutsch: the network of genes, the test of a model, its training. */
import type { Translation } from './table.ts'
import type * as en from './en_learn.ts'

export const network: Translation<typeof en.network> = {
  title: 'Welches Gen wirkt auf welches?',
  about:
    'Gelesen aus gemessener Expression allein, ohne das Modell: die **Wirkung der früheren Menge des Regulators auf ' +
    'das Ziel, durch Regression**, bei gegebenen früheren Mengen aller anderen. Das beweist nicht, dass der ' +
    'Regulator dort bindet.',
  noExpression:
    'Diese Zellen kamen ohne Expression, aus der ein Netz gelesen wird. Sie kommt mit, wenn sie aus einer h5ad ' +
    'exportiert werden, deren X Expression ist. Mit dem Programm: `cellmnn network DATEN.h5ad`.',
  directions:
    '**Richtungen:** {share} der Unterschiede liegen zwischen den Zeiten (in simulierten Netzen, die gefunden ' +
    'wurden: 23 bis 37 %).',
  noDirections:
    '**Zusammenhang, Richtung unbekannt:** nur {share} der Unterschiede liegen zwischen den Zeiten (in simulierten ' +
    'Netzen, die gefunden wurden: 23 bis 37 %).',
  edgesOf: 'Kanten von',
  allGenes: 'alle Gene',
  aboutEvidence:
    'Konfidenz, 0 bis 1: wie sicher das Vorzeichen ist, wenn immer wieder die Hälfte der Zellen genommen wird, und ' +
    'wie stark die Kante. Eine Wirkung stimmt überein (✓), wenn Zellen einer Zeit ebenso korrelieren. p: wie oft ' +
    'Zeiten in anderer Reihenfolge eine solche Kante ergeben.',
  compute: 'Konfidenz und p berechnen (etwa {minutes} min)',
  effect: 'Wirkung',
  agrees: 'Stimmt',
  no: 'nein',
  confidence: 'Konfidenz',
  computingAll: 'Übereinstimmung, Konfidenz und p werden berechnet …',
  computingAgreement: 'Übereinstimmung wird berechnet …',
}

export const held: Translation<typeof en.held> = {
  title: 'Ein Gen im Netz ausschalten',
  from: '{gene} wird von Zeit {from} an festgehalten. Zur Zeit {at} hat sich die Expression im Mittel geändert um:',
  byNetwork: 'nach dem Netz',
  byModel: 'nach dem Modell',
  coExpression: 'Koexpression',
  others: 'Von {regulators} würden {count} ebenso viel ändern.',
  about:
    'Nach dem Netz bleibt das Gen zu allen Zeiten geändert; nach dem Modell wird es einmal geändert, in den Zellen ' +
    'der ersten Zeit. Koexpression ist, was mit einer solchen Änderung in den Zellen, wie sie sind, einhergeht: wo ' +
    'sie dasselbe sagt, spricht die Antwort nicht für das Netz.',
}

export const evaluate: Translation<typeof en.evaluate> = {
  title: 'Wie gut ist es?',
  tooFewTimes: 'Um eine Zeit zurückzuhalten, brauchen die Daten mindestens drei Zeiten.',
  about:
    'Lass eine Zeit aus, trainiere mit den anderen, und bewege dann die Zellen der Zeit davor zur ausgelassenen ' +
    'Zeit. Wie nahe kommen sie den dort gemessenen Zellen?',
  leaveOut: 'Auslassen',
  trainWithout: 'Ohne Zeit {time} trainieren',
  stop: 'Anhalten',
  training: 'Training',
  aboutScores:
    'W1 ist der exakte Wasserstein-Abstand: wie weit Zellen im Mittel gehen müssen, um aus einer Wolke die andere zu ' +
    'machen, standardisiert. Weniger ist besser. Die Rauschgrenze ist, was der Zufall allein aus gleichen Wolken ' +
    'macht; Hälften haben weniger Zellen, die weiter auseinander liegen, so dass ein gutes Modell darunter liegen ' +
    'kann. MMD² vergleicht die Wolken über Paare von Zellen.',
  methods: {
    previous: ['vorherige', 'Zellen davor, nicht bewegt'],
    next: ['nächste', 'Zellen danach, nicht bewegt'],
    'ot-interpolate': ['OT-Interpolate', 'halber Weg zwischen beiden Nachbarn'],
    'noise-floor': ['Rauschgrenze', 'Zufall: Hälften der echten Zellen gegeneinander'],
  },
  ofHalves: '{what}, von {low} bis {high}',
  afterSteps: 'nach {steps} Schritten',
  trainedWithout: 'ohne diese Zeit trainiert',
  thisModel: 'dieses Modell',
  byBoth: 'dieses Modell, beide Seiten',
  fit: 'Anpassung, keine Prüfung: es hat diese Zeit gesehen',
  prediction: 'Vorhersage der Zeit {time}',
  sample: 'Die Werte gelten für {cells}, gleichmäßig gewählt.',
  takeAll: 'Alle nehmen, dauert Minuten',
  scoring: '{name} wird bewertet, {place} von {all} …',
  scoringMore: '{name} wird bewertet, {place} von {all}, an {cells} …',
  scores: 'Bewertung',
  verdicts: {
    worse:
      'Ohne Zeit {time} schlägt das Modell die benachbarten Momentaufnahmen nicht: traue dort seinen Pfaden nicht.',
    asNeighbours:
      'Ohne Zeit {time} ist das Modell ihren Zellen so nahe wie eine benachbarte Momentaufnahme, im Rahmen des ' +
      'Zufalls: seine Pfade sagen dort wenig.',
    best: 'Ohne Zeit {time} kommt das Modell ihren Zellen näher als jedes einfache Verfahren.',
    belowInterpolation:
      'Ohne Zeit {time} kommt das Modell ihren Zellen näher als beide benachbarten Momentaufnahmen, aber nicht näher ' +
      'als OT-Interpolate.',
    asInterpolation:
      'Ohne Zeit {time} kommt das Modell ihren Zellen näher als beide benachbarten Momentaufnahmen, und so nahe wie ' +
      'OT-Interpolate, im Rahmen des Zufalls.',
  },
}

export const training: Translation<typeof en.training> = {
  title: 'Hier trainieren',
  about:
    'Ein kleines Netz beginnt mit zufälligen Gewichten. Für jede Zelle x zur Zeit t gibt es A und b von dx/dt = A x ' +
    '+ b. Sieh zu, wie sich die Pfade biegen, während der Verlust fällt: MMD² mit etwas kinetischer Energie.',
  train: 'Trainieren',
  again: 'Noch einmal trainieren',
  reset: 'Zurücksetzen',
  explore: 'Dieses Modell erkunden',
  status: 'Schritt {step} von {all}, {pace}',
  notStarted: 'Nicht begonnen',
  pace: '{count} Schritte/s',
  done: 'fertig',
  stopped: 'angehalten',
  lossTitle: 'Verlust = MMD² + λ · kinetisch',
  lossFigure: 'Der Verlust und seine Teile über die Schritte',
  loss: 'Verlust',
  kineticPart: 'λ · kinetisch',
  steps: '{count} Schritte',
  heldOut: 'Güte zur zurückgehaltenen Zeit {time}: W1',
  heldOutFigure: 'Abstand zu den zurückgehaltenen Zellen über die Schritte',
  levels: { previous: 'vorherige', next: 'nächste', 'ot-interpolate': 'OT-Interp.', 'noise-floor': 'Rauschgrenze' },
  tryThis: 'Einen Versuch wert',
  noTime: 'keine Zeit',
  lr: 'Lernrate',
  lrHint: 'zu groß, und der Verlust springt',
  kinetic: 'Kinetisches Gewicht λ',
  kineticHint: 'mehr macht langsame, gerade Pfade',
  sigma: 'Breite σ der MMD',
  sigmaHint: 'wie weit Zellen einander sehen',
  stepCount: 'Schritte',
  seed: 'Startzahl',
  next: 'Sie gelten vom nächsten Training an. Dieselbe Startzahl gibt dasselbe Training.',
}
