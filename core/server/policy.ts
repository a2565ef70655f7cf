/**
 * The content security policy of the window: nothing from elsewhere, no code made from text. Monaco writes
 * `style` attributes, so those are let in; `<style>` elements carry the page's nonce.
 */
export function policy({
  nonce,
  connect = [],
}: {
  nonce?: string
  /** Sources beside the page's own that it may talk to. */
  connect?: readonly string[]
}): string {
  return Object.entries({
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': nonce ? `'self' 'nonce-${nonce}'` : "'self'",
    'style-src-attr': "'unsafe-inline'",
    'worker-src': "'self'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': ["'self'", ...connect].join(' '),
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
