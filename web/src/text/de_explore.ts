/** Deutsch: a cell, a group of cells, a changed gene. */
import type { Translation } from './table.ts'
import type * as en from './en_explore.ts'

export const explore: Translation<typeof en.explore> = {
  exported: 'dem exportierten Modell',
  opened: 'dem geöffneten Modell',
  here: 'dem hier trainierten Modell',
  thisIs: 'Was hier steht, kommt von {model}.',
  backTo: 'Zurück zu {model}',
  to: 'Zu {model}',
  noModel: 'Diese Zellen haben noch kein Modell',
  trainOrOpen: 'Trainiere hier eines, oder öffne die Datei, die ‚cellmnn train‘ aus diesen Zellen gemacht hat.',
  train: 'Hier eines trainieren',
  click: 'Klicke auf eine Zelle und sieh ihre Zukunft',
  dots:
    'Jeder Punkt ist eine Zelle. Sie wurde einmal gemessen und dabei zerstört. Aus Momentaufnahmen anderer Zellen ' +
    'lernte das Modell, wohin sie gegangen wäre.',
  full:
    'Die satten Punkte bewegen sich auf ihren vorhergesagten Pfaden. Die blassen Punkte sind die Zellen, wie sie ' +
    'gemessen wurden.',
  showOne: 'Zeig mir eine',
  orMany: 'Oder sieh viele Zellen zugleich an',
  lasso: 'Umfahre sie mit gedrückter Umschalttaste oder mit **Lasso** über dem Bild. Oder nimm:',
  any: 'jede',
  measuredAt: 'Gemessen zur Zeit',
  anyTime: 'jede Zeit',
  take: 'Diese Zellen nehmen',
  nameOrNumber: 'Name oder Nummer einer Zelle',
  number: 'Nummer einer Zelle',
  numbers: '0 bis {last}',
  noSuchCell: 'Keine Zelle heißt ‚{name}‘. Die Nummern gehen von 0 bis {last}.',
}

export const cell: Translation<typeof en.cell> = {
  title: 'Zelle {cell}',
  measuredAt: 'gemessen zur Zeit {time}',
  close: 'Diese Zelle schließen',
  future: 'Ihre Zukunft',
  path: 'ihr Pfad',
  past: 'ihre Vergangenheit, weniger sicher',
  weight:
    'Zur Zeit {time} zählt sie so viel wie {weight} der mit ihr gemessenen Zellen: so wachsen und schrumpfen Punkte.',
  neighbours: 'ihre {count} Nachbarn',
  byModels: 'nach {models}',
  lineTooSure: 'eine Linie ist zu sicher:',
  cloud: 'zur Zeit {time} kann die Zelle jede von {cells} sein (Ringe), zu denen die Kette der Momentaufnahmen führt.',
  cloudKnown: 'Sie liegen {share} enger als alle Zellen dieser Zeit: so viel ist von ihrem Ort bekannt.',
  cloudUnknown:
    'Sie liegen so weit auseinander wie alle Zellen dieser Zeit: von ihrem Ort ist **nicht mehr bekannt** als von ' +
    'jeder anderen.',
  changing: 'Gene, die sich auf ihrem Weg bis zur Zeit {time} am meisten ändern:',
  last: 'Sie wurde zur letzten Zeit gemessen: Späteres kennt niemand, und das Modell geht nicht dorthin.',
  clickAnother: 'Klicke nun auf eine andere Zelle',
  compare: 'Mit einer anderen Zelle vergleichen',
  regulators: 'Ihre stärksten Regulatoren',
  inThisCell: 'In dieser Zelle:',
  noGenes:
    'Diese Daten nennen keine Gene. Mit einer h5ad, die varm/PCs enthält, stehen hier Wechselwirkungen von Genen und ' +
    'Knock-outs.',
  equation: 'Ihre Gleichung: dx/dt = A x + b',
  arrives: 'Zur Zeit {time} kommen sie und ihre nächsten Zellen hier an:',
  whereArrives: 'Wo ihr Pfad und die ihrer nächsten Zellen ankommen',
  beside: 'daneben {cell}, gemessen zur Zeit {time}',
  stopComparing: 'Nicht mehr vergleichen',
  otherArrives: 'Die andere und deren nächste Zellen kommen hier an:',
  genesBeside: 'Gene, in denen Zelle {cell} am Ende über (rechts) oder unter (links) Zelle {other} liegt:',
  strays: '{share} dieser Enden liegen, wo zur Zeit {time} keine Zelle gemessen wurde.',
  straysOfShares:
    '{share} dieser Enden liegen, wo zur Zeit {time} keine Zelle gemessen wurde: für sie sagen die Anteile wenig.',
}

