/** Cells as WebGL points. All frames of their paths lie in one buffer: a frame of play sets a few numbers, no more. */
import type { Frame } from '../cells/frame.ts'
import { LEAST, MOST, type Draw, type Layer } from './layer.ts'

const VERTEX = `#version 300 es
in vec2 a, b, span;
in float valueA, valueB, weightA, weightB;
uniform float mixing, time, size, least, most, low, high;
uniform vec4 view; // clip = position * view.xy + view.zw
out float u, diameter, fading;
void main() {
  bool seen = time >= span.x && time <= span.y;
  gl_Position = seen ? vec4(mix(a, b, mixing) * view.xy + view.zw, 0, 1) : vec4(2, 2, 2, 1);
  float weight = mix(weightA, weightB, mixing);
  diameter = size * clamp(sqrt(weight), least, most);
  fading = min(1.0, weight / (least * least));
  gl_PointSize = diameter;
  u = clamp((mix(valueA, valueB, mixing) - low) / (high - low), 0.0, 1.0);
}`

const FRAGMENT = `#version 300 es
precision highp float;
in float u, diameter, fading;
uniform sampler2D ramp;
uniform float opacity;
out vec4 color;
void main() {
  float edge = (0.5 - length(gl_PointCoord - 0.5)) * diameter;
  float cover = clamp(edge, 0.0, 1.0) * opacity * fading;
  if (cover <= 0.0) discard;
  color = vec4(texture(ramp, vec2(u * 255.0 / 256.0 + 0.5 / 256.0, 0.5)).rgb * cover, cover);
}`

const PATIENCE = 2000 // ms until a lost context counts as gone

const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|software|basic render/i

/** What computes the picture, as far as the browser says it. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const known = gl.getExtension('WEBGL_debug_renderer_info')
  return String(gl.getParameter(known ? known.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
}

type Attribute = 'a' | 'b' | 'span' | 'valueA' | 'valueB' | 'weightA' | 'weightB'

interface Resources {
  program: WebGLProgram
  ramp: WebGLTexture
  positions: WebGLBuffer
  values: WebGLBuffer
  weights: WebGLBuffer
  spans: WebGLBuffer
}

function make(gl: WebGL2RenderingContext): Resources {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader) // together with the program
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`The plot cannot be drawn here: ${gl.getProgramInfoLog(program)}`)
  }
  gl.useProgram(program)
  const ramp = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, ramp)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  const buffer = () => gl.createBuffer()
  return { program, ramp, positions: buffer(), values: buffer(), weights: buffer(), spans: buffer() }
}

/** A browser may take the context away, and give it back empty: what was drawn is kept and filled in anew. */
export class PointsLayer implements Layer {
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  readonly #listening = new AbortController()
  #made: Resources
  #count = 0
  #positions: Float32Array | null = null
  #values: Float32Array = new Float32Array()
  #weights: Float32Array | null = null
  #spans: Float32Array = new Float32Array()
  #ramp: Uint8Array | null = null

