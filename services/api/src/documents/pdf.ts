import { formatDuration, formatEnergy, formatMoney } from '@werenode/design'
import PDFDocument from 'pdfkit'
import encodeQR from 'qr'
import type { BillingParty } from './billing.ts'
import { documentWords, type Locale } from './document-words.ts'
import { facturX, facturXMetadata, xmlText } from './factur-x.ts'
import { fonts } from './fonts.ts'
import type { Invoice } from './invoice.ts'

const left = 50
const right = 545
const bottom = 780

/** Collects what a document writes; resolves once it has ended. */
export const bytesOf = (document: PDFKit.PDFDocument): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}

/** The library writes title and author into the metadata's XML as they are; a name such as `A & B` would break it. */
const escapeMetadata = (document: PDFKit.PDFDocument): void => {
  const maker = document as unknown as { info: Record<string, unknown>; _addInfo(): void }
  const addInfo = maker._addInfo
  maker._addInfo = () => {
    const { Title, Author } = maker.info
    Object.assign(maker.info, { Title: xmlText(String(Title)), Author: xmlText(String(Author)) })
    addInfo.call(maker)
    Object.assign(maker.info, { Title, Author })
  }
}

/**
 * An invoice or a single charge's receipt as PDF/A-3. An invoice carries its XML of EN 16931 (Factur-X). The same content gives the same
 * text; dates are those of issue, not of making.
 */
export const invoicePdf = async (wish: {
  kind: 'invoice' | 'receipt'
  invoice: Invoice
  locale: Locale
  /** Where the receipt can be checked; for a receipt of one charge. */
  verifyUrl?: string
}): Promise<Uint8Array> => {
  const { kind, invoice, locale, verifyUrl } = wish
  const t = documentWords(locale)
  const issued = new Date(`${invoice.issuedOn}T00:00:00.000Z`)
  const title = `${t(`doc.${kind}`)} ${invoice.number}`
  const document = new PDFDocument({
    size: 'A4',
    margin: left,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b' as 'PDF/A-3b',
    lang: locale,
    displayTitle: true,
    font: fonts.regular,
    info: { Title: title, Author: invoice.seller.name, CreationDate: issued, ModDate: issued },
  } as PDFKit.PDFDocumentOptions)
  const bytes = bytesOf(document)
  escapeMetadata(document)
  document.registerFont('text', fonts.regular).registerFont('bold', fonts.bold)
  if (kind === 'invoice') {
    document.file(Buffer.from(facturX(invoice)), {
      name: 'factur-x.xml',
      type: 'text/xml',
      relationship: 'Alternative',
      description: 'Factur-X, EN 16931',
      creationDate: issued,
      modifiedDate: issued,
    } as PDFKit.Mixins.PDFAttachmentOptions)
    ;(document as unknown as { appendXML(xml: string): void }).appendXML(facturXMetadata)
  }

  const cents = (amount: bigint): string => formatMoney(amount * 10_000n, locale)
  const day = (iso: string): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00.000Z`))
  const write = (text: string, x: number, y: number, options: PDFKit.Mixins.TextOptions = {}): void => {
    document.text(text, x, y, { lineBreak: false, ...options })
  }
  const rightOf = (text: string, x: number, y: number, width: number): void =>
    write(text, x, y, { width, align: 'right' })

  document.font('bold').fontSize(20)
  write(title, left, 50, { width: right - left, ellipsis: true })
  document.font('text').fontSize(10)
  write(`${t('doc.date')}: ${day(invoice.issuedOn)}`, left, 82)
  if (kind === 'invoice') write(`${t('doc.period')}: ${day(invoice.from)} – ${day(invoice.to)}`, left, 97)
  const addressed = (name: string, party: BillingParty, x: number): void => {
    document.font('bold').fontSize(10)
    write(name, x, 125)
    document.font('text')
    const lines = [
      party.name,
      party.address,
      [party.postalCode, party.city].filter(Boolean).join(' '),
      party.countryCode,
      party.vatId === undefined ? undefined : `${t('doc.vatId')}: ${party.vatId}`,
      party.registrationId,
    ].filter((line): line is string => line !== undefined && line !== '')
    for (const [index, line] of lines.entries())
      write(line, x, 140 + index * 14, { width: 235, ellipsis: true, height: 14 })
  }
  addressed(t('doc.seller'), invoice.seller, left)
  addressed(t('doc.buyer'), invoice.buyer, 310)

  let y = 245
  const head = (): void => {
    document.font('bold').fontSize(9)
    write(t('doc.place'), left, y)
    rightOf(t('doc.energy'), 310, y, 65)
    rightOf(t('doc.time'), 375, y, 65)
    rightOf(t('doc.vat'), 440, y, 40)
    rightOf(t('doc.net'), 480, y, right - 480)
    document
      .moveTo(left, y + 14)
      .lineTo(right, y + 14)
      .lineWidth(0.5)
      .stroke()
    document.font('text')
    y += 20
  }
  const room = (needed: number): void => {
    if (y + needed <= bottom) return
    document.addPage()
    y = 50
  }
  head()
  for (const { view, rate, netCents } of invoice.lines) {
    room(32)
    if (y === 50) head()
    const at = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone: view.timeZone })
    document.fontSize(9)
    write(view.locationName, left, y, { width: 255, ellipsis: true, height: 12 })
    rightOf(formatEnergy(view.energyWh, locale), 310, y, 65)
    rightOf(formatDuration(view.chargingSeconds + view.idleSeconds, locale), 375, y, 65)
    rightOf(rate === null ? '–' : `${Number(rate).toLocaleString(locale)} %`, 440, y, 40)
    rightOf(cents(netCents), 480, y, right - 480)
    document.fontSize(7.5)
    write(`${at.format(new Date(view.startedAt ?? view.createdAt))} · ${view.evseId}`, left, y + 12)
    y += 28
  }

  room(140)
  y += 10
  const sumLine = (name: string, amount: string, font: 'text' | 'bold' = 'text'): void => {
    document.font(font).fontSize(10)
    rightOf(name, 250, y, 200)
    rightOf(amount, 455, y, right - 455)
    y += 16
  }
  sumLine(t('doc.net'), cents(invoice.netCents))
  for (const { rate, vatCents } of invoice.vat)
    sumLine(
      rate === null ? t('doc.noVat') : `${t('doc.vat')} ${Number(rate).toLocaleString(locale)} %`,
      cents(vatCents),
    )
  sumLine(t('doc.total'), cents(invoice.grossCents), 'bold')
  if (invoice.roundingCents !== 0n) sumLine(t('doc.rounding'), cents(invoice.roundingCents))
  sumLine(t('doc.paid'), cents(-invoice.paidCents))
  sumLine(t('doc.due'), cents(0n), 'bold')

  if (verifyUrl !== undefined) {
    const [{ view } = { view: undefined }] = invoice.lines
    room(130)
    y += 20
    drawQr(document, verifyUrl, left, y, 90)
    document.font('text').fontSize(8)
    write(`${t('doc.verify')}:`, 155, y + 8)
    document.fontSize(6.5)
    write(verifyUrl, 155, y + 22)
    if (view) write(`${t('doc.session')}: ${view.id}`, 155, y + 36)
    if (view?.transactions.settle) write(`${t('doc.settlement')}: ${view.transactions.settle}`, 155, y + 50)
  }
  document.end()
  return bytes
}

const drawQr = (document: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void => {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 2 })
  const square = side / rows.length
  for (const [row, cells] of rows.entries())
    for (const [column, dark] of cells.entries())
      if (dark) document.rect(x + column * square, y + row * square, square + 0.03, square + 0.03)
  document.fill('#000')
}
