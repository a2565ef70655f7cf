// HTML as data: the tag escapes every value, so that nothing of a user's or a file's is ever markup.

/** Markup that is safe to put into a page. Only the tag and `trusted` make it. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | undefined | false | readonly Part[]

/** `` html`<td>${value}</td>` ``: values are text; lists are put one after the other, nothing is left out. */
export const html = (strings: TemplateStringsArray, ...values: Part[]): Html =>
  new Html(
    strings.map((string, i) => string + (i < values.length ? written(values[i]) : '')).join(''),
  )

/** Markup that another part of Bancada made and answers for. */
export const trusted = (markup: string) => new Html(markup)

function written(part: Part): string {
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(written).join('')
  return part === undefined || part === false ? '' : escaped(String(part))
}

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, mark => marks[mark]!)

/** A table with a heading for each column; the first cell of a row heads it. */
export const table = (
  caption: string,
  head: readonly Part[],
  rows: readonly (readonly Part[])[],
): Html => html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${head.map(cell => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
  ([first, ...rest]) =>
    html`<tr><th scope="row">${first}</th>${rest.map(cell => html`<td>${cell}</td>`)}</tr>`,
)}</tbody>
</table></div>`

/** Names and what they are, without those that are nothing. */
export const facts = (list: readonly [string, Part][]): Html =>
  html`<dl>${list.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [html`<dt>${name}</dt><dd>${value}</dd>`],
  )}</dl>`
