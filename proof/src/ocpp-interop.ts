import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { answer } from '@werenode/core'
import { createOcppService, createStationConsole, ocppVersions } from '@werenode/ocpp'
import pino from 'pino'
import { openDurableHouse } from './durable-house.ts'
import { atLeast, equals, type Figure, type Proof, told } from './figures.ts'
import { chargeWith, type Foreign } from './ocpp-interop/charge.ts'
import { pythonWithOcpp } from './ocpp-interop/python.ts'

const here = import.meta.dirname
const kept = join(here, '../../.werenode/proof/ocpp-interop')

/** Versions of what speaks to us, as installed. */
const versionOfRpc = (): string => {
  const main = createRequire(import.meta.url).resolve('ocpp-rpc')
  return (JSON.parse(readFileSync(join(dirname(main), 'package.json'), 'utf8')) as { version: string }).version
}
const versionOfPython = (path: string): string =>
  readdirSync(path)
    .map((name) => /^ocpp-(.+)\.dist-info$/.exec(name)?.[1])
    .find((version) => version !== undefined) ?? '?'

/**
 * Station implementations of others, unmodified, charge here in every version they speak: they boot, are started and stopped by us,
 * and their registers arrive to the watt-hour. What went over the wire is kept under .werenode/proof/ocpp-interop.
 */
const interop: Proof = async ({ report }) => {
  mkdirSync(kept, { recursive: true })
  const figures: Record<string, Figure> = {}
  const foreigners: Foreign[] = [
    {
      name: 'ocpp-rpc',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(here, 'ocpp-interop/ocpp-rpc.ts')],
    },
  ]
  figures['ocpp-rpc (npm)'] = told(versionOfRpc())
  const { command, path } = pythonWithOcpp(join(kept, '..'), report)
  foreigners.push({
    name: 'mobilityhouse',
    command,
    args: [join(here, 'ocpp-interop/mobilityhouse.py')],
    env: { PYTHONPATH: path, PYTHONUNBUFFERED: '1' },
  })
  figures['ocpp (PyPI)'] = told(versionOfPython(path))

  const { store, bus, close } = await openDurableHouse()
  const clock = () => new Date()
  const log = pino({ level: 'silent' })
  answer(bus, 'manager.authorize', async () => ({ status: 'Accepted' }))
  const service = createOcppService({ store, bus, clock, log, port: 0, host: '127.0.0.1' })
  await service.start()
  try {
    for (const foreign of foreigners)
      for (const version of ocppVersions.map((name) => name.slice('ocpp'.length))) {
        const transcript = join(kept, `${foreign.name}-${version}.log`)
        const { startWh, endWh, readings, reason } = await chargeWith(
          { store, bus, url: service.url },
          foreign,
          version,
          transcript,
        )
        const name = `${foreign.name} ${version}`
        report(`${name} charged ${(endWh ?? 0) - (startWh ?? 0)} Wh in ${readings} readings and stopped: ${reason}`)
        figures[`${name} start Wh`] = equals(startWh ?? -1, 12_000)
        figures[`${name} Wh`] = atLeast((endWh ?? 0) - (startWh ?? 0), 100)
        figures[`${name} reason`] = equals(reason ?? '', 'Remote')
        const stations = createStationConsole({ store, bus, clock, log })
        const deviations = await stations.deviations(`${foreign.name.toUpperCase()}-${version}`)
        figures[`${name} deviations`] = told(JSON.stringify(deviations))
      }
  } finally {
    await service.stop()
    await close()
  }
  return figures
}

export default interop
