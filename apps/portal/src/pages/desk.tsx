import { lazy } from 'react'
import { ClientPage } from '../look/ClientPage'
import { useWords } from '../words/useWords'

const DeskScreen = lazy(() => import('../desk/DeskScreen'))

const DeskPage = () => {
  const { t } = useWords()
  return <ClientPage title={t('desk.title')} description={t('desk.lead')} screen={DeskScreen} className="wn-page" />
}
export default DeskPage
