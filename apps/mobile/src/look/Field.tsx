import { useId } from 'react'
import { TextInput, type TextInputProps, View } from 'react-native'
import { Text } from './Text'
import { sized } from './text-size'
import { useTheme } from './theme'

/** A field with its name above and what is wrong with it below. */
export const Field = ({
  label,
  hint,
  problem,
  style,
  ...rest
}: TextInputProps & { readonly label: string; readonly hint?: string; readonly problem?: string | undefined }) => {
  const theme = useTheme()
  const id = useId()
  return (
    <View style={{ gap: theme.space.xs }}>
      <Text as="label" nativeID={id}>
        {label}
      </Text>
      <TextInput
        aria-label={label}
        aria-labelledby={id}
        placeholderTextColor={theme.text.muted}
        style={[
          sized(theme.textStyle.body),
          {
            minHeight: 48,
            paddingHorizontal: theme.space.m,
            paddingVertical: theme.space.s,
            borderRadius: theme.radius.m,
            borderWidth: 1,
            borderColor: problem === undefined ? theme.line.strong : theme.danger.solid,
            backgroundColor: theme.surface.raised,
            color: theme.text.primary,
          },
          style,
        ]}
        {...rest}
      />
      {hint !== undefined && problem === undefined && (
        <Text as="small" tone="muted">
          {hint}
        </Text>
      )}
      {problem !== undefined && (
        <Text as="small" tone="danger" role="alert">
          {problem}
        </Text>
      )}
    </View>
  )
}
