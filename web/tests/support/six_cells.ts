import type { Dataset } from '../../src/cells/dataset.ts'

/** In two snapshots, on a line. */
export const data = {
  cells: { data: Float32Array.of(0, 1, 2, 10, 11, 12), shape: [6, 1] },
  snapshots: [
    { time: 0, label: '0', begin: 0, end: 3 },
    { time: 2.5, label: 'day2.5', begin: 3, end: 6 },
  ],
  timeUnit: '',
  labels: [{ name: 'type', labels: ['T, cell', 'B'], codes: Int32Array.of(0, 1, -1, 0, 0, 1) }],
  names: ['AAAC-1', 'AAAC-2', 'GG', 'CC', 'TT', '88'],
} as unknown as Dataset
