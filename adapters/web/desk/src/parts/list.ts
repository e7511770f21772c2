import { computed, ref, shallowRef } from 'vue'

import { asProblem, type Problem } from '../api/client'

export interface Page<Row> {
  rows: Row[]
  next: string | null
  total?: number
}

// A list that the server gives page by page, each after the last row of the one before. Only the newest question's
// answer is shown; what was shown stays where a question fails, and so does the failure until an answer comes.
export function useList<Row>(fetchPage: (after: string | null) => Promise<Page<Row>>) {
  const rows = shallowRef<Row[]>([])
  const total = ref<number | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const next = ref<string | null>(null)
  const afters = ref<(string | null)[]>([null]) // of the pages up to this one
  let newest = 0

  async function load(trail: (string | null)[]): Promise<void> {
    const mine = ++newest
    loading.value = true
    try {
      const page = await fetchPage(trail[trail.length - 1] ?? null)
      if (mine !== newest) return
      rows.value = page.rows
      next.value = page.next
      total.value = page.total ?? null
      afters.value = trail
      loaded.value = true
      problem.value = null
    } catch (error) {
      if (mine === newest) problem.value = asProblem(error)
    } finally {
      if (mine === newest) loading.value = false
    }
  }

  return {
    rows,
    total,
    loading,
    loaded,
    problem,
    pageNo: computed(() => afters.value.length),
    hasNext: computed(() => next.value !== null),
    hasPrevious: computed(() => afters.value.length > 1),
    first: () => load([null]),
    reload: () => load(afters.value),
    toNext: async () => {
      if (next.value !== null) await load([...afters.value, next.value])
    },
    toPrevious: async () => {
      if (afters.value.length > 1) await load(afters.value.slice(0, -1))
    },
  }
}

// What turns its pages.
export function turningOf<Row>(list: List<Row>) {
  return computed(() => ({
    pageNo: list.pageNo.value,
    hasNext: list.hasNext.value,
    hasPrevious: list.hasPrevious.value,
    toNext: list.toNext,
    toPrevious: list.toPrevious,
  }))
}

export type List<Row> = ReturnType<typeof useList<Row>>

// One thing that the server tells whole, read again as often as one likes.
export function useOne<Thing>(ask: () => Promise<Thing>) {
  const { rows, loading, loaded, problem, first } = useList<Thing>(async () => ({ rows: [await ask()], next: null }))
  return { found: computed(() => rows.value[0]), loading, loaded, problem, read: first }
}
