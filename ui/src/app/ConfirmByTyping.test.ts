import { createRawSnippet, flushSync, mount, tick, unmount } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import ConfirmByTyping from './ConfirmByTyping.svelte'

const NAME = 'Größe EU'
const onconfirm = vi.fn()
let shown: Record<string, unknown> | undefined

async function type(text: string) {
  const field = document.querySelector<HTMLInputElement>('input')!
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
  document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await tick()
}

async function show() {
  const children = createRawSnippet(() => ({ render: () => '<p>It cannot be undone.</p>' }))
  shown = mount(ConfirmByTyping, { target: document.body, props: { open: true, title: 'Delete', name: NAME, what: 'portal', action: 'Delete', children, onconfirm } })
  flushSync()
  await tick()
}

afterEach(() => {
  if (shown) void unmount(shown)
  onconfirm.mockReset()
  document.body.replaceChildren()
})

describe('confirming by typing', () => {
  it.each([NAME, 'Gro\u0308ße EU', ' Größe\u00a0\u2003EU '])('takes %j, which is the same name', async (text) => {
    await show()
    await type(text)
    expect(onconfirm).toHaveBeenCalledWith(text)
  })

  it('takes no other name', async () => {
    await show()
    await type('größe eu')
    expect(onconfirm).not.toHaveBeenCalled()
    expect(document.body.textContent).toContain('This is not the name of the portal.')
  })

  it('copies the name for those who would rather paste it', async () => {
    const writeText = vi.fn(async () => {})
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
    await show()
    ;[...document.querySelectorAll('button')].find((button) => button.textContent!.includes('Copy This Text'))!.click()
    expect(writeText).toHaveBeenCalledWith(NAME)
    vi.unstubAllGlobals()
  })
})
