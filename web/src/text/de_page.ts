/** Deutsch: the frame of the page, opening and saving. */
import type { Translation } from './table.ts'
import type * as en from './en_page.ts'

export const counts: Translation<typeof en.counts> = {
  cell: { one: '{n} Zelle', other: '{n} Zellen' },
  measuredCell: { one: '{n} gemessenen Zelle', other: '{n} gemessenen Zellen' }, // 'von ...'
  time: { one: '{n} Zeit', other: '{n} Zeiten' },
  gene: { one: '{n} Gen', other: '{n} Gene' },
  similarGene: { one: '{n} ähnlichen Gen', other: '{n} ähnlichen Genen' }, // 'von ...'
  otherRegulator: { one: '{n} anderen Regulator', other: '{n} anderen Regulatoren' }, // 'von ...'
  otherModel: { one: '{n} anderen Modell', other: '{n} anderen Modellen' }, // 'nach ...'
}

export const frame: Translation<typeof en.frame> = {
  tabs: {
    explore: 'Erkunden',
    fates: 'Schicksale',
    genes: 'Gene',
    evaluate: 'Wie gut ist es?',
    train: 'Trainieren',
    tour: 'Tour',
  },
  views: 'Ansichten',
  toPanel: 'Zur Tafel',
  about: '{title}: {cells} zu {times}',
  aboutSample: '{title}: {cells} von {total} zu {times}',
  light: 'Helle Farben',
  dark: 'Dunkle Farben',
  close: 'Schließen',
  details: 'Einzelheiten',
  panel: 'Tafel',
  plot: 'Bild',
  refused: 'Die Zellen sind nicht von der Art wie die des Modells: {difference}.',
  doubt: 'Diese Zellen sind nicht von der Art wie die des Modells: {difference}. Es wurde trotzdem geöffnet.',
  allTheSame: 'Trotzdem öffnen',
  damaged: 'Die Zellen in dieser Seite sind beschädigt: {why}',
  moving: 'alle Zellen werden bewegt …',
  carrying: 'die Pfade werden übertragen …',
  bothSides:
    'Die Population zwischen zwei Momentaufnahmen: aus der früheren durch das eine Netz, aus der späteren durch das ' +
    'andere. Ein Punkt hat die Farbe der Zelle, von der er kommt. Solange die Zeit läuft, und für eine gewählte ' +
    'Zelle, gehen die Zellen allein vorwärts.',
  someOfBothSides: 'Sie ist aus höchstens {count} Zellen jeder Aufnahme gemacht, gleichmäßig gewählt.',
  crowd:
    '{some} Zellen bewegen sich, gleichmäßig gewählt; alles, was hier berechnet wird, gilt für diese. Die übrigen ' +
    '{others} sind grau gezeichnet, wo sie gemessen wurden.',
  projection:
    '{name}: eine Projektion. Das Modell kennt sie nicht, es bewegt Zellen in den Komponenten. Eine bewegte Zelle ' +
    'steht hier zwischen den {nearest} gemessenen Zellen, die ihr dort am nächsten sind. Abstände und Richtungen in ' +
    'dieser Darstellung beweisen deshalb nichts.',
}

export const shared: Translation<typeof en.shared> = {
  computing: 'wird berechnet …',
  computingOf: 'wird berechnet … {done} von {all}',
  showAll: 'Alle {count} zeigen',
  showSome: '{most} von {count} zeigen',
  showFewer: 'Weniger zeigen',
  chosen: 'Gewählt: {what}',
  chosenArrives: 'Gewählt: {what}, {label} {share}',
  cell: 'Zelle {cell}',
  cellNamed: 'Zelle {cell} ({name})',
  time: 'Zeit {time}',
  inLasso: 'im Lasso',
  ofTime: 'der Zeit {time}',
  ofLabel: 'von {label}',
  ofLabelAndTime: 'von {label}, Zeit {time}',
  moreShares: '{count} weitere, zusammen {share}',
  gene: 'Gen',
  noSuchGene: 'kein Gen heißt so',
  change: 'Änderung',
  ofControls: 'der Kontrollen',
  knockOut: '{gene} ausschalten',
  undo: 'Rückgängig',
  left: 'Von {gene} bleibt: {share}',
  none: 'nichts (Knock-out)',
}

