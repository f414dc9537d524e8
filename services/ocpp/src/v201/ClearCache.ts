export { ClearCache } from '../v16/ClearCache.ts'
