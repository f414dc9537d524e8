export { createLogStatusNotification as createLogStatusNotification201 } from '../v16/LogStatusNotification.ts'
