import { get, postForFile, type Query, queryText } from './client'

export type FileForm = 'csv' | 'xlsx'

export interface ExportRow {
  id: string
  mark: string
  staff_id: string
  list: ExportedList
  form: FileForm
  conditions: string
  rows: number
  made_at_us: number
}

export const exportedLists = [
  'deliveries',
  'unassigned',
  'waiting',
  'people',
  'proposals',
  'grants',
  'catalogue',
  'exports',
  'unmaskings',
] as const
export type ExportedList = (typeof exportedLists)[number]

export const exportList = (list: ExportedList, form: FileForm, columns: string[], query: Query) =>
  postForFile('/exports', { list, form, columns, query: queryText(query) })
export const listExports = (after: string | null) =>
  get<{ exports: ExportRow[]; next: string | null }>('/exports', { after, limit: 50 })
