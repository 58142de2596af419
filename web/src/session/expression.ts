/** Expression that `cellmnn export` put into the page. */
import { readSafetensors } from 'cellmnn'
import type { Dataset } from '../cells/dataset.ts'
import { embedded, unpacked } from './embedded.ts'

export function embeddedExpression(): Dataset['expression'] {
  if (!document.getElementById('cellmnn-expression')) return null
  let read: ReturnType<NonNullable<Dataset['expression']>> | undefined
  return () => (read ??= readExpression())
}

async function readExpression() {
  const { metadata, tensors } = readSafetensors(await unpacked(embedded('cellmnn-expression')!))
  const { values, shape } = tensors.get('expression')!
  return {
    genes: JSON.parse(metadata.genes!) as string[],
    values: { data: values as Float32Array, shape: shape as [number, number] },
  }
}
