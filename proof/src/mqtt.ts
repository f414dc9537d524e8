import { proveMqtt } from '../../services/mqtt/proof/mqtt.ts'
import { openDurableHouse } from './durable-house.ts'
import type { Proof } from './figures.ts'

/** Plugs held by one process, and CPU per reading from the wire to durable storage, against bare aedes plus the same insert. */
const mqtt: Proof = ({ long, report }) => proveMqtt({ report, long, open: openDurableHouse })

export default mqtt
