import { markSvg, wordmarkSvg } from '../brand/brand.ts'
import { iconNames } from '../icons/names.ts'
import { svg } from '../icons/svg.ts'
import { markerSvg } from '../plug/marker.ts'
import { plugStatuses } from '../plug/status.ts'
import { toneNames } from '../tokens/colour.ts'
import { tokensCss } from '../tokens/css.ts'
import type { ThemeName } from '../tokens/theme-name.ts'
import { textStyles } from '../tokens/type.ts'

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const style = `
body{margin:0;font:var(--wn-font-body);background:var(--wn-surface-page);color:var(--wn-text-primary)}
main{padding:var(--wn-space-xl);display:grid;gap:var(--wn-space-xl)}
section{background:var(--wn-surface-raised);border:1px solid var(--wn-line-subtle);border-radius:var(--wn-radius-l);padding:var(--wn-space-l);box-shadow:var(--wn-shadow-card)}
h2{font:var(--wn-font-heading);margin:0 0 var(--wn-space-m)}
.row{display:flex;flex-wrap:wrap;gap:var(--wn-space-m);align-items:center}
.icon{width:92px;display:grid;justify-items:center;gap:4px;font:var(--wn-font-caption);color:var(--wn-text-muted);text-align:center;overflow-wrap:anywhere}
.icon svg{color:var(--wn-text-primary)}
.button{padding:8px 16px;border-radius:var(--wn-radius-m);font:var(--wn-font-body-strong)}
.badge{padding:2px 10px;border-radius:var(--wn-radius-round);font:var(--wn-font-label)}
.map{padding:var(--wn-space-l);border-radius:var(--wn-radius-m)}`

const tones = toneNames
  .map((name) => {
    const v = `--wn-${kebab(name)}`
    return (
      `<div class="row"><span class="button" style="background:var(${v}-solid);color:var(${v}-on-solid)">${name}</span>` +
      `<span class="badge" style="background:var(${v}-soft);color:var(${v}-on-soft)">soft</span><span style="color:var(${v}-text)">text</span></div>`
    )
  })
  .join('')

const body = (theme: ThemeName): string => `
<main>
<section class="row">${wordmarkSvg({ theme, height: 40 })}${markSvg({ size: 96 })}${markSvg({ size: 32 })}${markSvg({ size: 16 })}</section>
<section><h2>Tones</h2><div style="display:grid;grid-template-columns:repeat(4,1fr);gap:12px">${tones}</div></section>
<section><h2>Status</h2>${['surface-raised', 'map-land', 'map-water']
  .map(
    (ground) =>
      `<div class="row map" style="background:var(--wn-${ground})">${plugStatuses
        .map(
          (status) =>
            `<span class="icon">${markerSvg(status, { theme, size: 40 })}${markerSvg(status, { theme, size: 20 })}${status}</span>`,
        )
        .join('')}</div>`,
  )
  .join('')}<div class="row map" style="filter:grayscale(1)">${plugStatuses
  .map((status) => `<span class="icon">${markerSvg(status, { theme, size: 28 })}</span>`)
  .join('')}</div></section>
<section><h2>Type</h2>${Object.keys(textStyles)
  .map((name) => `<div style="font:var(--wn-font-${kebab(name)})">${name}: 12.48 kWh, 6.12 EUR, déjà réglé</div>`)
  .join('')}</section>
<section><h2>Icons</h2><div class="row">${iconNames
  .map((name) => `<span class="icon">${svg(name, { size: 48 })}${svg(name, { size: 20 })}${name}</span>`)
  .join('')}</div></section>
</main>`

/** A page that shows everything of one theme, to look at with one's own eyes. */
export const galleryHtml = (theme: ThemeName): string => {
  const dark = theme === 'dark' || theme === 'highContrastDark'
  const contrast = theme.startsWith('highContrast') ? 'more' : 'normal'
  return `<!doctype html><html lang="en" data-theme="${dark ? 'dark' : 'light'}" data-contrast="${contrast}"><meta charset="utf-8"><title>Werenode design: ${theme}</title><style>${tokensCss()}${style}</style>${body(theme)}</html>\n`
}
