/** Deutsch: the plot, its colours, what stands above and below it. */
import type { Translation } from './table.ts'
import type * as en from './en_plot.ts'

export const legend: Translation<typeof en.legend> = {
  time: 'Messzeit',
  timeIn: 'Messzeit, in {unit}',
  noLabel: 'ohne Beschriftung',
  expression: 'Expression, aus den Komponenten',
  fate: 'Wahrscheinlichkeit: {name}',
  byChain: 'nach der Kette der Momentaufnahmen',
  speed: 'Tempo |dx/dt|',
  ofComponents: 'Komponenten {per}',
  growth: 'Wachsen, größtes Re λ',
  weight: 'Gewicht',
  weightUnit: 'log2, 0 wie gemessen',
  parting: 'wie weit sich Wege trennen',
  partingUnit: 'Enden der Nachbarn, in Streuungen',
  models: 'wie uneins die Modelle sind',
  modelsUnit: 'Enden je Modell, in Streuungen',
  compared: 'Vorhersage und Messung',
  measuredAt: 'gemessen zur Zeit {time}',
  predictedFrom: 'vorhergesagt aus Zeit {time}',
  more: 'und {count} weitere',
  perUnit: 'je {unit}',
  perTime: 'je Zeiteinheit',
}

export const controls: Translation<typeof en.controls> = {
  colour: 'Farbe',
  speed: 'Tempo',
  growth: 'Wachsen',
  aGene: 'ein Gen',
  uncertainty: 'Unsicherheit',
  fates: 'Schicksale',
  labels: 'Beschriftung',
  moving: 'Bewegt',
  latest: 'letzte Aufnahme',
  all: 'alle Zellen',
  both: 'beide Seiten',
  cellsOf: 'Zellen der Zeit {time}',
  picture: 'Darstellung',
  components: 'Komponenten',
  across: 'Waagrecht',
  up: 'Senkrecht',
  measured: 'gemessen',
  arrows: 'Pfeile',
  truth: 'wahre Pfade',
  names: 'Namen',
  lasso: 'Lasso',
}

export const plot: Translation<typeof en.plot> = {
  keys:
    'Zellen auf zwei Achsen. Pfeiltasten verschieben, Plus und Minus ändern die Größe, 0 zeigt alles; Enter wählt ' +
    'die Zelle in der Mitte, Escape lässt sie los.',
  magnify: 'Vergrößern',
  smaller: 'Verkleinern',
  showAll: 'Alles zeigen',
  projection: '{name} 1 (Projektion)',
  hovered: '{cell}, gemessen zur Zeit {time}',
  hoveredLabel: '{cell}, gemessen zur Zeit {time}, {label}',
  labelsOf: 'Beschriftungen aus {name}',
  highlight: '{label}: {cells}. Hervorheben',
  hide: '{label} verbergen',
  take: 'Diese {cells} nehmen',
}

export const timeline: Translation<typeof en.timeline> = {
  time: 'Zeit',
  before: 'Zur Momentaufnahme davor',
  next: 'Zur nächsten Momentaufnahme',
  play: 'Abspielen',
  pause: 'Anhalten',
  shown: 'Gezeigte Zeit',
  speed: 'Tempo',
}
