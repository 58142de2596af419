/**
 * cellmnn: explicit single-cell dynamics from snapshots, in the browser and in node.
 *
 * @packageDocumentation
 */
export { loadCellMnn } from './load.js'
export { CellMnn } from './library.js'
export type { PrincipalComponents, Score, Simulation } from './library.js'
export type { SmallSimulation, SmallSystem, SmallSystemOptions } from './small_systems.js'
export { Model } from './model.js'
export type { Interaction, InteractionOptions, ModelInfo, PredictOptions } from './model.js'
export type {
  GeneChange,
  Perturbation,
  PerturbationReport,
  PerturbationReportOptions,
  PerturbOptions,
} from './perturbation.js'
export type { Population, PopulationOptions } from './population.js'
export { Trainer, type Progress, type RunOptions } from './trainer.js'
export { CellMnnError, type ErrorCode } from './errors.js'
export { readNpz } from './npz.js'
export { readCsv } from './csv.js'
export { readSafetensors, type SafeTensor, type SafeTensors } from './safetensors.js'
export type { ReadOptions } from './reading/options.js'
export { readText } from './reading/text_file.js'
export type { ReadTimeCourse, TimesOfUnit } from './known_data.js'
export type { LoadOptions } from './core.js'
export type { SimulateOptions, TrainOptions } from './options.js'
export type { Matrix, MatrixLike, NumberArray, Numbers, Tensor } from './arrays.js'
export type {
  CellAnnotations,
  CellLabels,
  GeneSpace,
  Projection,
  Reading,
  Snapshot,
  TimeCourse,
  TimeCourseLike,
} from './time_course.js'
