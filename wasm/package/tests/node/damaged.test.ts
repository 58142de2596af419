/** Files with any damage: they are read, or refused with one of the package's own errors. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CellMnnError, readCsv, readNpz, readSafetensors, readText } from 'cellmnn'
import { data, lib, trained } from '../support.js'

const folder = new URL('../../../../tests/fixtures/', import.meta.url).pathname
const RUNS = 400

interface Edit {
  /** Where, as a part of the file. */
  at: number
  removed: number
  added: Uint8Array
}

/** Bytes that mean something to one of the formats. */
const telling = ['"', ',', ';', '\n', '\ufeff', 'nan', '-1e400', 'PK\x01\x02', '\xff\xff\xff\xff', '\x00', '[[[[', '{']
const addition = fc.oneof(
  fc.constantFrom(...telling).map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255)),
  fc.uint8Array({ maxLength: 9 }),
)
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9999 })),
  added: addition,
})
const edits = fc.array(edit, { minLength: 1, maxLength: 5 })

function damaged(bytes: Uint8Array, changes: readonly Edit[]): Uint8Array {
  return changes.reduce<Uint8Array>((file, { at, removed, added }) => {
    const begin = Math.floor(at * file.length)
    return Uint8Array.from([...file.subarray(0, begin), ...added, ...file.subarray(begin + removed)])
  }, bytes)
}

async function readsOrRefuses(read: (bytes: Uint8Array) => unknown, valid: readonly Uint8Array[]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...valid), edits, async (bytes, changes) => {
      try {
        await read(damaged(bytes, changes))
      } catch (error) {
        expect(error, String((error as Error).stack)).toBeInstanceOf(CellMnnError)
      }
    }),
    { numRuns: RUNS, seed: 1 },
  )
}

const fixtures = (ending: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name)))

describe('any damage is refused with an error of the package', () => {
  test('tables', () => readsOrRefuses(async (bytes) => readCsv(await readText(bytes)), fixtures('.csv')))

  test('npz', () => readsOrRefuses((bytes) => readNpz(bytes), fixtures('.npz')))

  const models = [trained(data, 1).toBytes(), trained({ snapshots: data.snapshots }, 1).toBytes()]

  test('safetensors', () => readsOrRefuses((bytes) => readSafetensors(bytes), models))

  test('models', () => readsOrRefuses((bytes) => lib.loadModel(bytes).dispose(), models))
})
