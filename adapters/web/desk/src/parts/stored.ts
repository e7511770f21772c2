// What the browser keeps for one person. Storage may be full, forbidden or written by somebody else: the desk works
// without it.
export function remembered(key: string): string | null {
  try {
    return window.localStorage.getItem(key)
  } catch {
    return null
  }
}

export function remember(key: string, text: string): void {
  try {
    window.localStorage.setItem(key, text)
  } catch {
    // forgotten with the page
  }
}

export function rememberedJson(key: string): unknown {
  try {
    return JSON.parse(remembered(key) ?? 'null')
  } catch {
    return null
  }
}
