/** Networks of genes and fates of cells: a module that is loaded when it is first asked for. */
import { startGenes, type RemoteGenes } from 'cellmnn/genes/worker'
import { embeddedText, fromBase64, unpacked } from './embedded.ts'
import { strings } from './language.ts'

type GenesModule = typeof import('./genes_module.ts')

async function genesModule(): Promise<GenesModule> {
  const inPage = embeddedText('cellmnn-genes')
  if (inPage === null) return import('./genes_module.ts')
  const address = URL.createObjectURL(new Blob([inPage], { type: 'text/javascript' }))
  try {
    return (await import(/* @vite-ignore */ address)) as GenesModule
  } finally {
    URL.revokeObjectURL(address)
  }
}

let started: Promise<RemoteGenes> | undefined

async function start(): Promise<RemoteGenes> {
  if (location.protocol === 'file:' && !document.getElementById('cellmnn-genes')) {
    throw new Error(strings.peek().problems.noGenesModule)
  }
  const { wasm, WorkerScript } = await genesModule()
  return startGenes({ wasmBinary: await unpacked(fromBase64(wasm)), createWorker: () => new WorkerScript() })
}

export const genesLibrary = (): Promise<RemoteGenes> => (started ??= start())
