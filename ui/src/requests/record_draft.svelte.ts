import type { Sending } from '../app/sending.svelte'
import { t } from '../messages/language.svelte'
import { fromDateField, toDateField } from '../messages/moments'
import type { FieldName, RecordDetailsRequest, RequestView } from '../tauri'

/** What a person types about a request at a hub in SAP. */
export class RecordDraft {
  alias = $state('')
  comment = $state('')
  submittedBy = $state('')
  /** As a date field holds it, as the day of the decision. */
  submittedOn = $state(toDateField(new Date()))
  decidedBy = $state('')
  decidedOn = $state(toDateField(new Date()))
  note = $state('')
  ticket = $state('')
  /** Somebody has approved or rejected it. */
  decided = $state(false)

  /** Begins with what is recorded already. */
  begin({ alias, comment, submittedBy, submittedAt, report, state }: RequestView) {
    this.alias = alias
    this.comment = comment
    this.submittedBy = submittedBy
    this.submittedOn = toDateField(submittedAt)
    this.decidedBy = report?.decidedBy ?? ''
    this.note = report?.note ?? ''
    this.ticket = report?.ticket ?? ''
    this.decided = state.state !== 'pending'
    if (state.state === 'approved') this.decidedOn = toDateField(state.approvedAt)
    if (state.state === 'rejected') this.decidedOn = toDateField(state.rejectedAt)
  }

  get fields() {
    const { alias, comment, submittedBy, submittedOn, decidedBy, decidedOn, note, ticket } = this
    return { alias, comment, submittedBy, submittedOn, decidedBy, decidedOn, note, ticket }
  }

  /** What is sent; null if a day is none, which is said at its field. */
  requestFor(sending: Sending): RecordDetailsRequest | null {
    const { alias, comment, submittedBy, decidedBy, note, ticket, decided } = this
    const submittedOn = dayIn(this.submittedOn, 'submittedOn', sending)
    const decidedOn = submittedOn && decided ? dayIn(this.decidedOn, 'decidedOn', sending) : null
    if (!submittedOn || (decided && !decidedOn)) return null
    const { confirmed } = sending
    return { alias, comment, submittedBy, submittedOn, decidedBy: decided ? decidedBy : '', decidedOn, note, ticket, confirmed }
  }
}

/** The day in a date field; null if there is none, which the form then says. */
export function dayIn(text: string, field: FieldName, sending: Sending): string | null {
  const day = fromDateField(text)
  if (!day) sending.refuse({ code: 'invalidInput', message: t('documents-no-day'), hint: '', place: { field } }, { [field]: JSON.stringify(text) })
  return day
}
