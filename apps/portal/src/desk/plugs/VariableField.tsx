import type { PlugFamilyView } from '@werenode/core'
import { useWords } from '../../words/useWords'
import { ChoiceField, TextField } from '../Field'

/** One thing to know of a device, as its family asks for it. */
export const VariableField = ({
  label,
  variable: { oneOf, optional, example, default: usual },
  value,
  error,
  onText,
}: {
  label: string
  variable: PlugFamilyView['variables'][number]
  value: string
  error: string | undefined
  onText: (text: string) => void
}) => {
  const { t } = useWords()
  const hint =
    usual !== undefined && usual !== ''
      ? t('plugs.usual', { value: usual })
      : optional
        ? t('plugs.optional')
        : example === undefined
          ? undefined
          : t('plugs.example', { value: example })
  if (oneOf)
    return (
      <ChoiceField
        label={label}
        error={error}
        hint={hint}
        value={value === '' ? (usual ?? '') : value}
        choices={[...(usual === undefined ? [['', '–'] as const] : []), ...oneOf.map((one) => [one, one] as const)]}
        onChoice={onText}
      />
    )
  return (
    <TextField
      label={label}
      error={error}
      hint={hint}
      value={value}
      onText={onText}
      required={!optional && usual === undefined}
      maxLength={200}
      autoCapitalize="off"
      autoComplete="off"
      spellCheck={false}
    />
  )
}
