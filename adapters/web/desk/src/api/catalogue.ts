import { type Fault, get, post, segment } from './client'

export const parts = ['departments', 'items', 'guides'] as const
export type Part = (typeof parts)[number]

export interface Edition {
  part: Part
  code: string
  name: string // of a guide its version
  says: string
  until: string | null // the last day of what is abolished
  revision: number
  draft: boolean
  drafted_by: string
  drafted_at_us: number
  released_by: string
  released_at_us: number | null
}

export interface EditionText {
  revision: number
  cells: string[]
}

export interface Entry {
  part: Part
  code: string
  columns: string[]
  active: EditionText | null
  draft: EditionText | null
}

export interface Named {
  part: Part
  code: string
}

export interface Check {
  drafts: Named[]
  faults: Fault[]
}

export interface Released {
  released: Named[]
  left: Named[] // not this person's to release
}

export const listEditions = () => get<{ editions: Edition[] }>('/catalogue')
export const showEntry = (part: Part, code: string) => get<Entry>(`/catalogue/${part}/${segment(code)}`)
export const checkDrafts = () => get<Check>('/catalogue/check')
export const releaseDrafts = () => post<Released>('/catalogue/releases')
