import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type PlugRecording, WerenodeError } from '@werenode/core'
import { pairs, visible } from '@werenode/design/terminal'
import type { Operator } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'

/** Listens to an unknown device and says what fits it, or drafts a profile into a file. */
export const recordDevice = async (
  operator: Operator,
  prefix: string | undefined,
  waitS: number,
  screen: Screen,
): Promise<number> => {
  if (prefix === undefined)
    throw new WerenodeError('invalid-input', 'Which device? Give the beginning of its topics', {
      hint: './werenode plug record --topic shed/plug',
    })
  const { print, redraw, paint } = screen
  const { recordingId, username, password, endsAt } = await operator.recordPlug({ prefix, seconds: Math.round(waitS) })
  print('Let the device connect with these, and switch it and load it while it is recorded:')
  print(
    pairs([
      ['  User', username],
      ['  Password', password],
    ]),
  )
  let recording = await operator.plugRecording(recordingId)
  while (!recording.done) {
    redraw(paint.muted(`  listening, ${Math.max(0, Math.round((Date.parse(endsAt) - Date.now()) / 1000))} s left`))
    await pause(500)
    recording = await operator.plugRecording(recordingId)
  }
  screen.clear()
  return printRecording(recording, prefix, screen)
}

const printRecording = async (recording: PlugRecording, prefix: string, screen: Screen): Promise<number> => {
  const { print, paint, glyphs } = screen
  const { heard, suggestions, draft, questions } = recording
  if (heard.length === 0) {
    print('Nothing was heard. Check host, port, user and password on the device.')
    return 1
  }
  print(`${heard.length} topics were heard:`)
  print(pairs(heard.map(({ topic, payload }) => [`  ${visible(topic)}`, visible(payload).slice(0, 80)])))
  const [best] = suggestions
  if (best) {
    const set = Object.entries(best.variables)
      .map(([name, value]) => `${name}=${value}`)
      .join(',')
    print(`\n${paint.positive(glyphs.check)} It is of the family ${best.family}:`)
    print(`  ./werenode plug add ID --family ${best.family} --set '${visible(set)}'`)
    return 0
  }
  if (draft === undefined) return 1
  const file = resolve(`${prefix.replaceAll(/[^A-Za-z0-9]+/g, '-')}.json`)
  await writeFile(file, `${JSON.stringify(draft, null, 2)}\n`)
  print(`\nNo family fits. A draft of a profile is in ${file}; decide this, then \`./werenode plug teach FILE\`:`)
  for (const question of questions) print(`  ${glyphs.bullet} ${visible(question)}`)
  return 0
}

/** Gives the node a profile an operator wrote. */
export const teachFamily = async (operator: Operator, file: string, screen: Screen): Promise<number> => {
  let profile: Record<string, unknown>
  try {
    profile = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw new WerenodeError('invalid-input', `${file} is not a profile`, {
      hint: 'It is a JSON file; docs/mqtt-device-profiles.md tells how one is written.',
      cause,
    })
  }
  const family = await operator.putPlugFamily(profile)
  screen.print(
    `${screen.paint.positive(screen.glyphs.check)} This node knows ${family.family} (${visible(family.title)}) now.`,
  )
  return 0
}
