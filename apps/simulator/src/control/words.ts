import type { Addressed, Command } from './protocol.ts'

/** What a person types instead of JSON: `plugIn 1`, `card 1 04A1B2C3`, `@SIM-2 offline`, `misbehave +zombie -no-pong`. */
export const wordsHelp = `  plugIn [EVSE]              a car comes
  plugOut [EVSE]             it leaves
  card EVSE IDTAG            a card is held to the reader
  stopButton [EVSE]          the stop button is pressed
  offline | online           the line is cut, or comes back
  powerCut | powerOn         the mains fail, or come back
  fault EVSE on|off          a plug breaks, or is mended
  misbehave +HABIT -HABIT    bad habits on and off
  call ACTION [JSON]         any CALL
  raw TEXT                   any text on the line
  state                      what stands where
  quit
  @STATION COMMAND           for one of many stations
`

/** A line as a command: JSON, or words. Throws a sentence for the person at the keyboard. */
export const commandIn = (line: string): Addressed => {
  const text = line.trim()
  if (text.startsWith('{')) return JSON.parse(text) as Addressed
  const [, station, rest = ''] = /^(?:@(\S+)\s+)?(.*)$/s.exec(text) ?? []
  const command = wordsIn(rest)
  return station === undefined ? command : { ...command, station }
}

const wordsIn = (text: string): Command => {
  const [verb = '', first, second] = text.split(/\s+/)
  const after = (words: number): string => text.split(/\s+/).slice(words).join(' ')
  const evse = (word: string | undefined): number => {
    const number = Number(word ?? 1)
    if (Number.isInteger(number) && number > 0) return number
    throw new Error(`"${word}" is no EVSE's number`)
  }
  switch (verb) {
    case 'plugIn':
    case 'plugOut':
    case 'stopButton':
      return { do: verb, evse: evse(first) }
    case 'card':
      if (second === undefined) throw new Error('Write it like this: card 1 04A1B2C3')
      return { do: 'card', evse: evse(first), idTag: second }
    case 'offline':
    case 'online':
    case 'powerCut':
    case 'powerOn':
    case 'state':
    case 'quit':
      return { do: verb }
    case 'fault':
      return { do: 'fault', evse: evse(first), on: second !== 'off' }
    case 'misbehave': {
      const habits = after(1).split(/\s+/)
      const named = (sign: string): string[] =>
        habits.filter((habit) => habit.startsWith(sign)).map((habit) => habit.slice(1))
      return { do: 'misbehave', on: named('+'), off: named('-') }
    }
    case 'call':
      if (first === undefined) throw new Error('Write it like this: call Heartbeat {}')
      return { do: 'call', action: first, payload: JSON.parse(after(2) || '{}') as unknown }
    case 'raw':
      return { do: 'raw', text: after(1) }
    default:
      throw new Error(`There is no command "${verb}"; it knows:\n${wordsHelp}`)
  }
}
