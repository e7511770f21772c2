import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Grant, Person } from '../src/api/people'
import { told } from '../src/parts/told'
import People from '../src/rooms/People.vue'
import { button, enter, problem, serve, signOn, submitOfDialog } from './desk'

function person(staff_id: string, name: string, more: Partial<Person> = {}): Person {
  return {
    staff_id,
    name,
    department_id: 'JY1',
    windows: [],
    since_us: 0,
    until_us: null,
    standing: 'here',
    roles: [],
    ...more,
  }
}
const waiting: Grant = {
  id: '5',
  staff_id: '1002',
  role: 'head',
  department_id: 'JY1',
  founding: false,
  proposed_by: '1003',
  proposed_at_us: 0,
  confirmed_by: '',
  confirmed_at_us: null,
}
const people = [person('1001', '王建国'), person('1002', '李秀英', { windows: ['3号'] }), person('1003', '张伟')]

let leave = () => {}
async function open(grants: Grant[] = [waiting], answer: (path: string) => unknown = () => undefined) {
  const asked = serve(({ method, path }) => {
    const said = answer(path)
    if (said !== undefined) return said as { body: unknown }
    if (path === '/people') return { body: { people, grants } }
    if (path === '/catalogue') return { body: { editions: [] } }
    return method === 'GET' ? undefined : { body: { id: '5' } }
  })
  const { mounted } = await enter(People, '/people')
  leave = () => mounted.unmount()
  return { mounted, asked }
}

describe('people and roles', () => {
  beforeEach(() => {
    told.value = null
    document.body.innerHTML = ''
  })
  afterEach(() => leave())

  it('has no button for what one may not', async () => {
    signOn('see_roster')
    const { mounted } = await open()
    expect(mounted.text()).toContain('李秀英')
    for (const text of ['提名岗位', '确认', '退回', '撤回', '签发登录码', '结束登录'])
      expect(button(text)).toBeUndefined()
  })

  it('has the buttons of a supervisor, and of a proposer', async () => {
    signOn('see_roster', 'confirm_role', 'end_role', 'invite_staff', 'end_staff_sessions')
    await open()
    for (const text of ['确认', '退回', '签发登录码', '结束登录']) expect(button(text)).toBeDefined()
    leave()
    signOn('see_roster', 'propose_role', 'withdraw_proposal')
    await open()
    for (const text of ['提名岗位', '撤回']) expect(button(text)).toBeDefined()
    expect(button('确认')).toBeUndefined()
  })

  it('says why one cannot confirm what one has proposed, or what is about oneself', async () => {
    signOn('see_roster', 'confirm_role', 'end_role')
    const { mounted } = await open([
      { ...waiting, proposed_by: '1001' },
      { ...waiting, id: '6', staff_id: '1001' },
    ])
    expect(button('确认')).toBeUndefined()
    expect(mounted.text()).toContain('您提名的，由他人确认')
    expect(mounted.text()).toContain('关于您本人，由他人办理')
  })

  it('sends a confirmation once, however often it is clicked', async () => {
    signOn('see_roster', 'confirm_role')
    const { asked } = await open()
    button('确认')?.click()
    await flushPromises()
    const form = submitOfDialog()
    form.requestSubmit()
    form.requestSubmit()
    await flushPromises()
    expect(asked.filter((one) => one.path === '/grants/5/confirmation')).toHaveLength(1)
    expect(told.value).toEqual({ text: '已确认，岗位生效', good: true })
  })

  it('asks for a reason before it refuses, and keeps it where the request fails', async () => {
    signOn('see_roster', 'end_role')
    const { asked } = await open([waiting], (path) =>
      path === '/grants/5/ending' ? problem(503, 'unavailable') : undefined,
    )
    button('退回')?.click()
    await flushPromises()
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(asked.some((one) => one.path === '/grants/5/ending')).toBe(false)
    const reason = submitOfDialog().querySelector('textarea')
    if (reason === null) throw new Error('no place for the reason')
    reason.value = '提错了人'
    reason.dispatchEvent(new Event('input'))
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(asked.find((one) => one.path === '/grants/5/ending')?.body).toEqual({ why: '提错了人' })
    expect(submitOfDialog().textContent).toContain('法')
    expect(submitOfDialog().querySelector('textarea')?.value).toBe('提错了人')
  })

  it('says that somebody was quicker, and loads again', async () => {
    signOn('see_roster', 'confirm_role')
    const { asked } = await open([waiting], (path) =>
      path === '/grants/5/confirmation' ? problem(409, 'overtaken') : undefined,
    )
    const before = asked.filter((one) => one.path === '/people').length
    button('确认')?.click()
    await flushPromises()
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(submitOfDialog().textContent).toContain('已有他人先行办理')
    expect(asked.filter((one) => one.path === '/people').length).toBe(before + 1)
  })

  it('shows a sign-on code once, and where to open it', async () => {
    signOn('see_roster', 'invite_staff')
    await open([], (path) =>
      path === '/people/1002/invite' ? { status: 201, body: { code: 'abcd-efgh', until_us: 0 } } : undefined,
    )
    button('签发登录码')?.click()
    await flushPromises()
    submitOfDialog().requestSubmit()
    await flushPromises()
    expect(document.body.textContent).toContain('abcd-efgh')
    expect(document.body.textContent).toContain('/staff/')
    button('关闭')?.click()
    await flushPromises()
    expect(document.body.textContent).not.toContain('abcd-efgh')
  })
})
