// The token service at full load while another process creates and deletes service keys: what is lost, what is left over.

import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { until } from '../support/processes.ts'
import type { CertificateDocument, SecretDocument } from '../support/screens.ts'
import { running, type Running } from './running.ts'
import type { ServiceKey } from './service-keys.ts'
import { load, TokenServiceAlone, type Build, type Load } from './token-service.ts'

export interface Soaked {
  load: Load
  /** How many service keys were created, used and deleted meanwhile, and with how many requests. */
  keys: number
  requests: number
  /** Answers that contradict what the service had been told before the request. */
  wrong: string[]
  before: Running
  after: Running
  /** Rows of the ledger, and items of the keychain, that belong to nothing. */
  leftOver: { rows: number; items: number }
}

/** Pins: the service to the first, everything that loads it to the second. */
export interface Pins {
  service: string[]
  load: string[]
}

export async function soak(build: Build, seconds: number, pins: Pins = { service: [], load: [] }): Promise<Soaked> {
  const service = await TokenServiceAlone.start(build, pins.service)
  try {
    const steady = await service.keys.createSecret()
    const options = { ca: service.authority, credential: service.file('steady.json', steady.document), 'warm-up': 0.5 }
    const generator = [...pins.load, build.load]
    const visitors = new Visitors(readFileSync(service.authority, 'utf8'))
    // What is allocated once is there before the first look.
    await load(generator, { ...options, seconds: 1 })
    await visitors.visit(service, 'secret')
    await visitors.visit(service, 'certificate')
    const before = await settled(service.process.pid!)

    const counted = visitors.keys
    let over = false
    const loaded = load(generator, { ...options, seconds }).finally(() => (over = true))
    while (!over) await visitors.visit(service, visitors.keys % 4 === 3 ? 'certificate' : 'secret')
    const result = await loaded

    const after = await settled(service.process.pid!, before)
    const { unsettled, held } = await service.keys.settle()
    const items = (await service.desktop.keyringItems()).length
    return {
      load: result,
      keys: visitors.keys - counted,
      requests: visitors.requests,
      wrong: visitors.wrong,
      before,
      after,
      leftOver: { rows: unsettled, items: items - held },
    }
  } finally {
    await service.close()
  }
}

/** Waits until connections that were closed at this end are closed at the other, too. */
async function settled(pid: number, former?: Running): Promise<Running> {
  let last = running(pid)
  await until(
    'the service to come to rest',
    () => {
      const now = running(pid)
      const still = now.files === last.files && now.threads === last.threads
      last = now
      return still && (!former || now.files <= former.files)
    },
    { within: 15_000, every: 500 },
  ).catch(() => {}) // whoever looks at the figures says what is wrong with them
  return last
}

/** Clients that come with a new service key, use it until it is deleted, and once more. */
class Visitors {
  readonly #ca: string
  readonly wrong: string[] = []
  keys = 0
  requests = 0

  constructor(ca: string) {
    this.#ca = ca
  }

  async visit(service: TokenServiceAlone, kind: 'secret' | 'certificate'): Promise<void> {
    const key = kind === 'secret' ? await service.keys.createSecret() : await service.keys.createCertificate()
    this.keys++
    const client = new Visitor(this.#ca, key)
    try {
      const token = await client.token()
      this.#expect(kind, 'a key that was just created', token.status, [200])
      this.#expect(kind, 'a token that was just issued', await client.portalApi(token.token), [200])

      // While it is being deleted the answer may be either; afterwards, only one.
      let deleted = false
      const racing = (async () => {
        let allowed = [200, 401]
        while (!deleted) {
          const { status } = await client.token()
          this.#expect(kind, 'a key that is being deleted', status, allowed)
          if (status === 401) allowed = [401]
        }
      })()
      await service.keys.delete(key.id)
      const [again, api] = await Promise.all([client.token(), client.portalApi(token.token)])
      deleted = true
      await racing
      this.#expect(kind, 'a key that was deleted', again.status, [401])
      this.#expect(kind, 'a token of a key that was deleted', api, [401])
    } catch (error) {
      this.wrong.push(`${kind}: no answer: ${error}`)
    } finally {
      client.close()
    }
    this.requests += client.requests
  }

  #expect(kind: string, what: string, status: number, allowed: number[]): void {
    if (!allowed.includes(status)) this.wrong.push(`${kind}: ${what} was answered with ${status}`)
  }
}

class Visitor {
  readonly #agent: Agent
  readonly #document: SecretDocument | CertificateDocument
  requests = 0

  constructor(ca: string, { document }: ServiceKey<SecretDocument | CertificateDocument>) {
    this.#document = document
    const identity = 'key' in document ? { cert: document.certificate, key: document.key } : {}
    this.#agent = new Agent({ keepAlive: true, ca, ...identity })
  }

  close(): void {
    this.#agent.destroy()
  }

  async token(): Promise<{ status: number; token: string }> {
    const document = this.#document
    const form = new URLSearchParams({ grant_type: 'client_credentials' })
    if ('key' in document) {
      form.set('client_id', /^CN=(.*)$/m.exec(new X509Certificate(document.certificate).subject)![1]!)
    } else {
      form.set('client_id', document.clientId)
      form.set('client_secret', document.clientSecret)
    }
    const url = 'key' in document ? `${document.certurl}/oauth/token` : document.tokenUrl
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const { status, body } = await this.#send('POST', url, headers, form.toString())
    return { status, token: status === 200 ? (JSON.parse(body) as { access_token: string }).access_token : '' }
  }

  async portalApi(token: string): Promise<number> {
    const url = `${this.#document.url}/apiportal/api/1.0/Management.svc/APIProxies`
    return (await this.#send('GET', url, { Authorization: `Bearer ${token}` })).status
  }

  #send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; body: string }> {
    this.requests++
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: this.#agent, timeout: 30_000 }, (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (data: string) => (text += data))
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: text }))
        reply.on('error', reject)
      })
      sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')))
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
