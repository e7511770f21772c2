import { onMounted, onUnmounted } from 'vue'

// Again and again while somebody can see it; a page in the background asks for nothing, and asks at once when it comes
// back.
export function useWhileVisible(act: () => unknown, every_ms: number): void {
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }
  function follow(): void {
    stop()
    if (document.hidden) return
    void act()
    timer = setInterval(() => void act(), every_ms)
  }
  onMounted(() => {
    document.addEventListener('visibilitychange', follow)
    follow()
  })
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', follow)
    stop()
  })
}
