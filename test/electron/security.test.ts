// What a page of the desktop window may not do, by the built shell.
import {expect, test} from 'vitest'
import {desktop} from '../support/desktop.ts'

test('a window is isolated, sandboxed, without Node, and the scheme is a secure origin with no right beyond', async () => {
  const {run} = await desktop()
  const {preferences, seen} = await run(async ({window, electron}) => {
    const {options} = await window()
    const {sandboxed, schemes} = electron.seen
    return {preferences: options.webPreferences, seen: {sandboxed, schemes}}
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
  })
  expect(seen).toEqual({
    sandboxed: true,
    schemes: [
      {
        scheme: 'app',
        privileges: {standard: true, secure: true, supportFetchAPI: true, codeCache: true},
      },
    ],
  })
})

test('an installed app has no developer tools', async () => {
  const {run} = await desktop({packaged: true})
  const tools = await run(async ({window, entry}) => ({
    preference: (await window()).options.webPreferences.devTools,
    entry: entry('View', 'Developer tools') !== undefined,
    another: entry('View', 'Zoom in') !== undefined,
  }))
  expect(tools).toEqual({preference: false, entry: false, another: true})
})

test('app:// serves the window’s files under the policy of the browser, with a nonce of its own each time', async () => {
  const {run} = await desktop()
  const answers = await run(async ({window, electron}) => {
    await window()
    const ask = async (url: string, init?: RequestInit) => {
      const answer = await electron.protocol.fetch(url, init)
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        text: await answer.text(),
      }
    }
    return {
      index: await ask('app://bancada/'),
      again: await ask('app://bancada/'),
      other: await ask('app://elsewhere/'),
      outside: await ask('app://bancada/..%2f..%2fpackage.json'),
      post: await ask('app://bancada/', {method: 'POST'}),
    }
  })
  const {index, again, other, outside, post} = answers
  const policy = index.headers['content-security-policy']!
  const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
  expect(index.status).toBe(200)
  expect(index.text).toContain(nonce)
  expect(again.headers['content-security-policy']).not.toBe(policy)
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
  ])
    expect(policy.split('; ')).toContain(rule)
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(index.headers['x-content-type-options']).toBe('nosniff')
  expect([other.status, outside.status, post.status]).toEqual([404, 404, 405])
})

test('the bridge has the calls of the window and nothing of Electron', async () => {
  const {run} = await desktop()
  const api = await run(async ({window}) =>
    Object.entries((await window()).webContents.page!.window.bancada as object).map(
      ([name, value]) => [name, typeof value],
    ),
  )
  expect(api).toEqual([
    ['platform', 'string'],
    ['connect', 'function'],
    ['onGone', 'function'],
    ['onCommand', 'function'],
    ['pathOf', 'function'],
    ['setLanguage', 'function'],
  ])
})

test('only the window’s own main frame may ask for a port', async () => {
  const {run} = await desktop()
  const told = await run(async ({window, electron}) => {
    const {webContents} = await window()
    const own = webContents.mainFrame
    const frames = {
      own,
      foreign: {url: 'https://example.org/', parent: null},
      lookalike: {url: 'app://bancada.example.org/', parent: null},
      inner: {url: 'app://bancada/', parent: own},
      none: null,
    }
    const answers: Record<string, unknown> = {}
    for (const [name, frame] of Object.entries(frames))
      answers[name] = await electron.ipcMain.invoked(webContents, 'connect', [], frame).then(
        id => typeof id,
        error => String(error),
      )
    return answers
  })
  const refused = expect.stringContaining('only the window itself may connect')
  expect(told).toEqual({
    own: 'number',
    foreign: refused,
    lookalike: refused,
    inner: refused,
    none: refused,
  })
})

test('a page stays where it is: navigation, redirects, frames and webviews are refused', async () => {
  const {run} = await desktop()
  const stopped = await run(async ({window, electron}) => {
    const {webContents} = await window()
    const refused = (name: string, url: string) => {
      const asked = electron.event({url})
      webContents.emit(name, asked, url)
      return asked.defaultPrevented
    }
    const kinds = ['will-navigate', 'will-frame-navigate', 'will-redirect']
    const urls = [
      'https://example.org/',
      'file:///etc/passwd',
      'app://bancada.example.org/',
      'javascript:1',
    ]
    return {
      elsewhere: kinds.flatMap(kind => urls.map(url => refused(kind, url))),
      own: refused('will-navigate', 'app://bancada/#/project'),
      webview: refused('will-attach-webview', 'app://bancada/'),
    }
  })
  expect(stopped.elsewhere).toEqual(Array(12).fill(true))
  expect(stopped.own).toBe(false)
  expect(stopped.webview).toBe(true)
})

test('a link over HTTPS opens in the browser, no other opens at all', async () => {
  const {run} = await desktop()
  const {actions, opened} = await run(async ({window, electron}) => {
    const {opener} = (await window()).webContents
    const urls = [
      'https://example.org/a',
      'http://example.org/',
      'file:///etc/passwd',
      'smb://host/x',
    ]
    const more = ['javascript:alert(1)', 'app://bancada/', 'https', '']
    return {
      actions: [...urls, ...more].map(url => opener!({url}).action),
      opened: electron.seen.opened,
    }
  })
  expect(actions).toEqual(Array(8).fill('deny'))
  expect(opened).toEqual(['https://example.org/a'])
})

test('permissions and devices are denied; copying is the page’s own right', async () => {
  const {run} = await desktop()
  const granted = await run(async ({window, electron}) => {
    const {webContents} = await window()
    const {ask, check, device} = electron.session.defaultSession
    const asked = (permission: string, requestingUrl: string) => {
      let answer: boolean | undefined
      ask!(webContents, permission, granted => (answer = granted), {requestingUrl})
      return answer
    }
    const own = 'app://bancada/'
    const names = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']
    return {
      denied: names.flatMap(name => [asked(name, own), check!(webContents, name, own, {})]),
      copy: [
        asked('clipboard-sanitized-write', own),
        check!(null, 'clipboard-sanitized-write', own, {}),
      ],
      foreign: asked('clipboard-sanitized-write', 'https://example.org/'),
      device: device!(),
      rtc: webContents.webRtc,
    }
  })
  expect(granted).toEqual({
    denied: Array(12).fill(false),
    copy: [true, true],
    foreign: false,
    device: false,
    rtc: 'disable_non_proxied_udp',
  })
})

test('nothing is loaded from outside, whatever the page asks for', async () => {
  const {run} = await desktop()
  const cancelled = await run(async ({window, electron}) => {
    await window()
    const {filter} = electron.session.defaultSession
    const blocked = (url: string) => {
      let answer: boolean | undefined
      filter!({url}, ({cancel}) => (answer = cancel))
      return answer
    }
    return {
      own: ['app://bancada/assets/a.js', 'blob:app://bancada/1'].map(blocked),
      other: [
        'https://example.org/',
        'ws://127.0.0.1:1/',
        'file:///etc/passwd',
        'app://bancadas/',
      ].map(blocked),
    }
  })
  expect(cancelled).toEqual({own: [false, false], other: [true, true, true, true]})
})
