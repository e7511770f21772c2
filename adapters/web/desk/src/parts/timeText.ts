// China has kept UTC+8 the year round since 1992, and nothing here is older: no zone table of the machine is asked.
const shanghai_ms = 8 * 3600 * 1000

// 2026-09-24, there.
export const today = () => new Date(Date.now() + shanghai_ms).toISOString().slice(0, 10)

export function timeText(at_us: number | null | undefined): string {
  if (at_us === null || at_us === undefined) return '—'
  const at = new Date(Math.floor(at_us / 1000) + shanghai_ms)
  return Number.isNaN(at.getTime()) ? '—' : at.toISOString().slice(0, 19).replace('T', ' ')
}
