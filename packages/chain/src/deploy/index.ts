export { type Bytecode, type ContractName, contracts, isCodeOf } from './contracts.ts'
export { create2Address, create2Proxy, ensureCreate2Proxy, type SendingClient } from './create2.ts'
export { type DeployOptions, deployWerenode, knownChains, localChainId, verifyDeployment } from './deploy.ts'
export { deployLocal, testEuro, testEuroAddress } from './local.ts'
