export { type BackupReport, backupStore, restoreStore } from './backup.ts'
export { type CopyProgress, type CopyReport, copyStore } from './copy.ts'
export { openReadable, type Readable, type ReadableDoc, type ReadablePoint } from './readable.ts'
