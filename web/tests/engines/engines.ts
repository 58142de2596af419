/** The engines of today's browsers as Debian has them: Chromium, Firefox, and Safari's in the form of WebKitGTK. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sessionOfFirefox } from './marionette.ts'
import { sessionByHttp, type WebDriver } from './webdriver.ts'

export interface Engine {
  /** Programs without which it cannot run, and what of Debian has them. */
  needs: readonly string[]
  packages: string
  /** What draws the cells there. */
  draws: 'webgl2' | '2d'
  /** In a folder of its own; what it saves comes into downloadsIn() of that. */
  start(folder: string): Promise<WebDriver>
}

export const downloadsIn = (folder: string): string => join(folder, 'downloads')

const CHROMIUM = process.env.CELLMNN_CHROMIUM ?? '/usr/bin/chromium'
const CHROMEDRIVER = '/usr/bin/chromedriver'
const FIREFOX = '/usr/bin/firefox-esr'
const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver'
const LIBRARIES = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`
const MINI_BROWSER = `${LIBRARIES}/webkit2gtk-4.1/MiniBrowser`
const XVFB = '/usr/bin/Xvfb'

export const ENGINES: Record<string, Engine> = {
  chromium: {
    needs: [CHROMIUM, CHROMEDRIVER],
    packages: 'chromium chromium-driver',
    draws: 'webgl2',
    async start(folder) {
      const port = await freePort()
      const driver = begin(CHROMEDRIVER, [`--port=${port}`])
      const prefs = { 'download.default_directory': downloadsIn(folder) }
      const args = ['--headless=new', '--no-sandbox', '--disable-background-networking', '--disable-component-update']
      const capabilities = { 'goog:chromeOptions': { binary: CHROMIUM, args, prefs } }
      const session = await sessionByHttp(port, capabilities, () => driver.kill())
      await session.runBefore(pretendToHaveACard)
      return session
    },
  },
  firefox: {
    needs: [FIREFOX, XVFB],
    packages: 'firefox-esr xvfb',
    draws: 'webgl2',
    async start(folder) {
      const screen = await startScreen()
      return startFirefox(folder, [], { ...screen.environment, LIBGL_ALWAYS_SOFTWARE: '1' }, screen.end)
    },
  },
  // It has no WebGL 2 there.
  'firefox-headless': {
    needs: [FIREFOX],
    packages: 'firefox-esr',
    draws: '2d',
    start: (folder) => startFirefox(folder, ['--headless'], {}, () => {}),
  },
  webkit: {
    needs: [WEBKIT_DRIVER, MINI_BROWSER, XVFB],
    packages: 'webkit2gtk-driver xvfb',
    draws: 'webgl2',
    async start(folder) {
      const [screen, port] = [await startScreen(), await freePort()]
      const configured = join(folder, 'config')
      mkdirSync(configured)
      writeFileSync(join(configured, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloadsIn(folder)}"\n`)
      const environment = {
        ...screen.environment,
        HOME: folder,
        XDG_CONFIG_HOME: configured,
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // root may not make one
      }
      const driver = begin(WEBKIT_DRIVER, [`--port=${port}`], environment)
      const capabilities = { 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } }
      return sessionByHttp(port, capabilities, () => {
        driver.kill()
        screen.end()
      })
    },
  },
}

/** Or the page would draw without WebGL, which a processor computes here. */
function pretendToHaveACard(): void {
  const original = WebGL2RenderingContext.prototype.getParameter
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    return name === 0x9246 ? 'a card' : (original.call(this, name) as unknown) // UNMASKED_RENDERER_WEBGL
  }
}

async function startFirefox(
  folder: string,
  options: readonly string[],
  environment: Environment,
  end: () => void,
): Promise<WebDriver> {
  const port = await freePort()
  const prefs = {
    'marionette.port': port,
    'browser.download.folderList': 2,
    'browser.download.dir': downloadsIn(folder),
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'webgl.force-enabled': true,
    'webgl.override-unmasked-renderer': 'a card',
    'gfx.webrender.software': true,
  }
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});\n`)
  writeFileSync(join(folder, 'user.js'), lines.join(''))
  const profile = ['--profile', folder, '--no-remote', '--marionette']
  const firefox = begin(FIREFOX, [...profile, ...options], { ...environment, HOME: folder })
  return sessionOfFirefox(port, () => {
    firefox.kill()
    end()
  })
}

type Environment = Record<string, string>

const begin = (program: string, options: readonly string[], environment: Environment = {}): ChildProcess =>
  spawn(program, options, { stdio: 'ignore', env: { ...process.env, ...environment } })

/** A screen that nobody sees. */
async function startScreen(): Promise<{ environment: Environment; end: () => void }> {
  const server = spawn(XVFB, ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [number] = await new Promise<string[]>((told, failed) => {
    server.stdout.once('data', (data: Buffer) => told(data.toString().split('\n')))
    server.once('exit', (code) => failed(new Error(`Xvfb ended with code ${String(code)}`)))
  })
  return { environment: { DISPLAY: `:${number}` }, end: () => server.kill() }
}

const freePort = (): Promise<number> =>
  new Promise((told) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => told(port))
    })
  })
