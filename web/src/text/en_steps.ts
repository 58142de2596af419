/** English: the steps of the lesson. */
import type { Lesson } from './table.ts'

export const steps: Lesson['steps'] = {
  snapshots: {
    title: 'Snapshots',
    text:
      'To measure a cell is to destroy it. So nobody sees a cell twice. There are only snapshots: at a few times ' +
      't, each time other cells. Click a small picture to go to its time.',
    figure: { label: 'One small picture for each snapshot', go: '{t}: go there' },
    question: {
      ask: 'Which dot of the second picture is the same cell as a given dot of the first?',
      options: ['The nearest one', 'None of them', 'The one with the same colour'],
      right: 1,
      why: 'Each cell is measured once. What links the pictures is only how many cells are where.',
    },
  },
  guess: {
    title: 'Where will this cell go?',
    text:
      'The ring marks one cell. From all snapshots together a model has learnt how cells move. Before you see ' +
      'its ' +
      'answer: guess. The line that the model then draws is called the path of the cell.',
    figure: {
      pin: 'Pin my guess',
      pinning: 'Click the place in the plot',
      pinningKeys: 'or move the plot with the arrow keys until the cross is there, and press Enter',
      reveal: 'Show the path',
      again: 'Another cell',
      yours: 'your guess',
      stays: 'staying where it is',
      middle: 'the middle of the last snapshot',
      away: 'Distance from the end of the path, in units of the spread of all cells:',
      won: 'Nearer than both simple answers.',
      lost: 'A simple answer is as near. Try another cell.',
      tally: '{won} of {all} guesses were nearer than both simple answers.',
      chosenLast: 'A cell of the last time has nothing before it: take another one.',
    },
  },
  oneGene: {
    title: 'One gene',
    text:
      'Let x be the amount of one gene’s product. The cell makes b of it in each unit of time. What is there ' +
      'also ' +
      'multiplies itself by the number a: below 0 it is lost, and the more there is, the more is lost. Both ' +
      'together are the rate: how fast x changes. It is written dx/dt.',
    formula: 'dx/dt = a x + b',
    figure: {
      label: 'The amount x over time',
      a: 'a = {a}: {meaning}',
      loses: 'a share is lost',
      keeps: 'nothing is lost',
      gains: 'it feeds itself',
      b: 'b = {b}: what is made',
      x: 'x = {x} at the beginning',
      now: 'At the beginning: {a} · {x} + {b} = {rate}',
      task: 'Exercise: make x come to rest at 1, from any beginning.',
      done: 'Done: where x rests, as much is lost as is made.',
    },
  },
  twoGenes: {
    title: 'Two genes: arrows',
    text:
      'With two genes a cell is a point: the first amount goes across, the second up. At each point the two ' +
      'rates ' +
      'make an arrow: where the cell goes next. Follow the arrows, and you have a path. Click to begin elsewhere.',
    figure: {
      label: 'Arrows for two genes, and the path of one cell',
      own: 'each on itself: {value}',
      onFirst: 'second gene on the first: {value}',
      onSecond: 'first gene on the second: {value}',
      task: 'Exercise: make the path turn around the middle.',
      done: 'Done: one helps the other and is held back by it. So the path turns.',
      first: 'first gene',
      second: 'second gene',
    },
  },
  matrix: {
    title: 'Four numbers in a table',
    text:
      'The arrows came from four numbers. In rows and columns they are called a matrix, A. A row says who ' +
      'changes, a ' +
      'column says who causes it. With it the formula looks as before, and it holds for any number of genes.',
    formula: 'dx/dt = A x + b',
    figure: {
      label: 'A matrix of two rows and two columns',
      pick: 'Choose a number:',
      reads: 'Row {row}, column {column}: gene {column} {effect} gene {row}.',
      raises: 'raises',
      lowers: 'lowers',
      leaves: 'does nothing to',
      sum: 'rate of gene {row} = {first} · x1 + {second} · x2',
    },
    question: {
      ask: 'Gene 1 raises gene 2. Where does this number stand?',
      options: ['Row 1, column 2', 'Row 2, column 1', 'Row 2, column 2'],
      right: 1,
      why: 'Gene 2 changes: row 2. Gene 1 causes it: column 1.',
    },
  },
  components: {
    title: 'Bundles of genes',
    text:
      'A cell has thousands of genes, and many rise and fall together. Such a bundle is called a component: ' +
      'PC1 is ' +
      'the strongest. The axes of the plot are components. Each is counted in units of its own spread over all ' +
      'cells: whitened. So x now is a short list of numbers, and A a small matrix.',
    figure: {
      label: 'The matrix of the chosen cell',
      caption: 'A of this cell: how component (column) changes component (row), whitened',
    },
  },
  operator: {
    title: 'A matrix for each cell',
    text:
      'One matrix for all cells would be too simple: a stem cell and a nerve cell change in different ways. So a ' +
      'network, a long formula whose numbers were learnt, reads where a cell is and when. It answers with a ' +
      'matrix ' +
      'A and with b for this cell alone: its operator. Choose other cells in the plot and compare.',
    formula: 'dx/dt = A(x, t) x + b(x, t)',
    figure: { caption: 'A of this cell: how component (column) changes component (row), whitened' },
  },
  eigenvalues: {
    title: 'Grow, shrink, turn',
    text:
      'Along some directions a matrix does something simple: it only stretches, only shrinks, or turns. How ' +
      'fast is ' +
      'told by a number for each direction, the eigenvalue λ. Re λ above 0: cells part. Below 0: they come ' +
      'together. If Im λ is not 0, they turn.',
    figure: {
      label: 'Paths of ten points under one matrix',
      re: 'Re λ = {value}: {meaning}',
      im: 'Im λ = {value}: {meaning}',
      shrinks: 'shrinks',
      keeps: 'keeps its size',
      grows: 'grows',
      turns: 'turns',
      straight: 'does not turn',
      own: 'Those of the chosen cell:',
      task: 'Exercise: make the points turn without growing or shrinking.',
      done: 'Done: this is a clock, such as the cell cycle.',
    },
  },
  cloud: {
    title: 'A line alone would be a lie',
    text:
      'The path looks sure. But the cell was measured once, and no one saw where it went. What the snapshots do ' +
      'support is a cloud: the measured cells of the next time that it may have become. They are the rings in ' +
      'the ' +
      'plot. Where the rings lie far apart, the path says little.',
    figure: { none: 'This page cannot compute it: it was made without labels and expression.' },
    question: {
      ask: 'The rings fill the whole snapshot. What do we know of this cell’s future?',
      options: ['The path', 'The middle of the rings', 'No more than of any cell of its time'],
      right: 2,
      why: 'If it may be anywhere, the path is only one of many that fit as well.',
    },
  },
  mmd: {
    title: 'Do two clouds look alike?',
    text:
      'To learn, the model moves one snapshot forward and compares the cloud with the next one. Not cell by ' +
      'cell: no ' +
      'cell was seen twice. It takes all pairs instead. MMD² is near 0 if both clouds fill the same places. σ ' +
      'says ' +
      'how far a cell looks.',
    formula: 'MMD² = near pairs in each cloud − near pairs between the clouds',
    figure: {
      label: 'Two clouds of points; MMD² is {value}',
      away: 'Distance of the clouds: {value}',
      sigma: 'Width σ = {value}',
    },
  },
  kinetic: {
    title: 'No detours',
    text:
      'Many ways lead from one cloud to the next. A detour has to be fast, and fast motion is costly: kinetic ' +
      'energy. A little of that cost, with weight λ, is added to what the model tries to make small.',
    formula: 'MMD² + λ · mean |dx/dt|²',
    figure: {
      mean: 'mean |dx/dt|² = {value}',
      label: 'A path with a detour; its kinetic energy is {value} times that of the straight one',
      detour: 'Detour',
      caption: 'The dots are equal times apart. The straight path has 1.00.',
    },
    question: {
      ask: 'What does the model do if λ is very large?',
      options: ['It moves the cells too little', 'It makes larger detours', 'Nothing changes'],
      right: 0,
      why: 'To stand still costs nothing. Try it in the tab Train: set λ to 3.',
    },
  },
  score: {
    title: 'Is it any good?',
    text:
      'Whoever has seen the answers can repeat them. So one time is held out: the model is trained without it ' +
      'and ' +
      'has to say where the cells are then. W1 measures how wrong it is: how far its cells must travel, on ' +
      'average, ' +
      'to become the real ones. Even real cells differ from each other by chance: this is the noise floor.',
    figure: {
      label: 'W1 falls while the predicted cells move to the next snapshot',
      to: 'W1 to the cells of time {t}',
      caption:
        'The cells of time {from} move towards those of time {to}, {count} of each. This model has seen both ' +
        'times. For a test it must not.',
    },
    question: {
      ask: 'A model has W1 = 0 at a time that it was trained on. Is it good?',
      options: ['Yes, it is perfect', 'That cannot be told from this'],
      right: 1,
      why: 'It may have learnt the answers by heart. Only a time that it has not seen is a test.',
    },
  },
}
