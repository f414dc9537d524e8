import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openNatsBus } from '@werenode/bus/nats'
import { natsProgram, startNats } from '@werenode/bus/testing'
import { answer } from '@werenode/core'
import { registerStation } from '@werenode/ocpp'
import { connectStore } from '@werenode/store/remote'
import { createWorker, type Worker } from '../chaos/house.ts'
import { EquipmentMissing } from '../figures.ts'
import { type Line, openLine, sendAll } from '../ocpp/fleet.ts'
import { cpuMs } from '../walk/cpu.ts'

/** What so many OCPP processes carried, over one store and one bus. */
export interface AtProcesses {
  readonly processes: number
  readonly connections: number
  readonly connectionsPerS: number
  /** Readings, each validated, stored and told to the others before its answer. */
  readonly messagesPerS: number
  /** CPU a message: of the OCPP processes together, and of the process that owns the store. */
  readonly ocppUs: number
  readonly storeUs: number
}

const noWires = { bus: [], store: [] } as const

/** Stations on the line at 1, 2, 4 processes of the product, all on one SQLite and one NATS of this machine. */
export const loadByProcesses = async (
  counts: readonly number[],
  plan: { readonly lines: number; readonly readings: number; readonly rounds: number },
  report: (line: string) => void,
): Promise<readonly AtProcesses[]> => {
  if (natsProgram() === undefined)
    throw new EquipmentMissing('No nats-server on this machine (Debian: apt install nats-server).')
  const folder = mkdtempSync(join(tmpdir(), 'werenode-scale-'))
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })]
  const figures: AtProcesses[] = []
  try {
    const nats = await startNats(1)
    undo.push(nats.stop)
    const socket = join(folder, 'store.sock')
    const shared = ['--store', `unix:${socket}`, '--bus', `nats://${nats.servers}`]
    const make = (services: string, name: string): Promise<Worker> =>
      createWorker({
        name,
        services,
        folder: join(folder, services),
        args: shared,
        env: {},
        wires: noWires,
        setClock: () => undefined,
      })
    const storeWorker = await make('store', 'store')
    await storeWorker.start()
    undo.push(storeWorker.kill)
    const store = await connectStore(socket)
    undo.push(store.close)
    const clock = () => new Date()
    const bus = await openNatsBus({ store, clock, servers: nats.servers })
    undo.push(bus.close)
    answer(bus, 'manager.authorize', async () => ({ status: 'Accepted' }))
    const running: Worker[] = []
    undo.push(() => Promise.all(running.map((worker) => worker.kill())))
    for (const count of counts) {
      while (running.length < count) {
        const worker = await make('ocpp', `ocpp-${running.length + 1}`)
        await worker.start()
        running.push(worker)
        if (running.length === 1)
          for (let i = 0; i < plan.lines; i += 1)
            await registerStation({ store, clock }, { stationId: `P-${i}`, securityProfile: 0, noPing: true })
      }
      const began = performance.now()
      const lines: Line[] = []
      for (let at = 0; at < plan.lines; at += 50)
        lines.push(
          ...(await Promise.all(
            Array.from({ length: Math.min(50, plan.lines - at) }, (_, i) =>
              openLine(running[(at + i) % count]!.ports.ocpp, `P-${at + i}`, true),
            ),
          )),
        )
      const connectionsPerS = (plan.lines / (performance.now() - began)) * 1_000
      await sendAll(lines, plan.readings)
      const cpuOf = (workers: readonly Worker[]): number =>
        workers.reduce((sum, worker) => sum + cpuMs(worker.pid()!), 0)
      const perS: number[] = []
      const [ocppBefore, storeBefore] = [cpuOf(running), cpuOf([storeWorker])]
      for (let round = 0; round < plan.rounds; round += 1) {
        const from = performance.now()
        await sendAll(lines, plan.readings)
        perS.push((plan.readings / (performance.now() - from)) * 1_000)
      }
      const messages = plan.readings * plan.rounds
      const figure: AtProcesses = {
        processes: count,
        connections: await store.count('ocpp_links', { connected: true }),
        connectionsPerS: Math.round(connectionsPerS),
        messagesPerS: Math.round(perS.sort((a, b) => a - b)[Math.floor(perS.length / 2)]!),
        ocppUs: Math.round(((cpuOf(running) - ocppBefore) / messages) * 1_000),
        storeUs: Math.round(((cpuOf([storeWorker]) - storeBefore) / messages) * 1_000),
      }
      figures.push(figure)
      report(
        `${count} OCPP processes, ${figure.connections} stations (${figure.connectionsPerS}/s came in): ${figure.messagesPerS} messages/s, ${figure.ocppUs} us CPU in OCPP and ${figure.storeUs} us in the store each`,
      )
      for (const line of lines) line.close()
      for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(100))
        if ((await store.count('ocpp_links', { connected: true })) === 0) break
    }
    return figures
  } finally {
    for (const step of undo.reverse()) await step()
  }
}
