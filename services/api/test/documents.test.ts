import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateSync } from 'node:zlib'
import { answer, newEvent } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invoiceOf } from '../src/documents/invoice.ts'
import { centsOf, netOf, vatOf } from '../src/documents/vat.ts'
import { someBlobs } from './blobs.ts'
import { chargeKeeper, type SignedCharge, signedCharge } from './signed-charge.ts'
import { type Driver, openWorld, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
let world: World
let keeper: ReturnType<typeof chargeKeeper>
let driver: Driver
let other: Driver
let admin: Driver
let removeBlobs: () => Promise<void>
const charges: SignedCharge[] = []
const transactionKey = 'WRN-1/77'
beforeAll(async () => {
  const { blobs, blobUrls, remove } = await someBlobs()
  removeBlobs = remove
  world = await openWorld({ blobs, blobUrls, admins: [adminAccount.address] })
  keeper = chargeKeeper(world.bus)
  answer(world.bus, 'manager.sessions', async () => ({ items: [] }))
  await world.api.start({ port: 0 })
  admin = await world.driver(adminAccount)
  driver = await world.driver()
  other = await world.driver()
  for (const [day, energyWh] of [
    [3, 10_000],
    [17, 7_777],
    [29, 1],
  ] as const) {
    const startAt = new Date(`2026-10-${String(day).padStart(2, '0')}T08:00:00.000Z`)
    const charge = await signedCharge({ driver: driver.account, startAt, energyWh, startWh: day * 100_000 })
    charges.push({ ...charge, backing: { ...charge.backing, transactionKey } })
    await keeper.tell(charges.at(-1)!)
  }
})
afterAll(async () => {
  await world.close()
  await removeBlobs()
})

const get = (url: string, who: Driver) => world.api.inject({ url, headers: { ...who.headers } })
const send = (method: 'PUT' | 'POST', url: string, who: Driver, payload: object) =>
  world.api.inject({ method, url, headers: { ...who.headers }, payload })
const seller = {
  name: 'Werenode Démo & Fils',
  address: '1 Rue de la Prise',
  postalCode: '69002',
  city: 'Lyon',
  countryCode: 'FR',
  vatId: 'FR32123456789',
  registrationId: '123456789',
}

/** All streams of a PDF, unpacked. */
const streamsOf = (pdf: Buffer): string[] => {
  const texts: string[] = []
  const marker = Buffer.from('stream\n')
  for (let at = pdf.indexOf(marker); at !== -1; at = pdf.indexOf(marker, at + 1)) {
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end') continue
    const end = pdf.indexOf('\nendstream', at)
    const body = pdf.subarray(at + marker.length, end)
    try {
      texts.push(inflateSync(body).toString('utf8'))
    } catch {
      texts.push(body.toString('utf8'))
    }
  }
  return texts
}
/**
 * What ISO 19005-3 asks of such a file, as far as its bytes say without a renderer: metadata that is XML and agrees with the document,
 * an output intent with its profile, every font inside and mapped to text, the XML named and related, nothing that is forbidden.
 */
const mustBePdfA3 = (pdf: Buffer, streams: readonly string[]): void => {
  const text = pdf.toString('latin1')
  const xmp = streams.find((one) => one.includes('<x:xmpmeta'))!
  expect(xmp).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</)
  expect(xmp).toContain('Werenode Démo &amp; Fils')
  // Every tag is closed by its own, and every & is an entity: the library writes names as they are.
  const open: string[] = []
  for (const [, close, name, self] of xmp.matchAll(/<(\/?)([A-Za-z][\w:]*)[^>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name)
    else if (!self) open.push(name!)
  }
  expect(open).toEqual([])
  expect(xmp.replaceAll(/&(amp|lt|gt|quot|apos|#\d+);/g, '')).not.toContain('&')
  expect(text).toMatch(/\/OutputIntents \[/)
  expect(text).toMatch(/\/S \/GTS_PDFA1/)
  expect(text).toMatch(/\/DestOutputProfile \d+ 0 R/)
  const fonts = text.match(/\/Type \/FontDescriptor/g)?.length ?? 0
  expect(fonts).toBeGreaterThan(0)
  expect(text.match(/\/FontFile[23] \d+ 0 R/g)).toHaveLength(fonts)
  expect(text.match(/\/ToUnicode \d+ 0 R/g)).toHaveLength(fonts)
  expect(text).toMatch(/\/AF \[/)
  expect(text).toMatch(/\/UF \(factur-x\.xml\)|\/UF <|\/F \(factur-x\.xml\)/)
  expect(text).toMatch(/\/Subtype \/text#2Fxml/)
  expect(text).toMatch(/\/ID \[</)
  expect(text).not.toMatch(/\/JavaScript|\/Launch|\/Encrypt|\/LZWDecode|\/OpenAction/)
}
const amountOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<ram:${name}[^>]*>([^<]*)</ram:${name}>`).exec(xml)?.[1]

test('the receipt is made once, kept as it was, and its hash stands on the public receipt', async () => {
  const [{ view }] = charges as [SignedCharge]
  const url = `/v1/sessions/${view.id}/receipt.pdf?locale=fr`
  const first = await get(url, driver)
  expect(first.headers['content-type']).toBe('application/pdf')
  const pdf = first.rawPayload
  expect(pdf.toString('latin1')).toMatch(/^%PDF-1\.7/)
  expect(streamsOf(pdf).join()).toContain('<pdfaid:part>3</pdfaid:part>')
  expect((await get(url, driver)).rawPayload.equals(pdf)).toBe(true)
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  const { documents } = (await world.api.inject({ url: `/v1/receipts/${view.id}` })).json()
  expect(documents).toEqual([{ kind: 'receipt', sha256 }])
  expect((await get(`/v1/documents/${sha256}`, driver)).rawPayload.equals(pdf)).toBe(true)
  expect((await get(`/v1/documents/${sha256}`, other)).statusCode).toBe(404)
  expect((await get(url, other)).statusCode).toBe(404)
  // A signed address opens it without a login, for a while.
  const link = await send('POST', `/v1/documents/${sha256}/link`, driver, {})
  const signed = new URL(link.json().url)
  expect((await world.api.inject({ url: signed.pathname + signed.search })).rawPayload.equals(pdf)).toBe(true)
  expect((await world.api.inject({ url: signed.pathname })).statusCode).toBe(400)
  expect((await send('POST', `/v1/documents/${sha256}/link`, other, {})).statusCode).toBe(404)
})

test('a receipt before the settlement is refused', async () => {
  const whole = await signedCharge({ driver: driver.account, startAt: new Date('2026-11-20T08:00:00Z'), energyWh: 900 })
  keeper.put({ ...whole, view: { ...whole.view, state: 'charging' } })
  expect((await get(`/v1/sessions/${whole.view.id}/receipt.pdf`, driver)).json()).toMatchObject({
    code: 'session-state',
  })
})

test('a month becomes one numbered invoice with its XML inside, whose sums hold (EN 16931)', async () => {
  const make = (month = '2026-10', who = driver) =>
    send('POST', '/v1/invoices', who, { party: 'FR*WRN', month, locale: 'en' })
  expect((await make()).json().detail).toContain('has not told its address')
  await send('POST', '/v1/parties', admin, { party: 'FR*WRN', name: 'Werenode' })
  expect((await send('PUT', '/v1/parties/FR*WRN/billing', admin, seller)).statusCode).toBe(200)
  expect((await send('PUT', '/v1/parties/FR*WRN/billing', driver, seller)).statusCode).toBe(403)
  await send('PUT', '/v1/account/billing', driver, { name: 'Ada <Lovelace>', city: 'Paris', countryCode: 'FR' })

  const [made, again] = await Promise.all([make(), make()])
  expect(made.json()).toMatchObject({ kind: 'invoice', number: 'FRWRN-2026-000001', month: '2026-10' })
  expect(again.json()).toEqual(made.json())
  expect(made.json().sessionIds).toEqual(charges.map(({ view }) => view.id))
  expect((await make('2026-11')).json().code).toBe('conflict')
  expect((await make('2026-09')).statusCode).toBe(404)
  expect((await make('2026-10', other)).statusCode).toBe(404)

  const pdf = (await get(`/v1/documents/${made.json().sha256}`, driver)).rawPayload
  const streams = streamsOf(pdf)
  const xml = streams.find((text) => text.includes('CrossIndustryInvoice xmlns'))!
  expect(streams.join()).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>')
  expect(pdf.toString('latin1')).toContain('/AFRelationship /Alternative')
  mustBePdfA3(pdf, streams)
  expect(xml).toContain('urn:cen.eu:en16931:2017')
  expect(xml).toContain('Ada &lt;Lovelace&gt;')
  expect(xml).toContain('Werenode Démo &amp; Fils')
  const cents = (name: string): number => Math.round(Number(amountOf(xml, name) ?? '0') * 100)
  const lines = [...xml.matchAll(/<ram:LineTotalAmount>([^<]*)</g)].map(([, text]) => Math.round(Number(text) * 100))
  // BR-CO-10, -13, -14, -15, -16, -17: the last LineTotalAmount is the document's.
  expect(lines.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(lines.at(-1))
  expect(cents('TaxBasisTotalAmount')).toBe(lines.at(-1))
  expect(cents('TaxTotalAmount')).toBe(cents('CalculatedAmount'))
  expect(cents('CalculatedAmount')).toBe(Math.round(cents('BasisAmount') * 0.2))
  expect(cents('GrandTotalAmount')).toBe(cents('TaxBasisTotalAmount') + cents('TaxTotalAmount'))
  expect(cents('DuePayableAmount')).toBe(
    cents('GrandTotalAmount') - cents('TotalPrepaidAmount') + cents('RoundingAmount'),
  )
  const paid = charges.reduce((sum, { view }) => sum + centsOf(BigInt(view.receipt!.amount)), 0n)
  expect(cents('TotalPrepaidAmount')).toBe(Number(paid))
})

test('whatever was charged, an invoice leaves nothing to pay', () => {
  for (let micro = 1n; micro < 40_000_000n; micro = micro * 3n + 7_919n) {
    const view = (amount: bigint) => ({
      ...charges[0]!.view,
      receipt: { ...charges[0]!.view.receipt!, amount: amount.toString() },
    })
    const invoice = invoiceOf({
      number: '1',
      issuedOn: '2026-11-01',
      seller,
      buyer: seller,
      charges: [view(micro), view(micro + 4_999n), view(micro * 2n)],
    })
    expect(invoice.grossCents - invoice.paidCents + invoice.roundingCents).toBe(0n)
    expect(invoice.vat[0]!.vatCents).toBe(vatOf(invoice.vat[0]!.basisCents, '20'))
  }
  expect([netOf(120n, '20'), netOf(1n, '20'), netOf(390n, '5.5'), netOf(100n, null)]).toEqual([100n, 1n, 370n, 100n])
})

test('people can read it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-pdf-'))
  try {
    const { items } = (await get('/v1/documents', driver)).json()
    const { sha256 } = items.find(({ kind }: { kind: string }) => kind === 'receipt')
    const file = join(folder, 'a.pdf')
    await writeFile(file, (await get(`/v1/documents/${sha256}`, driver)).rawPayload)
    const read = await promisify(execFile)('pdftotext', ['-layout', file, '-']).catch(
      (error: NodeJS.ErrnoException) => error,
    )
    // Where pdftotext is not installed, the streams above must do.
    if (read instanceof Error) return
    for (const words of ['Reçu', 'TVA 20', '3,90', '10,00', 'Total TTC', 'Reste à payer'])
      expect(read.stdout).toContain(words)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('charges come as CSV that no spreadsheet runs', async () => {
  const bad = await signedCharge({ driver: driver.account, startAt: new Date('2026-08-03T08:00:00Z'), energyWh: 900 })
  await keeper.tell({ ...bad, view: { ...bad.view, locationName: '=HYPERLINK("x"), a' } })
  const csv = await get('/v1/exports/charges.csv?from=2026-08-01T00:00:00.000Z&to=2026-11-01T00:00:00.000Z', driver)
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const rows = csv.body.trimEnd().split('\r\n')
  expect(rows).toHaveLength(5)
  expect(rows[1]).toContain(`"'=HYPERLINK(""x""), a"`)
  expect(rows[2]).toContain(',10000,3600,0,3900000,settled,')
  expect(
    (await get('/v1/exports/charges.csv?from=2026-08-01T00:00:00.000Z&to=2026-11-01T00:00:00.000Z', other)).body.split(
      '\r\n',
    ),
  ).toHaveLength(2)
})

test('what the station signed comes out as it came in', async () => {
  const url = `/v1/sessions/${charges[0]!.view.id}/signed-readings.xml`
  expect((await get(url, driver)).statusCode).toBe(404)
  const ocmf = 'OCMF|{"FV":"1.0","RD":[{"TX":"E","RV":10.5,"RU":"kWh"}]}|{"SD":"3045<"}'
  const event = (id: string, signed: string) =>
    newEvent({
      id,
      type: 'transaction.ended',
      at: world.clock(),
      subject: 'transaction.WRN-1.77',
      data: {
        stationId: 'WRN-1',
        evse: 1,
        connector: 1,
        transactionId: '77',
        stationAt: '2026-10-03T09:00:00.000Z',
        receivedAt: '2026-10-03T09:00:01.000Z',
        reason: 'Local',
        offline: false,
        estimated: false,
        flags: [],
        signed,
      },
    })
  await world.bus.commit([], [event('end', Buffer.from(ocmf).toString('base64'))])
  await world.bus.idle(5_000)
  const xml = await get(url, driver)
  expect(xml.body).toContain('<value context="Transaction.End">')
  expect(xml.body).toContain(`<signedData format="OCMF" encoding="plain">${ocmf.replace('<', '&lt;')}</signedData>`)
  expect((await get(url, other)).statusCode).toBe(404)
})

test('a person gets all that is known of them, and is forgotten; invoices stay', async () => {
  await send('POST', '/v1/account/vehicles', driver, { name: 'Zoé', standards: [] })
  await send('POST', '/v1/account/cards', driver, { uid: '04A1B2C3', label: 'Blue' })
  const data = (await get('/v1/account/export', driver)).json()
  expect(data.records.vehicles).toMatchObject([{ name: 'Zoé' }])
  expect(data.records.wallets).toMatchObject([{ _id: driver.address }])
  expect(data.charges).toHaveLength(4)
  expect(data.documents.length).toBeGreaterThan(1)
  expect(JSON.stringify(data)).not.toContain(driver.accessToken)
  expect(JSON.stringify(data)).not.toMatch(/accessHash|refreshHash/)

  expect((await send('POST', '/v1/account/erasure', driver, { confirm: 'yes' })).statusCode).toBe(400)
  const { erased } = (await send('POST', '/v1/account/erasure', driver, { confirm: 'erase my account' })).json()
  expect(erased).toBeGreaterThanOrEqual(5)
  expect((await get('/v1/account', driver)).statusCode).toBe(401)
  for (const name of ['api_vehicles', 'api_cards', 'api_billing', 'api_wallets'])
    expect((await world.store.find(name, { accountId: data.accountId })).items).toEqual([])
  expect(await world.store.count('api_documents', { driver: driver.address })).toBeGreaterThan(1)
})
