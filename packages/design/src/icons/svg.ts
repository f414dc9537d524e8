import type { IconName } from './names.ts'
import { icons } from './names.ts'

export interface SvgOptions {
  /** Side in pixels; 24 unless told. */
  readonly size?: number
  /** What it means, for screen readers. Without a title the icon is decoration and hidden from them. */
  readonly title?: string
  /** Any CSS colour; `currentColor` unless told. */
  readonly colour?: string
  /** Stroke width on the grid of 24; 2 unless told. */
  readonly strokeWidth?: number
  readonly className?: string
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text made safe inside an attribute or an element. */
export const escapeXml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')

/**
 * An icon as SVG text.
 * ```ts
 * svg('bolt', { size: 20, title: t('status.charging') })
 * ```
 */
export const svg = (name: IconName, options: SvgOptions = {}): string => {
  const { size = 24, title, colour = 'currentColor', strokeWidth = 2, className } = options
  const paint = escapeXml(colour)
  const icon = icons[name]
  const accessible =
    title === undefined ? ' aria-hidden="true" focusable="false"' : ` role="img" aria-label="${escapeXml(title)}"`
  const styled = className === undefined ? '' : ` class="${escapeXml(className)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="${size}" height="${size}" fill="none"${styled}${accessible}>`,
    title === undefined ? '' : `<title>${escapeXml(title)}</title>`,
    icon.stroke === undefined
      ? ''
      : `<path d="${icon.stroke}" stroke="${paint}" stroke-width="${strokeWidth}" stroke-linecap="round" stroke-linejoin="round"/>`,
    icon.fill === undefined ? '' : `<path d="${icon.fill}" fill="${paint}"/>`,
    '</svg>',
  ].join('')
}
