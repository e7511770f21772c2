import { ref } from 'vue'

import { me } from '../session'
import { remember, rememberedJson } from './stored'

export type Filter = Record<string, string>
export interface SavedFilter {
  name: string
  filter: Filter
}

const most = 20

function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')
}

function isSaved(value: unknown): value is SavedFilter {
  if (typeof value !== 'object' || value === null) return false
  const { name, filter } = value as Partial<SavedFilter>
  return typeof name === 'string' && isFilter(filter)
}

// Kept for each person apart: a window's machine is shared.
export function useSavedFilters(list: string) {
  const key = `desk.${me()}.filters.${list}`
  const stored = rememberedJson(key)
  const saved = ref<SavedFilter[]>(Array.isArray(stored) ? stored.filter(isSaved) : [])

  function keep(all: SavedFilter[]): void {
    saved.value = all.slice(0, most)
    remember(key, JSON.stringify(saved.value))
  }
  return {
    saved,
    save: (name: string, filter: Filter) =>
      keep([{ name, filter: { ...filter } }, ...saved.value.filter((one) => one.name !== name)]),
    drop: (name: string) => keep(saved.value.filter((one) => one.name !== name)),
  }
}
