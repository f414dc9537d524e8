import { BaseError } from 'viem'
import { createReader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { createFollower } from './follow.ts'
import { forgetful, openKeep } from './keep.ts'
import { noProgress, type Progress, type ToPage, type ToWorker } from './messages.ts'
import { questions } from './questions.ts'

/** How often the chain is asked for news, ms. */
const pollMs = 2_000
/** Progress is told at most this often while much is read, ms. */
const tellEveryMs = 250

const page = globalThis as unknown as {
  postMessage(message: ToPage): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void
}

/** Follows the chain and answers questions until the page closes. */
const begin = async (deployment: Deployment) => {
  let progress: Progress = noProgress
  let toldAtMs = 0
  const tell = (change: Partial<Progress>, now = false): void => {
    progress = { ...progress, ...change }
    if (!now && Date.now() - toldAtMs < tellEveryMs) return
    toldAtMs = Date.now()
    page.postMessage({ kind: 'progress', progress })
  }
  const { chainId, evseRegistry } = deployment.addresses
  const unkept = (): void => tell({ unkept: true })
  const keep = await openKeep(chainId, evseRegistry).catch((error: unknown) => {
    console.warn('The browser opens no store for the index', error)
    unkept()
    return forgetful
  })
  const follower = createFollower({
    ...{ reader: createReader(deployment), deployment, keep },
    onReading: ({ block, head }) =>
      tell(
        {
          ...{ block, head, known: block === head, away: false },
          ...{ plugs: follower.index().plugs.size, version: follower.revision() },
        },
        block === head,
      ),
    onUnkept: unkept,
  })

  let wake = (): void => undefined
  const follow = async (): Promise<never> => {
    for (;;) {
      try {
        await follower.catchUp()
        if (progress.away) tell({ away: false }, true)
      } catch (error) {
        // No node answers: said at the top of the page, tried again in a moment. Anything else is a fault, and is shown as one too.
        if (!(error instanceof BaseError)) reportError(error)
        tell({ away: true }, true)
      }
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, pollMs)
      })
    }
  }
  void follow()
  return { index: follower.index, look: () => wake() }
}

let running: ReturnType<typeof begin> | undefined

page.addEventListener('message', async ({ data }) => {
  if (data.kind === 'start') running ??= begin(data.deployment)
  const follower = await running
  if (follower === undefined) return
  if (data.kind === 'look') follower.look()
  if (data.kind !== 'ask') return
  const { id, question, asked } = data
  try {
    const answer = (questions[question] as (index: unknown, asked: unknown) => unknown)(follower.index(), asked)
    page.postMessage({ kind: 'answer', id, answer })
  } catch (error) {
    page.postMessage({ kind: 'trouble', id, words: error instanceof Error ? error.message : String(error) })
  }
})
