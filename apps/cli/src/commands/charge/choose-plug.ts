import { type Connector, type Evse, parseEvseId, WerenodeError } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'

export interface ChosenPlug {
  readonly evse: Evse
  readonly connector: Connector
}

/** The plug that was named, or the fastest one that is free now and costs something (so that the whole walk is seen). */
export const choosePlug = async (werenode: Werenode, named: string | undefined): Promise<ChosenPlug> => {
  if (named !== undefined) {
    const { evse, connector: number } = await werenode.locations.evse(parseEvseId(named))
    const connector = number === undefined ? evse.connectors[0] : evse.connectors.find(({ id }) => id === number)
    if (connector === undefined)
      throw new WerenodeError('not-found', `${evse.evseId} has no connector ${number ?? 1}`, {
        hint: `It has ${evse.connectors.map(({ id }) => id).join(', ') || 'none'}.`,
      })
    return { evse, connector }
  }
  const plugs: ChosenPlug[] = []
  for await (const { id } of werenode.locations.all({ payable: true, available: true })) {
    const { location } = await werenode.locations.get(id)
    for (const evse of location.evses)
      if (evse.payable && evse.status === 'AVAILABLE')
        for (const connector of evse.connectors) plugs.push({ evse, connector })
  }
  plugs.sort((a, b) => b.connector.maxPowerW - a.connector.maxPowerW || (a.evse.evseId < b.evse.evseId ? -1 : 1))
  const [fastest] = plugs
  if (fastest === undefined)
    throw new WerenodeError('not-found', 'No plug is free right now', {
      hint: '`./werenode stations` shows them all; name one that is in use to hear why.',
    })
  return fastest
}
