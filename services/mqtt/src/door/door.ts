import type { Clock, Doc, Store } from '@werenode/core'
import type { Access } from '../profile/access.ts'
import type { BrokerDoor, Caller } from '../transport/embedded-broker.ts'
import { type CredentialHash, createCredentialChecker } from './credentials.ts'

/** One name and password for one device (or one bridge with its plugs), or for a household's own Home Assistant. */
export interface Credential extends Doc {
  /** The user name. */
  readonly _id: string
  readonly hash: CredentialHash
  readonly role: 'device' | 'observer'
  readonly blocked?: boolean
  readonly createdAt: string
}

export const credentials = 'mqtt_credentials'

/** Failed logins of one address in a minute before it is turned away without a look: hashing costs us more than asking costs them. */
const failuresAMinute = 20
const usernamePattern = /^[A-Za-z0-9_-]{1,64}$/

/** What a household's Home Assistant may do: see what the house publishes for it, and say that it has started. */
const observerAccess: Access = {
  publish: ['homeassistant/status'],
  subscribe: ['homeassistant/#', 'werenode/state/#'],
  commands: [],
}

/** The broker's door: one credential per device, anonymous off, access as the device's profile says. */
export const createDoor = (deps: {
  readonly store: Store
  readonly clock: Clock
  /** Access of the plugs behind a credential. */
  readonly accessOfPlugs: (username: string) => Access | undefined
}): BrokerDoor & { readonly guests: Map<string, Access> } => {
  /** Credentials of devices that are being recorded: no plug stands behind them yet. */
  const guests = new Map<string, Access>()
  const checker = createCredentialChecker()
  const failures = new Map<string, { since: number; count: number }>()
  const observers = new Set<string>()

  const isBarred = (address: string): boolean => {
    const known = failures.get(address)
    if (!known) return false
    if (deps.clock().getTime() - known.since > 60_000) {
      failures.delete(address)
      return false
    }
    return known.count >= failuresAMinute
  }
  const noteFailure = (address: string): void => {
    const known = failures.get(address) ?? { since: deps.clock().getTime(), count: 0 }
    failures.set(address, { ...known, count: known.count + 1 })
    if (failures.size > 10_000) for (const oldest of failures.keys()) return void failures.delete(oldest)
  }

  const judge = async ({ username, password, certificateName }: Caller, barred: boolean): Promise<boolean> => {
    if (username === undefined || !usernamePattern.test(username)) return false
    // Fresh from the store: a blocked or re-keyed device must be out at once.
    const credential = await deps.store.get<Credential>(credentials, username)
    if (credential?.role === 'observer') observers.add(username)
    else observers.delete(username)
    if (certificateName !== undefined)
      return certificateName === username && credential !== undefined && !credential.blocked
    // Behind one router a plug with a wrong password must not shut its neighbours out: who was in before is known at no cost.
    if (barred && !checker.remembers(username, password ?? Buffer.alloc(0), credential?.hash)) return false
    const isRight = await checker.matches(username, password ?? Buffer.alloc(0), credential?.hash)
    return isRight && credential?.blocked !== true
  }

  return {
    guests,
    admit: async (caller) => {
      const barred = isBarred(caller.address)
      const isIn = await judge(caller, barred)
      if (!isIn && !barred) noteFailure(caller.address)
      return isIn
    },
    access: (username) =>
      observers.has(username) ? observerAccess : (guests.get(username) ?? deps.accessOfPlugs(username)),
  }
}
