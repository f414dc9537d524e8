import Link from '@docusaurus/Link'
import CodeBlock from '@theme/CodeBlock'
import Layout from '@theme/Layout'
import type { IconName } from '@werenode/design/icons'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'

/** What this is, for whom, and how to begin. */
const Home = () => {
  const { t } = useWords()
  return (
    <Layout description={t('home.lead')}>
      <main className="wn-home">
        <Hero />
        <Walk />
        <Audiences />
        <Begin />
      </main>
    </Layout>
  )
}
export default Home

const Hero = () => {
  const { t } = useWords()
  return (
    <section className="wn-hero">
      <div className="wn-hero__text">
        <h1>{t('home.claim')}</h1>
        <p className="wn-hero__lead">{t('home.lead')}</p>
        <div className="wn-actions">
          <Link className="wn-button wn-button--solid" to="/map">
            <Icon name="map" />
            {t('home.find')}
          </Link>
          <Link className="wn-button" to="/docs/operate/run-a-network">
            <Icon name="station" />
            {t('home.run')}
          </Link>
        </div>
      </div>
      <ExampleReceipt />
    </section>
  )
}

/** A receipt as one would see it, so that the promise can be read in figures. */
const ExampleReceipt = () => {
  const { t, format } = useWords('Europe/Paris')
  return (
    <figure className="wn-receipt" aria-label={t('home.card.example')}>
      <figcaption>
        <strong>{t('home.card.title')}</strong>
        <span>{t('home.card.plug')}</span>
      </figcaption>
      <div className="wn-receipt__bar" aria-hidden="true">
        <span style={{ inlineSize: '51.8%' }} />
      </div>
      <dl>
        <dt>
          <Icon name="lock" size={16} /> {t('home.card.deposit')}
        </dt>
        <dd>{format.money('25000000')}</dd>
        <dt>
          <Icon name="boltFilled" size={16} /> {t('home.card.flowed')}
        </dt>
        <dd>{format.energy(24_000)}</dd>
        <dt>
          <Icon name="check" size={16} /> {t('home.card.paid')}
        </dt>
        <dd>{format.money('12960000')}</dd>
        <dt className="wn-receipt__back">
          <Icon name="refund" size={16} /> {t('home.card.back')}
        </dt>
        <dd className="wn-receipt__back">{format.money('12040000')}</dd>
      </dl>
      <p>{t('home.card.example')}</p>
    </figure>
  )
}

const steps: readonly { icon: IconName; key: 'home.step1' | 'home.step2' | 'home.step3' | 'home.step4' }[] = [
  { icon: 'tariff', key: 'home.step1' },
  { icon: 'signature', key: 'home.step2' },
  { icon: 'bolt', key: 'home.step3' },
  { icon: 'receipt', key: 'home.step4' },
]

const Walk = () => {
  const { t } = useWords()
  return (
    <section className="wn-section" aria-labelledby="walk">
      <h2 id="walk">{t('home.walk')}</h2>
      <p className="wn-section__lead">{t('home.walk.lead')}</p>
      <ol className="wn-steps">
        {steps.map(({ icon, key }) => (
          <li key={key}>
            <span className="wn-steps__icon">
              <Icon name={icon} size={24} />
            </span>
            <h3>{t(key)}</h3>
            <p>{t(`${key}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const audiences = [
  { key: 'home.drivers', icon: 'car', to: '/docs/drive/first-charge' },
  { key: 'home.operators', icon: 'station', to: '/docs/operate/connect-a-charger' },
  { key: 'home.builders', icon: 'code', to: '/docs/build/sdk' },
] as const

const Audiences = () => {
  const { t } = useWords()
  return (
    <section className="wn-section wn-section--raised" aria-labelledby="who">
      <h2 id="who">{t('home.who')}</h2>
      <ul className="wn-cards">
        {audiences.map(({ key, icon, to }) => (
          <li key={key} className="wn-card">
            <Icon name={icon} size={28} />
            <h3>{t(key)}</h3>
            <p>{t(`${key}.text`)}</p>
            <Link to={to}>
              {t(`${key}.do`)} <Icon name="arrowRight" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Begin = () => {
  const { t } = useWords()
  return (
    <section className="wn-section wn-begin" aria-labelledby="begin">
      <div>
        <h2 id="begin">{t('home.start')}</h2>
        <p>{t('home.start.text')}</p>
        <CodeBlock language="bash">{"npm start\n./werenode charge 'FR*WRN*E000001'"}</CodeBlock>
      </div>
      <aside className="wn-honest">
        <h2>{t('home.honest')}</h2>
        <p>{t('home.honest.text')}</p>
        <Link to="/docs/understand/security">
          {t('home.honest.do')} <Icon name="arrowRight" size={16} />
        </Link>
      </aside>
    </section>
  )
}
