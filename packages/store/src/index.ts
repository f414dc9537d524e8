export { openFileBlobStore } from './blob/file-blob-store.ts'
export { createUrlSigner, type UrlSigner } from './blob/signature.ts'
export { openMemoryStore, openSqliteStore, type SqliteStoreOptions } from './sqlite/store.ts'
