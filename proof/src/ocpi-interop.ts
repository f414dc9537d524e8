import { join } from 'node:path'
import { proveInterop } from '../../services/ocpi/proof/interop.ts'
import { packages230, proveInterop230 } from '../../services/ocpi/proof/interop230.ts'
import { installed, installedIn, NoPython } from '../../services/ocpi/proof/python-peer.ts'
import { openDurableHouse } from './durable-house.ts'
import { EquipmentMissing, type Proof } from './figures.ts'

const folder = join(import.meta.dirname, '..', '..', '.werenode', 'peers')

/** Public OCPI software, unmodified, as a partner: what goes through with it, by version. */
const ocpiInterop: Proof = async ({ report }) => {
  try {
    const python = await installed(folder, report)
    const python230 = await installedIn(join(folder, packages230.join('-').replaceAll('==', '-')), packages230, report)
    const figures = await proveInterop({ python, open: openDurableHouse, report })
    const house = await openDurableHouse()
    try {
      return { ...figures, ...(await proveInterop230(python230, house, report)) }
    } finally {
      await house.close()
    }
  } catch (error) {
    if (error instanceof NoPython) throw new EquipmentMissing(error.message)
    throw error
  }
}

export default ocpiInterop
