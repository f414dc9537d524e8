import type { Duplex } from 'node:stream'

/**
 * Writes a text message of a server (RFC 6455 §5.2: final, unmasked) in one piece. `ws` writes head and text apart, which costs every
 * answer a second buffer and a gathered write; nothing is compressed here, so that the two ways never overtake each other.
 */
export const writeText = (wire: Duplex, text: string): void => {
  const bytes = Buffer.byteLength(text, 'utf8')
  const head = bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + bytes)
  frame[0] = 0x81
  if (head === 2) frame[1] = bytes
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(bytes, 2)
  } else {
    frame[1] = 127
    frame.writeUIntBE(0, 2, 2)
    frame.writeUIntBE(bytes, 4, 6)
  }
  frame.write(text, head, 'utf8')
  wire.write(frame)
}
