import type { CollectionSpec } from '@werenode/core'

/** Everything the MQTT service owns in the store. */
export const mqttCollections: readonly CollectionSpec[] = [
  { name: 'mqtt_plugs', indexes: [{ fields: ['party'] }, { fields: ['credentialId'] }] },
  { name: 'mqtt_credentials' },
  /** Profiles an operator wrote; the shipped ones are files. */
  { name: 'mqtt_profiles', indexes: [{ fields: ['party'] }] },
  { name: 'mqtt_links', indexes: [{ fields: ['connected'] }] },
  {
    name: 'mqtt_transactions',
    indexes: [
      { fields: ['stationId', 'state'] },
      // One physical start for one session, however often it is asked for.
      { fields: ['sessionId'], unique: true },
      { fields: ['state'] },
    ],
  },
  { name: 'mqtt_alarms', indexes: [{ fields: ['plugId', 'at'] }] },
]

/** Series: every reading, by plug. */
export const readingSeries = 'mqtt_readings'
