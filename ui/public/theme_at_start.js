// Sets the theme before first paint, so that no window flashes white. Later changes are made by src/app/theme.ts,
// which knows the same key, the same names and the same rule.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('theme')
  } catch (_) {
    // Without storage the system's theme is followed.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches
  var contrast = matchMedia('(prefers-contrast: more)').matches
  var followed = contrast ? (dark ? 'contrast-black' : 'contrast-white') : dark ? 'evening' : 'morning'
  var known = ['morning', 'evening', 'contrast-white', 'contrast-black']
  document.documentElement.dataset.theme = known.indexOf(chosen) >= 0 ? chosen : followed
})()
