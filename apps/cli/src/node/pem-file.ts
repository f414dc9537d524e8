import { readFileSync } from 'node:fs'
import { WerenodeError } from '@werenode/core'

/** A certificate or key as `option` names it. */
export const pemFile = (file: string, option: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new WerenodeError('invalid-input', `${option} ${file} cannot be read`, {
      hint: 'It is a file in PEM form that this user may read.',
      cause,
    })
  }
}
