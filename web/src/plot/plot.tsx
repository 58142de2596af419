/** The plot: measured and moving cells as points, and above them in SVG what belongs to one cell. */
import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { rampPixels } from '../cells/coloring.ts'
import { movers } from '../picture/movers.ts'
import { cellNear, coloring, ghostSpans, looks, pointSize, shownFrame, size, view } from '../picture/picture.ts'
import { measured, moving } from '../session/places.ts'
import { crowd, dataset, now } from '../session/session.ts'
import { pathsWait } from '../session/training.ts'
import { Overlay } from './overlay.tsx'
import { LabelLegend } from './label_legend.tsx'
import { CanvasLayer } from './canvas_layer.ts'
import { Crowd } from './crowd.tsx'
import type { Layer } from './layer.ts'
import { clickAt, drag, magnify, moveByKey, showAll, zoomByWheel } from './plot_input.ts'
import { PointsLayer } from './points_layer.ts'
import { strings } from '../session/language.ts'

const BUTTONS: readonly (readonly [name: 'magnify' | 'smaller' | 'showAll', icon: string, act: () => void])[] = [
  ['magnify', 'M3 7.5h10v1H3zM7.5 3h1v10h-1z', () => magnify(1.5)],
  ['smaller', 'M3 7.5h10v1H3z', () => magnify(1 / 1.5)],
  ['showAll', 'M2 2h4v1H3v3H2zM10 2h4v4h-1V3h-3zM2 10h1v3h3v1H2zM13 10h1v4h-4v-1h3z', showAll],
]

export function Plot() {
  const says = strings.value.plot
  const still = useRef<HTMLCanvasElement>(null)
  const moved = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const layers = useSignal<{ ghosts: Layer; movers: Layer } | null>(null)
  const lost = useSignal(false)
  const means = lost.value ? 'canvas' : 'webgl'
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

  const layerOn = (canvas: HTMLCanvasElement, redraw: () => void): Layer | null => {
    if (lost.peek()) return new CanvasLayer(canvas)
    try {
      return new PointsLayer(canvas, redraw, () => (lost.value = true))
    } catch {
      lost.value = true
      return null
    }
  }
  useEffect(() => {
    const [ghosts, movers] = [
      layerOn(still.current!, () => queue('ghosts')),
      layerOn(moved.current!, () => queue('movers')),
    ]
    if (ghosts && movers) layers.value = { ghosts, movers }
    return () => {
      layers.peek()?.ghosts.dispose()
      layers.peek()?.movers.dispose()
      layers.value = null
    }
  }, [means])
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      size.value = { width, height }
    })
    observer.observe(box.current!)
    return () => observer.disconnect()
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
    if (!layers.value || !movers.value) return
    const { places, count, values, weights, spans } = movers.value
    layers.value.movers.setPositions(places, count)
    layers.value.movers.setValues(values)
    layers.value.movers.setWeights(weights)
    layers.value.movers.setSpans(spans)
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
    <div ref={box} class="plot" onWheel={zoomByWheel}>
      {crowd.value && <Crowd key={`crowd ${means}`} layerOn={layerOn} />}
      <canvas key={`still ${means}`} ref={still} aria-hidden="true" />
      <canvas
        key={`moved ${means}`}
        ref={moved}
        class={pathsWait.value ? 'awaits' : ''}
        tabIndex={0}
        role="img"
        aria-label={says.keys}
        onPointerDown={(event) => drag(event, clickAt)}
        onPointerMove={(event) =>
          (hovered.value = event.buttons === 0 ? cellNear(event.offsetX, event.offsetY, 8) : null)
        }
        onPointerLeave={() => (hovered.value = null)}
        onDblClick={showAll}
        onKeyDown={moveByKey}
      />
      <Overlay hovered={hovered} />
      <LabelLegend />
      <div class="magnify" role="group" aria-label={says.magnify}>
        {BUTTONS.map(([name, d, act]) => (
          <button key={name} class="icon" aria-label={says[name]} title={says[name]} onClick={act}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path d={d} />
            </svg>
          </button>
        ))}
      </div>
    </div>
  )
}

/** For web/tests/measure.mjs. */
function markOnce(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name)
}
