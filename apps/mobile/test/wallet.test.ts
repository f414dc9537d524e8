import { webcrypto } from 'node:crypto'
import { verifyMessage } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { pinVault } from '../src/device/pin-vault'
import { openBackup, readBackup, sealBackup } from '../src/wallet/backup'
import { createKeyRing } from '../src/wallet/key-ring'
import { accountOf, newPhrase, secretOf } from '../src/wallet/phrase'
import { textStore } from './stand-ins'

/** Of BIP-39's own test vectors; the first account every wallet shows for it. */
const known = 'test test test test test test test test test test test junk'
const knownAddress = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const light = { n: 16, r: 1, p: 1 }

const records = () => {
  const kept = new Map<string, unknown>()
  return {
    kept,
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key: string, value: unknown) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  }
}
const vaultOf = (store = records()) => pinVault(store, webcrypto as unknown as Crypto, 1_000)

describe('a phrase', () => {
  test('gives the account that every wallet finds', () => {
    expect(accountOf({ phrase: known }).address).toBe(knownAddress)
  })
  test('is new each time and good', () => {
    const [one, other] = [newPhrase(), newPhrase()]
    expect(one).not.toBe(other)
    expect(one.split(' ')).toHaveLength(12)
    expect(secretOf(one)).toEqual({ phrase: one })
  })
  test('is read however it was typed', () => {
    expect(secretOf(`  ${known.toUpperCase().replaceAll(' ', '\n ')} `)).toEqual({ phrase: known })
  })
  test('with a wrong word is refused', () => {
    expect(secretOf(known.replace('junk', 'test'))).toBe('not-a-phrase')
    expect(secretOf('hello')).toBe('not-a-phrase')
    expect(secretOf('0x12')).toBe('not-a-key')
  })
})

describe('a backup', () => {
  test('comes back with its password, and with its phrase', async () => {
    const backup = await sealBackup({ phrase: known }, 'correct horse', light)
    const read = readBackup(JSON.stringify(backup))!
    expect(read.address).toBe(knownAddress.slice(2).toLowerCase())
    expect(await openBackup(read, 'correct horse')).toEqual({ phrase: known })
    expect(await openBackup(read, 'wrong horse')).toBeUndefined()
    expect(JSON.stringify(backup)).not.toContain('junk')
  })

  test('of another wallet is read: the test vector of Web3 Secret Storage', async () => {
    const vector = {
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
        ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
        kdf: 'scrypt',
        kdfparams: {
          dklen: 32,
          n: 262144,
          p: 8,
          r: 1,
          salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
        },
        mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
      },
      id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
      version: 3,
    }
    expect(await openBackup(readBackup(JSON.stringify(vector))!, 'testpassword')).toEqual({
      key: '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d',
    })
  })

  test.each(['', '{}', '[]', 'null', '{"version":3}', '{"version":3,"crypto":{"kdf":"pbkdf2"}}'])(
    '%p is none',
    (text) => expect(readBackup(text)).toBeUndefined(),
  )

  test('that would keep a phone busy for hours is refused', async () => {
    const backup = await sealBackup({ phrase: known }, 'correct horse', light)
    const greedy = {
      ...backup,
      crypto: { ...backup.crypto, kdfparams: { ...backup.crypto.kdfparams, n: 2 ** 30 } },
    }
    expect(readBackup(JSON.stringify(greedy))).toBeUndefined()
  })
})

describe('the vault of a browser', () => {
  test('opens with the PIN alone, and keeps nothing that can be read', async () => {
    const store = records()
    const vault = vaultOf(store)
    await vault.keep({ phrase: known }, '246810')
    expect(await vault.open('', '246810')).toEqual({ phrase: known })
    expect(await vault.open('', '000000')).toBeUndefined()
    expect(await vault.open('', undefined)).toBeUndefined()
    const { text, boxKey } = store.kept.get('wallet') as { text: ArrayBuffer; boxKey: CryptoKey }
    expect(Buffer.from(text).toString('latin1')).not.toContain('junk')
    expect(boxKey.extractable).toBe(false)
  })
  test('that is empty says how to go on', async () => {
    await expect(vaultOf().open('', '246810')).rejects.toThrow('phrase')
  })
})

describe('the key ring', () => {
  const ring = (pins: (string | undefined)[], vault = vaultOf()) => {
    const asked: string[] = []
    let now = 0
    const text = textStore()
    const make = () =>
      createKeyRing({
        vault,
        text,
        clock: () => now,
        ask: async (why, attempt) => {
          asked.push(why)
          const pin = pins.shift()
          return pin !== undefined && attempt(pin)
        },
      })
    return { make, asked, later: (ms: number) => (now += ms) }
  }

  test('makes a wallet that signs at once, and asks again later', async () => {
    const { make, asked, later } = ring(['246810'])
    const keys = make()
    const { address } = await keys.create('246810')
    const signature = await keys.wallet()!.signMessage('hello')
    expect(await verifyMessage({ address, message: 'hello', signature })).toBe(true)
    expect(asked).toEqual([])
    later(10 * 60_000)
    await keys.because('to test', () => keys.wallet()!.signMessage('hello'))
    expect(asked).toEqual(['to test'])
  })

  test('signs nothing for who does not prove who they are', async () => {
    const { make, later } = ring([undefined])
    const keys = make()
    await keys.create('246810')
    later(10 * 60_000)
    await expect(keys.wallet()!.signMessage('hello')).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('knows its wallet again after the app was killed', async () => {
    const { make } = ring([])
    const card = await make().bringIn({ phrase: known }, '246810')
    const again = make()
    expect(again.card()).toEqual({ ...card, address: knownAddress.toLowerCase(), kind: 'phrase', written: true })
    expect(again.wallet()!.address).toBe(mnemonicToAccount(known).address.toLowerCase())
  })

  test('forgets what it is told to forget', async () => {
    const { make } = ring([])
    const keys = make()
    await keys.create('246810')
    await keys.forget()
    expect(keys.card()).toBeUndefined()
    expect(keys.wallet()).toBeUndefined()
    expect(make().card()).toBeUndefined()
  })
})
