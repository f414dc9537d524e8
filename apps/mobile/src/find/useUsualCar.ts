import type { Schemas } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { keptText } from '../device/keep'
import { useApp } from '../node/app'

type Vehicle = Schemas['Vehicle']
const key = 'werenode:vehicles'
const listeners = new Set<() => void>()

const kept = (): readonly Vehicle[] => {
  try {
    return JSON.parse(keptText.getItem(key) ?? '[]') as readonly Vehicle[]
  } catch {
    return []
  }
}

/** Keeps the vehicles the node told, for prices without network. */
export const keepVehicles = (vehicles: readonly Vehicle[]): void => {
  keptText.setItem(key, JSON.stringify(vehicles))
  for (const listener of listeners) listener()
}

/** The car prices are asked for: the one the driver calls usual, else the first. */
export const useUsualCar = (): Vehicle | undefined => {
  const { werenode, online } = useApp()
  const [vehicles, setVehicles] = useState(kept)
  useEffect(() => {
    const listener = (): void => setVehicles(kept())
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
  useEffect(() => {
    const ask = async (): Promise<void> => {
      if (!online || (await werenode.login()) === undefined) return
      const { items } = await werenode.api.listVehicles()
      keepVehicles(items)
    }
    // Prices are then for the car known last, or for a usual one.
    ask().catch(() => undefined)
  }, [werenode, online])
  return vehicles.find(({ usual }) => usual) ?? vehicles[0]
}
