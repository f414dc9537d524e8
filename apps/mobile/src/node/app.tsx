import { pickLocale } from '@werenode/design/format'
import { createMapModel, type MapModel, nodePlaces } from '@werenode/map'
import { createWerenode, type Werenode } from '@werenode/sdk'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { AppState } from 'react-native'
import { type Charges, createCharges } from '../charge/charges'
import { createTellBeside } from '../charge/tell-beside'
import { keep, keptText } from '../device/keep'
import { languages } from '../device/language'
import { isOnline, onNetwork } from '../device/network'
import { nodeOfBuild } from '../device/node-address'
import { nodeFetch } from '../device/node-fetch'
import { nameChannels } from '../device/notifications'
import { pairingOfBuild } from '../device/pairing-config'
import { vault } from '../device/vault'
import { LookProvider } from '../look/theme'
import { createConnector } from '../wallet/connect'
import { type Ask, createKeyRing, type KeyRing, type WalletCard } from '../wallet/key-ring'
import { createOwnWallet, type OwnWallet } from '../wallet/own-wallet'
import { type Words, WordsProvider, wordsOf } from '../words/words'
import { readSettings, type Settings, writeSettings } from './settings'

/** What is being asked of the person before something is signed. */
export interface Unlocking {
  readonly why: string
  readonly attempt: (pin: string | undefined) => Promise<boolean>
  readonly done: (opened: boolean) => void
}

interface App {
  readonly node: string
  readonly werenode: Werenode
  readonly keyRing: KeyRing
  /** A person's own wallet over WalletConnect: while there is one, it takes the place of the device's. */
  readonly own: OwnWallet
  /** The wallet that pays here, whichever of the two it is. */
  readonly card: WalletCard | undefined
  readonly charges: Charges
  readonly map: MapModel
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
  readonly online: boolean
  readonly unlocking: Unlocking | undefined
}

const AppContext = createContext<App | undefined>(undefined)

export const useApp = (): App => {
  const app = useContext(AppContext)
  if (!app) throw new Error('useApp is for what stands inside AppProvider.')
  return app
}

/** Everything the screens share: the node, the wallet of this device, the charges that run, what was chosen. */
export const AppProvider = ({ children, made }: { readonly children: ReactNode; readonly made?: Partial<App> }) => {
  const [settings, setSettings] = useState(() => readSettings(keptText))
  const [unlocking, setUnlocking] = useState<Unlocking>()
  const [online, setOnline] = useState(true)
  const node = settings.node ?? nodeOfBuild() ?? ''

  const keyRing = useMemo(() => {
    const ask: Ask = (why, attempt) =>
      vault.guard === 'device'
        ? attempt(undefined)
        : new Promise<boolean>((resolve) =>
            setUnlocking({
              why,
              attempt,
              done: (opened) => {
                setUnlocking(undefined)
                resolve(opened)
              },
            }),
          )
    return createKeyRing({ vault, text: keptText, ask })
  }, [])
  const nodeNow = useRef(node)
  nodeNow.current = node
  const own = useMemo(
    () =>
      createOwnWallet({
        text: keptText,
        connector: (onEnded) => {
          const pairing = pairingOfBuild()
          return pairing && createConnector({ ...pairing, onEnded, place: () => nodeNow.current })
        },
      }),
    [],
  )
  const ownCard = useSyncExternalStore(
    own.subscribe,
    () => own.state().card,
    () => own.state().card,
  )
  const deviceCard = useSyncExternalStore(keyRing.subscribe, keyRing.card, keyRing.card)
  const card = useMemo<WalletCard | undefined>(
    () => (ownCard ? { address: ownCard.address, kind: 'connect', written: true, name: ownCard.name } : deviceCard),
    [ownCard, deviceCard],
  )
  const address = card?.address

  // Another address is another client, with a login of its own
  const werenode = useMemo(() => {
    const wallet = own.wallet() ?? keyRing.wallet()
    return createWerenode({
      baseUrl: node === '' ? 'http://localhost' : node,
      storage: keep,
      fetch: nodeFetch,
      ...(wallet ? { wallet } : { autoSignIn: false }),
    })
  }, [node, address, keyRing, own])
  const client = useRef(werenode)
  client.current = werenode

  const locale = settings.locale === 'system' ? pickLocale(languages()) : settings.locale
  const words = useRef<Words>(wordsOf(locale))
  words.current = useMemo(() => wordsOf(locale), [locale])

  useEffect(() => {
    const { t } = words.current
    // Without their names in this language Android shows the ones of before.
    nameChannels({ charges: t('account.noticesCharges'), ongoing: t('charge.running') }).catch(() => undefined)
  }, [locale])

  const charges = useMemo(
    () =>
      createCharges({
        werenode: () => client.current,
        text: keptText,
        tell: createTellBeside(() => words.current),
      }),
    [],
  )
  const map = useMemo(() => createMapModel({ source: nodePlaces(node, nodeFetch), keep: keptText }), [node])

  useEffect(() => {
    const take = (now: boolean): void => {
      setOnline(now)
      charges.network(now)
      if (now) map.retry()
    }
    void isOnline().then(take)
    return onNetwork(take)
  }, [charges, map])

  // Another wallet has other charges
  useEffect(() => {
    if (address === undefined) return
    const resume = async (): Promise<void> => {
      // Nobody is asked for a signature only because the app was opened.
      if ((await client.current.login()) !== undefined) await charges.resume()
    }
    // Without a node the charges stay as they were kept; the network's return tries again.
    resume().catch(() => undefined)
    const listening = AppState.addEventListener('change', (state) => {
      if (state === 'active') resume().catch(() => undefined)
    })
    return () => listening.remove()
  }, [address, node, charges])

  const app = useMemo<App>(
    () => ({
      node,
      werenode,
      keyRing,
      card,
      charges,
      map,
      settings,
      change: (part) =>
        setSettings((before) => {
          const next = { ...before, ...part }
          writeSettings(keptText, next)
          return next
        }),
      online,
      unlocking,
      own,
      ...made,
    }),
    [node, werenode, keyRing, own, card, charges, map, settings, online, unlocking, made],
  )

  return (
    <AppContext.Provider value={app}>
      <WordsProvider locale={locale}>
        <LookProvider choice={settings}>{children}</LookProvider>
      </WordsProvider>
    </AppContext.Provider>
  )
}
