import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { labelsOf, VOCABULARIES } from './labels'
import { pingone } from './pingone'
import type { Labels } from './vocabulary'

/** The names of all labels, however deep. A list or a text is a label. */
function shapeOf(value: object, place = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? shapeOf(inner, `${place}${key}.`) : [`${place}${key}`],
  )
}

const textsOf = (labels: Labels) => JSON.stringify({ ...labels, hub: { ...labels.hub, editCredentialsFor: labels.hub.editCredentialsFor('eu-shop') } })

/** `Self::NewDesign => "New Design"`, as the list of activities and the command line name it. */
const namesInCore = [...readFileSync('../src-tauri/domain/src/vocabulary.rs', 'utf8').matchAll(/Self::(\w+) => "(\w+ \w+)"/g)].map(([, variant, name]) => [
  variant![0]!.toLowerCase() + variant!.slice(1),
  name!,
])

describe('the vocabularies', () => {
  it('are called on the screens what the core calls them', () => {
    expect(namesInCore).toEqual(VOCABULARIES.map((vocabulary) => [vocabulary, labelsOf(vocabulary).vocabulary]))
  })

  it('are three, each with the same labels', () => {
    expect(VOCABULARIES).toEqual(['newDesign', 'classicDesign', 'developerHub'])
    const [first, ...others] = VOCABULARIES.map((vocabulary) => shapeOf({ ...labelsOf(vocabulary), tiles: null }))
    expect(first!.length).toBeGreaterThan(50)
    for (const other of others) expect(other).toEqual(first)
  })

  it('leave no label empty', () => {
    for (const vocabulary of VOCABULARIES) expect(textsOf(labelsOf(vocabulary))).not.toMatch(/""|"\s|\s"/)
  })

  it('have tiles in the Classic Design alone', () => {
    expect(VOCABULARIES.filter((vocabulary) => labelsOf(vocabulary).tiles !== null)).toEqual(['classicDesign'])
  })

  it('never mix: what one of them calls the hub, no other says', () => {
    expect(textsOf(labelsOf('developerHub'))).not.toMatch(/API Business Hub Enterprise|Enterprise Manager|Onboarding|"Manage Connections"/)
    expect(textsOf(labelsOf('newDesign'))).not.toMatch(/Developer Hub|Admin Center|API Management Connections|Submitted/)
    expect(textsOf(labelsOf('classicDesign'))).not.toMatch(/Developer Hub|Admin Center|Enterprise Manager|Pending/)
  })
})

/** What the vendors' pages say, letter for letter. */
const DOCUMENTED: Record<'all' | (typeof VOCABULARIES)[number], string[]> = {
  all: [
    'Configure',
    'Connection',
    'It seems you have not created a connection yet!',
    'OR',
    'Generate Credentials',
    'Copy',
    'Regenerate Credentials',
    'Test Connection',
    'Connection Status',
    'Success',
    'Submit Connection Request',
    'API Portal Alias Name',
    'API Portal Access Credentials',
    'Comment',
    'Submit',
    'View',
    'Actions',
    'Edit Credentials',
    'Edit Credentials for eu-shop',
    'Save',
    'Approve',
    'Reject',
    'Re-establish Connection',
    'Approved',
    'Rejected',
  ],
  newDesign: [
    'Onboarding Settings',
    'Connect the API Portal to the API Business Hub Enterprise',
    'Connect the API Portal to the centralized API Business Hub Enterprise',
    'Enterprise Manager',
    'Manage Connections',
    'Pending Requests',
    'Approved Requests',
    'Add New Connection',
    'Pending',
  ],
  classicDesign: [
    'Onboarding Settings',
    'Connect the API Portal to the API Business Hub Enterprise',
    'Connect the API Portal to the centralized API Business Hub Enterprise',
    'Manage',
    'Establish API Portal Connectivity with API Business Hub Enterprise',
    'Confirmation',
    'OK',
    'Client ID',
    'Client Secret',
    'Manage API Portal Connections',
    'Submitted',
  ],
  developerHub: [
    'Settings',
    'APIs',
    'Admin Center',
    'API Management Connections',
    'Pending Requests',
    'Approved Requests',
    'Add New Connection',
    'Pending',
  ],
}

/** No page that we know says these: they follow from the older ones, by the hub's new name. */
const INFERRED = ['Connect the API Portal to the Developer Hub', 'Connect the API Portal to the centralized Developer Hub']

it.each(INFERRED)('in the Developer Hub, “%s” is said as the older pages lead to expect', (label) => {
  expect(textsOf(labelsOf('developerHub'))).toContain(JSON.stringify(label))
})

describe.each(VOCABULARIES)('the labels of %s', (vocabulary) => {
  it.each([...DOCUMENTED.all, ...DOCUMENTED[vocabulary]])('say “%s”', (label) => {
    expect(textsOf(labelsOf(vocabulary))).toContain(JSON.stringify(label))
  })

  it('name the page and the button of Re-establish Connection as documented', () => {
    const { reestablishPage, reestablishButton } = labelsOf(vocabulary).hub
    expect([reestablishPage, reestablishButton]).toEqual(
      vocabulary === 'classicDesign' ? ['Submit Connection Request', 'Save'] : ['Re-establish Connection', 'Submit'],
    )
  })
})

describe('the message files', () => {
  const files = import.meta.glob<string>('../../../messages/*/ui-*.ftl', { query: '?raw', import: 'default', eager: true })
  const texts = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
  const labels = [...VOCABULARIES.map(labelsOf), pingone].flatMap(texts).filter((label) => label.includes(' '))
  /** Ours, too: what any credentials have, and the title of a dialog. */
  const OURS = ['documents-client-id', 'pingone-edit-title']

  it('finds the message files', () => expect(Object.keys(files).length).toBeGreaterThan(20))

  it.each(Object.keys(files))('%s leaves the vendors’ words to the labels', (file) => {
    const repeated = files[file]!.split('\n').filter((line) => labels.some((label) => new RegExp(`\\b${label}(?!\\w)`).test(line)))
    expect(repeated.filter((line) => !OURS.some((id) => line.startsWith(`${id} =`)))).toEqual([])
  })
})
