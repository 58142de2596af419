/** Six short steps through the method, each with a figure that moves. */
import type { ComponentType } from 'preact'
import { playing } from '../session/clock.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { OperatorFigure, ScoreFigure, SnapshotsFigure } from './tour_figures.tsx'
import { EnergyFigure, FlowFigure, MmdFigure } from './tour_toys.tsx'

interface Step {
  title: string
  text: string
  formula?: string
  Figure: ComponentType
  /** What the plot beside shows. */
  stage(): void
}

/** The cell that the steps speak of, in the first third of the time course. */
function choose(): void {
  const { snapshots } = dataset.peek()!
  const { begin, end } = snapshots[Math.floor(snapshots.length / 3)]!
  state.cell.value = Math.floor((begin + end) / 2)
}

const STEPS: readonly Step[] = [
  {
    title: 'Snapshots',
    text:
      'To measure a cell is to destroy it. So nobody sees a cell twice: there are only snapshots of other cells, ' +
      'at a few times t. No dot in one picture belongs to a dot in the next.',
    Figure: SnapshotsFigure,
    stage: () => {
      state.color.value = 'time'
      state.cell.value = null
    },
  },
  {
    title: 'An operator for each cell',
    text:
      'A network reads a cell x and its time t and gives a matrix A and an offset b: the cell’s own linear ' +
      'equation. Column j of row i says how component j drives component i. The eigenvalues λ of A tell which ' +
      'directions grow.',
    formula: 'dx/dt = A(x, t) x + b(x, t)',
    Figure: OperatorFigure,
    stage: choose,
  },
  {
    title: 'The flow',
    text:
      'A linear equation needs no small steps: the solution is a matrix exponential, for any time t′ up ' +
      'to the next training time at once. There the cell gets a new operator, and goes on with it. A ' +
      'positive Re λ pushes outwards, a negative one pulls in, Im λ turns.',
    formula: 'x(t′) = expm(A (t′ − t)) x,  for b = 0',
    Figure: FlowFigure,
    stage: () => {
      choose()
      playing.value = true
    },
  },
  {
    title: 'MMD: do two clouds look alike?',
    text:
      'A predicted cloud cannot be compared with the real one cell by cell. The maximum mean discrepancy ' +
      'compares all pairs instead: it is near 0 if both clouds fill the same places. σ says how far a cell ' +
      'looks.',
    formula: 'MMD² = mean k(u, u′) + mean k(v, v′) − 2 mean k(u, v),   k(u, v) = exp(−|u − v|₁ / (D σ))',
    Figure: MmdFigure,
    stage: () => {
      state.cell.value = null
    },
  },
  {
    title: 'The kinetic term',
    text:
      'Many paths lead from one cloud to the next. The shortest and calmest has the least kinetic energy, so the ' +
      'loss adds a bit of it, with weight λ.',
    formula: 'loss = MMD² + λ · mean |dx/dt|²',
    Figure: EnergyFigure,
    stage: () => {},
  },
  {
    title: 'The held-out score',
    text:
      'A model can fit what it has seen. The test is a time it has never seen: leave a snapshot out, train, move ' +
      'the cells there, and measure W1, the mean way that cells must travel to turn one cloud into the other.',
    Figure: ScoreFigure,
    stage: () => {
      state.cell.value = null
    },
  },
]

const placeOf = (step: number): number => Math.min(STEPS.length - 1, Math.max(0, Math.floor(step)))

/** The plot shows what the step speaks of. */
export const stageTour = (): void => STEPS[placeOf(state.step.peek())]!.stage()

export function TourPanel() {
  const place = placeOf(state.step.value)
  const { title, text, formula, Figure } = STEPS[place]!
  const go = (next: number) => {
    state.step.value = next
    stageTour()
  }
  return (
    <div class="panel tour">
      <p class="hint">
        Step {place + 1} of {STEPS.length}
      </p>
      <h2>{title}</h2>
      <p>{text}</p>
      {formula && <p class="formula">{formula}</p>}
      <Figure key={place} />
      <div class="row">
        <button disabled={place === 0} onClick={() => go(place - 1)}>
          Back
        </button>
        {place + 1 < STEPS.length ? (
          <button class="main" onClick={() => go(place + 1)}>
            Next: {STEPS[place + 1]!.title}
          </button>
        ) : (
          <button class="main" onClick={() => (state.tab.value = 'evaluate')}>
            Do the test
          </button>
        )}
      </div>
      <ol class="dots">
        {STEPS.map((step, i) => (
          <li key={step.title}>
            <button
              aria-label={`Step ${i + 1}: ${step.title}`}
              aria-current={i === place ? 'step' : undefined}
              onClick={() => go(i)}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}
