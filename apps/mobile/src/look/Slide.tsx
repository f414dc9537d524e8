import { useRef, useState } from 'react'
import { Animated, PanResponder, View } from 'react-native'
import { useFeel } from './feel'
import { Icon } from './Icon'
import { Text } from './Text'
import { useMotion, useTheme } from './theme'

const knob = 56
const inset = 4
/** How far along counts as meant. */
const meant = 0.82

/**
 * Slides to do what cannot happen by a stray touch. Who cannot slide presses it instead: screen readers and keyboards activate it like any
 * button.
 */
export const Slide = ({
  label,
  onDone,
  busy = false,
  busyLabel,
}: {
  readonly label: string
  readonly onDone: () => void
  readonly busy?: boolean
  readonly busyLabel: string
}) => {
  const theme = useTheme()
  const motion = useMotion()
  const feel = useFeel()
  const [width, setWidth] = useState(0)
  const x = useRef(new Animated.Value(0)).current
  const latest = useRef({ way: 0, busy, feel, motion, onDone })
  latest.current = { way: Math.max(1, width - knob - 2 * inset), busy, feel, motion, onDone }
  const back = (): void =>
    Animated.timing(x, {
      toValue: 0,
      duration: latest.current.motion.duration.medium,
      useNativeDriver: false,
    }).start()
  const done = (): void => {
    latest.current.feel.success()
    back()
    latest.current.onDone()
  }
  const pan = useRef(
    PanResponder.create({
      onStartShouldSetPanResponder: () => !latest.current.busy,
      onMoveShouldSetPanResponder: () => !latest.current.busy,
      onPanResponderGrant: () => latest.current.feel.tap(),
      onPanResponderMove: (_event, { dx }) => x.setValue(Math.max(0, Math.min(dx, latest.current.way))),
      onPanResponderRelease: (_event, { dx }) => (dx >= latest.current.way * meant ? done() : back()),
      onPanResponderTerminate: back,
    }),
  ).current
  return (
    <View
      accessible
      role="button"
      tabIndex={0}
      aria-label={busy ? busyLabel : label}
      aria-busy={busy}
      aria-disabled={busy}
      testID="slide"
      accessibilityActions={[{ name: 'activate' }]}
      onAccessibilityAction={() => !busy && done()}
      {...({
        onKeyDown: (event: { key?: string; preventDefault?: () => void }) => {
          if (busy || (event.key !== 'Enter' && event.key !== ' ')) return
          event.preventDefault?.()
          done()
        },
      } as object)}
      onLayout={({ nativeEvent }) => setWidth(nativeEvent.layout.width)}
      style={{
        height: knob + 2 * inset,
        borderRadius: theme.radius.round,
        backgroundColor: busy ? theme.accent.solidPressed : theme.accent.solid,
        justifyContent: 'center',
        padding: inset,
        overflow: 'hidden',
      }}
    >
      <Text
        as="bodyStrong"
        colour={theme.accent.onSolid}
        style={{ textAlign: 'center', paddingHorizontal: knob + inset }}
        aria-hidden
      >
        {busy ? `${busyLabel}…` : label}
      </Text>
      <Animated.View
        {...pan.panHandlers}
        style={{
          position: 'absolute',
          left: inset,
          width: knob,
          height: knob,
          borderRadius: knob / 2,
          backgroundColor: theme.accent.onSolid,
          alignItems: 'center',
          justifyContent: 'center',
          transform: [{ translateX: x }],
          ...({ cursor: 'grab', touchAction: 'none' } as object),
        }}
      >
        <Icon name={busy ? 'timer' : 'bolt'} size={28} colour={theme.accent.solid} />
      </Animated.View>
    </View>
  )
}
