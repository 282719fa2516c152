// Runs in the window, once per document. Finds elements as assistive technology does (role and accessible name, by
// Testing Library, loaded before this), and keeps a copy of every reply that the Rust core gives.
;(() => {
  if (window.__journey) return
  const dom = window.TestingLibraryDom
  const replies = []

  // What goes wrong without anybody seeing it: refusals of the Content Security Policy, errors that nobody catches.
  const complaints = []
  new ReportingObserver(
    (reports) => reports.forEach(({ type, body }) => complaints.push(`${type}: ${JSON.stringify(body)}`)),
    {
      buffered: true,
    },
  ).observe()
  document.addEventListener('securitypolicyviolation', (event) =>
    complaints.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  )
  addEventListener('error', (event) => complaints.push(`error: ${event.message} ${event.filename}:${event.lineno}`))
  addEventListener('unhandledrejection', (event) =>
    complaints.push(`rejection: ${event.reason?.stack ?? JSON.stringify(event.reason)}`),
  )

  // A control is met at what is shown of it, or at its label.
  const isPartOf = (element, control) =>
    (visiblePart(control)?.contains(element) ?? false) || control.contains(element) || element.closest('label')?.control === control

  // What is to be clicked next, and whether the pointer met something else. Judged at once: a click may change what it met.
  let aim = null
  let missed = false
  const judge = ({ target }) => {
    missed = aim !== null && !isPartOf(target, aim)
    aim = null
  }
  addEventListener('pointerdown', judge, true)

  const originalFetch = window.fetch
  window.fetch = async (...args) => {
    const response = await originalFetch(...args)
    const url = String(args[0]?.url ?? args[0])
    if (url.startsWith('ipc:') || url.includes('ipc.localhost')) {
      const copy = response.clone()
      replies.push(copy.text().then((text) => ({ command: decodeURIComponent(url.split('/').pop()), text })))
    }
    return response
  }

  const painted = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden'
  }
  // A styled checkbox or radio button is often invisible itself: what one sees and clicks is its label.
  const visiblePart = (element) => (painted(element) ? element : [...(element.labels ?? [])].find(painted))
  const shown = (element) => visiblePart(element) !== undefined

  window.__journey = {
    replies,
    complaints,

    // All shown elements of a role; name: a string must equal the accessible name, {pattern, flags} must match.
    byRole(role, name, options, root) {
      const wanted = name && typeof name === 'object' ? new RegExp(name.pattern, name.flags) : (name ?? undefined)
      const query = { ...options, name: wanted }
      return dom.queryAllByRole(root ?? document.body, role, query).filter(shown)
    },

    // Role and accessible name of what has the keyboard.
    focus() {
      const element = document.activeElement
      const roles = dom.getRoles(element.parentElement ?? element, { hidden: true })
      const role = Object.keys(roles).find((role) => role !== 'generic' && roles[role].includes(element))
      if (!role) return element.tagName.toLowerCase()
      let name = ''
      dom.queryAllByRole(element.parentElement, role, {
        hidden: true,
        name: (computed, candidate) => {
          if (candidate === element) name = computed
          return false
        },
      })
      return `${role} "${name}"`
    },

    // The innermost shown elements whose text contains the words.
    byText(text, root) {
      const norm = (s) => s.replace(/\s+/g, ' ').trim()
      const wanted = norm(text)
      const holds = (element) => norm(element.textContent ?? '').includes(wanted) && shown(element)
      return [...(root ?? document.body).querySelectorAll('*')].filter(
        (element) => holds(element) && ![...element.children].some(holds),
      )
    },

    // Where to point so that the pointer meets the element: the middle, in CSS pixels; or why it cannot be met.
    async target(control) {
      const element = visiblePart(control)
      if (!element) return { covered: 'it is not shown' }
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const place = () => {
        const { left, top, width, height } = element.getBoundingClientRect()
        return { left, top, width, height }
      }
      // Animations: wait until the element stays where it is.
      let before = place()
      for (let i = 0; i < 40; i++) {
        await new Promise((resolve) => setTimeout(resolve, 25))
        const now = place()
        if (Math.abs(now.left - before.left) < 0.5 && Math.abs(now.top - before.top) < 0.5) break
        before = now
      }
      const box = place()
      const x = Math.floor(box.left + box.width / 2)
      const y = Math.floor(box.top + box.height / 2)
      const there = document.elementFromPoint(x, y)
      aim = control
      missed = false
      if (there && isPartOf(there, control)) return { x, y }
      const what = there ? `<${there.tagName.toLowerCase()} class="${there.className}">` : 'nothing'
      return { covered: `${what} lies over it at ${x},${y}` }
    },

    // Whether the pointer met something else than what `target` was asked for: the page moved in the last moment.
    missed: () => missed,
  }
})()
