import { ref } from 'vue'

import { listInbox } from '../api/inbox'

// How many of my messages are unread, as of the last time that somebody looked. It is asked when one moves about and not
// by a timer: that would be use of the desk, which keeps a session from ending.
export const unread = ref(0)

export async function lookForMessages(): Promise<void> {
  try {
    unread.value = (await listInbox(null)).unread
  } catch {
    // What is shown stays; the room of messages tells what is wrong.
  }
}
