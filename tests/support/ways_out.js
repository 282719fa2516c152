// Each way by which a script in a page could make the browser engine look up a name or open a connection. A name of its own
// for each tells which of them got out. Runs in the app's page and in a page of `plain_window.py`.

(host, port) => {
  const element = (name, attributes, parent = document.body) => {
    const made = Object.assign(document.createElement(name), attributes)
    parent.append(made)
    return made
  }
  const link = (attributes) => element('link', attributes, document.head)
  /** Tried one by one; what the engine does not know throws. */
  const ways = {
    preconnect: (at) => link({ rel: 'preconnect', href: at }),
    dnsprefetch: (at) => link({ rel: 'dns-prefetch', href: at }),
    prefetch: (at) => link({ rel: 'prefetch', href: `${at}/x` }),
    prerender: (at) => link({ rel: 'prerender', href: `${at}/x` }),
    modulepreload: (at) => link({ rel: 'modulepreload', href: `${at}/x` }),
    preload: (at) => link({ rel: 'preload', as: 'image', href: `${at}/x` }),
    stylesheet: (at) => link({ rel: 'stylesheet', href: `${at}/x` }),
    icon: (at) => link({ rel: 'icon', href: `${at}/x` }),
    manifest: (at) => link({ rel: 'manifest', href: `${at}/x` }),
    speculation: (at) =>
      element('script', { type: 'speculationrules', textContent: JSON.stringify({ prefetch: [{ urls: [`${at}/x`] }] }) }),
    anchor: (at) => element('a', { href: `${at}/x?y` }).click(),
    blank: (at) => element('a', { href: `${at}/x?y`, target: '_blank' }).click(),
    download: (at) => element('a', { href: `${at}/x?y`, download: 'f' }).click(),
    ping: (at) => element('a', { href: '#ping', ping: `${at}/x` }).click(),
    location: (at) => (location.href = `${at}/x?y`),
    open: (at) => window.open(`${at}/x?y`),
    frame: (at) => element('iframe', { src: `${at}/x` }),
    object: (at) => element('object', { data: `${at}/x` }),
    embed: (at) => element('embed', { src: `${at}/x` }),
    image: (at) => (new Image().src = `${at}/x`),
    video: (at) => element('video', { src: `${at}/x`, preload: 'auto' }),
    script: (at) => element('script', { src: `${at}/x` }),
    fetch: (at) => fetch(`${at}/x`).catch(() => {}),
    beacon: (at) => navigator.sendBeacon(`${at}/x`, 'x'),
    request: (at) => {
      const request = new XMLHttpRequest()
      request.open('POST', `${at}/x`)
      request.send('x')
    },
    events: (at) => new EventSource(`${at}/x`),
    socket: (at) => new WebSocket(`${at.replace('https', 'wss')}/x`),
    transport: (at) => new WebTransport(`${at}/x`),
    worker: (at) => new Worker(`${at}/x`),
    cssurl: (at) => (element('p', { textContent: 'x' }).style.backgroundImage = `url(${at}/x)`),
    font: (at) => document.fonts.add(new FontFace('f', `url(${at}/x)`)) && document.fonts.load('12px f').catch(() => {}),
    form: (at) => element('form', { action: `${at}/x`, method: 'post' }).submit(),
    refresh: (at) => element('meta', { httpEquiv: 'refresh', content: `0; url=${at}/x` }, document.head),
    stun: (at) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: at.replace('https://', 'stun:') }] })
      peer.createDataChannel('x')
      peer.createOffer().then((offer) => peer.setLocalDescription(offer))
    },
  }
  const unknown = []
  for (const [name, way] of Object.entries(ways)) {
    try {
      way(`https://${name}.${host}:${port}`)
    } catch {
      unknown.push(name)
    }
  }
  return { ways: Object.keys(ways), unknown }
}
