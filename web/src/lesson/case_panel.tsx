/** Simulated cells with a question, their experiments, and the truth beside what the data tell. */
import { Check } from '../parts/check.tsx'
import { Words } from '../parts/term.tsx'
import { Select } from '../parts/select.tsx'
import { TrueNetwork } from '../parts/true_network.tsx'
import { hasOwn, making } from '../session/cases.ts'
import { mayMove, playing } from '../session/clock.ts'
import { hasModel, model } from '../session/session.ts'
import { progress, running, stop, train } from '../session/training.ts'
import { state } from '../session/state.ts'
import { ofCase, type Truth } from '../session/truth.ts'
import type { CaseName } from '../text/table.ts'
import { Exercise } from './exercise.tsx'
import { chooseLesson } from './lesson_panel.tsx'
import { grouped, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function CasePanel({ name }: { name: CaseName }) {
  const { cases, words } = strings.value
  const { title, story, questions } = cases[name]
  const known = ofCase.value
  return (
    <>
      <h2>{title}</h2>
      <p>
        <Words>{story}</Words>
      </p>
      <p class="hint" role="status">
        {making.value || !known
          ? words.making
          : fill(words.madeOf, {
              cells: grouped(known.of.cells.shape[0]),
              times: known.of.snapshots.length,
              ms: Math.ceil(known.milliseconds),
            })}
      </p>
      {known && <Experiments name={name} known={known} />}
      {questions.map((question) => (
        <Exercise key={question.ask} question={question} />
      ))}
      {known && (
        <>
          <Check of={state.truth}>{words.showTruth}</Check>
          {state.truth.value && <TrueNetwork known={known} />}
        </>
      )}
      {hasOwn.value && <button onClick={() => chooseLesson('')}>{words.ownCells}</button>}
    </>
  )
}

const STEPS = 300 // are enough for two or three genes

function Experiments({ name, known }: { name: CaseName; known: Truth }) {
  const { words } = strings.value
  const trainHere = async () => {
    state.steps.value = STEPS
    await train(null)
    if (model.peek()) playing.value = mayMove()
  }
  return (
    <>
      {name !== 'branching' && (
        <Select
          label={words.knockOut}
          value={state.knocked.value}
          onChange={(gene) => (state.knocked.value = gene)}
          options={[['', words.nothing], ...known.genes.slice(0, known.measured).map((gene) => [gene, gene] as const)]}
        />
      )}
      <div class="row">
        {name === 'two-times' && !state.often.value && (
          <button onClick={() => (state.often.value = true)}>{words.moreTimes}</button>
        )}
        {running.value ? (
          <>
            <button onClick={() => void stop()}>{words.stop}</button>
            <span role="status">{fill(words.training, { step: progress.value?.step ?? 0, all: STEPS })}</span>
          </>
        ) : (
          <button class={hasModel.value ? '' : 'main'} onClick={() => void trainHere()}>
            {words.train}
          </button>
        )}
      </div>
    </>
  )
}
