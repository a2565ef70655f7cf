// One HTML file that stands alone: no script, no request, and a policy of its own that says so.
import {createHash} from 'node:crypto'
import type {Language} from '../schema/settings.ts'
import {type Html, html, trusted} from './html.ts'
import {style} from './style.ts'

export function sheet(body: Html, {title, language}: {title: string; language: Language}): string {
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main class="report">
${body}
</main>
</body>
</html>
`
  return whole.text
}
