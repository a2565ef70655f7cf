// `app://bancada/`: the window's own files, and nothing else, under the same policy as in a browser.
import {protocol} from 'electron'
import {Page} from '../core/server/page.ts'

/** Before the app is ready: the scheme counts as a secure origin of its own. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {scheme: 'app', privileges: {standard: true, secure: true, supportFetchAPI: true}},
  ])
}

export function serveApp(folder: string): void {
  const page = new Page(folder)
  protocol.handle('app', async request => {
    const url = new URL(request.url)
    if (url.host !== 'bancada') return new Response('', {status: 404})
    const {status, headers, body} = await page.serve(request.method, url)
    return new Response(body as BodyInit, {
      status,
      headers: {'cache-control': 'no-store', ...headers},
    })
  })
}
