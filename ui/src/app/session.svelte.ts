import { forgetKept } from '../kit/kept.svelte'
import { unsaved } from '../kit/unsaved.svelte'
import { asUserError, tauri, type PersonView, type RoleView, type UserError } from '../tauri'

/** Who uses the window. What depends on the person's roles is loaded again when `current` changes. */
class Session {
  /** False until the core has answered for the first time. */
  started = $state(false)
  current = $state.raw<PersonView | null>(null)
  people = $state.raw<PersonView[]>([])
  roles = $state.raw<RoleView[]>([])
  technicalRole = $state('')
  error = $state.raw<UserError | null>(null)

  async refresh() {
    try {
      const { person, people, roles, technicalRole } = await tauri.getSession()
      this.current = person
      this.people = people
      this.roles = roles
      this.technicalRole = technicalRole
      this.error = null
      this.started = true
    } catch (error) {
      this.error = asUserError(error)
    }
  }

  async switchTo(id: string) {
    if (!(await unsaved.mayLeave())) return
    try {
      await tauri.switchPerson(id)
      forgetKept()
    } catch (error) {
      this.error = asUserError(error)
      return
    }
    await this.refresh()
  }
}

export const session = new Session()
