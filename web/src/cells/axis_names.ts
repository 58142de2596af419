/** What stands beside axes: the names of components, and rates. */
import type { Table } from '../text/table.ts'
import { fill } from '../text/terms.ts'
import type { Dataset } from './dataset.ts'

/** 'PC1', or the name that the component has. */
export const componentName = ({ componentNames }: Dataset, d: number): string => componentNames[d] ?? `PC${d + 1}`

/** For what changes in time. */
export const perTime = ({ timeUnit }: Dataset, says: Table['legend']): string =>
  timeUnit === '' ? says.perTime : fill(says.perUnit, { unit: timeUnit })
