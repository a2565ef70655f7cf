// The lists of the package `stopword`, which brings no types of its own: words in lower case.
declare module 'stopword' {
  export const eng: string[]
  export const por: string[]
}
