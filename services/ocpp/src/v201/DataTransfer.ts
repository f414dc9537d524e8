export { createDataTransfer as createDataTransfer201 } from '../v16/DataTransfer.ts'
