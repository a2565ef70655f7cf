/** A query laid out anew. What the formatter cannot read is an error of its own; the text stays as it is. */
export async function formatSql(text: string): Promise<string> {
  const {formatDialect, duckdb} = await import('sql-formatter')
  return `${formatDialect(text, {dialect: duckdb, keywordCase: 'preserve', tabWidth: 2})}\n`
}
