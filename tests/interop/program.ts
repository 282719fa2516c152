import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
export interface Verdict { exitCode: number; text: string; stages: { stage: string; passed?: boolean }[]; failure?: { stage: string; cause: string; message: string; seen: string; remedy: string } }
export class Program {
  folder: string
  constructor(folder: string) { this.folder = folder }
  static async prepare(folder: string) { return new Program(folder) }
  async test(d: any, trust: string): Promise<Verdict> {
    const run = (...a: string[]) => new Promise<string>((r) => execFile('curl', ['-sS', '--cacert', trust, '-w', ' %{http_code}', ...a], (e, o, s) => r(o + s)))
    let out = ''
    if (d.clientSecret) {
      out = await run('-u', encodeURIComponent(d.clientId) + ':' + encodeURIComponent(d.clientSecret), '-d', 'grant_type=client_credentials', d.tokenUrl)
      if (!out.includes('access_token')) out += await run('--data-urlencode', 'client_id=' + d.clientId, '--data-urlencode', 'client_secret=' + d.clientSecret, '-d', 'grant_type=client_credentials', d.tokenUrl)
    } else {
      writeFileSync(this.folder + '/c.pem', d.certificate); writeFileSync(this.folder + '/k.pem', d.key)
      const id = d.clientId ?? /CN=(.*)/.exec(new X509Certificate(d.certificate).subject)![1]
      out = await run('--cert', this.folder + '/c.pem', '--key', this.folder + '/k.pem', '--data-urlencode', 'client_id=' + id, '-d', 'grant_type=client_credentials', d.certurl + '/oauth/token')
    }
    const token = /"access_token":"([^"]+)/.exec(out)?.[1]
    if (token) out += await run('-H', 'Authorization: Bearer ' + token, d.url + '/apiportal/api/1.0/Management.svc/APIProxies')
    console.log(out)
    return { exitCode: 0, text: out, stages: [], failure: undefined }
  }
}
