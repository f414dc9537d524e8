import { Counter, Gauge, type Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** Names follow Prometheus' habit: unit last, `_total` for counters. */
export const createMetrics = (registry: Registry) => {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `werenode_relayer_${name}_total`, help, labelNames: [...labelNames], registers })
  const gauge = (name: string, help: string) => new Gauge({ name: `werenode_relayer_${name}`, help, registers })
  return {
    registry,
    intents: counter('intents', 'Intents whose fate was told', ['kind', 'status'] as const),
    reverted: counter('reverted', 'Transactions that reverted, or batch items that were skipped', ['kind'] as const),
    replaced: counter('replaced', 'Transactions replaced with a higher fee'),
    resent: counter('resent', 'Transactions sent again because the node forgot them'),
    taken: counter('nonces_taken', 'Nonces used by transactions of somebody else'),
    rollbacks: counter('rollbacks', 'Reorganisations that undid told logs'),
    rpcTroubles: counter('rpc_troubles', 'Answers of a node that could not be used'),
    queued: gauge('queued', 'Intents that wait for a transaction'),
    unmined: gauge('unmined', 'Transactions sent and not mined'),
    headBlock: gauge('head_block', 'Newest block seen'),
    toldBlock: gauge('told_block', 'Newest block whose logs were told'),
  }
}
