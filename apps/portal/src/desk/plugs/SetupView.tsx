import type { PlugSetup } from '@werenode/core'
import { Icon } from '../../look/Icon'
import { useWords } from '../../words/useWords'
import { CopyText } from '../CopyText'

/** What to type into the device, or the one command to paste, and what must be done by hand to be safe. */
export const SetupView = ({
  setup: { settings, command, warnings },
}: {
  setup: Pick<PlugSetup, 'settings' | 'command' | 'warnings'>
}) => {
  const { t } = useWords()
  return (
    <>
      <p>{t('plugs.setupLead')}</p>
      <dl className="wn-facts wn-setup">
        {settings.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <CopyText text={value} label={label} />
            </dd>
          </div>
        ))}
      </dl>
      {command === undefined ? null : (
        <>
          <h3>{t('plugs.orPaste', { where: command.where })}</h3>
          <CopyText text={command.text} label={command.where} />
        </>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="wn-note wn-note--warn">
          <Icon name="warning" size={18} /> <span>{warning}</span>
        </p>
      ))}
    </>
  )
}
