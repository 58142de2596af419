/** Deutsch: where cells end, and the genes along the way. */
import type { Translation } from './table.ts'
import type * as en from './en_fates.ts'

export const fates: Translation<typeof en.fates> = {
  title: 'Wo enden Zellen?',
  noLabels:
    'Schicksale sind die Beschriftungen der Zellen der letzten Zeit. Diese Zellen haben keine zwei verschiedenen.',
  noModel:
    'Diese Zellen haben noch kein Modell: trainiere hier eines, oder öffne eines. Ohne Modell berechnet das Programm ' +
    'Schicksale: `cellmnn fates DATEN.h5ad`.',
  are: 'Die Schicksale sind die Beschriftungen der Zellen der Zeit {time}, aus {column}: {shares}.',
  howMuch: 'Wie viel die Zellen jeder Zeit über ihr Schicksal verraten:',
  lessThan: '{name} weniger als 1 %',
  noExpression:
    'Diese Zellen kamen ohne Expression, aus der Gene auf dem Weg gelesen werden. Sie kommt mit, wenn sie aus einer ' +
    'h5ad exportiert werden, deren X Expression ist.',
  itsFate: 'Ihr Schicksal',
  theirFates: 'Ihre Schicksale',
  notKnown:
    '**Nicht bekannt**: Zellen der Zeit {time} verraten nichts über ihr Schicksal. Zur Zeit {last} sind die Anteile ' +
    '{shares}.',
  probability: 'Wahrscheinlichkeit, zur Zeit {last} dies zu sein:',
  probabilityKnown:
    'Wahrscheinlichkeit, zur Zeit {last} dies zu sein; die Schicksale der Zellen der Zeit {time} sind **{words}**:',
  whatIsKnown: 'Was über Schicksale bekannt sein kann, nach Zeit',
  about:
    'Aus gemessenen Zellen, Momentaufnahme für Momentaufnahme: eine Kette weicher Übergänge von dort, wo Zellen sind ' +
    'und wohin das Modell sie bewegt, wie `cellmnn fates` sie macht.',
  asColour: '{name} als Farbe zeigen',
  cellsOfTime: 'Zellen der Zeit',
  known: 'Bekannt, 0 bis 1',
  inWords: 'In Worten',
}

export const fateWords: Translation<typeof en.fateWords> = {
  'not known': 'nicht bekannt',
  'hardly known': 'kaum bekannt',
  'partly known': 'teilweise bekannt',
  'largely known': 'weitgehend bekannt',
  'nearly decided': 'fast entschieden',
  'too few cells': 'zu wenige Zellen',
  'no more than similar genes': 'nicht mehr als ähnliche Gene',
  'cannot tell from expression alone': 'nicht von dem zu trennen, was die Expression allein sagt',
  'against expression alone': 'anders, als die Expression allein sagt',
}

export const drivers: Translation<typeof en.drivers> = {
  title: 'Gene, die sich früh unterscheiden',
  fate: 'Schicksal',
  cellsOfTime: 'Zellen der Zeit',
  notKnown:
    '**Nicht bekannt**: Zellen der Zeit {time} verraten nichts über ihr Schicksal. Von keinem Gen lässt sich also ' +
    'sagen, dass es sich danach unterscheidet.',
  tooFew: 'Zeit {time} hat zu wenige Zellen, um ein Viertel von ihnen mit einem anderen zu vergleichen.',
  mean:
    'Mittlere Expression in dem Viertel dieser Zellen, das am ehesten {fate} wird, minus die in dem Viertel, das es ' +
    'am wenigsten wird:',
  difference: 'Unterschied',
  interval: '95-%-Intervall',
  fromTo: '{low} bis {high}',
  alongTheWay: '{gene} auf dem Weg zeigen',
  about:
    '{genes} sind in dieser Seite; q ist für diese Zahl korrigiert. Zuerst stehen Gene, die sich jetzt mehr ' +
    'unterscheiden als zur letzten Zeit: die einer Entscheidung nur folgen, tun es später. Ein hoher Rang heißt ' +
    'nicht, dass das Gen entscheidet.',
}

