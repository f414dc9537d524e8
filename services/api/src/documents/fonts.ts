import { fileURLToPath } from 'node:url'

const file = (name: string): string =>
  fileURLToPath(import.meta.resolve(`@fontsource/noto-sans/files/noto-sans-${name}.woff`))

/** The letters of our documents: embedded, as PDF/A asks, so that a receipt looks the same in twenty years. */
export const fonts = { regular: file('latin-400-normal'), bold: file('latin-700-normal') } as const
