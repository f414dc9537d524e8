export { createSecurityEventNotification as createSecurityEventNotification201 } from '../v16/SecurityEventNotification.ts'
