import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

interface Common {
  readonly label: string
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly wide?: boolean
}

/** A field with its name above, and what is wrong with it, or good to know, below. */
const Frame = ({
  label,
  error,
  hint,
  wide,
  children,
}: Common & { children: (more: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode }) => {
  const id = useId()
  const said = error ?? hint
  return (
    <div className={wide ? 'wn-form__field wn-form__wide' : 'wn-form__field'}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(error === undefined ? {} : { 'aria-invalid': true as const }),
        ...(said === undefined ? {} : { 'aria-describedby': `${id}-said` }),
      })}
      {said === undefined ? null : (
        <span id={`${id}-said`} className={error === undefined ? 'wn-form__hint' : 'wn-form__error'}>
          {said}
        </span>
      )}
    </div>
  )
}

export const TextField = ({
  label,
  error,
  hint,
  wide = false,
  value,
  onText,
  ...more
}: Common & { value: string; onText: (text: string) => void } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'value' | 'onChange' | 'id'
  >) => (
  <Frame label={label} error={error} hint={hint} wide={wide}>
    {(told) => <input {...more} {...told} value={value} onChange={({ target }) => onText(target.value)} />}
  </Frame>
)

export const ChoiceField = ({
  label,
  error,
  hint,
  wide = false,
  value,
  choices,
  onChoice,
}: Common & {
  value: string
  choices: readonly (readonly [value: string, words: string])[]
  onChoice: (value: string) => void
}) => (
  <Frame label={label} error={error} hint={hint} wide={wide}>
    {(told) => (
      <select {...told} value={value} onChange={({ target }) => onChoice(target.value)}>
        {choices.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    )}
  </Frame>
)
