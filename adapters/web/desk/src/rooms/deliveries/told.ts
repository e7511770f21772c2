import type { DeliveryRow } from '../../api/deliveries'
import { language, wordOf, words } from '../../words'

// The server's Chinese says more than a code's word; other languages have the code's word, where there is one.
export function kindText(row: DeliveryRow): string {
  if (language.value === 'zh-CN') return row.kind_text
  const kind = wordOf(words.value.kinds, row.kind)
  if (row.origin === null) return kind
  return `${kind} (${words.value.origins[row.unsubmitted ? 'unsubmitted' : row.origin]})`
}

export function reasonText(row: DeliveryRow): string {
  if (language.value === 'zh-CN' || row.reason_code === null) return row.reason
  return wordOf(words.value.reasons, row.reason_code)
}

export const stateText = (row: DeliveryRow) => wordOf(words.value.states, row.state)

export function stateType(row: DeliveryRow): 'success' | 'warning' | 'danger' | 'primary' | 'info' {
  switch (row.state) {
    case 'delivered':
      return 'success'
    case 'held':
      return 'warning'
    case 'parked':
      return 'danger'
    case 'claimed':
      return 'primary'
    case 'queued':
      return 'info'
  }
}
