import { type Address, WerenodeError } from '@werenode/core'
import type { Login } from '@werenode/sdk'
import { joinAccount } from '../src/wallet/join-account'

const mine = `0x${'aB'.repeat(20)}` as Address
const another = `0x${'11'.repeat(20)}` as Address

/** A node that knows somebody as signed in, and whether the wallet is on another account. */
const nodeOf = (login: Partial<Login> | undefined, taken = false) => ({
  login: jest.fn(async () => login as Login | undefined),
  signIn: jest.fn(async () => ({}) as Login),
  linkWallet: jest.fn(async () => {
    if (taken) throw new WerenodeError('conflict', 'The wallet belongs to another account')
    return mine
  }),
})

test('nothing is asked where nobody is signed in, there is no wallet, or the account charges with it', async () => {
  for (const [login, wallet] of [
    [undefined, { address: mine }],
    [{ accountId: 'a' }, undefined],
    [{ address: mine.toLowerCase() as Address }, { address: mine }],
  ] as const) {
    const node = nodeOf(login)
    expect(await joinAccount(node, wallet)).toBe(true)
    expect(node.linkWallet).not.toHaveBeenCalled()
  }
})
test('an account without a wallet gets the one of this device', async () => {
  const node = nodeOf({ accountId: 'a' })
  expect(await joinAccount(node, { address: mine })).toBe(true)
  expect(node.linkWallet).toHaveBeenCalledTimes(1)
  expect(node.signIn).not.toHaveBeenCalled()
})
test('after a change of phone the account charges with the wallet of the new one', async () => {
  const node = nodeOf({ accountId: 'a', address: another })
  expect(await joinAccount(node, { address: mine })).toBe(true)
  expect(node.signIn).toHaveBeenCalledTimes(1)
})
test('a wallet of another account stays there', async () => {
  const node = nodeOf({ accountId: 'a' }, true)
  expect(await joinAccount(node, { address: mine })).toBe(false)
  expect(node.signIn).not.toHaveBeenCalled()
})
