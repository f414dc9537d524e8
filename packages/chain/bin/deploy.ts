// Deploys Werenode's contracts to any EVM chain (Cancun or later) and enters them into an address book.
//   WERENODE_DEPLOY_KEY=0x... node packages/chain/bin/deploy.ts CONFIG.json [--allow-unknown-chain]
//   node packages/chain/bin/deploy.ts CONFIG.json --verify      reads back what the book names; sends nothing
// CONFIG.json: { "rpcUrl", "addressBook": "addresses.json", "tokens": [{ "address", "symbol", "domainName", "domainVersion" }] }
// Paths are relative to CONFIG.json. The key pays for gas and has no power afterwards.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { WerenodeError } from '@werenode/core'
import { createWalletClient, http, isAddress, isHex, publicActions } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { type AddressBookJson, addressBook, addressesToJson, type TokenEntry } from '../src/addresses.ts'
import { deployWerenode, verifyDeployment } from '../src/deploy/index.ts'

interface DeployConfig {
  readonly rpcUrl: string
  readonly tokens: readonly TokenEntry[]
  /** Where the book is, an absolute path. */
  readonly addressBook: string
}

const invalid = (what: string, hint: string, cause?: unknown): WerenodeError =>
  new WerenodeError('invalid-input', what, { hint, ...(cause === undefined ? {} : { cause }) })

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw invalid(`${path} is not JSON`, 'Correct it and run again.', cause)
  }
}

const readConfig = async (path: string): Promise<DeployConfig> => {
  const json = (await readJson(path)) as Partial<DeployConfig> | undefined
  if (json === undefined) throw invalid(`There is no ${path}`, 'Name a JSON file with rpcUrl, addressBook and tokens.')
  if (typeof json.rpcUrl !== 'string' || !/^https?:\/\//.test(json.rpcUrl))
    throw invalid(`rpcUrl in ${path} is not an address`, 'Write it like https://rpc.example.org.')
  const tokens = Array.isArray(json.tokens) ? json.tokens : []
  for (const token of tokens)
    if (!isAddress(token?.address ?? '') || [token.symbol, token.domainName, token.domainVersion].some((text) => !text))
      throw invalid(
        `A token in ${path} is not whole: ${JSON.stringify(token)}`,
        'Each needs address (with its checksum), symbol, domainName and domainVersion.',
      )
  return { rpcUrl: json.rpcUrl, tokens, addressBook: resolve(dirname(path), json.addressBook ?? 'addresses.json') }
}

/** Only from the environment: arguments can be seen by every user of the machine. */
const readKey = () => {
  const key = process.env.WERENODE_DEPLOY_KEY
  if (key === undefined || !isHex(key) || key.length !== 66)
    throw invalid(
      'WERENODE_DEPLOY_KEY is not a private key',
      'Set it to 0x and 64 hexadecimal digits; it pays for gas.',
    )
  return privateKeyToAccount(key)
}

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { verify: { type: 'boolean' }, 'allow-unknown-chain': { type: 'boolean' } },
  })
  const config = await readConfig(resolve(positionals[0] ?? 'deploy.json'))
  const book = ((await readJson(config.addressBook)) ?? {}) as AddressBookJson
  const account = values.verify ? privateKeyToAccount(generatePrivateKey()) : readKey()
  const client = createWalletClient({ account, transport: http(config.rpcUrl) }).extend(publicActions)
  if (values.verify) {
    const known = addressBook(book).of(await client.getChainId())
    await verifyDeployment(client, known)
    console.log(`Chain ${known.chainId}: everything is as committed, and every part names the others.`)
    return
  }
  const deployed = await deployWerenode({
    client,
    tokens: config.tokens,
    allowUnknownChain: values['allow-unknown-chain'] === true,
    onProgress: (step) => console.log(step),
  })
  const before = book[deployed.chainId]
  // A second run finds the same contracts: their first block stays.
  const same = before?.escrow.toLowerCase() === deployed.escrow.toLowerCase()
  const entry = same ? { ...deployed, fromBlock: BigInt(before!.fromBlock) } : deployed
  await writeFile(`${config.addressBook}.new`, `${JSON.stringify({ ...book, ...addressesToJson(entry) }, null, 2)}\n`)
  await rename(`${config.addressBook}.new`, config.addressBook)
  console.log(`Chain ${deployed.chainId}: escrow ${deployed.escrow}, read back and entered into ${config.addressBook}`)
}

try {
  await main()
} catch (error) {
  const { message, hint } = error as { message: string; hint?: string }
  console.error(hint === undefined ? message : `${message}. ${hint}`)
  process.exitCode = 1
}
