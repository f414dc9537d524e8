import { noticeId, type OneNotice } from '../device/notice'
import { endOngoing, showOngoing, tell } from '../device/notifications'
import type { Words } from '../words/words'
import type { Told } from './charges'

/**
 * Beside the screen: a notification that stays while a charge runs, and one for what must not be missed. One after the other, so that figures on
 * their way do not bring back what was taken away.
 */
export const createTellBeside = (words: () => Words): ((told: Told) => void) => {
  let last: Promise<unknown> = Promise.resolve()
  return (told) => {
    // The screen shows the same; a notification that fails is no failure of the charge.
    last = last.then(() => tellOne(words(), told)).catch(() => undefined)
  }
}

const tellOne = async ({ t, format }: Words, told: Told): Promise<void> => {
  const { view, kind } = told
  const of = (what: string, title: string, body: string): OneNotice => ({
    id: noticeId(view.id, what),
    title,
    body,
    path: `charge/${view.id}`,
  })
  const title = t('charge.notificationTitle', { place: view.locationName })
  if (kind === 'started' || kind === 'progress') {
    const line = t('charge.liveLabel', {
      energy: format.energy(view.energyWh),
      power: view.powerW === null ? '–' : format.power(view.powerW),
      cost: format.money(view.costMicro),
    })
    await showOngoing({ ...of('started', title, line), isFirst: kind === 'started' })
  } else if (kind === 'warning') {
    await tell(of(told.code, title, t(`session.warning.${told.code}` as 'session.warning.idle')))
  } else if (kind === 'ended') {
    await endOngoing(view.id)
    const line = t('charge.endedLine', {
      place: view.locationName,
      energy: format.energy(view.energyWh),
      cost: format.money(view.costMicro),
    })
    await tell(of('stopped', t('notice.stopped'), line))
  } else {
    await endOngoing(view.id)
    const summary =
      view.paidMicro === undefined
        ? t(`session.explain.${view.state}`)
        : t('session.settled.summary', {
            paid: format.money(view.paidMicro),
            returned: format.money(view.returnedMicro ?? '0'),
          })
    await tell(of('refund', t(`session.state.${view.state}`), summary))
  }
}
