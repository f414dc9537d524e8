// The script of the sign-in and account pages: shows the ways that need one, and fills their forms. All else works without it.
const show = (id) => {
  document.getElementById(id).hidden = false
}
const json = async (path, form) => {
  const answer = await fetch(path, { method: 'POST', ...(form ? { body: new URLSearchParams(form) } : {}) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}
const fillBy = (form, work) => {
  if (!form) return
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      for (const [name, value] of Object.entries(await work())) form.elements.namedItem(name).value = value
      form.submit()
    } catch (error) {
      // The person turned away, or the browser cannot: the page says so, the console says why.
      console.warn(error)
      show('trouble')
    }
  })
}

const passkey = document.getElementById('passkey')
if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON)
  fillBy(passkey, async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await json('/auth/passkeys/options'))
    const credential = await navigator.credentials.get({ publicKey })
    return { response: JSON.stringify(credential.toJSON()) }
  })

const newPasskey = document.getElementById('new-passkey')
if (globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON)
  fillBy(newPasskey, async () => {
    const { value: csrf } = newPasskey.elements.namedItem('csrf')
    const options = await json('/auth/account/passkeys/options', { csrf })
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    const credential = await navigator.credentials.create({ publicKey })
    return { response: JSON.stringify(credential.toJSON()) }
  })

// EIP-6963 first, EIP-1193 for wallets that do not announce themselves.
const wallets = []
globalThis.addEventListener('eip6963:announceProvider', (event) => wallets.push(event.detail.provider))
globalThis.dispatchEvent(new Event('eip6963:requestProvider'))
const hexOf = (text) =>
  `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`

fillBy(document.getElementById('wallet'), async () => {
  const provider = wallets[0] ?? globalThis.ethereum
  if (!provider) {
    show('no-wallet')
    throw new Error('no wallet')
  }
  const { nonce, domain, uri, chainId } = await json('/auth/siwe/nonce')
  const [address] = await provider.request({ method: 'eth_requestAccounts' })
  const message = `${domain} wants you to sign in with your Ethereum account:\n${address}\n\n\nURI: ${uri}\nVersion: 1\nChain ID: ${chainId}\nNonce: ${nonce}\nIssued At: ${new Date().toISOString()}`
  return { message, signature: await provider.request({ method: 'personal_sign', params: [hexOf(message), address] }) }
})
