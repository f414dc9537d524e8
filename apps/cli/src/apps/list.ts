import { join } from 'node:path'
import { root } from '../node/folders.ts'

/** An app that is built behind the running server and served by it. */
export interface BuiltApp {
  readonly name: string
  /** What a person calls it. */
  readonly title: string
  /** Its folder in the clone. */
  readonly source: string
  /** What it is made of, besides its own folder. */
  readonly madeOf: readonly string[]
  /** The program that writes it into the folder it is told. */
  readonly program: string
  /** Where the finished app stands, the same for every data folder. */
  readonly folder: string
}

export const portal: BuiltApp = {
  name: '@werenode/portal',
  title: 'Portal',
  source: 'apps/portal',
  madeOf: [
    'packages/map',
    'packages/design/src',
    'packages/design/tokens.css',
    'packages/sdk/src',
    'packages/chain/src',
    'packages/core/src',
    'docs',
    'services/api/openapi.json',
    'services/api/schema.graphql',
    'pnpm-lock.yaml',
  ],
  program: 'build/build.mts',
  folder: join(root, '.werenode', 'apps', 'portal'),
}

export const member: BuiltApp = {
  name: '@werenode/member',
  title: 'The member app',
  source: 'apps/member',
  madeOf: [
    'packages/design/src',
    'packages/design/brand',
    'packages/design/tokens.css',
    'packages/sdk/src',
    'packages/chain/src',
    'packages/core/src',
    'pnpm-lock.yaml',
  ],
  program: 'build/build.mts',
  folder: join(root, '.werenode', 'apps', 'member'),
}

export const mobile: BuiltApp = {
  name: '@werenode/mobile',
  title: "The driver's app",
  source: 'apps/mobile',
  madeOf: [
    'packages/map',
    'packages/design/src',
    'packages/design/brand',
    'packages/sdk/src',
    'packages/chain/src',
    'packages/core/src',
    'pnpm-lock.yaml',
  ],
  program: 'build/web.mts',
  folder: join(root, '.werenode', 'apps', 'mobile'),
}
