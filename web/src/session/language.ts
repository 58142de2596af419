/** What the page says, and how it writes numbers: in the language of the address, or else of the browser. */
import { computed } from '@preact/signals'
import { timeIn as inTime, timeName as nameOfTime, type Dataset } from '../cells/dataset.ts'
import { languageFor, type Language } from '../text/languages.ts'
import { numbersIn } from '../text/numbers.ts'
import type { Table } from '../text/table.ts'
import { TABLES } from '../text/tables.ts'
import { fill } from '../text/terms.ts'
import { state } from './state.ts'

const ofBrowser = languageFor(typeof navigator === 'undefined' ? [] : navigator.languages)

export const language = computed<Language>(() => (state.lang.value === 'auto' ? ofBrowser : state.lang.value))
export const strings = computed(() => TABLES[language.value])
export const numbers = computed(() => numbersIn(language.value))

export const fixed = (value: number, decimals: number): string => numbers.value.fixed(value, decimals)
export const grouped = (value: number): string => numbers.value.grouped(value)
export const timeText = (value: number): string => numbers.value.short(value)
export const tickText = (value: number): string => numbers.value.tick(value)
export const percent = (share: number): string => numbers.value.percent(share)
export const signed = (value: number, decimals?: number): string => numbers.value.signed(value, decimals)

export const timeIn = (data: Dataset, time: number): string => inTime(data, time, numbers.value)
export const timeName = (data: Dataset, place: number): string => nameOfTime(data, place, numbers.value)

/** '12 cells' */
export const counted = (count: number, noun: keyof Table['counts']): string =>
  fill(strings.value.counts[noun][numbers.value.form(count)], { n: grouped(count) })

/** On a button that shows more of a list, but not more than so many. */
export const moreText = (count: number, most: number): string =>
  count <= most
    ? fill(strings.value.shared.showAll, { count: grouped(count) })
    : fill(strings.value.shared.showSome, { most: grouped(most), count: grouped(count) })

/** What the core says of fates in a few words, in the language of the page. */
export const fateWords = (words: string): string =>
  words in strings.value.fateWords ? strings.value.fateWords[words as keyof Table['fateWords']] : words
