export { connectStore } from './connect.ts'
export { serveStore } from './serve.ts'
