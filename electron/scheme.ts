// `app://bancada/`: the window's own files and what a host made to be taken away, under the same policy as in a browser.
import {Readable} from 'node:stream'
import {protocol} from 'electron'
import {downloadPath, serveDownload} from '../core/server/download.ts'
import {commonHeaders, Page} from '../core/server/page.ts'
import type {Wire} from '../core/wire/message.ts'
import {host, isOwn, scheme} from './own.ts'

/** Before the app is ready: the scheme is a secure origin of its own, and no right beyond that. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {scheme, privileges: {standard: true, secure: true, supportFetchAPI: true, codeCache: true}},
  ])
}

/** `wireTo` leads to the host of a project that is open. */
export function serveApp(folder: string, wireTo: (project: string) => Wire | undefined): void {
  const page = new Page(folder)
  protocol.handle(scheme, async request => {
    if (!isOwn(request.url)) return new Response(`only ${host} is here`, {status: 404})
    const url = new URL(request.url)
    const served =
      url.pathname === downloadPath
        ? await serveDownload(request.method, url, wireTo)
        : await page.serve(request.method, url)
    const body = 'parts' in served ? Readable.toWeb(Readable.from(served.parts)) : served.body
    const headers = {...commonHeaders, ...served.headers}
    return new Response(body as BodyInit, {status: served.status, headers})
  })
}
