/** English. */
import { cases } from './en_cases.ts'
import { steps } from './en_steps.ts'
import { glossary, words } from './en_words.ts'
import type { Table } from './table.ts'

export const en: Table = { steps, cases, glossary, words }
