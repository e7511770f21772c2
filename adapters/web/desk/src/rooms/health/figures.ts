import type { Figure, Health } from '../../api/health'
import { timeText } from '../../parts/timeText'
import { wordOf, words } from '../../words'

export interface Told {
  key: string
  name: string
  value: string
}
export interface Group {
  key: string
  name: string
  figures: Told[]
}

const apart = ['alarms', 'instances'] // shown as tables of their own
const first = 'module'

// What is counted, where it is not entries.
const counted: Record<string, 'cases' | 'times'> = {
  'evaluations.open': 'cases',
  'evaluations.unattributed_cases': 'cases',
  'evaluations.unclassified_cases': 'cases',
  'bridge.delivered': 'times',
  'bridge.failed': 'times',
  'bridge.refused': 'times',
  'bridge.in_flight': 'times',
}

export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function durationText(seconds: number): string {
  const said = words.value.health
  if (seconds < 60) return said.seconds(seconds)
  if (seconds < 3600) return said.minutes(Math.floor(seconds / 60), seconds % 60)
  if (seconds < 86_400) return said.hours(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
  return said.days(Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600))
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`
}

// The unit is in a figure's name, as everywhere in the module.
export function valueText(key: string, value: Figure): string {
  const { health, common } = words.value
  if (value === null || value === '') return common.none
  if (typeof value === 'boolean') return value ? common.yes : common.no
  if (typeof value === 'string') return wordOf(health.said, wordOf(health.states, value))
  if (key.endsWith('_us')) return timeText(value)
  if (key.endsWith('_s')) return durationText(value)
  if (key.endsWith('bytes')) return sizeText(value)
  if (!key.includes('.')) return String(value)
  return health.units[counted[key] ?? 'entries'](grouped(value))
}

const isFigure = (value: unknown): value is Figure =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

function told(key: string, value: Figure): Told {
  return { key, name: wordOf(words.value.health.figures, key), value: valueText(key, value) }
}

// A part that is away stands as a group with one figure that says so.
export function groupsOf(health: Health): Group[] {
  const said = words.value.health
  const module: Group = { key: first, name: wordOf(said.groups, first), figures: [] }
  const groups = [module]
  for (const [key, value] of Object.entries(health)) {
    if (apart.includes(key)) continue
    const name = said.groups[key]
    if (value === null && name !== undefined) {
      groups.push({ key, name, figures: [{ key, name: said.figures.state ?? key, value: said.unread }] })
    } else if (isFigure(value)) {
      if (name === undefined) module.figures.push(told(key, value))
      else groups.push({ key, name, figures: [{ key, name: said.figures.state ?? key, value: valueText(key, value) }] })
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      const figures = Object.entries(value)
        .filter((one): one is [string, Figure] => isFigure(one[1]))
        .map(([inner, figure]) => told(`${key}.${inner}`, figure))
      groups.push({ key, name: name ?? key, figures })
    }
  }
  return groups
}
