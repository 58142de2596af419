/** W3C WebDriver, as far as a walk needs it: the same commands over HTTP, or over Firefox's own socket. */
import { setTimeout as pause } from 'node:timers/promises'

type Values = Record<string, unknown>

/** What a command is called by HTTP, below the session; and by Firefox. */
const COMMANDS = {
  window: ['POST window/rect', 'WebDriver:SetWindowRect'],
  navigate: ['POST url', 'WebDriver:Navigate'],
  script: ['POST execute/sync', 'WebDriver:ExecuteScript'],
  actions: ['POST actions', 'WebDriver:PerformActions'],
  find: ['POST element', 'WebDriver:FindElement'],
  keys: ['POST element/{id}/value', 'WebDriver:ElementSendKeys'],
  picture: ['GET screenshot', 'WebDriver:TakeScreenshot'],
  devtools: ['POST goog/cdp/execute', ''],
} as const
type Command = keyof typeof COMMANDS

/** Sends one command and gives its value. */
export type Send = (names: readonly [http: string, firefox: string], given: Values) => Promise<unknown>

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf' // the key of the standard for a reference to an element

export class WebDriver {
  readonly #send: Send
  /** Ends the browser. */
  readonly end: () => Promise<void>

  constructor(send: Send, end: () => Promise<void>) {
    this.#send = send
    this.end = end
  }

  resize(width: number, height: number): Promise<unknown> {
    return this.#call('window', { width, height })
  }

  navigate(url: string): Promise<unknown> {
    return this.#call('navigate', { url })
  }

  /** What a function gives in the page, of values that JSON can carry; it may give a promise. */
  run<Given extends unknown[], T>(does: (...given: Given) => T, ...args: Given): Promise<Awaited<T>> {
    return this.#call('script', { script: `return (${does})(...arguments)`, args }) as Promise<Awaited<T>>
  }

  click(x: number, y: number): Promise<unknown> {
    const [down, up] = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }))
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }
    const actions = [move, down, up]
    return this.#call('actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    })
  }

  /** What can be seen of the page: a PNG as base64. */
  picture(): Promise<string> {
    return this.#call('picture', { full: false }) as Promise<string>
  }

  /** In Chromium alone: a function that runs in each page before its own scripts. */
  runBefore(does: () => void): Promise<unknown> {
    const params = { source: `(${does})()` }
    return this.#call('devtools', { cmd: 'Page.addScriptToEvaluateOnNewDocument', params })
  }

  /** Gives a file to a field for files. */
  async choose(selector: string, path: string): Promise<void> {
    const found = (await this.#call('find', { using: 'css selector', value: selector })) as Values
    const element = (found.value ?? found) as Values
    await this.#call('keys', { id: element[ELEMENT], text: path })
  }

  async #call(name: Command, given: Values): Promise<unknown> {
    return this.#send(COMMANDS[name], given)
  }
}

/** A session of a driver that answers on a port of this machine; `end` also ends the driver. */
export async function sessionByHttp(port: number, capabilities: Values, end: () => void): Promise<WebDriver> {
  const at = `http://127.0.0.1:${port}`
  await untilReady(() => fetch(`${at}/status`))
  const ask = async (method: string, path: string, body?: Values): Promise<unknown> => {
    // WebKit's driver leaves the second question of a connection without an answer, now and then.
    const headers = { connection: 'close' }
    const response = await fetch(`${at}/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const { value } = (await response.json()) as { value: Values }
    if (!response.ok) throw new Error(`${path}: ${String(value.error)}: ${String(value.message)}`)
    return value
  }
  const { sessionId } = (await ask('POST', 'session', { capabilities: { alwaysMatch: capabilities } })) as {
    sessionId: string
  }
  const send: Send = ([name], given) => {
    const [method, path] = name.replace('{id}', String(given.id)).split(' ') as [string, string]
    return ask(method, `session/${sessionId}/${path}`, method === 'POST' ? given : undefined)
  }
  return new WebDriver(send, async () => {
    await ask('DELETE', `session/${sessionId}`)
    end()
  })
}

const PATIENCE = 60_000 // ms until a browser has to answer

export async function untilReady<T>(ask: () => Promise<T>): Promise<T> {
  const begin = performance.now()
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() - begin > PATIENCE) throw error
      await pause(100)
    }
  }
}
