/** The plot: measured and moving cells in WebGL, and above them in SVG what belongs to one cell. */
import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { rampPixels } from '../cells/coloring.ts'
import { cellNear, coloring, ghostSpans, looks, pointSize, shownFrame, size, spans, view } from '../picture/picture.ts'
import { measured, moving } from '../session/places.ts'
import { problem } from '../session/problem.ts'
import { dataset, now } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Overlay } from './overlay.tsx'
import { drag, moveByKey, zoomByWheel } from './plot_input.ts'
import { PointsLayer } from './points_layer.ts'

export function Plot() {
  const still = useRef<HTMLCanvasElement>(null)
  const moved = useRef<HTMLCanvasElement>(null)
  const layers = useSignal<{ ghosts: PointsLayer; movers: PointsLayer } | null>(null)
  const hovered = useSignal<number | null>(null)

  // The measured cells lie on a canvas of their own, which stays as it is while the others move.
  const queues = useRef({ ghosts: 0, movers: 0 }).current
  const queue = (name: 'ghosts' | 'movers') => {
    queues[name] ||= requestAnimationFrame(() => {
      queues[name] = 0
      const [layer, colors] = [layers.peek()?.[name], coloring.peek()]
      if (!layer || !colors || size.peek().width === 0) return
      const look = looks.peek()[name]
      const frame = name === 'ghosts' ? { frame: 0, mix: 0 } : shownFrame.peek()
      const points = { size: pointSize.peek() * look.size, opacity: look.opacity, domain: colors.domain }
      layer.draw({ ...frame, ...points, time: now.peek() }, view.peek())
      if (name === 'ghosts') markOnce('cells drawn')
      else if (moving.peek()) markOnce('cells moving')
    })
  }

  useEffect(() => {
    try {
      layers.value = {
        ghosts: new PointsLayer(still.current!, () => queue('ghosts')),
        movers: new PointsLayer(moved.current!, () => queue('movers')),
      }
    } catch (error) {
      problem.value = (error as Error).message
    }
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      size.value = { width, height }
    })
    observer.observe(still.current!.parentElement!)
    return () => {
      observer.disconnect()
      layers.peek()?.ghosts.dispose()
      layers.peek()?.movers.dispose()
      layers.value = null
    }
  }, [])

  useSignalEffect(() => {
    if (!layers.value || !dataset.value) return
    const count = dataset.value.cells.shape[0]
    layers.value.ghosts.setPositions(measured.value, count)
    layers.value.ghosts.setValues(coloring.value!.values)
    layers.value.ghosts.setSpans(ghostSpans.value!)
    layers.value.ghosts.setRamp(rampPixels(coloring.value!))
    queue('ghosts')
  })
  useSignalEffect(() => {
    if (!layers.value || !dataset.value) return
    const count = dataset.value.cells.shape[0]
    layers.value.movers.setPositions(moving.value, count)
    layers.value.movers.setValues((moving.value && coloring.value!.along) ?? coloring.value!.values)
    layers.value.movers.setSpans(spans.value!)
    layers.value.movers.setRamp(rampPixels(coloring.value!))
    queue('movers')
  })
  useSignalEffect(() => {
    void [view.value, looks.value, pointSize.value, layers.value]
    queue('ghosts')
  })
  useSignalEffect(() => {
    void [view.value, looks.value, pointSize.value, layers.value, shownFrame.value, now.value]
    queue('movers')
  })

  return (
    <div class="plot" onWheel={zoomByWheel}>
      <canvas ref={still} aria-hidden="true" />
      <canvas
        ref={moved}
        tabIndex={0}
        role="img"
        aria-label={
          'Cells on two axes. Arrow keys move, plus and minus magnify, 0 shows all; ' +
          'Enter chooses the cell in the middle, Escape lets it go.'
        }
        onPointerDown={(event) =>
          drag(event, (px, py) => {
            const cell = cellNear(px, py)
            state.cell.value = cell === state.cell.value ? null : cell
          })
        }
        onPointerMove={(event) =>
          (hovered.value = event.buttons === 0 ? cellNear(event.offsetX, event.offsetY, 8) : null)
        }
        onPointerLeave={() => (hovered.value = null)}
        onDblClick={() => (state.zoom.value = [0.5, 0.5, 1])}
        onKeyDown={moveByKey}
      />
      <Overlay hovered={hovered} />
    </div>
  )
}

/** For web/tests/measure.mjs. */
function markOnce(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name)
}
