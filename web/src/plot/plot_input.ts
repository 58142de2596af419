/** Pointer, wheel and keys in the plot. */
import { playing } from '../session/clock.ts'
import { guessing, pinAt } from '../selection/guess.ts'
import { chooseGroup, drawn, lassoing, setLasso } from '../selection/group.ts'
import { cellNear, view } from '../picture/picture.ts'
import { state } from '../session/state.ts'
import { fromPixels, MARGIN, type Frame } from '../cells/frame.ts'

/** The finger or button that is down, and how to end what it does. */
let first: { event: PointerEvent; end: () => void } | null = null

/** A drag moves the plot, two fingers magnify it, with Shift a drag draws a lasso; a press alone is a click. */
export function drag(event: PointerEvent, click: (px: number, py: number) => void): void {
  if (event.button !== 0) return
  if (first && event.pointerType === 'touch') return pinch(first, event)
  if (event.shiftKey || lassoing.peek()) return drawLasso(event)
  const target = event.currentTarget as HTMLElement
  const { left, top } = target.getBoundingClientRect()
  const [startX, startY] = [event.clientX, event.clientY]
  const [cx, cy, k] = state.zoom.peek() as [number, number, number]
  const frame = view.peek()
  let moved = false
  const controller = new AbortController()
  const own = { event, end: () => controller.abort() }
  first = own
  controller.signal.addEventListener('abort', () => {
    if (first === own) first = null
  })
  target.setPointerCapture(event.pointerId)
  target.addEventListener(
    'pointermove',
    (move) => {
      if (move.pointerId !== event.pointerId) return
      own.event = move
      const [dx, dy] = [move.clientX - startX, move.clientY - startY]
      moved ||= Math.hypot(dx, dy) > 4
      if (moved) state.zoom.value = [...shifted(frame, cx, cy, -dx, dy), k]
    },
    controller,
  )
  target.addEventListener(
    'pointerup',
    (up) => {
      if (up.pointerId !== event.pointerId) return
      controller.abort()
      if (!moved) click(up.clientX - left, up.clientY - top)
    },
    controller,
  )
  target.addEventListener('pointercancel', () => controller.abort(), controller)
}

/** Two fingers: their distance magnifies, their middle moves. */
function pinch(one: { event: PointerEvent; end: () => void }, other: PointerEvent): void {
  one.end()
  const target = other.currentTarget as HTMLElement
  const { left, top } = target.getBoundingClientRect()
  const at = new Map(
    [one.event, other].map(({ pointerId, clientX, clientY }) => [pointerId, [clientX, clientY] as const]),
  )
  const look = () => {
    const [[ax, ay], [bx, by]] = [...at.values()] as [readonly [number, number], readonly [number, number]]
    return { x: (ax + bx) / 2 - left, y: (ay + by) / 2 - top, apart: Math.max(1, Math.hypot(ax - bx, ay - by)) }
  }
  let before = look()
  const controller = new AbortController()
  target.setPointerCapture(other.pointerId)
  target.addEventListener(
    'pointermove',
    ({ pointerId, clientX, clientY }) => {
      if (!at.has(pointerId)) return
      at.set(pointerId, [clientX, clientY])
      const now = look()
      const [cx, cy, k] = state.zoom.peek() as [number, number, number]
      state.zoom.value = [...shifted(view.peek(), cx, cy, before.x - now.x, now.y - before.y), k]
      zoomAround(now.x, now.y, now.apart / before.apart)
      before = now
    },
    controller,
  )
  for (const name of ['pointerup', 'pointercancel'] as const)
    target.addEventListener(name, ({ pointerId }) => at.has(pointerId) && controller.abort(), controller)
}

function drawLasso(event: PointerEvent): void {
  const target = event.currentTarget as HTMLElement
  const { left, top } = target.getBoundingClientRect()
  const line: [number, number][] = [fromPixels(view.peek(), event.clientX - left, event.clientY - top)]
  playing.value = false
  const controller = new AbortController()
  target.setPointerCapture(event.pointerId)
  target.addEventListener(
    'pointermove',
    (move) => {
      line.push(fromPixels(view.peek(), move.clientX - left, move.clientY - top))
      drawn.value = [...line]
    },
    controller,
  )
  const end = (use: boolean) => {
    controller.abort()
    drawn.value = null
    lassoing.value = false
    if (use && line.length > 3) setLasso(line)
  }
  target.addEventListener('pointerup', () => end(true), controller)
  target.addEventListener('pointercancel', () => end(false), controller)
}

function shifted(
  { extent: [x0, x1, y0, y1], scale }: Frame,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [number, number] {
  return [cx + dx / scale / (x1 - x0), cy + dy / scale / (y1 - y0)]
}

function zoomAround(px: number, py: number, factor: number): void {
  const frame = view.peek()
  const {
    extent: [x0, x1, y0, y1],
    width,
    height,
  } = frame
  const [x, y] = fromPixels(frame, px, py)
  const k = Math.min(60, Math.max(0.5, state.zoom.peek()[2]! * factor))
  const scale = MARGIN * k * Math.min(width / (x1 - x0), height / (y1 - y0))
  const [cx, cy] = [x - (px - width / 2) / scale, y + (py - height / 2) / scale]
  state.zoom.value = [(cx - x0) / (x1 - x0), (cy - y0) / (y1 - y0), k]
}

export function zoomByWheel(event: WheelEvent): void {
  event.preventDefault()
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  zoomAround(event.clientX - left, event.clientY - top, 2 ** (-event.deltaY / 300))
}

/** Around the middle of the plot. */
export function magnify(factor: number): void {
  const { width, height } = view.peek()
  zoomAround(width / 2, height / 2, factor)
}

export function showAll(): void {
  state.zoom.value = [0.5, 0.5, 1]
}

/** Lets go of what was begun or chosen last. */
export function letGo(): void {
  if (lassoing.peek()) lassoing.value = false
  else if (guessing.peek()) guessing.value = false
  else if (state.cell.peek() !== null) state.cell.value = null
  else chooseGroup('')
}

export function moveByKey(event: KeyboardEvent): void {
  const [cx, cy, k] = state.zoom.peek() as [number, number, number]
  const step = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key]
  if (step) state.zoom.value = [...shifted(view.peek(), cx, cy, step[0]!, step[1]!), k]
  else if (event.key === '+' || event.key === '=') magnify(1.3)
  else if (event.key === '-') magnify(1 / 1.3)
  else if (event.key === '0') showAll()
  else if (event.key === 'Enter') chooseInTheMiddle()
  else return
  event.preventDefault()
}

/** Chooses the cell there, or pins the guess that is asked for. */
export function clickAt(px: number, py: number): void {
  if (guessing.peek()) return pinAt(fromPixels(view.peek(), px, py))
  const cell = cellNear(px, py)
  state.cell.value = cell === state.cell.peek() ? null : cell
}

function chooseInTheMiddle(): void {
  const { width, height } = view.peek()
  if (guessing.peek()) return pinAt(fromPixels(view.peek(), width / 2, height / 2))
  state.cell.value = cellNear(width / 2, height / 2, Infinity)
}
