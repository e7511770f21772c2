import { get, post } from './client'

export const noticeKinds = [
  'role_to_confirm',
  'role_given',
  'role_ended',
  'attribution_to_sign',
  'attribution_signed',
  'drafts_to_release',
  'guide_to_renew',
  'leak_to_decide',
  'leak_decided',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export interface Notice {
  id: string
  kind: NoticeKind
  text: string
  about: string
  caused_by: string
  made_at_us: number
  read_at_us: number | null
}

export const listInbox = (after: string | null) =>
  get<{ notices: Notice[]; next: string | null; unread: number }>('/inbox', { after, limit: 50 })
export const readNotices = (ids: string[]) => post<{ read: number }>('/inbox/read', { ids })
