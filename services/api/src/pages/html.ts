/** Text inside HTML that we wrote: everything else is escaped. */
export interface Html {
  readonly safe: string
}

type Part = string | number | Html | readonly Html[]

/**
 * A template whose values are escaped, in text and in quoted attributes.
 *
 *   html`<p title="${name}">${text}</p>`
 */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  safe: texts.map((text, index) => text + (index < parts.length ? write(parts[index]!) : '')).join(''),
})

const write = (part: Part): string => {
  if (Array.isArray(part)) return part.map(({ safe }: Html) => safe).join('')
  if (typeof part === 'object') return (part as Html).safe
  return String(part).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
