/** The steps of the lesson: what each shows, and which terms it brings. Their texts stand in `text`. */
import type { ComponentType } from 'preact'
import { playing, showTime } from '../session/clock.ts'
import { dataset, firstTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { STEPS, type StepName } from '../text/table.ts'
import { CloudFigure, OperatorFigure, ScoreFigure, SnapshotsFigure } from './cell_figures.tsx'
import type { FigureProps } from './figure_props.ts'
import { MatrixFigure, OneGeneFigure, TwoGenesFigure } from './gene_figures.tsx'
import { GuessFigure } from './guess_figure.tsx'
import { EnergyFigure, FlowFigure, MmdFigure } from './toys.tsx'

interface Step {
  Figure: ComponentType<FigureProps>
  /** What the plot beside shows. */
  stage(): void
}

/** The cell that the steps speak of, in the first third of the time course, at its own time. */
function choose(): void {
  const { snapshots } = dataset.peek()!
  const { begin, end } = snapshots[Math.floor(snapshots.length / 3)]!
  state.cell.value = Math.floor((begin + end) / 2)
}

function nothing(): void {
  state.cell.value = null
}

const FIGURES: Readonly<Record<StepName, Step>> = {
  snapshots: {
    Figure: SnapshotsFigure,
    stage: () => {
      state.color.value = 'time'
      nothing()
    },
  },
  guess: {
    Figure: GuessFigure,
    stage: () => {
      const { begin, end } = dataset.peek()!.snapshots[0]!
      state.cell.value = Math.floor((begin + end) / 2)
      showTime(firstTime.peek())
    },
  },
  oneGene: { Figure: OneGeneFigure, stage: nothing },
  twoGenes: { Figure: TwoGenesFigure, stage: nothing },
  matrix: { Figure: MatrixFigure, stage: nothing },
  components: { Figure: OperatorFigure, stage: choose },
  operator: { Figure: OperatorFigure, stage: choose },
  eigenvalues: {
    Figure: FlowFigure,
    stage: () => {
      choose()
      playing.value = true
    },
  },
  cloud: { Figure: CloudFigure, stage: choose },
  mmd: { Figure: MmdFigure, stage: nothing },
  kinetic: { Figure: EnergyFigure, stage: () => {} },
  score: { Figure: ScoreFigure, stage: nothing },
}

export const placeOf = (step: number): number => Math.min(STEPS.length - 1, Math.max(0, Math.floor(step)))
export const stepAt = (step: number): Step & { name: StepName } => {
  const name = STEPS[placeOf(step)]!
  return { name, ...FIGURES[name] }
}

/** The plot shows what the step speaks of; simulated cells with a question are shown as they are. */
export const stageLesson = (): void => {
  if (state.lesson.peek() === '') stepAt(state.step.peek()).stage()
}
