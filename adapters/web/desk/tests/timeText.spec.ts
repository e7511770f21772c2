import { describe, expect, it } from 'vitest'

import { timeText } from '../src/parts/timeText'
import { durationText, grouped, sizeText, valueText } from '../src/rooms/health/figures'

describe('time', () => {
  it.each(['America/New_York', 'Asia/Kathmandu', 'UTC'])('is that of the centre on a machine of %s', (zone) => {
    process.env.TZ = zone
    expect(timeText(Date.UTC(2026, 8, 24, 7, 20) * 1000)).toBe('2026-09-24 15:20:00')
  })
  it('passes midnight and the year', () => {
    expect(timeText(Date.UTC(2026, 11, 31, 16) * 1000)).toBe('2027-01-01 00:00:00')
  })
  it('drops what is less than a second, as clocks do', () => {
    expect(timeText(Date.UTC(2026, 8, 24, 7, 20) * 1000 + 999_999)).toBe('2026-09-24 15:20:00')
  })
  it.each([null, undefined, Number.NaN, 9e18])('has a dash for %s', (none) => {
    expect(timeText(none)).toBe('—')
  })
})

describe('figures', () => {
  it('have their units', () => {
    expect(durationText(59)).toBe('59 秒')
    expect(durationText(75)).toBe('1 分 15 秒')
    expect(durationText(5400)).toBe('1 小时 30 分')
    expect(durationText(90_000)).toBe('1 天 1 小时')
    expect(sizeText(1023)).toBe('1023 B')
    expect(sizeText(184_320)).toBe('180.0 KiB')
    expect(grouped(1_234_567)).toBe('1,234,567')
    expect(valueText('evaluations.open', 1243)).toBe('1,243 件')
    expect(valueText('journal.oldest_s', null)).toBe('—')
    expect(valueText('bridge.breaker_open', false)).toBe('否')
  })
})
