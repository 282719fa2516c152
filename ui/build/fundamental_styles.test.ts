import { describe, expect, it } from 'vitest'
import { keepUsedRules, repair, stylesInUse, usedClasses } from './fundamental_styles'
import { themeStyles } from './themes'

describe('the stylesheets of fundamental-styles', () => {
  it('are repaired where a CSS parser rejects them', () => {
    expect(repair('a{b:var(true,var(--x))}')).toBe('a{b:var(--x)}')
    expect(stylesInUse(['fd-button fd-bar']), 'a new release may have new mistakes').not.toMatch(/var\((?!--)/)
  })

  it('lose the rules whose classes nobody uses', () => {
    const used = usedClasses(['<a class="fd-link is-bold">'])
    expect(keepUsedRules('.fd-link{a:b}.fd-tile{a:b}.fd-link .fd-tile{a:b}.fd-link,.fd-tile{c:d}', used)).toBe('.fd-link{a:b}.fd-link{c:d}')
  })

  it('keep a rule that only excludes a class', () => {
    const rule = '.fd-link:not(.fd-tile){a:b}'
    expect(keepUsedRules(rule, usedClasses(['fd-link']))).toBe(rule)
  })

  it('lose what is for text from right to left, and media that become empty', () => {
    expect(keepUsedRules('[dir=rtl] .fd-link{a:b}@media print{.fd-tile{a:b}}', usedClasses(['fd-link']))).toBe('')
  })

  it('keep the steps of an animation', () => {
    const animation = '@keyframes x{0%{opacity:0}to{opacity:1}}'
    expect(keepUsedRules(animation, new Set())).toBe(animation)
  })
})

describe('the themes', () => {
  const styles = themeStyles(['a{color:var(--sapTextColor)}'])

  it('are four, and each tells the browser whether it is dark', () => {
    for (const [name, scheme] of [['morning', 'light'], ['evening', 'dark'], ['contrast-white', 'light'], ['contrast-black', 'dark']]) {
      expect(styles).toContain(`:root[data-theme=${name}]{color-scheme:${scheme};`)
    }
  })

  it('hold the properties in use and no other', () => {
    expect(styles.match(/--sapTextColor:/g)).toHaveLength(4)
    expect(styles).not.toContain('--sapShellColor')
  })
})
