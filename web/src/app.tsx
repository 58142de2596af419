/** The layout: plot and time on the left, one panel on the right, below it on a phone. */
import { useSignal, useSignalEffect } from '@preact/signals'
import type { Dataset } from './cells/dataset.ts'
import { compared, dark } from './picture/picture.ts'
import { problem } from './session/problem.ts'
import { dataset, doubt, openModels, refused } from './session/session.ts'
import { openFiles } from './session/files.ts'
import { state } from './session/state.ts'
import { playing, showTime } from './session/clock.ts'
import { Announcement } from './parts/announcement.tsx'
import { CellPanel } from './panels/cell_panel.tsx'
import { Controls } from './panels/controls.tsx'
import { EvaluatePanel } from './panels/evaluate.tsx'
import { DraftDialog, EmptyPage, OpenButton } from './panels/open.tsx'
import { FatesPanel } from './panels/fates.tsx'
import { GenesPanel } from './panels/genes.tsx'
import { focusPanel, keepFocus } from './panels/focus.ts'
import { Plot } from './plot/plot.tsx'
import { PlotNotes, PlotStatus } from './plot/plot_notes.tsx'
import { letGo } from './plot/plot_input.ts'
import { Timeline } from './plot/timeline.tsx'
import { SaveMenu } from './save/save_menu.tsx'
import { LessonPanel } from './lesson/lesson_panel.tsx'
import { stageLesson } from './lesson/steps.ts'
import { TeacherBar } from './lesson/teacher.tsx'
import { hidden } from './lesson/teaching.ts'
import { TrainPanel } from './panels/train.tsx'
import { LanguageButton } from './parts/language_button.tsx'
import { counted, grouped, language, strings } from './session/language.ts'
import { fill } from './text/terms.ts'

const TABS = ['explore', 'fates', 'genes', 'evaluate', 'train', 'tour'] as const

export function App() {
  const says = strings.value.frame
  const dropping = useSignal(false)
  useSignalEffect(() => {
    document.documentElement.dataset.theme = dark.value ? 'dark' : 'light'
    document.documentElement.toggleAttribute('data-large', state.large.value)
    document.documentElement.lang = language.value
  })
  useSignalEffect(() => {
    document.title = dataset.value ? `${dataset.value.title} · cellmnn` : 'cellmnn'
  })
  return (
    <div
      class={`app ${dropping.value ? 'dropping' : ''}`}
      onKeyDown={(event) => {
        playBySpace(event)
        letGoByEscape(event)
      }}
      onDragOver={(event) => {
        event.preventDefault()
        dropping.value = true
      }}
      onDragLeave={(event) => {
        if (!event.relatedTarget) dropping.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        dropping.value = false
        void openFiles([...(event.dataTransfer?.files ?? [])])
      }}>
      <TeacherBar />
      <header inert={state.freeze.value}>
        {dataset.value && !hidden.value.has('panel') && (
          <button class="skip" onClick={focusPanel}>
            {says.toPanel}
          </button>
        )}
        <h1>cellmnn</h1>
        {dataset.value && <p class="about">{about(dataset.value)}</p>}
        {dataset.value && (
          <nav role="tablist" aria-label={says.views} onKeyDown={tabByArrow}>
            {TABS.filter((tab) => !hidden.value.has(tab)).map((tab) => (
              <button
                key={tab}
                id={`tab-${tab}`}
                role="tab"
                aria-selected={state.tab.value === tab}
                aria-controls="panel"
                tabIndex={state.tab.value === tab ? 0 : -1}
                onClick={() => show(tab)}>
                {says.tabs[tab]}
              </button>
            ))}
          </nav>
        )}
        {!hidden.value.has('files') && <OpenButton />}
        {dataset.value && !hidden.value.has('files') && <SaveMenu />}
        <LanguageButton />
        <button
          class="icon"
          aria-label={dark.value ? says.light : says.dark}
          onClick={() => (state.theme.value = dark.value ? 'light' : 'dark')}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 1a7 7 0 1 0 0 14zM8 2.5a5.5 5.5 0 0 1 0 11z" fill-rule="evenodd" />
          </svg>
        </button>
      </header>
      {problem.value && (
        <div class="problem" role="alert">
          <span>{problem.value}</span>
          <button class="icon" aria-label={says.close} onClick={() => (problem.value = null)}>
            ×
          </button>
        </div>
      )}
      {refused.value && <Refused {...refused.value} />}
      {doubt.value && (
        <p class="problem" role="note">
          {fill(says.doubt, { difference: doubt.value })}
        </p>
      )}
      {dataset.value ? (
        <main class={hidden.value.has('panel') ? 'alone' : ''} inert={state.freeze.value}>
          <Stage />
          {!hidden.value.has('panel') && <Details />}
        </main>
      ) : (
        <EmptyPage />
      )}
      <DraftDialog />
    </div>
  )
}

