/** Firefox's own socket, which its WebDriver speaks to: messages are JSON with their length before them. */
import { connect, type Socket } from 'node:net'
import { untilReady, WebDriver, type Send } from './webdriver.ts'

type Message = [type: number, id: number, error: { message: string } | null, value: unknown]

export async function sessionOfFirefox(port: number, end: () => void): Promise<WebDriver> {
  const socket = await untilReady(() => opened(port))
  const waiting = new Map<number, (message: Message) => void>()
  let bytes = Buffer.alloc(0)
  socket.on('data', (more: Buffer) => {
    bytes = Buffer.concat([bytes, more])
    for (;;) {
      const colon = bytes.indexOf(':')
      const size = Number(bytes.subarray(0, colon))
      if (colon < 0 || bytes.length < colon + 1 + size) return
      const message = JSON.parse(bytes.subarray(colon + 1, colon + 1 + size).toString()) as Message | object
      bytes = bytes.subarray(colon + 1 + size)
      if (Array.isArray(message)) waiting.get(message[1] as number)?.(message as Message) // else the greeting
    }
  })
  let last = 0
  const send: Send = ([, name], given) =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, ([, , error, value]) => {
        waiting.delete(id)
        if (error) reject(new Error(`${name}: ${error.message}`))
        else resolve(valueIn(value))
      })
      const text = JSON.stringify([0, id, name, given])
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
  await send(['', 'WebDriver:NewSession'], {})
  return new WebDriver(send, async () => {
    await send(['', 'Marionette:Quit'], { flags: ['eForceQuit'] })
    socket.destroy()
    end()
  })
}

const valueIn = (answer: unknown): unknown =>
  answer !== null && typeof answer === 'object' && 'value' in answer ? answer.value : answer

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).once('error', reject)
  })
