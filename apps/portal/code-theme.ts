import type { PrismTheme } from 'prism-react-renderer'

/** Code in the colours of the house: they follow theme and contrast, and read on a well. */
export const codeTheme: PrismTheme = {
  plain: { color: 'var(--wn-text-primary)', backgroundColor: 'var(--wn-surface-sunken)' },
  styles: [
    { types: ['comment', 'prolog', 'doctype'], style: { color: 'var(--wn-text-muted)', fontStyle: 'italic' } },
    { types: ['string', 'attr-value', 'char', 'inserted'], style: { color: 'var(--wn-positive-text)' } },
    { types: ['keyword', 'boolean', 'tag', 'selector', 'attr-name'], style: { color: 'var(--wn-accent-text)' } },
    { types: ['function', 'class-name', 'number', 'property', 'constant'], style: { color: 'var(--wn-info-text)' } },
    { types: ['deleted'], style: { color: 'var(--wn-danger-text)' } },
  ],
}
