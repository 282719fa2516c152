import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { language } from '../messages/language.svelte'
import { tauri } from '../tauri'
import { repairOf, shortCause } from './causes'

const finding = (code: string) => ({ code, stage: { code: 'token', name: 'Token' }, message: '', remedy: '', seen: '' })

/** Every code that the core can send: `Cause { … } => "code";` */
const codes = [...readFileSync('../src-tauri/domain/src/connection_check/diagnosis.rs', 'utf8').matchAll(/^ {4}\w+(?: \{.*\})? => "(\w+)";$/gm)].map(
  ([, code]) => code!,
)

describe('the short names of causes', () => {
  afterEach(() => vi.restoreAllMocks())

  it('are there for every cause that the core knows', () => {
    expect(codes.length, 'the causes are found in the core').toBeGreaterThan(30)
    expect(codes.filter((code) => shortCause(finding(code)) === 'Token failed')).toEqual([])
  })

  it.each(['en', 'de'] as const)('fit into a column of the table (%s)', async (chosen) => {
    vi.spyOn(tauri, 'setLanguage').mockResolvedValue()
    language.choose(chosen)
    expect(codes.map((code) => shortCause(finding(code))).filter((short) => short.length > 32)).toEqual([])
    language.choose('system')
  })

  it('are in the language of the person', async () => {
    vi.spyOn(tauri, 'setLanguage').mockResolvedValue()
    language.choose('de')
    expect(shortCause(finding('key_deleted'))).toBe('Serviceschlüssel gelöscht')
    expect(shortCause(finding('struck_by_lightning'))).toBe('Token fehlgeschlagen')
    language.choose('system')
  })

  it('fall back to the stage for a cause that is news to the window', () => {
    expect(shortCause(finding('struck_by_lightning'))).toBe('Token failed')
  })
})

describe('the repair of a failing connection', () => {
  it.each(['key_deleted', 'instance_deleted', 'expired', 'bad_credentials', 'destination_deleted', 'role_missing'])(
    'is new credentials for %s',
    (code) => expect(repairOf(finding(code))).toBe('reestablish'),
  )

  it('is no new credentials where only the way is barred', () => {
    expect(repairOf(finding('unknown_host'))).toBe('testAgain')
    expect(repairOf(finding('server_failed'))).toBe('testAgain')
    expect(repairOf(finding('proxy_unreachable'))).toBe('testAgain')
    expect(repairOf(finding('proxy_authentication')), 'the settings name the proxy').toBe('settings')
    expect(repairOf(finding('refused')), 'the token service may listen elsewhere, or not at all').toBe('settings')
  })
})
