/** What runs in the worker of genes_worker.ts. */
import { usage } from './errors.js'
import type { GeneNetwork } from './gene_network.js'
import { startedGenes, type Genes } from './genes.js'
import type { GenesCalls } from './genes_worker.js'
import type { Id } from './protocol.js'
import { serve } from './serve.js'

let genes: Genes
let lastId: Id = 0
const networks = new Map<Id, GeneNetwork>()

function heldAs(id: Id): GeneNetwork {
  const network = networks.get(id)
  if (!network) throw usage('this network has been disposed of')
  return network
}

const calls: GenesCalls = {
  async start(module) {
    genes = await startedGenes(module)
  },
  network(...given) {
    const network = genes.network(...given)
    networks.set(++lastId, network)
    return { id: lastId, info: network.info }
  },
  evidence: (id, ...rest) => heldAs(id).evidence(...rest),
  held: (id, ...rest) => heldAs(id).held(...rest),
  dispose(id) {
    networks.get(id)?.dispose()
    networks.delete(id)
  },
  knownFates: (...given) => genes.knownFates(...given),
  fates: (...given) => genes.fates(...given),
  clouds: (...given) => genes.clouds(...given),
  drivers: (...given) => genes.drivers(...given),
  trends: (...given) => genes.trends(...given),
  labelFlows: (...given) => genes.labelFlows(...given),
  fateChange: (...given) => genes.fateChange(...given),
}

serve(calls)
