import enLocale from 'element-plus/es/locale/lang/en'
import zhLocale from 'element-plus/es/locale/lang/zh-cn'
import { computed, ref, watchEffect } from 'vue'

import { remember, remembered } from '../parts/stored'
import { en } from './en'
import { type Words, zh } from './zh'

export type Language = 'zh-CN' | 'en'
export type { Words }

const languages: Record<Language, Words> = { 'zh-CN': zh, en }

export const language = ref<Language>(remembered('desk.language') === 'en' ? 'en' : 'zh-CN')
export const words = computed<Words>(() => languages[language.value])
export const elementLocale = computed(() => (language.value === 'en' ? enLocale : zhLocale))

export function speak(next: Language): void {
  language.value = next
  remember('desk.language', next)
}

watchEffect(() => {
  document.documentElement.lang = language.value
})

// The word for a code, or the code itself where a newer server has one that is not known here.
export function wordOf(known: Record<string, string>, code: string): string {
  return known[code] ?? code
}
