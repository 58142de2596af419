/** English: the frame of the page, opening and saving. */

export const counts = {
  cell: { one: '{n} cell', other: '{n} cells' },
  measuredCell: { one: '{n} measured cell', other: '{n} measured cells' },
  time: { one: '{n} time', other: '{n} times' },
  gene: { one: '{n} gene', other: '{n} genes' },
  similarGene: { one: '{n} similar gene', other: '{n} similar genes' },
  otherRegulator: { one: '{n} other regulator', other: '{n} other regulators' },
  otherModel: { one: '{n} other model', other: '{n} other models' },
} as const

export const frame = {
  tabs: {
    explore: 'Explore',
    fates: 'Fates',
    genes: 'Genes',
    evaluate: 'How good is it?',
    train: 'Train',
    tour: 'Tour',
  },
  views: 'Views',
  toPanel: 'To the panel',
  about: '{title}: {cells} at {times}',
  aboutSample: '{title}: {cells} of {total} at {times}',
  light: 'Light colours',
  dark: 'Dark colours',
  close: 'Close',
  details: 'Details',
  panel: 'Panel',
  plot: 'Plot',
  refused: 'The cells are not such as those of the model: {difference}.',
  doubt: 'These cells are not such as those of the model: {difference}. It was opened all the same.',
  allTheSame: 'Open all the same',
  damaged: 'The cells in this page are damaged: {why}',
  moving: 'moving all cells …',
  carrying: 'carrying the paths there …',
  bothSides:
    'The population at a time between two snapshots: from the one before by one network, from the one after by the ' +
    'other. A point has the colour of the cell from which it comes. While time goes on, and for a chosen cell, cells ' +
    'go forward on their own.',
  someOfBothSides: 'It is made of at most {count} cells of each snapshot, evenly taken.',
  crowd:
    '{some} cells move, evenly taken; all that is computed here is of these. The other {others} are drawn in grey ' +
    'where they were measured.',
  projection:
    '{name}: a projection. The model does not live here, it moves cells in the components. A moving cell is drawn ' +
    'between the {nearest} measured cells that are nearest to it there, so distances and directions in this picture ' +
    'prove nothing.',
} as const

/** What several parts show. */
export const shared = {
  computing: 'computing …',
  computingOf: 'computing … {done} of {all}',
  showAll: 'Show all {count}',
  showSome: 'Show {most} of {count}',
  showFewer: 'Show fewer',
  chosen: 'Chosen: {what}',
  chosenArrives: 'Chosen: {what}, {label} {share}',
  cell: 'cell {cell}',
  cellNamed: 'cell {cell} ({name})',
  time: 'time {time}',
  inLasso: 'in the lasso',
  ofTime: 'of time {time}',
  ofLabel: 'of {label}',
  ofLabelAndTime: 'of {label}, time {time}',
  moreShares: '{count} more, together {share}',
  gene: 'Gene',
  noSuchGene: 'no gene is called so',
  change: 'Change',
  ofControls: 'of controls',
  knockOut: 'Knock out {gene}',
  undo: 'Undo',
  left: '{gene} left: {share}',
  none: 'none (knock-out)',
} as const

export const save = {
  save: 'Save',
  link: 'Copy link to this view',
  copied: 'Copied: it holds the whole view.',
  svg: 'Picture as SVG',
  png: 'Picture as PNG',
  cells: 'Cells as CSV, with where they are now',
  interactions: 'Interactions as CSV',
  model: 'Model as safetensors',
  working: 'working …',
} as const

export const opening = {
  open: 'Open',
  files: 'Files with cells or a model',
  noCells: 'No cells are open',
  drop:
    'Drop a time course here: cells of several times with principal components, as h5ad, npz or csv. It stays on ' +
    'this machine.',
  trySimulated: 'Try simulated cells',
  simulated: 'simulated cells',
  orQuestion: 'Or begin with simulated cells and a question about them:',
  withGenes: '{cells} with {dims} components at {times}, {genes}. Is this right?',
  withoutGenes: '{cells} with {dims} components at {times}, no genes. Is this right?',
  fields: {
    timeKey: 'Time column',
    timeMap: 'Times of labels',
    timeUnit: 'Unit of time',
    embeddingKey: 'Coordinates',
    dims: 'Components',
  },
  foundByName: 'found by its name',
  coordinates: 'X_pca, pca or pcs',
  dims: '5, or all if fewer',
  times: 'early=0, late=2.5',
  wrongTimes: 'Expected pairs such as early=0, late=2.5',
  unit: 'd, h, ...',
  label: 'Label',
  time: 'Time',
  timeIn: 'Time, {unit}',
  cells: 'Cells',
  cancel: 'Cancel',
  openThese: 'Open these cells',
} as const

export const problems = {
  mayHoldCounts: "'{file}' may hold counts, which this page does not read: 'cellmnn preprocess' makes an h5ad of them.",
  notRead:
    "'{file}' is no file that this page reads: it takes cells as .h5ad, .npz or .csv, and models as .safetensors.",
  oneTime: 'All cells have the same time: a model needs at least two times. Is another column the time?',
  oneFile:
    "A page that is one file cannot read h5ad. Make a site with 'cellmnn export --site', or write the cells as npz " +
    'or csv.',
  cellsFirst: 'Open the cells first, then their model.',
  modelsDiffer: 'The models have different numbers of dimensions.',
  tooManyDims: 'The model has {dims} dimensions and the cells have {available}: open the cells it was trained on.',
  tooOld:
    'This browser is too old for this page, which needs DecompressionStream: Chrome 95, Firefox 113 and Safari 16.4 ' +
    'have it, and all later ones.',
  noGenesModule:
    'This page was made without the module of genes: it comes along where the exported cells have labels or ' +
    'expression.',
  noNeighbours: 'Neighbours could not be found: {why}',
} as const
