import { catalogueFaults } from '@werenode/design/catalogue'
import { plugIn } from '../src/find/code'
import { chargeOf } from '../src/find/price-of-charge'
import { readSettings, usual, writeSettings } from '../src/node/settings'
import { catalogue, wordsOf } from '../src/words/words'
import { textStore } from './stand-ins'

describe('words', () => {
  test('are the same keys, places and plurals in every language', () => {
    expect(catalogueFaults(catalogue)).toEqual([])
  })

  test('say a problem in the reader’s language', () => {
    expect(wordsOf('fr').say(new Error('no words for this')).what).toBe('no words for this')
  })
})

describe('a code at a plug', () => {
  test.each([
    ['FR*WRN*E000001', 'FR*WRN*E000001'],
    [' frwrne000001 ', 'FRWRNE000001'],
    ['https://charge.example/c/FR*WRN*E000001*1', 'FR*WRN*E000001*1'],
    ['https://charge.example/fr/c/FR%2AWRN%2AE000001', 'FR*WRN*E000001'],
    ['https://charge.example/mobile/plug/FR*WRN*E000001', 'FR*WRN*E000001'],
  ])('%s leads to a plug', (text, plug) => expect(plugIn(text)).toBe(plug))

  test.each(['', 'hello', 'https://evil.example/x', 'https://charge.example/c/%E0%A4%A', 'WIFI:S:home;;', 'FR*WRN'])(
    '%p leads to none',
    (text) => expect(plugIn(text)).toBeUndefined(),
  )
})

describe('my charge', () => {
  test('is the share of my battery', () => {
    expect(chargeOf({ batteryWh: 60_000 }, 20, 80)).toEqual({ energyWh: 36_000 })
  })
  test('is of a usual car when mine is not known', () => {
    expect(chargeOf(undefined, 10, 90)).toEqual({ energyWh: 40_000 })
  })
  test('never is less than something, whatever was typed', () => {
    expect(chargeOf({ batteryWh: 60_000 }, 90, 20).energyWh).toBe(100)
    expect(chargeOf({ batteryWh: 60_000 }, -50, 500).energyWh).toBe(60_000)
  })
})

describe('settings', () => {
  test('outlive the app', () => {
    const text = textStore()
    writeSettings(text, { ...usual, theme: 'dark', from: 33 })
    expect(readSettings(text)).toMatchObject({ theme: 'dark', from: 33, locale: 'system' })
  })
  test('that are damaged are as if nothing had been chosen', () => {
    const text = textStore()
    text.setItem('werenode:settings', '{"theme":')
    expect(readSettings(text)).toEqual(usual)
  })
})
