/** The table of strings in the language of the address. */
import { computed } from '@preact/signals'
import { en } from '../text/en.ts'
import type { Table } from '../text/table.ts'
import { state } from './state.ts'

const TABLES: Readonly<Record<'en' | 'de', Table>> = { en, de: en }

export const strings = computed(() => TABLES[state.lang.value])
