import { computed, Injectable, inject, signal } from '@angular/core'
import type { Login } from '@werenode/sdk'
import { Words } from '../words/words.ts'
import { WerenodeNode } from './node.ts'

const clientId = 'member'
const scopes = ['openid', 'catalogue:read', 'sessions:read', 'sessions:write']
const wantedKey = 'werenode:member:wanted'

/** Who is signed in on this device: by the node's own page (OAuth 2.1 with PKCE), kept and renewed by the SDK. */
@Injectable({ providedIn: 'root' })
export class LoginState {
  readonly #node = inject(WerenodeNode)
  readonly #words = inject(Words)
  readonly #login = signal<Login | undefined>(undefined)
  readonly #known = signal(false)

  readonly login = this.#login.asReadonly()
  /** False until the kept login was looked for. */
  readonly known = this.#known.asReadonly()
  readonly accountId = computed(() => this.#login()?.accountId)
  readonly address = computed(() => this.#login()?.address)

  /** Looks for the login kept on this device; asks nobody. */
  async recall(): Promise<void> {
    this.#login.set(await this.#node.client.login())
    this.#known.set(true)
  }

  /** Leaves for the node's sign-in page; `wanted` is shown afterwards. */
  async begin(wanted: string): Promise<void> {
    sessionStorage.setItem(wantedKey, wanted)
    const redirectUri = new URL('callback', document.baseURI).href
    const locale = this.#words.locale()
    location.assign(await this.#node.client.oauth.begin({ clientId, scopes, redirectUri, locale }))
  }

  /** Back from the sign-in page. Gives the address that was wanted. */
  async finish(address: string): Promise<string> {
    this.#login.set(await this.#node.client.oauth.finish(address))
    this.#known.set(true)
    const wanted = sessionStorage.getItem(wantedKey) ?? '/sessions'
    sessionStorage.removeItem(wantedKey)
    return wanted
  }

  async end(): Promise<void> {
    this.#login.set(undefined)
    await this.#node.client.signOut()
  }
}
