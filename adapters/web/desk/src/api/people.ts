import { get, post, remove, segment } from './client'
import type { Role } from './session'

export type Standing = 'here' | 'not_yet' | 'left'

export interface Person {
  staff_id: string
  name: string | null // nobody can read it any more
  department_id: string
  windows: string[]
  since_us: number
  until_us: number | null
  standing: Standing
  roles: Role[]
}

export interface Grant {
  id: string
  staff_id: string
  role: Role
  department_id: string
  founding: boolean
  proposed_by: string
  proposed_at_us: number
  confirmed_by: string
  confirmed_at_us: number | null // null: it waits
}

export interface People {
  people: Person[]
  grants: Grant[]
}

export interface Invite {
  code: string // told once
  until_us: number
}

export const listPeople = () => get<People>('/people')
export const proposeRole = (staff_id: string, role: Role) => post<{ id: string }>('/grants', { staff_id, role })
export const confirmGrant = (id: string) => post<{ id: string }>(`/grants/${segment(id)}/confirmation`)
export const endGrant = (id: string, why: string) => post<{ id: string }>(`/grants/${segment(id)}/ending`, { why })
export const invite = (staff_id: string) => post<Invite>(`/people/${segment(staff_id)}/invite`)
export const endSessions = (staff_id: string) => remove<{ ended: number }>(`/people/${segment(staff_id)}/sessions`)
