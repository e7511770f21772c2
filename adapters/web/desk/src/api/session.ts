import { get, remove } from './client'
import type { FileForm } from './exports'

export const roles = [
  'evaluated',
  'contact',
  'head',
  'supervisor',
  'second_signer',
  'committee',
  'technical',
  'finance',
  'publicity_editor',
] as const
export type Role = (typeof roles)[number]
// Everybody on the roster is evaluated: that is never granted.
export const grantedRoles = roles.filter((one) => one !== 'evaluated')

export type Reach = 'nothing' | 'own_reviews' | 'own_department' | 'everywhere'

export type Action =
  | 'see_roster'
  | 'import_roster'
  | 'propose_role'
  | 'propose_first_technical'
  | 'withdraw_proposal'
  | 'confirm_role'
  | 'end_role'
  | 'invite_staff'
  | 'end_staff_sessions'
  | 'import_catalogue'
  | 'release_catalogue'
  | 'attribute_case'
  | 'attribute_rated_case'
  | 'sign_attribution'
  | 'retry_delivery'
  | 'hold_delivery'
  | 'adopt_service'
  | 'take_back_event'
  | 'activate_local_days'
  | 'interpret_rule'
  | 'verify_ledger'
  | 'read_health'
  | 'read_coverage'
  | 'read_exports'
  | 'read_unmaskings'
  | 'report_leak'
  | 'decide_leak'

export type Field = 'case_facts' | 'level' | 'text' | 'subject_masked' | 'subject_identity' | 'subject_phone'

export interface SignOn {
  id: string
  current: boolean
  way: 'invite' | 'ticket' | 'openid'
  since_us: number
  seen_at_us: number
  idle_ends_at_us: number
  ends_at_us: number
}

export interface Session {
  staff_id: string
  name: string
  department_id: string
  roles: Role[]
  session: SignOn
  may: { action: Action; reach: Reach }[]
  sees: { field: Field; reach: Reach }[]
  file_forms: FileForm[] // that the server can write
}

export interface AccessTable {
  roles: { code: Role; name: string }[]
  rows: ({ name: string; reaches: Reach[] } & ({ kind: 'field'; code: Field } | { kind: 'action'; code: Action }))[]
}

export const whoAmI = () => get<Session>('/session')
export const mySessions = () => get<{ sessions: SignOn[] }>('/sessions')
export const signOut = () => remove<object>('/session')
export const signOutEverywhere = () => remove<object>('/sessions')
export const accessTable = () => get<AccessTable>('/access')
