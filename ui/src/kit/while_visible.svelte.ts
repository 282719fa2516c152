/**
 * Does `work` every so often for as long as the component lives, and not while the window is hidden: for what changes
 * without any data changing. Called while the component is being created.
 */
export function whileVisible(milliseconds: number, work: () => unknown) {
  $effect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void work()
    }, milliseconds)
    return () => clearInterval(timer)
  })
}
