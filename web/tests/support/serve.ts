/** A folder as a server of the machine hands it out. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export function serve(folder: string): Server {
  return createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url!.slice(1)
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html')
    response.end(readFileSync(join(folder, name)))
  }).listen(0)
}

export const addressOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}/`
