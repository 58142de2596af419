/** Deutsch. */
import { cases } from './de_cases.ts'
import { steps } from './de_steps.ts'
import { glossary, words } from './de_words.ts'
import type { Table } from './table.ts'

export const de: Table = { steps, cases, glossary, words }
