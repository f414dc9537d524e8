export type ScannerState = 'asking' | 'looking' | 'denied' | 'none'

export interface ScannerProps {
  /** Text of a code; may come more than once. */
  readonly onCode: (text: string) => void
  readonly onState: (state: ScannerState) => void
}
