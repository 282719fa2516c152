// For tests only: a core that answers as the test says, and records what it was asked.

import { vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type {
  CandidateView,
  CredentialSummaryView,
  CredentialView,
  DocumentFindingView,
  HubPageView,
  InspectionView,
  Permit,
  RequestStateName,
  RequestView,
  ValidityView,
  VocabularyName,
} from '../tauri'

type Answer = (args: any) => unknown

export class FakeCore {
  readonly asked: { command: string; args: Record<string, unknown> }[] = []

  /** An answer that throws is a rejection; a command without one gets nothing. */
  constructor(readonly answers: Record<string, Answer> = {}) {
    vi.stubGlobal('__TAURI_INTERNALS__', {
      transformCallback: () => 1,
      invoke: async (command: string, args: Record<string, unknown> = {}) => {
        this.asked.push({ command, args })
        return this.answers[command]?.(args)
      },
    })
  }

  /** The arguments of every time that a command was asked for. */
  of(command: string): any[] {
    return this.asked.filter((each) => each.command === command).map(({ args }) => args)
  }
}

/** A client secret of a service key. */
export const validity: ValidityView = {
  until: null,
  daysLeft: null,
  near: false,
  text: 'no expiry',
  why: 'A client secret of a service key does not expire by itself.',
  standing: 'noEnd',
}

export const summary: CredentialSummaryView = {
  url: 'https://portal.example',
  tokenUrl: 'https://portal.example/oauth/token',
  certUrl: null,
  clientId: 'sb-apiaccess_1!b1|api-portal-xsuaa!b1',
  kind: { kind: 'clientSecret', lifetime: { lifetime: 'ofServiceKey' } },
  validity,
  portalName: 'Orders',
}

export const candidate: CandidateView = {
  name: '',
  shape: 'connection_secret',
  shapeName: 'API portal connection (client secret)',
  wrappers: [],
  fields: [
    { key: 'url', text: 'https://portal.example', line: 2, column: 10 },
    { key: 'clientSecret', text: null, line: 3, column: 19 },
  ],
  kind: { kind: 'clientSecret', lifetime: { lifetime: 'unknown' } },
  validity,
  findings: [],
  lacksOnlyUrl: false,
  urlProblem: null,
  needsPassword: false,
  asksLifetime: false,
  subdomain: null,
  usable: summary,
}

export const recognised: InspectionView = { syntax: 'JSON', findings: [], candidates: [candidate], needsPassword: false }

export const credential: CredentialView = {
  id: 'c1',
  origin: { origin: 'serviceKey', keyName: 'key' },
  clientId: 'sb-apiaccess_1!b1|api-portal-xsuaa!b1',
  kind: { kind: 'clientSecret', lifetime: { lifetime: 'ofServiceKey' } },
  createdAt: '2026-11-21T05:36:00Z',
  createdBy: 'Alice',
  validity,
  state: { state: 'current' },
  applied: { applied: 'nowhere' },
  secretLabel: 'Drawbridge: client secret',
  secretThere: ALLOWED,
}

export function finding(
  severity: DocumentFindingView['severity'],
  message: string,
  place: [line: number, column: number] | null = null,
  code = 'not_json',
): DocumentFindingView {
  return { severity, code, message, hint: 'Mend it.', line: place?.[0] ?? null, column: place?.[1] ?? null }
}

export function withCandidate(changes: Partial<CandidateView>): InspectionView {
  return { ...recognised, candidates: [{ ...candidate, ...changes }] }
}

export function withFindings(...findings: DocumentFindingView[]): InspectionView {
  return { ...recognised, findings, candidates: [] }
}

export const REFUSED: Permit = { allowed: false, reason: 'A role is missing.', hint: 'Ask for it.', roleRequest: 'Subject: Request' }

export const hubPage = (vocabulary: VocabularyName, changes: Partial<HubPageView> = {}): HubPageView => ({
  hub: { id: 'h1', name: 'Group Hub', home: { kind: 'local', subaccount: 'hub-prod', fourEyes: false }, vocabulary, portalLimit: 3, createdAt: '2026-11-21T05:36:00Z' },
  counts: { pending: 2, approved: 1, rejected: 4 },
  maySubmit: ALLOWED,
  mayChange: ALLOWED,
  mayDelete: ALLOWED,
  ...changes,
})

export const request = (state: RequestStateName, vocabulary: VocabularyName, changes: Partial<RequestView> = {}): RequestView => {
  const at = '2026-11-21T05:36:00Z'
  const states: Record<RequestStateName, RequestView['state']> = {
    pending: { state: 'pending', appliedAt: at, appliedBy: 'Rita' },
    approved: { state: 'approved', approvedBy: 'Hugo', approvedAt: at, appliedAt: at, appliedBy: 'Rita' },
    rejected: { state: 'rejected', rejectedBy: 'Hugo', rejectedAt: at, reason: 'Not yet' },
  }
  return {
    id: `r-${state}`,
    hubId: 'h1',
    hub: 'Group Hub',
    holdsFormer: false,
    kind: 'local',
    report: null,
    vocabulary,
    portalId: null,
    alias: `alias-${state}`,
    comment: 'For the shop.',
    submittedBy: 'Rita',
    submittedAt: at,
    state: states[state],
    credentials: summary,
    health: null,
    permits: { view: ALLOWED, editCredentials: ALLOWED, approve: ALLOWED, reject: ALLOWED, reestablish: ALLOWED, test: ALLOWED, recordDecision: REFUSED, changeRecord: REFUSED, forget: REFUSED },
    ...changes,
  }
}
