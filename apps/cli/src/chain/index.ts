export { anvilBinary } from './anvil-binary.ts'
export { type EmbeddedChain, type EmbeddedChainOptions, startEmbeddedChain } from './embedded-chain.ts'
export { openLocalNetwork } from './local-network.ts'
