import {
  answer,
  type Bus,
  type Party,
  type RoamingCheck,
  type RoamingStatementView,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { PartyRef } from '../model/model.ts'
import type { Pulled, PullReport } from '../pull/pull.ts'
import type { Desk } from './desk.ts'

/** Serves what an operator does with roaming partners, for the API. */
export const servePartners = (deps: {
  bus: Bus
  us: PartyRef
  desk: Desk
  check: (partnerId: string) => Promise<RoamingCheck>
  statements: {
    of: (partnerId: string, from: string, to: string) => Promise<RoamingStatementView>
    close: (partnerId: string, from: string, to: string) => Promise<RoamingStatementView>
  }
  /** Which kinds of object it has to pull. */
  pulledOf: (partnerId: string) => Promise<readonly Pulled[]>
  pull: (partnerId: string, kind: Pulled, how: { full?: boolean }) => Promise<PullReport>
}): readonly Unsubscribe[] => {
  const { bus, desk } = deps
  const ours = `${deps.us.country_code}*${deps.us.party_id}`.toUpperCase()

  const mustBeOurs = (party: Party): void => {
    if (party.toUpperCase() === ours) return
    throw new WerenodeError('not-found', `${party} does not roam by itself here`, {
      hint: `This node roams as ${ours}.`,
    })
  }
  const own =
    <A extends { party: Party }, R>(handler: (ask: A) => Promise<R>) =>
    async (ask: A): Promise<R> => {
      mustBeOurs(ask.party)
      return handler(ask)
    }

  return [
    answer(
      bus,
      'roaming.partners',
      own(async () => ({ items: await desk.list() })),
    ),
    answer(
      bus,
      'roaming.partner',
      own(async ({ partnerId }) => desk.get(partnerId)),
    ),
    answer(
      bus,
      'roaming.addPartner',
      own(async ({ party: _party, ...ask }) => desk.add(ask)),
    ),
    answer(
      bus,
      'roaming.invitePartner',
      own(async ({ name }) => desk.invite(name)),
    ),
    answer(
      bus,
      'roaming.testPartner',
      own(async ({ partnerId }) => desk.test(partnerId)),
    ),
    answer(
      bus,
      'roaming.checkPartner',
      own(async ({ partnerId }) => deps.check(partnerId)),
    ),
    answer(
      bus,
      'roaming.resend',
      own(async ({ partnerId, which }) => {
        await desk.get(partnerId)
        return { count: await desk.resend(partnerId, which) }
      }),
    ),
    answer(
      bus,
      'roaming.pausePartner',
      own(async ({ partnerId, paused }) => {
        await desk.pause(partnerId, paused)
        return desk.get(partnerId)
      }),
    ),
    answer(
      bus,
      'roaming.rotatePartner',
      own(async ({ partnerId }) => {
        await desk.rotate(partnerId)
        return desk.get(partnerId)
      }),
    ),
    answer(
      bus,
      'roaming.removePartner',
      own(async ({ partnerId }) => {
        await desk.remove(partnerId)
        return {}
      }),
    ),
    answer(
      bus,
      'roaming.statement',
      own(async ({ partnerId, from, to }) => deps.statements.of(partnerId, from, to)),
    ),
    answer(
      bus,
      'roaming.closeStatement',
      own(async ({ partnerId, from, to }) => deps.statements.close(partnerId, from, to)),
    ),
    answer(
      bus,
      'roaming.pullPartner',
      own(async ({ partnerId, full }) => {
        const items: PullReport[] = []
        for (const kind of await deps.pulledOf(partnerId)) items.push(await deps.pull(partnerId, kind, { full }))
        return { items }
      }),
    ),
  ]
}
