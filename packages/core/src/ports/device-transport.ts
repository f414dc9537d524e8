import type { Unsubscribe } from './bus.ts'

/** Messages to and from MQTT devices: an embedded broker, any MQTT broker, NATS' MQTT listener. */
export interface DeviceTransport {
  /** Pattern in MQTT form (`+`, `#`). With a group each message goes to one member. */
  subscribe(
    pattern: string,
    options: { group?: string },
    handler: (message: { topic: string; payload: Uint8Array; retained: boolean }) => Promise<void>,
  ): Promise<Unsubscribe>
  /** QoS 1, never retained. Resolves when the broker has it. */
  publish(topic: string, payload: Uint8Array): Promise<void>
  close(): Promise<void>
}
