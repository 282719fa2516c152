// The app in its real window, driven through WebKitWebDriver: what a person can see, point at and type.

import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Capabilities, error, Key, Origin, WebDriver, WebElement } from 'selenium-webdriver'
import { drivable } from './binaries.ts'
import { freePort, type Desktop } from './desktop.ts'
import { processTree } from './memory.ts'
import type { OwnNetwork } from './own_network.ts'
import { pause, until } from './processes.ts'

const require = createRequire(import.meta.url)
const { Executor, HttpClient } = require('selenium-webdriver/http') as typeof import('selenium-webdriver/http.js')
const IN_PAGE =
  readFileSync(require.resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js'), 'utf8') +
  // The UMD wrapper finds neither `module` nor `define` in a window and leaves its exports in `TestingLibraryDom`.
  '\n;' +
  readFileSync(fileURLToPath(new URL('./in-page.js', import.meta.url)), 'utf8')
/**
 * Where nothing is composited, the shadows of panels are drawn again with each change of the page, and so small a radius is slow:
 * about 50 ms of processor time. Larger shadows cost little, and those of the contrast themes are borders: both stay.
 */
const WITHOUT_SHADOWS = `
  const plain = new CSSStyleSheet()
  plain.replaceSync(':root:is([data-theme=morning], [data-theme=evening]) { --sapContent_Shadow0: none !important }')
  document.adoptedStyleSheets.push(plain)`
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export type Name = string | RegExp

export interface Where {
  /** Looks only inside this element. */
  in?: WebElement
  /** Milliseconds to wait for it. */
  within?: number
  /** What else `getByRole` of Testing Library accepts, for example `{ level: 1 }`, `{ selected: true }`. */
  state?: Record<string, unknown>
}

export interface Violation {
  rule: string
  impact: string
  help: string
  elements: string[]
}

export class App {
  readonly #desktop: Desktop
  readonly driver: WebDriver
  readonly #server: ChildProcess
  readonly #binary: string
  #zoomed = 0

  private constructor(desktop: Desktop, driver: WebDriver, server: ChildProcess, binary: string) {
    this.#desktop = desktop
    this.driver = driver
    this.#server = server
    this.#binary = binary
  }

  /** Starts the app and waits until its window shows something. */
  static async start(
    desktop: Desktop,
    { binary = drivable(), args = [] as string[], within = 20_000, network = undefined as OwnNetwork | undefined, under = [] as string[] } = {},
  ): Promise<App> {
    const port = await freePort()
    const [driverProgram, ...driverArgs] = [...under, 'WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`]
    const env = { ...desktop.env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' }
    const server = network
      ? await network.startDriver(driverProgram!, driverArgs, port, env)
      : desktop.processes.start(driverProgram!, driverArgs, { env }, 'WebKitWebDriver')
    const url = `http://127.0.0.1:${port}`
    await until('WebKitWebDriver', () =>
      fetch(`${url}/status`).then(
        (reply) => reply.ok,
        () => false,
      ),
    )
    const executor = new Executor(new HttpClient(url))
    const capabilities = new Capabilities({ 'webkitgtk:browserOptions': { binary, args } })
    const driver = WebDriver.createSession(executor, capabilities)
    const session = driver.getSession()
    const late = pause(within).then(() => {
      throw new Error(`no WebDriver session with ${binary} within ${within / 1000} s`)
    })
    try {
      await Promise.race([session, late])
    } catch (error) {
      session.catch(() => {})
      await desktop.processes.stop(server, 'SIGKILL')
      throw error
    }
    late.catch(() => {})
    const app = new App(desktop, driver, server, binary)
    await driver.manage().setTimeouts({ script: 60_000 })
    await until('the first screen', () =>
      driver.executeScript<boolean>('return document.readyState === "complete" && !!document.body').catch(() => false),
    )
    await app.#prepare()
    return app
  }

  async #prepare(): Promise<void> {
    if (!(await this.driver.executeScript<boolean>('return !window.__journey'))) return
    await this.driver.executeScript(IN_PAGE)
    if (!this.#desktop.inDetail) await this.driver.executeScript(WITHOUT_SHADOWS)
  }

  /** The process id of the program itself. */
  get pid(): number {
    // Another user's process, or one that nobody may look into, still says by what name it was started.
    for (const pid of processTree(this.#server.pid!)) {
      try {
        if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] === this.#binary) return pid
      } catch {
        // gone meanwhile
      }
    }
    throw new Error('the app is not running')
  }

  /** The process id of what drives the program. */
  get driverPid(): number {
    return this.#server.pid!
  }

  get running(): boolean {
    try {
      return this.pid > 0
    } catch {
      return false
    }
  }

  /** Kills the program as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL')
    await this.#desktop.processes.stop(this.#server, 'SIGKILL')
  }

  /** Closes the window as a person does, and waits until the program has ended. */
  async close(): Promise<void> {
    // A key that comes while the window manager moves the focus is lost, as a person's would be, who presses it again.
    for (let attempt = 1; this.running; attempt++) {
      const [window] = await this.#desktop.windows('Drawbridge')
      if (window) {
        await this.#desktop.run('xdotool', ['windowactivate', '--sync', window]).catch(() => '')
        await this.#desktop.press('alt+F4')
      }
      await until('the program to end', () => !this.running, { within: 5_000 }).catch((error: unknown) => {
        if (attempt === 3) throw error
      })
    }
    await this.#desktop.processes.stop(this.#server)
  }

  /** Ends the program without ceremony; for the end of a journey. */
  async stop(): Promise<void> {
    await this.#desktop.processes.stop(this.#server, 'SIGKILL')
  }

  /** What the program wrote to its standard output and error. */
  output(): string {
    return readFileSync(this.#desktop.processes.outputOf('WebKitWebDriver'), 'utf8')
  }

  // ---- Looking ----

  async #query<T>(script: string, ...args: unknown[]): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.driver.executeScript<T>(script, ...args)
      } catch (cause) {
        const vanished = cause instanceof error.StaleElementReferenceError // found, and gone before it was handed over
        const loadedAnew = /__journey/.test(String(cause))
        if (attempt === 4 || !(vanished || loadedAnew)) throw cause
        if (loadedAnew) await this.#prepare()
      }
    }
  }

  /** All shown elements with this role and accessible name, in document order; waits for nothing. */
  async all(role: string, name?: Name, where: Where = {}): Promise<WebElement[]> {
    const wanted = name instanceof RegExp ? { pattern: name.source, flags: name.flags } : (name ?? null)
    return this.#query(
      'return window.__journey.byRole(...arguments)',
      role,
      wanted,
      where.state ?? {},
      where.in ?? null,
    )
  }

  /** The first of the shown elements with this role and accessible name; waits for it. */
  async first(role: string, name?: Name, where: Where = {}): Promise<WebElement> {
    return until(`${role} ${name ?? ''}`, async () => (await this.all(role, name, where))[0])
  }

  /** The one shown element with this role and accessible name; waits for it. Two of them are an error. */
  async find(role: string, name?: Name, where: Where = {}): Promise<WebElement> {
    const what = `${role} ${name === undefined ? '' : name instanceof RegExp ? name : `"${name}"`}`
    let found: WebElement[] = []
    try {
      await until(what, async () => (found = await this.all(role, name, where)).length === 1, {
        within: where.within ?? 8_000,
      })
    } catch {
      throw new Error(`expected one ${what}, found ${found.length}. ${await this.#whatIsShown()}`)
    }
    return found[0]!
  }

  /** Whether such an element is shown now. */
  async has(role: string, name?: Name, where: Where = {}): Promise<boolean> {
    return (await this.all(role, name, where)).length > 0
  }

  /** Waits until the element is no longer shown. */
  async gone(role: string, name?: Name, where: Where = {}): Promise<void> {
    await until(`${role} "${name}" to go`, async () => !(await this.has(role, name, where)), {
      within: where.within ?? 8_000,
    })
  }

  /** Waits until the words are shown somewhere, whatever the white space between them. */
  async see(text: string, where: Omit<Where, 'state'> = {}): Promise<WebElement> {
    let found: WebElement[] = []
    try {
      await until(
        text,
        async () => {
          found = await this.#query<WebElement[]>(
            'return window.__journey.byText(...arguments)',
            text,
            where.in ?? null,
          )
          return found.length > 0
        },
        { within: where.within ?? 8_000 },
      )
    } catch {
      throw new Error(`expected to read "${text}". ${await this.#whatIsShown()}`)
    }
    return found[0]!
  }

  /** The text of an element as it is laid out. (WebDriver's own `getText` leaves out buttons here.) */
  async textOf(element: WebElement): Promise<string> {
    return this.driver.executeScript<string>('return arguments[0].innerText', element)
  }

  /** All text that the window shows. */
  async text(): Promise<string> {
    return this.driver.executeScript<string>('return document.body.innerText')
  }

  async #whatIsShown(): Promise<string> {
    const lines = (await this.text()).split('\n').filter(Boolean)
    return `The window shows:\n${lines.map((line) => `    ${line.slice(0, 160)}`).join('\n')}`
  }

  // ---- Doing ----

  /** Points at an element and clicks it, whether or not a dialog is open. Something lying over it is an error. */
  async press(element: WebElement, { button = 'left' as 'left' | 'right', times = 1 } = {}): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await this.#press(element, button, times)
      // Where the page moved between looking and clicking, a person would look again.
      if (!(await this.driver.executeScript<boolean>('return window.__journey?.missed() ?? false'))) return
    }
    throw new Error(`cannot click ${await this.textOf(element)}: it moves away`)
  }

  async #press(element: WebElement, button: 'left' | 'right', times: number): Promise<void> {
    const place = await until(
      'the element to be reachable',
      async () => {
        const found = await this.driver.executeAsyncScript<{ x: number; y: number } | { covered: string }>(
          'const done = arguments[1]; window.__journey.target(arguments[0]).then(done)',
          element,
        )
        return 'x' in found && found
      },
      { within: 4_000 },
    ).catch(async () => {
      const found = await this.driver.executeAsyncScript<{ covered: string }>(
        'const done = arguments[1]; window.__journey.target(arguments[0]).then(done)',
        element,
      )
      throw new Error(`cannot click ${await this.textOf(element)}: ${found.covered}`)
    })
    const actions = this.driver
      .actions({ async: true })
      .move({ x: place.x, y: place.y, origin: Origin.VIEWPORT, duration: 0 })
    for (let i = 0; i < times; i++) button === 'left' ? actions.click() : actions.contextClick()
    await actions.perform()
  }

  /** The middle of an element, in pixels of the screen: for what does not come through the WebDriver. */
  async placeOnScreen(element: WebElement): Promise<{ x: number; y: number }> {
    const { x, y } = await this.driver.executeAsyncScript<{ x: number; y: number }>(
      'const done = arguments[1]; window.__journey.target(arguments[0]).then(done)',
      element,
    )
    // Exactly: a tooltip is a window, too, with the name of the program.
    const [window] = await this.#desktop.windows('Drawbridge$')
    const geometry = await this.#desktop.run('xdotool', ['getwindowgeometry', '--shell', window!])
    const origin = (axis: 'X' | 'Y') => Number(new RegExp(`^${axis}=(-?\\d+)$`, 'm').exec(geometry)?.[1])
    return { x: origin('X') + x, y: origin('Y') + y }
  }

  /** Clicks what has this role and name. A disabled one is an error, since a person could not click it either. */
  async click(role: string, name?: Name, where: Where = {}): Promise<WebElement> {
    const element = await this.find(role, name, where)
    await until(
      `${role} "${name}" to be enabled`,
      async () =>
        this.driver.executeScript<boolean>(
          'return !arguments[0].disabled && arguments[0].getAttribute("aria-disabled") !== "true"',
          element,
        ),
      { within: where.within ?? 8_000 },
    )
    await this.press(element)
    return element
  }

  /** Opens the menu of a button and clicks an item in it. */
  async choose(button: Name, item: Name, where: Where = {}): Promise<void> {
    await this.click('button', button, where)
    await this.click('menuitem', item)
    await this.gone('menu')
  }

  /** Replaces what a field holds by typing. */
  async fill(name: Name, text: string, where: Where & { role?: string } = {}): Promise<WebElement> {
    const field = await this.click(where.role ?? 'textbox', name, where)
    await this.chord(Key.CONTROL, 'a')
    await this.keys(Key.BACK_SPACE)
    await this.keys(text)
    await this.settled()
    return field
  }

  /** Gives a document to the box for credentials by pasting: the core keeps it, and the box shows it with its values hidden. */
  async paste(name: Name, text: string, where: Where = {}): Promise<WebElement> {
    await this.#desktop.copyElsewhere(text)
    const field = await this.click('textbox', name, where)
    await this.#desktop.press('ctrl+a')
    await this.#desktop.press('ctrl+v')
    const { length } = text.replace(/\r\n?/g, '\n')
    await until(`"${name}" to show the pasted document`, async () => {
      const script = 'return { text: arguments[0].value, readonly: arguments[0].readOnly }'
      const shown = await this.driver.executeScript<{ text: string; readonly: boolean }>(script, field)
      return shown.readonly && shown.text.length === length && shown.text.includes('•')
    })
    await this.settled()
    return field
  }

  /** Types into whatever has the keyboard. */
  async keys(...keys: string[]): Promise<void> {
    await this.driver
      .actions({ async: true })
      .sendKeys(...keys)
      .perform()
  }

  /** Presses a key while holding another. */
  async chord(modifier: string, key: string): Promise<void> {
    await this.driver.actions({ async: true }).keyDown(modifier).sendKeys(key).keyUp(modifier).perform()
  }

  /** Makes the page larger by a fifth of its own size, so many times: 5 is 200 %. */
  async zoom(times: number): Promise<void> {
    if (times === this.#zoomed) return
    this.#zoomed = times
    // The driver counts in pixels of the screen, the page in its own.
    const { width } = await this.driver.manage().window().getRect()
    const reached = async () => {
      const ratio = width / (await this.driver.executeScript<number>('return innerWidth'))
      return Math.abs(ratio - (1 + times / 5)) < 0.1
    }
    // A key can be lost on a busy desktop; each attempt begins with the page's own size.
    for (let attempt = 1; ; attempt++) {
      await this.#desktop.press('ctrl+0', ...Array.from({ length: times }, () => 'ctrl+plus'))
      try {
        await until('the zoom', reached, { within: 4_000 })
        break
      } catch (error) {
        if (attempt === 3) throw error
      }
    }
    await this.settled()
  }

  /** Waits until the window has painted what it was told, and has stopped moving. */
  async settled(): Promise<void> {
    await this.driver.executeAsyncScript(
      `const done = arguments[0];
       setTimeout(done, 1000);
       const painted = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
       const ends = (animation) => Number.isFinite(animation.effect.getComputedTiming().endTime);
       painted().then(painted)
         .then(() => Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished)))
         .then(painted).then(done);`,
    )
  }

  /** Role and name of what has the keyboard, such as `button "Submit"`. */
  async focus(): Promise<string> {
    return this.#query('return window.__journey.focus()')
  }

  // ---- Evidence ----

  /** Saves a picture of the whole screen, with what the window manager and native dialogs draw. */
  async screenshot(path: string): Promise<void> {
    await this.settled()
    mkdirSync(dirname(path), { recursive: true })
    this.#desktop.screen.save(path)
  }

  /** What axe finds wrong with the window as it is now. */
  async axe(): Promise<Violation[]> {
    if (await this.driver.executeScript<boolean>('return !window.axe')) await this.driver.executeScript(AXE)
    const results = await this.driver.executeAsyncScript<{ violations: AxeViolation[] } | { failed: string }>(
      'const done = arguments[0]; window.axe.run(document, { resultTypes: ["violations"] }).then(done, (e) => done({ failed: String(e) }))',
    )
    if ('failed' in results) throw new Error(`axe: ${results.failed}`)
    return results.violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      help,
      elements: nodes.map((node) => `${node.html.slice(0, 200)} ${node.any?.[0]?.message ?? ''}`),
    }))
  }

  /** Refusals of the Content Security Policy and uncaught errors since the document was loaded. */
  async complaints(): Promise<string[]> {
    return this.#query('return window.__journey.complaints')
  }

  /** The same, for a step that provokes them: what it takes is not there any more. */
  async takeComplaints(): Promise<string[]> {
    return this.#query('return window.__journey.complaints.splice(0)')
  }

  /** Every reply of the Rust core since the document was loaded: the command and the raw text of the reply. */
  async replies(): Promise<{ command: string; text: string }[]> {
    return this.driver.executeAsyncScript('const done = arguments[0]; Promise.all(window.__journey.replies).then(done)')
  }
}

interface AxeViolation {
  id: string
  impact: string | null
  help: string
  nodes: { html: string; any?: { message: string }[] }[]
}