/** 'test cells: 1,600 cells at 8 times' */
function about({ title, cells: { shape }, total, snapshots }: Dataset): string {
  const says = strings.value.frame
  const values = { title, cells: counted(shape[0], 'cell'), times: counted(snapshots.length, 'time') }
  return total > shape[0] ? fill(says.aboutSample, { ...values, total: grouped(total) }) : fill(says.about, values)
}

function Details() {
  const says = strings.value.frame
  const tab = state.tab.value
  return (
    <aside aria-label={says.details} onClickCapture={keepFocus}>
      <div
        role="tabpanel"
        id="panel"
        {...(hidden.value.has(tab) ? { 'aria-label': says.panel } : { 'aria-labelledby': `tab-${tab}` })}>
        <Panel />
      </div>
      <Announcement />
    </aside>
  )
}

function Refused({ files, difference }: { files: readonly Uint8Array[]; difference: string }) {
  const says = strings.value.frame
  return (
    <div class="problem" role="alert">
      <span>{fill(says.refused, { difference })}</span>
      <button onClick={() => void openModels(files, { allTheSame: true })}>{says.allTheSame}</button>
      <button class="icon" aria-label={says.close} onClick={() => (refused.value = null)}>
        ×
      </button>
    </div>
  )
}

/** The evaluation speaks of one time: the plot goes there. */
function show(tab: (typeof TABS)[number]): void {
  state.tab.value = tab
  if (tab === 'tour') stageLesson()
  if (compared.value) showTime(dataset.value!.snapshots[compared.value.to]!.time)
}

function Panel() {
  switch (state.tab.value) {
    case 'fates':
      return <FatesPanel />
    case 'genes':
      return <GenesPanel />
    case 'evaluate':
      return <EvaluatePanel />
    case 'train':
      return <TrainPanel />
    case 'tour':
      return <LessonPanel />
    default:
      return <CellPanel />
  }
}

function Stage() {
  const says = strings.value.frame
  return (
    <section class="stage" aria-label={says.plot}>
      {!hidden.value.has('controls') && <Controls />}
      <div class="picture">
        <Plot />
        <PlotStatus />
      </div>
      <PlotNotes />
      {!hidden.value.has('timeline') && <Timeline />}
    </section>
  )
}

function tabByArrow(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!step) return
  const tabs = [...(event.currentTarget as Element).children] as HTMLElement[]
  const next = tabs.at((tabs.indexOf(event.target as HTMLElement) + step) % tabs.length)!
  next.click()
  next.focus()
  event.preventDefault()
}

function letGoByEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || (event.target as Element).closest('dialog, details, select')) return
  letGo()
  keepFocus(event)
}

function playBySpace(event: KeyboardEvent): void {
  if (
    event.key !== ' ' ||
    (event.target as Element).closest('button, input, select, textarea, summary, [role=tab], [role=button]')
  )
    return
  playing.value = !playing.value
  event.preventDefault()
}
