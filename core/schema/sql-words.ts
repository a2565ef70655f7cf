// What an editor of SQL offers.
export type SqlWords = {
  functions: {
    name: string
    /** `scalar`, `aggregate`, `table`, `macro` or `table_macro`. */
    kind: string
    /** Up to four ways to call it, such as `lower(string VARCHAR) → VARCHAR`; long ones are cut with `…`. */
    signatures: string[]
    description?: string
  }[]
  keywords: string[]
  types: string[]
}
