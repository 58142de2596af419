/** What a language has to say. */
import type { page } from './en.ts'
import type { Glossary } from './terms.ts'

/** The lesson is text of its own; what the page says elsewhere is as English has it. A text that is one literal tells
 * the compiler the names of its values. */
export type Table = Lesson & typeof page

export type Translation<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Translation<English[Key]>
}

export const STEPS = [
  'snapshots',
  'guess',
  'oneGene',
  'twoGenes',
  'matrix',
  'components',
  'operator',
  'eigenvalues',
  'cloud',
  'mmd',
  'kinetic',
  'score',
] as const
export type StepName = (typeof STEPS)[number]

export const CASES = [
  'switch',
  'repressilator',
  'branching',
  'convergence',
  'decay',
  'growth',
  'two-times',
  'confounder',
] as const
export type CaseName = (typeof CASES)[number]

export interface Question {
  ask: string
  options: readonly string[]
  /** Place of the right one. */
  right: number
  why: string
}

export interface StepText {
  title: string
  text: string
  formula?: string
  /** What stands in its figure; {name} is a value. */
  figure?: Readonly<Record<string, string>>
  question?: Question
}

export interface CaseText {
  title: string
  story: string
  questions: readonly Question[]
}

export interface Lesson {
  steps: Readonly<Record<StepName, StepText>>
  cases: Readonly<Record<CaseName, CaseText>>
  glossary: Glossary
  words: Readonly<Record<Word, string>>
}

export const WORDS = [
  'lesson',
  'why',
  'cases',
  'stepOf',
  'back',
  'next',
  'step',
  'doTheTest',
  'right',
  'wrong',
  'noModel',
  'making',
  'madeOf',
  'train',
  'training',
  'stop',
  'knockOut',
  'nothing',
  'showTruth',
  'trueNetwork',
  'noEdge',
  'hiddenGene',
  'acts',
  'represses',
  'found',
  'notFound',
  'foundWrong',
  'foundBy',
  'ownCells',
  'moreTimes',
  'teacher',
  'hide',
  'part-explore',
  'part-fates',
  'part-genes',
  'part-evaluate',
  'part-train',
  'part-tour',
  'part-controls',
  'part-timeline',
  'part-files',
  'part-panel',
  'part-teacher',
  'large',
  'freeze',
  'goOn',
  'keepView',
  'dropViews',
  'views',
  'view',
  'copyLink',
  'copied',
] as const
export type Word = (typeof WORDS)[number]
