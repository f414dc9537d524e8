import { CameraView, useCameraPermissions } from 'expo-camera'
import { useState } from 'react'
import type { ScannerProps } from './scanner-props'

/** The camera, looking for QR codes. */
export const Scanner = ({ onCode, onState }: ScannerProps) => {
  const [permission, ask] = useCameraPermissions()
  const [told, setTold] = useState<string>()
  const state =
    permission === null ? 'asking' : permission.granted ? 'looking' : permission.canAskAgain ? 'asking' : 'denied'
  if (told !== state) {
    setTold(state)
    queueMicrotask(() => onState(state))
    if (permission !== null && !permission.granted && permission.canAskAgain) void ask()
  }
  if (!permission?.granted) return null
  return (
    <CameraView
      style={{ flex: 1 }}
      barcodeScannerSettings={{ barcodeTypes: ['qr'] }}
      onBarcodeScanned={({ data }) => onCode(data)}
    />
  )
}
