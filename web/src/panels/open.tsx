/** Opening files: the button, the dialog that shows what was understood, and the page without cells. */
import { useEffect, useRef } from 'preact/hooks'
import { acceptDraft, draft, FIELDS, openFiles, read, timesIn, withFields, type Draft } from '../session/files.ts'
import { chooseLesson } from '../lesson/lesson_panel.tsx'
import { strings } from '../session/language.ts'
import { state } from '../session/state.ts'
import { CASES } from '../text/table.ts'
import { openSimulation } from '../session/cases.ts'
import { counted, timeText } from '../cells/text.ts'

export function OpenButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button onClick={() => input.current!.click()}>Open</button>
      <input
        ref={input}
        class="hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Files with cells or a model"
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
  return (
    <div class="empty">
      <h2>No cells are open</h2>
      <p>
        Drop a time course here: cells of several times with principal components, as h5ad, npz or csv. It stays on this
        machine.
      </p>
      <div class="row">
        <OpenButton />
        <button class="main" onClick={() => void openSimulation()}>
          Try simulated cells
        </button>
      </div>
      <p>Or begin with simulated cells and a question about them:</p>
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

function DraftForm({ shown }: { shown: Draft }) {
  const { name, file, options, course, error } = shown
  const change = (key: keyof typeof FIELDS, value: unknown) => {
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
      {course && (
        <p>
          {counted(
            course.snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0),
            'cell',
          )}{' '}
          with {course.snapshots[0]!.cells.shape[1]} components at {counted(course.snapshots.length, 'time')}
          {course.genes ? `, ${counted(course.genes.names.length, 'gene')}` : ', no genes'}. Is this right?
        </p>
      )}
      {course?.reading && course.reading.notes.length > 0 && (
        <ul class="notes">
          {course.reading.notes.map((note) => (
            <li key={note}>{withFields(note)}</li>
          ))}
        </ul>
      )}
      <div class="fields">
        <label>
          {FIELDS.timeKey}
          <input
            type="text"
            value={options.timeKey ?? ''}
            placeholder="found by its name"
            onChange={(event) => change('timeKey', event.currentTarget.value.trim())}
          />
        </label>
        <label>
          {FIELDS.embeddingKey}
          <input
            type="text"
            value={options.embeddingKey ?? ''}
            placeholder="X_pca, pca or pcs"
            onChange={(event) => change('embeddingKey', event.currentTarget.value.trim())}
          />
        </label>
        <label>
          {FIELDS.dims}
          <input
            type="number"
            min={2}
            value={options.dims ?? ''}
            placeholder="5, or all if fewer"
            onChange={(event) => change('dims', Number(event.currentTarget.value) || null)}
          />
        </label>
        <label>
          {FIELDS.timeMap}
          <input
            type="text"
            placeholder="early=0, late=2.5"
            onChange={(event) => {
              const times = timesIn(event.currentTarget.value)
              event.currentTarget.setCustomValidity(times ? '' : 'Expected pairs such as early=0, late=2.5')
              if (event.currentTarget.reportValidity()) change('timeMap', times)
            }}
          />
        </label>
        <label>
          {FIELDS.timeUnit}
          <input
            type="text"
            value={options.timeUnit ?? ''}
            placeholder={course?.reading?.timeUnit || 'd, h, ...'}
            onChange={(event) => change('timeUnit', event.currentTarget.value.trim())}
          />
        </label>
      </div>
      {course && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Label</th>
                <th class="number">Time{course.reading?.timeUnit && `, ${course.reading.timeUnit}`}</th>
                <th class="number">Cells</th>
              </tr>
            </thead>
            <tbody>
              {course.snapshots.map(({ label, time, cells }) => (
                <tr key={time}>
                  <td>{label}</td>
                  <td class="number">{timeText(time)}</td>
                  <td class="number">{cells.shape[0].toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="end">
        <button type="button" onClick={() => (draft.value = null)}>
          Cancel
        </button>
        <button class="main" disabled={!course}>
          Open these cells
        </button>
      </div>
    </form>
  )
}
