import type { Party, PlugSetup } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useNode } from '../../look/useNode'
import { useWords } from '../../words/useWords'
import { FirstReading } from './FirstReading'
import { SetupView } from './SetupView'

export interface AddedPlug {
  readonly setup: PlugSetup
  /** When it was let in, ISO. */
  readonly since: string
  /** Where it is on the map. */
  readonly evseId?: string
}

/** A plug that was let in: the light of its first reading, how to set it up, its sticker. */
export const ReadyPlug = ({
  werenode,
  party,
  added: { setup, since, evseId },
  onClose,
}: {
  werenode: Werenode
  party: Party
  added: AddedPlug
  onClose: () => void
}) => {
  const { t } = useWords()
  const node = useNode()
  const id = evseId === undefined ? undefined : encodeURIComponent(evseId)
  return (
    <>
      <FirstReading werenode={werenode} party={party} plugId={setup.plug.plugId} since={since} />
      <SetupView setup={setup} />
      {id === undefined ? null : (
        <div className="wn-qr">
          <img src={`${node}/v1/evses/${id}/qr.svg`} alt={t('place.qr')} width={160} height={160} />
          <a href={`${node}/v1/evses/${id}/sticker.pdf`}>{t('plugs.sticker')}</a>
        </div>
      )}
      <p className="wn-hint">{t('plugs.notCertified')}</p>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={onClose}>
          {t('progress.done')}
        </button>
      </div>
    </>
  )
}
