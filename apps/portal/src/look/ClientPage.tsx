import BrowserOnly from '@docusaurus/BrowserOnly'
import Layout from '@theme/Layout'
import { type ComponentType, Suspense } from 'react'
import { useWords } from '../words/useWords'

/** A page that lives in the browser alone: its frame is there at once, its content when the code is. */
export const ClientPage = ({
  title,
  description,
  screen: Screen,
  className,
}: {
  title: string
  description: string
  screen: ComponentType
  className: string
}) => {
  const { t } = useWords()
  const waiting = <p className="wn-waiting">{t('progress.loading')}</p>
  return (
    <Layout title={title} description={description}>
      <main className={className}>
        <BrowserOnly fallback={waiting}>
          {() => (
            <Suspense fallback={waiting}>
              <Screen />
            </Suspense>
          )}
        </BrowserOnly>
      </main>
    </Layout>
  )
}
