import { shortHex } from '@werenode/design'
import { useEffect, useState } from 'react'
import { useDesk, useFigures } from './context.ts'
import { useAnswer } from './useAnswer.ts'

/** Addresses, code and interface hashes, each against the chain; the nodes; and what nobody should believe. */
export const TrustPage = () => {
  const { say, deployment, trust, vouchers, reader, tick } = useDesk()
  const { date } = useFigures()
  const [nodes, setNodes] = useState(reader.nodes.states())
  const parties = new Map((useAnswer('operators', {}) ?? []).map(({ id, party }) => [id.toLowerCase(), party]))
  useEffect(() => {
    let gone = false
    reader.nodes.survey().then(
      () => !gone && setNodes(reader.nodes.states()),
      (error: unknown) => reportError(error),
    )
    return () => {
      gone = true
    }
  }, [reader, tick])
  const judged = (holds: boolean) => (
    <span className={holds ? 'mark mark--free' : 'mark mark--closed'}>
      {say(holds ? 'trust.holds' : 'trust.differs')}
    </span>
  )
  return (
    <div className="page">
      <h1>{say('trust.title')}</h1>
      <p>{say('trust.intro')}</p>
      <p>{say('trust.chain', { name: deployment.addresses.name, id: deployment.addresses.chainId })}</p>
      {trust?.map((row) => (
        <section className="card" key={row.name}>
          <h2>{row.name}</h2>
          <dl>
            <dt>{say('trust.address')}</dt>
            <dd>
              <code className="wrap">{row.address}</code>
            </dd>
            <dt>{say('trust.code')}</dt>
            <dd>
              {judged(row.codeHolds)} <code className="wrap">{row.codeHash ?? '0x'}</code>
            </dd>
            <dt>{say('trust.abi')}</dt>
            <dd>
              {judged(row.abiHolds)} <code className="wrap">{row.abiHash}</code>
            </dd>
          </dl>
        </section>
      ))}
      <h2>{say('trust.nodes')}</h2>
      <ul className="facts">
        {nodes.map(({ url, head, state }) => (
          <li key={url} data-node={state}>
            <code className="wrap">{url}</code>{' '}
            <span className="muted">
              {say(`trust.node.${state}`)}
              {head !== undefined && `, ${say('trust.node.block', { block: head.toString() })}`}
            </span>
          </li>
        ))}
      </ul>
      <h2>{say('trust.accreditation')}</h2>
      {vouchers.length === 0 && <p className="muted">{say('trust.noAccreditation')}</p>}
      {vouchers.map(({ list, fault }) => (
        <section className="card" key={list.signature}>
          <p>
            {fault === undefined
              ? say('trust.list', {
                  ...{ issuer: list.issuerName, count: list.operatorIds.length, date: date(list.validUntil) },
                })
              : say('trust.listRefused', { issuer: list.issuerName, why: say(`trust.why.${fault}`) })}
          </p>
          <code className="wrap">{list.issuer}</code>
          {fault === undefined && (
            <ul>
              {list.operatorIds.map((id) => (
                <li key={id}>{parties.get(id.toLowerCase()) ?? shortHex(id)}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
      <p className="note note--info">{say('trust.honest')}</p>
    </div>
  )
}
