export { GetLog } from '../v16/GetLog.ts'
