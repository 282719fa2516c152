import { describe, expect, it } from 'vitest'
import { circlesOf, readImports, trespassesOf } from './rooms.ts'

const imports = readImports('src')

describe('the rooms of the screens', () => {
  it('import no file in a circle', () => {
    expect(circlesOf(imports)).toEqual([])
  })

  it('import nothing but what ROOMS gives them: no feature another feature, the kit no wire type', () => {
    expect(trespassesOf(imports)).toEqual([])
  })

  it('are read with their types, from components as from modules', () => {
    expect(imports.get('portals/Portals.svelte'), 'a component').toContain('kit/ListPage.svelte')
    expect(imports.get('tauri.ts'), 'a type').toContain('wire/index.ts')
    expect(imports.get('app/PermitButton.svelte'), 'the type of a component').toContain('tauri.ts')
  })
})

describe('a circle', () => {
  it('is found, however long it is', () => {
    const circle = new Map([['a.ts', ['b.ts', 'd.ts']], ['b.ts', ['c.ts']], ['c.ts', ['a.ts']], ['d.ts', []]])
    expect(circlesOf(circle)).toEqual([['a.ts', 'b.ts', 'c.ts']])
  })

  it('is not what two ways to the same file are', () => {
    expect(circlesOf(new Map([['a.ts', ['b.ts', 'c.ts']], ['b.ts', ['c.ts']], ['c.ts', []]]))).toEqual([])
  })
})

describe('an import', () => {
  const importing = (file: string, other: string) => trespassesOf(new Map([[file, [other]]]))

  it.each([
    ['hubs/Hub.svelte', 'portals/Portal.svelte'],
    ['kit/Grid.svelte', 'wire/index.ts'],
    ['kit/Grid.svelte', 'tauri.ts'],
    ['kit/Grid.svelte', 'hubs/Hub.svelte'],
    ['app/sending.svelte.ts', 'home/Activity.svelte'],
    ['app/sending.svelte.ts', 'App.svelte'],
    ['hubs/Hub.svelte', 'testing/fake_core.ts'],
    ['App.svelte', 'testing/fake_core.ts'],
    ['attic/old.ts', 'kit/Grid.svelte'],
  ])('of %s is not to be %s', (file, other) => {
    expect(importing(file, other)).toEqual([`${file} imports ${other}`])
  })

  it.each([
    ['hubs/Hub.svelte', 'hubs/RequestList.svelte'],
    ['hubs/Hub.svelte', 'kit/Grid.svelte'],
    ['hubs/Hub.svelte', 'tauri.ts'],
    ['hubs/Hub.test.ts', 'testing/fake_core.ts'],
    ['App.svelte', 'hubs/Hub.svelte'],
    ['main.ts', 'App.svelte'],
  ])('of %s may be %s', (file, other) => {
    expect(importing(file, other)).toEqual([])
  })
})
