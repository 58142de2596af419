/** English: the network of genes, the test of a model, its training. */

export const network = {
  title: 'Which gene acts on which?',
  about:
    'Read from measured expression alone, without the model: the **effect of the regulator’s earlier level on the ' +
    'target, by regression**, given the earlier levels of all others. It is no proof that the regulator binds there.',
  noExpression:
    'These cells came without expression, which a network is read from. It comes along when they are exported from ' +
    'an h5ad file whose X is expression. With the program: `cellmnn network DATA.h5ad`.',
  directions:
    '**Directions:** {share} of what varies lies between the times (in simulated networks that were ' +
    'found: 23 to 37 %).',
  noDirections:
    '**Association, direction unknown:** only {share} of what varies lies between the times (in simulated networks ' +
    'that were found: 23 to 37 %).',
  edgesOf: 'Edges of',
  allGenes: 'all genes',
  aboutEvidence:
    'Confidence, 0 to 1: how sure the sign is when half of the cells are taken again and again, and how strong the ' +
    'edge. An effect agrees (✓) if cells of one time correlate alike. p: how often times in another order give such ' +
    'an edge.',
  compute: 'Compute confidence and p (about {minutes} min)',
  effect: 'Effect',
  agrees: 'Agrees',
  no: 'no',
  confidence: 'Confidence',
  computingAll: 'computing agreement, confidence and p …',
  computingAgreement: 'computing agreement …',
} as const

export const held = {
  title: 'Knock a gene out in the network',
  from: '{gene} is held from time {from} on. At time {at} expression has changed, on average, by:',
  byNetwork: 'by the network',
  byModel: 'by the model',
  coExpression: 'co-expression',
  others: 'Of the {regulators} {count} would change as much.',
  about:
    'By the network the gene stays changed at all times; by the model it is changed once, in the cells of the first ' +
    'time. Co-expression is what goes along with such a change in the cells as they are: where it says the same, the ' +
    'answer is no evidence for the network.',
} as const

export const evaluate = {
  title: 'How good is it?',
  tooFewTimes: 'To hold a time out, the data need at least three times.',
  about:
    'Leave one time out, train on the others, then move the cells of the time before to the time left out. How near ' +
    'do they come to the cells measured there?',
  leaveOut: 'Leave out',
  trainWithout: 'Train without time {time}',
  stop: 'Stop',
  training: 'Training',
  aboutScores:
    'W1 is the exact Wasserstein distance: how far cells must travel on average to turn one cloud into the other, in ' +
    'whitened units. Lower is better. The noise floor is what chance alone makes of equal clouds; halves have fewer ' +
    'cells, which are further apart, so a good model may come below it. MMD² compares the clouds by pairs of cells.',
  methods: {
    previous: ['previous', 'cells before, not moved'],
    next: ['next', 'cells after, not moved'],
    'ot-interpolate': ['OT-Interpolate', 'half way between both neighbours'],
    'noise-floor': ['noise floor', 'chance: halves of the real cells against each other'],
  },
  ofHalves: '{what}, from {low} to {high}',
  afterSteps: 'after {steps} steps',
  trainedWithout: 'trained without this time',
  thisModel: 'this model',
  byBoth: 'this model, both sides',
  fit: 'a fit, no test: it has seen this time',
  prediction: 'Prediction of time {time}',
  sample: 'Scores are of {cells}, evenly taken.',
  takeAll: 'Take all, in minutes',
  scoring: 'scoring {name}, {place} of {all} …',
  scoringMore: 'scoring {name}, {place} of {all}, of {cells} …',
  scores: 'Scoring',
  verdicts: {
    worse: 'Without time {time} the model does not beat the neighbouring snapshots: do not trust its paths there.',
    asNeighbours:
      'Without time {time} the model is as near to its cells as a neighbouring snapshot, within chance: its paths ' +
      'say little there.',
    best: 'Without time {time} the model comes nearer to its cells than every simple method.',
    belowInterpolation:
      'Without time {time} the model comes nearer to its cells than both neighbouring snapshots, but not than ' +
      'OT-Interpolate.',
    asInterpolation:
      'Without time {time} the model comes nearer to its cells than both neighbouring snapshots, and as near as ' +
      'OT-Interpolate, within chance.',
  },
} as const

export const training = {
  title: 'Train it here',
  about:
    'A small network starts with random weights. For each cell x at time t it gives A and b of dx/dt = A x + b. ' +
    'Watch the paths bend as the loss falls: MMD² with a bit of kinetic energy.',
  train: 'Train',
  again: 'Train again',
  reset: 'Reset',
  explore: 'Explore this model',
  status: 'Step {step} of {all}, {pace}',
  notStarted: 'Not started',
  pace: '{count} steps/s',
  done: 'done',
  stopped: 'stopped',
  lossTitle: 'Loss = MMD² + λ · kinetic',
  lossFigure: 'The loss and its parts over the steps',
  loss: 'loss',
  kineticPart: 'λ · kinetic',
  steps: '{count} steps',
  heldOut: 'Held-out score at time {time}: W1',
  heldOutFigure: 'Distance to the held-out cells over the steps',
  levels: { previous: 'previous', next: 'next', 'ot-interpolate': 'OT-Interp.', 'noise-floor': 'noise floor' },
  tryThis: 'Worth a try',
  noTime: 'no time',
  lr: 'Learning rate',
  lrHint: 'too large and the loss jumps',
  kinetic: 'Kinetic weight λ',
  kineticHint: 'more makes slow, straight paths',
  sigma: 'MMD width σ',
  sigmaHint: 'how far cells see each other',
  stepCount: 'Steps',
  seed: 'Seed',
  next: 'They count from the next training on. The same seed gives the same training.',
} as const
