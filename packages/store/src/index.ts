export { openFileBlobStore } from './blob/file-blob-store.ts'
export { openS3BlobStore, type S3Options } from './blob/s3-blob-store.ts'
export { createUrlSigner, type UrlSigner } from './blob/signature.ts'
export { openMemoryStore, openSqliteStore, type SqliteStoreOptions } from './sqlite/store.ts'
