import { get, post } from './client'

export interface PolicyVersion {
  name: string
  lines: { key: string; value: string }[] // as policy.ini has them, in its order; an empty value: it says nothing
}

export interface Interpretation {
  id: string
  version: string
  key: string
  text: string
  written_by: string
  written_at_us: number
}

export interface Policies {
  in_force: string
  continued_past_end: boolean
  versions: PolicyVersion[] // by their beginning
  interpretations: Interpretation[] // the first first
}

export const readPolicies = () => get<Policies>('/policies')
export const interpret = (version: string, key: string, text: string) =>
  post<{ id: string }>('/interpretations', { version, key, text })
