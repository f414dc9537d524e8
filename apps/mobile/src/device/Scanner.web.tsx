import decodeQR from 'qr/decode.js'
import { createElement, useEffect, useRef } from 'react'
import type { ScannerProps } from './scanner-props'

/** Pictures a second that are looked at; more only warms the phone. */
const everyMs = 200

/** The camera of a browser, looking for QR codes. */
export const Scanner = ({ onCode, onState }: ScannerProps) => {
  const video = useRef<HTMLVideoElement>(null)
  const told = useRef({ onCode, onState })
  told.current = { onCode, onState }
  useEffect(() => {
    let stream: MediaStream | undefined
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const canvas = document.createElement('canvas')
    const look = (): void => {
      const picture = video.current
      if (over || !picture) return
      if (picture.videoWidth > 0) {
        canvas.width = picture.videoWidth
        canvas.height = picture.videoHeight
        const context = canvas.getContext('2d', { willReadFrequently: true })
        if (context) {
          context.drawImage(picture, 0, 0)
          try {
            told.current.onCode(decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)))
          } catch {
            // No code in this picture.
          }
        }
      }
      timer = setTimeout(look, everyMs)
    }
    const begin = async (): Promise<void> => {
      if (navigator.mediaDevices === undefined) return told.current.onState('none')
      told.current.onState('asking')
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
        if (over) return stop()
        told.current.onState('looking')
        if (video.current) {
          video.current.srcObject = stream
          await video.current.play()
        }
        look()
      } catch (error) {
        told.current.onState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none')
      }
    }
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void begin()
    return () => {
      over = true
      clearTimeout(timer)
      stop()
    }
  }, [])
  return createElement('video', {
    ref: video,
    muted: true,
    playsInline: true,
    'aria-hidden': true,
    style: { width: '100%', height: '100%', objectFit: 'cover' },
  })
}
