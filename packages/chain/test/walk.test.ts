import type { ChargeTerms, Hex } from '@werenode/core'
import { encodeFunctionData, zeroHash } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployLocal } from '../src/deploy/index.ts'
import {
  batchItemStruct,
  boundMicro,
  type ChainAddresses,
  chargeEscrowAbi,
  connectorBits,
  consentByOffer,
  consentByQuote,
  depositAuthorization,
  depositTypedData,
  disputeTypedData,
  escrowEvents,
  evidenceStruct,
  evseEvents,
  explainError,
  type MeterRecord,
  merkleProof,
  merkleRoot,
  meterKeyOfAddress,
  meterLeaf,
  openAuthorization,
  openCall,
  operatorEvents,
  permitTypedData,
  quoteTypedData,
  receiptHash,
  receiptTypedData,
  recordDigest,
  recordTypedData,
  sessionIdOf,
  sessionStatuses,
  settlementStruct,
  sign,
  termsFromOffer,
  termsFromStruct,
  termsStruct,
  termsTypedData,
  tokenDomainOf,
  topUpAuthorization,
  walletOfAccount,
  withdrawTypedData,
} from '../src/index.ts'
import { type Anvil, anvilPath, clientFor, startAnvil } from './anvil.ts'
import { actor, funded, stage } from './stage.ts'

const anvil = anvilPath()

