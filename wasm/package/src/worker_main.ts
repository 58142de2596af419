/** What runs in a worker: answers the requests of worker.ts, one after the other. */
import { instantiate } from './core.js'
import { usage } from './errors.js'
import { CellMnn } from './library.js'
import { Model } from './model.js'
import type { Calls, Id } from './protocol.js'
import { serve } from './serve.js'
import { Trainer } from './trainer.js'

let library: CellMnn
let lastId: Id = 0
const held = new Map<Id, Model | Trainer>()

function keep(object: Model | Trainer): Id {
  held.set(++lastId, object)
  return lastId
}

function heldAs<T extends Model | Trainer>(id: Id, type: abstract new (...parameters: never[]) => T): T {
  const object = held.get(id)
  if (!(object instanceof type)) throw usage('this object has been disposed of')
  return object
}

const calls: Calls = {
  async start(wasmModule) {
    library = new CellMnn(await instantiate(wasmModule))
  },
  loadModel(bytes) {
    const model = library.loadModel(bytes)
    return { id: keep(model), info: model.info }
  },
  predict: (id, ...rest) => heldAs(id, Model).predict(...rest),
  dataDifference: (id, ...rest) => heldAs(id, Model).dataDifference(...rest),
  timesInItsUnit: (id, ...rest) => heldAs(id, Model).timesInItsUnit(...rest),
  weights: (id, ...rest) => heldAs(id, Model).weights(...rest),
  velocity: (id, ...rest) => heldAs(id, Model).velocity(...rest),
  operatorAt: (id, ...rest) => heldAs(id, Model).operatorAt(...rest),
  population: (id, ...rest) => heldAs(id, Model).population(...rest),
  eigenvalues: (id, ...rest) => heldAs(id, Model).eigenvalues(...rest),
  interactions: (id, ...rest) => heldAs(id, Model).interactions(...rest),
  changedCells: (id, ...rest) => heldAs(id, Model).changedCells(...rest),
  similarGenes: (id, ...rest) => heldAs(id, Model).similarGenes(...rest),
  perturb: (id, ...rest) => heldAs(id, Model).perturb(...rest),
  perturbationReport: (id, ...rest) => heldAs(id, Model).perturbationReport(...rest),
  scoreModel: (id, ...rest) => library.scoreModel(heldAs(id, Model), ...rest),
  scorePopulation: (id, ...rest) => library.scorePopulation(heldAs(id, Model), ...rest),
  createTrainer: (...rest) => keep(library.createTrainer(...rest)),
  run: (id, ...rest) => heldAs(id, Trainer).run(...rest),
  trainedModel(id) {
    const model = heldAs(id, Trainer).model()
    try {
      return model.toBytes()
    } finally {
      model.dispose()
    }
  },
  dispose(id) {
    held.get(id)?.dispose()
    held.delete(id)
  },
  scoreMethod: (...rest) => library.scoreMethod(...rest),
  wasserstein: (...rest) => library.wasserstein(...rest),
  mmd: (...rest) => library.mmd(...rest),
  principalComponents: (...rest) => library.principalComponents(...rest),
  simulate: (...rest) => library.simulate(...rest),
  simulateSmall: (...rest) => library.simulateSmall(...rest),
  liveHandles: () => library.liveHandles,
}

serve(calls)
