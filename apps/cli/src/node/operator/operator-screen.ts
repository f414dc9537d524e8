import { join } from 'node:path'
import type { Screen } from '../../terminal/screen.ts'
import type { RunningNode } from '../compose.ts'
import type { DataFolder } from '../folders.ts'
import type { PlugBook } from './plug-book.ts'

/** The last screen of an operator node: where its devices and its drivers reach it. */
export const operatorScreen = (node: RunningNode, book: PlugBook, data: DataFolder, screen: Screen): void => {
  const { print } = screen
  const line = (name: string, text: string): void => print(`  ${name.padEnd(20)} ${text}`)
  const evses = book.places.reduce((sum, place) => sum + place.evses.length, 0)
  print()
  line('Plugs', `${evses} of ${book.party}, offered on chain as soon as they are registered`)
  line('Charging stations', `${node.ocppUrl}<identity>`)
  line('Smart plugs (MQTT)', node.mqttUrl)
  line('Their passwords', join(data.simulator, 'passwords.json'))
  line('Chain (JSON-RPC)', node.rpcUrl)
  print()
  print('No API runs here: drivers find and pay these plugs on chain. Ctrl-C stops everything; nothing is lost.')
}
