import { useDesk } from './context.ts'

/** Addresses, code and interface hashes, each against the chain; the nodes; and what nobody should believe. */
export const TrustPage = () => {
  const { say, deployment, trust } = useDesk()
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
      <ul>
        {deployment.rpcUrls.map((url) => (
          <li key={url}>
            <code className="wrap">{url}</code>
          </li>
        ))}
      </ul>
      <p className="note note--info">{say('trust.honest')}</p>
    </div>
  )
}
