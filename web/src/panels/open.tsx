/** Opening files: the button, the dialog that shows what was understood, and the page without cells. */
import { useEffect, useRef } from 'preact/hooks'
import type { TimeCourse } from 'cellmnn'
import { acceptDraft, draft, openFiles, read, timesIn, withFields, type Draft } from '../session/files.ts'
import { chooseLesson } from '../lesson/lesson_panel.tsx'
import { state } from '../session/state.ts'
import { CASES } from '../text/table.ts'
import { openSimulation } from '../session/cases.ts'
import { counted, grouped, strings, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function OpenButton() {
  const input = useRef<HTMLInputElement>(null)
  const says = strings.value.opening
  return (
    <>
      <button onClick={() => input.current!.click()}>{says.open}</button>
      <input
        ref={input}
        class="hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={says.files}
        accept=".h5ad,.npz,.csv,.tsv,.txt,.gz,.safetensors"
        onChange={(event) => {
          void openFiles([...event.currentTarget.files!])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

export function EmptyPage() {
  const says = strings.value.opening
  return (
    <div class="empty">
      <h2>{says.noCells}</h2>
      <p>{says.drop}</p>
      <div class="row">
        <OpenButton />
        <button class="main" onClick={() => void openSimulation()}>
          {says.trySimulated}
        </button>
      </div>
      <p>{says.orQuestion}</p>
      <div class="row">
        {CASES.map((name) => (
          <button
            key={name}
            onClick={() => {
              state.tab.value = 'tour'
              chooseLesson(name)
            }}>
            {strings.value.cases[name].title}
          </button>
        ))}
      </div>
    </div>
  )
}

export function DraftDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpened = useRef(false)
  const shown = draft.value
  useEffect(() => {
    isOpened.current = shown !== null
    if (shown) dialog.current!.showModal()
    else dialog.current!.close()
  }, [shown !== null])
  // By Escape; what is told of an earlier dialog, while the next file is here already, means nothing.
  const closed = () => {
    if (isOpened.current && !dialog.current!.open) draft.value = null
  }
  return (
    <dialog ref={dialog} aria-labelledby="draft-title" onClose={closed}>
      {shown && <DraftForm shown={shown} />}
    </dialog>
  )
}

function understood({ snapshots, genes }: TimeCourse): string {
  const says = strings.value.opening
  const values = {
    cells: counted(
      snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0),
      'cell',
    ),
    dims: snapshots[0]!.cells.shape[1],
    times: counted(snapshots.length, 'time'),
  }
  return genes
    ? fill(says.withGenes, { ...values, genes: counted(genes.names.length, 'gene') })
    : fill(says.withoutGenes, values)
}

function DraftForm({ shown }: { shown: Draft }) {
  const { name, file, options, course, error } = shown
  const says = strings.value.opening
  const change = (key: keyof typeof says.fields, value: unknown) => {
    const { [key]: _, ...rest } = options
    void read(file, value === '' || value === null ? rest : { ...rest, [key]: value })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void acceptDraft()
      }}>
      <h2 id="draft-title">{name}</h2>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {course && <p>{understood(course)}</p>}
      {course?.reading && course.reading.notes.length > 0 && (
        <ul class="notes">
          {course.reading.notes.map((note) => (
            <li key={note}>{withFields(note)}</li>
          ))}
        </ul>
      )}
      <div class="fields">
        <label>
          {says.fields.timeKey}
          <input
            type="text"
            value={options.timeKey ?? ''}
            placeholder={says.foundByName}
            onChange={(event) => change('timeKey', event.currentTarget.value.trim())}
          />
        </label>
        <label>
          {says.fields.embeddingKey}
          <input
            type="text"
            value={options.embeddingKey ?? ''}
            placeholder={says.coordinates}
            onChange={(event) => change('embeddingKey', event.currentTarget.value.trim())}
          />
        </label>
        <label>
          {says.fields.dims}
          <input
            type="number"
            min={2}
            value={options.dims ?? ''}
            placeholder={says.dims}
            onChange={(event) => change('dims', Number(event.currentTarget.value) || null)}
          />
        </label>
        <label>
          {says.fields.timeMap}
          <input
            type="text"
            placeholder={says.times}
            onChange={(event) => {
              const times = timesIn(event.currentTarget.value)
              event.currentTarget.setCustomValidity(times ? '' : says.wrongTimes)
              if (event.currentTarget.reportValidity()) change('timeMap', times)
            }}
          />
        </label>
        <label>
          {says.fields.timeUnit}
          <input
            type="text"
            value={options.timeUnit ?? ''}
            placeholder={course?.reading?.timeUnit || says.unit}
            onChange={(event) => change('timeUnit', event.currentTarget.value.trim())}
          />
        </label>
      </div>
      {course && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{says.label}</th>
                <th class="number">
                  {course.reading?.timeUnit ? fill(says.timeIn, { unit: course.reading.timeUnit }) : says.time}
                </th>
                <th class="number">{says.cells}</th>
              </tr>
            </thead>
            <tbody>
              {course.snapshots.map(({ label, time, cells }) => (
                <tr key={time}>
                  <td>{label}</td>
                  <td class="number">{timeText(time)}</td>
                  <td class="number">{grouped(cells.shape[0])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="end">
        <button type="button" onClick={() => (draft.value = null)}>
          {says.cancel}
        </button>
        <button class="main" disabled={!course}>
          {says.openThese}
        </button>
      </div>
    </form>
  )
}