describe.skipIf(anvil === undefined)('the builders against the contracts', () => {
  let node: Anvil
  let client: ReturnType<typeof clientFor>
  let addresses: ChainAddresses
  let set: Awaited<ReturnType<typeof stage>>

  beforeAll(async () => {
    node = await startAnvil(anvil!)
    client = clientFor(node.url, funded)
    addresses = await deployLocal(client)
    set = await stage(client, addresses)
  }, 60_000)
  afterAll(() => node?.stop())

  const send = async (data: Hex) => {
    const hash = await client.sendTransaction({ to: addresses.escrow, data, gas: 5_000_000n })
    const receipt = await client.waitForTransactionReceipt({ hash })
    expect(receipt.status).toBe('success')
    return receipt
  }
  const consent = async (t: ChargeTerms) =>
    consentByQuote(
      set.quoter.address,
      await sign(walletOfAccount(set.quoter), quoteTypedData(sessionIdOf(t, set.domain), set.domain)),
    )
  const agreed = (t: ChargeTerms) => sign(walletOfAccount(set.driver), termsTypedData(t, set.domain))
  const open = async (t: ChargeTerms) =>
    send(openCall({ terms: t, driverSignature: await agreed(t), consent: await consent(t) }))
  const statusOf = async (t: ChargeTerms) => {
    const session = await client.readContract({
      ...set.escrow,
      functionName: 'sessionOf',
      args: [sessionIdOf(t, set.domain)],
    })
    return sessionStatuses[session.status]
  }
  const settlement = async (t: ChargeTerms) => {
    const receipt = set.receipt(t)
    return {
      terms: t,
      receipt,
      operatorSigner: set.receipter.address,
      operatorSignature: await sign(walletOfAccount(set.receipter), receiptTypedData(receipt, set.domain)),
      sessionSignature: await sign(walletOfAccount(set.sessionKey), receiptTypedData(receipt, set.domain)),
    }
  }
  const pass = async (seconds: number) => {
    await client.request({ method: 'evm_increaseTime' as never, params: [seconds] as never })
    await client.request({ method: 'evm_mine' as never })
  }

  it('compute the id the contract computes, and the bound', async () => {
    const t = await set.terms()
    const id = await client.readContract({ ...set.escrow, functionName: 'sessionIdOf', args: [termsStruct(t)] })
    expect(id).toBe(sessionIdOf(t, set.domain))
    const bound = await client.readContract({
      ...set.escrow,
      functionName: 'boundOf',
      args: [termsStruct(t), 23_457n, 4321, 1234],
    })
    expect(bound).toBe(boundMicro(t, { energyWh: 23_457n, chargingSeconds: 4321, idleSeconds: 1234 }))
  })

  it('open from credit and settle on a co-signed receipt; the events tell it all', async () => {
    const t = await set.terms()
    const opened = escrowEvents((await open(t)).logs)
    expect(opened.map(({ eventName }) => eventName)).toEqual(['SessionOpened'])
    const told = opened[0]!
    if (told.eventName !== 'SessionOpened') throw new Error('another event')
    expect(termsFromStruct(told.args.terms)).toEqual(t)
    expect(await statusOf(t)).toBe('Open')
    await pass(60)
    const item = await settlement(t)
    const settled = escrowEvents(
      (await send(encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'settle', args: [settlementStruct(item)] })))
        .logs,
    )
    expect(settled[0]).toMatchObject({
      eventName: 'SessionSettled',
      args: { receiptHash: receiptHash(item.receipt), paid: 409_000n, returned: 24_591_000n },
    })
    expect(await statusOf(t)).toBe('Settled')
  }, 30_000)

  it('settle in a batch', async () => {
    const list = [await set.terms(), await set.terms(), await set.terms()]
    for (const t of list) await open(t)
    await pass(60)
    const items = await Promise.all(list.map(async (t) => batchItemStruct(await settlement(t))))
    await send(encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'settleBatch', args: [items] }))
    for (const t of list) expect(await statusOf(t)).toBe('Settled')
    const again = await send(encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'settleBatch', args: [items] }))
    const skipped = escrowEvents(again.logs)
    expect(skipped).toHaveLength(3)
    for (const event of skipped) {
      if (event.eventName !== 'ItemSkipped') throw new Error('another event')
      expect(explainError(event.args.reason)?.name).toBe('WrongStatus')
    }
  }, 30_000)

  it('open and top up by one signature each (ERC-3009)', async () => {
    const t = await set.terms({ source: 'Authorization' })
    await set.mined(
      await client.writeContract({ ...set.euro, functionName: 'mint', args: [set.driver.address, 50_000_000n] }),
    )
    const tokenDomain = tokenDomainOf(addresses, set.token)
    const driverSignature = await sign(walletOfAccount(set.driver), openAuthorization(t, set.domain, tokenDomain))
    await send(openCall({ terms: t, driverSignature, consent: await consent(t) }))
    const change = { held: 25_000_000n, newMax: 30_000_000n, deadline: t.openBy }
    const signature = await sign(walletOfAccount(set.driver), topUpAuthorization(t, change, set.domain, tokenDomain))
    await send(
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'topUp',
        args: [termsStruct(t), change.newMax, change.deadline, signature],
      }),
    )
    expect(await statusOf(t)).toBe('Open')
  }, 30_000)

  it('open by permit', async () => {
    const t = await set.terms({ source: 'Allowance' })
    await set.mined(
      await client.writeContract({ ...set.euro, functionName: 'mint', args: [set.driver.address, 50_000_000n] }),
    )
    const deadline = BigInt(t.openBy)
    const typed = permitTypedData(
      { owner: set.driver.address, spender: addresses.escrow, value: t.maxAmount, nonce: 0n, deadline },
      tokenDomainOf(addresses, set.token),
    )
    const permit = { deadline, signature: await sign(walletOfAccount(set.driver), typed) }
    await send(openCall({ terms: t, driverSignature: await agreed(t), consent: await consent(t), permit }))
    expect(await statusOf(t)).toBe('Open')
  }, 30_000)

  it('open by a standing offer found in the events alone', async () => {
    const base = await set.terms()
    const offer = {
      token: base.token,
      payee: base.payee,
      startFee: base.startFee,
      pricePerKWh: base.pricePerKWh,
      pricePerMinute: base.pricePerMinute,
      idlePerMinute: base.idlePerMinute,
      tariffHash: base.tariffHash,
      meterKeyHash: base.meterKeyHash,
      maxPowerW: base.maxPowerW,
      disputeWindow: base.disputeWindow,
      disputeBond: base.disputeBond,
      minAmount: 20_000_000n,
      maxAmount: 50_000_000n,
      startDelay: 1800,
      settlePeriod: 259_200,
      connectors: connectorBits([base.connector]),
    }
    const update = { evseIdHash: base.evseIdHash, offer, validUntil: base.openBy + 86_400 }
    await set.mined(
      await client.writeContract({ ...set.evses, functionName: 'setOffers', args: [base.operatorId, [update]] }),
    )
    const logs = await client.getLogs({ address: [addresses.evseRegistry], fromBlock: addresses.fromBlock })
    const listed = evseEvents(logs).find((event) => event.eventName === 'EvseListed')
    expect(listed?.args).toMatchObject({ listing: { evseId: 'FR*WRN*E000001', name: 'Market square' } })
    const found = evseEvents(logs).find((event) => event.eventName === 'OfferSet')
    if (found?.eventName !== 'OfferSet') throw new Error('no offer')
    const t = termsFromOffer(found.args.offer, { ...base, driver: base.driver })
    await send(openCall({ terms: t, driverSignature: await agreed(t), consent: consentByOffer(found.args.offer) }))
    expect(await statusOf(t)).toBe('Open')
    const operatorLogs = await client.getLogs({ address: addresses.operatorRegistry, fromBlock: addresses.fromBlock })
    expect(operatorEvents(operatorLogs)[0]).toMatchObject({ eventName: 'OperatorRegistered' })
  }, 30_000)

  it('propose, dispute and prove with the meter’s records', async () => {
    const t = await set.terms()
    await open(t)
    await pass(60)
    const sessionId = sessionIdOf(t, set.domain)
    const plain = set.receipt(t)
    const start: MeterRecord = {
      ...{ sessionId, kind: 'START', wh: plain.startWh, time: plain.startedAt },
      ...{ chargingSeconds: 0, idleSeconds: 0, counter: 7 },
    }
    const end: MeterRecord = {
      ...{ sessionId, kind: 'END', wh: plain.endWh, time: plain.endedAt },
      ...{ chargingSeconds: 60, idleSeconds: 0, counter: 9 },
    }
    const leaves = [start, end].map((record) => meterLeaf(recordDigest(record, set.domain)))
    leaves.push(meterLeaf(zeroHash))
    const receipt = { ...plain, meterRoot: merkleRoot(leaves) }
    const signature = await sign(walletOfAccount(set.receipter), receiptTypedData(receipt, set.domain))
    await send(
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'propose',
        args: [termsStruct(t), receipt, set.receipter.address, signature],
      }),
    )
    const objection = { sessionId, undisputedAmount: 100_000n, deadline: t.settleBy }
    await send(
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'dispute',
        args: [
          termsStruct(t),
          objection.undisputedAmount,
          objection.deadline,
          await sign(walletOfAccount(set.sessionKey), disputeTypedData(objection, set.domain)),
        ],
      }),
    )
    const proven = async (record: MeterRecord) => ({
      record,
      signature: await sign(walletOfAccount(set.meter), recordTypedData(record, set.domain)),
      proof: merkleProof(leaves, meterLeaf(recordDigest(record, set.domain))),
    })
    const evidence = evidenceStruct({
      meterKey: meterKeyOfAddress(set.meter.address),
      start: await proven(start),
      end: await proven(end),
    })
    const logs = escrowEvents(
      (
        await send(
          encodeFunctionData({
            abi: chargeEscrowAbi,
            functionName: 'prove',
            args: [termsStruct(t), receipt, evidence],
          }),
        )
      ).logs,
    )
    expect(logs.map(({ eventName }) => eventName)).toEqual(['SessionProven', 'SessionSettled'])
    expect(await statusOf(t)).toBe('Settled')
  }, 30_000)

  it('deposit and withdraw by signature', async () => {
    const account = actor('saver')
    await set.mined(await client.writeContract({ ...set.euro, functionName: 'mint', args: [account.address, 9n] }))
    const now = Number((await client.getBlock()).timestamp)
    const order = {
      ...{ from: account.address, beneficiary: account.address, token: set.token.address },
      ...{ amount: 9n, salt: zeroHash },
    }
    const validBefore = BigInt(now + 600)
    const typed = depositAuthorization(order, validBefore, set.domain, tokenDomainOf(addresses, set.token))
    expect(depositTypedData(order, set.domain).primaryType).toBe('Deposit')
    await send(
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'depositWithAuthorization',
        args: [order, validBefore, await sign(walletOfAccount(account), typed)],
      }),
    )
    const withdrawal = {
      ...{ account: account.address, token: set.token.address, amount: 4n },
      ...{ to: set.payee, nonce: 0n, deadline: now + 600 },
    }
    await send(
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'withdrawSigned',
        args: [withdrawal, await sign(walletOfAccount(account), withdrawTypedData(withdrawal, set.domain))],
      }),
    )
    const left = await client.readContract({
      ...set.escrow,
      functionName: 'creditOf',
      args: [account.address, set.token.address],
    })
    expect(left).toBe(5n)
  }, 30_000)

  it('put a refusal of the real contract into words', async () => {
    const t = await set.terms({ openBy: 1 })
    const refused = await client
      .simulateContract({
        ...set.escrow,
        functionName: 'open',
        args: [termsStruct(t), await agreed(t), await consent(t)],
      })
      .catch((error: unknown) => error)
    expect(explainError(refused)).toMatchObject({ name: 'QuoteExpired', args: [1n] })
  }, 30_000)
})
