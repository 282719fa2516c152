// A private desktop: its own home folder, display, window manager, session bus and keyring. Nothing of the person who
// runs the tests is read or touched, and nothing of it is left behind.

import { randomInt } from 'node:crypto'
import { execFile, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './binaries.ts'
import { pause, Processes, until } from './processes.ts'
import { Screen } from './screen.ts'

export type Keyring = 'unlocked' | 'denied' | 'none'

export interface DesktopOptions {
  /** Whether a keyring service runs, and whether the bus lets anybody talk to it. `lockKeyring` locks a running one. */
  keyring?: Keyring
  /** Lets the keyring ask the person for its password in a window of its own. */
  prompter?: boolean
  /** Size of the screen in pixels. */
  screen?: { width: number; height: number }
  /** Windows are drawn in all detail, as on a person's screen: for pictures and figures. See `PLAIN_DRAWING`. */
  inDetail?: boolean
}

/**
 * Without a graphics card, WebKit's compositor draws the whole window again for each frame: 25 ms of processor time, and the bars
 * that fade in and out beside what scrolls make many frames. Without it, WebKit draws what has changed; the journeys take half
 * the time. Nothing that they ask for depends on it. WebDriver's own pictures of the page may never come then.
 */
const PLAIN_DRAWING = { WEBKIT_DISABLE_COMPOSITING_MODE: '1' }

/** The title of the window in which the system asks before a secret leaves. */
const QUESTION = '^Drawbridge (asks|fragt)$'
export const KEYRING_PASSWORD = 'the password of the private keyring'
const CONFIG = JSON.parse(readFileSync(`${ROOT}/tauri.conf.json`, 'utf8')) as { identifier: string }

export interface KeyringItem {
  label: string
  secret: string
  attributes: Record<string, string>
}

export class Desktop {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly processes: Processes
  readonly inDetail: boolean
  #keyring: ChildProcess | undefined
  #screen: Screen | undefined

  private constructor({ inDetail = false }: DesktopOptions) {
    this.inDetail = inDetail
    this.folder = mkdtempSync(join(tmpdir(), 'drawbridge-'))
    for (const name of ['home', 'data', 'config', 'cache', 'exports']) mkdirSync(join(this.folder, name))
    mkdirSync(join(this.folder, 'runtime'), { mode: 0o700 })
    this.processes = new Processes(this.folder)
    this.env = {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      HOME: join(this.folder, 'home'),
      XDG_DATA_HOME: join(this.folder, 'data'),
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      XDG_CACHE_HOME: join(this.folder, 'cache'),
      XDG_RUNTIME_DIR: join(this.folder, 'runtime'),
      XDG_CURRENT_DESKTOP: 'Openbox',
      GDK_BACKEND: 'x11',
      GSETTINGS_BACKEND: 'memory',
      GIO_USE_VFS: 'local',
      GTK_USE_PORTAL: '0',
      NO_AT_BRIDGE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      RUST_BACKTRACE: '1',
      ...(inDetail ? {} : PLAIN_DRAWING),
    }
  }

  static async open(options: DesktopOptions = {}): Promise<Desktop> {
    const desktop = new Desktop(options)
    try {
      await desktop.#startDisplay(options.screen ?? { width: 1400, height: 1000 })
      await desktop.#startBus(options) // after the display: what the bus starts inherits its environment
      if (options.keyring !== 'none') await desktop.startKeyring(options.keyring)
    } catch (error) {
      await desktop.close()
      throw error
    }
    return desktop
  }

  /** Where the app keeps its database and logs. */
  get dataFolder(): string {
    return join(this.folder, 'data', CONFIG.identifier)
  }

  /** Where the journeys save what they export. */
  get exports(): string {
    return join(this.folder, 'exports')
  }

  async close(): Promise<void> {
    this.#screen?.close()
    await this.processes.stopAll()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Runs a program to its end and returns what it printed. */
  run(command: string, args: string[], input?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        command,
        args,
        { env: this.env, timeout: 20_000, maxBuffer: 64 << 20 },
        (error, stdout, stderr) =>
          error ? reject(new Error(`${command} failed: ${stderr || error.message}`)) : resolve(stdout),
      )
      child.stdin?.on('error', () => {})
      child.stdin?.end(input ?? '')
    })
  }

  async #startDisplay(screen: { width: number; height: number }): Promise<void> {
    const size = `${screen.width}x${screen.height}x24`
    // The framebuffer lies in a file, so that the whole screen can be looked at, native dialogs included.
    const args = ['-displayfd', '3', '-screen', '0', size, '-fbdir', this.folder, '-nolisten', 'tcp', '-noreset']
    const server = this.processes.start('Xvfb', args, { env: this.env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    this.env['DISPLAY'] = `:${await firstLine(server, 3, 'Xvfb')}`
    this.processes.start('openbox', ['--sm-disable'], { env: this.env })
    await until('the window manager', async () =>
      (await this.run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'])).includes('window id'),
    )
  }

  /** The screen as it is now. */
  get screen(): Screen {
    return (this.#screen ??= new Screen(join(this.folder, 'Xvfb_screen0')))
  }

  async #startBus(options: DesktopOptions): Promise<void> {
    // No service folders: what is not started here is not there, so that "no keyring service" is true.
    const services = join(this.folder, 'services')
    mkdirSync(services)
    if (options.prompter) {
      const file = `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${await prompterPath(this)}\n`
      writeFileSync(join(services, 'org.gnome.keyring.SystemPrompter.service'), file)
    }
    const config = join(this.folder, 'bus.conf')
    writeFileSync(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(this.folder, 'runtime', 'bus')}</listen>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    ${options.keyring === 'denied' ? '<deny send_destination="org.freedesktop.secrets"/>' : ''}
  </policy>
</busconfig>
`,
    )
    const bus = this.processes.start(
      'dbus-daemon',
      [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=3'],
      {
        env: this.env,
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    )
    this.env['DBUS_SESSION_BUS_ADDRESS'] = await firstLine(bus, 3, 'dbus-daemon')
  }

  /** Starts the keyring service, unlocked. On the first start it makes the keyring *login*, protected by `KEYRING_PASSWORD`. */
  async startKeyring(as: Keyring = 'unlocked'): Promise<void> {
    const control = join(this.folder, 'runtime', 'keyring')
    const keyring = this.processes.start(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets', `--control-directory=${control}`],
      { env: this.env, stdio: ['pipe', 'ignore', 'ignore'] },
    )
    keyring.stdin?.end(KEYRING_PASSWORD)
    this.#keyring = keyring
    await until('the keyring service', async () =>
      (
        await this.#bus(
          'org.freedesktop.DBus',
          '/',
          'org.freedesktop.DBus.NameHasOwner',
          'string:org.freedesktop.secrets',
        )
      ).includes('true'),
    )
    if (as === 'denied') return
    await until('the keyring to be unlocked', async () => (await this.keyringState()) === 'unlocked')
  }

  /** Takes the keyring service away, as when its process has died. */
  async stopKeyring(): Promise<void> {
    if (this.#keyring) await this.processes.stop(this.#keyring)
    this.#keyring = undefined
  }

  /** Locks the keyring, as the desktop does when the person leaves. */
  async lockKeyring(): Promise<void> {
    await this.#bus(
      'org.freedesktop.secrets',
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
      'array:objpath:/org/freedesktop/secrets/collection/login',
    )
    await until('the keyring to be locked', async () => (await this.keyringState()) === 'locked')
  }

  /** Unlocks the keyring with its password, as at login. */
  async unlockKeyring(): Promise<void> {
    await this.stopKeyring()
    await this.startKeyring()
  }

  async keyringState(): Promise<'locked' | 'unlocked'> {
    const reply = await this.#bus(
      'org.freedesktop.secrets',
      '/org/freedesktop/secrets/aliases/default',
      'org.freedesktop.DBus.Properties.Get',
      'string:org.freedesktop.Secret.Collection',
      'string:Locked',
    )
    return reply.includes('boolean false') ? 'unlocked' : 'locked'
  }

  /** Answers the window in which the keyring asks for its password; needs the option `prompter`. */
  async answerPrompt(answer: 'cancel' | 'unlock'): Promise<void> {
    const title = 'Unlock .*Keyring'
    const [prompt] = await until('the keyring to ask for its password', async () => {
      const found = await this.windows(title)
      return found.length > 0 && found
    })
    const gone = async () => !(await this.windows(title)).includes(prompt!)
    // Shown, it has yet to take the keyboard; a key that comes before is lost.
    for (let attempt = 1; attempt === 1 || !(await gone()); attempt++) {
      await this.run('xdotool', ['windowactivate', '--sync', prompt!]).catch(() => '')
      await pause(300)
      if (answer === 'unlock') {
        await this.press('ctrl+a')
        await this.typeText(KEYRING_PASSWORD)
      }
      await this.press(answer === 'unlock' ? 'Return' : 'Escape')
      await until('the prompt to go', gone, { within: 4_000 }).catch((error: unknown) => {
        if (attempt === 3) throw error
      })
    }
  }

  /** Whether the system asks something before a secret leaves. */
  async isAsked(): Promise<boolean> {
    return (await this.windows(QUESTION)).length > 0
  }

  /** Answers the window in which the system asks before a secret leaves. */
  async answerQuestion(answer: 'yes' | 'no'): Promise<void> {
    const title = QUESTION
    const [question] = await until('the question', async () => {
      const found = await this.windows(title)
      return found.length > 0 && found
    })
    const gone = async () => !(await this.windows(title)).includes(question!)
    // Shown, it has yet to take the keyboard; a key that comes before is lost.
    for (let attempt = 1; attempt === 1 || !(await gone()); attempt++) {
      await this.run('xdotool', ['windowactivate', '--sync', question!]).catch(() => '')
      await this.press(answer === 'yes' ? 'Return' : 'Escape')
      await until('the question to go', gone, { within: 4_000 }).catch((error: unknown) => {
        if (attempt === 3) throw error
      })
    }
  }

  /** Says on the session's bus what a screen saver says. */
  async lockScreen(): Promise<void> {
    const signal = ['--session', '--type=signal', '/org/freedesktop/ScreenSaver', 'org.freedesktop.ScreenSaver.ActiveChanged']
    await this.run('dbus-send', [...signal, 'boolean:true'])
  }

  /** What any program of the person's session finds in the keyring, secrets included. */
  async keyringItems(...attributes: string[]): Promise<KeyringItem[]> {
    const query = attributes.length > 0 ? attributes : ['service', 'Drawbridge']
    // secret-tool writes labels and secrets to standard output, attributes to standard error.
    const output = await this.run('sh', ['-c', 'exec secret-tool search --all "$@" 2>&1', 'sh', ...query])
    const items: KeyringItem[] = []
    let last: 'label' | 'secret' | undefined
    for (const line of output.split('\n')) {
      if (/^\[.*\]$/.test(line)) items.push({ label: '', secret: '', attributes: {} })
      const item = items.at(-1)
      const found = /^(label|secret|created|modified|schema|attribute\.([^ =]+)) = (.*)$/.exec(line)
      if (!item) continue
      if (!found) {
        if (last === 'secret' && line && !line.startsWith('[')) item.secret += `\n${line}`
        continue
      }
      const [, field, attribute, value = ''] = found
      last = undefined
      if (attribute) item.attributes[attribute] = value
      else if (field === 'label' || field === 'secret') {
        item[field] = value
        last = field
      }
    }
    return items
  }

  async #bus(destination: string, path: string, method: string, ...args: string[]): Promise<string> {
    const all = ['--session', '--print-reply', '--reply-timeout=5000', `--dest=${destination}`, path, method, ...args]
    return this.run('dbus-send', all).catch(() => '')
  }

  async clipboard(): Promise<string> {
    return this.run('xclip', ['-selection', 'clipboard', '-out']).catch(() => '')
  }

  /** Puts text into the clipboard, as another program does when the person copies or only selects there. */
  async copyElsewhere(text: string, selection: 'clipboard' | 'primary' = 'clipboard'): Promise<void> {
    const owner = this.processes.start('xclip', ['-selection', selection, '-in', '-quiet'], {
      env: this.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    owner.stdin?.end(text)
    const read = () => this.run('xclip', ['-selection', selection, '-out']).catch(() => '')
    await until('the clipboard to hold the text', async () => (await read()) === text)
  }

  /** The ids of the visible windows whose title matches, as seen by the window manager. */
  async windows(title: string): Promise<string[]> {
    const found = await this.run('xdotool', ['search', '--onlyvisible', '--name', title]).catch(() => '')
    return found.split('\n').filter(Boolean)
  }

  /** Whether the window manager has put the window away. */
  async isMinimized(window: string): Promise<boolean> {
    return (await this.run('xprop', ['-id', window, '_NET_WM_STATE'])).includes('_NET_WM_STATE_HIDDEN')
  }

  async titleOf(window: string): Promise<string> {
    return (await this.run('xdotool', ['getwindowname', window])).trim()
  }

  /** The title of the window that has the keyboard. */
  async activeTitle(): Promise<string> {
    return this.run('xdotool', ['getactivewindow', 'getwindowname']).then(
      (title) => title.trim(),
      () => '',
    )
  }

  /** Presses keys in whatever window has the keyboard; names as xdotool knows them, such as `Return` or `alt+F4`. */
  async press(...keys: string[]): Promise<void> {
    await this.run('xdotool', ['key', '--clearmodifiers', ...keys])
  }

  async typeText(text: string): Promise<void> {
    await this.run('xdotool', ['type', '--clearmodifiers', '--delay', '4', text])
  }

  /** Drags a text out of a window of another program to this place of the screen. */
  async dropText(text: string, place: { x: number; y: number }): Promise<void> {
    await this.#drop(['--text', text], place, () => pause(500))
  }

  /**
   * Drags files out of a window of another program, holds them over this place of the screen, and lets them go; `over`
   * happens in between.
   */
  async dropFiles(paths: string[], place: { x: number; y: number }, over: () => Promise<unknown>): Promise<void> {
    await this.#drop(paths, place, over)
  }

  async #drop(what: string[], place: { x: number; y: number }, over: () => Promise<unknown>): Promise<void> {
    const title = '^Files to drag$'
    // Debian's own Python has the bindings.
    const source = this.processes.start('/usr/bin/python3', [`${ROOT}/tests/support/drag_source.py`, ...what], { env: this.env })
    try {
      const [window] = await until('the window to drag from', async () => {
        const found = await this.windows(title)
        return found.length > 0 && found
      })
      const { width, height } = this.screen
      await this.run('xdotool', ['windowmove', '--sync', window!, String(width - 160), String(height - 100)])
      await this.run('xdotool', ['mousemove', '--sync', '--window', window!, '60', '30', 'mousedown', '1'])
      // Pressed and moved far enough it is a drag; a target hears of it when the pointer moves over it.
      for (const [dx, dy] of [[-40, -40], [-80, -80]]) {
        await this.run('xdotool', ['mousemove_relative', '--sync', '--', String(dx), String(dy)])
        await pause(50)
      }
      // A source that is slow to start does not see a pointer that rests already: it moves a little until it is answered.
      let waiting = true
      const answered = over().finally(() => (waiting = false))
      answered.catch(() => {}) // awaited below
      for (let dx = 0; waiting; dx = 4 - dx) {
        await this.run('xdotool', ['mousemove', String(place.x + dx), String(place.y)])
        await pause(100)
      }
      await answered
      await this.run('xdotool', ['mouseup', '1'])
      await until('the files to be taken', () => source.exitCode !== null)
    } finally {
      await this.run('xdotool', ['mouseup', '1'])
      await this.processes.stop(source)
    }
  }

  /** Answers the native Save dialog with a path; `before` happens when the path is typed and not yet sent. */
  async saveAs(
    path: string,
    { title = 'Export', before }: { title?: string; before?: () => Promise<void> } = {},
  ): Promise<void> {
    const [dialog] = await until('the Save dialog', async () => {
      const found = await this.windows(title)
      return found.length > 0 && found
    })
    await this.run('xdotool', ['windowactivate', '--sync', dialog!])
    await pause(200) // GTK fills in the proposed name after the window is mapped
    await this.press('ctrl+a')
    await this.typeText(path)
    await pause(100)
    await before?.()
    await this.press('Return')
    await until('the Save dialog to close', async () => !(await this.windows(title)).includes(dialog!))
  }

  /** Answers the native Open dialog with a path. */
  async openFile(path: string, title: string): Promise<void> {
    const [dialog] = await until('the Open dialog', async () => {
      const found = await this.windows(title)
      return found.length > 0 && found
    })
    await this.run('xdotool', ['windowactivate', '--sync', dialog!])
    await pause(300)
    await this.press('ctrl+l') // GTK asks for a path only then
    await pause(300)
    await this.typeText(path)
    await pause(500) // until GTK has read the folder, it does not take Return
    await this.press('Return')
    await until('the Open dialog to close', async () => !(await this.windows(title)).includes(dialog!))
  }
}

async function prompterPath(desktop: Desktop): Promise<string> {
  const found = await desktop.run('sh', [
    '-c',
    'for f in /usr/libexec/gcr-prompter /usr/lib/gcr/gcr-prompter; do [ -x $f ] && echo $f && exit; done',
  ])
  if (!found.trim()) throw new Error('gcr-prompter is missing; Debian has it in the package gcr')
  return found.trim()
}

const given = new Set<number>()

/**
 * A TCP port of the loopback interface that nobody listens on, another one at each call. It lies below the ports that systems
 * give to outgoing connections: one of those would take it before whoever asked for it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    if (given.has(port) || !(await canListenAt(port))) continue
    given.add(port)
    return port
  }
}

function canListenAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function firstLine(child: ChildProcess, descriptor: number, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`${name} is not ready after 10 s`)), 10_000)
    child.on('exit', (code) => reject(new Error(`${name} ended at once (${code})`)))
    child.stdio[descriptor]?.on('data', (data: Buffer) => {
      text += data.toString()
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(text.trim())
    })
  })
}
