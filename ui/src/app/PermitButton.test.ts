import { createRawSnippet, flushSync, mount, unmount } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Permit } from '../tauri'
import PermitButton from './PermitButton.svelte'

const allowed: Permit = { allowed: true, title: '', reason: '', hint: '', roleRequest: null }
const refused: Permit = {
  allowed: false,
  title: 'You can’t approve connection requests',
  reason: 'Bo may not approve connection requests: AuthGroup.API.Admin missing.',
  hint: 'Ask an administrator for it.',
  roleRequest: 'Dear administrator, please give me AuthGroup.API.Admin.',
}

let shown: Record<string, unknown> | undefined

function show(permit: Permit, onclick = vi.fn()) {
  const children = createRawSnippet(() => ({ render: () => '<span>Approve</span>' }))
  shown = mount(PermitButton, { target: document.body, props: { permit, onclick, children } })
  flushSync()
  return { button: document.querySelector('button')!, onclick }
}

afterEach(() => {
  if (shown) void unmount(shown)
  document.body.innerHTML = ''
})

describe('a button with a permit', () => {
  it('does what it says when that is allowed', () => {
    const { button, onclick } = show(allowed)
    button.click()
    expect(onclick).toHaveBeenCalledOnce()
    expect(button.getAttribute('aria-disabled')).toBe('false')
  })

  it('does nothing when refused, yet can be reached by keyboard', () => {
    const { button, onclick } = show(refused)
    button.click()
    expect(onclick).not.toHaveBeenCalled()
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(button.disabled, 'a disabled button cannot be focused, and its reason not be found').toBe(false)
  })

  it('tells the reason to everybody: as tooltip, spoken, and in a bubble on focus', () => {
    const { button } = show(refused)
    expect(button.title).toBe(refused.reason)
    expect(document.getElementById(button.getAttribute('aria-describedby')!)!.textContent).toContain(refused.reason)
    button.focus()
    flushSync()
    expect(document.querySelector('.bubble')!.textContent).toContain('Ask an administrator for it.')
  })

  it('closes the bubble on Escape, and leaves a dialog around it open', () => {
    const { button } = show(refused)
    const outside = vi.fn()
    document.addEventListener('keydown', outside)
    button.focus()
    flushSync()
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    flushSync()
    expect(document.querySelector('.bubble')).toBeNull()
    expect(outside, 'the first Escape belongs to the bubble').not.toHaveBeenCalled()
    document.removeEventListener('keydown', outside)
  })

  it('offers the text that asks for the missing role', () => {
    const { button } = show(refused)
    button.click()
    flushSync()
    const ask = [...document.querySelectorAll('button')].find((other) => other.textContent?.includes('Ask for the Role'))
    ask!.click()
    flushSync()
    expect(document.querySelector<HTMLTextAreaElement>('textarea')!.value).toBe(refused.roleRequest)
  })

  it('offers no text where no role would help', () => {
    const { button } = show({ ...refused, roleRequest: null })
    button.click()
    flushSync()
    expect(document.body.textContent).not.toContain('Ask for the Role')
  })
})
