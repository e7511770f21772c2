import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { DeliveryRow } from '../src/api/deliveries'
import Deliveries from '../src/rooms/Deliveries.vue'
import { button, enter, problem, serve, signOn, submitOfDialog } from './desk'

function delivery(id: string): DeliveryRow {
  return {
    id,
    kind: 'service',
    kind_text: '办件服务',
    origin: null,
    unsubmitted: false,
    revision: 1,
    state: 'parked',
    state_text: '待人工处理',
    reason: '内容未被接受',
    reason_code: 'refused',
    attempts: 2,
    outcome_unknown: false,
    waits_for: null,
    created_at_us: 0,
    next_at_us: 0,
    give_up_at_us: 0,
    held_since_us: null,
    delivered_at_us: null,
    case_no: `BJ-${id}`,
    completion_no: 1,
    node: '',
    project_no: '',
    service_number: null,
  }
}
const rows = ['11', '12', '13'].map(delivery)

let leave = () => {}
async function open(path = '/deliveries', fails = false) {
  const asked = serve(({ method, path: to }) => {
    if (fails) return problem(503, 'unavailable')
    if (method === 'GET') return { body: { deliveries: rows, next: '13', total: 120 } }
    return {
      body: {
        done: 1,
        rows: [
          { id: '11', done: true, reason: '' },
          { id: '12', done: false, reason: `正在推送：${to}` },
        ],
      },
    }
  })
  const { mounted, router } = await enter(Deliveries, path)
  leave = () => mounted.unmount()
  return { mounted, router, asked }
}
async function tick(at: number): Promise<void> {
  document.querySelectorAll<HTMLInputElement>('tbody input[type=checkbox]')[at]?.click()
  await flushPromises()
}

describe('deliveries', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })
  afterEach(() => leave())

  it('offers what one may', async () => {
    signOn('retry_delivery')
    await open()
    expect(button('重新推送')).toBeDefined()
    expect(button('暂缓')).toBeUndefined()
    leave()
    signOn('hold_delivery')
    await open()
    expect(button('重新推送')).toBeUndefined()
    expect(button('暂缓')).toBeDefined()
    expect(button('解除暂缓')).toBeDefined()
  })

  it('filters by the address, and pages after the last row', async () => {
    signOn()
    const { asked } = await open('/deliveries?state=parked&case_no=BJ-1&unknown=1')
    expect(asked.map((one) => one.path)).toEqual(['/deliveries?state=parked&case_no=BJ-1&limit=50'])
    button('下一页')?.click()
    await flushPromises()
    expect(asked[1]?.path).toBe('/deliveries?state=parked&case_no=BJ-1&after=13&limit=50')
  })

  it('looks again where the address changes', async () => {
    signOn()
    const { asked, router } = await open()
    await router.push('/deliveries?case_no=BJ-7')
    await flushPromises()
    expect(asked.map((one) => one.path)).toEqual(['/deliveries?limit=50', '/deliveries?case_no=BJ-7&limit=50'])
    expect([...document.querySelectorAll('input')].some((one) => one.value === 'BJ-7')).toBe(true)
  })

  it('says how many it will do, does it once, and shows what each answered', async () => {
    signOn('retry_delivery')
    const { asked } = await open()
    expect(button('重新推送')?.disabled).toBe(true)
    await tick(0)
    await tick(1)
    button('重新推送')?.click()
    await flushPromises()
    expect(document.body.textContent).toContain('将对 2 条推送办理“重新推送”')
    const form = submitOfDialog()
    form.requestSubmit()
    form.requestSubmit()
    await flushPromises()
    const sent = asked.filter((one) => one.method === 'POST')
    expect(sent).toEqual([{ method: 'POST', path: '/deliveries/retry', body: { ids: ['11', '12'] } }])
    expect(document.body.textContent).toContain('所选 2 条，办成 1 条')
    expect(document.body.textContent).toContain('正在推送：/deliveries/retry')
  })

  it('tells why there is no list, and tries again', async () => {
    signOn()
    const { mounted, asked } = await open('/deliveries', true)
    expect(mounted.find('[role=alert]').text()).toContain('因')
    button('重试')?.click()
    await flushPromises()
    expect(asked).toHaveLength(2)
  })
})
