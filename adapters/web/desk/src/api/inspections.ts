import { get, post } from './client'

// What is looked through from end to end: begun, and asked for until it has ended.
export interface Inspection<Report> {
  running: boolean
  begun_by: string
  begun_at_us: number | null
  ended_at_us: number | null
  rows: number
  failed: string // empty: it did not
  report: Report | null // null: it runs, failed, or nobody has begun one since the instance started
}

export interface LedgerFinding {
  fault: string
  name: string
  lane: number
  seq: string
  text: string
}
export interface LedgerReport {
  entries: number
  ratings: number
  anchors: number
  not_anchored: number
  findings: LedgerFinding[]
}

export const coverageParts = ['items', 'departments', 'people', 'windows', 'channels'] as const
export type CoveragePart = (typeof coverageParts)[number]
export interface Covered {
  all: number
  covered: number
  gaps: { code: string; name: string }[]
}
export type CoverageReport = Record<CoveragePart, Covered> & { strange_windows: string[]; unreadable_cases: number }

export const ledgerCheck = () => get<Inspection<LedgerReport>>('/ledger/check')
export const beginLedgerCheck = () => post<object>('/ledger/check')
export const coverage = () => get<Inspection<CoverageReport>>('/coverage')
export const beginCoverage = (from: string, to: string) => post<object>('/coverage', { from, to })
