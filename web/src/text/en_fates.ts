/** English: where cells end, and the genes along the way. */

export const fates = {
  title: 'Where do cells end?',
  noLabels: 'Fates are the labels of the cells of the last time. These cells have no two of them.',
  noModel:
    'These cells have no model yet: train one here, or open one. Without a model the program can tell fates: ' +
    '`cellmnn fates DATA.h5ad`.',
  are: 'The fates are the labels of the cells of time {time}, from {column}: {shares}.',
  howMuch: 'How much the cells of each time tell of their fate:',
  lessThan: '{name} less than 1 %',
  noExpression:
    'These cells came without expression, which genes along the way are read from. It comes along when they are ' +
    'exported from an h5ad file whose X is expression.',
  itsFate: 'Its fate',
  theirFates: 'Their fates',
  notKnown: '**Not known**: cells of time {time} tell nothing of their fate. At time {last} the shares are {shares}.',
  probability: 'Probability to be this at time {last}:',
  probabilityKnown: 'Probability to be this at time {last}; of cells of time {time} fates are **{words}**:',
  whatIsKnown: 'What can be known of fates, by time',
  about:
    'From measured cells, snapshot by snapshot: a chain of soft transitions from where cells are and where the model ' +
    'moves them, as `cellmnn fates` makes it.',
  asColour: 'Show {name} as colour',
  cellsOfTime: 'Cells of time',
  known: 'Known, 0 to 1',
  inWords: 'In words',
} as const

/** What the core says of fates in a word or a few, by what it says. */
export const fateWords = {
  'not known': 'not known',
  'hardly known': 'hardly known',
  'partly known': 'partly known',
  'largely known': 'largely known',
  'nearly decided': 'nearly decided',
  'too few cells': 'too few cells',
  'no more than similar genes': 'no more than similar genes',
  'cannot tell from expression alone': 'cannot tell from expression alone',
  'against expression alone': 'against expression alone',
} as const

export const drivers = {
  title: 'Genes that differ early',
  fate: 'Fate',
  cellsOfTime: 'Cells of time',
  notKnown: '**Not known**: cells of time {time} tell nothing of their fate, so no gene can be told to differ by it.',
  tooFew: 'Time {time} has too few cells to compare a quarter of them with another.',
  mean:
    'Mean expression in the quarter of these cells that is likeliest to become {fate}, minus that in the quarter ' +
    'that is least likely to:',
  difference: 'Difference',
  interval: '95 % interval',
  fromTo: '{low} to {high}',
  alongTheWay: 'Show {gene} along the way',
  about:
    'Of the {genes} in this page; q is corrected for their number. First are genes that differ more now than at the ' +
    'last time, since those that merely follow a decision differ later. A high rank does not mean that the gene ' +
    'decides.',
} as const

export const trends = {
  title: 'A gene along the way to each fate',
  gene: 'Gene along the way',
  chart: 'Expression of {gene} along the way to {fates}',
  mostFrequent: 'Of the {most} most frequent fates, and the one that is chosen above.',
  about:
    'Lines: mean expression over the cells that reach a fate, each weighted by its probability, with the 95 % ' +
    'interval of this mean. Between two snapshots lines are interpolated. Dots: measured means. Where fates are not ' +
    'known, the lines lie together because nothing tells the cells apart.',
  to: 'to {name}',
  allCells: 'all cells of a time',
} as const

export const flows = {
  title: 'Which labels become which',
  oneTime: 'Only cells of one time have labels: there is nothing to follow.',
  about:
    'At each time the pale bar is what the bands predict, the full bar beside it the shares as measured. Where they ' +
    'differ, types grow or die, or the transitions are wrong: nobody can tell which from such data.',
  table: 'Predicted and measured shares, by time',
  time: 'Time',
  label: 'Label',
  predicted: 'Predicted',
  measured: 'Measured',
  figure: 'Which labels become which, from time to time: {labels}; the table below has the shares',
  predictedBar: '{name}: {share} predicted',
  measuredBar: '{name}: {share} measured',
  band: '{before} to {after}: {share} of the cells',
} as const

export const fateChange = {
  title: 'What the change does to fates',
  oneTime: 'A change is followed from one time: choose cells of a single time, which is not the last one.',
  notKnown:
    '**Not known**: cells of time {time} tell nothing of their fate, so what a change does to it cannot be told ' +
    'either.',
  compare: 'Compare with similar genes (about {seconds} s)',
  knockedOut: '{gene} is knocked out in all {cells} of time {time}. The fraction of each fate changes by:',
  atLevel: '{gene} is at {level} in all {cells} of time {time}. The fraction of each fate changes by:',
  fraction: 'Fraction',
  byExpression: 'By expression alone',
  more: 'more',
  less: 'less',
  same: 'the same',
  showAll: 'Show all {count} fates',
  about:
    'A direction, no size: true changes were several times as large. p: of the gene and {genes} the share whose ' +
    'change does as much. By expression alone cells lose the fates whose cells express the gene. Where both agree, ' +
    'the dynamics add nothing that could be told. These are the numbers of `cellmnn perturb --fates`.',
} as const
