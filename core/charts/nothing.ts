// A loader for Vega that loads nothing: its own reads local files in Node, and other hosts in a browser.
const refuse = () => Promise.reject(new Error('charts load nothing'))

export const nothing = {load: refuse, sanitize: refuse, http: refuse, file: refuse}
