import { expect, test } from 'vitest'
import { searched } from '../../src/cells/gene_search.ts'

const names = ['TNNT2', 'NKX2-5', 'T', 'ACTN2', 'tnni3']

test('names that begin with the text come first, each in their order', () => {
  expect(searched(names, 'tn', 9)).toEqual(['TNNT2', 'tnni3', 'ACTN2'])
  expect(searched(names, ' T ', 9)).toEqual(['TNNT2', 'T', 'tnni3', 'ACTN2'])
  expect(searched(names, '', 2)).toEqual(['TNNT2', 'NKX2-5'])
  expect(searched(names, 'nanog', 9)).toEqual([])
})

test('no more than asked for, of twenty thousand', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `Gene${i}`)
  expect(searched(many, '7', 3)).toEqual(['Gene7', 'Gene17', 'Gene27'])
  expect(searched(many, 'gene1999', 3)).toEqual(['Gene1999', 'Gene19990', 'Gene19991'])
})
