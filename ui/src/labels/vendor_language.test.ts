import { afterEach, expect, it } from 'vitest'
import { labels } from './new_design'
import { markVendorWords } from './vendor_language'

const settle = () => new Promise((done) => setTimeout(done))
let stop = () => {}

afterEach(() => {
  stop()
  document.body.innerHTML = ''
})

it('says that the words of the vendors are English, when they come, and no others', async () => {
  document.body.innerHTML = `<h1>${labels.portal.page}</h1><p>Portale</p>`
  stop = markVendorWords(document.body)
  const [heading, own] = [document.querySelector('h1')!, document.querySelector('p')!]
  expect([heading.lang, own.lang]).toEqual(['en', ''])
  document.body.insertAdjacentHTML('beforeend', `<button><span>${labels.hub.pendingRequests} (3)</span></button>`)
  own.firstChild!.nodeValue = labels.portal.configure
  heading.firstChild!.nodeValue = 'Hubs in SAP'
  await settle()
  expect(document.querySelector('span')!.lang).toBe('en')
  expect([heading.lang, own.lang], 'another word is not marked as the one before').toEqual(['', 'en'])
  stop()
  expect(document.querySelector('[lang]')).toBeNull()
})
