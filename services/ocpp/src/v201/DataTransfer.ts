export { createDataTransfer as createDataTransfer201, DataTransfer } from '../v16/DataTransfer.ts'
