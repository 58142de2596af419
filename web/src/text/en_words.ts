/** English: what terms mean, and what stands on buttons. */
import type { Lesson } from './table.ts'

export const glossary: Lesson['glossary'] = {
  snapshot: { forms: 'snapshots?', says: 'All cells that were measured at one time. They are destroyed by it.' },
  model: { forms: 'models?', says: 'A formula with numbers that were learnt from data. It says how cells move.' },
  path: { forms: 'paths?', says: 'The line along which the model moves a cell, from its time on.' },
  rate: { forms: 'rates?', says: 'How much an amount changes in a unit of time.' },
  matrix: {
    forms: 'matrix|matrices',
    says: 'A table of numbers: each says how what the column stands for changes what the row stands for.',
  },
  component: {
    forms: 'components?|PC\\d+',
    says:
      'A weighted sum of genes that rise and fall together. The first ones hold most of what differs ' +
      'between cells.',
  },
  whitened: {
    forms: 'whitened|whitening',
    says: 'Counted in units of the spread over all cells, so that each component has the same weight.',
  },
  network: {
    forms: '(?:neural )?networks?',
    says: 'A long formula with many numbers that are learnt; of genes: which gene acts on which.',
  },
  operator: { forms: 'operators?', says: 'The matrix A with the offset b that holds for one cell at its time.' },
  eigenvalue: {
    forms: 'eigenvalues?',
    says: 'Tells of one direction how fast cells part along it (above 0), come together (below 0), or turn.',
  },
  cloud: { forms: 'clouds?', says: 'Many cells taken together: where they are and how many are where.' },
  mmd: {
    forms: 'MMD²?|maximum mean discrepancy',
    says: 'A number that compares two clouds by all pairs of cells; 0 means that they look alike.',
  },
  kinetic: { forms: 'kinetic', says: 'Of motion: the square of how fast cells move, on average.' },
  w1: {
    forms: 'W1|Wasserstein distance',
    says:
      'How far cells must travel, on average, to turn one cloud into the other by the shortest ways. ' +
      'Lower is better.',
  },
  heldOut: { forms: 'held[- ]out', says: 'Not shown to the model in training, so that it can be asked about it.' },
  noiseFloor: {
    forms: 'noise floor',
    says: 'The score that chance alone gives: two halves of the same real cells compared with each other.',
  },
}

export const words: Lesson['words'] = {
  lesson: 'Lesson',
  why: 'Why does this cell go there?',
  cases: 'Simulated cells with a question',
  stepOf: 'Step {step} of {all}',
  back: 'Back',
  next: 'Next',
  step: 'Step {step}',
  doTheTest: 'Do the test',
  right: 'Right.',
  wrong: 'Not quite.',
  noModel: 'This needs a model: train one in the tab Train, or go on.',
  making: 'simulating …',
  madeOf: '{cells} cells at {times} times, simulated here in {ms} ms.',
  train: 'Train a model of them here',
  training: 'Step {step} of {all} …',
  stop: 'Stop',
  knockOut: 'Knocked out',
  nothing: 'nothing',
  showTruth: 'Show the truth',
  trueNetwork: 'Who truly acts on whom',
  noEdge: 'Nothing acts on anything.',
  hiddenGene: 'not measured',
  acts: 'helps',
  represses: 'holds back',
  found: 'found',
  notFound: 'not found',
  foundWrong: 'found, but not true: ',
  foundBy:
    'The lines in the plot are whole true ways of other cells, which no experiment sees. ‘Found’ is what the ' +
    'lagged ' +
    'network of these cells says.',
  ownCells: 'Back to the cells of this page',
  moreTimes: 'Measure at five times',
  teacher: 'For teachers',
  hide: 'Hide',
  'part-explore': 'tab Explore',
  'part-fates': 'tab Fates',
  'part-genes': 'tab Genes',
  'part-evaluate': 'tab How good is it?',
  'part-train': 'tab Train',
  'part-tour': 'tab Tour',
  'part-controls': 'what stands above the plot',
  'part-timeline': 'the time line',
  'part-files': 'Open and Save',
  'part-panel': 'this panel',
  'part-teacher': 'this section',
  large: 'Large letters',
  freeze: 'Freeze',
  goOn: 'Go on',
  keepView: 'Keep this view',
  dropViews: 'Forget the views',
  views: 'Views of the lesson',
  view: 'View',
  copyLink: 'Copy the link',
  copied: 'Copied.',
}
