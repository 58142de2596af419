/** English. */
import { cases } from './en/cases.ts'
import * as explore from './en/explore.ts'
import * as fates from './en/fates.ts'
import * as learn from './en/learn.ts'
import * as frame from './en/page.ts'
import * as plot from './en/plot.ts'
import { steps } from './en/steps.ts'
import { glossary, words } from './en/words.ts'
import type { Table } from './table.ts'

export const page = { ...frame, ...plot, ...explore, ...fates, ...learn }

export const en: Table = { steps, cases, glossary, words, ...page }
