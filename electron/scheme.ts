// `app://bancada/`: the window's own files, and nothing else, under the same policy as in a browser.
import {protocol} from 'electron'
import {commonHeaders, Page} from '../core/server/page.ts'
import {host, isOwn, scheme} from './own.ts'

/** Before the app is ready: the scheme is a secure origin of its own, and no right beyond that. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {scheme, privileges: {standard: true, secure: true, supportFetchAPI: true, codeCache: true}},
  ])
}

export function serveApp(folder: string): void {
  const page = new Page(folder)
  protocol.handle(scheme, async request => {
    if (!isOwn(request.url)) return new Response(`only ${host} is here`, {status: 404})
    const {status, headers, body} = await page.serve(request.method, new URL(request.url))
    return new Response(body as BodyInit, {status, headers: {...commonHeaders, ...headers}})
  })
}
