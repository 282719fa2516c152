import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changes } from './app/changes.svelte'
import { coreLanguage } from './app/core_language.svelte'
import { keychain } from './app/keychain.svelte'
import KeychainBanner from './app/KeychainBanner.svelte'
import { CurrentLanguage, language, t } from './messages/language.svelte'
import { formatDay, formatEnd, formatMinute, formatNumber, formatUtcDay } from './messages/moments'
import HealthStatus from './requests/HealthStatus.svelte'
import { asUserError, type HealthView } from './tauri'
import { FakeCore } from './testing/fake_core'

let core: FakeCore
/** The languages that the core has been told, in order. */
const told = () => core.of('set_language').map((args) => args.language as string)

function systemSpeaks(...languages: string[]) {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
  dispatchEvent(new Event('languagechange'))
}

/** The language of a program that starts now. */
const atStart = () => new CurrentLanguage().current

beforeEach(async () => {
  core = new FakeCore()
  systemSpeaks('en-US')
  await coreLanguage.choose('system')
  core.asked.length = 0
})

afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

describe('the language', () => {
  it('is that of the system', () => {
    systemSpeaks('de-DE', 'en')
    expect(atStart()).toBe('de')
    systemSpeaks('en-GB', 'de')
    expect(atStart(), 'the first one that the system names counts').toBe('en')
  })

  it('is English where the system speaks another one', () => {
    systemSpeaks('fr-FR', 'de')
    expect(atStart()).toBe('en')
    systemSpeaks()
    expect(atStart()).toBe('en')
  })

  it('is the chosen one whatever the system speaks, and still is after the next start', async () => {
    await coreLanguage.choose('de')
    expect(language.current).toBe('de')
    expect(atStart()).toBe('de')
  })

  it('is that of the system again once one follows it again', async () => {
    await coreLanguage.choose('de')
    await coreLanguage.choose('system')
    expect(language.current).toBe('en')
    systemSpeaks('de')
    expect(atStart()).toBe('de')
  })

  it('does not stumble over what somebody else has stored', () => {
    localStorage.setItem('language', 'tlh')
    expect(new CurrentLanguage().choice).toBe('system')
    expect(atStart()).toBe('en')
  })

  it('changes with that of the system while the program runs', async () => {
    systemSpeaks('de-CH')
    expect(language.current).toBe('de')
    expect(language.locale).toBe('de-CH')
    await vi.waitFor(() => expect(told()).toContain('de'))
  })
})

describe('a change of the language', () => {
  it('reaches the core and the page', async () => {
    await coreLanguage.tell()
    expect(told(), 'the core answers in the language of the window from the beginning').toEqual(['en'])
    expect(document.documentElement.lang, 'screen readers pronounce by it').toBe('en')
    await coreLanguage.choose('de')
    expect(told()).toEqual(['en', 'de'])
    expect(document.documentElement.lang).toBe('de')
  })

  it('lets the pages ask for their data again, after the core has been told', async () => {
    const asked: string[][] = []
    const leave = changes.subscribe('anything', () => asked.push(told()))
    await coreLanguage.choose('de')
    leave()
    expect(asked, 'what the core has said before is in the former language').toEqual([['de']])
  })

  it('lets the keychain be asked again what it is called', async () => {
    core.answers['check_keychain'] = () => ({ name: told().at(-1) === 'de' ? 'Schlüsselbund des Systems' : 'system keychain', problem: null })
    await keychain.check()
    const shown = mount(KeychainBanner, { target: document.body })
    flushSync()
    await coreLanguage.choose('de')
    flushSync()
    await vi.waitFor(() => expect(keychain.name).toBe('Schlüsselbund des Systems'))
    void unmount(shown)
  })

  it('shows at once, on what is there already', async () => {
    const health: HealthView = { outcome: { outcome: 'unknown' }, postponed: null, checkedAt: null, lastSuccess: null, due: false, doubt: { doubt: 'neverTested' } }
    const shown = mount(HealthStatus, { target: document.body, props: { health } })
    flushSync()
    expect(document.body.textContent!.trim()).toBe('Not tested yet')
    await coreLanguage.choose('de')
    flushSync()
    expect(document.body.textContent!.trim()).toBe('Noch nicht getestet')
    void unmount(shown)
  })
})

