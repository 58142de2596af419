/** Files that leave the page: pictures, tables, the model. */
import { computed } from '@preact/signals'
import overlayCss from '../plot/overlay.css?inline'
import { chosen, interactions, localWaits } from '../selection/chosen.ts'
import { colorOf } from '../cells/coloring.ts'
import { cellsCsv, csv } from '../cells/cells_csv.ts'
import { weightAt } from '../cells/paths.ts'
import { lookOf } from '../plot/layer.ts'
import { group } from '../selection/group.ts'
import { measured } from '../session/places.ts'
import { coloring, seenAt, shownFrame, size, spans, ghostSpans, view, looks, pointSize } from '../picture/picture.ts'
import { dataset, markSaved, model, now, paths } from '../session/session.ts'
import { toPixels } from '../cells/frame.ts'

function download(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const base = (): string => (dataset.value?.title ?? 'cells').replaceAll(/[^\w-]+/g, '-')

/** The plot as it is seen, points as circles. */
export function pictureSvg(): string {
  const { width, height } = size.value
  const style = getComputedStyle(document.documentElement)
  const resolved = (css: string) =>
    css.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim())
  const colors = coloring.value!
  const still = measured.value!
  const t = now.value
  const circles = (
    radius: number,
    seen: Float32Array,
    at: (i: number) => [number, number],
    value: (i: number) => number,
    weight: (i: number) => number,
  ) => {
    const found: string[] = []
    for (let i = 0; i < still.length / 2; ++i) {
      if (t < seen[2 * i]! || t > seen[2 * i + 1]!) continue
      const [x, y] = toPixels(view.value, ...at(i))
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue
      const own = lookOf(weight(i))
      const [cx, cy, r] = [x, y, radius * own.size].map((pixels) => pixels.toFixed(1))
      const fading = own.opacity < 1 ? ` opacity="${own.opacity.toFixed(2)}"` : ''
      found.push(`<circle cx="${cx}" cy="${cy}" r="${r}" fill="${colorOf(colors, value(i))}"${fading}/>`)
    }
    return found.join('')
  }
  const { frame, mix } = shownFrame.value
  const count = dataset.value!.cells.shape[0]
  const along = paths.value && colors.along
  const radius = pointSize.value / 2
  const { ghosts, movers } = looks.value
  const ghostPoints =
    ghosts.opacity === 0
      ? ''
      : circles(
          ghosts.size * radius,
          ghostSpans.value!,
          (i) => [still[2 * i]!, still[2 * i + 1]!],
          (i) => colors.values[i]!,
          () => 1,
        )
  const points = !paths.value
    ? ''
    : circles(
        movers.size * radius,
        spans.value!,
        seenAt,
        (i) =>
          along ? along[frame * count + i]! * (1 - mix) + along[(frame + 1) * count + i]! * mix : colors.values[i]!,
        (i) => weightAt(paths.value!, i, t),
      )
  const overlay = document.querySelector('.overlay')!.innerHTML
  const extent = `width="${width}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" class="overlay" ${extent} viewBox="0 0 ${width} ${height}">
<style>${resolved(overlayCss)}</style>
<rect ${extent} fill="${style.getPropertyValue('--ground')}"/>
<g fill-opacity="${ghosts.opacity}">${ghostPoints}</g>
<g fill-opacity="${movers.opacity}">${points}</g>
${overlay}
</svg>`
}

export function saveSvg(): void {
  download(`${base()}.svg`, pictureSvg(), 'image/svg+xml')
}

export async function savePng(): Promise<void> {
  const { width, height } = size.value
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureSvg())}`
  await image.decode()
  const canvas = new OffscreenCanvas(2 * width, 2 * height)
  const context = canvas.getContext('2d')!
  context.scale(2, 2)
  context.drawImage(image, 0, 0, width, height)
  download(`${base()}.png`, await canvas.convertToBlob(), 'image/png')
}

export function saveCells(): void {
  const t = Number(now.value.toPrecision(6))
  download(`${base()}-at-${t}.csv`, cellsCsv(dataset.value!, paths.value, t), 'text/csv')
}

/** Of the chosen cell, or else the mean effects in the group; none until they are known. */
export const savedInteractions = computed(() => {
  const ofCell = chosen.value !== null
  if ((ofCell ? localWaits : group.waits).value) return []
  return ofCell ? interactions.value : group.interactions.value
})

export function saveInteractions(): void {
  const rows = savedInteractions.value.map(({ regulator, target, effect }) => [regulator, target, effect])
  download(
    `${base()}-${chosen.value !== null ? `cell-${chosen.value}` : 'group'}.csv`,
    csv([['regulator', 'target', 'effect'], ...rows]),
    'text/csv',
  )
}

export function saveModel(): void {
  const shown = model.value!
  download(`${base()}.safetensors`, shown.toBytes() as BlobPart, 'application/octet-stream')
  markSaved(shown)
}

export async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href)
}
