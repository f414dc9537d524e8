import type { Connector } from '@werenode/core'

/** Plug flags and power of an IRVE row. */
export interface Plugs {
  readonly powerW: number
  readonly domestic: boolean
  readonly type2: boolean
  readonly ccs: boolean
  readonly chademo: boolean
  readonly other: boolean
  readonly type2Cable: boolean
}

/** IEC 62196-2 on mains current ends at 63 A three-phase; a domestic socket at 16 A. */
const mostAcW = 43_000
const mostDomesticW = 3_700
/** Single-phase 32 A. */
const singlePhaseW = 7_400

/**
 * IRVE states one power for a point and which plugs it has; OCPI wants each connector's own. A Type 2 beside a direct-current plug is the
 * point's alternating-current outlet and cannot give more than 43 kW; a Type 2 alone above that gives direct current (Tesla's own).
 */
export const connectorsOf = (plugs: Plugs): readonly Connector[] => {
  const { powerW } = plugs
  const found: Omit<Connector, 'id' | 'tariffIds'>[] = []
  const direct = plugs.ccs || plugs.chademo
  if (plugs.type2) {
    const dc = !direct && powerW > mostAcW
    found.push({
      standard: 'IEC_62196_T2',
      format: plugs.type2Cable || dc ? 'CABLE' : 'SOCKET',
      powerType: dc ? 'DC' : powerW > singlePhaseW ? 'AC_3_PHASE' : 'AC_1_PHASE',
      maxPowerW: dc ? powerW : Math.min(powerW, mostAcW),
    })
  }
  if (plugs.ccs) found.push({ standard: 'IEC_62196_T2_COMBO', format: 'CABLE', powerType: 'DC', maxPowerW: powerW })
  if (plugs.chademo) found.push({ standard: 'CHADEMO', format: 'CABLE', powerType: 'DC', maxPowerW: powerW })
  if (plugs.domestic)
    found.push({
      standard: 'DOMESTIC_E',
      format: 'SOCKET',
      powerType: 'AC_1_PHASE',
      maxPowerW: Math.min(powerW, mostDomesticW),
    })
  if (plugs.other || found.length === 0)
    found.push({
      standard: 'UNKNOWN',
      format: 'SOCKET',
      powerType: powerW > mostAcW ? 'DC' : powerW > singlePhaseW ? 'AC_3_PHASE' : 'AC_1_PHASE',
      maxPowerW: powerW,
    })
  return found.map((connector, index) => ({ id: index + 1, ...connector, tariffIds: [] }))
}
