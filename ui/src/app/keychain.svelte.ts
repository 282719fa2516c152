import { asUserError, tauri, type KeychainView, type UserError } from '../tauri'
import { t } from './language.svelte'

/** In which condition the keychain was when it was last asked. */
class Keychain {
  problem = $state.raw<UserError | null>(null)
  /** Somebody has asked already. */
  asked = false
  #name = $state<string | null>(null)

  /** What it is called on this operating system. */
  get name(): string {
    return this.#name ?? t('parts-keychain')
  }

  private show({ name, problem }: KeychainView) {
    this.#name = name
    this.problem = problem
  }

  async check() {
    this.asked = true
    try {
      this.show(await tauri.checkKeychain())
    } catch (error) {
      this.problem = asUserError(error)
    }
  }
}

export const keychain = new Keychain()
