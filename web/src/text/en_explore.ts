/** English: a cell, a group of cells, a changed gene. */

export const explore = {
  exported: 'the exported model',
  opened: 'the opened model',
  here: 'the model trained here',
  thisIs: 'This is {model}.',
  backTo: 'Back to {model}',
  to: 'To {model}',
  noModel: 'These cells have no model yet',
  trainOrOpen: "Train one here, or open the model file that 'cellmnn train' made of these cells.",
  train: 'Train one here',
  click: 'Click a cell to see its future',
  dots:
    'Each dot is a cell. It was measured once, and destroyed by that. From snapshots of other cells the model learnt ' +
    'where it would have gone.',
  full: 'The full dots move along their predicted paths. The pale dots are the cells as they were measured.',
  showOne: 'Show me one',
  orMany: 'Or look at many cells at once',
  lasso: 'Drag around them with Shift held, or with **Lasso** above the plot. Or take:',
  any: 'any',
  measuredAt: 'Measured at',
  anyTime: 'any time',
  take: 'Take these cells',
  nameOrNumber: 'Cell name or number',
  number: 'Cell number',
  numbers: '0 to {last}',
  noSuchCell: "No cell is called '{name}'. Numbers go from 0 to {last}.",
} as const

export const cell = {
  title: 'Cell {cell}',
  measuredAt: 'measured at time {time}',
  close: 'Close this cell',
  future: 'Its future',
  path: 'its path',
  past: 'its past, less sure',
  neighbours: 'its {count} neighbours',
  byModels: 'by {models}',
  lineTooSure: 'a line is too sure:',
  cloud: 'at time {time} it may be any of {cells} (rings), where the chain of snapshots leads.',
  cloudKnown: 'They lie {share} closer together than all cells of that time: so much is known of its place.',
  cloudUnknown:
    'They lie as far apart as all cells of that time: of its place **no more is known** than of the population.',
  changing: 'Genes that change most on its way to time {time}:',
  last: 'It was measured at the last time: nothing later is known, and the model does not go there.',
  clickAnother: 'Now click another cell',
  compare: 'Compare with another cell',
  regulators: 'Its strongest regulators',
  inThisCell: 'In this cell',
  noGenes:
    'These data name no genes. With an h5ad file that holds varm/PCs, gene interactions and knock-outs appear here.',
  equation: 'Its equation: dx/dt = A x + b',
  arrives: 'At time {time} it and its nearest cells arrive among:',
  whereArrives: 'Where its path and those of its nearest cells arrive',
  beside: 'beside {cell}, measured at time {time}',
  stopComparing: 'Stop comparing',
  otherArrives: 'That one and its nearest cells arrive among:',
  genesBeside: 'Genes in which cell {cell} ends above (right) or below (left) cell {other}:',
  strays: '{share} of these ends lie where no cell of time {time} was measured.',
  straysOfShares:
    '{share} of these ends lie where no cell of time {time} was measured: for them the shares say little.',
} as const

export const group = {
  title: '{cells} {which}',
  measuredAt: 'measured at time {time}',
  measuredFrom: 'measured at time {first} to {last}',
  clear: 'Clear the group',
  noneLabelled: 'No cell has this label at this time.',
  noneInside: 'No cell is inside. Draw the lasso around full dots.',
  whatTheyAre: 'What they are',
  future: 'Their future',
  paths: 'paths of some of them',
  arrive: 'At time {time} they arrive among:',
  last: 'They were measured at the last time: nothing later is known, and the model does not go there.',
  regulators: 'Their strongest regulators',
  onAverage: 'On average over these cells',
  equation: 'Their mean equation: dx/dt = A x + b',
  meanA: 'mean A: how component (column) drives component (row), whitened',
  differenceA: 'mean A of these minus that of the other group',
  compare: 'Compare with another group',
  drawSecond: 'Now draw a second lasso in the plot, or take:',
  beside: 'beside {group}',
  noneOther: 'No cell is in the other group.',
  othersArrive: 'Those arrive among:',
  differ: 'Interactions that differ most',
} as const

export const interactions = {
  raises: '{of} **{regulator}** raises **{target}** most.',
  lowers: '{of} **{regulator}** lowers **{target}** most.',
  differs: 'What **{regulator}** does to **{target}** differs most, by {effect}.',
  regulator: 'Regulator',
  target: 'Target',
  here: 'Here',
  effect: 'Effect {per}',
  difference: 'Difference {per}',
  about:
    'Blue arrows activate, orange bars repress. The effects are on the rate of production, to first order, as ' +
    'cellmnn network tells them. A strong effect is no proof of a cause.',
  aboutDifferences:
    'Mean effects in these cells minus those in the other group, of the strongest regulators of either.',
  network: 'Network of the strongest interactions; the table below lists them',
  words: {
    moreActivation: 'more activation',
    lessActivation: 'less activation',
    moreRepression: 'more repression',
    lessRepression: 'less repression',
    activationThereRepression: 'activation, there repression',
    repressionThereActivation: 'repression, there activation',
  },
} as const

export const operator = {
  a: 'A: how component (column) drives component (row), whitened',
  numbersTimes: '; numbers times {unit}',
  entry: 'PC{row} from PC{column}: {value}',
  plane: 'Eigenvalues of A in the complex plane; the largest real part is {value}',
  grows: 'grows',
  shrinks: 'shrinks',
  eigenvalues: 'Eigenvalues',
  someGrow: ': some direction grows, max Re λ = {value}',
  allShrink: ': all directions shrink, max Re λ = {value}',
} as const

export const change = {
  title: 'Change a gene',
  toSection: 'Change a gene ↓',
  noMeans: 'The model does not know the mean expression of its genes, so that a knock-out cannot be told.',
  expressed: 'Its expression here is {value}, as the components tell it.',
  meanExpressed: 'Its mean expression here is {value}, as the components tell it.',
  nothing: 'There is nothing to knock out.',
  path: 'its path after the change',
  paths: 'paths after the change',
  arrives: 'It then arrives among:',
  arrive: 'They then arrive among:',
  genes: 'Genes that end most changed, at time {time}:',
  genesOnAverage: 'Genes that end most changed on average, at time {time}:',
  once: 'The gene is changed once, at the time when a cell was measured. Only what the components carry of it is seen.',
  some: 'Of the group {cells} are changed.',
  moves: '{gene} moves its end by {value}',
  movesMean: '{gene} moves their mean end by {value}',
  controls: 'the same change of {genes}',
  controlsMedian: 'the same change of {genes}: median {median}, p = {p}',
  effect: '{moves} (pink), in the unit of the components; the same change of {genes} (grey).',
  effectMedian:
    '{moves} (pink), in the unit of the components; the same change of {genes} (grey): median {median}, p = {p}.',
} as const
