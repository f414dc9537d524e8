import { Injectable } from '@angular/core'
import { createWerenode, webStorage } from '@werenode/sdk'

/** The node this app was served by, through the SDK alone. */
@Injectable({ providedIn: 'root' })
export class WerenodeNode {
  readonly client = createWerenode({
    baseUrl: location.origin,
    storage: webStorage(localStorage),
    autoSignIn: false,
  })
  readonly api = this.client.api
}
