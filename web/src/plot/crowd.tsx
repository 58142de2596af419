/** Cells that stand where they were measured, below all others: drawn anew only when the view changes. */
import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { compared, dark, pointSize, view } from '../picture/picture.ts'
import { standing } from '../session/places.ts'
import { state } from '../session/state.ts'
import type { Layer } from './layer.ts'

const SIZE = 0.7 // of the usual one
const OPACITY = 0.3
const [GREY, GREY_DARK] = [0x70, 0x90]

export function Crowd({ layerOn }: { layerOn: (canvas: HTMLCanvasElement, redraw: () => void) => Layer | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useSignal<Layer | null>(null)
  const queued = useRef(0)
  const queue = () => {
    queued.current ||= requestAnimationFrame(() => {
      queued.current = 0
      const opacity = state.ghosts.peek() && !compared.peek() ? OPACITY : 0
      const look = { size: SIZE * pointSize.peek(), opacity, domain: [0, 1] as const }
      if (view.peek().width > 0) layer.peek()?.draw({ frame: 0, mix: 0, time: 0, ...look }, view.peek())
    })
  }
  useEffect(() => {
    layer.value = layerOn(canvas.current!, queue)
    return () => {
      layer.peek()?.dispose()
      layer.value = null
    }
  }, [])
  useSignalEffect(() => {
    const [own, places] = [layer.value, standing.value]
    if (!own || !places) return
    const count = places.length / 2
    own.setPositions(places, count)
    own.setValues(new Float32Array(count))
    own.setSpans(new Float32Array(2 * count)) // of time 0 only, which is the time it is drawn at
    queue()
  })
  useSignalEffect(() => {
    const grey = dark.value ? GREY_DARK : GREY
    layer.value?.setRamp(Uint8Array.from({ length: 4 * 256 }, (_, i) => (i % 4 === 3 ? 255 : grey)))
    queue()
  })
  useSignalEffect(() => {
    void [view.value, pointSize.value, state.ghosts.value, compared.value]
    queue()
  })
  return <canvas ref={canvas} aria-hidden="true" />
}
