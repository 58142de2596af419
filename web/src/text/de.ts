/** Deutsch. */
import { cases } from './de_cases.ts'
import * as explore from './de_explore.ts'
import * as fates from './de_fates.ts'
import * as learn from './de_learn.ts'
import * as frame from './de_page.ts'
import * as plot from './de_plot.ts'
import { steps } from './de_steps.ts'
import { glossary, words } from './de_words.ts'
import type { Lesson, Table, Translation } from './table.ts'

const translated: Lesson & Translation<Omit<Table, keyof Lesson>> = {
  ...{ steps, cases, glossary, words },
  ...{ ...frame, ...plot, ...explore, ...fates, ...learn },
}

/** Its values have the names of the English ones: tests/text/lesson.test.ts. */
export const de = translated as Table
