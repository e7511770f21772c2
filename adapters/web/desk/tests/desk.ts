import { flushPromises, mount } from '@vue/test-utils'
import { vi } from 'vitest'
import { type Component, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { Action, Session } from '../src/api/session'
import { routes } from '../src/rooms'
import { session } from '../src/session'

export interface Asked {
  method: string
  path: string
  body: unknown
}
type Answer = (asked: Asked) => { status?: number; body: unknown } | undefined

// Stands where the server stands: what was asked, in order, and what it answers.
export function serve(answer: Answer): Asked[] {
  const all: Asked[] = []
  vi.stubGlobal('fetch', async (address: string, how: RequestInit = {}) => {
    const asked: Asked = {
      method: how.method ?? 'GET',
      path: address.replace('/api/v1/staff', ''),
      body: typeof how.body === 'string' ? JSON.parse(how.body) : undefined,
    }
    all.push(asked)
    await nextTick()
    const { status = 200, body } = answer(asked) ?? { status: 404, body: {} }
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
    })
  })
  return all
}

export function signOn(...actions: Action[]): void {
  const mine: Session = {
    staff_id: '1001',
    name: '王建国',
    department_id: 'JY1',
    roles: ['technical'],
    session: {
      id: '7',
      current: true,
      way: 'invite',
      since_us: 0,
      seen_at_us: 0,
      idle_ends_at_us: 0,
      ends_at_us: 0,
    },
    may: actions.map((action) => ({ action, reach: 'everywhere' })),
    sees: [{ field: 'case_facts', reach: 'everywhere' }],
    file_forms: ['csv', 'xlsx'],
  }
  session.value = mine
}

export async function enter(room: Component, path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const mounted = mount(room, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return { mounted, router }
}

const visible = (one: Element) => one.closest('[style*="display: none"]') === null

export function button(text: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text && visible(one))
}

export function submitOfDialog(): HTMLFormElement {
  const form = [...document.querySelectorAll<HTMLFormElement>('.el-dialog form')].find(visible)
  if (form === undefined) throw new Error('no dialog is open')
  return form
}

export function problem(status: number, code: string) {
  return { status, body: { type: 'about:blank', title: '题', status, code, reason: '因', remedy: '法' } }
}