describe('texts', () => {
  it('have the plural of their language', async () => {
    expect([0, 1, 2].map((count) => t('activity-entries', { count }))).toEqual(['0 entries', '1 entry', '2 entries'])
    await coreLanguage.choose('de')
    expect([0, 1, 2].map((count) => t('activity-entries', { count }))).toEqual(['0 Einträge', '1 Eintrag', '2 Einträge'])
  })

  it('have the case of their language', async () => {
    expect(t('app-type-to-confirm', { what: 'portal', name: 'Orders' })).toBe('Type the name of the portal “Orders” to confirm')
    await coreLanguage.choose('de')
    expect(t('app-type-to-confirm', { what: 'portal', name: 'Orders' })).toBe('Zur Bestätigung den Namen des Portals „Orders“ eingeben')
    expect(t('app-type-to-confirm', { what: 'alias', name: 'Orders' })).toBe('Zur Bestätigung den Alias „Orders“ eingeben')
  })

  it('write numbers as their language and region do', () => {
    systemSpeaks('en-GB')
    expect(t('activity-entries', { count: 12345 })).toBe('12,345 entries')
    expect(formatNumber(1234.5)).toBe('1,234.5')
    systemSpeaks('de-DE')
    expect(t('activity-entries', { count: 12345 })).toBe('12.345 Einträge')
    expect(formatNumber(1234.5)).toBe('1.234,5')
    systemSpeaks('de-CH')
    expect(t('activity-entries', { count: 12345 }), 'the region decides').toMatch(/^12['’]345 Einträge$/)
  })

  it.each(['en', 'de'] as const)('write a day as the sentences of the core do: %s', async (spoken) => {
    await coreLanguage.choose(spoken)
    const pattern = (id: string) => new RegExp(`^${id} = (.*)$`, 'm').exec(readFileSync(`${import.meta.dirname}/../../messages/${spoken}/core-formats.ftl`, 'utf8'))![1]!
    const written = (id: string) => pattern(id).replace(/%[YmdHM]/g, (part) => ({ '%Y': '2026', '%m': '11', '%d': '21', '%H': '08', '%M': '06' })[part]!)
    const moment = new Date(2026, 10, 21, 8, 6).toISOString()
    expect(formatDay(moment)).toBe(written('format-day'))
    expect(formatUtcDay('2026-11-21T00:00:00Z')).toBe(written('format-day'))
    expect(formatMinute(moment)).toBe(written('format-moment'))
  })

  it('tell the time and the zone of an end that is near, where the day alone could be another one elsewhere', () => {
    systemSpeaks('en-GB')
    expect(formatEnd('2027-03-21T12:36:00Z', false)).toBe(formatDay('2027-03-21T12:36:00Z'))
    expect(formatEnd('2026-11-21T12:36:00Z', true)).toMatch(/^2026-11-2[12] \d\d:\d6 UTC([+-]\d+(:\d\d)?)?$/)
  })

  it('carry names as they are, without signs that nobody sees', async () => {
    await coreLanguage.choose('de')
    expect(t('people-is-added', { name: '{ $name } “Bo” <b>' })).toBe('{ $name } “Bo” <b> wurde hinzugefügt.')
  })

  it('of what the program did not foresee are in the language of the person, too', async () => {
    await coreLanguage.choose('de')
    expect(asUserError(new Error('boom')).message).toBe('Es ist ein unerwarteter Fehler aufgetreten.')
  })
})

describe('the message files', () => {
  const files = import.meta.glob<string>('../../messages/*/ui-*.ftl', { query: '?raw', import: 'default', eager: true })

  it.each(Object.keys(files))('%s can be rendered, whatever the arguments', (file) => {
    const source = files[file]!
    const bundle = new FluentBundle(file.includes('/de/') ? 'de' : 'en', { useIsolating: false })
    bundle.addResource(new FluentResource(source))
    const ids = [...source.matchAll(/^([a-z][\w-]*) =/gm)].map(([, id]) => id!)
    const names = [...new Set([...source.matchAll(/\$(\w+)/g)].map(([, name]) => name!))]
    const wrong = [0, 1, 2, 12345, 'a name'].flatMap((value) => {
      const args = Object.fromEntries(names.map((name) => [name, value]))
      return ids.flatMap((id) => {
        const errors: Error[] = []
        const text = bundle.formatPattern(bundle.getMessage(id)!.value!, args, errors)
        return errors.length > 0 || text.trim() === '' || /[{}]/.test(text) ? [`${id}: ${text} ${errors.join()}`] : []
      })
    })
    expect(ids.length, 'there are messages to be tried').toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })
})
