import { tauri, type CredentialView } from '../tauri'
import { notices } from './notices.svelte'
import { Sending } from './sending.svelte'

/** *Copy* and *Export…* of a credential. Both happen in the core: the secret never comes here. */
export class HandOver extends Sending {
  async copy({ id }: CredentialView) {
    const copied = await this.run(() => tauri.copyCredentials(id))
    if (copied) notices.show(`The credentials are in the clipboard for ${copied.done.clearsInSeconds} seconds.`)
  }

  async exportToFile({ id }: CredentialView) {
    const exported = await this.run(() => tauri.exportCredentials(id))
    if (exported?.done.path) notices.show(`The credentials are exported to ${exported.done.path}.`)
  }
}
