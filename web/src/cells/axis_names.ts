/** What stands beside axes: the names of components, and rates. */
import type { Dataset } from './dataset.ts'

/** 'PC1', or the name that the component has. */
export const componentName = ({ componentNames }: Dataset, d: number): string => componentNames[d] ?? `PC${d + 1}`

/** For what changes in time. */
export const perTime = ({ timeUnit }: Dataset): string => `per ${timeUnit === '' ? 'unit of time' : timeUnit}`
