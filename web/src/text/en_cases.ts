/** English: simulated cells with questions. */
import type { Lesson } from './table.ts'

export const cases: Lesson['cases'] = {
  switch: {
    title: 'A switch',
    story:
      'Genes A and B hold each other back, and each helps itself. All cells begin alike, with little of both. ' +
      'The colours show the times: look where cells end.',
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
        why:
          'One picture of a ring has no direction. Several show how the crowd moves on, unless it goes ' +
          'round between two of them.',
      },
      {
        ask: 'Cells begin at slightly different moments. What becomes of the crowd after many rounds?',
        options: ['It stays together', 'It spreads over the whole ring', 'It stops'],
        right: 1,
        why:
          'Each cell keeps its own time. When the ring is full, all snapshots look alike, and the motion ' +
          'is hidden.',
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
          'Here A divides and no cell changes. But snapshots show shares alone: one needs marked cells or ' +
          'counts of ' +
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
        why:
          'Nothing in the data speaks for a detour, so it draws none. Where nothing was measured a path is ' +
          'an assumption.',
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
}
