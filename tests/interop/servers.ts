// Starts foreign servers as ordinary processes, in a folder and on ports that nobody else uses.

import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../support/binaries.ts'
import { freePort } from '../support/desktop.ts'
import { until, type Processes } from '../support/processes.ts'
import type { Issued } from './authority.ts'

export interface OidcClient {
  id: string
  secret?: string
  method: 'client_secret_basic' | 'client_secret_post' | 'tls_client_auth'
  /** Only client credentials unless said otherwise. */
  grants?: string[]
  /** What the portal API lets it do. */
  roles?: string[]
}

export interface OidcProvider {
  process: ChildProcess
  /** The URL for client secrets and the portal API. */
  url: string
  /** The URL that demands a client certificate. */
  mutualUrl: string
  /** The port without TLS for a proxy. */
  upstream: number
}

/** `oidc-provider` on Node, with certificates by the test's own authority. */
export async function startOidcProvider(
  processes: Processes,
  folder: string,
  options: { server: Issued; clientAuthorities: string; clients: OidcClient[]; before?: string[] },
): Promise<OidcProvider> {
  const [plain, mutual, upstream] = [await freePort(), await freePort(), await freePort()]
  const url = `https://localhost:${plain}`
  mkdirSync(folder, { recursive: true })
  const settings = {
    issuer: url,
    certificate: options.server.files.chain,
    key: options.server.files.key,
    clientAuthorities: options.clientAuthorities,
    plain,
    mutual,
    upstream,
    clients: options.clients,
  }
  const file = join(folder, 'oidc-provider.json')
  writeFileSync(file, JSON.stringify(settings))
  const script = fileURLToPath(new URL('servers/oidc-provider.mjs', import.meta.url))
  const [command, ...args] = [...(options.before ?? []), process.execPath, script, file]
  const child = processes.start(command!, args, { env: { PATH: process.env['PATH'], NODE_ENV: 'production' } })
  const output = processes.outputOf(command!)
  await until('oidc-provider to listen', () => {
    if (child.exitCode !== null) throw new Error(`oidc-provider has ended: ${readFileSync(output, 'utf8')}`)
    return listens(upstream)
  })
  return { process: child, url, mutualUrl: `https://localhost:${mutual}`, upstream }
}

/** nginx with these `server` blocks, in one process and without any right of its own. */
export async function startNginx(
  processes: Processes,
  folder: string,
  servers: string[],
  ports: number[],
): Promise<ChildProcess> {
  mkdirSync(folder, { recursive: true })
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log info;
events {}
http {
  access_log off;
  default_type text/html;
  ${temporary.join('\n  ')}
  ${servers.join('\n  ')}
}
`,
  )
  // Installed, it is where only administrators look for programs; "make setup" may have unpacked it.
  const env = { PATH: `${process.env['PATH']}:/usr/sbin:/sbin:${ROOT}/target/interop/nginx/usr/sbin` }
  const child = processes.start('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { env })
  await until('nginx to listen', async () => {
    if (child.exitCode !== null)
      throw new Error(`nginx has ended: ${readFileSync(processes.outputOf('nginx'), 'utf8')}`)
    return (await Promise.all(ports.map(listens))).every(Boolean)
  })
  return child
}

/** Whether something takes connections at a port of the loopback interface. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

/**
 * tinyproxy, which alone knows that `hosts` are on this computer: for everybody else it is the only way there. Returns its
 * port.
 */
export async function startTinyproxy(
  processes: Processes,
  folder: string,
  hosts: string[],
  user?: { name: string; password: string },
): Promise<number> {
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const [names, settings] = [join(folder, 'hosts'), join(folder, 'tinyproxy.conf')]
  writeFileSync(names, hosts.map((host) => `127.0.0.1 ${host}\n`).join(''))
  writeFileSync(
    settings,
    `Port ${port}\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nMaxClients 20\n${user ? `BasicAuth ${user.name} ${user.password}\n` : ''}`,
  )
  // A library that answers questions for names out of a file.
  const env = { PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, LD_PRELOAD: 'libnss_wrapper.so', NSS_WRAPPER_HOSTS: names }
  const child = processes.start('tinyproxy', ['-d', '-c', settings], { env })
  await until('tinyproxy to listen', () => {
    if (child.exitCode !== null) throw new Error(`tinyproxy has ended: ${readFileSync(processes.outputOf('tinyproxy'), 'utf8')}`)
    return listens(port)
  })
  return port
}