export const trends: Translation<typeof en.trends> = {
  title: 'Ein Gen auf dem Weg zu jedem Schicksal',
  gene: 'Gen auf dem Weg',
  chart: 'Expression von {gene} auf dem Weg zu {fates}',
  mostFrequent: 'Gezeigt sind die {most} häufigsten Schicksale, und das oben gewählte.',
  about:
    'Linien: mittlere Expression der Zellen, die ein Schicksal erreichen, jede mit ihrer Wahrscheinlichkeit ' +
    'gewichtet, mit dem 95-%-Intervall dieses Mittels. Zwischen zwei Momentaufnahmen sind die Linien interpoliert. ' +
    'Punkte: gemessene Mittel. Wo Schicksale nicht bekannt sind, liegen die Linien zusammen, weil nichts die Zellen ' +
    'unterscheidet.',
  to: 'zu {name}',
  allCells: 'alle Zellen einer Zeit',
}

export const flows: Translation<typeof en.flows> = {
  title: 'Was aus welcher Beschriftung wird',
  oneTime: 'Nur Zellen einer einzigen Zeit haben Beschriftungen: da ist nichts zu verfolgen.',
  about:
    'Zu jeder Zeit ist der blasse Balken, was die Bänder vorhersagen, der satte daneben sind die gemessenen Anteile. ' +
    'Wo sie sich unterscheiden, wachsen oder sterben Zelltypen, oder die Übergänge sind falsch: was davon, kann aus ' +
    'solchen Daten niemand sagen.',
  table: 'Vorhergesagte und gemessene Anteile, nach Zeit',
  time: 'Zeit',
  label: 'Beschriftung',
  predicted: 'Vorhergesagt',
  measured: 'Gemessen',
  figure: 'Was von Zeit zu Zeit aus welcher Beschriftung wird: {labels}; die Tabelle darunter nennt die Anteile',
  predictedBar: '{name}: {share} vorhergesagt',
  measuredBar: '{name}: {share} gemessen',
  band: '{before} zu {after}: {share} der Zellen',
}

export const fateChange: Translation<typeof en.fateChange> = {
  title: 'Was die Änderung mit Schicksalen tut',
  oneTime: 'Eine Änderung wird von einer Zeit an verfolgt: wähle Zellen einer einzigen Zeit, die nicht die letzte ist.',
  notKnown:
    '**Nicht bekannt**: Zellen der Zeit {time} verraten nichts über ihr Schicksal. Also lässt sich auch nicht sagen, ' +
    'was eine Änderung damit tut.',
  compare: 'Mit ähnlichen Genen vergleichen (etwa {seconds} s)',
  knockedOut: '{gene} ist in allen {cells} der Zeit {time} ausgeschaltet. Der Anteil jedes Schicksals ändert sich um:',
  atLevel: '{gene} ist in allen {cells} der Zeit {time} auf {level}. Der Anteil jedes Schicksals ändert sich um:',
  fraction: 'Anteil',
  byExpression: 'Nach Expression allein',
  more: 'mehr',
  less: 'weniger',
  same: 'gleich viel',
  showAll: 'Alle {count} Schicksale zeigen',
  about:
    'Eine Richtung, keine Größe: wahre Änderungen waren mehrmals so groß. p: der Anteil unter diesem Gen und ' +
    '{genes}, deren Änderung ebenso viel tut. Nach Expression allein verlieren Zellen die Schicksale, deren Zellen ' +
    'das Gen exprimieren. Wo beides übereinstimmt, fügt die Dynamik nichts hinzu, was sich sagen ließe. Die Zahlen ' +
    'sind die von `cellmnn perturb --fates`.',
}
