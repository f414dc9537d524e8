import { act, fireEvent, render, screen } from '@testing-library/react-native'
import * as Camera from 'expo-camera'
import * as DocumentPicker from 'expo-document-picker'
import * as Network from 'expo-network'
import * as Sharing from 'expo-sharing'
import { Linking, Platform } from 'react-native'
import { SafeAreaProvider } from 'react-native-safe-area-context'
import { giveFile, takeTextFile } from '../src/device/files'
import { languages } from '../src/device/language'
import { navigateTo, openPage } from '../src/device/links'
import { isOnline, onNetwork } from '../src/device/network'
import { nodeOfBuild } from '../src/device/node-address'
import { pairingOfBuild } from '../src/device/pairing-config'
import { Scanner } from '../src/device/Scanner'
import { LookProvider } from '../src/look/theme'
import { usual } from '../src/node/settings'
import { ConnectScreen } from '../src/screens/ConnectScreen'
import { ScanScreen } from '../src/screens/ScanScreen'
import { WordsProvider } from '../src/words/words'

let mockPermission: { granted: boolean; canAskAgain: boolean } | null = null
const mockAsk = jest.fn()
let mockExtra: object | undefined
const mockDisk = new Map<string, string | Uint8Array>()
const mockReplace = jest.fn()
const mockConnect = jest.fn()
jest.mock('expo-camera', () => ({
  CameraView: jest.fn(() => null),
  useCameraPermissions: () => [mockPermission, mockAsk],
}))
jest.mock('expo-constants', () => ({
  __esModule: true,
  default: {
    get expoConfig() {
      return { extra: mockExtra }
    },
  },
}))
jest.mock('expo-document-picker', () => ({ getDocumentAsync: jest.fn() }))
jest.mock('expo-file-system', () => ({
  Paths: { cache: 'cache' },
  File: class {
    readonly uri: string
    constructor(...parts: readonly string[]) {
      this.uri = parts.join('/')
    }
    get exists() {
      return mockDisk.has(this.uri)
    }
    create() {
      if (this.exists) throw new Error('It exists')
      mockDisk.set(this.uri, '')
    }
    delete() {
      mockDisk.delete(this.uri)
    }
    write(content: string | Uint8Array) {
      mockDisk.set(this.uri, content)
    }
    async text() {
      return String(mockDisk.get(this.uri))
    }
  },
}))
jest.mock('expo-sharing', () => ({ shareAsync: jest.fn(async () => undefined) }))
jest.mock('expo-network', () => ({ getNetworkStateAsync: jest.fn(), addNetworkStateListener: jest.fn() }))
jest.mock('expo-localization', () => ({ getLocales: () => [{ languageTag: 'fr-FR' }, { languageTag: 'en-GB' }] }))
jest.mock('expo-router', () => ({
  useRouter: () => ({ replace: mockReplace, canGoBack: () => false }),
  usePathname: () => '/scan',
}))
jest.mock('../src/node/app', () => ({
  useApp: () => ({ werenode: { network: async () => ({ chainId: 31_337 }) }, own: { connect: mockConnect } }),
}))

const shown = (part: React.ReactNode) =>
  render(
    <WordsProvider locale="en">
      <LookProvider choice={usual}>
        <SafeAreaProvider
          initialMetrics={{
            frame: { x: 0, y: 0, width: 390, height: 844 },
            insets: { top: 0, left: 0, right: 0, bottom: 0 },
          }}
        >
          {part}
        </SafeAreaProvider>
      </LookProvider>
    </WordsProvider>,
  )
const settled = () => act(async () => undefined)
beforeEach(() => jest.clearAllMocks())

describe('the camera', () => {
  const states = async (permission: typeof mockPermission): Promise<readonly string[]> => {
    mockPermission = permission
    const told: string[] = []
    render(<Scanner onCode={() => undefined} onState={(state) => told.push(state)} />)
    await settled()
    return told
  }
  test('asks once where it may ask, and looks only where it may', async () => {
    expect(await states(null)).toEqual(['asking'])
    expect(mockAsk).not.toHaveBeenCalled()
    expect(await states({ granted: false, canAskAgain: true })).toEqual(['asking'])
    expect(mockAsk).toHaveBeenCalledTimes(1)
    expect(await states({ granted: false, canAskAgain: false })).toEqual(['denied'])
    expect(Camera.CameraView).not.toHaveBeenCalled()
    expect(await states({ granted: true, canAskAgain: true })).toEqual(['looking'])
    expect(jest.mocked(Camera.CameraView).mock.calls[0]![0]).toMatchObject({
      barcodeScannerSettings: { barcodeTypes: ['qr'] },
    })
  })
  test('a code leads to its plug once, however often it is seen; another code is said to lead nowhere', async () => {
    mockPermission = { granted: true, canAskAgain: true }
    shown(<ScanScreen />)
    await settled()
    const seen = (data: string) =>
      act(() => jest.mocked(Camera.CameraView).mock.calls.at(-1)![0].onBarcodeScanned!({ data } as never))
    seen('https://shop.example/biscuits')
    expect(screen.getByRole('alert')).toHaveTextContent('This code leads to no plug: https://shop.example/biscuits')
    seen('https://charge.example/c/FRWRNE000003')
    seen('https://charge.example/c/FRWRNE000003')
    expect(mockReplace.mock.calls).toEqual([['/plug/FRWRNE000003']])
  })
  test('who refuses it reads why it is dark, and types the number', async () => {
    mockPermission = { granted: false, canAskAgain: false }
    shown(<ScanScreen />)
    await settled()
    expect(screen.getByText(/may not use the camera.+type the number/)).toBeOnTheScreen()
    fireEvent.changeText(screen.getByLabelText('Number at the plug'), 'fr*wrn*e000001')
    fireEvent.press(screen.getByRole('button', { name: 'Go to the plug' }))
    expect(mockReplace).toHaveBeenCalledWith('/plug/FR*WRN*E000001')
  })
})

