export { createHeartbeat as createHeartbeat201 } from '../v16/Heartbeat.ts'
