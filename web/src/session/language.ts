/** The table of strings in the language of the address. */
import { computed } from '@preact/signals'
import { de } from '../text/de.ts'
import { en } from '../text/en.ts'
import type { Table } from '../text/table.ts'
import { state } from './state.ts'

const TABLES: Readonly<Record<'en' | 'de', Table>> = { en, de }

export const strings = computed(() => TABLES[state.lang.value])
