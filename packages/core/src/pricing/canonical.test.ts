import { expect, test } from 'vitest'
import { canonicalTariff } from './canonical.ts'
import { parseTariff } from './parse-tariff.ts'

const text = (json: string, timeZone = 'Europe/Paris') => canonicalTariff(parseTariff(JSON.parse(json)), timeZone)

test('key order, number format and fields without a price do not change the text that is hashed', () => {
  const one =
    '{"id":"1","currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":0.25,"step_size":1}]}]}'
  const other =
    '{"last_updated":"2026-01-01T00:00:00Z","elements":[{"price_components":[{"step_size":1.0,"price":2.50e-1,"type":"ENERGY","vat":null}]}],"currency":"EUR","id":"1"}'
  expect(text(one)).toBe(
    '{"currency":"EUR","elements":[{"price_components":[{"price":"0.25","step_size":"1","type":"ENERGY"}]}],"id":"1","time_zone":"Europe/Paris"}',
  )
  expect(text(other)).toBe(text(one))
  expect(text(one, 'UTC')).not.toBe(text(one))
})
