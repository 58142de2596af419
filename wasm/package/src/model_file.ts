import { badInput, CellMnnError } from './errors.js'
import { readSafetensors, safetensorsBytes, type SafeTensor } from './safetensors.js'
import type { Core, ModelParts } from './wasm/cellmnn.js'

// docs/model-format.md is the contract.
const ONE_SIDED = 'cellmnn/1'
const TWO_SIDED = 'cellmnn/2'

/** @internal */
export interface ModelFile {
  parts: ModelParts
  /** The texts of the file, so that writing it again gives the same bytes. */
  metadata: Record<string, string>
}

/** @internal Throws bad-input for a damaged file, wrong dtypes or shapes, or an unknown format version. */
export function parseModel(bytes: Uint8Array, core: Core): ModelFile {
  const { metadata, tensors } = readSafetensors(bytes)
  if (metadata.format !== ONE_SIDED && metadata.format !== TWO_SIDED) {
    const got = metadata.format === undefined ? 'no format' : `the format '${metadata.format}'`
    throw badInput(
      `the file is no model for this version: it has ${got} in its metadata, expected '${ONE_SIDED}' or '${TWO_SIDED}'`,
    )
  }
  const take = <Values extends Float32Array | Float64Array>(
    name: string,
    type: new (length: number) => Values,
    shape: number[],
  ): Values => {
    const tensor = tensors.get(name)
    const expected = `${type === (Float64Array as unknown) ? 'F64' : 'F32'} of shape [${shape.join(', ')}]`
    if (!tensor) throw badInput(`the model has no tensor '${name}': expected ${expected}`)
    if (!(tensor.values instanceof type) || tensor.shape.join() !== shape.join()) {
      throw badInput(
        `the tensor '${name}' has the shape [${tensor.shape.join(', ')}] or another type: expected ${expected}`,
      )
    }
    tensors.delete(name)
    return tensor.values
  }

  const config = parsed<ModelParts['config']>(metadata, 'config')
  const time = parsed<ModelParts['time']>(metadata, 'time')
  const provenance = parsed<{ data?: { times?: number[] } }>(metadata, 'provenance')
  // Files of version 0.1 have the training times in the provenance alone.
  time.training ??= provenance.data?.times ?? [time.first, time.last]
  if (![time.origin, time.unit, time.first, time.last].every(Number.isFinite) || time.unit <= 0) {
    throw badInput("the model's time has to hold finite numbers origin, unit, first and last, its unit above 0")
  }
  const { training } = time
  if (!Array.isArray(training) || !training.every((t, k) => Number.isFinite(t) && (k === 0 || t > training[k - 1]!)))
    throw badInput("the model's time has to list its training times, ascending")
  const shapes = shapesOf(config, core)
  const takeNetwork = (name: string) =>
    concatenated(
      shapes.flatMap(([outputs, inputs], l) => [
        take(`${name}.${l}.weight`, Float32Array, [outputs, inputs]),
        take(`${name}.${l}.bias`, Float32Array, [outputs]),
      ]),
    )
  const dims = config.dims as number
  const parts: ModelParts = {
    config,
    time,
    mean: take('latent.mean', Float64Array, [dims]),
    std: take('latent.std', Float64Array, [dims]),
    parameters: takeNetwork('encoder'),
    genes: undefined,
    ...(metadata.format === TWO_SIDED && { reversed: takeNetwork('reversed') }),
  }
  if (metadata.genes !== undefined) {
    const names = parsed<string[]>(metadata, 'genes', 'list')
    const genes = names.length
    parts.genes = {
      names,
      loadings: { data: take('latent.loadings', Float32Array, [genes, dims]), shape: [genes, dims] },
    }
    if (tensors.has('latent.gene_mean')) parts.genes.mean = take('latent.gene_mean', Float32Array, [genes])
  }
  const [other] = tensors.keys()
  if (other !== undefined) throw badInput(`the model has a tensor '${other}' that its format does not know`)
  return { parts, metadata }
}

/** @internal */
export function modelBytes({ parts, metadata }: ModelFile, core: Core): Uint8Array {
  const tensors = new Map<string, SafeTensor>()
  const putNetwork = (network: string, parameters: Float32Array) => {
    let at = 0
    const put = (name: string, shape: number[]) => {
      const size = shape.reduce((product, extent) => product * extent, 1)
      tensors.set(name, { shape, values: parameters.slice(at, at + size) })
      at += size
    }
    core._layerShapes(parts.config).forEach(([outputs, inputs], l) => {
      put(`${network}.${l}.weight`, [outputs, inputs])
      put(`${network}.${l}.bias`, [outputs])
    })
  }
  putNetwork('encoder', parts.parameters)
  if (parts.reversed) putNetwork('reversed', parts.reversed)
  tensors.set('latent.mean', { shape: [parts.mean.length], values: parts.mean })
  tensors.set('latent.std', { shape: [parts.std.length], values: parts.std })
  if (parts.genes) {
    const { loadings, mean } = parts.genes
    tensors.set('latent.loadings', { shape: [...loadings.shape], values: loadings.data })
    if (mean) tensors.set('latent.gene_mean', { shape: [mean.length], values: mean })
  }
  return safetensorsBytes({ metadata, tensors })
}

/** @internal The metadata of a model that was trained here. */
export function metadataOf({ config, time, genes }: ModelParts, provenance: object): Record<string, string> {
  return {
    format: ONE_SIDED,
    config: JSON.stringify(config),
    time: JSON.stringify(time),
    provenance: JSON.stringify(provenance),
    ...(genes && { genes: JSON.stringify(genes.names) }),
  }
}

function parsed<T>(metadata: Record<string, string>, key: string, kind: 'object' | 'list' = 'object'): T {
  let value: unknown
  try {
    value = JSON.parse(metadata[key] ?? '')
  } catch {
    throw badInput(`the model's metadata '${key}' are ${key in metadata ? 'not JSON' : 'missing'}`)
  }
  const fits =
    kind === 'list'
      ? Array.isArray(value) && value.every((item) => typeof item === 'string')
      : typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!fits)
    throw badInput(`the model's metadata '${key}' are not ${kind === 'list' ? 'a list of names' : 'a JSON object'}`)
  return value as T
}

/** The core checks the config; what it calls wrong use is a damaged file here. */
function shapesOf(config: ModelParts['config'], core: Core): [number, number][] {
  try {
    return core._layerShapes(config)
  } catch (error) {
    if (error instanceof CellMnnError && error.code === 'usage')
      throw badInput(`the model's metadata 'config': ${error.message}`)
    throw error
  }
}

function concatenated(parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
