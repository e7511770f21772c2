import { ref, shallowRef } from 'vue'

import { asProblem, type Problem } from '../api/client'

// An act that is under way is not begun again, however often it is clicked. Whether it was done.
export function useOnce<Given extends unknown[]>(act: (...given: Given) => Promise<void>) {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  async function run(...given: Given): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await act(...given)
      return true
    } catch (error) {
      problem.value = asProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run }
}
