import { get, post } from './client'

export type Scope = 'national' | 'province' | 'centre'

export interface Notice {
  scope: Scope
  year: number | null
  published: string
  title: string
  document: string
  days: { first: string; last: string; working: boolean; name: string }[]
  in_force: boolean
  offered: boolean // the files of the machine have it
}

export interface Calendar {
  in_force: string | null
  offered: string
  national_days_differ: boolean
  local_days_wait: boolean
  begun_closures: string[]
  missing_year: number | null
  notices: Notice[]
}

export interface Moves {
  looked_at: number
  moved: number
  first: { id: string; case_no: string; before_us: number; after_us: number }[]
}
export const clocks = ['windows', 'contacts', 'rectifications'] as const
export type Clock = (typeof clocks)[number]
export type Preview = Record<Clock, Moves> & { offered: string }

export const readCalendar = () => get<Calendar>('/calendar')
export const previewCalendar = () => get<Preview>('/calendar/preview')
export const activateLocalDays = (offered: string) => post<{ in_force: string }>('/calendar/activation', { offered })