export const save: Translation<typeof en.save> = {
  save: 'Sichern',
  link: 'Link zu dieser Ansicht kopieren',
  copied: 'Kopiert: der Link enthält die ganze Ansicht.',
  svg: 'Bild als SVG',
  png: 'Bild als PNG',
  cells: 'Zellen als CSV, mit ihrem jetzigen Ort',
  interactions: 'Wechselwirkungen als CSV',
  model: 'Modell als safetensors',
  working: 'einen Augenblick …',
}

export const opening: Translation<typeof en.opening> = {
  open: 'Öffnen',
  files: 'Dateien mit Zellen oder einem Modell',
  noCells: 'Es sind keine Zellen geöffnet',
  drop:
    'Ziehe einen Zeitverlauf hierher: Zellen mehrerer Zeiten mit Hauptkomponenten, als h5ad, npz oder csv. Alles ' +
    'bleibt auf diesem Rechner.',
  trySimulated: 'Simulierte Zellen ausprobieren',
  simulated: 'simulierte Zellen',
  orQuestion: 'Oder beginne mit simulierten Zellen und einer Frage dazu:',
  withGenes: '{cells} mit {dims} Komponenten zu {times}, {genes}. Stimmt das?',
  withoutGenes: '{cells} mit {dims} Komponenten zu {times}, keine Gene. Stimmt das?',
  fields: {
    timeKey: 'Spalte der Zeit',
    timeMap: 'Zeiten von Namen',
    timeUnit: 'Einheit der Zeit',
    embeddingKey: 'Koordinaten',
    dims: 'Komponenten',
  },
  foundByName: 'am Namen erkannt',
  coordinates: 'X_pca, pca oder pcs',
  dims: '5 oder weniger',
  times: 'früh=0, spät=2.5',
  wrongTimes: 'Erwartet werden Paare wie früh=0, spät=2.5',
  unit: 'd, h, ...',
  label: 'Name',
  time: 'Zeit',
  timeIn: 'Zeit, {unit}',
  cells: 'Zellen',
  cancel: 'Abbrechen',
  openThese: 'Diese Zellen öffnen',
}

export const problems: Translation<typeof en.problems> = {
  mayHoldCounts:
    '‚{file}‘ enthält vielleicht Zählwerte, die diese Seite nicht liest: ‚cellmnn preprocess‘ macht daraus eine h5ad.',
  notRead:
    '‚{file}‘ kann diese Seite nicht lesen: sie nimmt Zellen als .h5ad, .npz oder .csv und Modelle als .safetensors.',
  oneTime:
    'Alle Zellen haben dieselbe Zeit: ein Modell braucht mindestens zwei Zeiten. Steht die Zeit in einer anderen ' +
    'Spalte?',
  oneFile:
    'Eine Seite aus einer einzigen Datei kann h5ad nicht lesen. Mache mit ‚cellmnn export --site‘ einen Ordner ' +
    'daraus, oder schreibe die Zellen als npz oder csv.',
  cellsFirst: 'Öffne zuerst die Zellen, dann ihr Modell.',
  modelsDiffer: 'Die Modelle haben verschieden viele Dimensionen.',
  tooManyDims:
    'Das Modell hat {dims} Dimensionen, die Zellen haben {available}: öffne die Zellen, mit denen es trainiert wurde.',
  tooOld:
    'Dieser Browser ist zu alt für diese Seite, die DecompressionStream braucht: Chrome 95, Firefox 113 und Safari ' +
    '16.4 haben es, und alle späteren.',
  noGenesModule:
    'Diese Seite enthält das Modul für Gene nicht: es kommt mit, wenn die exportierten Zellen Beschriftungen oder ' +
    'Expression haben.',
  noNeighbours: 'Nachbarn konnten nicht gefunden werden: {why}',
}
