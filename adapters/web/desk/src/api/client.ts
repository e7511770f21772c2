import { words } from '../words'

export const base = '/api/v1/staff'
const patience_ms = 30_000

export interface Fault {
  part: string
  column: string
  problem: string
  remedy: string
}

// Why a request came to nothing, in sentences for the person at the desk. Status 0: no answer came, so a change may have
// been made all the same.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly reason: string,
    readonly remedy: string,
    readonly field: string | null = null,
    readonly faults: Fault[] = [],
    // The server's sentences are Chinese whatever language the desk speaks.
    readonly spokenByServer = true,
  ) {
    super(`${title}：${reason}`)
  }

  // Somebody else was quicker, or the state has moved on: what is shown is old.
  get overtaken(): boolean {
    return this.status === 409 || this.status === 412
  }
}

// Where people sign on: a page of the server, not a room of the desk.
export const door = {
  signOn(): void {
    window.location.assign('/staff/')
  },
}

function own(status: number, code: string, said: { title: string; reason: string; remedy: string }): Problem {
  return new Problem(status, code, said.title, said.reason, said.remedy, null, [], false)
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : own(0, 'own_fault', words.value.problems.ownFault)
}

type Body = Record<string, unknown>

function textOf(body: Body, key: string): string {
  const value = body[key]
  return typeof value === 'string' ? value : ''
}

async function problemOf(answer: Response): Promise<Problem> {
  const strange = words.value.problems.strange
  let body: Body
  try {
    body = (await answer.json()) as Body
  } catch {
    return own(answer.status, 'strange', strange)
  }
  if (typeof body !== 'object' || body === null) return own(answer.status, 'strange', strange)
  return new Problem(
    answer.status,
    textOf(body, 'code'),
    textOf(body, 'title') || strange.title,
    textOf(body, 'reason') || textOf(body, 'detail') || strange.reason,
    textOf(body, 'remedy') || strange.remedy,
    textOf(body, 'field') || null,
    Array.isArray(body.faults) ? (body.faults as Fault[]) : [],
  )
}

type Method = 'GET' | 'POST' | 'DELETE'

// Throws a Problem for whatever is no answer that `read` can read.
async function ask<Answer>(
  method: Method,
  path: string,
  body: Body | undefined,
  read: (answer: Response) => Promise<Answer>,
  patience = patience_ms,
): Promise<Answer> {
  const given_up = new AbortController()
  const timer = setTimeout(() => given_up.abort(), patience)
  const headers: Record<string, string> = {}
  if (method !== 'GET') headers['Content-Type'] = 'application/json'
  try {
    let answer: Response
    try {
      answer = await fetch(base + path, {
        method,
        headers,
        cache: 'no-store',
        signal: given_up.signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch {
      throw own(0, 'no_answer', method === 'GET' ? words.value.problems.noAnswer : words.value.problems.inDoubt)
    }
    if (!answer.ok) {
      const problem = await problemOf(answer)
      if (problem.status === 401) door.signOn()
      throw problem
    }
    try {
      return await read(answer)
    } catch {
      throw own(answer.status, 'strange', words.value.problems.strange)
    }
  } finally {
    clearTimeout(timer)
  }
}

const jsonOf = async <Answer>(answer: Response) => (await answer.json()) as Answer

export type Query = Record<string, string | number | null | undefined>

// Without what is empty: an absent parameter is no condition.
export function queryText(query: Query): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') said.set(name, String(value))
  return said.toString()
}
export function withQuery(path: string, query: Query): string {
  const text = queryText(query)
  return text === '' ? path : `${path}?${text}`
}

export const segment = encodeURIComponent

export const get = <Answer>(path: string, query: Query = {}) =>
  ask('GET', withQuery(path, query), undefined, jsonOf<Answer>)
export const post = <Answer>(path: string, body: Body = {}) => ask('POST', path, body, jsonOf<Answer>)
export const remove = <Answer>(path: string) => ask('DELETE', path, undefined, jsonOf<Answer>)

// A file takes as long as its rows do.
const filePatience_ms = 300_000
export const postForFile = (path: string, body: Body) =>
  ask('POST', path, body, (answer) => answer.blob(), filePatience_ms)
