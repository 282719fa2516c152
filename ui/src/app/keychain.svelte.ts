import { t } from '../messages/language.svelte'
import { asUserError, tauri, type KeychainView, type TakeOverView, type UserError } from '../tauri'

/** The state of the keychain when it was last asked. */
class Keychain {
  problem = $state.raw<UserError | null>(null)
  /** What taking it over means, where it is not the keychain of this installation. */
  takeOver = $state.raw<TakeOverView | null>(null)
  /** How often it has answered: after each answer, what depends on it is asked for again. */
  answers = $state(0)
  /** How many calls it lets wait, perhaps for its password. */
  #waiting = $state(0)
  /** Somebody has asked already. */
  asked = false
  #name = $state<string | null>(null)

  /** What it is called on this operating system. */
  get name(): string {
    return this.#name ?? t('app-keychain')
  }

  get waits(): boolean {
    return this.#waiting > 0
  }

  /** It lets a call wait, or that call has ended. */
  follow(waits: boolean) {
    this.#waiting = Math.max(0, this.#waiting + (waits ? 1 : -1))
    // What was wrong may be over.
    if (!this.waits && this.problem) void this.check()
  }

  private show({ name, problem, takeOver }: KeychainView) {
    this.#name = name
    this.problem = problem
    this.takeOver = takeOver ?? null
    this.answers++
  }

  async check() {
    this.asked = true
    try {
      this.show(await tauri.checkKeychain())
    } catch (error) {
      this.problem = asUserError(error)
    }
  }

  /** From now on this keychain is the one of this installation; `typed` is the number that confirms it. */
  async takeOverNow(typed: string) {
    this.show(await tauri.takeOverKeychain(typed))
  }
}

export const keychain = new Keychain()