describe('files', () => {
  test('one is handed over under its name, in the place of the one before', async () => {
    await giveFile('receipt.pdf', 'application/pdf', 'old')
    await giveFile('receipt.pdf', 'application/pdf', 'new')
    expect(mockDisk.get('cache/receipt.pdf')).toBe('new')
    expect(Sharing.shareAsync).toHaveBeenLastCalledWith('cache/receipt.pdf', {
      mimeType: 'application/pdf',
      dialogTitle: 'receipt.pdf',
    })
  })
  test('who chooses none has chosen none', async () => {
    jest.mocked(DocumentPicker.getDocumentAsync).mockResolvedValueOnce({ canceled: true } as never)
    expect(await takeTextFile()).toBeUndefined()
    mockDisk.set('backup.json', '{}')
    const assets = [{ uri: 'backup.json' }]
    jest.mocked(DocumentPicker.getDocumentAsync).mockResolvedValueOnce({ canceled: false, assets } as never)
    expect(await takeTextFile()).toBe('{}')
  })
})

describe('other apps', () => {
  const place = { lat: 47.2, lon: -1.5, name: 'Nantes, Gare Sud' }
  test('the navigation the person has is given the place, and a page where there is none', async () => {
    const open = jest.spyOn(Linking, 'openURL').mockResolvedValue(true)
    await navigateTo(place)
    expect(open).toHaveBeenLastCalledWith('maps://?daddr=47.2,-1.5&q=Nantes%2C%20Gare%20Sud')
    const system = jest.replaceProperty(Platform, 'OS', 'android')
    await navigateTo(place)
    expect(open).toHaveBeenLastCalledWith('geo:47.2,-1.5?q=47.2,-1.5(Nantes%2C%20Gare%20Sud)')
    system.restore()
    open.mockRejectedValueOnce(new Error('No app'))
    await navigateTo(place)
    expect(open).toHaveBeenLastCalledWith('https://www.openstreetmap.org/directions?to=47.2,-1.5')
    await openPage('https://charge.example/r/1')
    expect(open).toHaveBeenLastCalledWith('https://charge.example/r/1')
  })
  test('a wallet that is not on this device is said not to be', async () => {
    mockExtra = { walletConnectProjectId: 'a-project' }
    mockConnect.mockImplementation(({ show }: { show: (address: string) => void }) => {
      show('wc:00')
      return new Promise(() => undefined)
    })
    shown(<ConnectScreen />)
    await act(async () => fireEvent.press(screen.getByTestId('connect')))
    jest.spyOn(Linking, 'openURL').mockRejectedValueOnce(new Error('No Activity found to handle Intent'))
    await act(async () => fireEvent.press(screen.getByRole('button', { name: 'Open' })))
    expect(screen.getByText(/^No wallet on this device opened it\./)).toBeOnTheScreen()
    // Who goes back waits no longer.
    const [{ signal }] = mockConnect.mock.calls[0] as [{ signal: AbortSignal }]
    expect(signal.aborted).toBe(false)
    screen.unmount()
    expect(signal.aborted).toBe(true)
  })
})

test('the network’s coming and going is told, and what does not know counts as there', async () => {
  jest.mocked(Network.getNetworkStateAsync).mockResolvedValueOnce({ isConnected: false })
  expect(await isOnline()).toBe(false)
  jest.mocked(Network.getNetworkStateAsync).mockResolvedValueOnce({})
  expect(await isOnline()).toBe(true)
  const remove = jest.fn()
  jest.mocked(Network.addNetworkStateListener).mockReturnValueOnce({ remove } as never)
  const told: boolean[] = []
  const end = onNetwork((online) => told.push(online))
  const [tell] = jest.mocked(Network.addNetworkStateListener).mock.calls[0]!
  tell({ isConnected: false } as never)
  tell({ isConnected: true } as never)
  end()
  expect(told).toEqual([false, true])
  expect(remove).toHaveBeenCalled()
})

test('languages come in the person’s order', () => expect(languages()).toEqual(['fr-FR', 'en-GB']))

describe('what a build is configured with', () => {
  test('without anything there is no node and no WalletConnect, and that is said', () => {
    mockExtra = undefined
    expect([nodeOfBuild(), pairingOfBuild()]).toEqual([undefined, undefined])
    shown(<ConnectScreen />)
    expect(screen.getByText('WalletConnect is not set up for this copy of the app.')).toBeOnTheScreen()
    expect(screen.queryByTestId('connect')).toBeNull()
  })
  test('a node, a project, and another relay', () => {
    mockExtra = { nodeUrl: 'https://charge.example', walletConnectProjectId: 'a1', walletConnectRelayUrl: '' }
    expect([nodeOfBuild(), pairingOfBuild()]).toEqual(['https://charge.example', { projectId: 'a1' }])
    mockExtra = { walletConnectProjectId: 'a1', walletConnectRelayUrl: 'wss://relay.example' }
    expect(pairingOfBuild()).toEqual({ projectId: 'a1', relayUrl: 'wss://relay.example' })
  })
})
