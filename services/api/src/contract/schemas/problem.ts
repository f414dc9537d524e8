import { type ErrorCode, errorStatus } from '@werenode/core'
import { z } from 'zod'

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string().describe('`urn:werenode:problem:<code>`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, to what.'),
    code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
    hint: z.exactOptional(z.string().describe('What to do.')),
    data: z.exactOptional(z.record(z.string(), z.unknown())),
    issues: z
      .exactOptional(z.array(z.object({ at: z.string(), message: z.string() })))
      .describe('Fields that were refused.'),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
