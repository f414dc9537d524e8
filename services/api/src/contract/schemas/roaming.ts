import { z } from 'zod'
import { party } from './primitives.ts'

export const roamingPartnerId = z
  .string()
  .regex(/^[A-Za-z0-9]{1,40}$/)
  .meta({ id: 'RoamingPartnerId', description: "The node's own id of a partner.", example: '5f1c0a9e77b2' })
export const ofRoaming = z.strictObject({ party })
export const roamingPartner = z.strictObject({ party, partnerId: roamingPartnerId })
