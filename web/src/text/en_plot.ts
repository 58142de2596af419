/** English: the plot, its colours, what stands above and below it. */

export const legend = {
  time: 'time measured',
  timeIn: 'time measured, in {unit}',
  noLabel: 'no label',
  expression: 'expression, from the components',
  fate: 'probability of {name}',
  byChain: 'by the chain of snapshots',
  speed: 'speed |dx/dt|',
  ofComponents: 'components {per}',
  growth: 'growth, max Re λ',
  weight: 'weight',
  weightUnit: 'log2, 0 as measured',
  parting: 'how far futures part',
  partingUnit: 'ends of a cell’s neighbours, in spreads',
  models: 'how far the models part',
  modelsUnit: 'ends of a cell by each model, in spreads',
  compared: 'predicted and measured',
  measuredAt: 'measured at time {time}',
  predictedFrom: 'predicted from time {time}',
  more: 'and {count} more',
  perUnit: 'per {unit}',
  perTime: 'per unit of time',
} as const

export const controls = {
  colour: 'Colour',
  speed: 'speed',
  growth: 'growth',
  aGene: 'a gene',
  uncertainty: 'Uncertainty',
  fates: 'Fates',
  labels: 'Labels',
  moving: 'Moving',
  latest: 'latest snapshot',
  all: 'all cells',
  both: 'both sides',
  cellsOf: 'cells of time {time}',
  picture: 'Picture',
  components: 'components',
  across: 'Across',
  up: 'Up',
  measured: 'measured',
  arrows: 'arrows',
  truth: 'true paths',
  names: 'names',
  lasso: 'Lasso',
} as const

export const plot = {
  keys:
    'Cells on two axes. Arrow keys move, plus and minus magnify, 0 shows all; Enter chooses the cell in the middle, ' +
    'Escape lets it go.',
  magnify: 'Magnify',
  smaller: 'Make smaller',
  showAll: 'Show all',
  projection: '{name} 1 (projection)',
  hovered: '{cell}, measured at {time}',
  hoveredLabel: '{cell}, measured at {time}, {label}',
  labelsOf: 'Labels of {name}',
  highlight: '{label}: {cells}. Highlight',
  hide: 'Hide {label}',
  take: 'Take its {cells}',
} as const

export const timeline = {
  time: 'Time',
  before: 'To the snapshot before',
  next: 'To the next snapshot',
  play: 'Play',
  pause: 'Pause',
  shown: 'Time shown',
  speed: 'Speed',
} as const
