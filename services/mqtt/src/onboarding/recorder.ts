import type { DeviceTransport } from '@werenode/core'
import { parsePayload } from '../profile/payload-path.ts'
import { isDiscovery } from './discovery.ts'
import { type Draft, draftProfile } from './draft-profile.ts'

/** What was heard on one topic. */
export interface Heard {
  readonly topic: string
  /** The last message, as text; at most 4 kB. */
  readonly payload: string
  readonly count: number
}

export interface Recording extends Draft {
  readonly heard: readonly Heard[]
}

/** Enough for any device; a busy broker must not fill our memory. */
const mostTopics = 500

/** Listens under a prefix (and to discovery) for a while and drafts a profile from what came. */
export const createRecorder =
  ({ transport }: { transport: DeviceTransport }) =>
  async ({ prefix, durationMs }: { prefix: string; durationMs: number }): Promise<Recording> => {
    const heard = new Map<string, { payload: string; count: number }>()
    const hear = async ({ topic, payload }: { topic: string; payload: Uint8Array }): Promise<void> => {
      if (heard.size >= mostTopics && !heard.has(topic)) return
      const before = heard.get(topic)
      heard.set(topic, {
        payload: Buffer.from(payload).subarray(0, 4096).toString('utf8'),
        count: (before?.count ?? 0) + 1,
      })
    }
    const undo = await Promise.all([
      transport.subscribe(`${prefix}/#`, {}, hear),
      transport.subscribe('homeassistant/#', {}, async (message) => {
        const mentions = JSON.stringify(parsePayload(message.payload)).includes(prefix)
        if (isDiscovery(message.topic) && mentions) await hear(message)
      }),
    ])
    await new Promise<void>((resolve) => setTimeout(resolve, durationMs))
    for (const stop of undo) await stop()
    const list = [...heard].map(([topic, { payload, count }]) => ({ topic, payload, count }))
    return { heard: list, ...draftProfile(prefix, list) }
  }
