/** Changes of a gene, and what they do. */
import { checkedNumber, type Numbers, type Tensor } from './arrays.js'
import { usage } from './errors.js'

/** A change of one gene: new expression = factor x old + plus. */
export interface GeneChange {
  gene: string
  /** 0 if not given, which with no `plus` is a knock-out; 2 doubles. */
  factor?: number
  /** 0 if not given. */
  plus?: number
}

/** Options of {@link Model.perturb}. */
export interface PerturbOptions extends GeneChange {
  /** When to look, as in {@link Model.predict}. */
  times: Numbers
}

/** What a change of a gene does. */
export interface Perturbation {
  /** (T, N, D): predictions of the cells as they are. */
  unchanged: Tensor
  /** (T, N, D): predictions of the changed cells. */
  changed: Tensor
}

/** Options of {@link Model.perturbationReport}. */
export interface PerturbationReportOptions extends GeneChange {
  /** When to look: cells that are later take no part. */
  time: number
  /** Genes of similar loadings and expression to compare with, at most; 50 if not given. */
  controls?: number
  /** Whether W1 is computed, which takes seconds for thousands of cells; true if not given. */
  w1?: boolean
}

/** What a change of a gene does to the mean prediction, beside the same change of similar genes. */
export interface PerturbationReport {
  time: number
  /** How many cells take part. */
  cells: number
  /** How far the mean prediction moves, in the unit of the coordinates. */
  ofMean: number
  /** The root mean square displacement of a cell. */
  ofCells: number
  /** The Wasserstein distance between changed and unchanged predictions, if it was asked for. */
  w1?: number
  /** (G): the mean change of each gene's expression. */
  genes: Float64Array
  /** (G): the mean of the same over the controls, and its standard deviation. */
  controlMean: Float64Array
  controlSd: Float64Array
  /** How far each control moves the mean prediction, in no order. */
  controlShifts: readonly number[]
  /** Their median; NaN without controls. */
  controlShift: number
  /** The share of the controls that move it as far, the gene itself counted. */
  p: number
}

/** @internal */
export const CHANGE = ['gene', 'factor', 'plus']

/** @internal */
export function checkedChange(change: GeneChange | undefined, call: string): Required<GeneChange> {
  const { gene, factor = 0, plus = 0 } = change ?? {}
  if (typeof gene !== 'string') throw usage(`${call} needs the name of a gene: { gene, ... }`)
  return { gene, factor: checkedNumber(factor, 'factor'), plus: checkedNumber(plus, 'plus') }
}
