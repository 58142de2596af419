/** English. */
import { cases } from './en_cases.ts'
import * as explore from './en_explore.ts'
import * as fates from './en_fates.ts'
import * as learn from './en_learn.ts'
import * as frame from './en_page.ts'
import * as plot from './en_plot.ts'
import { steps } from './en_steps.ts'
import { glossary, words } from './en_words.ts'
import type { Table } from './table.ts'

export const page = { ...frame, ...plot, ...explore, ...fates, ...learn }

export const en: Table = { steps, cases, glossary, words, ...page }
