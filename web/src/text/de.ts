/** Deutsch. */
import { cases } from './de/cases.ts'
import * as explore from './de/explore.ts'
import * as fates from './de/fates.ts'
import * as learn from './de/learn.ts'
import * as frame from './de/page.ts'
import * as plot from './de/plot.ts'
import { steps } from './de/steps.ts'
import { glossary, words } from './de/words.ts'
import type { Lesson, Table, Translation } from './table.ts'

const translated: Lesson & Translation<Omit<Table, keyof Lesson>> = {
  ...{ steps, cases, glossary, words },
  ...{ ...frame, ...plot, ...explore, ...fates, ...learn },
}

/** Its values have the names of the English ones: tests/text/lesson.test.ts. */
export const de = translated as Table
