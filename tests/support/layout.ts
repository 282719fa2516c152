// Looks for what does not fit: text that is cut off, runs out of what it belongs to, or lies over something else; inputs
// that do not move with their labels.

import type { App } from './app.ts'

const FIND = `
const found = []
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
const name = (element) => element.tagName.toLowerCase() + '.' + [...element.classList].slice(0, 2).join('.') + ' "' + element.textContent.trim().slice(0, 60) + '"'
const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
const lines = []
// The topmost of open dialogs and menus hides what lies below.
const dialogs = [...document.querySelectorAll('[role=dialog], [role=menu]')].filter(shown)
const root = dialogs.at(-1) ?? document.body
if (document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth + 1) found.push('the page scrolls sideways')
for (const element of root.querySelectorAll('*')) {
  if (!shown(element) || element.closest('.only-for-screen-readers, .fd-table__screen-readers, svg, pre, textarea, [aria-hidden=true]')) continue
  const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
  if (texts.length === 0) continue
  const style = getComputedStyle(element)
  if (style.clipPath.startsWith('inset') || style.position === 'absolute' && element.clientWidth <= 1) continue
  // A whole word of a person's own may be shortened where the rest is a tooltip.
  if (element.closest('[title]')) continue
  if (['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push('cut off: ' + name(element))
  for (const text of texts) {
    const range = document.createRange()
    range.selectNodeContents(text)
    const { left, right } = range.getBoundingClientRect()
    for (let box = element; box && box !== root; box = box.parentElement) {
      if (scrolls(box)) break
      if (getComputedStyle(box).display === 'inline' || getComputedStyle(box).display === 'contents') continue
      const around = box.getBoundingClientRect()
      if (right > around.right + 1.5 || left < around.left - 1.5) {
        found.push('runs out of ' + name(box) + ': "' + text.data.trim().slice(0, 60) + '"')
        break
      }
      if (box.matches('button, a, [role=tab], [role=gridcell], [role=columnheader], dialog, li, td, th')) break
    }
    for (const rect of range.getClientRects()) lines.push({ element, text: text.data.trim().slice(0, 60), rect })
  }
}
// Whether what lies on top hides what lies below it, as a bar does that stays where one scrolls.
const hides = (top, below) => {
  for (let box = top; box && !box.contains(below); box = box.parentElement) {
    const { backgroundColor } = getComputedStyle(box)
    // Black is written "rgb(0, 0, 0)".
    if (!/^(transparent|rgba\\(.*, 0\\))$/.test(backgroundColor)) return true
  }
  return false
}
for (let i = 0; i < lines.length; i++)
  for (let j = i + 1; j < lines.length; j++) {
    const [a, b] = [lines[i], lines[j]]
    if (a.element.contains(b.element) || b.element.contains(a.element)) continue
    const [left, right] = [Math.max(a.rect.left, b.rect.left), Math.min(a.rect.right, b.rect.right)]
    const [top, bottom] = [Math.max(a.rect.top, b.rect.top), Math.min(a.rect.bottom, b.rect.bottom)]
    // Letters are a little higher than their line.
    if (right - left < 3 || bottom - top < 5) continue
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const [over, under] = a.element.contains(at) ? [a, b] : b.element.contains(at) ? [b, a] : []
    if (over && !hides(at, under.element)) found.push('text over text: "' + over.text + '" and "' + under.text + '"')
  }
// The input of a choice lies unseen under its label, and has to scroll with it.
for (const input of root.querySelectorAll('input[type=radio], input[type=checkbox]')) {
  let scroller = input.parentElement
  while (scroller && !['auto', 'scroll'].includes(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
  if (scroller && input.offsetParent && !scroller.contains(input.offsetParent)) found.push('stays when its label scrolls: ' + name(input.labels[0]))
}
const controls = [...root.querySelectorAll('button, a[href], input, textarea, select, [role=tab]')].filter((element) => shown(element) && !element.classList.contains('skip'))
for (let i = 0; i < controls.length; i++)
  for (let j = i + 1; j < controls.length; j++) {
    const [a, b] = [controls[i], controls[j]]
    if (a.contains(b) || b.contains(a)) continue
    const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()]
    // What has scrolled under a bar that stays is not in the way of anything.
    const at = (rect) => document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
    const over = Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2
    if (over && p.width > 0 && q.width > 0 && a.contains(at(p)) && b.contains(at(q))) found.push('overlap: ' + name(a) + ' and ' + name(b))
  }
return [...new Set(found)]
`

/** What does not fit in the window as it is now, in words. */
export async function findMisfits(app: App): Promise<string[]> {
  await app.settled()
  return app.driver.executeScript<string[]>(FIND)
}
