import BrowserOnly from '@docusaurus/BrowserOnly'
import Layout from '@theme/Layout'
import { lazy, Suspense } from 'react'
import { useWords } from '../words/useWords'

const MapScreen = lazy(() => import('../place/MapScreen'))

const MapPage = () => {
  const { t } = useWords()
  const waiting = <div className="wn-map wn-map--waiting">{t('map.loading')}</div>
  return (
    <Layout title={t('map.title')} description={t('map.lead')} noFooter>
      <main>
        <h1 className="wn-hidden">{t('map.title')}</h1>
        <BrowserOnly fallback={waiting}>
          {() => (
            <Suspense fallback={waiting}>
              <MapScreen />
            </Suspense>
          )}
        </BrowserOnly>
      </main>
    </Layout>
  )
}
export default MapPage
