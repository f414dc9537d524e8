export { openMemoryStore, openSqliteStore, type SqliteStoreOptions } from './sqlite/store.ts'