export const group: Translation<typeof en.group> = {
  title: '{cells} {which}',
  measuredAt: 'gemessen zur Zeit {time}',
  measuredFrom: 'gemessen von Zeit {first} bis {last}',
  clear: 'Die Gruppe auflösen',
  noneLabelled: 'Keine Zelle hat zu dieser Zeit diese Beschriftung.',
  noneInside: 'Es liegt keine Zelle darin. Ziehe das Lasso um satte Punkte.',
  whatTheyAre: 'Was sie sind',
  future: 'Ihre Zukunft',
  paths: 'Pfade von einigen',
  arrive: 'Zur Zeit {time} kommen sie hier an:',
  last: 'Sie wurden zur letzten Zeit gemessen: Späteres kennt niemand, und das Modell geht nicht dorthin.',
  regulators: 'Ihre stärksten Regulatoren',
  onAverage: 'Im Mittel dieser Zellen:',
  equation: 'Ihre mittlere Gleichung: dx/dt = A x + b',
  meanA: 'mittleres A: wie Komponente (Spalte) Komponente (Zeile) ändert, standardisiert',
  differenceA: 'mittleres A dieser Zellen minus das der anderen Gruppe',
  compare: 'Mit einer anderen Gruppe vergleichen',
  drawSecond: 'Ziehe nun ein zweites Lasso im Bild, oder nimm:',
  beside: 'daneben {group}',
  noneOther: 'In der anderen Gruppe ist keine Zelle.',
  othersArrive: 'Die anderen kommen hier an:',
  differ: 'Wechselwirkungen, die sich am meisten unterscheiden',
}

export const interactions: Translation<typeof en.interactions> = {
  raises: '{of} **{regulator}** erhöht **{target}** am meisten.',
  lowers: '{of} **{regulator}** senkt **{target}** am meisten.',
  differs: 'Was **{regulator}** mit **{target}** tut, unterscheidet sich am meisten, um {effect}.',
  regulator: 'Regulator',
  target: 'Ziel',
  here: 'Hier',
  effect: 'Wirkung {per}',
  difference: 'Unterschied {per}',
  about:
    'Blaue Pfeile aktivieren, orange Balken hemmen. Die Wirkungen gelten der Rate der Herstellung, in erster ' +
    'Ordnung, wie cellmnn network sie nennt. Eine starke Wirkung beweist keine Ursache.',
  aboutDifferences:
    'Mittlere Wirkungen in diesen Zellen minus die in der anderen Gruppe, von den stärksten Regulatoren beider.',
  network: 'Netz der stärksten Wechselwirkungen; die Tabelle darunter nennt sie',
  words: {
    moreActivation: 'mehr Aktivierung',
    lessActivation: 'weniger Aktivierung',
    moreRepression: 'mehr Hemmung',
    lessRepression: 'weniger Hemmung',
    activationThereRepression: 'Aktivierung, dort Hemmung',
    repressionThereActivation: 'Hemmung, dort Aktivierung',
  },
}

export const operator: Translation<typeof en.operator> = {
  a: 'A: wie Komponente (Spalte) Komponente (Zeile) ändert, standardisiert',
  numbersTimes: '; Zahlen mal {unit}',
  entry: 'PC{row} durch PC{column}: {value}',
  plane: 'Eigenwerte von A in der komplexen Ebene; der größte Realteil ist {value}',
  grows: 'wächst',
  shrinks: 'schrumpft',
  eigenvalues: 'Eigenwerte',
  someGrow: ': eine Richtung wächst, größtes Re λ = {value}',
  allShrink: ': alle Richtungen schrumpfen, größtes Re λ = {value}',
}

export const change: Translation<typeof en.change> = {
  title: 'Ein Gen ändern',
  toSection: 'Ein Gen ändern ↓',
  noMeans: 'Das Modell kennt die mittlere Expression seiner Gene nicht. Ein Knock-out lässt sich so nicht berechnen.',
  expressed: 'Seine Expression ist hier {value}, wie sie aus den Komponenten folgt.',
  meanExpressed: 'Seine mittlere Expression ist hier {value}, wie sie aus den Komponenten folgt.',
  nothing: 'Da ist nichts auszuschalten.',
  path: 'ihr Pfad nach der Änderung',
  paths: 'Pfade nach der Änderung',
  arrives: 'Sie kommt dann hier an:',
  arrive: 'Sie kommen dann hier an:',
  genes: 'Gene, die am Ende am meisten geändert sind, zur Zeit {time}:',
  genesOnAverage: 'Gene, die am Ende im Mittel am meisten geändert sind, zur Zeit {time}:',
  once:
    'Das Gen wird einmal geändert, zu der Zeit, als eine Zelle gemessen wurde. Zu sehen ist nur, was die Komponenten ' +
    'davon tragen.',
  some: 'Aus der Gruppe werden {cells} geändert.',
  moves: '{gene} verschiebt ihr Ende um {value}',
  movesMean: '{gene} verschiebt ihr mittleres Ende um {value}',
  controls: 'dieselbe Änderung von {genes}',
  controlsMedian: 'dieselbe Änderung von {genes}: Median {median}, p = {p}',
  effect: '{moves} (rosa), in der Einheit der Komponenten; dieselbe Änderung von {genes} (grau).',
  effectMedian:
    '{moves} (rosa), in der Einheit der Komponenten; dieselbe Änderung von {genes} (grau): Median {median}, p = {p}.',
}
