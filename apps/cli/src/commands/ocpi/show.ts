import type { RoamingCheck, RoamingPartner, RoamingPull } from '@werenode/core'
import { pairs, table, visible } from '@werenode/design/terminal'
import type { Screen } from '../../terminal/screen.ts'

/** All partners, one a line. */
export const printPartners = (partners: readonly RoamingPartner[], screen: Screen): void => {
  const { paint, print, glyphs } = screen
  if (partners.length === 0) {
    print(
      'No partners yet. `./werenode ocpi add-partner URL TOKEN` registers with one; `./werenode ocpi invite NAME` lets one in.',
    )
    return
  }
  const rows = partners.map((partner) => [
    paint[partner.state === 'registered' && !partner.paused ? 'positive' : 'muted'](glyphs.bullet),
    partner.id,
    visible(partner.name),
    partner.paused ? 'paused' : partner.state,
    partner.version ?? '',
    String(partner.waiting),
    String(partner.refused),
    visible(partner.lastTroubles[0]?.message ?? ''),
  ])
  print(
    table(
      [
        { title: '' },
        { title: 'id' },
        { title: 'partner', flexible: true },
        { title: 'state' },
        { title: 'OCPI' },
        { title: 'waiting', align: 'right' },
        { title: 'refused', align: 'right' },
        { title: 'last trouble', flexible: true },
      ],
      rows,
      { glyphs, width: screen.live ? screen.columns : 160, head: paint.muted },
    ),
  )
}

/** One partner in full: how it stands, what went wrong, where its messages leave the specification. */
export const printPartner = (partner: RoamingPartner, { paint, print, glyphs }: Screen): void => {
  print(
    pairs([
      ['Partner', `${visible(partner.name)} (${partner.id})`],
      ['State', partner.paused ? `${partner.state}, pushes held back` : partner.state],
      ['Parties', partner.parties.join(', ') || 'not known yet'],
      ['OCPI', partner.version ?? 'not agreed yet'],
      ['Versions', partner.versionsUrl ?? 'not known yet'],
      ['Modules', partner.modules.join(', ') || 'not known yet'],
      ['Waiting', `${partner.waiting} objects, ${partner.refused} refused`],
      ...(partner.registeredAt === undefined ? [] : [['Registered', partner.registeredAt] as [string, string]]),
    ]),
  )
  for (const { at, about, message } of partner.lastTroubles)
    print(`${paint.warning(glyphs.warning)} ${paint.muted(at)} ${about}: ${visible(message)}`)
  for (const { about, kind, path, count } of partner.deviations.slice(0, 20))
    print(paint.muted(`  ${count} times ${kind} at ${visible(path)} of ${about}`))
}

/** Each step with its words; the exit code says whether all is well. */
export const printCheck = ({ ok, steps }: RoamingCheck, { paint, print, glyphs }: Screen): number => {
  for (const step of steps)
    print(
      `${step.ok ? paint.positive(glyphs.check) : paint.warning(glyphs.warning)} ${step.what}: ${visible(step.words)}`,
    )
  return ok ? 0 : 1
}

export const printPulls = (pulls: readonly RoamingPull[], { print, paint, glyphs }: Screen): number => {
  for (const { kind, objects, changed, pages, bad, trouble } of pulls) {
    const odd = bad > 0 ? `, ${bad} could not be read` : ''
    print(`${kind.padEnd(10)} ${objects} objects on ${pages} pages, ${changed} new or changed${odd}`)
    if (trouble !== undefined) print(`${paint.warning(glyphs.warning)} ${visible(trouble)}`)
  }
  return pulls.some(({ trouble }) => trouble !== undefined) ? 1 : 0
}
