import { shallowRef } from 'vue'

import { type Action, type Field, type Reach, type Session, whoAmI } from './api/session'

export const session = shallowRef<Session | null>(null)

export async function openSession(): Promise<void> {
  session.value = await whoAmI()
}

export const me = () => session.value?.staff_id ?? ''

export const may = (...any: Action[]) =>
  session.value?.may.some((one) => one.reach !== 'nothing' && any.includes(one.action)) ?? false

// As far as that; without a reach, at all.
export const sees = (field: Field, reach?: Reach) =>
  session.value?.sees.some((one) => one.field === field && (reach === undefined || one.reach === reach)) ?? false
