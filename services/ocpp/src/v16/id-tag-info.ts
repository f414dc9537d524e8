import type { Authorization } from '../transactions/authorize.ts'

/** OCPP 1.6 §7.29 IdTagInfo. */
export interface IdTagInfo {
  readonly status: Authorization['status']
  readonly expiryDate?: string
  readonly parentIdTag?: string
}

export const idTagInfo = ({ status, expiresAt, groupId }: Authorization): IdTagInfo => ({
  status,
  ...(expiresAt === undefined ? {} : { expiryDate: expiresAt }),
  // parentIdTag is a CiString20: a longer one would be refused by strict stations.
  ...(groupId === undefined || groupId.length > 20 ? {} : { parentIdTag: groupId }),
})
