import BrowserOnly from '@docusaurus/BrowserOnly'
import useDocusaurusContext from '@docusaurus/useDocusaurusContext'
import Layout from '@theme/Layout'
import { homeView } from '@werenode/map'
import { lazy, Suspense } from 'react'
import { LandSketch } from '../place/LandSketch'
import { useWords } from '../words/useWords'

const load = () => import('../place/MapScreen')
// Asked for as soon as this page's code is there, not when it is drawn.
if (typeof document !== 'undefined') void load()
const MapScreen = lazy(load)

const MapPage = () => {
  const { t } = useWords()
  const { mapStyleUrl } = useDocusaurusContext().siteConfig.customFields as { mapStyleUrl: string }
  // Where list and map will be, so that nothing moves when they come.
  const waiting = (
    <div className="wn-map">
      <div className="wn-map__side wn-map__soon">
        <p className="wn-map__lead">{t('map.soon')}</p>
        <p className="wn-hint">{t('map.loading')}</p>
      </div>
      <div className="wn-map__stage">{mapStyleUrl === '' ? <LandSketch view={homeView} /> : null}</div>
    </div>
  )
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
