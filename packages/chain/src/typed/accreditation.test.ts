import type { Address, Hex } from '@werenode/core'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { type AccreditationList, accreditationFault, accreditationTypedData } from './accreditation.ts'

const issuer = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`)
const addresses = { chainId: 31337, operatorRegistry: `0x${'01'.repeat(20)}` as Address }
const nowS = 1_800_000_000
const list: AccreditationList = {
  ...{ issuer: issuer.address, issuerName: 'Charging Association', issuedAt: nowS - 60, validUntil: nowS + 60 },
  operatorIds: [`0x${'07'.repeat(32)}` as Hex],
}
const signed = async (by = issuer, what = list) => ({
  ...what,
  signature: await by.signTypedData(accreditationTypedData(what, addresses) as never),
})
const fault = async (given: Awaited<ReturnType<typeof signed>>, at = nowS, issuers = [issuer.address as Address]) =>
  accreditationFault(given, { addresses, issuers, nowS: at })

describe('a list of accredited operators', () => {
  it('is believed when a trusted issuer signed it and it is in force', async () => {
    expect(await fault(await signed())).toBeUndefined()
  })
  it('is not believed from a stranger, by another key, changed, for another chain, early or late', async () => {
    const good = await signed()
    expect(await fault(good, nowS, [other.address])).toBe('stranger')
    expect(await fault(await signed(other))).toBe('signature')
    expect(await fault({ ...good, operatorIds: [`0x${'08'.repeat(32)}`] })).toBe('signature')
    expect(await fault({ ...good, signature: '0x1234' })).toBe('signature')
    const elsewhere = { addresses: { ...addresses, chainId: 1 }, issuers: [issuer.address as Address], nowS }
    expect(await accreditationFault(good, elsewhere)).toBe('signature')
    expect(await fault(good, nowS + 61)).toBe('expired')
    expect(await fault(good, nowS - 61)).toBe('early')
  })
})
