import { flushSync, mount, unmount } from 'svelte'
import { describe, expect, it } from 'vitest'
import type { FindingView, HealthOutcomeView, HealthView } from '../tauri'
import HealthStatus from './HealthStatus.svelte'

const AT = '2026-11-21T05:36:00Z'
const finding: FindingView = {
  stage: { code: 'token', name: 'Token' },
  code: 'bad_credentials',
  message: 'The token service does not accept these credentials.',
  short: 'Credentials refused',
  remedy: 'Re-establish the connection.',
  seen: '',
  repair: 'reestablish',
}
const success: HealthOutcomeView = { outcome: 'success' }
const postponed = { finding, until: AT }

function wordsOf(health: Partial<HealthView>): string {
  const whole: HealthView = { outcome: success, postponed: null, checkedAt: AT, lastSuccess: AT, due: false, doubt: null, ...health }
  const shown = mount(HealthStatus, { target: document.body, props: { health: whole } })
  flushSync()
  const words = document.body.textContent!.trim()
  void unmount(shown)
  return words
}

describe('the status of a connection', () => {
  it.each<[string, Partial<HealthView>]>([
    ['Success', {}],
    ['Credentials refused', { outcome: { outcome: 'failing', finding } }],
    // A failure counts until a test has shown that it is over.
    ['Credentials refused', { outcome: { outcome: 'failing', finding }, due: true, postponed }],
    ['Not tested yet', { outcome: { outcome: 'unknown' }, checkedAt: null, due: true, doubt: { doubt: 'neverTested' } }],
    ['Testing soon', { due: true, doubt: { doubt: 'changed' } }],
    ['Last test too old', { outcome: { outcome: 'stale' }, doubt: { doubt: 'tooOld', testedAt: AT } }],
    ['Not reached', { due: true, postponed, doubt: { doubt: 'postponed', finding } }],
  ])('is %s where the core says so', (words, health) => {
    expect(wordsOf(health)).toBe(words)
  })
})
