import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import Deliveries from '../src/rooms/Deliveries.vue'
import { session } from '../src/session'
import { button, enter, problem, serve, signOn } from './desk'

const row = (id: string) => ({ id, kind: 'service', case_no: `A-${id}`, state: 'queued', attempts: 0 })
const page = { deliveries: [row('1'), row('2')], next: null, total: 2 }

describe('taking a list as a file', () => {
  const kept: string[] = []
  let leave = () => {}
  const open = async (path: string) => {
    const { mounted } = await enter(Deliveries, path)
    leave = () => mounted.unmount()
  }
  beforeEach(() => {
    kept.length = 0
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }))
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      kept.push(this.download)
    })
    signOn()
  })
  afterEach(() => {
    leave()
    document.body.innerHTML = ''
    vi.restoreAllMocks()
  })

  it('asks for it as it is narrowed, in the columns that are shown', async () => {
    const asked = serve(({ path }) => (path === '/exports' ? { body: 'file' } : { body: page }))
    await open('/deliveries?state=parked&case_no=A-1')
    expect(button('导出 CSV')).toBeDefined()
    button('导出 XLSX')?.click()
    await vi.waitFor(() => expect(kept).toEqual(['推送.xlsx']))
    const body = asked.find((one) => one.path === '/exports')?.body as Record<string, unknown>
    expect([body.list, body.form, body.query]).toEqual(['deliveries', 'xlsx', 'state=parked&case_no=A-1'])
    expect(body.columns).toContain('case_no')
    expect(body.columns).not.toContain('project')
  })

  it('offers what the server can write alone, and says why nothing came', async () => {
    if (session.value) session.value = { ...session.value, file_forms: ['csv'] }
    serve(({ path }) => (path === '/exports' ? problem(422, 'too_many') : { body: page }))
    await open('/deliveries')
    expect(button('导出 XLSX')).toBeUndefined()
    button('导出 CSV')?.click()
    await vi.waitFor(() => expect(document.body.textContent).toContain('因'))
    expect(kept).toEqual([])
  })
})
