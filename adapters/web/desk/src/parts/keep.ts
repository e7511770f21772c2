// Hands a file to the browser, which keeps it as it keeps every download.
export function keep(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Not at once: the download begins after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
