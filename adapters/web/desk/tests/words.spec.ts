import { afterEach, describe, expect, it } from 'vitest'

import { language, speak, words } from '../src/words'
import { en } from '../src/words/en'
import { zh } from '../src/words/zh'

function keysOf(said: object, path = ''): string[] {
  return Object.entries(said).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  )
}

describe('words', () => {
  afterEach(() => speak('zh-CN'))

  it('says in English what it says in Chinese, key by key', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort())
  })

  it('leaves nothing unsaid', () => {
    const empty = (said: object): string[] =>
      Object.entries(said).flatMap(([key, value]) =>
        typeof value === 'object' && value !== null ? empty(value) : value === '' ? [key] : [],
      )
    expect([...empty(zh), ...empty(en)]).toEqual([])
  })

  it('keeps the language and tells the page', async () => {
    expect(language.value).toBe('zh-CN')
    speak('en')
    expect(words.value).toBe(en)
    expect(window.localStorage.getItem('desk.language')).toBe('en')
    await Promise.resolve()
    expect(document.documentElement.lang).toBe('en')
  })
})
