/**
 * What the public door lets through: reading, estimating and sending signed transactions. Nothing that changes the node itself
 * (`anvil_*`, `evm_*`, `hardhat_*`, `debug_*`), nothing that signs for anybody, no filters (they would be state of a stranger in
 * our node; clients fall back to eth_getLogs). The number is the call's weight for the rate limit.
 */
export const allowedMethods: ReadonlyMap<string, number> = new Map([
  ['eth_accounts', 1],
  ['eth_blockNumber', 1],
  ['eth_call', 4],
  ['eth_chainId', 1],
  ['eth_estimateGas', 6],
  ['eth_feeHistory', 2],
  ['eth_gasPrice', 1],
  ['eth_getBalance', 1],
  ['eth_getBlockByHash', 2],
  ['eth_getBlockByNumber', 2],
  ['eth_getBlockReceipts', 5],
  ['eth_getBlockTransactionCountByHash', 1],
  ['eth_getBlockTransactionCountByNumber', 1],
  ['eth_getCode', 1],
  ['eth_getLogs', 10],
  ['eth_getStorageAt', 1],
  ['eth_getTransactionByBlockHashAndIndex', 1],
  ['eth_getTransactionByBlockNumberAndIndex', 1],
  ['eth_getTransactionByHash', 1],
  ['eth_getTransactionCount', 1],
  ['eth_getTransactionReceipt', 1],
  ['eth_maxPriorityFeePerGas', 1],
  ['eth_sendRawTransaction', 5],
  ['eth_subscribe', 10],
  ['eth_syncing', 1],
  ['eth_unsubscribe', 1],
  ['net_listening', 1],
  ['net_version', 1],
  ['web3_clientVersion', 1],
])

/** Subscriptions a WebSocket client may hold; the mempool's are nobody's business. */
export const allowedSubscriptions: ReadonlySet<string> = new Set(['newHeads', 'logs'])
