/** Cells as WebGL points. All frames of their paths lie in one buffer: a frame of play sets a few numbers, no more. */
import type { Frame } from '../cells/frame.ts'

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

/** How points are drawn: their size relative to the usual one, and their opacity. */
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
  opacity: number
  domain: readonly [number, number]
}

export class PointsLayer {
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #positions: WebGLBuffer
  readonly #values: WebGLBuffer
  readonly #spans: WebGLBuffer
  #count = 0
  #moves = false
  #valuesMove = false

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
    this.#positions = gl.createBuffer()
    this.#values = gl.createBuffer()
    this.#spans = gl.createBuffer()
  }

  /** Positions (N, 2), or (T, N, 2) of all frames; none to draw nothing. */
  setPositions(positions: Float32Array | null, count: number): void {
    this.#count = positions ? count : 0
    this.#moves = positions !== null && positions.length > 2 * count
    if (positions) this.#fill(this.#positions, positions)
  }

  /** What is coloured: (N), or (T, N) of all frames. */
  setValues(values: Float32Array, count: number): void {
    this.#valuesMove = values.length > count
    this.#fill(this.#values, values)
  }

  /** The first and the last time at which a point is seen: (N, 2). */
  setSpans(spans: Float32Array): void {
    this.#fill(this.#spans, spans)
  }

  setRamp(pixels: Uint8Array): void {
    this.#gl.texImage2D(this.#gl.TEXTURE_2D, 0, this.#gl.RGBA, 256, 1, 0, this.#gl.RGBA, this.#gl.UNSIGNED_BYTE, pixels)
  }

  draw({ frame, mix, time, size, opacity, domain }: Draw, view: Frame): void {
    const gl = this.#gl
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
    if (this.#canvas.width !== width || this.#canvas.height !== height) [this.#canvas.width, this.#canvas.height] = [width, height]
    gl.viewport(0, 0, width, height)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (this.#count === 0 || opacity === 0) return
    const [a, b] = [frame * this.#count, (frame + 1) * this.#count]
    this.#bind('a', this.#positions, 2, this.#moves ? a : 0)
    this.#bind('b', this.#positions, 2, this.#moves ? b : 0)
    this.#bind('valueA', this.#values, 1, this.#valuesMove ? a : 0)
    this.#bind('valueB', this.#values, 1, this.#valuesMove ? b : 0)
    this.#bind('span', this.#spans, 2, 0)
    gl.uniform4f(this.#place('view'), ...view.clip)
    gl.uniform1f(this.#place('low'), domain[0])
    gl.uniform1f(this.#place('high'), domain[1])
    gl.uniform1f(this.#place('mixing'), mix)
    gl.uniform1f(this.#place('time'), time)
    gl.uniform1f(this.#place('size'), size * ratio)
    gl.uniform1f(this.#place('opacity'), opacity)
    gl.drawArrays(gl.POINTS, 0, this.#count)
  }

  #fill(buffer: WebGLBuffer, data: Float32Array): void {
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, buffer)
    this.#gl.bufferData(this.#gl.ARRAY_BUFFER, data, this.#gl.STATIC_DRAW)
  }

  #bind(attribute: Attribute, buffer: WebGLBuffer, size: number, first: number): void {
    const gl = this.#gl
    const at = gl.getAttribLocation(this.#program, attribute)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(at)
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, first * size * 4)
  }

  #place(name: string): WebGLUniformLocation | null {
    return this.#gl.getUniformLocation(this.#program, name)
  }
}
