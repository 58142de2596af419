/** The lesson, from snapshots to scores in small steps, or simulated cells with a question. */
import { Words } from '../parts/term.tsx'
import { Select } from '../parts/select.tsx'
import { forgetChoices, state } from '../session/state.ts'
import { CASES, STEPS } from '../text/table.ts'
import { caseName } from '../session/cases.ts'
import { CasePanel } from './case_panel.tsx'
import { Exercise } from './exercise.tsx'
import { placeOf, stageLesson, stepAt } from './steps.ts'
import { TeacherSection } from './teacher.tsx'
import { strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function LessonPanel() {
  const { words, cases } = strings.value
  const name = caseName()
  return (
    <div class="panel tour">
      <Select
        label={words.lesson}
        value={name ?? ''}
        onChange={chooseLesson}
        options={[['', words.why]]}
        groups={[[words.cases, CASES.map((one) => [one, cases[one].title] as const)]]}
      />
      {name ? <CasePanel key={name} name={name} /> : <Steps />}
      <TeacherSection />
    </div>
  )
}

export function chooseLesson(name: string): void {
  forgetChoices()
  state.knocked.value = ''
  state.often.value = state.truth.value = false
  state.step.value = 0
  state.lesson.value = name
}

function Steps() {
  const place = placeOf(state.step.value)
  const { name, Figure } = stepAt(place)
  const { steps, words } = strings.value
  const { title, text, formula, figure = {}, question } = steps[name]
  const go = (next: number) => {
    state.step.value = next
    stageLesson()
  }
  return (
    <>
      <p class="hint">{fill(words.stepOf, { step: place + 1, all: STEPS.length })}</p>
      <h2>{title}</h2>
      <p>
        <Words>{text}</Words>
      </p>
      {formula && <p class="formula">{formula}</p>}
      <Figure key={name} figure={figure} />
      {question && <Exercise key={`${name} question`} question={question} />}
      <div class="row">
        <button disabled={place === 0} onClick={() => go(place - 1)}>
          {words.back}
        </button>
        {place + 1 < STEPS.length ? (
          <button class="main" onClick={() => go(place + 1)}>
            {words.next}
          </button>
        ) : (
          <button class="main" onClick={() => (state.tab.value = 'evaluate')}>
            {words.doTheTest}
          </button>
        )}
      </div>
      <ol class="dots">
        {STEPS.map((step, i) => (
          <li key={step}>
            <button
              aria-label={fill(words.step, { step: i + 1 })}
              aria-current={i === place ? 'step' : undefined}
              onClick={() => go(i)}
            />
          </li>
        ))}
      </ol>
    </>
  )
}
