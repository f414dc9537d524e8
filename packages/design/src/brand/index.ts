export { brandColours, markSvg, wordmarkSvg } from './brand.ts'
