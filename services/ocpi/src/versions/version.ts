import type { MapContext } from '../model/map-context.ts'
import type { Kind, Objects } from '../model/model.ts'
import type { Schema } from '../schema/schema.ts'

/** How one kind of object looks in one version. */
export interface ObjectMapper<K extends Kind = Kind> {
  /** The wire's table: what we emit passes `check`, what we take passes `accept`. */
  readonly schema: Schema
  fromWire(wire: Readonly<Record<string, unknown>>, context: MapContext): Objects[K]
  /** @throws NotExpressible when the version has no words for it. */
  toWire(object: Objects[K], context: MapContext): object
}

export type VersionMapper = { readonly [K in Kind]?: ObjectMapper<K> }
