import { join } from 'node:path'
import { proveInterop } from '../../services/ocpi/proof/interop.ts'
import { installed, NoPython } from '../../services/ocpi/proof/python-peer.ts'
import { openDurableHouse } from './durable-house.ts'
import { EquipmentMissing, type Proof } from './figures.ts'

/** A public OCPI library, unmodified, as a partner: what goes through with it, by version. */
const ocpiInterop: Proof = async ({ report }) => {
  try {
    const python = await installed(join(import.meta.dirname, '..', '..', '.werenode', 'peers'), report)
    return await proveInterop({ python, open: openDurableHouse, report })
  } catch (error) {
    if (error instanceof NoPython) throw new EquipmentMissing(error.message)
    throw error
  }
}

export default ocpiInterop
