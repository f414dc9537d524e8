import { pickLocale } from '@werenode/design'
import { useEffect, useState } from 'react'
import { type Deployment, loadDeployment } from '../chain/deployment.ts'
import { sayIn } from '../words/words.ts'
import { Desktop } from './Desktop.tsx'

/** Starts with the deployment: without it nothing can be said of any chain. */
export const App = () => {
  const [locale, setLocale] = useState(() =>
    pickLocale([localStorage.getItem('defev.locale') ?? '', ...navigator.languages]),
  )
  const [deployment, setDeployment] = useState<Deployment | 'failed'>()
  useEffect(() => {
    loadDeployment().then(setDeployment, () => setDeployment('failed'))
  }, [])
  useEffect(() => {
    document.documentElement.lang = locale
    localStorage.setItem('defev.locale', locale)
  }, [locale])
  const say = sayIn(locale)
  if (deployment === undefined || deployment === 'failed')
    return (
      <main className="start">
        <h1>{say('app.title')}</h1>
        <p role="status">{say(deployment === 'failed' ? 'start.failed' : 'start.loading')}</p>
      </main>
    )
  return <Desktop deployment={deployment} locale={locale} onLocale={setLocale} />
}
