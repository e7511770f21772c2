import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Calendar as Told } from '../src/api/calendar'
import { told } from '../src/parts/told'
import Calendar from '../src/rooms/Calendar.vue'
import { button, enter, problem, serve, signOn, submitOfDialog } from './desk'

const waits: Told = {
  in_force: '2020-2026@2025-11-04',
  offered: '2020-2026@2025-11-04+2026-09-20',
  national_days_differ: false,
  local_days_wait: true,
  begun_closures: [],
  missing_year: null,
  notices: [
    {
      scope: 'centre',
      year: null,
      published: '2026-09-20',
      title: '停电检修',
      document: '',
      days: [{ first: '2026-09-28', last: '2026-09-28', working: false, name: '停电检修' }],
      in_force: false,
      offered: true,
    },
  ],
}

let leave = () => {}
async function open(calendar: Told = waits, activation?: { status?: number; body: unknown }) {
  const asked = serve(({ path }) => {
    if (path === '/calendar') return { body: calendar }
    if (path === '/calendar/activation') return activation ?? { body: { in_force: calendar.offered } }
    const none = { looked_at: 3, moved: 0, first: [] }
    const moved = { looked_at: 9, moved: 1, first: [{ id: '1', case_no: 'SD-1', before_us: 0, after_us: 86400e6 }] }
    if (path === '/calendar/preview') return { body: { windows: moved, contacts: none, rectifications: none, offered: '' } }
    return undefined
  })
  const { mounted } = await enter(Calendar, '/calendar')
  leave = () => mounted.unmount()
  return { asked, mounted }
}

describe('the calendar', () => {
  beforeEach(() => {
    told.value = null
    document.body.innerHTML = ''
  })
  afterEach(() => leave())

  it('shows everybody what is in force and what waits, and lets only supervision activate', async () => {
    signOn()
    const { mounted } = await open()
    for (const text of ['停电检修', '2026-09-28', '待启用', waits.offered]) expect(mounted.text()).toContain(text)
    expect(button('启用本地安排')).toBeUndefined()
    expect(button('查看影响')).toBeUndefined()
    leave()
    signOn('activate_local_days')
    await open({ ...waits, local_days_wait: false })
    expect(button('启用本地安排')?.disabled).toBe(true)
  })

  it('shows what would move before anything does', async () => {
    signOn('activate_local_days')
    const { asked } = await open()
    button('查看影响')?.click()
    await flushPromises()
    expect(document.body.textContent).toContain('评价截止：在途 9 件，会顺延 1 件')
    expect(document.body.textContent).toContain('SD-1')
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
  })

  it('activates the version that was looked at, and loads anew where the files have changed since', async () => {
    signOn('activate_local_days')
    const { asked } = await open(waits, problem(412, 'changed_since'))
    button('启用本地安排')?.click()
    await flushPromises()
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ offered: waits.offered })
    expect(asked.filter((one) => one.path === '/calendar')).toHaveLength(2)
    leave()
    document.body.innerHTML = ''
    await open()
    button('启用本地安排')?.click()
    await flushPromises()
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(told.value?.text).toContain(waits.offered)
  })
})
