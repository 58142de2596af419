/** Files that leave the page: pictures, tables, the model. */
import { computed } from '@preact/signals'
import overlayCss from '../plot/overlay.css?inline'
import { chosen, interactions, localWaits } from '../selection/chosen.ts'
import { colorOf } from '../cells/coloring.ts'
import { cellsCsv, csv } from '../cells/cells_csv.ts'
import { lookOf } from '../plot/layer.ts'
import { group } from '../selection/group.ts'
import { measured } from '../session/places.ts'
import { between } from '../cells/paths.ts'
import { movers, type Movers } from '../picture/movers.ts'
import { coloring, shownFrame, size, ghostSpans, view, looks, pointSize, type Look } from '../picture/picture.ts'
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
  const t = now.value
  const { frame, mix } = shownFrame.value
  const radius = pointSize.value / 2
  const circles = ({ places, count, values, weights, spans }: Movers, look: Look) => {
    const found: string[] = []
    if (!places || look.opacity === 0) return ''
    for (let i = 0; i < count; ++i) {
      if (t < spans[2 * i]! || t > spans[2 * i + 1]!) continue
      const at = (d: number) => between(places, 2 * count, 2 * i + d, frame, mix)
      const [x, y] = toPixels(view.value, at(0), at(1))
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue
      const own = lookOf(weights ? between(weights, count, i, frame, mix) : 1)
      const [cx, cy, r] = [x, y, look.size * radius * own.size].map((pixels) => pixels.toFixed(1))
      const fading = own.opacity < 1 ? ` opacity="${own.opacity.toFixed(2)}"` : ''
      const fill = colorOf(colors, between(values, count, i, frame, mix))
      found.push(`<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"${fading}/>`)
    }
    return found.join('')
  }
  const { ghosts, movers: moved } = looks.value
  const still = {
    count: dataset.value!.cells.shape[0],
    places: measured.value,
    values: colors.values,
    weights: null,
    spans: ghostSpans.value!,
  }
  const ghostPoints = circles(still, ghosts)
  const points = circles(movers.value!, moved)
  const overlay = document.querySelector('.overlay')!.innerHTML
  const extent = `width="${width}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" class="overlay" ${extent} viewBox="0 0 ${width} ${height}">
<style>${resolved(overlayCss)}</style>
<rect ${extent} fill="${style.getPropertyValue('--ground')}"/>
<g fill-opacity="${ghosts.opacity}">${ghostPoints}</g>
<g fill-opacity="${moved.opacity}">${points}</g>
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
