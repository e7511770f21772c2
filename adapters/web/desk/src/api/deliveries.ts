import { get, post, segment } from './client'

export const states = ['queued', 'claimed', 'delivered', 'held', 'parked'] as const
export type DeliveryState = (typeof states)[number]

export const reasons = [
  'unmarked_default',
  'unclassified',
  'expert',
  'no_message',
  'channel_stopped',
  'superseded',
  'withdrawn',
  'doubled',
  'unclear',
  'difference',
  'changed',
  'refused',
  'expired',
  'own_trouble',
  'operator',
] as const
export type HeldReason = (typeof reasons)[number]

export type DeliveryKind = 'service' | 'rating' | 'withdrawal'

export interface DeliveryRow {
  id: string
  kind: DeliveryKind
  kind_text: string
  origin: 'default' | 'authored' | null
  unsubmitted: boolean
  revision: number
  state: DeliveryState
  state_text: string
  reason: string
  reason_code: HeldReason | null
  attempts: number
  outcome_unknown: boolean
  waits_for: string | null
  created_at_us: number
  next_at_us: number
  give_up_at_us: number
  held_since_us: number | null
  delivered_at_us: number | null
  case_no: string
  completion_no: number
  node: string
  project_no: string
  service_number: number | null
}

export interface Sent {
  ordinal: number
  service_name: string
  service_time: string
  service_number: number | null
}

export interface Listed {
  service_number: number
  service_name: string
  service_time: string
  level_text: string | null
}

export interface DeliveryView extends DeliveryRow {
  story: { happened: string; known: string; next: string }
  hindrances: Record<Handling, string> // empty: it may be done
  dossier: { sent: Sent[]; listed: Listed[]; listed_at_us: number | null }
}

export const handlings = ['retry', 'hold', 'release'] as const
export type Handling = (typeof handlings)[number]

export interface DeliveryFilter {
  state: string
  reason: string
  case_no: string
  from: string
  to: string
  min_attempts: string
}

export interface Handled {
  done: number
  rows: { id: string; done: boolean; reason: string }[]
}

export const listDeliveries = (filter: DeliveryFilter, after: string | null) =>
  get<{ deliveries: DeliveryRow[]; next: string | null; total: number }>('/deliveries', { ...filter, after, limit: 50 })
export const showDelivery = (id: string) => get<DeliveryView>(`/deliveries/${segment(id)}`)
export const handle = (handling: Handling, ids: string[]) => post<Handled>(`/deliveries/${handling}`, { ids })
export const adoptService = (id: string, number: number) =>
  post<object>(`/deliveries/${segment(id)}/service`, { number })
