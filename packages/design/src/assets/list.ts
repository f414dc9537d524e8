import { markSvg, wordmarkSvg } from '../brand/brand.ts'
import { tokensCss } from '../tokens/css.ts'

/** The files of this package that are written from its sources: path from the package's root -> content. */
export const writtenAssets = (): Readonly<Record<string, string>> => ({
  'tokens.css': tokensCss(),
  'brand/mark.svg': markSvg(),
  'brand/mark-square.svg': markSvg({ size: 1024, round: false }),
  'brand/favicon.svg': markSvg({ size: 32 }),
  'brand/wordmark-light.svg': wordmarkSvg({ theme: 'light' }),
  'brand/wordmark-dark.svg': wordmarkSvg({ theme: 'dark' }),
})
