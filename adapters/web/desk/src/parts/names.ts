import { computed, shallowRef } from 'vue'

import { type Edition, listEditions } from '../api/catalogue'
import { listPeople, type Person } from '../api/people'
import { may } from '../session'
import { words } from '../words'
import { today } from './timeText'

const editions = shallowRef<Edition[]>([])
const people = shallowRef<Person[]>([])

export interface Choice {
  value: string
  label: string
}

function activeOf(part: Edition['part']): Edition[] {
  return editions.value.filter((one) => one.part === part && !one.draft)
}

const departmentNames = computed(() => new Map(activeOf('departments').map((one) => [one.code, one.name])))
const itemNames = computed(() => new Map(activeOf('items').map((one) => [one.code, one.name])))
const personNames = computed(() => new Map(people.value.map((one) => [one.staff_id, one.name ?? ''])))

// Names beside codes are a help, not the matter: without them the codes stand alone, and the room opens all the same.
export async function learnCatalogue(): Promise<void> {
  try {
    editions.value = (await listEditions()).editions
  } catch {
    editions.value = []
  }
}
export async function learnPeople(): Promise<void> {
  if (!may('see_roster')) return
  try {
    people.value = (await listPeople()).people
  } catch {
    people.value = []
  }
}

export const departmentName = (id: string) => departmentNames.value.get(id) || id || words.value.common.none
export const itemName = (code: string) => itemNames.value.get(code) || code || words.value.common.none
export const personName = (id: string) =>
  id === '' ? words.value.common.none : words.value.common.person(id, personNames.value.get(id) ?? '')

function choices(part: Edition['part']): Choice[] {
  const now = today()
  return activeOf(part)
    .filter((one) => one.until === null || one.until >= now)
    .map((one) => ({ value: one.code, label: `${one.name}（${one.code}）` }))
}
export const itemChoices = computed(() => choices('items'))
export const departmentChoices = computed(() => choices('departments'))
export const peopleHere = computed<Choice[]>(() =>
  people.value
    .filter((one) => one.standing === 'here')
    .map((one) => ({ value: one.staff_id, label: words.value.common.person(one.staff_id, one.name ?? '') })),
)
