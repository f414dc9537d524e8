import type { Locale } from '@werenode/design'
import { shortHex } from '@werenode/design'
import { type ReactNode, useEffect, useState } from 'react'
import type { Word } from '../words/words.ts'
import { useDesk } from './context.ts'
import { linkTo } from './useRoute.ts'

const pages: readonly (readonly [string, Word])[] = [
  ['', 'nav.plugs'],
  ['sessions', 'nav.sessions'],
  ['account', 'nav.account'],
  ['operator', 'nav.operator'],
  ['contracts', 'nav.trust'],
]

/** Head, ways and the one line that says how much is known. */
export const Frame = (props: {
  page: string
  children: ReactNode
  onLocale: (locale: Locale) => void
  onLeave: () => void
}) => {
  const { say, locale, account, connect, progress, trust, trusted } = useDesk()
  const [theme, setTheme] = useState(() => localStorage.getItem('defev.theme') ?? '')
  useEffect(() => {
    if (theme === '') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', theme)
    localStorage.setItem('defev.theme', theme)
  }, [theme])
  const dark = theme === 'dark' || (theme === '' && matchMedia('(prefers-color-scheme: dark)').matches)
  const { known, away, unkept } = progress
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {say('nav.skip')}
      </button>
      <header className="head">
        <a className="brand" href={linkTo('')}>
          <img src="./icon.svg" alt="" width="28" height="28" /> {say('app.title')}
        </a>
        <nav aria-label={say('app.title')}>
          {pages.map(([page, word]) => (
            <a key={page} href={linkTo(page)} aria-current={props.page === page ? 'page' : undefined}>
              {say(word)}
            </a>
          ))}
        </nav>
        <div className="tools">
          <button
            type="button"
            className="quiet"
            lang={locale === 'fr' ? 'en' : 'fr'}
            onClick={() => props.onLocale(locale === 'fr' ? 'en' : 'fr')}
          >
            {locale === 'fr' ? 'English' : 'Français'}
          </button>
          <button type="button" className="quiet" onClick={() => setTheme(dark ? 'light' : 'dark')}>
            {say(dark ? 'theme.light' : 'theme.dark')}
          </button>
          {account === undefined ? (
            <button type="button" className="solid" onClick={connect}>
              {say('wallet.connect')}
            </button>
          ) : (
            <button
              type="button"
              className="quiet"
              title={say('wallet.leave')}
              aria-label={say('wallet.as', { account: shortHex(account) })}
              onClick={props.onLeave}
            >
              {shortHex(account)}
            </button>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {trust !== undefined && !trusted && (
          <p className="note note--danger" role="alert">
            {say('trust.stop')}
          </p>
        )}
        {away && (
          <p className="note note--warning" role="status">
            {say('index.away')}
          </p>
        )}
        {props.children}
      </main>
      <footer
        className="foot"
        role="status"
        data-block={progress.block.toString()}
        data-known={known ? 'true' : 'false'}
      >
        {known
          ? say('index.known', { plugs: progress.plugs, block: progress.block.toString() })
          : say('index.reading', { block: progress.block.toString(), head: progress.head.toString() })}
        {unkept && ` ${say('index.unkept')}`}
      </footer>
    </>
  )
}
