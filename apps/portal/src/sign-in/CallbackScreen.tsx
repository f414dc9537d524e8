import Link from '@docusaurus/Link'
import { createWerenode, webStorage } from '@werenode/sdk'
import { useEffect, useRef, useState } from 'react'
import { Trouble } from '../look/Trouble'
import { useNode } from '../look/useNode'
import { useWords } from '../words/useWords'
import { finishOAuth } from './oauth'

/** Where the node's sign-in page sends the browser back to. */
const CallbackScreen = () => {
  const { t } = useWords()
  const node = useNode()
  const [error, setError] = useState<unknown>()
  const begun = useRef(false)
  useEffect(() => {
    // A code is good once.
    if (begun.current) return
    begun.current = true
    finishOAuth(createWerenode({ baseUrl: node, storage: webStorage(localStorage) })).then(
      (from) => location.replace(from),
      setError,
    )
  }, [node])
  return error === undefined ? (
    <p className="wn-waiting">{t('desk.signingIn')}</p>
  ) : (
    <div className="wn-charge">
      <h1>{t('desk.signInFailed')}</h1>
      <Trouble error={error} />
      <Link className="wn-button" to="/desk">
        {t('action.retry')}
      </Link>
    </div>
  )
}
export default CallbackScreen
