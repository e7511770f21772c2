import { ref } from 'vue'

export interface Told {
  text: string
  good: boolean
}

// What came of the last act: one place of the frame shows it and has it read aloud.
export const told = ref<Told | null>(null)

export function tell(text: string, good = true): void {
  told.value = { text, good }
}
