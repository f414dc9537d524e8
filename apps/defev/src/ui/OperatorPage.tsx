import { chargeEscrowAbi } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { connectorWords } from '@werenode/design/plug'
import type { FormEvent } from 'react'
import { encodeFunctionData } from 'viem'
import type { Operator, Plug } from '../registry/plug.ts'
import { faultOf, listPlugCall, registerOperatorCall } from '../session/publish.ts'
import { TroubleError } from '../wallet/trouble.ts'
import type { Word } from '../words/words.ts'
import { useDesk, useFigures } from './context.ts'
import { OwnPlug } from './OwnPlug.tsx'
import { Trouble } from './Trouble.tsx'
import { useAnswer } from './useAnswer.ts'
import { useBalances } from './useBalances.ts'
import { useTask } from './useTask.ts'

const standards = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO', 'DOMESTIC_E', 'DOMESTIC_F'] as const

/** What an operator does without any server: register, list plugs, price them, take the earnings out. */
export const OperatorPage = () => {
  const { say, account, connect, deployment, send } = useDesk()
  const { money } = useFigures()
  const { busy, trouble, run } = useTask()
  const balances = useBalances()
  const { operatorRegistry, evseRegistry, escrow, tokens } = deployment.addresses
  const mine = useAnswer('owned', account === undefined ? undefined : { owner: account }) ?? []
  const registryCall = (to: Address, data: Hex) => run(async () => void (await send({ to, data })))

  if (account === undefined)
    return (
      <div className="page">
        <h1>{say('operator.title')}</h1>
        <p>{say('operator.intro')}</p>
        <button type="button" className="solid" onClick={connect}>
          {say('wallet.connect')}
        </button>
      </div>
    )
  const register = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const party = String(new FormData(event.currentTarget).get('party'))
    void run(async () => {
      if (!/^[A-Za-z]{2}\*?[A-Za-z0-9]{3}$/.test(party))
        throw new TroubleError({ word: 'operator.badForm', values: { what: say('operator.party') } })
      await send({ to: operatorRegistry, data: registerOperatorCall(party, account) })
    })
  }
  return (
    <div className="page">
      <h1>{say('operator.title')}</h1>
      <p>{say('operator.intro')}</p>
      <form className="card" onSubmit={register}>
        <label className="field">
          <span>{say('operator.party')}</span>
          <input name="party" placeholder="FR*ABC" />
        </label>
        <button type="submit" className="outline" disabled={busy}>
          {say('operator.register')}
        </button>
      </form>
      {mine.length > 0 && (
        <div className="card">
          <p className="amount">
            {say('operator.earnings', { amount: balances === undefined ? '…' : money(balances.creditMicro) })}
          </p>
          <button
            type="button"
            className="outline"
            disabled={busy || balances === undefined || balances.creditMicro === 0n}
            onClick={() => {
              const args = [tokens[0]!.address, balances?.creditMicro ?? 0n, account] as const
              void registryCall(escrow, encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'withdraw', args }))
            }}
          >
            {say('account.withdraw')}
          </button>
        </div>
      )}
      <Trouble trouble={trouble} />
      {mine.map(({ operator, plugs }) => (
        <OperatorPlugs
          key={operator.id}
          operator={operator}
          plugs={plugs}
          busy={busy}
          run={run}
          onCall={(data) => registryCall(evseRegistry, data)}
        />
      ))}
    </div>
  )
}

const OperatorPlugs = ({
  operator,
  plugs,
  busy,
  run,
  onCall,
}: {
  operator: Operator
  plugs: readonly Plug[]
  busy: boolean
  run: (work: () => Promise<void>) => Promise<void>
  onCall: (data: Hex) => Promise<void>
}) => {
  const { say, locale, deployment, send } = useDesk()
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string): string => String(form.get(name) ?? '')
    const plug = {
      evseId: text('evseId'),
      name: text('name'),
      lat: Number(text('lat') || Number.NaN),
      lon: Number(text('lon') || Number.NaN),
      standard: text('standard'),
      maxPowerW: Number(text('power')) * 1000,
      meterKey: text('meterKey') as Address,
    }
    void run(async () => {
      const fault = faultOf(plug)
      if (fault !== undefined) {
        const what = say(`operator.${fault === 'maxPowerW' ? 'power' : fault}` as Word)
        throw new TroubleError({ word: 'operator.badForm', values: { what } })
      }
      await send({ to: deployment.addresses.evseRegistry, data: listPlugCall(operator.id, plug) })
    })
  }
  const field = (name: string, word: Word, props: object = {}) => (
    <label className="field">
      <span>{say(word)}</span>
      <input name={name} {...props} />
    </label>
  )
  return (
    <section>
      <h2>{say('operator.mine', { party: operator.party })}</h2>
      {plugs.length === 0 && <p className="muted">{say('operator.noPlugs')}</p>}
      {plugs.map((plug) => (
        <OwnPlug key={plug.key} plug={plug} owner={operator.owner} busy={busy} run={run} onCall={onCall} />
      ))}
      <form className="card grid" onSubmit={add}>
        <h3>{say('operator.addPlug')}</h3>
        {field('evseId', 'operator.evseId', { placeholder: 'FR*ABC*E000001' })}
        {field('name', 'operator.name')}
        {field('lat', 'operator.lat', { inputMode: 'decimal' })}
        {field('lon', 'operator.lon', { inputMode: 'decimal' })}
        <label className="field">
          <span>{say('operator.standard')}</span>
          <select name="standard">
            {standards.map((one) => (
              <option key={one} value={one}>
                {connectorWords(one, locale)}
              </option>
            ))}
          </select>
        </label>
        {field('power', 'operator.power', { inputMode: 'decimal' })}
        {field('meterKey', 'operator.meterKey', { placeholder: '0x…' })}
        <button type="submit" className="outline" disabled={busy}>
          {say('operator.add')}
        </button>
      </form>
    </section>
  )
}
