import type { Body } from './voice.ts'

/** Times between two words about a file, simulated ms. */
const stepMs = 1_000

/** Leaves a log at the address the server gave, and tells how it went by `tell`. */
export const leaveLog = (body: Body, location: string, tell: (status: string) => void): string => {
  const fileName = `${body.id}.log`
  const lines = [`${body.isoNow()} ${body.id}`, ...[...body.configuration].map(([key, value]) => `${key}=${value}`)]
  body.later(stepMs, async () => {
    tell('Uploading')
    const status = await put(location, `${lines.join('\n')}\n`)
    tell(status < 300 ? 'Uploaded' : 'UploadFailure')
  })
  return fileName
}

/** Fetches a firmware and installs it; what it fetched is told as an event. */
export const takeFirmware = (body: Body, location: string, tell: (status: string) => void): void => {
  body.later(stepMs, async () => {
    tell('Downloading')
    const bytes = await get(location)
    if (bytes === undefined) return tell('DownloadFailed')
    body.emit('firmware', { bytes })
    tell('Downloaded')
    body.later(stepMs, async () => {
      tell('Installing')
      body.later(stepMs, async () => tell('Installed'))
    })
  })
}

const put = (url: string, text: string): Promise<number> =>
  fetch(url, { method: 'PUT', body: text }).then(
    ({ status }) => status,
    () => 599,
  )

const get = (url: string): Promise<number | undefined> =>
  fetch(url).then(
    async (answer) => (answer.ok ? (await answer.arrayBuffer()).byteLength : undefined),
    () => undefined,
  )
