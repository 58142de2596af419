/** English. */
import type { Table } from './table.ts'

export const en: Table = {
  steps: {
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
        'The ring marks one cell. From all snapshots together a model has learnt how cells move. Before you see its ' +
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
        'Let x be the amount of one gene’s product. The cell makes b of it in each unit of time. What is there also ' +
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
        'With two genes a cell is a point: the first amount goes across, the second up. At each point the two rates ' +
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
        'The arrows came from four numbers. In rows and columns they are called a matrix, A. A row says who changes, a ' +
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
        'A cell has thousands of genes, and many rise and fall together. Such a bundle is called a component: PC1 is ' +
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
        'network, a long formula whose numbers were learnt, reads where a cell is and when. It answers with a matrix ' +
        'A and with b for this cell alone: its operator. Choose other cells in the plot and compare.',
      formula: 'dx/dt = A(x, t) x + b(x, t)',
      figure: { caption: 'A of this cell: how component (column) changes component (row), whitened' },
    },
    eigenvalues: {
      title: 'Grow, shrink, turn',
      text:
        'Along some directions a matrix does something simple: it only stretches, only shrinks, or turns. How fast is ' +
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
        'support is a cloud: the measured cells of the next time that it may have become. They are the rings in the ' +
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
        'To learn, the model moves one snapshot forward and compares the cloud with the next one. Not cell by cell: no ' +
        'cell was seen twice. It takes all pairs instead. MMD² is near 0 if both clouds fill the same places. σ says ' +
        'how far a cell looks.',
      formula: 'MMD² = near pairs in each cloud − near pairs between the clouds',
      figure: { label: 'Two clouds of points; MMD² is {value}', away: 'Distance of the clouds: {value}', sigma: 'Width σ = {value}' },
    },
    kinetic: {
      title: 'No detours',
      text:
        'Many ways lead from one cloud to the next. A detour has to be fast, and fast motion is costly: kinetic ' +
        'energy. A little of that cost, with weight λ, is added to what the model tries to make small.',
      formula: 'MMD² + λ · mean |dx/dt|²',
      figure: {
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
        'Whoever has seen the answers can repeat them. So one time is held out: the model is trained without it and ' +
        'has to say where the cells are then. W1 measures how wrong it is: how far its cells must travel, on average, ' +
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
  },
  cases: {
    switch: {
      title: 'A switch',
      story:
        'Genes A and B hold each other back, and each helps itself. All cells begin alike, with little of both. ' +
        'Play, and look where they end.',
      questions: [
        {
          ask: 'All cells begin alike. Why do they end in two groups?',
          options: ['They had different genes', 'Small chance differences are made large', 'The model pulls them apart'],
          right: 1,
          why: 'Whichever gene is ahead by chance holds the other one back. The lead grows until one is off.',
        },
        {
          ask: 'Knock out gene A. Where do cells end?',
          options: ['Half of them with B high', 'Nearly all of them with B high', 'Nowhere: both stay low'],
          right: 1,
          why: 'Nothing holds B back any longer. Try it: choose A in the box below.',
        },
      ],
    },
    repressilator: {
      title: 'A clock: the repressilator',
      story:
        'Three genes in a ring: A holds back B, B holds back C, C holds back A. Each cell goes round and round. ' +
        'Snapshots were taken at five times.',
      questions: [
        {
          ask: 'In which direction do cells go round? Can the snapshots tell?',
          options: [
            'Yes: colours follow each other around the ring, if times are close',
            'Yes, from one snapshot alone',
            'No, never',
          ],
          right: 0,
          why: 'One picture of a ring has no direction. Several show how the crowd moves on, unless it goes round between two of them.',
        },
        {
          ask: 'Cells begin at slightly different moments. What becomes of the crowd after many rounds?',
          options: ['It stays together', 'It spreads over the whole ring', 'It stops'],
          right: 1,
          why: 'Each cell keeps its own time. When the ring is full, all snapshots look alike, and the motion is hidden.',
        },
      ],
    },
    branching: {
      title: 'Branching',
      story:
        'Stem cells mature and take one of two fates: 24 genes, a clock that ends the stem state, and a switch. ' +
        'The colours show times; choose the labels as colour to see fates.',
      questions: [
        {
          ask: 'When can one tell for the first time which fate a cell will take?',
          options: ['At the first time', 'When the two groups begin to part', 'Only at the last time'],
          right: 1,
          why: 'Before that, cells of both fates lie in the same places. A path drawn through them is a guess.',
        },
      ],
    },
    convergence: {
      title: 'Convergence',
      story: 'Two kinds of cells begin far apart and become the same kind. The labels show from which kind a cell came.',
      questions: [
        {
          ask: 'A cell of the last time is given, without its label. Can one tell where it came from?',
          options: ['Yes, its path leads back', 'No: both kinds lie in the same places by then'],
          right: 1,
          why: 'The future can be sure while the past is not. A line drawn backwards looks sure all the same.',
        },
      ],
    },
    decay: {
      title: 'Decay that looks like repression',
      story: 'The product of gene Old falls while that of gene New rises. Who does what to whom?',
      questions: [
        {
          ask: 'New goes up where Old goes down. Does New hold Old back?',
          options: ['Yes', 'Not necessarily: Old may just be lost', 'Yes, if the effect is strong'],
          right: 1,
          why: 'Old is no longer made, so it decays. Nothing acts on it. Show the truth to see the empty list.',
        },
        {
          ask: 'Which experiment would tell?',
          options: ['More cells', 'Knock out New and look at Old', 'Another picture of the same cells'],
          right: 1,
          why: 'Without New, Old falls in just the same way. More of the same cells would only repeat the question.',
        },
      ],
    },
    growth: {
      title: 'Growth without death',
      story: 'There are two kinds of cells, half and half at first. At the last time nearly all are of one kind.',
      questions: [
        {
          ask: 'Nearly all cells have A at the end. Did cells change from B to A?',
          options: ['Yes, most of them', 'No: those with A divided more often', 'Both look the same in the snapshots'],
          right: 2,
          why:
            'Here A divides and no cell changes. But snapshots show shares alone: one needs marked cells or counts of ' +
            'cells to tell. Show the truth: no line goes from one kind to the other.',
        },
      ],
    },
    'two-times': {
      title: 'Two times only',
      story: 'These cells were measured at the beginning and at the end, and not in between.',
      questions: [
        {
          ask: 'The gene Pulse is low at both times. Did it ever act?',
          options: ['No, it was always low', 'It cannot be told from these two times', 'Yes, certainly'],
          right: 1,
          why: 'Measure more often with the button below: Pulse rises and falls between the two times.',
        },
        {
          ask: 'A model trained on the two times draws a way. What will it be like?',
          options: ['The shortest way', 'The true way', 'A random way'],
          right: 0,
          why: 'Nothing in the data speaks for a detour, so it draws none. Where nothing was measured a path is an assumption.',
        },
      ],
    },
    confounder: {
      title: 'A gene that nobody measured',
      story: 'Gene Early rises first, gene Late follows. Over all cells they go up and down together.',
      questions: [
        {
          ask: 'Does Early switch on Late?',
          options: ['Yes: it comes first', 'Yes: they go together', 'It may be that another gene acts on both'],
          right: 2,
          why: 'A gene that was not measured acts on both, on Early faster. To come first is no proof of a cause.',
        },
        {
          ask: 'Knock out Early. What does Late do?',
          options: ['It stays low', 'It rises as before'],
          right: 1,
          why: 'Try it in the box below: to change one gene and look at the other is how a cause is found.',
        },
      ],
    },
  },
  glossary: {
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
      says: 'A weighted sum of genes that rise and fall together. The first ones hold most of what differs between cells.',
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
      says: 'How far cells must travel, on average, to turn one cloud into the other by the shortest ways. Lower is better.',
    },
    heldOut: { forms: 'held[- ]out', says: 'Not shown to the model in training, so that it can be asked about it.' },
    noiseFloor: {
      forms: 'noise floor',
      says: 'The score that chance alone gives: two halves of the same real cells compared with each other.',
    },
  },
  words: {
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
      'The lines in the plot are whole true ways of other cells, which no experiment sees. ‘Found’ is what the lagged ' +
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
  },
}
