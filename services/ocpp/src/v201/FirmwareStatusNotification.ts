export { createSignedFirmwareStatusNotification as createFirmwareStatusNotification201 } from '../v16/SignedFirmwareStatusNotification.ts'
