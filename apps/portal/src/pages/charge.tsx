import { lazy } from 'react'
import { ClientPage } from '../look/ClientPage'
import { useWords } from '../words/useWords'

const ChargeScreen = lazy(() => import('../charge/ChargeScreen'))

const ChargePage = () => {
  const { t } = useWords()
  return (
    <ClientPage
      title={t('charge.title')}
      description={t('home.step1.text')}
      screen={ChargeScreen}
      className="wn-page"
    />
  )
}
export default ChargePage
