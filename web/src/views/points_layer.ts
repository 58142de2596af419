/** Cells as WebGL points. All frames of all paths lie in one buffer: a frame of play sets a few numbers, no more. */
import type { Frame } from './frame.ts'

const VERTEX = `#version 300 es
in vec2 a, b, span;
in float valueA, valueB;
uniform float mixing, time, size, low, high;
uniform vec4 view; // clip = position * view.xy + view.zw
out float u;
void main() {
  bool seen = time >= span.x && time <= span.y;
  gl_Position = seen ? vec4(mix(a, b, mixing) * view.xy + view.zw, 0, 1) : vec4(2, 2, 2, 1);
  gl_PointSize = size;
  u = clamp((mix(valueA, valueB, mixing) - low) / (high - low), 0.0, 1.0);
}`

const FRAGMENT = `#version 300 es
precision highp float;
in float u;
uniform sampler2D ramp;
uniform float opacity, size;
out vec4 color;
void main() {
  float edge = (0.5 - length(gl_PointCoord - 0.5)) * size;
  float cover = clamp(edge, 0.0, 1.0) * opacity;
  if (cover <= 0.0) discard;
  color = vec4(texture(ramp, vec2(u * 255.0 / 256.0 + 0.5 / 256.0, 0.5)).rgb * cover, cover);
}`

type Attribute = 'a' | 'b' | 'span' | 'valueA' | 'valueB'
type Content = 'measured' | 'moving' | 'values' | 'along' | 'spans' | 'ghostSpans'

export interface Look {
  size: number
  opacity: number
}

export interface Draw {
  frame: number
  mix: number
  time: number
  /** Diameter in pixels of the screen. */
  size: number
  /** How the measured cells are drawn, and the moving ones: size relative to `size`, and opacity. */
  ghosts: Look
  movers: Look
  domain: readonly [number, number]
}

export class PointsLayer {
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #buffers = new Map<Content, WebGLBuffer>()
  #count = 0

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true })
    if (!gl) throw new Error('This browser shows no WebGL 2, which the plot needs. Try another browser, or turn hardware acceleration on.')
    this.#canvas = canvas
    this.#gl = gl
    this.#program = gl.createProgram()
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
      const shader = gl.createShader(type)!
      gl.shaderSource(shader, source)
      gl.compileShader(shader)
      gl.attachShader(this.#program, shader)
    }
    gl.linkProgram(this.#program)
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS)) throw new Error(`The plot cannot be drawn here: ${gl.getProgramInfoLog(this.#program)}`)
    gl.useProgram(this.#program)
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  }

  setCount(count: number): void {
    this.#count = count
  }

  /** measured (N, 2), moving (T, N, 2), values (N), along (T, N), spans, ghostSpans (N, 2): times in which a cell is seen. */
  set(content: Content, data: Float32Array | null): void {
    const gl = this.#gl
    const old = this.#buffers.get(content)
    if (!data) {
      if (old) gl.deleteBuffer(old)
      this.#buffers.delete(content)
      return
    }
    const buffer = old ?? gl.createBuffer()
    this.#buffers.set(content, buffer)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW)
  }

  setRamp(pixels: Uint8Array): void {
    this.#gl.texImage2D(this.#gl.TEXTURE_2D, 0, this.#gl.RGBA, 256, 1, 0, this.#gl.RGBA, this.#gl.UNSIGNED_BYTE, pixels)
  }

  draw({ frame, mix, time, size, ghosts, movers, domain }: Draw, view: Frame): void {
    const gl = this.#gl
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
    if (this.#canvas.width !== width || this.#canvas.height !== height) [this.#canvas.width, this.#canvas.height] = [width, height]
    gl.viewport(0, 0, width, height)
    gl.clear(gl.COLOR_BUFFER_BIT)
    const measured = this.#buffers.get('measured')
    const values = this.#buffers.get('values')
    const spans = this.#buffers.get('spans')
    const ghostSpans = this.#buffers.get('ghostSpans')
    if (!measured || !values || !spans || !ghostSpans) return
    this.#uniform('view', (at) => gl.uniform4f(at, ...view.clip))
    this.#number('low', domain[0])
    this.#number('high', domain[1])
    const moving = this.#buffers.get('moving')
    if (ghosts.opacity > 0) {
      this.#bind('a', measured, 2, 0)
      this.#bind('b', measured, 2, 0)
      this.#bind('valueA', values, 1, 0)
      this.#bind('valueB', values, 1, 0)
      this.#bind('span', ghostSpans, 2, 0)
      this.#points(0, 0, size * ghosts.size, ghosts.opacity, ratio)
    }
    if (!moving) return
    const along = this.#buffers.get('along')
    this.#bind('a', moving, 2, frame * this.#count)
    this.#bind('b', moving, 2, (frame + 1) * this.#count)
    this.#bind('valueA', along ?? values, 1, along ? frame * this.#count : 0)
    this.#bind('valueB', along ?? values, 1, along ? (frame + 1) * this.#count : 0)
    this.#bind('span', spans, 2, 0)
    this.#points(mix, time, size * movers.size, movers.opacity, ratio)
  }

  #points(mix: number, time: number, size: number, opacity: number, ratio: number): void {
    this.#number('mixing', mix)
    this.#number('time', time)
    this.#number('size', size * ratio)
    this.#number('opacity', opacity)
    this.#gl.drawArrays(this.#gl.POINTS, 0, this.#count)
  }

  #bind(attribute: Attribute, buffer: WebGLBuffer, size: number, first: number): void {
    const gl = this.#gl
    const at = gl.getAttribLocation(this.#program, attribute)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(at)
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, first * size * 4)
  }

  #number(name: string, value: number): void {
    this.#uniform(name, (at) => this.#gl.uniform1f(at, value))
  }

  #uniform(name: string, set: (at: WebGLUniformLocation | null) => void): void {
    set(this.#gl.getUniformLocation(this.#program, name))
  }
}
