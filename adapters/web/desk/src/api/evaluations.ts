import { get, post, segment } from './client'

export const unmaskedThings = ['identity', 'phone'] as const
export type Unmasked = (typeof unmaskedThings)[number]
export const purposes = ['contact', 'verify', 'request', 'authority', 'leak'] as const
export type Purpose = (typeof purposes)[number]
export type EvaluationState = 'open' | 'draft' | 'rated' | 'defaulted' | 'late' | 'barred' | 'voided'

export interface Evaluation {
  id: string
  case: string
  case_no: string
  role: number
  node: string
  item_name: string
  department_id: string
  department_name: string
  state: EvaluationState
  completed_at_us: number
  deadline_us: number
  erased: boolean
  // Absent: nobody has rated it, or whoever asks may not see it.
  rating?: {
    level: number
    origin: 'authored' | 'default'
    unsubmitted: boolean
    tags: string[]
    text: string
    received_at_us?: number
  }
  stopwatch: { promise: string; due_us: number | null; used_minutes: number | null; over: boolean | null }
  may_unmask: Unmasked[]
}

// Of `phone` nothing but the number, of `identity` all but it.
export interface SeenSubject {
  unmasking: string
  shown: Unmasked
  seen_at_us: number
  may_be_contacted: boolean
  mobile?: string
  name?: string
  certificate_kind?: string
  certificate_no?: string
  agents?: { name: string; no: string }[]
}

export interface Unmasking {
  id: string
  evaluation: string
  case_no: string
  department_name: string
  staff_id: string
  shown: Unmasked
  purpose: Purpose
  reason: string // empty: the subject is erased
  seen_at_us: number
}

export interface UnmaskingCount {
  staff_id: string
  shown: Unmasked
  purpose: Purpose
  times: number
  evaluations: number
}

export const leakFindings = ['confirmed', 'elsewhere', 'unfounded'] as const
export type LeakFinding = (typeof leakFindings)[number]

export interface Leak {
  id: string
  evaluation: string
  case_no: string
  reported_by: string
  reported_at_us: number
  occasion: string
  viewers: { staff_id: string; shown: Unmasked; purpose: Purpose; seen_at_us: number }[]
  finding: 'open' | LeakFinding
  culprit: string
  outcome: string
  decided_by: string
  decided_at_us: number | null
}

export const findEvaluations = (case_no: string) => get<{ evaluations: Evaluation[] }>('/evaluations', { case_no })
export const unmask = (id: string, said: { shown: Unmasked; purpose: string; reason: string }) =>
  post<SeenSubject>(`/evaluations/${segment(id)}/unmask`, said)
export const whoSaw = (id: string) => get<{ unmaskings: Unmasking[] }>(`/evaluations/${segment(id)}/unmaskings`)
export const listUnmaskings = (month: string, after: string | null) =>
  get<{ unmaskings: Unmasking[]; next: string | null }>('/unmaskings', { month, after, limit: 50 })
export const reportUnmaskings = (month: string) => get<{ rows: UnmaskingCount[] }>('/unmaskings/report', { month })
export const reportLeak = (id: string, occasion: string) =>
  post<{ id: string }>(`/evaluations/${segment(id)}/leaks`, { occasion })
export const listLeaks = (after: string | null) =>
  get<{ leaks: Leak[]; next: string | null }>('/leaks', { after, limit: 50 })
export const decideLeak = (id: string, said: { finding: string; culprit: string; outcome: string }) =>
  post<{ id: string }>(`/leaks/${segment(id)}/decision`, said)
