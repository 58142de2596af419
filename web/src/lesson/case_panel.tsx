/** Simulated cells with a question, their experiments, and the truth beside what the data tell. */
import { useEffect } from 'preact/hooks'
import { Awaited } from '../parts/awaited.tsx'
import { Check } from '../parts/check.tsx'
import { Words } from '../parts/term.tsx'
import { Select } from '../parts/select.tsx'
import { making, truth, hasOwn, type Truth } from '../session/cases.ts'
import { edges, networkWaits, wantNetwork } from '../session/network.ts'
import { mayMove, playing } from '../session/clock.ts'
import { hasModel, model } from '../session/session.ts'
import { progress, running, stop, train } from '../session/training.ts'
import { state } from '../session/state.ts'
import type { CaseName } from '../text/table.ts'
import { Exercise } from './exercise.tsx'
import { chooseLesson } from './lesson_panel.tsx'
import { grouped, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function CasePanel({ name }: { name: CaseName }) {
  const { cases, words } = strings.value
  const { title, story, questions } = cases[name]
  const known = truth.value
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

const pairOf = (source: string, target: string): string => `${source} ${target}`

/** True edges, and which of them the lagged network of these cells has with the same sign. */
function TrueNetwork({ known: { genes, measured, network } }: { known: Truth }) {
  useEffect(wantNetwork, [])
  const { words } = strings.value
  const others = network.filter(({ source, target }) => source !== target)
  const found = new Map(
    edges.value
      .slice(0, Math.max(1, others.length))
      .map((one) => [pairOf(one.regulator, one.target), Math.sign(one.effect)]),
  )
  const wrong = [...found].filter(
    ([pair, sign]) =>
      !others.some((one) => pairOf(genes[one.source]!, genes[one.target]!) === pair && one.sign === sign),
  )
  return (
    <section>
      <h3>{words.trueNetwork}</h3>
      {others.length === 0 && <p>{words.noEdge}</p>}
      <Awaited waits={networkWaits} />
      <ul class="true-network">
        {others.map(({ source, target, sign }) => {
          const isHidden = source >= measured
          const agrees = found.get(pairOf(genes[source]!, genes[target]!)) === sign
          return (
            <li key={`${source} ${target}`}>
              {genes[source]}
              {isHidden && ` (${words.hiddenGene})`} {sign > 0 ? words.acts : words.represses} {genes[target]}
              {found.size > 0 && !isHidden && <i>{agrees ? `✓ ${words.found}` : words.notFound}</i>}
            </li>
          )
        })}
      </ul>
      {wrong.length > 0 && (
        <p>
          {words.foundWrong}
          {wrong.map(([pair, sign]) => pair.replace(' ', ` ${sign > 0 ? words.acts : words.represses} `)).join(', ')}
        </p>
      )}
      <p class="hint">{words.foundBy}</p>
    </section>
  )
}
