import { lazy } from 'react'
import { ClientPage } from '../look/ClientPage'
import { useWords } from '../words/useWords'

const CallbackScreen = lazy(() => import('../sign-in/CallbackScreen'))

const CallbackPage = () => {
  const { t } = useWords()
  return (
    <ClientPage title={t('account.signIn')} description={t('desk.lead')} screen={CallbackScreen} className="wn-page" />
  )
}
export default CallbackPage
