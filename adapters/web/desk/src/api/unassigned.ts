import { get, post, segment } from './client'

export type Lack = 'line' | 'item' | 'department' | 'handlers'

export interface UnassignedCase {
  case_id: string
  host_id: string
  case_no: string
  completion_no: string
  line: number
  node: string
  item_code: string
  department_id: string
  department_name: string
  lacks: Lack[]
  lacks_text: string
  completed_at_us: number
}

export interface Attributes {
  item_code: string
  department_id: string
  handlers: string[]
}

export interface WaitingAttribution {
  attribution_id: string
  case_id: string
  case_no: string
  completion_no: string
  node: string
  present: Attributes
  item_code: string
  department_id: string
  handlers: string[] // empty: as they are
  reason: string | null // null: no key opens it
  proposed_by: string
  proposed_at_us: number
}

// What is empty stays as it is.
export interface Attribution extends Attributes {
  reason: string
}

export interface Attributed {
  id: string
  in_effect: boolean // false: somebody has rated it, so it waits for a second signer
  released: number // deliveries that go out now
  told: number // services that the province has as they were
}

export const listUnassigned = (after: string | null) =>
  get<{ unassigned: UnassignedCase[]; to_be_signed: WaitingAttribution[]; next: string | null }>('/unassigned', {
    after,
    limit: 50,
  })
export function attribute(case_id: string, said: Attribution) {
  const body: Record<string, unknown> = { reason: said.reason }
  if (said.item_code !== '') body.item_code = said.item_code
  if (said.department_id !== '') body.department_id = said.department_id
  if (said.handlers.length > 0) body.handlers = said.handlers
  return post<Attributed>(`/cases/${segment(case_id)}/attribution`, body)
}
export const sign = (attribution_id: string) => post<Attributed>(`/attributions/${segment(attribution_id)}/signature`)
