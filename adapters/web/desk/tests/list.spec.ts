import { beforeEach, describe, expect, it } from 'vitest'

import { Problem } from '../src/api/client'
import { type Page, useList } from '../src/parts/list'
import { useSavedFilters } from '../src/parts/savedFilters'
import { signOn } from './desk'

const pages: Record<string, Page<string>> = {
  '': { rows: ['a', 'b'], next: 'b', total: 5 },
  b: { rows: ['c', 'd'], next: 'd', total: 5 },
  d: { rows: ['e'], next: null, total: 5 },
}

describe('a list of pages', () => {
  it('goes on after the last row and back the way it came', async () => {
    const asked: (string | null)[] = []
    const list = useList<string>(async (after) => {
      asked.push(after)
      return pages[after ?? ''] ?? { rows: [], next: null }
    })
    await list.first()
    expect([list.hasPrevious.value, list.hasNext.value, list.total.value]).toEqual([false, true, 5])
    await list.toNext()
    await list.toNext()
    expect([list.rows.value, list.pageNo.value, list.hasNext.value]).toEqual([['e'], 3, false])
    await list.toNext()
    await list.toPrevious()
    await list.reload()
    await list.toPrevious()
    expect(asked).toEqual([null, 'b', 'd', 'b', 'b', null])
    expect([list.rows.value, list.hasPrevious.value]).toEqual([['a', 'b'], false])
  })

  it('keeps what it shows where a page fails, and stays on it', async () => {
    let fails = false
    const list = useList<string>(async (after) => {
      if (fails) throw new Problem(503, 'unavailable', '暂时不可用', '因', '法')
      return pages[after ?? ''] ?? { rows: [], next: null }
    })
    await list.first()
    fails = true
    await list.toNext()
    expect([list.rows.value, list.pageNo.value, list.problem.value?.status]).toEqual([['a', 'b'], 1, 503])
    fails = false
    await list.reload()
    expect(list.problem.value).toBeNull()
  })

  it('shows the newest answer only, whichever comes last', async () => {
    const answers: ((page: Page<string>) => void)[] = []
    const list = useList<string>(() => new Promise((resolve) => answers.push(resolve)))
    const [older, newer] = [list.first(), list.first()]
    answers[1]?.({ rows: ['new'], next: null })
    await newer
    answers[0]?.({ rows: ['old'], next: null })
    await older
    expect([list.rows.value, list.loading.value]).toEqual([['new'], false])
  })
})

describe('saved filters', () => {
  beforeEach(() => {
    window.localStorage.clear()
    signOn()
  })

  it('are there again the next time, the newest first, each name once', () => {
    const { save, drop } = useSavedFilters('deliveries')
    save('停住的', { state: 'held' })
    save('待人工', { state: 'parked' })
    save('停住的', { state: 'held', reason: 'operator' })
    expect(useSavedFilters('deliveries').saved.value).toEqual([
      { name: '停住的', filter: { state: 'held', reason: 'operator' } },
      { name: '待人工', filter: { state: 'parked' } },
    ])
    drop('停住的')
    expect(useSavedFilters('deliveries').saved.value).toHaveLength(1)
    expect(useSavedFilters('people').saved.value).toEqual([])
  })

  it.each(['{', '7', '[{"name":3}]', '[{"name":"a","filter":{"x":1}}]'])('survive a store that has %s', (text) => {
    window.localStorage.setItem('desk.1001.filters.deliveries', text)
    expect(useSavedFilters('deliveries').saved.value).toEqual([])
  })
})
