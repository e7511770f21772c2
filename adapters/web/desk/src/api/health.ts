import { get } from './client'

export type Figure = string | number | boolean | null

export interface Instance {
  number: number
  state: string
  leased_until_us: number
  deliveries: number
  deliveries_until_us: number | null
  name?: string
  version?: string
  since_us?: number
  told_at_us?: number
  stopped_at_us?: number | null
  journal_events?: number
}

export interface Alarm {
  name: string
  text: string
  since_us: number | null
}

// What the module tells of itself; it grows, so a group is whatever figures it has.
export interface Health {
  instance: string
  version: string
  state: string
  now_us: number
  instances: Instance[]
  alarms: Record<string, string> | Alarm[]
  [group: string]: unknown
}

export const readHealth = () => get<Health>('/health')

export function alarmsOf(health: Health): Alarm[] {
  if (Array.isArray(health.alarms)) return health.alarms
  return Object.entries(health.alarms).map(([name, text]) => ({ name, text, since_us: null }))
}
