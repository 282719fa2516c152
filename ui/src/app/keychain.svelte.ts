import { asUserError, tauri, type KeychainView, type UserError } from '../tauri'

/** In which condition the keychain was when it was last asked. */
class Keychain {
  /** What it is called on this operating system. */
  name = $state('keychain')
  problem = $state.raw<UserError | null>(null)

  private show({ name, problem }: KeychainView) {
    this.name = name
    this.problem = problem
  }

  async check() {
    try {
      this.show(await tauri.checkKeychain())
    } catch (error) {
      this.problem = asUserError(error)
    }
  }
}

export const keychain = new Keychain()
