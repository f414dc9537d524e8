import type { OperationId } from './access.ts'
import { accountHomeContracts } from './account-home.ts'
import { blobContracts } from './blobs.ts'
import { catalogueContracts } from './catalogue.ts'
import type { Contract } from './contract.ts'
import { documentContracts } from './documents.ts'
import { driverContracts } from './driver.ts'
import { identityContracts } from './identity.ts'
import { irveContracts } from './irve.ts'
import { nodeContracts } from './node.ts'
import { noticeContracts } from './notices.ts'
import { operatorContracts } from './operators.ts'
import { partyContracts } from './parties.ts'
import { placeContracts } from './places.ts'
import { plugFamilyContracts } from './plug-families.ts'
import { plugContracts } from './plugs.ts'
import { roamingContracts } from './roaming.ts'
import { roamingServiceContracts } from './roaming-services.ts'
import { sessionContracts } from './sessions.ts'
import { signInContracts } from './sign-in.ts'
import { stationContracts } from './stations.ts'

/** What goes in and out of every route of access.ts. */
export const contracts = {
  ...nodeContracts,
  ...identityContracts,
  ...signInContracts,
  ...accountHomeContracts,
  ...partyContracts,
  ...catalogueContracts,
  ...placeContracts,
  ...plugContracts,
  ...plugFamilyContracts,
  ...stationContracts,
  ...roamingContracts,
  ...roamingServiceContracts,
  ...irveContracts,
  ...sessionContracts,
  ...driverContracts,
  ...documentContracts,
  ...blobContracts,
  ...operatorContracts,
  ...noticeContracts,
} as const satisfies Record<OperationId, Contract>
export type Contracts = typeof contracts
