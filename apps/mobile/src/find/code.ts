/** The number of a plug in what was typed or read: the number itself, or an address that ends with it (the QR code at a plug). */
export const plugIn = (text: string): string | undefined => {
  const plain = text.trim()
  const path = /^https?:\/\/[^/]+\/(?:(?:fr\/)?c|mobile\/(?:c|plug)|app\/c)\/([^/?#]+)/i.exec(plain)?.[1]
  let number: string
  try {
    number = decodeURIComponent(path ?? plain)
  } catch {
    return undefined
  }
  // eMI3: country, operator, E, and what the operator chose; separators are optional.
  return /^[a-z]{2}\*?[a-z0-9]{3}\*?e[a-z0-9*]{1,30}$/i.test(number) ? number.toUpperCase() : undefined
}