  /**
   * `redraw` is called when the context was away, and `gone` if it does not come back. Throws without WebGL 2, and
   * where the processor would compute it: for points that is slower than to draw them without it.
   */
  constructor(canvas: HTMLCanvasElement, redraw: () => void, gone: () => void) {
    const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true })
    if (!gl) throw new Error('This browser shows no WebGL 2.')
    if (BY_PROCESSOR.test(rendererOf(gl))) {
      gl.getExtension('WEBGL_lose_context')?.loseContext()
      throw new Error('There is no graphics card here.')
    }
    this.#canvas = canvas
    this.#gl = gl
    this.#made = make(gl)
    let waiting: ReturnType<typeof setTimeout> | undefined
    canvas.addEventListener(
      'webglcontextlost',
      (event) => {
        event.preventDefault()
        waiting = setTimeout(gone, PATIENCE)
      },
      this.#listening,
    )
    this.#listening.signal.addEventListener('abort', () => clearTimeout(waiting))
    canvas.addEventListener(
      'webglcontextrestored',
      () => {
        clearTimeout(waiting)
        this.#made = make(gl)
        this.setPositions(this.#positions, this.#count)
        this.setValues(this.#values)
        this.setWeights(this.#weights)
        this.setSpans(this.#spans)
        if (this.#ramp) this.setRamp(this.#ramp)
        redraw()
      },
      this.#listening,
    )
  }

  /** Frees what the graphics card holds. */
  dispose(): void {
    this.#listening.abort()
    const { program, ramp, ...buffers } = this.#made
    this.#gl.deleteProgram(program)
    this.#gl.deleteTexture(ramp)
    for (const buffer of Object.values(buffers)) this.#gl.deleteBuffer(buffer)
  }

  setPositions(positions: Float32Array | null, count: number): void {
    this.#positions = positions
    this.#count = count
    if (positions) this.#fill(this.#made.positions, positions)
  }

  setValues(values: Float32Array): void {
    this.#values = values
    this.#fill(this.#made.values, values)
  }

  setWeights(weights: Float32Array | null): void {
    this.#weights = weights
    if (weights) this.#fill(this.#made.weights, weights)
  }

  setSpans(spans: Float32Array): void {
    this.#spans = spans
    this.#fill(this.#made.spans, spans)
  }

  setRamp(pixels: Uint8Array): void {
    this.#ramp = pixels
    const gl = this.#gl
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
  }

  draw({ frame, mix, time, size, opacity, domain }: Draw, view: Frame): void {
    const gl = this.#gl
    if (gl.isContextLost()) return
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
    if (this.#canvas.width !== width || this.#canvas.height !== height)
      [this.#canvas.width, this.#canvas.height] = [width, height]
    gl.viewport(0, 0, width, height)
    gl.clear(gl.COLOR_BUFFER_BIT)
    const [positions, count] = [this.#positions, this.#count]
    if (!positions || count === 0 || opacity === 0) return
    const { program, ...buffers } = this.#made
    this.#bindWeights(frame)
    this.#bind('a', buffers.positions, 2, positions.length > 2 * count ? frame * count : 0)
    this.#bind('b', buffers.positions, 2, positions.length > 2 * count ? (frame + 1) * count : 0)
    this.#bind('valueA', buffers.values, 1, this.#values.length > count ? frame * count : 0)
    this.#bind('valueB', buffers.values, 1, this.#values.length > count ? (frame + 1) * count : 0)
    this.#bind('span', buffers.spans, 2, 0)
    const place = (name: string) => gl.getUniformLocation(program, name)
    gl.uniform4f(place('view'), ...view.clip)
    gl.uniform1f(place('low'), domain[0])
    gl.uniform1f(place('high'), domain[1])
    gl.uniform1f(place('mixing'), mix)
    gl.uniform1f(place('time'), time)
    gl.uniform1f(place('size'), size * ratio)
    gl.uniform1f(place('least'), LEAST)
    gl.uniform1f(place('most'), MOST)
    gl.uniform1f(place('opacity'), opacity)
    gl.drawArrays(gl.POINTS, 0, count)
  }

  #fill(buffer: WebGLBuffer, data: Float32Array): void {
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, buffer)
    this.#gl.bufferData(this.#gl.ARRAY_BUFFER, data, this.#gl.STATIC_DRAW)
  }

  #bindWeights(frame: number): void {
    const { program, weights } = this.#made
    for (const [name, at] of [
      ['weightA', frame],
      ['weightB', frame + 1],
    ] as const) {
      if (this.#weights) this.#bind(name, weights, 1, this.#weights.length > this.#count ? at * this.#count : 0)
      else {
        const place = this.#gl.getAttribLocation(program, name)
        this.#gl.disableVertexAttribArray(place)
        this.#gl.vertexAttrib1f(place, 1)
      }
    }
  }

  #bind(attribute: Attribute, buffer: WebGLBuffer, size: number, first: number): void {
    const gl = this.#gl
    const at = gl.getAttribLocation(this.#made.program, attribute)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(at)
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, first * size * 4)
  }
}
