import PDFDocument from 'pdfkit'
import encodeQR from 'qr'
import { fonts } from '../documents/fonts.ts'
import { bytesOf } from '../documents/pdf.ts'

const mm = 72 / 25.4
const width = 80 * mm
const height = 110 * mm

/** The sticker of a plug: the QR code large enough for a phone at arm's length, the id for whoever types, and who runs it. */
export const stickerPdf = async (wish: { url: string; plug: string; operatorName: string }): Promise<Uint8Array> => {
  const document = new PDFDocument({
    size: [width, height],
    margin: 6 * mm,
    info: { Title: wish.plug, CreationDate: new Date(0), ModDate: new Date(0) },
    autoFirstPage: true,
    bufferPages: false,
  })
  const bytes = bytesOf(document)
  document.registerFont('text', fonts.regular).registerFont('bold', fonts.bold)

  const rows = encodeQR(wish.url, 'raw', { ecc: 'quartile', border: 4 })
  const side = width - 8 * mm
  const square = side / rows.length
  for (const [y, row] of rows.entries())
    for (const [x, dark] of row.entries())
      if (dark) document.rect(4 * mm + x * square, 4 * mm + y * square, square + 0.05, square + 0.05)
  document.fill('#000')
  const text = { width: width - 12 * mm, align: 'center' as const, lineBreak: false, ellipsis: true }
  document
    .font('bold')
    .fontSize(15)
    .text(wish.plug, 6 * mm, 80 * mm, text)
  document
    .font('text')
    .fontSize(9)
    .text('Scan to charge · Scannez pour recharger', 6 * mm, 89 * mm, text)
  document
    .font('text')
    .fontSize(9)
    .text(wish.operatorName, 6 * mm, 96 * mm, text)
  document.end()
  return bytes
}
