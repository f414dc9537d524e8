import { WerenodeError } from '@werenode/core'

export interface OptionSpec {
  /** `flag` takes no value. */
  readonly kind: 'flag' | 'text' | 'port' | 'number'
  /** Shown in the help, e.g. `KWH`. */
  readonly value?: string
  readonly words: string
}

export interface CommandSpec<
  Options extends Readonly<Record<string, OptionSpec>> = Readonly<Record<string, OptionSpec>>,
> {
  readonly name: string
  /** `charge [EVSE]` */
  readonly usage: string
  readonly words: string
  /** How many words may follow. */
  readonly most: number
  readonly least?: number
  readonly options: Options
  readonly examples?: readonly string[]
}

type ValueOf<Spec extends OptionSpec> = Spec['kind'] extends 'flag'
  ? boolean
  : Spec['kind'] extends 'text'
    ? string | undefined
    : number | undefined

export interface Parsed<Options extends Readonly<Record<string, OptionSpec>>> {
  readonly words: readonly string[]
  readonly options: { readonly [K in keyof Options]: ValueOf<Options[K]> }
}

const refuse = (command: string, message: string): never => {
  throw new WerenodeError('invalid-input', message, {
    hint: `\`./werenode help ${command}\` shows what it understands.`,
  })
}

const read = (command: string, name: string, spec: OptionSpec, text: string): string | number => {
  if (spec.kind === 'text') return text
  const number = Number(text.replace(',', '.'))
  if (spec.kind === 'port') {
    if (!Number.isInteger(number) || number < 0 || number > 65_535)
      refuse(command, `--${name} ${text} is not a port: it is a number from 1 to 65535 (0 takes any free one).`)
    return number
  }
  if (!Number.isFinite(number) || number <= 0) refuse(command, `--${name} ${text} is not a number above zero.`)
  return number
}

/** Reads `--name value`, `--name=value`, flags and plain words. Throws `invalid-input` with what to do. */
export const parseArguments = <Options extends Readonly<Record<string, OptionSpec>>>(
  command: CommandSpec<Options>,
  args: readonly string[],
): Parsed<Options> => {
  const words: string[] = []
  const values: Record<string, string | number | boolean> = {}
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]!
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const [name = '', ...rest] = arg.slice(2).split('=')
    const spec = Object.hasOwn(command.options, name) ? command.options[name]! : undefined
    if (spec === undefined) {
      refuse(command.name, `\`${command.name}\` has no option --${name}.`)
      continue
    }
    if (spec.kind === 'flag') {
      if (rest.length > 0) refuse(command.name, `--${name} takes no value.`)
      values[name] = true
      continue
    }
    const text = rest.length > 0 ? rest.join('=') : args[++index]
    if (text === undefined || text === '')
      refuse(command.name, `--${name} needs a value: --${name} ${spec.value ?? 'VALUE'}.`)
    else values[name] = read(command.name, name, spec, text)
  }
  if (words.length > command.most)
    refuse(command.name, `\`${command.name}\` does not understand "${words[command.most]}".`)
  if (words.length < (command.least ?? 0)) refuse(command.name, `Write it like this: ./werenode ${command.usage}`)
  for (const [name, { kind }] of Object.entries(command.options)) if (kind === 'flag') values[name] ??= false
  return { words, options: values as Parsed<Options>['options'] }
}
