import { Sending } from '../app/sending.svelte'
import { notices } from '../kit/notices.svelte'
import { t } from '../messages/language.svelte'
import { tauri, type CredentialView } from '../tauri'

/** *Copy* of a credential. It happens in the core: the secret never comes here. */
export class HandOver extends Sending {
  async copy({ id }: CredentialView) {
    const copied = await this.run(() => tauri.copyCredentials(id))
    if (copied?.done) notices.show(t('portal-copied', { seconds: copied.done.clearsInSeconds }))
  }
}
