import { describe, expect, it, vi } from 'vitest'

import { asProblem, door, get, post, Problem, remove, withQuery } from '../src/api/client'
import { problem, serve } from './desk'

async function failureOf(asking: Promise<unknown>): Promise<Problem> {
  try {
    await asking
  } catch (error) {
    return asProblem(error)
  }
  throw new Error('it did not fail')
}

describe('the client', () => {
  it('asks below the staff API, and a change says it is JSON', async () => {
    const fetched = vi.fn(async (..._: unknown[]) => new Response('{}'))
    vi.stubGlobal('fetch', fetched)
    await post('/grants', { staff_id: '1' })
    await remove('/session')
    const [first, second] = fetched.mock.calls as [string, RequestInit][]
    expect(first?.[0]).toBe('/api/v1/staff/grants')
    expect(first?.[1].body).toBe('{"staff_id":"1"}')
    for (const call of [first, second])
      expect((call?.[1].headers as Record<string, string>)['Content-Type']).toBe('application/json')
    expect(second?.[1].body).toBeUndefined()
  })

  it('tells a problem as the server tells it', async () => {
    serve(() => ({
      status: 422,
      body: {
        title: '不对',
        code: 'wrong',
        reason: '编号不对',
        remedy: '核对',
        field: 'number',
        faults: [{ part: 'items', column: 'c', problem: 'p', remedy: 'r' }],
      },
    }))
    const told = await failureOf(get('/x'))
    expect(told).toMatchObject({ status: 422, code: 'wrong', title: '不对', reason: '编号不对', field: 'number' })
    expect(told.faults).toHaveLength(1)
    expect(told.spokenByServer).toBe(true)
    expect(told.overtaken).toBe(false)
  })

  it.each([409, 412])('knows that %i is somebody quicker', async (status) => {
    serve(() => problem(status, 'overtaken'))
    expect((await failureOf(post('/x'))).overtaken).toBe(true)
  })

  it('leads to the sign-on page where nobody is signed on', async () => {
    const left = vi.spyOn(door, 'signOn').mockImplementation(() => undefined)
    serve(() => problem(401, 'not_signed_on'))
    await failureOf(get('/session'))
    expect(left).toHaveBeenCalledOnce()
  })

  it('is in doubt about a change that got no answer, and only about a change', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('network')
    })
    expect((await failureOf(get('/x'))).title).toBe('没有应答')
    expect((await failureOf(post('/x'))).title).toBe('不知是否完成')
  })

  it.each(['<html>', 'null', '"text"'])('has words of its own for the answer %s', async (text) => {
    vi.stubGlobal('fetch', async () => new Response(text, { status: 502 }))
    expect(await failureOf(get('/x'))).toMatchObject({ status: 502, title: '出错了', spokenByServer: false })
  })

  it('leaves out conditions that are empty', () => {
    expect(withQuery('/d', { state: '', case_no: 'A&B', after: null, limit: 50 })).toBe('/d?case_no=A%26B&limit=50')
    expect(withQuery('/d', {})).toBe('/d')
  })
})
