import { WerenodeError } from '@werenode/core'
import type { Eip1193Provider } from '@werenode/sdk'

/** Extensions answer at once; longer than this none is there. */
const answerWithinMs = 400

/** The first wallet that announces itself in this browser (EIP-6963). */
export const findWallet = (): Promise<Eip1193Provider> =>
  new Promise((resolve, reject) => {
    const heard = (event: Event): void => {
      const { detail } = event as CustomEvent<{ readonly provider: Eip1193Provider }>
      stop()
      resolve(detail.provider)
    }
    const stop = (): void => {
      clearTimeout(timer)
      removeEventListener('eip6963:announceProvider', heard)
    }
    const timer = setTimeout(() => {
      stop()
      reject(
        new WerenodeError('not-found', 'No wallet answers in this browser', {
          hint: 'Install one, or send the call by hand.',
        }),
      )
    }, answerWithinMs)
    addEventListener('eip6963:announceProvider', heard)
    dispatchEvent(new Event('eip6963:requestProvider'))
  })

/** Sends a call from the driver's own account, on the chain it is for. Gives the transaction's hash. */
export const sendCall = async (
  wallet: Eip1193Provider,
  call: { readonly chainId: number; readonly from: string; readonly to: string; readonly data: string },
): Promise<string> => {
  const accounts = (await wallet.request({ method: 'eth_requestAccounts' })) as readonly string[]
  const from = accounts.find((account) => account.toLowerCase() === call.from.toLowerCase())
  if (from === undefined)
    throw new WerenodeError('not-allowed', `This charge is of ${call.from}`, {
      hint: 'Choose that account in the wallet.',
    })
  const chainId = `0x${call.chainId.toString(16)}`
  if ((await wallet.request({ method: 'eth_chainId' })) !== chainId)
    await wallet.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] })
  return (await wallet.request({
    method: 'eth_sendTransaction',
    params: [{ from, to: call.to, data: call.data }],
  })) as string
}

/** The account a wallet shows, and its signature of a text. */
export const signText = async (
  wallet: Eip1193Provider,
  textOf: (address: string) => Promise<string>,
): Promise<{ readonly text: string; readonly signature: string }> => {
  const [address] = (await wallet.request({ method: 'eth_requestAccounts' })) as readonly string[]
  if (address === undefined)
    throw new WerenodeError('not-allowed', 'The wallet shows no account', { hint: 'Unlock it.' })
  const text = await textOf(address)
  const hex = `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  return { text, signature: (await wallet.request({ method: 'personal_sign', params: [hex, address] })) as string }
}
