import { de } from './de.ts'
import { en } from './en.ts'
import type { Language } from './languages.ts'
import type { Table } from './table.ts'

export const TABLES: Readonly<Record<Language, Table>> = { en, de }
