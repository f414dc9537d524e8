import type { SessionView } from '@werenode/core'

/** A device's text store, in memory. */
export const textStore = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string): string | null => kept.get(key) ?? null,
    setItem: (key: string, value: string): void => void kept.set(key, value),
  }
}

/** A charge as a node tells it. */
export const viewOf = (part: Partial<SessionView> = {}): SessionView =>
  ({
    id: `0x${'11'.repeat(32)}`,
    state: 'charging',
    door: 'app',
    driver: `0x${'22'.repeat(20)}`,
    evseId: 'FR*WRN*E000001',
    connector: 1,
    stationId: 'WRN-NANTES-1',
    locationName: 'Nantes, Gare Sud',
    meterCertified: true,
    terms: {},
    createdAt: '2026-03-01T10:00:00.000Z',
    startedAt: '2026-03-01T10:00:05.000Z',
    energyWh: 10_000,
    powerW: 100_000,
    socPercent: 42,
    chargingSeconds: 360,
    idleSeconds: 0,
    suspended: 'no',
    stationOffline: false,
    costMicro: '5400000',
    limitMicro: '25000000',
    flags: [],
    cosigned: false,
    transactions: {},
    tariff: {},
    timeZone: 'Europe/Paris',
    ...part,
  }) as unknown as SessionView
