export { type MongoServer, type MongoStore, type MongoStoreOptions, openMongoStore } from './store.ts'
