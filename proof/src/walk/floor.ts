import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { receiptTypedData, termsTypedData } from '@werenode/chain'
import { type Hex, receiptFromWire, termsFromWire, type WireReceipt, type WireTerms } from '@werenode/core'
import type { SignTypedDataParameters } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { WebSocket } from 'ws'
import { pause } from '../kill/server.ts'
import { cpuMs, cpuOf, endProcess } from './cpu.ts'
import type { FloorReady, Message } from './floor-server.ts'
import { createMarks, type Tale, type Tell, type Work } from './steps.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const node = [process.execPath, '--disable-warning=ExperimentalWarning'] as const

/** The same charges done barely: a chain of the same kind in one process, everything else of the server in another. */
export const openFloor = async (folder: string) => {
  const chain = spawn(
    node[0],
    [node[1], here('../../../apps/cli/src/chain/testing/chain-server.ts'), join(folder, 'chain'), '5000'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const { rpcUrl, nodePid, funderKey } = await firstLine<{ rpcUrl: string; nodePid: number; funderKey: Hex }>(chain)
  const driver = privateKeyToAccount(generatePrivateKey())
  const server = spawn(
    node[0],
    [node[1], here('./floor-server.ts'), join(folder, 'data'), rpcUrl, funderKey, driver.address],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const kill = async (): Promise<void> => {
    // The chain's node would outlive its keeper.
    for (const child of [server, chain]) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    endProcess(nodePid)
  }
  const ready = await Promise.race([once(server, 'message'), once(server, 'exit').then(() => undefined)])
  if (ready === undefined) {
    await kill()
    throw new Error('The floor could not be laid: its server ended while starting.')
  }
  const { port, domain } = ready[0] as FloorReady
  const origin = `http://127.0.0.1:${port}`
  const station = await openStation(port)
  const pids = [server.pid!, chain.pid!]
  const readCpu = () => cpuOf(pids)

  const post = async <T>(message: Message): Promise<T> => {
    const response = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as T
  }

  /** The same steps as the house's, then whatever is still missing of the same work. */
  const walk = async (id: string, work: Work, tell: Tell): Promise<void> => {
    const sessionKey = privateKeyToAccount(generatePrivateKey())
    const extraCalls = Math.max(0, Math.round((work.frames - 8 - 2 * work.readings) / 2))
    const extraGets = Math.max(0, Math.round(work.httpCalls - 5))
    const extraEvents = Math.max(0, Math.round(work.liveEvents - 5 - work.readings))
    // Two rows are written when the transactions are there.
    const rows = shares(work.rowsWritten - 2, 5 + work.readings + extraCalls)
    let began = performance.now()
    const step = (name: Parameters<Tell['end']>[0]) => {
      const at = performance.now()
      tell.end(name, at - began)
      began = at
    }
    tell.begin()
    const quoted = await post<{ terms: WireTerms }>({
      what: 'quote',
      walk: id,
      rows: rows(),
      sessionKey: sessionKey.address,
    })
    step('quote')
    const terms = termsFromWire(quoted.terms)
    const live = await openLive(origin, id)
    const commanded = station.command('start', id)
    await Promise.all([
      post({ what: 'open', walk: id, rows: rows(), signature: await sign(driver, termsTypedData(terms, domain)) }),
      live.next('funded'),
    ])
    step('open')
    await commanded
    await Promise.all([
      station.call({ what: 'station', walk: id, rows: rows(), event: 'charging' }),
      live.next('charging'),
    ])
    step('start')
    for (let reading = 0; reading < work.readings; reading += 1) {
      const sentAt = performance.now()
      const heard = live.next('meter').then(() => tell.reading(performance.now() - sentAt))
      await Promise.all([station.call({ what: 'station', walk: id, rows: rows(), event: 'meter' }), heard])
    }
    for (let call = 0; call < extraCalls; call += 1) {
      const times = call === 0 ? extraEvents : 0
      await station.call({ what: 'station', walk: id, rows: rows(), event: 'more', times })
    }
    for (let get = 0; get < extraGets; get += 1) await post({ what: 'view', walk: id, rows: 0 })
    tell.begin()
    began = performance.now()
    const stopped = station.command('stop', id)
    await Promise.all([post({ what: 'stop', walk: id, rows: 0 }), stopped])
    const answered = station.call({ what: 'station', walk: id, rows: rows(), event: 'ended' })
    await live.next('ended')
    step('stop')
    const { receipt } = await live.next<{ receipt: WireReceipt }>('receipt')
    step('receipt')
    await answered
    const signature = await sign(sessionKey, receiptTypedData(receiptFromWire(receipt), domain))
    await Promise.all([post({ what: 'cosign', walk: id, rows: rows(), signature }), live.next('settled')])
    step('settle')
  }

  let begun = 0
  return {
    walks: async (walks: number, work: Work): Promise<Tale> => {
      const [from, before] = [performance.now(), readCpu()]
      await pause(1000)
      const idleMsPerS = ((readCpu() - before) / (performance.now() - from)) * 1000
      const marks = createMarks(readCpu)
      const start = { cpu: readCpu(), node: cpuMs(nodePid), at: performance.now() }
      for (let i = 0; i < walks; i += 1) await walk(String(begun++), work, marks)
      const idleMs = ((performance.now() - start.at) / 1000) * idleMsPerS
      return marks.tale(walks, {
        cpuMs: (readCpu() - start.cpu - idleMs) / walks,
        nodeCpuMs: (cpuMs(nodePid) - start.node) / walks,
        idleMsPerS,
      })
    },
    close: async (): Promise<void> => {
      station.close()
      const gone = once(server, 'exit')
      server.disconnect()
      await gone
      await kill()
    },
    kill,
  }
}

const sign = (account: PrivateKeyAccount, typed: object) => account.signTypedData(typed as SignTypedDataParameters)

/** Splits a number of rows over messages; what does not divide goes over to the next. */
const shares = (rows: number, messages: number) => {
  let [given, asked] = [0, 0]
  return (): number => {
    asked += 1
    const share = Math.round((rows * asked) / messages) - given
    given += share
    return Math.max(0, share)
  }
}

const firstLine = async <T>(child: ReturnType<typeof spawn>): Promise<T> => {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as T
  throw new Error('The chain of the floor ended while starting.')
}

/** Server-sent events of one walk, each asked for by name. */
const openLive = async (origin: string, id: string) => {
  const response = await fetch(`${origin}/live/${id}`)
  const told: { event: string; data: unknown }[] = []
  let wake = (): void => undefined
  void (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        const [event, data] = block.split('\n')
        told.push({ event: event!.slice(7), data: JSON.parse(data!.slice(6)) })
      }
      wake()
    }
  })()
  return {
    next: async <T>(event: string): Promise<T> => {
      for (;;) {
        const index = told.findIndex((one) => one.event === event)
        if (index >= 0) return told.splice(index, 1)[0]!.data as T
        await new Promise<void>((resolve) => {
          const others = wake
          wake = () => {
            others()
            resolve()
          }
        })
      }
    },
  }
}

/** A station as bare as the server: one socket, calls with an id, commands answered at once. */
const openStation = async (port: number) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await once(socket, 'open')
  const waiting = new Map<string, () => void>()
  let calls = 0
  socket.on('message', (data) => {
    const told = JSON.parse(String(data)) as { reply?: string; command?: string; walk?: string }
    const key = told.reply ?? `${told.command} ${told.walk}`
    if (told.command !== undefined)
      socket.send(JSON.stringify({ what: 'station', walk: told.walk ?? '', rows: 0 } satisfies Message))
    waiting.get(key)?.()
    waiting.delete(key)
  })
  const answered = (key: string) => new Promise<void>((resolve) => waiting.set(key, resolve))
  return {
    command: (command: 'start' | 'stop', walk: string) => answered(`${command} ${walk}`),
    call: (message: Message) => {
      const id = String(calls++)
      const reply = answered(id)
      socket.send(JSON.stringify({ ...message, id }))
      return reply
    },
    close: () => socket.close(),
  }
}
